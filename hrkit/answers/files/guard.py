"""A workbook is a zip of XML from outside: what it would unfold into is measured first.

A file of 5 KB with one cell at XFD1048576 makes a reader allocate half a terabyte, whatever its
``dimension`` tag says, and an error cell (``#N/A``) comes out of the reader as a blank.  So every
part is unpacked in small steps, against limits, and read once by expat: no document type (hence no
entity) is accepted, the place of every cell is noted, and errors, formulas without a result and
merged cells are listed.

What was checked is then written into a new zip in memory, and only that is parsed: duplicate
names, sizes that lie, overlapping parts and parts that are not XML never reach the parser.  Parts
are found by the relationships, as spreadsheets find them, whatever their names are and however
these are written, and get the usual names in the copy.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from hrkit.answers.files.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, letter
from hrkit.errors import AnswersError, Problem

__all__ = ["SheetLayout", "Workbook", "inspect"]

MAX_UNPACKED = 256 * 2**20
MAX_RATIO = 200
#: Below this size any ratio is harmless.
RATIO_FLOOR = 8 * 2**20
MAX_PARTS = 2000
MAX_PIECE = 2**20
#: Characters in all cells together; one long text may stand in a million cells.
MAX_TEXT = 128 * 2**20
_STEP = 2**18
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class _Refused(Exception):
    """What is wrong with a part, and what to do."""

    def __init__(self, where: str, what: str, fix: str = "save it again as .xlsx") -> None:
        super().__init__(where, what, fix)
        self.where, self.what, self.fix = where, what, fix


@dataclass
class SheetLayout:
    """What stands where in one sheet; places are (row from 1, column from 0).

    Attributes
    ----------
    odd
        Places that hold neither text nor number, and what they hold.
    merged
        Merged areas.
    hidden
        Whether the sheet itself is hidden.
    hidden_rows, hidden_columns
        Rows that hold something and are not shown, and columns that are not shown.
    filtered
        Whether a filter is set.
    last_row
        The last row that holds something.
    """

    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filtered: bool = False
    last_row: int = 0


@dataclass(frozen=True)
class Workbook:
    """A checked workbook: the clean copy, its sheets by name, and its author's own properties."""

    data: bytes
    sheets: dict[str, SheetLayout]
    properties: dict[str, str] = field(default_factory=dict)


def inspect(data: bytes, name: str) -> Workbook:
    """Check the bytes of an ``.xlsx`` file and make a clean copy.

    Parameters
    ----------
    data
        The file.
    name
        What problems call it.

    Raises
    ------
    AnswersError
        If it is no workbook, is protected by a password, or unfolds beyond the limits.
    """
    try:
        return _inspect(data)
    except _Refused as error:
        where = f"{name}, {error.where}" if error.where else name
        problem = Problem(where, error.what, error.fix)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        problem = Problem(
            name,
            f"is damaged or not an .xlsx workbook ({error})",
            "open it in a spreadsheet and save it again as .xlsx",
        )
    raise AnswersError(f"{name} cannot be read.", [problem]) from None


def _inspect(data: bytes) -> Workbook:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _Refused(
            "",
            "is protected by a password, or is an old .xls workbook",
            "save it as .xlsx without a password",
        )
    parts: dict[str, _Part] = {}
    clean = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as packed,
        zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy,
    ):
        infos = [info for info in packed.infolist() if not info.is_dir()]
        if len(infos) > MAX_PARTS:
            raise _Refused("", f"has {len(infos)} parts; {MAX_PARTS} are read")
        budget = _Budget(len(data))

        def take(info: zipfile.ZipInfo, texts: frozenset[str] = frozenset()) -> bytes | None:
            if info.flag_bits & 1:
                raise _Refused("", "is protected by a password", "save it without a password")
            place = _plain(info.filename)
            if place in parts:
                raise _Refused(info.filename, "stands twice in the file")
            part = parts[place] = _Part(info.filename, budget, place in texts)
            with packed.open(info) as stream:
                return part.read(stream)

        links = [info for info in infos if _plain(info.filename).endswith(".rels")]
        for info in links:
            take(info)
        plan = _Plan(parts)
        # The table of texts first: the length of a cell's text is known only through it.
        rest = [info for info in infos if info not in links]
        for info in sorted(rest, key=lambda info: _plain(info.filename) not in plan.texts):
            content, name = take(info, plan.texts), plan.names.get(_plain(info.filename))
            if content is not None and name is not None:
                copy.writestr(name, content)
        copy.writestr("xl/_rels/workbook.xml.rels", plan.links)
        copy.writestr("_rels/.rels", _ROOT)
    return Workbook(clean.getvalue(), _sheets(parts, plan), _properties(parts))


