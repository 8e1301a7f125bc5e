"""Partner pairs: an HR and a pay partner who work as one, and whether cases are right the first time."""
