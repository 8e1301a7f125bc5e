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
from hrkit.publish.sound import sound_blocks

__all__ = ["render_html"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_PAPER = {"a4": "A4", "us-letter": "letter"}
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_SAYS = {
    "da": {"contents": "Indhold", "skip": "Gå til indholdet"},
    "nl": {"contents": "Inhoud", "skip": "Naar de inhoud"},
    "en": {"contents": "Contents", "skip": "Skip to the content"},
}


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
    says = _SAYS.get(info.language, _SAYS["en"])
    cover = next((block for block in body if isinstance(block, Cover)), None)
    listed = next((block for block in body if isinstance(block, Contents)), None)
    rest = tuple(block for block in body if not isinstance(block, (Cover, Contents)))
    headings = [block for block in walk(rest) if isinstance(block, Heading)]
    # One heading for the whole page: the cover's or the title, unless the text brings its own.
    own = cover is None and bool(headings) and plain(headings[0].text) == info.title
    rest, entries = _with_ids(rest, [0 if own and not i else 1 for i in range(len(headings))], own)
    top = fragment((cover,)) if cover else "" if own else f"<h1>{escape(info.title)}</h1>"
    if cover:
        top = f'<div class="hrkit">{top}</div>'
    head = f'<div class="head"><div class="inner">{top}</div></div>' if top else ""
    title = listed.title if listed else info.words.get("contents", says["contents"])
    depth = max(1, listed.depth) if listed else 1
    text = (
        f'<!DOCTYPE html>\n<html lang="{escape(info.language)}">\n{_head(info)}\n<body>\n'
        f'<a class="skip" href="#main">{says["skip"]}</a>\n'
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
        f"@media print{{@page{{size:{_PAPER[info.paper]};margin:18mm 18mm 18mm 20mm;{boxes}"
        "@bottom-right{content:counter(page);font-size:8pt;color:#566270}}}\n"
    )


def _with_ids(
    blocks: tuple[Block, ...], shift: list[int], own: bool
) -> tuple[tuple[Block, ...], list[_Entry]]:
    """Headings with levels without gaps, below the page's one, and with an address each."""
    given = [block.level for block in walk(blocks) if isinstance(block, Heading)]
    levels = iter(
        min(level + (0 if own and not i else 1), 6) for i, level in enumerate(without_gaps(given))
    )
    used = {"main", "contents"}
    entries: list[_Entry] = []

    def visit(value: Any) -> Any:
        if isinstance(value, list):
            return [visit(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.get("type") == "heading":
            level = next(levels)
            name = value["id"] if _NAME.fullmatch(value["id"]) else ""
            if not name or name in used:
                name = f"section-{len(entries) + 1}"
            used.add(name)
            entries.append(_Entry(name, level - 1, plain(from_json(value["text"]))))
            return {**value, "level": level, "id": name}
        return {key: visit(item) for key, item in value.items()}

    return from_json(visit(to_json(blocks))), entries
