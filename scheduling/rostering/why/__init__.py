"""Why not: what stands in the way of a roster, what would close it, and why an agent works so."""
