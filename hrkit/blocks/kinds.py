"""The blocks, each with what its fields mean; `Block` is any of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hrkit.blocks.plots import Plot
from hrkit.blocks.spans import Span, Text
from hrkit.blocks.whole import Contents, Cover, DocumentInfo

__all__ = [
    "Block",
    "Bullets",
    "Callout",
    "Card",
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
    "Quote",
    "Table",
    "Together",
    "walk",
]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.  ``kicker`` is a small line above it, ``new_page`` starts a page."""

    text: Text
    level: int = 1
    kicker: str = ""
    new_page: bool = False
    id: str = ""
    type: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``lead`` is the larger opening sentence of a page."""

    text: Text
    lead: bool = False
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: what a chart means, who was asked, the sources at a page's foot."""

    text: Text
    type: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a respondent, already cleared for print; ``by`` such as a perspective."""

    text: str
    by: str = ""
    type: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; an item is text or a tuple of blocks."""

    items: tuple[Text | tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    type: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Card:
    """A titled box; ``tone`` is ``brand``, ``accent`` or ``quiet``."""

    title: str
    blocks: tuple[Block, ...]
    tone: Literal["brand", "accent", "quiet"] = "brand"
    type: Literal["card"] = "card"


@dataclass(frozen=True, slots=True)
class Callout:
    """One sentence not to be overlooked: what cannot be shown and why, a draft, synthetic data."""

    text: Text
    tone: Literal["info", "warning"] = "info"
    type: Literal["callout"] = "callout"


@dataclass(frozen=True, slots=True)
class Fact:
    """A large figure with a label: ``value`` 64, ``unit`` "of 81", ``label`` "leaders answered"."""

    value: str
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A row of two to five facts."""

    facts: tuple[Fact, ...]
    type: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Levels:
    """The five-step level bar; ``on`` are the levels inside the band, empty when none may be said.

    ``sentence`` says the same in words (it is what a screen reader gets); ``label`` says whose
    level it is.
    """

    names: tuple[str, ...]
    on: tuple[int, ...]
    sentence: str
    label: str = ""
    type: Literal["levels"] = "levels"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row.

    Parameters
    ----------
    columns
        Header texts.
    rows
        Cells as text; every row as long as ``columns``.
    align
        Per column ``left``, ``right`` or ``center``; empty means all left.
    widths
        Relative widths per column; 0 means as wide as its content.
    row_headers
        The first column names its row.
    shades
        Per cell an optional background ``#rrggbb`` (a heat map); empty for none.
    summary
        A sentence that says what the table shows; printed only for assistive technology.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""
    align: tuple[Literal["left", "right", "center"], ...] = ()
    widths: tuple[float, ...] = ()
    row_headers: bool = True
    shades: tuple[tuple[str, ...], ...] = ()
    summary: str = ""
    compact: bool = False
    type: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as SVG.  ``alt`` is a sentence made from the chart's data and is required.

    ``width`` is the share of the text width it takes (0–1].  ``plots`` are the chart's data, for
    formats with charts of their own; without them the picture is all there is.
    """

    svg: str
    alt: str
    caption: Text = ""
    width: float = 1.0
    plots: tuple[Plot, ...] = ()
    type: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of pixels: PNG as base64 text (`hrkit.blocks.pictures.base64_png` makes it).

    ``alt`` says what it shows and is required; ``width`` is the share of the text width (0–1].
    """

    png: str
    alt: str
    caption: Text = ""
    width: float = 1.0
    type: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells side by side, read from left to right; ``widths`` are relative."""

    cells: tuple[tuple[Block, ...], ...]
    widths: tuple[float, ...] = ()
    type: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that belong together; ``keep`` holds them on one page."""

    blocks: tuple[Block, ...]
    keep: bool = True
    type: Literal["group"] = "group"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Start a new page."""

    type: Literal["page-break"] = "page-break"


Block: TypeAlias = (
    DocumentInfo
    | Cover
    | Contents
    | Heading
    | Paragraph
    | Note
    | Quote
    | Bullets
    | Card
    | Callout
    | Facts
    | Levels
    | Table
    | Figure
    | Picture
    | Grid
    | Together
    | PageBreak
)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, those inside cards, grids, groups and lists too, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, (Card, Together)):
            yield from walk(block.blocks)
        elif isinstance(block, Grid):
            for cell in block.cells:
                yield from walk(cell)
        elif isinstance(block, Bullets):
            for item in block.items:
                if isinstance(item, tuple) and item and not isinstance(item[0], Span):
                    yield from walk(item)
