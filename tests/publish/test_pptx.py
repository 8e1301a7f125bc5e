"""A deck can be read by everybody, edited by anybody, and says nothing that is not on its slides."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.util import Inches

from hrkit.blocks import Bullets, Card, DocumentInfo, Note, Paragraph, Plot, PlotSeries, Table
from hrkit.blocks.slides import Slide, slide_from_json, slide_to_json
from hrkit.errors import PublishError
from hrkit.publish.pptx import render_pptx
from hrkit.publish.pptx.base import EDGES
from hrkit.publish.pptx.template import problems_of
from tests.office import charts, faults, of_slides, parts

INFO = DocumentInfo("Title", "da", tag="da-DK", author="A", client="C", mark="UDKAST")
PLOT = Plot(
    "bars",
    "Two <sides> & \"more\"",
    ("Trust", "=1+1", "Roles"),
    (
        PlotSeries("Leaders", (2.2, None, 3.0), ("2,2", "for få svar", "3,0"), (2.0, None, 2.8),
                   (2.4, None, 3.2), ("64", "", "63")),
        PlotSeries("HR", (3.3, None, 4.1), ("3,3", "for få svar", "4,1"), counts=("12", "", "mindst 9")),
    ),
    low=1,
    high=5,
)  # fmt: skip
SLIDES = (
    Slide("Cover", (Paragraph("Client"),), ("Say hello.",), "cover"),
    Slide("A message", (PLOT, Card("Why", (Bullets(("one", "two")),)), Note("n = 64")), ("Ask.",)),
    Slide(
        "A message", (Table(("A", "B"), (("=cmd|' /C calc'!A0", "x"),), summary="T"),), ("Ask.",)
    ),
)


def template(change: Callable[[dict[str, bytes]], None] = lambda _: None) -> bytes:
    """A firm's template with a slide of its own."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Last client's secret"
    deck.core_properties.author = "Somebody else"
    out = io.BytesIO()
    deck.save(out)
    files = parts(out.getvalue())
    change(files)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("given", [b"", template()])
def test_titles_order_alt_texts_and_language_are_there(given: bytes) -> None:
    assert list(faults(render_pptx(SLIDES, INFO, given), "da-DK")) == []


