"""Charts people understand at a glance: direct labels, the whole scale, n at each group.

Every chart is a pure function from released numbers to a `hrkit.blocks.Figure`: an SVG drawn
from the rounded values that are printed, and an alt text made from the same values.
"""
