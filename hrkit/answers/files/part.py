"""One part of a workbook, read once as a stream of XML against limits.

No document type (hence no entity) is accepted; the place of every cell is noted, and errors,
formulas without a result, merged and hidden cells are listed.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from hrkit.answers.files.sheet import SheetLayout
from hrkit.answers.files.styles import Styles, shown_as_true
from hrkit.answers.files.table import ERROR, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, letter

__all__ = [
    "MAX_PIECE",
    "MAX_RATIO",
    "MAX_TEXT",
    "MAX_UNPACKED",
    "RATIO_FLOOR",
    "Budget",
    "Part",
    "Refused",
]

MAX_UNPACKED = 256 * 2**20
MAX_RATIO = 200
#: Below this size any ratio is harmless.
RATIO_FLOOR = 8 * 2**20
MAX_PIECE = 2**20
#: Characters in all cells together; one long text may stand in a million cells.
MAX_TEXT = 128 * 2**20
_STEP = 2**18
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Refused(Exception):
    """What is wrong with a part, and what to do."""

    def __init__(self, where: str, what: str, fix: str = "save it again as .xlsx") -> None:
        super().__init__(where, what, fix)
        self.where, self.what, self.fix = where, what, fix


class Budget:
    """What may still be unpacked; all parts draw on the same."""

    def __init__(self, packed: int) -> None:
        self.most = min(MAX_UNPACKED, max(RATIO_FLOOR, packed * MAX_RATIO))
        self.unpacked = self.cells = self.text = 0
        #: Length of each text in the table that cells point to.
        self.strings: list[int] | None = None
        #: Which of these texts are struck out, and which formats of cells strike out.
        self.struck_texts: set[str] = set()
        self.struck: frozenset[str] = frozenset()

    def take(self, part: str, count: int) -> None:
        """Draw on it, or refuse the part that asks for more than there is."""
        self.unpacked += count
        if self.unpacked > self.most:
            size = f"{self.most // 2**20} MB"
            raise Refused(
                part,
                f"unpacks into more than {size}: far more than such a file holds",
                "copy the answers into a new workbook",
            )


class Part:
    """One part of the zip, read as a stream."""

    def __init__(self, name: str, budget: Budget, holds_texts: bool) -> None:
        self.name, self.budget, self._holds_texts = name, budget, holds_texts
        self.xml = False
        self.lengths: list[int] | None = None
        self.sheet: SheetLayout | None = None
        #: Of a workbook: name, relationship, and whether it is hidden.
        self.sheets: list[tuple[str, str, bool]] = []
        #: Of a list of relationships: id, kind and target.
        self.links: list[tuple[str, str, str]] = []
        self.properties: dict[str, str] = {}
        self._property = ""
        self._hidden = self._hides = False
        self._row = self._column = self._last_row = self._last_column = 0
        self._type, self._value, self._formula, self._depth = "", "", False, 0
        self._inside = self._struck = False
        self._runs = self._struck_runs = 0
        self._styles: Styles | None = None

    def read(self, stream: Any) -> bytes | None:
        """The part's bytes if it is sound XML; None if it is something else."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        xml, fed, chunks = True, 0, []
        while chunk := stream.read(_STEP):
            self.budget.take(self.name, len(chunk))
            if not xml:
                continue
            chunks.append(chunk)
            xml = self._feed(parser, chunk, False)
            fed += len(chunk)
            # Older expat reads an unfinished tag or comment again with every step.
            if xml and fed - parser.CurrentByteIndex > MAX_PIECE:
                raise Refused(self.name, "holds a single tag or comment of more than 1 MB")
        if xml:
            xml = self._feed(parser, b"", True)
        self.xml = xml
        return b"".join(chunks) if xml else None

    def _feed(self, parser: Any, chunk: bytes, last: bool) -> bool:
        try:
            parser.Parse(chunk, last)
        except expat.ExpatError as error:
            if self.name.lower().endswith((".xml", ".rels")):
                raise Refused(self.name, f"is not sound XML ({error})") from None
            return False
        return True

    def _doctype(self, *_: Any) -> None:
        raise Refused(self.name, "declares a document type, which no spreadsheet program writes")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if self._depth == 0:
            self.sheet = SheetLayout() if tag == "worksheet" else None
            if tag == "sst":
                if self.budget.strings is not None or not self._holds_texts:
                    raise Refused(self.name, "keeps texts in an unusual place")
                self.lengths = self.budget.strings = []
            self._styles = Styles() if tag == "styleSheet" else None
        self._depth += 1
        if self.sheet is not None:
            self._in_sheet(tag, attributes)
        elif self._styles is not None:
            self._styles.start(tag, attributes)
        elif self.lengths is not None:
            if tag == "si":
                self._value, self._runs, self._struck_runs = "", 0, 0
            self._in_text(tag, attributes)
            self._inside = tag == "t"
        elif tag == "sheet":
            link = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), link, hidden))
        elif tag == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2].lower()
            self.links.append((attributes.get("Id", ""), kind, attributes.get("Target", "")))
        elif tag == "property":
            self._property, self._value = attributes.get("name", ""), ""
        elif self._property:
            self._inside = True

    def _in_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() else self._row + 1
            self._column = -1
            hidden = shown_as_true(attributes.get("hidden"), self._hides and "ht" not in attributes)
            self._hidden = hidden or _none(attributes.get("ht"))
        elif tag == "c":
            self._place(attributes.get("r"))
            self._type, self._value, self._formula = attributes.get("t", ""), "", False
            self._struck = attributes.get("s", "0") in self.budget.struck
            self._runs = self._struck_runs = 0
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "t"):
            self._inside = True
        elif tag in ("r", "strike"):
            self._in_text(tag, attributes)
        elif tag == "mergeCell" and self.sheet is not None:
            self.sheet.merged.append(attributes.get("ref", ""))
        elif tag == "sheetFormatPr":
            # ``zeroHeight`` hides rows that hold nothing; those that are written are shown.
            self._hides = _none(attributes.get("defaultRowHeight"))
        elif tag == "col" and self.sheet is not None:
            if shown_as_true(attributes.get("hidden")) or _none(attributes.get("width")):
                first, last = (attributes.get(end, "") for end in ("min", "max"))
                if first.isdecimal() and last.isdecimal():
                    beyond = min(int(last), MAX_COLUMNS)
                    self.sheet.hidden_columns += range(max(int(first), 1) - 1, beyond)
        elif tag == "filterColumn" and self.sheet is not None:
            self.sheet.filtered = True

    def _in_text(self, tag: str, attributes: dict[str, str]) -> None:
        """A text may be of several runs, each with a look of its own."""
        self._runs += tag == "r"
        self._struck_runs += tag == "strike" and shown_as_true(attributes.get("val"), usual=True)

    def _place(self, ref: str | None) -> None:
        if ref is None:
            self._column += 1
        else:
            match = _REF.fullmatch(ref)
            if match is None:
                raise Refused(self.name, f"has a cell at {ref!r}, which is no place")
            column = 0
            for character in match[1]:
                column = column * 26 + ord(character) - 64
            self._column, self._row = column - 1, int(match[2])
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column + 1)
        self.budget.cells += 1
        area = self._last_row * self._last_column
        if (
            self._last_row > MAX_ROWS
            or self._last_column > MAX_COLUMNS
            or area > MAX_CELLS
            or self.budget.cells > MAX_CELLS
        ):
            raise Refused(
                f"cell {letter(self._column)}{self._row}",
                f"makes the sheet {self._last_row:,} rows by {self._last_column:,} columns; at most "
                f"{MAX_ROWS:,} rows, {MAX_COLUMNS:,} columns and {MAX_CELLS:,} cells are read",
                "delete the rows and columns beyond the answers, or copy the answers into a new "
                "workbook",
            )

    def _text(self, text: str) -> None:
        if self._inside:
            self._value += text

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        self._depth -= 1
        if tag in ("v", "t"):
            self._inside = False
        elif self._styles is not None:
            self._styles.end(tag)
            self.budget.struck = self._styles.struck if not self._depth else frozenset()
        elif tag == "si" and self.lengths is not None:
            if 0 < self._runs == self._struck_runs:
                self.budget.struck_texts.add(str(len(self.lengths)))
            self.lengths.append(len(self._value))
        elif tag == "c" and self.sheet is not None:
            self._close(self.sheet)
        elif self._property and tag != "property":
            self.properties[self._property] = self._value.strip()
            self._property, self._inside = "", False

    def _close(self, sheet: SheetLayout) -> None:
        if self._value or self._formula or self._type == "e":
            if self._row > sheet.last_row:
                sheet.last_row = self._row
            if self._hidden and (not sheet.hidden_rows or sheet.hidden_rows[-1] != self._row):
                sheet.hidden_rows.append(self._row)
            runs = 0 < self._runs == self._struck_runs
            texts = self._type == "s" and self._value in self.budget.struck_texts
            if self._struck or runs or texts:
                sheet.struck.add((self._row, self._column))
        if self._type == "e":
            sheet.odd[self._row, self._column] = f"{ERROR}{self._value or '#?'}"
        elif self._formula and not self._value:
            if self._type != "str":  # an empty text is a result
                sheet.odd[self._row, self._column] = "a formula without a result"
        elif self._type == "s":
            strings = self.budget.strings or []
            index = int(self._value) if self._value.isdecimal() else -1
            self.budget.text += strings[index] if 0 <= index < len(strings) else 0
            if self.budget.text > MAX_TEXT:
                raise Refused(
                    self.name,
                    "repeats long texts far more often than answers do",
                    "copy the answers into a new workbook",
                )


def _none(text: str | None) -> bool:
    """Whether a width or height is nothing."""
    try:
        return text is not None and float(text) == 0
    except ValueError:
        return False
