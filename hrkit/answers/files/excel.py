"""Workbooks: calamine reads the cells, after `guard` has measured what the file unfolds into.

A number in a cell is a number and no text, so ``4`` and ``4.0`` are written ``4``; what Excel has
turned into a date, a truth value or an error is listed and never guessed back.  What a workbook
holds beside the rows that are read, or does not show of them, is said.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrkit.answers.files import guard
from hrkit.answers.files.keyed import coded_sheet, with_key
from hrkit.answers.files.sheet import SheetLayout
from hrkit.answers.files.table import (
    UNFILLED,
    CellRow,
    CellTable,
    TurnedTable,
    grid,
    letter,
    spans,
)
from hrkit.answers.files.unseen import struck_out, unseen
from hrkit.errors import AnswersError, Problem
from hrkit.text import normal, shown

__all__ = ["MAX_BYTES", "PROPERTY", "columns_of", "read", "texts_of"]

MAX_BYTES = 32 * 2**20
#: A workbook's own property that says for which engagement the kit wrote it.
PROPERTY = "hrkit engagement"
#: First and last row of cells that are merged.
_MERGED = re.compile(r"[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
#: A heading over several columns or rows may be merged, and is so many rows high at most.
_HEADINGS = 3
#: A spreadsheet keeps fifteen digits of a number.
_EXACT = 10**15


def read(
    data: bytes,
    name: str,
    sheet: str | None = None,
    sheets: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
    recognise: Callable[[str], bool] = lambda _: False,
    own: Callable[[Sequence[str]], str] = lambda _: "",
    skip: int = 0,
) -> CellTable:
    """Table from the bytes of an ``.xlsx`` or ``.ods`` file.

    Parameters
    ----------
    data
        The file.
    name
        What problems call it.
    sheet
        The sheet to read; if None the first of ``sheets`` that is there, else the one that has
        known headings, else the first visible.
    sheets
        Names to look for.
    beside
        Names of sheets that belong to the kit's own file and hold no answers.
    recognise
        Whether a heading is known; by it sheets with answers are told from others.
    own
        How a sheet of the kit's own is laid out, by its first row; see `hrkit.answers.files.read`.
    skip
        Rows above the headings.

    Raises
    ------
    AnswersError
        If it is no sound workbook, cells are merged, or several sheets look like answers, none
        was named and none has the kit's own name.
    """
    with _opened(data, name) as (book, pages):
        mine = {
            title: kind
            for title in book.sheets
            if (sheet is None or normal(title) == normal(sheet))
            and (kind := own(_first(pages[title])))
        }
        if mine:
            return _together(book, pages, mine, name, beside)
        looking = {
            title
            for title, facts in book.sheets.items()
            if facts.last_row > 1 and _looks(pages[title], recognise, skip)
        }
        coded = coded_sheet(book.sheets)
        chosen = (
            coded if coded and sheet is None else _choose(book.sheets, looking, name, sheet, sheets)
        )
        cells = pages[chosen].to_python(skip_empty_area=False)
        if chosen == coded:
            others = {title: _texts(pages[title]) for title in book.sheets if title != coded}
            return with_key(_table(book, chosen, cells, name, [], skip), others)
    return _table(book, chosen, cells, name, _unread(book, chosen, looking, name, beside), skip)


def _texts(sheet: Any) -> list[list[str]]:
    return [[_text(value)[0] for value in row] for row in sheet.to_python(skip_empty_area=False)]


def columns_of(path: Path, sheets: Sequence[str]) -> Mapping[int, tuple[str, ...]]:
    """The texts of each column of the first of these sheets that a workbook has, from the top to its first gap.

    Raises
    ------
    AnswersError
        If it cannot be read as a workbook.
    """
    with _opened(path.read_bytes(), path.name) as (_, pages):
        page = next((pages[name] for name in sheets if name in pages), None)
        cells = page.to_python(skip_empty_area=False) if page is not None else []
    found: dict[int, list[str]] = {}
    for y, row in enumerate(cells):
        for x, value in enumerate(row):
            column = found.setdefault(x, [])
            if len(column) == y and str(value).strip():
                column.append(str(value))
    return {x: tuple(texts) for x, texts in found.items() if texts}


@contextlib.contextmanager
def _opened(data: bytes, name: str) -> Iterator[tuple[guard.Workbook, dict[str, Any]]]:
    """A workbook and its sheets by name; each is parsed once: asking for it is what takes time."""
    from python_calamine import CalamineError, CalamineWorkbook

    from hrkit.answers.files import ods

    if ods.is_ods(data):
        found = ods.inspect(data, name)
        yield found, ods.pages(found)
        return
    book = guard.inspect(data, name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(book.data)) as workbook:
            yield book, {title: workbook.get_sheet_by_name(title) for title in book.sheets}
    except (CalamineError, OSError, ValueError) as error:
        problem = Problem(name, f"cannot be read as a workbook ({error})", "save it again as .xlsx")
        raise AnswersError(f"{name} cannot be read.", [problem]) from None


def _table(
    book: guard.Workbook,
    chosen: str,
    cells: list[list[Any]],
    name: str,
    notes: list[str],
    skip: int = 0,
) -> CellTable:
    """The rows of a sheet, a person each."""
    facts = book.sheets[chosen]
    rows, odd, numbers = _rows(facts, cells, name, skip)
    return grid(
        name,
        rows,
        [*notes, *unseen(facts, rows, name), *_remarked(book, name)],
        odd,
        numbers,
        book.properties.get(PROPERTY, ""),
        frozenset(facts.hidden_columns),
        skip,
    )


def _rows(
    facts: SheetLayout, cells: list[list[Any]], name: str, skip: int = 0
) -> tuple[list[tuple[int, list[str]]], dict[tuple[int, int], str], frozenset[int]]:
    """Rows as text up to the last that holds anything, what is neither text nor number, and numbers."""
    merged = [ref for ref in facts.merged if not _above(ref, skip)]
    if merged:
        raise AnswersError(
            f"{name} cannot be read.",
            [
                Problem(
                    f"{name}, cells {ref}",
                    "are merged: which rows the value is meant for is open",
                    "undo the merging and fill in each cell",
                )
                for ref in merged
            ],
        )
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
    while (
        rows
        and not any(text.strip() for text in rows[-1][1])
        and not any(place[0] == rows[-1][0] for place in odd)
    ):
        rows.pop()
    return rows, odd, frozenset(numbers)


def _above(ref: str, skip: int) -> bool:
    """Whether merged cells are a heading, or stand above the headings where nothing is read."""
    found = _MERGED.fullmatch(ref)
    if found is None:
        return False
    first, last = int(found[1]), int(found[2])
    return last <= skip or (first == skip + 1 and last <= skip + _HEADINGS)


def _first(sheet: Any) -> list[str]:
    """The first row of a sheet as text."""
    first = sheet.to_python(skip_empty_area=False, nrows=1)
    return [str(cell) for cell in (first[0] if first else ())]


def _together(
    book: guard.Workbook,
    pages: Mapping[str, Any],
    mine: Mapping[str, str],
    name: str,
    beside: tuple[str, ...],
) -> CellTable:
    """The sheets of a file of the kit's that has one for each perspective; those that are filled in."""
    found: list[CellTable] = []
    several = len(mine) > 1
    for title, kind in mine.items():
        cells = pages[title].to_python(skip_empty_area=False)
        called = f"{name}, sheet “{shown(title)}”" if several else name
        if kind == "form":
            turned = _turned(book, title, cells, called)
            found += [turned] if turned else []
        elif book.sheets[title].last_row > 1 or book.sheets[title].odd:
            found.append(_table(book, title, cells, called, []))
    if not found:
        problem = Problem(name, UNFILLED, "fill in one row for each person")
        raise AnswersError(f"{name} cannot be read.", [problem])
    known = {*map(normal, beside), *map(normal, mine)}
    notes = tuple(
        f"{name}: the sheet “{shown(title)}” was not read."
        for title, facts in book.sheets.items()
        if facts.last_row and normal(title) not in known
    )
    return replace(found[0], notes=(*notes, *found[0].notes), others=tuple(found[1:]))


