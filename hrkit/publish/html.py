"""Blocks → one HTML file that fetches nothing and runs nothing.

A page for people who read on a screen, with a keyboard, a screen reader or at 400 % zoom: one
main heading, landmarks, a link past the contents, tables and drawings that scroll by themselves.
Printed from a browser it keeps the pages of the report, with the document's mark on each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from hrkit.blocks import (
    Block,
    Contents,
    Cover,
    DocumentInfo,
    Heading,
    from_json,
    plain,
    to_json,
    walk,
)
from hrkit.blocks.html import fragment
from hrkit.blocks.style import CSS
from hrkit.errors import PublishError
from hrkit.publish.check import checked
from hrkit.publish.colour import readable, tint
from hrkit.publish.prepare import split, without_gaps
from hrkit.publish.says import said
from hrkit.publish.sound import sound_blocks

__all__ = ["render_html"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_PAPER = {"a4": "A4", "us-letter": "letter"}
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A heading as the contents list it."""

    id: str
    level: int
    text: str


def render_html(blocks: Sequence[Block | Mapping[str, Any]]) -> str:
    """A document as one HTML file.

    Parameters
    ----------
    blocks
        Blocks, or the plain values `hrkit.blocks.to_json` made of them.

    Returns
    -------
    str
        A whole page in UTF-8, the same for the same blocks.

    Raises
    ------
    PublishError
        When the blocks are not sound, with every problem, or there are none.
    """
    info, body = split(sound_blocks(checked(blocks)))
    if not body:
        raise PublishError("the document is empty; run the notebook first")
    cover = next((block for block in body if isinstance(block, Cover)), None)
    listed = next((block for block in body if isinstance(block, Contents)), None)
    rest: tuple[Block, ...] = tuple(b for b in body if not isinstance(b, (Cover, Contents)))
    first = next((plain(b.text) for b in walk(rest) if isinstance(b, Heading)), "")
    # One heading for the whole page: the cover's or the title, unless the text brings its own.
    titled = cover is None and first == info.title
    rest, entries = _with_ids(rest, titled)
    top = f"<h1>{escape(info.title)}</h1>" if cover is None else ""
    if cover:
        top = f'<div class="hrkit">{fragment((cover,))}</div>'
    head = "" if titled else f'<div class="head"><div class="inner">{top}</div></div>'
    title = listed.title if listed else said(info.words, "contents")
    depth = max(1, listed.depth) if listed else 1
    text = (
        f'<!DOCTYPE html>\n<html lang="{escape(info.language)}">\n{_head(info)}\n<body>\n'
        f'<a class="skip" href="#main">{escape(said(info.words, "skip"))}</a>\n'
        f"<header>{_bar(info)}{head}</header>\n"
        f'<div class="body">\n{_nav(entries, title, depth)}\n'
        f'<main id="main" tabindex="-1"><div class="hrkit">{fragment(rest)}</div></main>\n</div>\n'
        f"{_foot(info)}\n</body>\n</html>\n"
    )
    return text.encode("utf-8", "replace").decode()


def _head(info: DocumentInfo) -> str:
    metas = {
        "viewport": "width=device-width, initial-scale=1",
        "author": info.author,
        "description": info.subtitle,
        "robots": "noindex, nofollow",
    }
    lines = "\n".join(
        f'<meta name="{name}" content="{escape(text)}">' for name, text in metas.items() if text
    )
    return (
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n{lines}\n'
        f"<title>{escape(info.title)}</title>\n"
        f"<style>{CSS}{_page_css()}{_colours(info)}{_paper(info)}</style>\n</head>"
    )


@lru_cache(maxsize=1)
def _page_css() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _colours(info: DocumentInfo) -> str:
    """The document's colours, dark enough for text on white and on their own tints."""
    brand, accent = tint(info.primary, 0.06), tint(info.accent, 0.1)
    values = {
        "primary": readable(info.primary, brand),
        "accent": readable(info.accent, accent),
        "ground": readable(info.primary),
        "brand-fill": brand,
        "accent-fill": accent,
        "focus": readable(info.accent),
    }
    rules = ";".join(f"--{name}:{value}" for name, value in values.items())
    return f"\n:root,.hrkit{{{rules}}}\n"


