"""Sheets → an Excel workbook.

Outside text is data: a cell that begins with ``=`` is a text that begins with ``=``, and stays
one when somebody edits it.  Numbers are numbers, rounded as they were released.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
from collections.abc import Sequence
from math import ceil
from typing import Any

from hrkit.blocks import DocumentInfo, Plot
from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.errors import Problem, PublishError
from hrkit.publish.colour import readable
from hrkit.publish.excel_charts import charts
from hrkit.publish.says import said
from hrkit.publish.sound import sound_text
from hrkit.publish.workbooks import OPTIONS

__all__ = ["render_excel"]

_NO_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LONGEST_NAME, _LONGEST_CELL = 31, 32767
_PAPER = {"a4": 9, "us-letter": 1}
#: Of a printed page on its side: pixels across, and rows down at full size (the smaller of A4 and letter).
_PIXELS_ACROSS, _ROWS_DOWN = 920, 28
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FONT = "Calibri"


def render_excel(sheets: Sequence[Worksheet], info: DocumentInfo) -> bytes:
    """A workbook of these sheets.

    Parameters
    ----------
    sheets
        In their order; a cell of the first one that names another sheet leads there.
    info
        Title, author, day, colours, and the mark and confidentiality that every sheet carries.

    Returns
    -------
    bytes
        An .xlsx file, the same for the same sheets.

    Raises
    ------
    PublishError
        When a sheet cannot be written, with every problem.
    """
    import xlsxwriter

    _refuse(sheets)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(OPTIONS)) as book:
        book.set_properties(
            {
                "title": _short(info.title, 200),
                "subject": _short(info.subtitle, 200),
                "author": _short(info.author, 200),
                "keywords": _short(info.mark, 200),
                "status": _short(info.confidentiality, 200),
                "created": dt.datetime.fromisoformat(info.stamp),
            }
        )
        look = _Look(book, info)
        others = {sheet.name for sheet in sheets[1:]}
        for number, sheet in enumerate(sheets):
            _write(book.add_worksheet(sheet.name), sheet, look, info, set() if number else others)
        plots = [plot for sheet in sheets for plot in sheet.plots]
        if plots:
            _charts(book, _free_name(sheets, info), plots, look, info)
    return out.getvalue()


def _free_name(sheets: Sequence[Worksheet], info: DocumentInfo) -> str:
    """The name of the sheet of charts, which no other has."""
    name, known = said(info.words, "charts")[:_LONGEST_NAME], {s.name.casefold() for s in sheets}
    return name if name.casefold() not in known else f"{name[: _LONGEST_NAME - 2]} 2"


def _charts(book: Any, name: str, plots: Sequence[Plot], look: _Look, info: DocumentInfo) -> None:
    """All charts on a sheet of their own, each beside its values."""
    page = book.add_worksheet(name)

    def put(row: int, column: int, text: str, **how: Any) -> None:
        _put(page, row, column, text, look, **how)

    put(0, 0, name, bold=True, font_size=15, font_color=look.primary)
    marks = " · ".join(text for text in (info.mark, info.confidentiality, info.client) if text)
    put(1, 0, marks, bold=True, font_color=look.accent)
    wide, rows = charts(book, page, plots, 3, put, look.primary)
    page.hide_gridlines(2)
    _printed(page, Worksheet(name, name, columns=("",) * 5), info, 0)
    # Fitted to a width, a sheet would be cut wherever a page ends: through a chart, too.
    scale = min(1.0, _PIXELS_ACROSS / wide)
    page.set_print_scale(int(100 * scale))
    page.set_h_pagebreaks(_breaks(rows, int(_ROWS_DOWN / scale)))


def _breaks(rows: Sequence[int], most: int) -> list[int]:
    """Rows above which a printed page ends, so that none cuts what begins at ``rows``.

    >>> _breaks([3, 20, 35, 50, 80], 40)
    [35, 50]
    """
    found, start = [], 0
    for this, following in itertools.pairwise(rows):
        if following - start > most and this > start:
            found.append(this)
            start = this
    return found


def _refuse(sheets: Sequence[Worksheet]) -> None:
    problems, seen = [], set()
    for sheet in sheets:
        name = sheet.name
        if not name.strip() or len(name) > _LONGEST_NAME or _NO_NAME.search(name):
            problems.append(Problem(f"sheet {name!r}", "has a name that Excel refuses"))
        if name.casefold() in seen:
            problems.append(Problem(f"sheet {name!r}", "is there twice"))
        seen.add(name.casefold())
        widths = {len(row) for row in sheet.rows} | {len(sheet.columns)}
        if len(widths) > 1:
            problems.append(Problem(f"sheet {name!r}", "has rows of different lengths"))
    if not sheets:
        problems.append(Problem("the workbook", "has no sheet"))
    if problems:
        raise PublishError("the workbook cannot be written", problems)


class _Look:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any, info: DocumentInfo) -> None:
        self.book = book
        self.primary, self.accent = readable(info.primary), readable(info.accent)
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **how: Any) -> Any:
        key = tuple(sorted(how.items()))
        if key not in self.made:
            base = {"font_name": _FONT, "font_size": 10.5, "valign": "top"}
            self.made[key] = self.book.add_format({**base, **how})
        return self.made[key]

    def number(self, cell: Number) -> Any:
        """The format of a number: Excel itself writes the reader's decimal sign."""
        digits = "0" + ("." + "0" * cell.decimals if cell.decimals else "")
        kinds = {
            "plain": digits,
            "percent": f"{digits}%",
            "signed": f"+{digits};-{digits};{digits}",
        }
        return self(num_format=kinds[cell.kind], align="right")


