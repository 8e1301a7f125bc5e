"""The chain dialogue: what leaders and their own managers talk about, and what happens on the way."""