def _paper(info: DocumentInfo) -> str:
    """What a browser prints along the edges of every page; the texts stand there as code points."""

    def told(text: str) -> str:
        return '"' + "".join(f"\\{ord(char):06x}" for char in text[:110]) + '"'

    edges = {"top-right": told(info.mark), "bottom-left": told(info.footer)}
    boxes = "".join(
        f"@{edge}{{content:{text};font-size:8pt;color:#566270}}" for edge, text in edges.items()
    )
    return (
        f"@media print{{@page{{size:{_PAPER[info.paper]}{' landscape' if info.landscape else ''};margin:18mm 18mm 18mm 20mm;{boxes}"
        "@bottom-right{content:counter(page);font-size:8pt;color:#566270}}}\n"
    )


def _levels(given: list[int], titled: bool) -> list[int]:
    """Heading levels without gaps and below the page's one, which may be the first of them.

    >>> _levels([1, 2, 1], titled=False), _levels([1, 2, 2], titled=True)
    ([2, 3, 2], [1, 2, 2])
    """
    levels = without_gaps(given)
    if titled and levels.count(1) == 1:
        return levels
    return [1 if titled and not i else min(level + 1, 6) for i, level in enumerate(levels)]


def _with_ids(blocks: tuple[Block, ...], titled: bool) -> tuple[tuple[Block, ...], list[_Entry]]:
    """Headings with sound levels and an address each, and what the contents list of them."""
    given = [block.level for block in walk(blocks) if isinstance(block, Heading)]
    levels = iter(_levels(given, titled))
    used = {"main", "contents"}
    entries: list[_Entry] = []

    def visit(value: Any) -> Any:
        if isinstance(value, list):
            return [visit(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.get("type") != "heading":
            return {key: visit(item) for key, item in value.items()}
        level, name = next(levels), value["id"]
        if not _NAME.fullmatch(name) or name in used:
            name = f"section-{len(entries) + 1}"
        used.add(name)
        entries.append(_Entry(name, level - 1, plain(from_json(value["text"]))))
        return {**value, "level": level, "id": name}

    return from_json(visit(to_json(blocks))), entries


def _nav(entries: list[_Entry], title: str, depth: int) -> str:
    """The contents as nested lists of links; nothing where there is nothing to choose from."""
    listed = [entry for entry in entries if 1 <= entry.level <= depth and entry.text.strip()]
    if len(listed) < 2:
        return ""
    out, open_levels = [], 0
    for entry in listed:
        while open_levels > entry.level:
            out.append("</li></ol>")
            open_levels -= 1
        if open_levels == entry.level:
            out.append("</li>")
        while open_levels < entry.level:
            out.append("<ol>" if open_levels + 1 == entry.level else "<ol><li>")
            open_levels += 1
        out.append(f'<li><a href="#{entry.id}">{escape(entry.text)}</a>')
    out.append("</li></ol>" * open_levels)
    return f'<nav aria-labelledby="contents"><h2 id="contents">{escape(title)}</h2>{"".join(out)}</nav>'


def _bar(info: DocumentInfo) -> str:
    """Above everything: that it is a draft or synthetic, and whose eyes it is for."""
    parts = [
        f'<p class="{kind}">{escape(text)}</p>'
        for kind, text in (("mark", info.mark), ("secret", info.confidentiality))
        if text
    ]
    return f'<div class="bar"><div class="inner">{"".join(parts)}</div></div>' if parts else ""


def _foot(info: DocumentInfo) -> str:
    lines = dict.fromkeys((info.footer, info.contact, info.date))
    told = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f'<footer class="foot"><div class="inner">{told}</div></footer>' if told else ""
