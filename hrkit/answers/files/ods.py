"""OpenDocument spreadsheets: one XML part in a zip, read as a stream against the limits of workbooks.

A row or a cell that is repeated a million times is written once, so nothing here is unfolded before
its size is known; what is empty up to the sheet's edge, as every such sheet is, counts for nothing.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from hrkit.answers.files.container import unpacking
from hrkit.answers.files.guard import Workbook
from hrkit.answers.files.part import MAX_TEXT, Budget, Refused
from hrkit.answers.files.sheet import SheetLayout
from hrkit.answers.files.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, letter

__all__ = ["inspect", "is_ods", "pages"]

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_STEP = 2**18
_PLAIN = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")


def is_ods(data: bytes) -> bool:
    """Whether a file says that it is such a spreadsheet, as its first part must."""
    return data.startswith(b"PK") and _KIND in data[:200]


def inspect(data: bytes, name: str) -> Workbook:
    """The sheets of an ``.ods`` file, read whole.

    Raises
    ------
    AnswersError
        If it is damaged, protected by a password, or unfolds beyond the limits.
    """
    fix = "open it in a spreadsheet and save it again, best as .xlsx"
    with unpacking(name, "is damaged or no spreadsheet", fix):
        return _inspect(data)


def pages(book: Workbook) -> dict[str, Any]:
    """The sheets by name, each to be asked for its cells."""
    assert isinstance(book, _Book)
    return {title: _Page(rows) for title, rows in book.rows.items()}


@dataclass(frozen=True)
class _Book(Workbook):
    rows: dict[str, list[list[Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Page:
    rows: list[list[Any]]

    def to_python(self, skip_empty_area: bool = True, nrows: int | None = None) -> list[list[Any]]:
        """The rows, as the other reader of workbooks gives them."""
        return self.rows[:nrows]


def _inspect(data: bytes) -> _Book:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        if names.count("content.xml") != 1:
            raise Refused("", "is no spreadsheet, or one that is protected by a password")
        if "META-INF/manifest.xml" in names:
            listed = packed.getinfo("META-INF/manifest.xml")
            if b"encryption-data" in packed.open(listed).read(2**20):
                raise Refused("", "is protected by a password", "save it without a password")
        reader = _Content(Budget(len(data)))
        with packed.open("content.xml") as stream:
            while piece := stream.read(_STEP):
                reader.budget.take("content.xml", len(piece))
                reader.parser.Parse(piece, False)
        reader.parser.Parse(b"", True)
    if all(facts.hidden for facts in reader.sheets.values()):
        raise Refused("", "has no visible sheet", "choose the file with the answers")
    return _Book(b"", reader.sheets, rows=reader.rows)


class _Content:
    """What expat tells of the one part that holds all sheets."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.sheets: dict[str, SheetLayout] = {}
        self.rows: dict[str, list[list[Any]]] = {}
        self._unseen: set[str] = set()
        self._struck: set[str] = set()
        self._columns: list[str] = []
        self._struck_here: set[int] = set()
        self._style = ""
        self._sheet: SheetLayout | None = None
        self._lines: list[list[Any]] = []
        self._row: list[Any] = []
        self._odd: dict[int, str] = {}
        self._blank_rows = self._blank = self._times = self._cells = 0
        self._row_hidden = False
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._inside = self._aside = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _doctype(self, *_: Any) -> None:
        raise Refused("content.xml", "has a document type, which no spreadsheet writes")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(" ")[2]
        given = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
        if tag == "style":
            self._style = given.get("name", "")
        elif tag == "table-properties" and given.get("display") == "false":
            self._unseen.add(self._style)
        elif tag == "text-properties" and (
            given.get("text-line-through-style", "none") != "none"
            or given.get("text-line-through-type", "none") != "none"
        ):
            self._struck.add(self._style)
        elif tag == "table-column":
            times = _count(given.get("number-columns-repeated"))
            beyond = max(0, MAX_COLUMNS - len(self._columns))
            self._columns += [given.get("default-cell-style-name", "")] * min(times, beyond)
        elif tag == "table":
            self._columns = []
            self._sheet = SheetLayout(hidden=given.get("style-name", "") in self._unseen)
            self.sheets[given.get("name", "")] = self._sheet
            self._lines = self.rows[given.get("name", "")] = []
            self._blank_rows = 0
        elif tag == "table-row":
            self._row, self._odd, self._blank, self._struck_here = [], {}, 0, set()
            self._times = _count(given.get("number-rows-repeated"))
            self._row_hidden = given.get("visibility", "visible") != "visible"
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._text = given, []
        elif tag == "annotation":
            self._aside += 1
        elif self._cell is not None and not self._aside:
            if tag == "p":
                self._inside += 1
                if self._text:
                    self._text.append("\n")
            elif tag in ("s", "tab", "line-break"):
                self._text.append(" " * min(_count(given.get("c")), 100) if tag == "s" else "\n")

    def _characters(self, text: str) -> None:
        if self._inside and not self._aside:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(" ")[2]
        if tag == "annotation":
            self._aside -= 1
        elif tag == "p" and self._inside and not self._aside:
            self._inside -= 1
        elif tag in ("table-cell", "covered-table-cell"):
            self._close_cell()
        elif tag == "table-row" and self._sheet is not None:
            self._close_row(self._sheet)
        elif tag == "table":
            self._sheet = None

    def _close_cell(self) -> None:
        given, text = self._cell or {}, "".join(self._text)
        self._cell = None
        times = _count(given.get("number-columns-repeated"))
        value, odd = _value(given, text)
        if self._sheet is not None and _count(given.get("number-columns-spanned")) > 1:
            start = len(self._row) + self._blank
            row = sum(1 for _ in self._lines) + self._blank_rows + 1
            last = letter(start + _count(given.get("number-columns-spanned")) - 1)
            self._sheet.merged.append(f"{letter(start)}{row}:{last}{row}")
        if value == "" and not odd:
            self._blank += times
            return
        if self._blank + len(self._row) + times > MAX_COLUMNS:
            raise Refused(
                f"row {len(self._lines) + 1}",
                f"is wider than the {MAX_COLUMNS:,} columns that are read",
                "delete the columns beyond the answers",
            )
        self._row += [""] * self._blank
        self._blank = 0
        for _ in range(times):
            column = len(self._row)
            usual = self._columns[column] if column < len(self._columns) else ""
            if given.get("style-name", usual) in self._struck:
                self._struck_here.add(column)
            if odd:
                self._odd[column] = odd
            self._row.append(value)
        self.budget.text += len(text) * times
        if self.budget.text > MAX_TEXT:
            raise Refused("content.xml", "repeats long texts far more often than answers do")

    def _close_row(self, sheet: SheetLayout) -> None:
        if not self._row:
            self._blank_rows += self._times
            return
        first = len(self._lines) + self._blank_rows
        self._cells += (self._blank_rows + self._times) * max(1, len(self._row))
        if first + self._times > MAX_ROWS or self._cells > MAX_CELLS:
            raise Refused(
                f"row {first + 1}",
                f"makes the sheet larger than is read: at most {MAX_ROWS:,} rows and "
                f"{MAX_CELLS:,} cells",
                "delete the rows beyond the answers, or copy the answers into a new workbook",
            )
        self._lines += [[] for _ in range(self._blank_rows)]
        self._blank_rows = 0
        for _ in range(self._times):
            self._lines.append(list(self._row))
            number = sheet.last_row = len(self._lines)
            if self._row_hidden:
                sheet.hidden_rows.append(number)
            sheet.struck |= {(number, column) for column in self._struck_here}
            sheet.odd.update({(number, column): what for column, what in self._odd.items()})


def _count(text: str | None) -> int:
    return min(int(text), 10_000_000) if text and text.isdecimal() and int(text) else 1


def _value(given: dict[str, str], text: str) -> tuple[Any, str]:
    """A cell's value, and what it is where it is neither text nor number."""
    kind, number = given.get("value-type", ""), given.get("value", "")
    if kind == "float" and text.startswith(("#", "Err:")) and not _PLAIN.fullmatch(text):
        return text, f"the error {text}"
    if kind in ("float", "percentage", "currency") and _PLAIN.fullmatch(number):
        whole = float(number)
        if not math.isfinite(whole):
            return number, f"the number {number}, which is beyond all bounds"
        return (int(whole) if whole == int(whole) else whole), ""
    if kind in ("date", "time"):
        return text, f"the date or time {text}"
    if kind == "boolean":
        said = given.get("boolean-value", "").upper()
        return said, f"the truth value {said}"
    if given.get("formula") and not text and kind != "string":
        return "", "a formula without a result"
    return text, ""
