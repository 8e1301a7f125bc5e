"""Many organisations side by side, each in an engagement folder of its own."""
