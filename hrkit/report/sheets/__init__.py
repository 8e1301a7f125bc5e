"""Short documents beside the report, made by the same engine: feedback to a unit, a talk about a gap."""
