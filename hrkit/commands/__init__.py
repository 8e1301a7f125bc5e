"""What the command line does, without the command line: each function is one job for a caller.

This is the only place where reading answers, running notebooks and printing meet.
"""
