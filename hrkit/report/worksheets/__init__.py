"""The figures of a section as a worksheet; made from the same released tables as its page."""
