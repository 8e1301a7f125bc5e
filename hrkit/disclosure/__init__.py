"""The gate: what may be shown.

``release(engagement, …)`` opens the store, measures, and hands on protected tables only.
After it no code can reach a raw answer.
"""
