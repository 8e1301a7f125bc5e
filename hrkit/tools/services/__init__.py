"""The HR service check: which services help, which nobody knows, which do not fit the day."""
