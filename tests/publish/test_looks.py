"""What a reader stumbles over on paper and on a phone: broken words, rows alone, charts cut in two, pages for a line."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from hrkit.assessment.assessment import Assessment
from hrkit.assessment.profile import load_profile
from hrkit.blocks import DocumentInfo, Figure, Heading, Plot, PlotSeries, Table, plain, walk
from hrkit.blocks.worksheets import Worksheet
from hrkit.model.engagement import Branding
from hrkit.model.languages import codes
from hrkit.publish.excel import render_excel
from hrkit.publish.pdf import render_pdf
from hrkit.publish.pptx import render_pptx
from hrkit.publish.word import render_word
from hrkit.report.theme import theme
from tests import office, quick
from tests.pages import pages_of, text_of

INFO = DocumentInfo("Title", "nl", tag="nl-NL", author="Author", stamp="2026-11-21")
LONG = "Een stelling van twee regels, die alle ruimte neemt die de andere kolommen haar laten"


def test_a_narrow_column_breaks_no_short_word() -> None:
    """Where there is room: a heading, a value in two words and a name stay whole, however the widths are given."""
    heads = ("Stelling", "Prioriteit", "Verschil", "HR/Payroll", "Wie")
    row = (LONG, "3", "+0,8", "te weinig", "Leidinggevende en partners samen")
    table = Table(heads, (row, row), widths=(8, 0.4, 0.4, 0.4, 0.9), compact=True)
    said = " ".join(text_of(render_pdf((INFO, table))).split())
    for word in (*heads, "te weinig", "partners", "samen"):
        assert word in said, word
    # A word that no column of such a table has room for is broken, and nothing runs over the edge.
    wide = Table(tuple(f"Leidinggevenden{n}" for n in range(12)), (("x",) * 12,), widths=(1,) * 12)
    assert pages_of(render_pdf((INFO, wide)))


_HEADS = {
    "right": "Leidinggevenden HR Verschil Topmanagement Payroll Netwerk Medewerkers Alle",
    "center": "Rollen Vertrouwen Nabijheid Expertise Richting Leiding Samenwerken Dialoog Leren",
}


@pytest.mark.parametrize("align", _HEADS)
def test_of_a_narrow_head_no_word_is_broken_twice(align: str) -> None:
    """Hyphens stand where a language has them: half of the letters is seldom half of the word."""
    heads = _HEADS[align].split()
    row = ("Nabijheid en dagelijkse ondersteuning", *["2,3 (64)"] * (len(heads) - 1), "maar één")
    if align == "center":
        row = ("Handicap en psychiatrie", *["2,3"] * len(heads))
    table = Table(
        ("Dimensie", *heads),
        (row, row),
        align=("left", *[align] * len(heads)),  # type: ignore[arg-type]
        widths=(3.0, *[1.0] * len(heads)),
        shades=(("", *["#eeeeee"] * len(heads)),) * 2 if align == "center" else (),
        compact=True,
    )
    said = text_of(render_pdf((INFO, table)))
    parts = {head: _parts_of(head, said) for head in heads}
    assert {head for head, n in parts.items() if n > 1} <= {"Leidinggevenden", "Topmanagement"}
    assert max(parts.values()) <= 2, parts


def _parts_of(word: str, said: str) -> int:
    """In how many parts a word stands on the page; pdfium writes U+FFFE for a hyphen at a line's end."""
    found = re.search("\ufffe?".join(word), said)
    assert found, (word, said)
    return 1 + found[0].count("\ufffe")


def test_a_short_table_stands_on_one_page_in_word() -> None:
    def kept(rows: int) -> list[bool]:
        made = render_word((INFO, Table(("A", "B"), (("x", "y"),) * rows, summary="S")))
        table = Document(io.BytesIO(made)).tables[0]
        lines = [row.cells[0].paragraphs[0] for row in table.rows]
        return [bool(line.paragraph_format.keep_with_next) for line in lines]

    assert kept(9) == [True] * 9 + [False]
    assert not any(kept(60)[1:])


def test_no_page_of_a_workbook_cuts_a_chart() -> None:
    series = (PlotSeries("Leaders", (2.0,) * 9, ("2,0",) * 9), PlotSeries("HR", (3.0,) * 9))
    plots = tuple(
        Plot("bars", f"P{n}", tuple("abcdefghi"), series, low=1, high=5) for n in range(7)
    )
    book = render_excel((Worksheet("S", "T", ("a",), (("x",),), plots=plots),), INFO)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert "fitToPage" not in sheet
    ends = [int(n) for n in re.findall(r'<brk id="(\d+)"', sheet)]
    at = [int(n) for n in re.findall(r"<xdr:row>(\d+)</xdr:row>", drawing)]
    charts = list(zip(at[::2], at[1::2], strict=True))
    assert len(charts) == len(plots) and len(ends) > 1
    assert [(c, end) for c in charts for end in ends if c[0] < end <= c[1]] == []


