"""Blocks → an HTML fragment, for the notebook's screen; with the standard library alone.

All text is escaped; drawings are reduced to drawing; there is no script and nothing is
fetched.  A screen reader gets what the PDF gives it: headings, lists, tables with
scopes and captions, figures with their sentence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
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
    Group,
    Heading,
    Levels,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Span,
    Table,
    Text,
    plain,
    sound_link,
)
from hrkit.blocks.style import CSS
from hrkit.blocks.svg import safe_svg

__all__ = ["fragment", "to_html"]

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_BREAK = '<div class="page-break"></div>'
_PNG = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
_TAGS = {"strong": "strong", "emph": "em", "code": "code"}


def _text(text: Text) -> str:
    if isinstance(text, str):
        return escape(text).replace("\n", "<br>")
    return "".join(map(_span, text))


def _span(span: Span) -> str:
    inner = escape(span.text).replace("\n", "<br>")
    if span.style == "mute":
        inner = f'<span class="mute">{inner}</span>'
    elif tag := _TAGS.get(span.style):
        inner = f"<{tag}>{inner}</{tag}>"
    if sound_link(span.link):
        return f'<a href="{escape(span.link)}" rel="noopener noreferrer">{inner}</a>'
    return inner


def _ink(ground: str) -> str:
    """Black or white, whichever is easier to read on a colour (WCAG relative luminance)."""
    parts = (int(ground[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return "#000000" if 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 else "#ffffff"


def _drawing(svg: str, alt: str, salt: str) -> str:
    try:
        drawn = safe_svg(svg, salt)
    except ValueError:
        return f"<p>{escape(alt)}</p>"
    label = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    return drawn.replace("<svg ", f"<svg {label} ", 1)


def _heading(block: Heading, _: str) -> str:
    kicker = f'<p class="kicker">{escape(block.kicker)}</p>' if block.kicker else ""
    level = min(max(block.level, 1), 6)
    anchor = f' id="{escape(block.id)}"' if block.id else ""
    before = _BREAK if block.new_page else ""
    return f"{before}{kicker}<h{level}{anchor}>{_text(block.text)}</h{level}>"


def _paragraph(block: Paragraph, _: str) -> str:
    if isinstance(block.text, tuple) and [s.style for s in block.text] == ["code"]:
        return f"<pre><code>{escape(block.text[0].text)}</code></pre>"
    opening = '<p class="lead">' if block.lead else "<p>"
    return f"{opening}{_text(block.text)}</p>"


def _quote(block: Quote, _: str) -> str:
    by = f'<p class="by">{escape(block.by)}</p>' if block.by else ""
    return f"<blockquote><p>{_text(block.text)}</p>{by}</blockquote>"


def _bullets(block: Bullets, salt: str) -> str:
    def item(value: Any) -> str:
        if isinstance(value, tuple) and value and not isinstance(value[0], Span):
            return _all(value, salt)
        return _text(value)

    items = "".join(f"<li>{item(value)}</li>" for value in block.items)
    if not block.ordered:
        return f"<ul>{items}</ul>"
    return f'<ol start="{int(block.start)}">{items}</ol>'


def _card(block: Card, salt: str) -> str:
    title = f'<p class="card-title">{escape(block.title)}</p>' if block.title else ""
    label = f' role="group" aria-label="{escape(block.title)}"' if block.title else ""
    return f'<div class="card {escape(block.tone)}"{label}>{title}{_all(block.blocks, salt)}</div>'


def _facts(block: Facts, _: str) -> str:
    def fact(value: str, unit: str, label: str) -> str:
        small = f" <small>{escape(unit)}</small>" if unit else ""
        return f"<div><dt>{escape(label)}</dt><dd>{escape(value)}{small}</dd></div>"

    return f'<dl class="facts">{"".join(fact(f.value, f.unit, f.label) for f in block.facts)}</dl>'


def _levels(block: Levels, _: str) -> str:
    steps = "".join(
        f'<span class="{"on" if n in block.on else "off"}">{n} {escape(name)}</span>'
        for n, name in enumerate(block.names, 1)
    )
    return f'<div class="levels" role="img" aria-label="{escape(block.sentence)}">{steps}</div>'


def _table(block: Table, salt: str) -> str:
    aligns = block.align or ("left",) * len(block.columns)

    def cell(x: int, y: int, text: Text) -> str:
        style = f"text-align:{aligns[x]}" if aligns[x] in {"right", "center"} else ""
        ground = block.shades[y][x] if block.shades else ""
        if _COLOUR.fullmatch(ground):
            style = f"{style};background:{ground};color:{_ink(ground)}".lstrip(";")
        tag, scope = ("th", ' scope="row"') if block.row_headers and x == 0 else ("td", "")
        attribute = f' style="{style or "text-align:left"}"' if style or tag == "th" else ""
        return f"<{tag}{scope}{attribute}>{_text(text)}</{tag}>"

    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    head = "".join(
        # A header without words would be announced as one; it is an empty cell.
        f'<th scope="col" style="text-align:{escape(a)}">{escape(name)}</th>'
        if name.strip()
        else "<td></td>"
        for name, a in zip(block.columns, aligns, strict=True)
    )
    body = "".join(
        f"<tr>{''.join(cell(x, y, text) for x, text in enumerate(row))}</tr>"
        for y, row in enumerate(block.rows)
    )
    about, described = "", ""
    if block.summary:
        name = f"s{_salted(salt, block.summary)}"
        about = f'<p class="unseen" id="{name}">{escape(block.summary)}</p>'
        described = f' aria-describedby="{name}"'
    table = (
        f"<table{described}>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    return about + _scrolling("scroll", block.caption or block.summary, table)


def _scrolling(kind: str, name: str, inside: str) -> str:
    """What may be wider than the screen scrolls by itself, by keyboard too."""
    label = f' role="group" aria-label="{escape(name)}"' if name else ""
    return f'<div class="{kind}" tabindex="0"{label}>{inside}</div>'


def _figure(block: Figure, salt: str) -> str:
    caption = f"<figcaption>{_text(block.caption)}</figcaption>" if block.caption else ""
    width = f' style="max-width:{block.width:.0%}"' if 0 < block.width < 1 else ""
    name = plain(block.caption) or re.split(r"[.:] ", block.alt)[0]
    drawing = _scrolling("drawing", name, _drawing(block.svg, block.alt, salt))
    return f"<figure{width}>{caption}{drawing}</figure>"


def _grid(block: Grid, salt: str) -> str:
    widths = block.widths or (1.0,) * len(block.cells)
    cells = "".join(
        f'<div style="flex:{float(w):g} 1 0">{_all(cell, salt)}</div>'
        for w, cell in zip(widths, block.cells, strict=False)
    )
    return f'<div class="grid">{cells}</div>'


def _cover(block: Cover, salt: str) -> str:
    lines = {
        "client": block.client,
        "subtitle": block.subtitle,
        "author": block.author,
        "secret": block.confidentiality,
        "date": block.date,
        "mark": block.mark,
    }
    rest = "".join(f'<p class="{k}">{escape(line)}</p>' for k, line in lines.items() if line)
    art = _drawing(block.art, block.art_alt, salt) if block.art else ""
    legend = f"<p>{escape(block.legend)}</p>" if block.legend else ""
    logo = _logo(block, salt) if block.logo else ""
    title = f"<h1>{escape(block.title)}</h1>"
    return f'<div class="cover">{logo}{title}{rest}{art}{legend}</div>'


def _logo(block: Cover, salt: str) -> str:
    alt = block.logo_alt or block.client
    if _PNG.fullmatch(block.logo):
        return f'<div><img class="logo" src="{block.logo}" alt="{escape(alt)}" /></div>'
    return f'<div class="logo">{_drawing(block.logo, alt, _salted(salt, "logo"))}</div>'


_RENDER: dict[type, Callable[[Any, str], str]] = {
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
    Grid: _grid,
    Group: lambda block, salt: _all(block.blocks, salt),
    Cover: _cover,
    # What only paper or a whole page needs: what runs along its edges, and its contents.
    DocumentInfo: lambda block, _: "",
    Contents: lambda block, _: "",
    PageBreak: lambda block, _: _BREAK,
}


def _salted(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}|{text}".encode("utf-8", "replace")).hexdigest()[:10]


def _all(blocks: Sequence[Block], salt: str) -> str:
    return "".join(
        _RENDER[type(block)](block, _salted(salt, str(number)))
        for number, block in enumerate(blocks)
    )


def fragment(blocks: Sequence[Block], salt: str = "") -> str:
    """The blocks' HTML alone, for a page that brings `hrkit.blocks.style.CSS` and ``.hrkit``."""
    # A lone surrogate cannot be written to a file or sent to a browser.
    body = _all(blocks, salt or _salted("", repr(blocks)))
    return body.encode("utf-8", "replace").decode()


def to_html(blocks: Sequence[Block], *, salt: str = "") -> str:
    """Blocks as one HTML fragment.

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
    return f'<div class="hrkit"><style>{CSS}</style>{fragment(blocks, salt)}</div>'
