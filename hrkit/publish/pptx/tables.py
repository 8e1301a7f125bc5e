"""Tables on a slide: PowerPoint's own, in the largest size that fits, without a style of the program's."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from hrkit.blocks import Table, plain
from hrkit.publish.fonts import widest
from hrkit.publish.pptx.places import Box, describe, emu, short
from hrkit.publish.pptx.runs import LINE, Line, write
from hrkit.publish.sound import sound_text

__all__ = ["add_table"]

_CELLS = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_MARGIN = 5.0  # at a cell's sides
_WHITE, _RULE = "#ffffff", "C3CAD1"


def add_table(page: Any, block: Table, box: Box, tag: str) -> None:
    """A table as large as its box allows, in the theme's colours."""
    size, widths = _fitting(block, box)
    tall = _tall(block, widths, size)
    frame = page.shapes.add_table(
        len(block.rows) + 1,
        len(block.columns),
        *emu(Box(box.left, box.top, box.width, sum(tall))),
    )
    frame.name = short(block.caption or block.summary or plain(block.columns[0]))
    describe(frame._element, sound_text(block.summary or block.caption))
    table = frame.table
    table.first_row, table.first_col = True, block.row_headers
    table.horz_banding = False
    _unstyled(frame._element)
    aligns = block.align or ("left",) * len(block.columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for row, points in zip(table.rows, tall, strict=True):
        row.height = Pt(points)
    for y, row in enumerate((block.columns, *block.rows)):
        for x, text in enumerate(row):
            cell = table.cell(y, x)
            cell.margin_left = cell.margin_right = Pt(_MARGIN)
            cell.margin_top = cell.margin_bottom = Pt(3)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            strong = not y or (not x and block.row_headers)
            write(
                cell.text_frame,
                (Line(text, strong, colour="" if y else _WHITE),),
                tag,
                size,
            )
            _edge(cell, header=not y)
            if aligns[x] == "right":
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _unstyled(element: Any) -> None:
    """No look of the program's own; header and lines take the theme's colours."""
    element.find(f".//{qn('a:tableStyleId')}").text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _edge(cell: Any, *, header: bool) -> None:
    """A header's ground, or the thin line under a row."""
    if header:
        cell.fill.solid()
        cell.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        return
    cell.fill.background()
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{_RULE}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, line)


def _fitting(block: Table, box: Box) -> tuple[float, list[float]]:
    """The largest size in which no word is broken and no row runs out of the box, and its columns."""
    for size in _CELLS:
        widths = _widths(block, box.width, size)
        if widths and sum(_tall(block, widths, size)) <= box.height:
            return size, widths
    return _CELLS[-1], _widths(block, box.width, _CELLS[-1]) or _shared(block, box.width)


def _columns(block: Table) -> list[list[tuple[str, bool]]]:
    """The texts of each column, and whether they are strong."""
    return [
        [(name, True), *((plain(row[x]), not x and block.row_headers) for row in block.rows)]
        for x, name in enumerate(block.columns)
    ]


def _shared(block: Table, total: float) -> list[float]:
    """Columns as given, or by their texts."""
    given = list(block.widths) if block.widths and all(block.widths) else []
    given = given or [
        float(min(46, max(len(text) for text, _ in texts) + 3)) for texts in _columns(block)
    ]
    return [total * width / sum(given) for width in given]


def _widths(block: Table, total: float, size: float) -> list[float]:
    """Columns as shared, but none narrower than its longest word; none if that is more than there is."""
    least = [
        2 * _MARGIN
        + 1
        + max((_ems(w, bold) for t, bold in texts for w in t.split()), default=1) * size
        for texts in _columns(block)
    ]
    wanted = _shared(block, total)
    room = [max(0.0, have - need) for need, have in zip(least, wanted, strict=True)]
    short = sum(max(0.0, need - have) for need, have in zip(least, wanted, strict=True))
    if short > sum(room):
        return []
    part = short / sum(room) if short else 0.0
    return [
        max(need, have) - part * spare
        for need, have, spare in zip(least, wanted, room, strict=True)
    ]


def _ems(text: str, bold: bool) -> float:
    """How long a line is.  A theme's font may be missing where a deck is opened, and the widest steps in."""
    known = widest(bold)
    return sum(known.get(ord(letter), 1.0) for letter in text)


def _lines(text: str, bold: bool, room: float) -> int:
    """Lines that a text takes, broken at its blanks."""
    lines = 0
    for part in text.split("\n"):
        at, lines = 0.0, lines + 1
        for word in part.split():
            wide = _ems(word, bold)
            if at and at + _ems(" ", bold) + wide > room:
                at, lines = 0.0, lines + 1
            at += wide + (_ems(" ", bold) if at else 0.0)
            lines, at = lines + max(0, ceil(at / room) - 1), min(at, room)
    return lines


def _tall(block: Table, widths: Sequence[float], size: float) -> list[float]:
    """Points that each row takes."""
    rows = zip(*_columns(block), strict=True)
    return [
        max(
            _lines(text, bold, (width - 2 * _MARGIN) / size)
            for (text, bold), width in zip(row, widths, strict=True)
        )
        * size
        * LINE
        + 7
        for row in rows
    ]