def test_titles_of_pages_of_a_kind_are_set_alike() -> None:
    """One dimension's name is short, another's long: beneath a subject every title has one size."""
    import pypdfium2
    import pypdfium2.raw as raw

    def size(title: str, kicker: str) -> float:
        page = pypdfium2.PdfDocument(render_pdf((INFO, Heading(title, kicker=kicker))))[0]
        texts = page.get_textpage()
        at = texts.get_text_range().index(title[:4])
        return float(raw.FPDFText_GetFontSize(texts.raw, at))

    assert size("Roles: Leaders 2.4", "Dimension 1 of 9") == size(
        "Presence " * 6, "Dimension 3 of 9"
    )
    assert size("Roles", "") > size("Roles", "Dimension 1 of 9")


def test_a_label_with_an_arrow_stays_in_the_reports_own_font() -> None:
    """A page's renderer set the whole label in whatever font it found that had the arrow: a serif one."""
    import pypdfium2

    from hrkit.report.charts.base import canvas, svg

    with canvas(theme(Branding()), 3, 1) as drawn:
        for x, text in ((0.1, "importance →"), (0.5, "↑ high"), (0.9, "<a & b> ↓ c")):
            drawn.text(x, x, text, ha="center")
        picture = svg(drawn)
    page = pypdfium2.PdfDocument(render_pdf((INFO, Figure(picture, "A chart."))))[0]
    names = {
        found.get_font().get_base_name().split("+")[-1]
        for found in page.get_objects(max_depth=9)
        if found.type == 1
    }
    assert names and {name.split("-")[0] for name in names} <= {"Lato", "DejaVuSans"}
    assert "importance" in text_of(render_pdf((INFO, Figure(picture, "A chart."))))
    assert ET.fromstring(picture).tag.endswith("svg")


def test_marks_are_told_apart_without_colour(client) -> None:
    shapes = [mark.shape for mark in client("firm", "nl").context.theme.marks.values()]
    assert len(shapes) == len(set(shapes)) > 5
    # At this size, in grey, what has five or six corners is a circle.
    assert not {"h", "p"} & {*shapes, client("firm", "nl").context.theme.mark("guess").shape}


@pytest.mark.parametrize(("name", "language"), [("municipality", "en"), ("firm", "nl")])
def test_no_page_is_for_a_few_lines(client, blocks, name: str, language: str) -> None:
    ctx = client(name, language).context
    short = Assessment(dataclasses.replace(ctx, profile=load_profile("summary")), "summary")
    with quick.undrawn():
        printed = {"full": blocks(name, language), "summary": short.blocks()}
    for profile, document in printed.items():
        pages = [len(page.split()) for page in pages_of(render_pdf(document))]
        # What runs along the edges is a dozen words.
        assert min(pages[1:]) > 55, (profile, pages)


def test_a_list_of_questions_is_no_page(client, blocks) -> None:
    """Open questions of which nothing is printed are named on the page of method, not on one of their own."""
    ctx = client("firm", "nl").context
    document = blocks("firm", "nl")
    heads = [plain(b.text) for b in walk(document) if isinstance(b, Heading)]
    assert ctx.name(ctx.instrument.sections[-1]) not in heads
    said = " ".join(text_of(render_pdf(document[:1] + method(document, ctx))).split())
    for question in (q for q in ctx.instrument.questions() if q.facet.release == "texts"):
        assert ctx.wording(question.item)[:40] in said


def method(document, ctx):
    """The blocks from the heading of the method on."""
    title = ctx.words("report.method.title")
    at = next(
        i for i, b in enumerate(document) if isinstance(b, Heading) and plain(b.text) == title
    )
    return document[at:]


@pytest.mark.soak
@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("name", ["municipality", "firm", "two-missing", "odd-names"])
def test_every_deck_and_document_can_be_read_by_everybody(client, written, name, language) -> None:
    report = client(name, language)
    tag = report.info.tag
    assert list(office.document_faults(written(name, language, "docx"), tag)) == []
    assert list(office.faults(render_pptx(report.slides(), report.info), tag)) == []


def test_a_fault_of_a_document_is_seen(sample) -> None:
    made = render_word(sample("da"))
    before = list(office.document_faults(made, "da-DK"))
    assert all("say what it is" in fault for fault in before)  # tables of the sample without a name
    for old, new, says in (
        (r'descr="[^"]+"', 'descr=""', "no alt text"),
        ("<w:tblHeader/>", "", "is none"),
        ('w:val="Heading3"', 'w:val="Heading4"', "under level"),
        ('<w:lang w:val="da-DK"', '<w:lang w:val="en-US"', "another language"),
        ("<wp:inline", "<wp:anchor", "floats"),
    ):
        found = office.document_faults(_changed(made, old, new), "da-DK")
        more = [fault for fault in found if fault not in before]
        assert any(says in fault for fault in more), (old, more)


def _changed(document: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name in ("word/document.xml", "word/styles.xml"):
                changed = re.sub(old, new, content.decode())
                content = changed.replace("</wp:inline>", "</wp:anchor>" if "anchor" in new else "</wp:inline>").encode()  # fmt: skip
            after.writestr(name, content)
    return out.getvalue()
