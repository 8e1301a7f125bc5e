"""What the page's template would otherwise find out by setting text to measure it.

Measuring is what takes Typst longest: every word of a table, to know how narrow its columns may be,
and every block that is kept together, to know that a page can hold it.  The letters' widths stand in
the font files.  They say which few words can be the widest of a column (the template measures those),
and which blocks are so short that they fit in any case.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hrkit.publish.fonts import advances

__all__ = ["foreseen"]

#: Text no longer than this stands on one line of a table's column; a longer word may be broken in two.
SHORT, BROKEN = 12, 0.58
_LONG = re.compile(r"[^\W\d_]{13,}")
#: Styles in which a text is drawn whole.
_DRAWN = ("code", "filled", "outlined", "steps", "shares", "key")
#: Where a line may end; never at a space that keeps a figure with its name.
_BREAK = re.compile(r"[ \t\n]+")
_BOLD = ("strong", "filled", "outlined")
#: A word this much narrower than the widest cannot be wider once its letters are moved together.
_NEAR = 0.85
#: Inside of the margins, the narrower of the papers' widths and far less than their heights.
_WIDTH, _FITS = 164.0, 150.0
_POINT = 0.353
#: A table of so few rows, no higher than that, is not cut.
_FEW, _SMALL = 5, 130.0
#: A last section that is no page of its own, and what it may bring along; foreseen is twice what is printed and more.
_LINES, _PART = 90.0, 340.0


def foreseen(blocks: list[Any]) -> list[Any]:
    """The same blocks; tables say which words decide their columns, what is kept together whether it fits.

    Headings that the contents leave out, since another page lists them, say so.  A last section of a few
    lines takes what stands before it along: no last page holds them alone.
    """
    blocks = _in_company(blocks)
    elsewhere = {id for block in blocks if block["type"] == "contents" for id in block["skip"]}
    _unlisted(blocks, elsewhere)
    for block in blocks:
        _tables(block)
        _cards(block)
        if block["type"] in ("card", "grid", "group", "quote"):
            block["fits"] = _height(block, _WIDTH, 10) < _FITS
    return blocks


def _in_company(blocks: list[Any]) -> list[Any]:
    """The last section and the part before it as one, if neither is long and no page begins in them."""
    starts = [i for i, block in enumerate(blocks) if block["type"] in ("heading", "group")]
    if len(starts) < 2 or blocks[-1]["type"] == "heading":
        return blocks
    before, last = starts[-2:]
    lines, part = (_all(blocks[start:], _WIDTH, 10) for start in (last, before))
    # What is kept whole already grows by those lines alone.
    whole = before + 1 == last and blocks[before].get("keep", False)
    if lines > _LINES or (part > _PART and not whole) or any(map(_begins, blocks[before:])):
        return blocks
    return [*blocks[:before], {"type": "group", "keep": True, "blocks": blocks[before:]}]


def _begins(block: Any) -> bool:
    """Whether a page begins in a block."""
    return (
        block["type"] == "page-break"
        or bool(block.get("new_page"))
        or (block["type"] == "group" and any(map(_begins, block["blocks"])))
    )


def _unlisted(value: Any, ids: set[str]) -> None:
    if isinstance(value, dict) and value.get("type") == "heading":
        value["listed"] = value["id"] not in ids
    elif isinstance(value, dict | list) and ids:
        for one in value.values() if isinstance(value, dict) else value:
            _unlisted(one, ids)


# ---- columns of tables


def _tables(value: Any) -> None:
    if isinstance(value, list):
        for one in value:
            _tables(one)
    elif isinstance(value, dict):
        if value.get("type") == "table":
            even = bool(value["widths"]) and 0 not in value["widths"]
            value["widest"] = _widest(value) if even else []
            value["whole"] = len(value["rows"]) <= _FEW and _height(value, _WIDTH, 10) < _SMALL
            if even:
                value["columns"] = [_split(name) for name in value["columns"]]
                value["rows"] = [[_split(cell) for cell in row] for row in value["rows"]]
        else:
            for one in value.values():
                _tables(one)


def _cards(block: Any) -> None:
    """What stands side by side is narrow: its long words may be broken, and no others."""
    if block["type"] == "group":
        for one in block["blocks"]:
            _cards(one)
    elif block["type"] == "grid":
        _narrow(block["cells"])


def _narrow(value: Any) -> None:
    if isinstance(value, list):
        for one in value:
            _narrow(one)
    elif isinstance(value, dict):
        if value.get("type") in ("paragraph", "note"):
            value["text"] = _split(value["text"])
        elif value.get("type") == "bullets":
            value["items"] = [
                _split(item) if isinstance(item, str) or not _blocks(item) else item
                for item in value["items"]
            ]
        for one in value.values():
            _narrow(one)


def _blocks(item: list[Any]) -> bool:
    """Whether an item of a list holds blocks, not runs of text."""
    return bool(item) and "type" in item[0]


def _widest(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of each column the words that need most room, in the header and below it, with their shares."""
    return [
        {
            "head": _most(((word, _share(word)) for word in _BREAK.split(_said(name))), bold=True),
            "body": _most(
                (
                    (word, _share(word))
                    for row in table["rows"]
                    for word in _parts(_said(row[column]))
                ),
                bold=False,
            ),
            "strong": _most(
                (
                    (word, _share(word))
                    for row in table["rows"]
                    for text in _strong(row[column])
                    for word in _parts(text)
                ),
                bold=True,
            ),
        }
        for column, name in enumerate(table["columns"])
    ]


