"""What a document is made of: frozen blocks that say *what* stands there, never how it looks.

`report` and `forms` make blocks, `publish` renders them.  A block turns into plain
JSON with `to_json` (the one form that crosses from a notebook to the page) and shows
itself in a notebook as HTML *and* as that JSON, under `MIME`.

Text in a block is data.  A run of text is a plain string or a tuple of `Span`;
no renderer ever reads markup out of a string.
"""

from __future__ import annotations

from hrkit.blocks.crossing import from_json, to_json
from hrkit.blocks.kinds import (
    Block,
    Bullets,
    Callout,
    Card,
    Fact,
    Facts,
    Figure,
    Grid,
    Heading,
    Levels,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Table,
    Together,
    walk,
)
from hrkit.blocks.plots import Plot, PlotSeries
from hrkit.blocks.spans import Span, Text, b, em, inner_link, plain, sound_link
from hrkit.blocks.whole import Contents, Cover, DocumentInfo

__all__ = [
    "MIME",
    "Block",
    "Bullets",
    "Callout",
    "Card",
    "Contents",
    "Cover",
    "DocumentInfo",
    "Fact",
    "Facts",
    "Figure",
    "Grid",
    "Heading",
    "Levels",
    "Note",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Plot",
    "PlotSeries",
    "Quote",
    "Span",
    "Table",
    "Text",
    "Together",
    "b",
    "em",
    "from_json",
    "inner_link",
    "plain",
    "sound_link",
    "to_json",
    "walk",
]

#: MIME type under which a cell's output carries its blocks.
MIME = "application/vnd.hrkit.blocks.v1+json"
