"""People leader in the network organisation: time, priority and recognition for work in networks."""
