"""What it means: rules turn released numbers into findings, findings into sentences, figures and tables.

This wing reads `hrkit.model` and `hrkit.disclosure` only: a raw answer cannot get here.
"""
