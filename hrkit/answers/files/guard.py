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
import posixpath
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from hrkit.answers.files.container import unpacking
from hrkit.answers.files.part import Budget, Part, Refused
from hrkit.answers.files.sheet import SheetLayout

__all__ = ["Workbook", "inspect"]

MAX_PARTS = 2000


@dataclass(frozen=True)
class Workbook:
    """A checked workbook: the clean copy, its sheets, its author's properties, whether cells bear notes."""

    data: bytes
    sheets: dict[str, SheetLayout]
    properties: dict[str, str] = field(default_factory=dict)
    remarked: bool = False


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
    fix = "open it in a spreadsheet and save it again as .xlsx"
    with unpacking(name, "is damaged or not an .xlsx workbook", fix):
        return _inspect(data)


def _inspect(data: bytes) -> Workbook:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            "",
            "is protected by a password, or is an old .xls workbook",
            "save it as .xlsx without a password",
        )
    parts: dict[str, Part] = {}
    clean = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as packed,
        zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy,
    ):
        infos = [info for info in packed.infolist() if not info.is_dir()]
        if len(infos) > MAX_PARTS:
            raise Refused("", f"has {len(infos)} parts; {MAX_PARTS} are read")
        budget = Budget(len(data))

        def take(info: zipfile.ZipInfo, texts: frozenset[str] = frozenset()) -> bytes | None:
            if info.flag_bits & 1:
                raise Refused("", "is protected by a password", "save it without a password")
            place = _plain(info.filename)
            if place in parts:
                raise Refused(info.filename, "stands twice in the file")
            part = parts[place] = Part(info.filename, budget, place in texts)
            with packed.open(info) as stream:
                return part.read(stream)

        links = [info for info in infos if _plain(info.filename).endswith(".rels")]
        for info in links:
            take(info)
        plan = _Plan(parts)
        # The table of texts first: the length of a cell's text is known only through it, and
        # only the formats say what is struck out.
        rest = [info for info in infos if info not in links]
        first = (*plan.texts, *plan.styles)
        for info in sorted(rest, key=lambda info: _plain(info.filename) not in first):
            content, name = take(info, plan.texts), plan.names.get(_plain(info.filename))
            if content is not None and name is not None:
                copy.writestr(name, content)
        copy.writestr("xl/_rels/workbook.xml.rels", plan.links)
        copy.writestr("_rels/.rels", _ROOT)
    remarked = any("comments" in place.rpartition("/")[2] for place in parts)
    return Workbook(clean.getvalue(), _sheets(parts, plan), _properties(parts), remarked)


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
    texts, styles
        The table of texts, and that of formats.
    names
        Part to its name in the copy.
    links
        The workbook's relationships in the copy.
    """

    def __init__(self, rels: dict[str, Part]) -> None:
        root = rels.get("_rels/.rels")
        books = [
            target for _, kind, target in (root.links if root else ()) if kind == "officedocument"
        ]
        self.book = _plain(books[0]) if books else "xl/workbook.xml"
        self.names = {self.book: "xl/workbook.xml"}
        self.sheets: dict[str, str] = {}
        folder, _, file = self.book.rpartition("/")
        part = rels.get(_plain(f"{folder}/_rels/{file}.rels"))
        rows, texts, styles = [], set(), set()
        for number, (id, kind, target) in enumerate(part.links if part else (), 1):
            if kind in _NO_CELLS:
                # The parser wants a place for every sheet that the workbook names, and reads none.
                rows.append(_link(id, _NO_CELLS[kind], f"{kind}s/sheet{number}.xml"))
            if kind not in _KINDS:
                continue
            there = _plain(posixpath.join("/", folder, target.replace("\\", "/")))
            type, name = _KINDS[kind]
            name = self.names.setdefault(there, f"xl/{name.format(number)}")
            rows.append(_link(id, type, name.removeprefix("xl/")))
            if kind == "worksheet":
                self.sheets[id] = there
            elif kind == "sharedstrings":
                texts.add(there)
            elif kind == "styles":
                styles.add(there)
        self.texts, self.styles = frozenset(texts), frozenset(styles)
        self.links = f'<Relationships xmlns="{_LINKS}">{"".join(rows)}</Relationships>'


def _link(id: str, type: str, target: str) -> str:
    return f'<Relationship Id={quoteattr(id)} Type="{_OFFICE}{type}" Target="{target}"/>'


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
#: Sheets without cells: a chart that fills one, an old macro.  They are named, and not in the copy.
_NO_CELLS = {
    "chartsheet": "chartsheet",
    "dialogsheet": "dialogsheet",
    "xlmacrosheet": "xlMacrosheet",
    "xlintlmacrosheet": "xlIntlMacrosheet",
}


def _sheets(parts: dict[str, Part], plan: _Plan) -> dict[str, SheetLayout]:
    book = parts.get(plan.book)
    if book is None or not book.xml or not plan.sheets or "content.xml" in parts:
        raise Refused("", "is not an .xlsx workbook", "save it as .xlsx")
    found = {}
    for name, link, hidden in book.sheets:
        part = parts.get(plan.sheets.get(link, ""))
        if part is not None and part.sheet is not None:
            part.sheet.hidden = hidden
            found[name] = part.sheet
    if all(sheet.hidden for sheet in found.values()):
        raise Refused("", "has no visible sheet", "choose the workbook with the answers")
    return found


def _properties(parts: dict[str, Part]) -> dict[str, str]:
    """What a workbook says about itself under names of its author's choice."""
    return {name: value for part in parts.values() for name, value in part.properties.items()}
