"""Short documents beside the report, made by the same engine: a unit's feedback, a form for agreements."""
