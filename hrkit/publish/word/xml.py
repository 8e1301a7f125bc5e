"""What python-docx has no words for: shading, borders, fields, bookmarks, links, alt texts."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

__all__ = [
    "border",
    "cell_room",
    "describe",
    "element",
    "end_field",
    "field",
    "frame",
    "link",
    "no_split",
    "numbering",
    "repeat_header",
    "set_width",
    "shade",
    "target",
]


def element(tag: str, **values: object) -> Any:
    """An element such as ``w:shd`` with attributes of its own namespace."""
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def shade(properties: Any, colour: str) -> None:
    """A ground behind a cell (``tcPr``) or a paragraph (``pPr``)."""
    made = element("w:shd", val="clear", color="auto", fill=colour.lstrip("#"))
    _in_order(properties, made, _AFTER_SHD)


# What follows the shading of a cell or a paragraph in the schema's order.
_AFTER_SHD = (
    "w:noWrap",
    "w:tcMar",
    "w:textDirection",
    "w:vAlign",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
    "w:sectPr",
)


def _in_order(parent: Any, child: Any, after: tuple[str, ...]) -> None:
    """Insert a child before the first of its successors; Word refuses another order."""
    names = {qn(name) for name in after}
    for place, sibling in enumerate(parent):
        if sibling.tag in names:
            parent.insert(place, child)
            return
    parent.append(child)


def border(properties: Any, **sides: tuple[int, str]) -> None:
    """Lines at some sides of a table, cell or paragraph: eighths of a point and colour."""
    kind = {"tblPr": "w:tblBorders", "tcPr": "w:tcBorders", "pPr": "w:pBdr"}
    local = properties.tag.split("}")[1]
    box = element(kind[local])
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in sides:
            size, colour = sides[side]
            box.append(
                element(
                    f"w:{side}",
                    val="single" if size else "nil",
                    sz=size,
                    space=6 if local == "pPr" else 0,
                    color=colour.lstrip("#"),
                )
            )
    after = {
        "tblPr": ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"),
        "tcPr": ("w:shd", *_AFTER_SHD),
        "pPr": ("w:shd", *_AFTER_SHD),
    }
    _in_order(properties, box, after[local])


def frame(run: Run, *, filled: bool) -> None:
    """A frame around a run, dark inside or open."""
    if filled:
        run.font.color.rgb = RGBColor(255, 255, 255)
    properties = run._r.get_or_add_rPr()
    properties.append(element("w:bdr", val="single", sz=6, space=0, color="1D2733"))
    if filled:
        properties.append(element("w:shd", val="clear", color="auto", fill="1D2733"))


def cell_room(table: Table, **points: float) -> None:
    """Room inside the cells of a table, in points per side."""
    box = element("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        if side in points:
            box.append(element(f"w:{side}", w=round(points[side] * 20), type="dxa"))
    _in_order(table._tbl.tblPr, box, ("w:tblLook", "w:tblCaption", "w:tblDescription"))


def describe(table: Table, title: str, text: str) -> None:
    """A table's alt text."""
    for tag, value in (("w:tblCaption", title), ("w:tblDescription", text)):
        if value:
            table._tbl.tblPr.append(element(tag, val=value))


def repeat_header(table: Table) -> None:
    """The first row is a header, repeated on every page."""
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))


def no_split(table: Table) -> None:
    """No row is divided between two pages."""
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))


def keep_whole(table: Table) -> None:
    """All rows on one page, where a page can hold them: each stays with the next."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True


def _run(paragraph: Paragraph, child: Any) -> None:
    paragraph.add_run()._r.append(child)


def field(paragraph: Paragraph, code: str, shown: str, *, dirty: bool = False) -> None:
    """A field of ours, such as ``PAGE``; ``shown`` until the program computes it."""
    begin = element("w:fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    _run(paragraph, begin)
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    _run(paragraph, instruction)
    _run(paragraph, element("w:fldChar", fldCharType="separate"))
    if shown:
        paragraph.add_run(shown)
        end_field(paragraph)


def end_field(paragraph: Paragraph) -> None:
    """Close a field whose shown text takes several paragraphs."""
    _run(paragraph, element("w:fldChar", fldCharType="end"))


def target(paragraph: Paragraph, name: str, number: int) -> None:
    """A bookmark around a paragraph's text."""
    start = element("w:bookmarkStart", id=number, name=name)
    first = next((x for x in paragraph._p if x.tag != qn("w:pPr")), None)
    if first is None:
        paragraph._p.append(start)
    else:
        first.addprevious(start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def link(paragraph: Paragraph, text: str, *, address: str = "", anchor: str = "") -> Run:
    """A run of text that leads to an address or a bookmark."""
    made: Any = OxmlElement("w:hyperlink")
    if address:
        to = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), to)
    else:
        made.set(qn("w:anchor"), anchor)
    paragraph._p.append(made)
    run = Run(made.add_r(), paragraph)
    run.text = text
    return run


def numbering(document: Any, style: str, start: int) -> int:
    """A new count of a numbered list style; its number id."""
    definitions = document.part.numbering_part.element
    own = document.styles[style].element.pPr.numPr.numId.val
    abstract = definitions.num_having_numId(own).abstractNumId.val
    made = definitions.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def set_width(cell: _Cell, width: int) -> None:
    """A cell's width in twentieths of a point."""
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:tcW")):
        properties.remove(old)
    properties.insert(0, element("w:tcW", w=width, type="dxa"))