def _plain(name: str) -> str:
    """The name of a part as it is compared: some programs write backslashes or other capitals."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()


class _Plan:
    """Which parts are read, by the relationships, and under which names the parser finds them.

    Attributes
    ----------
    book
        The workbook's part.
    sheets
        Relationship to part.
    texts
        The table of texts.
    names
        Part to its name in the copy.
    links
        The workbook's relationships in the copy.
    """

    def __init__(self, rels: dict[str, _Part]) -> None:
        root = rels.get("_rels/.rels")
        books = [
            target for _, kind, target in (root.links if root else ()) if kind == "officedocument"
        ]
        self.book = _plain(books[0]) if books else "xl/workbook.xml"
        self.names = {self.book: "xl/workbook.xml"}
        self.sheets: dict[str, str] = {}
        folder, _, file = self.book.rpartition("/")
        part = rels.get(_plain(f"{folder}/_rels/{file}.rels"))
        rows, texts = [], set()
        for number, (id, kind, target) in enumerate(part.links if part else (), 1):
            if kind not in _KINDS:
                continue
            there = _plain(posixpath.join("/", folder, target.replace("\\", "/")))
            type, name = _KINDS[kind]
            name = self.names.setdefault(there, f"xl/{name.format(number)}")
            rows.append(
                f'<Relationship Id={quoteattr(id)} Type="{_OFFICE}{type}" '
                f'Target="{name.removeprefix("xl/")}"/>'
            )
            if kind == "worksheet":
                self.sheets[id] = there
            elif kind == "sharedstrings":
                texts.add(there)
        self.texts = frozenset(texts)
        self.links = f'<Relationships xmlns="{_LINKS}">{"".join(rows)}</Relationships>'


_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ROOT = (
    f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
#: Kinds of part that the parser needs: how they are written, and the name in the copy.
_KINDS = {
    "worksheet": ("worksheet", "worksheets/sheet{}.xml"),
    "sharedstrings": ("sharedStrings", "sharedStrings.xml"),
    "styles": ("styles", "styles.xml"),
}


def _sheets(parts: dict[str, _Part], plan: _Plan) -> dict[str, SheetLayout]:
    book = parts.get(plan.book)
    if book is None or not book.xml or not plan.sheets or "content.xml" in parts:
        raise _Refused("", "is not an .xlsx workbook", "save it as .xlsx")
    found = {}
    for name, link, hidden in book.sheets:
        part = parts.get(plan.sheets.get(link, ""))
        if part is not None and part.sheet is not None:
            part.sheet.hidden = hidden
            found[name] = part.sheet
    if all(sheet.hidden for sheet in found.values()):
        raise _Refused("", "has no visible sheet", "choose the workbook with the answers")
    return found


def _properties(parts: dict[str, _Part]) -> dict[str, str]:
    """What a workbook says about itself under names of its author's choice."""
    return {name: value for part in parts.values() for name, value in part.properties.items()}


