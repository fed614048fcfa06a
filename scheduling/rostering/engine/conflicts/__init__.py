"""Why there is no roster: the smallest sets of rules, of one agent or of several, in conflict."""
