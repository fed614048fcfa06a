"""Files handed out: what HR, the agents' calendars and spreadsheets want of a plan."""
