"""Charts of a Word document: drawn by Word, with their values in a workbook inside the file."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.text.paragraph import Paragraph as Line

from hrkit.blocks import Plot
from hrkit.publish.plots import CHART, SHEET, chart_xml, workbook
from hrkit.publish.plots.cells import key_lines
from hrkit.publish.word.styles import FONT

__all__ = ["chart", "height_of"]

_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def height_of(plot: Plot) -> float:
    """Points that a chart takes: a line for each bar, its axis and its key."""
    if plot.kind == "points":
        return 250.0
    longest = max(len(name) for name in plot.categories)
    lines = 1 if longest < 34 else 2 if longest < 70 else 3
    bars = 1 if plot.kind == "stack" else len(plot.series)
    each = max(8.5 * bars + 5, 9.6 * lines + 3, 15.0)
    # A key of more than two lines would stand on the bars.
    key = 18 * max(0, key_lines(plot) - 2)
    return min(440.0, each * len(plot.categories) + 36 + key)


def chart(
    line: Line, plot: Plot, number: int, width: float, alt: str, tag: str, brand: str
) -> None:
    """Add a chart to a line, as wide as ``width`` points; ``number`` counts those of the document."""
    document = line.part
    package = document.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), SHEET, workbook(plot), package)
    made = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, b"", package)
    link = made.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    tall = height_of(plot)
    made._blob = chart_xml(plot, link, tag, size=8, height=tall, font=FONT, brand=brand)
    to = document.relate_to(made, RELATIONSHIP_TYPE.CHART)
    line.add_run()._r.append(_drawing(to, number, width, tall, plot.title, alt))


def _drawing(to: str, number: int, width: float, height: float, title: str, alt: str) -> Any:
    drawing = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{Pt(width)}" cy="{Pt(height)}"/>'
        f'<wp:docPr id="{5000 + number}" name=""/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_URI}">'
        f'<c:chart xmlns:c="{_URI}" r:id="{to}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    about = drawing.find(f".//{{{drawing.nsmap['wp']}}}docPr")
    about.set("name", title)
    about.set("descr", alt)
    return drawing