class _Budget:
    """What may still be unpacked; all parts draw on the same."""

    def __init__(self, packed: int) -> None:
        self.most = min(MAX_UNPACKED, max(RATIO_FLOOR, packed * MAX_RATIO))
        self.unpacked = self.cells = self.text = 0
        #: Length of each text in the table that cells point to.
        self.strings: list[int] | None = None

    def take(self, part: str, count: int) -> None:
        self.unpacked += count
        if self.unpacked > self.most:
            size = f"{self.most // 2**20} MB"
            raise _Refused(
                part,
                f"unpacks into more than {size}: far more than such a file holds",
                "copy the answers into a new workbook",
            )


class _Part:
    """One part of the zip, read as a stream."""

    def __init__(self, name: str, budget: _Budget, holds_texts: bool) -> None:
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
        self._inside = False

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
                raise _Refused(self.name, "holds a single tag or comment of more than 1 MB")
        if xml:
            xml = self._feed(parser, b"", True)
        self.xml = xml
        return b"".join(chunks) if xml else None

    def _feed(self, parser: Any, chunk: bytes, last: bool) -> bool:
        try:
            parser.Parse(chunk, last)
        except expat.ExpatError as error:
            if self.name.lower().endswith((".xml", ".rels")):
                raise _Refused(self.name, f"is not sound XML ({error})") from None
            return False
        return True

    def _doctype(self, *_: Any) -> None:
        raise _Refused(self.name, "declares a document type, which no spreadsheet program writes")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if self._depth == 0:
            self.sheet = SheetLayout() if tag == "worksheet" else None
            if tag == "sst":
                if self.budget.strings is not None or not self._holds_texts:
                    raise _Refused(self.name, "keeps texts in an unusual place")
                self.lengths = self.budget.strings = []
        self._depth += 1
        if self.sheet is not None:
            self._in_sheet(tag, attributes)
        elif self.lengths is not None:
            if tag == "si":
                self._value = ""
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
            hidden = _true(attributes.get("hidden"), self._hides)
            self._hidden = hidden or _none(attributes.get("ht"))
        elif tag == "c":
            self._place(attributes.get("r"))
            self._type, self._value, self._formula = attributes.get("t", ""), "", False
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "t"):
            self._inside = True
        elif tag == "mergeCell" and self.sheet is not None:
            self.sheet.merged.append(attributes.get("ref", ""))
        elif tag == "sheetFormatPr":
            self._hides = _true(attributes.get("zeroHeight"))
        elif tag == "col" and self.sheet is not None:
            if _true(attributes.get("hidden")) or _none(attributes.get("width")):
                first, last = (attributes.get(end, "") for end in ("min", "max"))
                if first.isdecimal() and last.isdecimal():
                    beyond = min(int(last), MAX_COLUMNS)
                    self.sheet.hidden_columns += range(max(int(first), 1) - 1, beyond)
        elif tag == "filterColumn" and self.sheet is not None:
            self.sheet.filtered = True

    def _place(self, ref: str | None) -> None:
        if ref is None:
            self._column += 1
        else:
            match = _REF.fullmatch(ref)
            if match is None:
                raise _Refused(self.name, f"has a cell at {ref!r}, which is no place")
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
            raise _Refused(
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
        elif tag == "si" and self.lengths is not None:
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
        if self._type == "e":
            sheet.odd[self._row, self._column] = f"the error {self._value or '#?'}"
        elif self._formula and not self._value:
            if self._type != "str":  # an empty text is a result
                sheet.odd[self._row, self._column] = "a formula without a result"
        elif self._type == "s":
            strings = self.budget.strings or []
            index = int(self._value) if self._value.isdecimal() else -1
            self.budget.text += strings[index] if 0 <= index < len(strings) else 0
            if self.budget.text > MAX_TEXT:
                raise _Refused(
                    self.name,
                    "repeats long texts far more often than answers do",
                    "copy the answers into a new workbook",
                )


def _true(text: str | None, usual: bool = False) -> bool:
    """A truth value as XML writes it."""
    return usual if text is None else text.strip().lower() in ("1", "true", "on")


def _none(text: str | None) -> bool:
    """Whether a width or height is nothing."""
    try:
        return text is not None and float(text) == 0
    except ValueError:
        return False