def _turned(
    book: guard.Workbook, title: str, cells: list[list[Any]], name: str
) -> CellTable | None:
    """A form as one row: its headings in column A, its answers in column C; None if nobody filled it in."""
    rows, odd, numbers = _rows(book.sheets[title], cells, name)
    lines = [(n, [*row, "", "", ""]) for n, row in rows if row and row[0].strip()]
    # The first row says what the sheet is; nothing is answered there.
    answers = tuple(row[_ANSWERS] if n > 1 else "" for n, row in lines)
    places = {n: i for i, (n, _) in enumerate(lines)}
    strange = {
        (2, places[n]): what for (n, c), what in odd.items() if c == _ANSWERS and n in places
    }
    if not any(text.strip() for text in answers) and not strange:
        return None
    further = [n for n, row in rows if any(text.strip() for text in row[_ANSWERS + 1 :])]
    notes = []
    if further:
        notes.append(f"{name}: what stands beside the answers (row {spans(further)}) was not read.")
    struck = [
        f"{letter(_ANSWERS)}{n}" for n in places if (n, _ANSWERS) in book.sheets[title].struck
    ]
    notes += struck_out(name, [], struck)
    return TurnedTable(
        name,
        CellRow(1, tuple(row[0] for _, row in lines)),
        (CellRow(2, answers),),
        notes=tuple(notes),
        odd=strange,
        numbers=frozenset(range(len(lines))) if _ANSWERS in numbers else frozenset(),
        made_for=book.properties.get(PROPERTY, ""),
        lines=tuple(n for n, _ in lines),
        column=_ANSWERS,
    )