@pytest.mark.parametrize(("name", "language"), [("odd-names", "nl"), ("two-missing", "en")])
def test_a_clients_deck_has_no_fault(client, name: str, language: str) -> None:
    report = client(name, language)
    made = render_pptx(report.slides(), report.info)
    assert list(faults(made, report.info.tag)) == []
    assert made == render_pptx(report.slides(), report.info)
    text = of_slides(made)
    assert report.info.mark in text and "\u202e" not in text
    for content in parts(made).values():
        assert b'TargetMode="External"' not in content


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_no_word_of_a_table_is_broken_and_no_row_lies_on_the_foot(client, language: str) -> None:
    """Also where the theme's font is missing, and the widest that programs fall back on steps in."""
    from fontTools.ttLib import TTFont
    from matplotlib import font_manager

    report = client("municipality", language)
    deck = Presentation(io.BytesIO(render_pptx(report.slides(), report.info)))
    path = font_manager.findfont("DejaVu Sans:bold")
    with TTFont(path) as font:
        em, wide = font["head"].unitsPerEm, font["hmtx"]
        known = {code: wide[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    tables = [(page, s) for page in deck.slides for s in page.shapes if s.has_table]
    assert len(tables) >= 3
    for page, shape in tables:
        for row in shape.table.rows:
            for cell, column in zip(row.cells, shape.table.columns, strict=True):
                room = (column.width - cell.margin_left - cell.margin_right) / 12700
                for run in (r for p in cell.text_frame.paragraphs for r in p.runs):
                    for word in run.text.split() if run.font.bold else ():
                        assert sum(known[ord(x)] for x in word) * run.font.size.pt <= room + 0.1, (
                            word
                        )
        feet = [s.top for s in page.placeholders if s.placeholder_format.type in EDGES]
        feet += [s.top for s in page.shapes if s.top > 0.9 * deck.slide_height]
        assert shape.top + sum(row.height for row in shape.table.rows) <= min(feet)


def test_a_chart_and_its_workbook_say_the_same() -> None:
    (chart,) = charts(render_pptx(SLIDES, INFO))
    assert len(chart.shown) == 2 + 3 + 4  # names of series and rows, and the values there are
    for place, text in chart.shown.items():
        cell = chart.cell(place)
        assert (cell == text) if isinstance(cell, str) else (cell == float(text)), place
    # Beside the values: the interval, the number of people, and why one is missing.
    rest = [cell for row in chart.cells for cell in row[4:] if cell != ""]
    assert {2.0, 2.4, 2.8, 3.2, 64.0, 63.0, 12.0, "mindst 9"} <= set(rest)
    assert "Leaders: for få svar; HR: for få svar" in rest


def test_people_can_edit_a_chart() -> None:
    deck = Presentation(io.BytesIO(render_pptx(SLIDES, INFO)))
    chart = next(s for s in deck.slides[1].shapes if s.has_chart).chart
    assert [series.name for series in chart.plots[0].series] == ["Leaders", "HR"]
    data = CategoryChartData()
    data.categories = ["Trust"]
    data.add_series("Leaders", [4.9])
    chart.replace_data(data)
    out = io.BytesIO()
    deck.save(out)
    (made,) = charts_of_any(out.getvalue())
    assert "4.9" in made


def charts_of_any(data: bytes) -> list[str]:
    found = {n: c for n, c in parts(data).items() if re.search(r"charts/chart\d+\.xml$", n)}
    return [content.decode() for content in found.values()]


def test_the_firms_template_is_used_and_its_slides_are_not() -> None:
    made = render_pptx(SLIDES, INFO, template())
    deck = Presentation(io.BytesIO(made))
    assert len(deck.slides) == len(SLIDES)
    assert deck.slide_width == Inches(10)  # the template's
    assert deck.core_properties.author == "A"
    assert b"secret" not in b"".join(parts(made).values())


def broken_zip(files: dict[str, bytes]) -> None:
    files["[Content_Types].xml"] = b"<Types/>"


def macros(files: dict[str, bytes]) -> None:
    files["ppt/vbaProject.bin"] = b"x"


def linked(files: dict[str, bytes]) -> None:
    name = "ppt/_rels/presentation.xml.rels"
    link = b'<Relationship Id="rId99" Type="http://x/image" Target="http://e.org/a.png" TargetMode="External"/>'
    files[name] = files[name].replace(b"</Relationships>", link + b"</Relationships>")


def entities(files: dict[str, bytes]) -> None:
    files["ppt/presProps.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"no zip", "is no PowerPoint file"),
        (b"", "is no PowerPoint file"),
        (template(broken_zip), "is no PowerPoint presentation"),
        (template(macros), "macros"),
        (template(linked), "outside"),
        (template(entities), "document type"),
        (b"P" * 30_000_001, "larger than 30 MB"),
    ],
)
def test_a_template_that_is_none_is_refused(data: bytes, says: str) -> None:
    assert any(says in problem for problem in problems_of(data))
    if data:
        with pytest.raises(PublishError, match="template cannot be used"):
            render_pptx(SLIDES, INFO, data)
    assert list(problems_of(template())) == []


def test_slides_go_to_the_page_and_back() -> None:
    for slide in SLIDES:
        assert slide_from_json(slide_to_json(slide)) == slide
    with pytest.raises(ValueError, match="not a slide"):
        slide_from_json({"type": "slide", "title": "T", "script": "x"})
    with pytest.raises(ValueError, match="no place"):
        slide_from_json({"title": "T", "parts": [{"type": "page-break"}]})


def test_a_deck_without_slides_says_so() -> None:
    with pytest.raises(PublishError, match="no slides"):
        render_pptx((), INFO)


def test_text_stays_text() -> None:
    made = render_pptx(SLIDES, INFO)
    assert "=cmd|' /C calc'!A0" in of_slides(made)
    for name, content in parts(made).items():
        if name.endswith(".xlsx"):
            assert all(b"<f>" not in one for one in parts(content).values())
