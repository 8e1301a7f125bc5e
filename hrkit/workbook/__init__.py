"""What the notebooks open with."""
