"""How many contacts a day brings."""
