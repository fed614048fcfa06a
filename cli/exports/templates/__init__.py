"""Layouts of other systems as data: a template says what file it wants of a plan."""