#: Column of a form in which answers stand.
_ANSWERS = 2


def texts_of(data: bytes, name: str) -> Mapping[str, list[list[str]]]:
    """What all sheets of a workbook say, row by row, however a spreadsheet has saved them.

    Raises
    ------
    AnswersError
        If it is no sound workbook.
    """
    with _opened(data, name) as (book, sheets):
        pages = {title: sheets[title].to_python() for title in book.sheets}
    return {
        title: [[_text(value)[0].rstrip() for value in row] for row in rows]
        for title, rows in pages.items()
    }


def _looks(sheet: Any, recognise: Callable[[str], bool], skip: int = 0) -> bool:
    """Whether at least half of a sheet's headings, and two, are known."""
    first = sheet.to_python(skip_empty_area=False, nrows=skip + 1)[skip:]
    headings = [str(cell) for cell in (first[0] if first else ()) if str(cell).strip()]
    known = sum(map(recognise, headings))
    return known >= max(min(2, len(headings)), len(headings) / 2) if headings else False


def _choose(
    there: dict[str, SheetLayout],
    looking: set[str],
    name: str,
    sheet: str | None,
    sheets: tuple[str, ...],
) -> str:
    if sheet is not None:
        for title in there:
            if title == sheet:
                return title
        for title in there:
            if normal(title) == normal(sheet):
                return title
        problem = Problem(name, f"has no sheet {sheet!r}", f"it has {', '.join(there)}")
        raise AnswersError(f"{name} cannot be read.", [problem])
    visible = [title for title, facts in there.items() if not facts.hidden]
    own = [title for title in visible if normal(title) in map(normal, sheets)]
    several = [title for title in visible if title in looking]
    if len(several) > 1 and not own:
        listed = ", ".join(
            f"“{shown(title)}” ({there[title].last_row - 1} rows)" for title in several
        )
        problem = Problem(
            name,
            f"has {len(several)} sheets that look like answers: {listed}",
            "say which to read, one at a time: --sheet NAME (in a mapping: sheet)",
        )
        raise AnswersError(f"{name} was not taken: which sheet is meant is open.", [problem])
    return next(iter([*own, *several, *visible]))


def _unread(
    book: guard.Workbook, chosen: str, looking: set[str], name: str, beside: tuple[str, ...]
) -> list[str]:
    """Sheets that hold something and were not read."""
    notes = []
    known = set(map(normal, beside))
    for title, facts in book.sheets.items():
        if (
            title == chosen
            or not facts.last_row
            or (normal(title) in known and title not in looking)
        ):
            continue
        hidden = "hidden " if facts.hidden else ""
        what = f"{name}: the {hidden}sheet “{shown(title)}” was not read"
        notes.append(
            f"{what}, though it looks like answers ({facts.last_row - 1} rows); to take "
            "them too, import the file again with --sheet and its name."
            if title in looking
            else f"{what}."
        )
    return [f"{name}: the sheet “{shown(chosen)}” was read.", *notes] if notes else []


def _remarked(book: guard.Workbook, name: str) -> list[str]:
    return [f"{name}: notes that hang on cells were not read."] if book.remarked else []


def _text(value: Any) -> tuple[str, str]:
    """A cell as text, and what kind of thing it was where it was no text."""
    if isinstance(value, str):
        return value, ""
    if isinstance(value, bool):
        return str(value).upper(), f"the truth value {str(value).upper()}"
    if isinstance(value, (int, float)):
        if abs(value) >= _EXACT:
            return f"{value:.15g}", "a number of which the spreadsheet keeps only fifteen digits"
        if isinstance(value, int):
            return str(value), "number"
        whole = math.isfinite(value) and value == int(value)
        return (str(int(value)) if whole else repr(value)), "number"
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return str(value), f"the date or time {value}"
    return str(value), f"something of kind {type(value).__name__}"
