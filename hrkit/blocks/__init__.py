"""What a document is made of: frozen blocks that say *what* stands there, never how it looks.

`report` and `forms` make blocks, `publish` renders them.  A block turns into plain
JSON with `to_json` (the one form that crosses from a notebook to the page) and shows
itself in a notebook as HTML *and* as that JSON, under `MIME`.

Text in a block is data.  A run of text is a plain string or a tuple of `Span`;
no renderer ever reads markup out of a string.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from hrkit.blocks.plots import Plot, PlotSeries

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


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one style.

    ``link`` is an absolute http(s) or mailto address, or ``#id`` of a heading of the document; such a
    link without a text is the number of the heading's page, where there are pages.

    Styles that draw: ``filled`` and ``outlined`` are a figure in a dark and in an open frame;
    ``steps`` is a row of full and empty steps (``▮▮▯``) that stands beside its figure and is not read;
    ``shares`` is a bar of percentages, written ``16 · 38 · 30 · 13 · 3``; ``key`` names its parts in the
    same order.  Whoever cannot draw the latter two prints what is written.
    """

    text: str
    style: Literal[
        "plain", "strong", "emph", "code", "mute", "filled", "outlined", "steps", "shares", "key"
    ] = "plain"
    link: str = ""


Text: TypeAlias = str | tuple[Span, ...]


def b(text: str) -> Span:
    """Strong text."""
    return Span(text, "strong")


def em(text: str) -> Span:
    """Emphasised text."""
    return Span(text, "emph")


def plain(text: Text) -> str:
    """The text without its styles, and without what is only drawn."""
    if isinstance(text, str):
        return text
    return "".join(span.text for span in text if span.style != "steps")


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What holds for the whole document; the first block of a report.

    Parameters
    ----------
    title, language
        Required by PDF/UA; ``language`` is a code such as ``da``.
    tag
        The language with its country (``da-DK``), for formats that know several of a language.
    subtitle, author, client, date, confidentiality
        Strings as they are printed.  ``author`` also goes to the PDF's metadata.
    stamp
        ISO date (``2026-11-21``) used as the file's fixed creation time.
    primary, accent
        Brand colours as ``#rrggbb``, already checked for contrast.
    paper
        ``a4`` or ``us-letter``.
    landscape
        The pages lie on their side.
    header, footer
        Running texts; the page number is added by the renderer.
    mark
        A word printed on every page, such as DRAFT or SYNTHETIC; empty for none.
    words
        What the renderers say by themselves, in the document's language; the keys are those of
        `hrkit.publish.says`, which says it in English where nothing is given.
    """

    title: str
    language: str
    subtitle: str = ""
    author: str = ""
    client: str = ""
    date: str = ""
    stamp: str = "2000-01-01"
    confidentiality: str = ""
    contact: str = ""
    primary: str = "#0b5d7a"
    accent: str = "#b35c00"
    paper: str = "a4"
    landscape: bool = False
    header: str = ""
    footer: str = ""
    mark: str = ""
    tag: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    type: Literal["document"] = "document"


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, full bleed in the brand's colour.

    ``art`` is an SVG in white and accent on transparent, ``art_alt`` says what it shows;
    ``logo`` is an SVG text or a PNG as ``data:image/png;base64,…``.
    """

    title: str
    subtitle: str = ""
    client: str = ""
    author: str = ""
    date: str = ""
    confidentiality: str = ""
    legend: str = ""
    mark: str = ""
    art: str = ""
    art_alt: str = ""
    logo: str = ""
    logo_alt: str = ""
    type: Literal["cover"] = "cover"


@dataclass(frozen=True, slots=True)
class Contents:
    """Table of contents, made by the renderer from the headings of level 1 (and 2, by depth).

    Headings whose id is in ``skip`` are listed elsewhere on the page: the contents then go on there,
    under a smaller title, instead of having a page of their own.
    """

    title: str
    depth: int = 1
    skip: tuple[str, ...] = ()
    type: Literal["contents"] = "contents"


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

_TYPES: dict[str, type] = {
    str(cls.__dataclass_fields__["type"].default): cls
    for cls in (
        Plot,
        PlotSeries,
        DocumentInfo,
        Cover,
        Contents,
        Heading,
        Paragraph,
        Note,
        Quote,
        Bullets,
        Card,
        Callout,
        Facts,
        Levels,
        Table,
        Figure,
        Picture,
        Grid,
        Together,
        PageBreak,
    )
}


_LINK = re.compile(r"(https?://|mailto:)\S+")
_INNER = re.compile(r"#[a-z][a-z0-9-]*")


def sound_link(address: str) -> bool:
    """Whether a link may be printed: http, https and mailto only."""
    return bool(_LINK.fullmatch(address))


def inner_link(address: str) -> bool:
    """Whether a link leads to a heading of the same document."""
    return bool(_INNER.fullmatch(address))


_SIMPLE = (str, int, float, bool, type(None))


_FIELDS: dict[type, tuple[str, ...]] = {}


def _field_names(cls: type) -> tuple[str, ...]:
    """The names of a data class's fields; empty for any other class."""
    if cls not in _FIELDS:
        is_data = dataclasses.is_dataclass(cls)
        _FIELDS[cls] = tuple(f.name for f in dataclasses.fields(cls)) if is_data else ()
    return _FIELDS[cls]


def to_json(value: Any) -> Any:
    """A block (or a tuple of them, or a text) as plain JSON values; `from_json` turns it back."""
    if type(value) in _SIMPLE:
        return value
    if names := _field_names(type(value)):
        return {name: to_json(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    return value


def from_json(value: Any) -> Any:
    """Blocks from the plain values `to_json` made.

    Raises
    ------
    ValueError
        For a type or a field that no block has.
    """
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if isinstance(value, dict):
        if "type" in value:
            cls = _TYPES.get(value["type"])
        elif "style" in value:
            cls = Span
        elif "label" in value and "value" in value:
            cls = Fact
        else:
            return value
        if cls is None or not set(value) <= set(_field_names(cls)):
            raise ValueError(f"not a block: {value.get('type')!r} with {sorted(value)}")
        return cls(**{k: v if k == "words" else from_json(v) for k, v in value.items()})
    return value


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
