"""Blocks → an HTML fragment, for the notebook's screen; with the standard library alone.

All text is escaped; drawings are reduced to drawing; there is no script and nothing is
fetched.  A screen reader gets what the PDF gives it: headings, lists, tables with
scopes and captions, figures with their sentence.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Contents,
    Cover,
    DocumentInfo,
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
    Span,
    Table,
    Text,
    Together,
    inner_link,
    plain,
    sound_link,
)
from hrkit.blocks.pictures import PREFIX
from hrkit.blocks.style import CSS
from hrkit.blocks.svg import safe_svg

__all__ = ["fragment", "to_html"]

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_BREAK = '<div class="page-break"></div>'
_BASE64 = re.compile(r"[A-Za-z0-9+/=]+")
_TAGS = {"strong": "strong", "emph": "em", "code": "code"}


#: Behind the art of a cover, as `hrkit.blocks.style` has it.
_GROUND = "#0b4a61"


@dataclass(frozen=True, slots=True)
class _At:
    """Where on the page something stands, so that no two ids meet; and whether drawings are pictures."""

    salt: str
    pictures: bool

    def inside(self, text: str) -> _At:
        told = f"{self.salt}|{text}".encode("utf-8", "replace")
        return _At(hashlib.sha256(told).hexdigest()[:10], self.pictures)


def _text(text: Text) -> str:
    if isinstance(text, str):
        return escape(text).replace("\n", "<br>")
    return "".join(map(_span, text))


def _span(span: Span) -> str:
    inner = escape(span.text).replace("\n", "<br>")
    if span.style == "mute":
        inner = f'<span class="mute">{inner}</span>'
    elif span.style in {"filled", "outlined"}:
        inner = f'<strong class="{span.style}">{inner}</strong>'
    elif span.style == "steps":
        inner = f'<span class="steps" aria-hidden="true">{inner}</span>'
    elif span.style == "shares":
        inner = _bar(span.text)
    elif span.style == "key":
        inner = _key(span.text)
    elif tag := _TAGS.get(span.style):
        inner = f"<{tag}>{inner}</{tag}>"
    if inner_link(span.link):
        # Paper has the number of a page here; a screen has the way there.
        hidden = "" if inner else ' tabindex="-1" aria-hidden="true"'
        return f'<a href="{span.link}"{hidden}>{inner or "→"}</a>'
    if sound_link(span.link):
        return f'<a href="{escape(span.link)}" rel="noopener noreferrer">{inner}</a>'
    return inner


def _part(number: int, count: int) -> str:
    """The class of a part of a bar: counted from the nearer end, the middle apart."""
    if count % 2 and number == count // 2:
        return "mid"
    return f"lo{number}" if number < count / 2 else f"hi{count - 1 - number}"


#: Between parts that the style draws apart: seen only where it is not, as in a notebook that is not trusted.
_APART = '<span class="apart"> · </span>'


def _bar(text: str) -> str:
    """Percentages as a bar; what is written stays readable without the style."""
    parts = text.split(" · ")
    made = _APART.join(
        f'<i class="{_part(n, len(parts))}" style="flex:{part} 0 0">{part}</i>'
        if part != "0"
        else '<span class="apart">0</span>'
        for n, part in enumerate(parts)
        if part.isdigit()
    )
    return f'<span class="shares" role="img" aria-label="{escape(text)}">{made}</span>'


def _key(text: str) -> str:
    names = text.split(" · ")
    return _APART.join(
        f'<span class="key"><i class="{_part(n, len(names))}"></i>{escape(name)}</span>'
        for n, name in enumerate(names)
    )


def _ink(ground: str) -> str:
    """Black or white, whichever is easier to read on a colour (WCAG relative luminance)."""
    parts = (int(ground[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return "#000000" if 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 else "#ffffff"


def _drawing(svg: str, alt: str, at: _At, ground: str = "#ffffff") -> str:
    try:
        drawn = safe_svg(svg, at.salt)
    except ValueError:
        return f"<p>{escape(alt)}</p>"
    if at.pictures:
        data = base64.b64encode(drawn.encode("utf-8", "replace")).decode("ascii")
        return _image(f"data:image/svg+xml;base64,{data}", alt, ground)
    label = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    return drawn.replace("<svg ", f"<svg {label} ", 1)


def _image(address: str, alt: str, ground: str = "#ffffff") -> str:
    """A picture on its own ground: it reads the same on a dark page."""
    return f'<img src="{address}" alt="{escape(alt)}" style="background-color:{ground}" />'


def _heading(block: Heading, _: _At) -> str:
    kicker = f'<p class="kicker">{escape(block.kicker)}</p>' if block.kicker else ""
    level = min(max(block.level, 1), 6)
    anchor = f' id="{escape(block.id)}"' if block.id else ""
    before = _BREAK if block.new_page else ""
    return f"{before}{kicker}<h{level}{anchor}>{_text(block.text)}</h{level}>"


def _paragraph(block: Paragraph, _: _At) -> str:
    if isinstance(block.text, tuple) and [s.style for s in block.text] == ["code"]:
        return f"<pre><code>{escape(block.text[0].text)}</code></pre>"
    opening = '<p class="lead">' if block.lead else "<p>"
    return f"{opening}{_text(block.text)}</p>"


def _quote(block: Quote, _: _At) -> str:
    by = f'<p class="by">{escape(block.by)}</p>' if block.by else ""
    return f"<blockquote><p>{_text(block.text)}</p>{by}</blockquote>"


def _bullets(block: Bullets, at: _At) -> str:
    def item(value: Any) -> str:
        if isinstance(value, tuple) and value and not isinstance(value[0], Span):
            return _all(value, at)
        return _text(value)

    items = "".join(f"<li>{item(value)}</li>" for value in block.items)
    if not block.ordered:
        return f"<ul>{items}</ul>"
    return f'<ol start="{int(block.start)}">{items}</ol>'


def _card(block: Card, at: _At) -> str:
    title = f'<p class="card-title">{escape(block.title)}</p>' if block.title else ""
    label = f' role="group" aria-label="{escape(block.title)}"' if block.title else ""
    return f'<div class="card {escape(block.tone)}"{label}>{title}{_all(block.blocks, at)}</div>'


def _facts(block: Facts, _: _At) -> str:
    # Items, no terms with their texts: those are set beside each other where a notebook is not
    # trusted and its styles are gone, one item's figure before the next one's words.
    def fact(value: str, unit: str, label: str) -> str:
        small = f" <small>{escape(unit)}</small>" if unit else ""
        return f"<li><strong>{escape(value)}{small}</strong> <span>{escape(label)}</span></li>"

    return f'<ul class="facts">{"".join(fact(f.value, f.unit, f.label) for f in block.facts)}</ul>'


def _levels(block: Levels, _: _At) -> str:
    steps = "".join(
        f'<span class="on"><strong>{n} {escape(name)}</strong></span> '
        if n in block.on
        else f'<span class="off">{n} {escape(name)}</span> '
        for n, name in enumerate(block.names, 1)
    )
    who = f"<b>{escape(block.label)}</b> " if block.label else ""
    return (
        f'<div class="levels" role="img" aria-label="{escape(block.sentence)}">{who}{steps}</div>'
    )


def _table(block: Table, at: _At) -> str:
    aligns = block.align or ("left",) * len(block.columns)

    def role(name: str) -> str:
        # A narrow page stacks the cells (`page.css`), and is still heard as a table.
        return "" if at.pictures else f' role="{name}"'

    def cell(x: int, y: int, text: Text) -> str:
        # Said for every cell: JupyterLab aligns cells to the right.
        style = f"text-align:{aligns[x] if aligns[x] in {'right', 'center'} else 'left'}"
        ground = block.shades[y][x] if block.shades else ""
        if _COLOUR.fullmatch(ground):
            style = f"{style};background:{ground};color:{_ink(ground)}"
        head = block.row_headers and x == 0
        tag, scope = ("th", ' scope="row"') if head else ("td", "")
        name = block.columns[x].strip()
        told = f' data-label="{escape(name)}"' if name and not head and not at.pictures else ""
        return f'<{tag}{scope}{role("rowheader" if head else "cell")}{told} style="{style}">{_text(text)}</{tag}>'

    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    head = "".join(
        # A header without words would be announced as one; it is an empty cell.
        f'<th scope="col"{role("columnheader")} style="text-align:{escape(a)}">{escape(name)}</th>'
        if name.strip()
        else f"<td{role('cell')}></td>"
        for name, a in zip(block.columns, aligns, strict=True)
    )
    body = "".join(
        f"<tr{role('row')}>{''.join(cell(x, y, text) for x, text in enumerate(row))}</tr>"
        for y, row in enumerate(block.rows)
    )
    about, described = "", ""
    if block.summary:
        name = f"s{at.inside(block.summary).salt}"
        about = f'<p class="unseen" id="{name}">{escape(block.summary)}</p>'
        described = f' aria-describedby="{name}"'
    table = (
        f"<table{role('table')}{described}>{caption}<thead{role('rowgroup')}><tr{role('row')}>{head}"
        f"</tr></thead><tbody{role('rowgroup')}>{body}</tbody></table>"
    )
    return about + _scrolling("scroll", block.caption or block.summary, table)


def _scrolling(kind: str, name: str, inside: str) -> str:
    """What may be wider than the screen scrolls by itself, by keyboard too."""
    label = f' role="group" aria-label="{escape(name)}"' if name else ""
    return f'<div class="{kind}" tabindex="0"{label}>{inside}</div>'


def _figure(block: Figure, at: _At) -> str:
    caption = f"<figcaption>{_text(block.caption)}</figcaption>" if block.caption else ""
    width = f' style="max-width:{block.width:.0%}"' if 0 < block.width < 1 else ""
    name = plain(block.caption) or re.split(r"[.:] ", block.alt)[0]
    drawing = _scrolling("drawing", name, _drawing(block.svg, block.alt, at))
    return f"<figure{width}>{caption}{drawing}</figure>"


def _picture(block: Picture, _: _At) -> str:
    caption = f"<figcaption>{_text(block.caption)}</figcaption>" if block.caption else ""
    width = f' style="max-width:{block.width:.0%}"' if 0 < block.width < 1 else ""
    sound = _BASE64.fullmatch(block.png)
    shown = _image(PREFIX + block.png, block.alt) if sound else f"<p>{escape(block.alt)}</p>"
    return f"<figure{width}>{caption}{shown}</figure>"


def _grid(block: Grid, at: _At) -> str:
    widths = block.widths or (1.0,) * len(block.cells)
    cells = "".join(
        f'<div style="flex:{float(w):g} 1 0">{_all(cell, at)}</div>'
        for w, cell in zip(widths, block.cells, strict=False)
    )
    return f'<div class="grid">{cells}</div>'


def _cover(block: Cover, at: _At) -> str:
    lines = {
        "client": block.client,
        "subtitle": block.subtitle,
        "author": block.author,
        "secret": block.confidentiality,
        "date": block.date,
        "mark": block.mark,
    }
    rest = "".join(f'<p class="{k}">{escape(line)}</p>' for k, line in lines.items() if line)
    art = _drawing(block.art, block.art_alt, at, _GROUND) if block.art else ""
    legend = f"<p>{escape(block.legend)}</p>" if block.legend else ""
    logo = _logo(block, at) if block.logo else ""
    title = f"<h1>{escape(block.title)}</h1>"
    return f'<div class="cover">{logo}{title}{rest}{art}{legend}</div>'


def _logo(block: Cover, at: _At) -> str:
    alt = block.logo_alt or block.client
    if block.logo.startswith(PREFIX) and _BASE64.fullmatch(block.logo.removeprefix(PREFIX)):
        return f'<div><img class="logo" src="{block.logo}" alt="{escape(alt)}" /></div>'
    return f'<div class="logo">{_drawing(block.logo, alt, at.inside("logo"))}</div>'


_RENDER: dict[type, Callable[[Any, _At], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Note: lambda block, _: f'<p class="note">{_text(block.text)}</p>',
    Quote: _quote,
    Bullets: _bullets,
    Card: _card,
    Callout: lambda block, _: (
        f'<p class="callout {escape(block.tone)}" role="note">{_text(block.text)}</p>'
    ),
    Facts: _facts,
    Levels: _levels,
    Table: _table,
    Figure: _figure,
    Picture: _picture,
    Grid: _grid,
    Together: lambda block, at: _all(block.blocks, at),
    Cover: _cover,
    # What only paper or a whole page needs: what runs along its edges, and its contents.
    DocumentInfo: lambda block, _: "",
    Contents: lambda block, _: "",
    PageBreak: lambda block, _: _BREAK,
}


def _all(blocks: Sequence[Block], at: _At) -> str:
    return "".join(
        _RENDER[type(block)](block, at.inside(str(number))) for number, block in enumerate(blocks)
    )


def fragment(blocks: Sequence[Block], salt: str = "", *, pictures: bool = False) -> str:
    """The blocks' HTML alone, for a page that brings `hrkit.blocks.style.CSS` and ``.hrkit``.

    ``pictures`` shows drawings as pictures, for a page that takes drawings out of HTML.
    """
    # A lone surrogate cannot be written to a file or sent to a browser.
    at = _At(salt, pictures) if salt else _At("", pictures).inside(repr(blocks))
    return _all(blocks, at).encode("utf-8", "replace").decode()


def to_html(blocks: Sequence[Block], *, salt: str = "") -> str:
    """Blocks as one HTML fragment for a notebook.

    JupyterLab shows a notebook that it does not trust without styles and drawings; pictures it
    shows.  So a drawing is a picture here, and what is readable is so without the style.

    Parameters
    ----------
    blocks
        What is shown.
    salt
        Makes the fragment's ids differ from those of an equal fragment on the same page.

    Returns
    -------
    str
        One ``<div class="hrkit">`` with its style; the same for the same blocks.
    """
    inside = fragment(blocks, salt, pictures=True)
    return f'<div class="hrkit"><style>{CSS}</style>{inside}</div>'
