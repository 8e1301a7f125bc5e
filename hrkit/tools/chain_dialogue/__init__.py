"""The chain dialogue: what leaders and their own leaders talk about, and what happens on the way."""