def _short(text: str, most: int) -> str:
    line = " ".join(sound_text(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _edge(text: str) -> str:
    """A text for the edge of a printed page, where & begins a code."""
    return _short(text, 70).replace("&", "&&")


def _put(page: Any, row: int, column: int, cell: Cell, look: _Look, **how: Any) -> None:
    if isinstance(cell, Number):
        page.write_number(row, column, cell.value, look.number(cell))
    elif cell:
        text = sound_text(cell)[:_LONGEST_CELL]
        if text.startswith(_FORMULA):
            how["quote_prefix"] = True
        page.write_string(row, column, text, look(**how))


def _write(page: Any, sheet: Worksheet, look: _Look, info: DocumentInfo, links: set[str]) -> None:
    _put(page, 0, 0, sheet.title, look, bold=True, font_size=15, font_color=look.primary)
    marks = " · ".join(text for text in (info.mark, info.confidentiality, info.client) if text)
    _put(page, 1, 0, marks, look, bold=True, font_color=look.accent)
    for n, note in enumerate(sheet.notes, 2):
        _put(page, n, 0, note, look, font_color="#566270")
    head = len(sheet.notes) + 3
    for x, name in enumerate(sheet.columns):
        numeric = any(isinstance(row[x], Number) for row in sheet.rows)
        _put(
            page,
            head,
            x,
            name,
            look,
            bold=True,
            text_wrap=True,
            bottom=2,
            valign="bottom",
            bottom_color=look.primary,
            align="right" if numeric else "left",
            indent=0 if numeric or not x else 1,
        )
        page.set_column(x, x, sheet.widths[x] if sheet.widths else _width(sheet, x))
    widths = sheet.widths or [_width(sheet, x) for x in range(len(sheet.columns))]
    _fit(page, head, sheet.columns, widths)
    for y, row in enumerate(sheet.rows, head + 1):
        _fit(page, y, row, widths)
        for x, cell in enumerate(row):
            if not x and isinstance(cell, str) and cell in links:
                at = f"internal:'{cell}'!A1"
                page.write_url(y, x, at, look(font_color=look.primary, underline=1), cell)
            else:
                numeric = any(isinstance(other[x], Number) for other in sheet.rows)
                words: dict[str, Any] = {"align": "left", "indent": 1} if x else {}
                words = {"align": "right", "font_color": "#566270"} if numeric else words
                _put(page, y, x, cell, look, text_wrap=True, **words)
    last = head + len(sheet.rows)
    if sheet.rows and len(sheet.columns) > 2:
        page.autofilter(head, 0, last, len(sheet.columns) - 1)
    page.freeze_panes(head + 1, 1 if len(sheet.columns) > 2 else 0)
    page.hide_gridlines(2)
    _printed(page, sheet, info, head)


def _fit(page: Any, row: int, cells: Sequence[Cell], widths: Sequence[float]) -> None:
    """Make a row as high as its wrapped texts; not every program does so by itself."""
    pairs = zip(cells, widths, strict=True)
    lines = max((ceil(len(c) * 1.1 / w) for c, w in pairs if isinstance(c, str)), default=1)
    if lines > 1:
        page.set_row(row, 15 * min(lines, 20))


def _printed(page: Any, sheet: Worksheet, info: DocumentInfo, head: int) -> None:
    """How a sheet comes out of a printer: one page wide, its header on each, marked on each."""
    page.set_paper(_PAPER.get(info.paper, 9))
    if len(sheet.columns) > 4:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_header(f"&L{_edge(info.title)}&R{_edge(info.mark)}")
    page.set_footer(f"&L{_edge(info.footer)}&R&P / &N")


def _width(sheet: Worksheet, x: int) -> float:
    """Wide enough for what stands there, narrow enough for a screen."""
    cells = [row[x] for row in sheet.rows]
    if any(isinstance(cell, Number) for cell in cells):
        words = [len(cell) for cell in cells if isinstance(cell, str)]
        named = max((len(part) for part in sheet.columns[x].split()), default=1)
        return float(max(9, named + 3, *words, 0) + 1)
    texts = [sheet.columns[x], *(cell for cell in cells if isinstance(cell, str))]
    return float(min(70, max(10, max(len(text) for text in texts) * 1.1 + 3)))
