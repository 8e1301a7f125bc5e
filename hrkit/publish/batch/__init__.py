"""Many documents, each in a process of its own, with one outcome each."""
