"""A file as a grid of cells: what stands where, before anyone asks what it means."""
