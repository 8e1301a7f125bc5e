"""Files that a client fills in."""
