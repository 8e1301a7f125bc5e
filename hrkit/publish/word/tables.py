"""The tables of a Word document: with header rows, alt texts and light lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import RGBColor

from hrkit.blocks import Levels, Table, Text, plain
from hrkit.publish.colour import contrast
from hrkit.publish.word import xml
from hrkit.publish.word.styles import RULE, Look, rgb

__all__ = ["cards", "data", "facts", "levels"]

_ALIGN = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
#: Width of an average letter of a table, in points.
_POINTS = 4.6
#: Between cards side by side, in points.
_GAP = 10.0
#: A table of so many rows and letters stands on one page: no row of it is alone on the next.
_WHOLE, _TEXT = 14, 1600
_WHITE = RGBColor(255, 255, 255)


def _columns(table: Any, widths: Sequence[float], total: float) -> None:
    """Fixed columns of these relative widths, as wide together as ``total`` points."""
    table.autofit = False
    twips = [round(20 * total * width / sum(widths)) for width in widths]
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), twips, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.rows:
        for cell, width in zip(row.cells, twips, strict=True):
            xml.set_width(cell, width)


def _look(table: Any, *, header: bool, names: bool) -> None:
    """Tell assistive technology whether first row and first column are headers."""
    for old in table._tbl.tblPr.findall(qn("w:tblLook")):
        table._tbl.tblPr.remove(old)
    value = (0x0020 if header else 0) | (0x0080 if names else 0) | 0x0600
    made = xml.element(
        "w:tblLook",
        val=f"{value:04X}",
        firstRow=int(header),
        lastRow=0,
        firstColumn=int(names),
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    table._tbl.tblPr.append(made)


def cards(table: Any, tones: Sequence[tuple[str, str]], width: float, title: str) -> list[Any]:
    """Cells with a ground and a bar at their left, side by side with a gap between; those cells."""
    gap = _GAP / width
    each = (1 - gap * (len(tones) - 1)) / len(tones)
    widths = [gap if n % 2 else each for n in range(2 * len(tones) - 1)]
    _columns(table, widths, width)
    found = table.rows[0].cells[::2]
    for cell, (ground, bar) in zip(found, tones, strict=True):
        properties = cell._tc.get_or_add_tcPr()
        xml.border(properties, left=(24, bar))
        xml.shade(properties, ground)
    xml.cell_room(table, top=6, left=11, bottom=3, right=10)
    _look(table, header=False, names=False)
    xml.describe(table, title, "")
    return list(found)


def facts(table: Any, look: Look, width: float) -> None:
    """A row per fact: the figure, and what it counts."""
    _columns(table, (0.3, 0.7), width)
    xml.border(table._tbl.tblPr, top=(12, look.primary), bottom=(4, RULE), insideH=(4, RULE))
    _look(table, header=False, names=True)
    xml.no_split(table)
    for row in table.rows:
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def levels(table: Any, block: Levels, look: Look, width: float) -> None:
    """The steps side by side; those inside the band are dark *and* bold."""
    _columns(table, (1.0,) * len(block.names), width)
    for n, (cell, name) in enumerate(zip(table.rows[0].cells, block.names, strict=True), 1):
        on = n in block.on
        xml.shade(cell._tc.get_or_add_tcPr(), look.primary if on else look.brand_fill)
        line = cell.paragraphs[0]
        look.style(line, "Table Text")
        run = line.add_run(f"{n} {name}")
        run.bold = on
        if on:
            run.font.color.rgb = _WHITE
    _look(table, header=False, names=False)
    xml.no_split(table)
    xml.describe(table, "", block.sentence)


def data(
    table: Any, block: Table, look: Look, width: float, write: Callable[[Any, Text], Any]
) -> None:
    """A table of figures or texts, its header repeated on every page."""
    _columns(table, _widths(block, width), width)
    aligns = block.align or ("left",) * len(block.columns)
    xml.border(table._tbl.tblPr, bottom=(4, RULE), insideH=(4, RULE))
    for cell, name, align in zip(table.rows[0].cells, block.columns, aligns, strict=True):
        line = cell.paragraphs[0]
        look.style(line, "Table Head")
        line.alignment = _ALIGN.get(align)
        line.add_run(name)
        xml.border(cell._tc.get_or_add_tcPr(), bottom=(12, look.primary))
    for y, (row, texts) in enumerate(zip(table.rows[1:], block.rows, strict=True)):
        for x, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            line = cell.paragraphs[0]
            look.style(line, "Table Text")
            line.alignment = _ALIGN.get(aligns[x])
            write(line, text)
            ground = block.shades[y][x] if block.shades else ""
            if ground:
                xml.shade(cell._tc.get_or_add_tcPr(), ground)
                dark = contrast(ground, "#ffffff") > contrast(ground, "#000000")
                for run in line.runs:
                    run.font.color.rgb = _WHITE if dark else rgb("#000000")
    xml.cell_room(table, left=4, right=4)
    _look(table, header=True, names=block.row_headers)
    xml.repeat_header(table)
    xml.no_split(table)
    if len(block.rows) <= _WHOLE and sum(len(plain(t)) for r in block.rows for t in r) <= _TEXT:
        xml.keep_whole(table)
    xml.describe(table, block.caption, block.summary)


def _widths(block: Table, total: float) -> tuple[float, ...]:
    """Column widths in points, as given or by the texts, none narrower than its longest word."""
    columns = [
        [name, *(plain(row[x]) for row in block.rows)] for x, name in enumerate(block.columns)
    ]
    words = [
        min(14, max((len(word) for text in texts for word in text.split()), default=1))
        for texts in columns
    ]
    aligns = block.align or ("left",) * len(columns)
    # A number and its n stay on one line.
    words = [
        max(word, min(9, max(map(len, texts[1:]), default=0))) if align == "right" else word
        for word, align, texts in zip(words, aligns, columns, strict=True)
    ]
    least = [_POINTS * word + 9 for word in words]
    given = block.widths
    if not given or not all(given):
        given = tuple(float(min(60, max(map(len, texts), default=1) + 4)) for texts in columns)
    wanted = [total * width / sum(given) for width in given]
    # What the narrow columns need more is taken from those that have room.
    short = sum(max(0.0, need - have) for need, have in zip(least, wanted, strict=True))
    room = [max(0.0, have - need) for need, have in zip(least, wanted, strict=True)]
    if sum(room) <= short:
        return tuple(wanted)
    part = short / sum(room)
    return tuple(
        max(need, have) - part * spare
        for need, have, spare in zip(least, wanted, room, strict=True)
    )
