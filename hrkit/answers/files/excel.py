"""Workbooks: calamine reads the cells, after `guard` has measured what the file unfolds into.

A number in a cell is a number and no text, so ``4`` and ``4.0`` are written ``4``; what Excel has
turned into a date, a truth value or an error is listed and never guessed back.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

from hrkit.answers.files import guard
from hrkit.answers.files.table import Table, grid
from hrkit.errors import AnswersError, Problem

__all__ = ["MAX_BYTES", "read"]

MAX_BYTES = 32 * 2**20


def read(data: bytes, name: str, sheet: str | None = None, sheets: tuple[str, ...] = ()) -> Table:
    """Table from the bytes of an ``.xlsx`` file.

    Parameters
    ----------
    data
        The file.
    name
        What problems call it.
    sheet
        The sheet to read; if None the first of ``sheets`` that is there, else the first visible.
    sheets
        Names to look for.

    Raises
    ------
    AnswersError
        If it is no sound workbook, or cells are merged.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    book = guard.inspect(data, name)
    chosen = _choose(list(book.sheets), name, sheet, sheets)
    facts = book.sheets[chosen]
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(book.data)) as workbook:
            cells = workbook.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        problem = Problem(name, f"cannot be read as a workbook ({error})", "save it again as .xlsx")
        raise AnswersError(f"{name} cannot be read.", [problem]) from None
    if facts.merged:
        raise AnswersError(
            f"{name} cannot be read.",
            [Problem(f"{name}, cells {ref}", "are merged: which rows the value is meant for is open",
                     "undo the merging and fill in each cell") for ref in facts.merged],
        )  # fmt: skip
    odd, numbers, rows = dict(facts.odd), set(), []
    for number, line in enumerate(cells, 1):
        texts = []
        for column, value in enumerate(line):
            text, kind = _text(value)
            texts.append(text)
            if kind == "number":
                numbers.add(column)
            elif kind:
                odd[number, column] = kind
        rows.append((number, texts))
    others = [other for other in book.sheets if other != chosen]
    notes = [] if chosen in sheets or not others else [
        f"{name}: the sheet {chosen!r} was read; {', '.join(map(repr, others))} not."
    ]  # fmt: skip
    while (
        rows
        and not any(text.strip() for text in rows[-1][1])
        and not any(place[0] == rows[-1][0] for place in odd)
    ):
        rows.pop()
    return grid(name, rows, notes, odd, frozenset(numbers))


def _choose(there: list[str], name: str, sheet: str | None, sheets: tuple[str, ...]) -> str:
    if sheet is None:
        return next((known for known in sheets if known in there), there[0])
    if sheet not in there:
        problem = Problem(name, f"has no sheet {sheet!r}", f"it has {', '.join(there)}")
        raise AnswersError(f"{name} cannot be read.", [problem])
    return sheet


def _text(value: Any) -> tuple[str, str]:
    """A cell as text, and what kind of thing it was where it was no text."""
    if isinstance(value, str):
        return value, ""
    if isinstance(value, bool):
        return str(value).upper(), f"the truth value {str(value).upper()}"
    if isinstance(value, int):
        return str(value), "number"
    if isinstance(value, float):
        whole = math.isfinite(value) and value == int(value)
        return (str(int(value)) if whole else repr(value)), "number"
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return str(value), f"the date or time {value}"
    return str(value), f"something of kind {type(value).__name__}"
