"""The proof that published means say nothing of a few people."""
