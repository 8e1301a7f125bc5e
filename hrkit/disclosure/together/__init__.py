"""What all measures, versions and units of one group say together: which of it cannot be printed."""
