"""The direction canvas and the talent cycle: each party's where, what and plan, and who leads what."""
