"""The mirror of assumptions: where leaders and HR misread each other."""
