"""What is kept of a release: its tables, its versions, its audit."""
