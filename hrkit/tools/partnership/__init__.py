"""What is the partnership's own: its pillars, the sheets for a talk."""
