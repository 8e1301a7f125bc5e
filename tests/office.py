"""What stands in an Office file, read part by part: texts, alt texts, charts and the workbooks inside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Chart:
    """A chart part: what it shows by the cells that it names, and the workbook it was drawn from."""

    name: str
    shown: dict[str, str]
    cells: list[list[Any]]
    percent: bool

    def cell(self, reference: str) -> Any:
        """What the workbook holds in ``Data!$B$2``."""
        letter, row = re.fullmatch(r"Data!\$([A-Z]+)\$(\d+)", reference).groups()
        column = 0
        for one in letter:
            column = column * 26 + ord(one) - 64
        line = self.cells[int(row) - 1] if int(row) <= len(self.cells) else []
        return line[column - 1] if column <= len(line) else ""


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def charts(data: bytes) -> list[Chart]:
    """Every chart of a Word or PowerPoint file with the workbook that belongs to it."""
    found, files = [], parts(data)
    for name in sorted(n for n in files if re.search(r"/charts/chart\d+\.xml$", n)):
        place = PurePosixPath(name)
        links = ElementTree.fromstring(files[str(place.parent / "_rels" / f"{place.name}.rels")])
        (target,) = (link.get("Target") for link in links)
        folder = list(place.parent.parts)
        for step in target.strip("/").split("/") if not target.startswith("/") else ():
            folder = folder[:-1] if step == ".." else [*folder, step]
        book = target.strip("/") if target.startswith("/") else "/".join(folder)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(files[book])).get_sheet_by_index(0)
        root = ElementTree.fromstring(files[name])
        percent = any("%" in (f.text or "") for f in root.iter(f"{C}formatCode"))
        shown = {}
        for kind in ("strRef", "numRef"):
            for one in root.iter(C + kind):
                cells = _cells(one.find(f"{C}f").text)
                for point in one.iter(f"{C}pt"):
                    shown[cells[int(point.get("idx"))]] = point.find(f"{C}v").text
        found.append(Chart(name, shown, sheet.to_python(skip_empty_area=False), percent))
    return found


def _cells(reference: str) -> list[str]:
    first, _, last = reference.partition(":")
    if not last:
        return [first]
    sheet, letter, row = re.fullmatch(r"(.*!)\$([A-Z]+)\$(\d+)", first).groups()
    end = int(re.search(r"\d+$", last)[0])
    return [f"{sheet}${letter}${n}" for n in range(int(row), end + 1)]


def of_charts(data: bytes) -> str:
    """All that the charts of a file say, in their caches and in their workbooks; shares as shares."""
    lines: list[str] = []
    for chart in charts(data):
        lines += [_said(text, chart.percent) for text in chart.shown.values()]
        head = [str(cell) for cell in chart.cells[0]]
        for row in chart.cells:
            for x, cell in enumerate(row):
                title = head[x] if x < len(head) else ""
                if isinstance(cell, float) and re.search(r"(^|: )n$", title):
                    lines.append(f"n = {cell:g}")
                else:
                    lines.append(_said(str(cell), chart.percent and isinstance(cell, float)))
    return "\n".join(lines)


def _said(text: str, percent: bool) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{100 * value:g} %" if percent else f"{value:.10g}"


def of_slides(data: bytes) -> str:
    """All texts of a deck: slides, alt texts, notes, charts and what lies under them."""
    found = []
    for name, content in parts(data).items():
        if re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
            root = ElementTree.fromstring(content)
            for line in root.iter(f"{A}p"):
                found.append("".join(t.text or "" for t in line.iter(f"{A}t")))
            found += [node.get("descr", "") for node in root.iter(f"{P}cNvPr")]
    return "\n".join([*found, of_charts(data)])


def faults(deck: bytes, tag: str) -> Iterator[str]:
    """What a reader who cannot see a deck, or reads it in another language, would stumble over."""
    from pptx import Presentation

    titles: set[str] = set()
    opened = Presentation(io.BytesIO(deck))
    core = opened.core_properties
    if not core.title.strip() or core.language != tag:
        yield f"the deck's title is {core.title!r}, its language {core.language!r}"
    for n, slide in enumerate(opened.slides, 1):
        title = slide.shapes.title
        if title is None or not title.text_frame.text.strip():
            yield f"slide {n} has no title"
            continue
        if title.text_frame.text in titles:
            yield f"slide {n} has the title of another"
        titles.add(title.text_frame.text)
        if slide.shapes[0].shape_id != title.shape_id:
            yield f"slide {n}: its title is not read first"
        kinds = [s.is_placeholder and s.placeholder_format.type in (13, 15) for s in slide.shapes]
        if sorted(kinds) != kinds:
            yield f"slide {n}: its foot is read before its end"
        for shape in slide.shapes:
            about = shape._element.find(f".//{P}cNvPr").get("descr", "")
            if (shape.has_chart or shape.has_table or shape.shape_type == 13) and not about.strip():
                yield f"slide {n}: {shape.name} has no alt text"
            if shape.has_table and not shape.table.first_row:
                yield f"slide {n}: {shape.name} has no header row"
            if shape.has_table and not any(c.text.strip() for c in shape.table.rows[0].cells):
                yield f"slide {n}: the header of {shape.name} says nothing"
        texts = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        for run in (run for text in texts for run in text.iter(f"{A}r")):
            said = run.find(f"{A}rPr")
            if said is None or said.get("lang") != tag:
                yield f"slide {n}: {run.find(f'{A}t').text!r} is in no language"
        if not slide.has_notes_slide:
            yield f"slide {n} has no notes"


def document_faults(document: bytes, tag: str) -> Iterator[str]:
    """What a reader who cannot see a Word document, or reads it in another language, would stumble over."""
    from docx import Document

    opened = Document(io.BytesIO(document))
    body, styles = opened.element.body, opened.styles.element
    core = opened.core_properties
    if not core.title.strip() or core.language != tag:
        yield f"the document's title is {core.title!r}, its language {core.language!r}"
    if {one.get(f"{W}val") for one in styles.iter(f"{W}lang")} != {tag}:
        yield "its styles are in another language, or in none"
    before, titles = 0, set()
    for line in opened.paragraphs:
        found = re.fullmatch(r"Heading (\d)", line.style.name)
        if found is None:
            continue
        level = int(found[1])
        if not line.text.strip():
            yield f"a heading of level {level} says nothing"
        if level > before + 1:
            yield f"{line.text!r}: level {level} under level {before}"
        if level == 1 and line.text in titles:
            yield f"{line.text!r} is there twice"
        titles |= {line.text} if level == 1 else set()
        before = level
    if not titles:
        yield "it has no headings"
    for drawing in body.iter(f"{WP}docPr"):
        if not drawing.get("descr", "").strip():
            yield f"{drawing.get('name')} has no alt text"
    if any(True for _ in body.iter(f"{WP}anchor")):
        yield "a drawing floats: nobody knows when it is read"
    for n, table in enumerate(body.iter(f"{W}tbl"), 1):
        yield from _table_faults(n, table)
    for run in body.iter(f"{W}r"):
        own = run.find(f"{W}rPr/{W}lang")
        if own is not None and own.get(f"{W}val") != tag:
            yield f"{''.join(t.text or '' for t in run.iter(f'{W}t'))!r} is in another language"


def _table_faults(n: int, table: Any) -> Iterator[str]:
    rows = list(table.iter(f"{W}tr"))
    look = table.find(f"{W}tblPr/{W}tblLook")
    headed = look is not None and look.get(f"{W}firstRow") == "1"
    first = rows[0].find(f"{W}trPr/{W}tblHeader") if rows else None
    if headed != (first is not None):
        yield f"table {n}: its first row looks like a header and is none, or is one unseen"
    if headed and not any(t.text for t in rows[0].iter(f"{W}t")):
        yield f"table {n}: its header says nothing"
    about = [table.find(f"{W}tblPr/{W}{kind}") for kind in ("tblCaption", "tblDescription")]
    if headed and not any(one is not None and one.get(f"{W}val", "").strip() for one in about):
        yield f"table {n} does not say what it is"
    if len({len(row.findall(f"{W}tc")) for row in rows}) > 1:
        yield f"table {n}: its rows are of different lengths"
