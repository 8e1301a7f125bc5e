"""Preparation: what leaders do in ordinary weeks to develop people, and what they need for it."""