def _split(text: Any) -> Any:
    """A cell's text with its long words in runs of their own, which alone may be broken."""
    if not _LONG.search(_said(text)):
        return text
    spans = [{"text": text, "style": "plain", "link": ""}] if isinstance(text, str) else text
    return [piece for span in spans for piece in _pieces(span)]


def _pieces(span: dict[str, Any]) -> list[dict[str, Any]]:
    if span["link"] or span["style"] in _DRAWN:
        return [span]
    found, at = [], 0
    for match in _LONG.finditer(span["text"]):
        found += [{**span, "text": span["text"][at : match.start()]}] if match.start() > at else []
        found.append({**span, "text": match.group(), "long": True})
        at = match.end()
    return [*found, {**span, "text": span["text"][at:]}] if at < len(span["text"]) else found


def _said(text: Any) -> str:
    """What is written in a cell, whatever its style."""
    return text if isinstance(text, str) else "".join(span["text"] for span in text)


def _strong(text: Any) -> list[str]:
    """What of a cell is set in bold, which is wider."""
    spans = [] if isinstance(text, str) else text
    return [span["text"] for span in spans if span["style"] in _BOLD]


def _parts(text: str) -> list[str]:
    return [text] if len(text) <= SHORT else _BREAK.split(text)


def _share(word: str) -> float:
    return 1.0 if len(word) <= SHORT else BROKEN


def _most(words: Iterable[tuple[str, float]], *, bold: bool) -> list[list[Any]]:
    width = advances(bold=bold)
    each = {
        (word, share): share * sum(width.get(ord(letter), 1.0) for letter in word)
        for word, share in words
    }
    least = _NEAR * max(each.values(), default=0.0)
    return [[word, share] for (word, share), wide in each.items() if wide >= least and word]


# ---- heights, in millimetres: never less than what is printed


def _lines(text: str, size: float, width: float) -> float:
    """Lines of running text: letters as wide as capitals are, a fourth of each line left empty."""
    if not text.strip():
        return 0.0
    if width < 15:
        return math.inf
    em = size * _POINT
    lines = sum(1 + 0.62 * em * len(part) / (0.75 * width) for part in text.split("\n"))
    return lines * 1.6 * em


def _height(block: Any, width: float, size: float) -> float:
    """No less than the height of a block; endless where nothing is known of it."""
    match block.get("type"):
        case "heading":
            return 22 + _lines(block["kicker"], 9, width) + _lines(_said(block["text"]), 23, width)
        case "paragraph":
            return 8 + _lines(_said(block["text"]), 13.5 if block["lead"] else size, width)
        case "note":
            return 7 + _lines(_said(block["text"]), 8, width)
        case "quote":
            return 18 + _lines(block["text"], 11, width - 9) + _lines(block["by"], 8, width - 9)
        case "callout":
            return 18 + _lines(_said(block["text"]), 9.5, width - 15)
        case "bullets":
            return 9 + sum(4 + _item(item, width - 10, size) for item in block["items"])
        case "card":
            title = _lines(block["title"], 10.5, width - 8)
            return 18 + title + _all(block["blocks"], width - 8, 9)
        case "group":
            return 12 + _all(block["blocks"], width, size)
        case "grid":
            return 9 + _grid(block, width, size)
        case "table":
            return 20 + _lines(block["caption"], 10, width) + _table(block, width)
        case "figure":
            caption = _lines(_said(block["caption"]), 10, width)
            return 18 + caption + min(190.0, width * block["width"] * block["aspect"])
        case _:
            return math.inf


def _all(blocks: Iterable[Any], width: float, size: float) -> float:
    return sum(_height(block, width, size) for block in blocks)


def _item(item: Any, width: float, size: float) -> float:
    if isinstance(item, list) and item and "type" in item[0]:
        return _all(item, width, size)
    return _lines(_said(item), size, width)


def _grid(grid: Mapping[str, Any], width: float, size: float) -> float:
    cells = grid["cells"]
    widths = grid["widths"] or [1] * len(cells)
    room = width - 6 * (len(cells) - 1)
    return max(
        (_all(cell, room * of / sum(widths), size) for cell, of in zip(cells, widths, strict=True)),
        default=0.0,
    )


def _table(table: Mapping[str, Any], width: float) -> float:
    """Rows as high as their highest cell, where a column may get little more than half of its share."""
    widths = table["widths"]
    even = bool(widths) and 0 not in widths
    shares = [
        of / sum(widths) if even else 1 / len(table["columns"]) for of in widths or table["columns"]
    ]
    return sum(
        6
        + max(
            _lines(_said(cell), 9.5, 0.6 * width * share - 3)
            for cell, share in zip(row, shares, strict=True)
        )
        for row in (table["columns"], *table["rows"])
    )
