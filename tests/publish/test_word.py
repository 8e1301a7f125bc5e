from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import pytest

pytest.importorskip("docx")

from docx import Document
from docx.oxml.ns import qn

from hrkit.blocks import (
    Bullets,
    Card,
    Cover,
    DocumentInfo,
    Facts,
    Figure,
    Grid,
    Heading,
    Levels,
    Paragraph,
    Span,
    Table,
    plain,
    walk,
)
from hrkit.errors import PublishError
from hrkit.publish.pictures import png
from hrkit.publish.prepare import without_gaps
from hrkit.publish.word import render_word

INFO = DocumentInfo("Title", "da", tag="da-DK", author="Author", stamp="2026-11-21")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="9" height="9"/></svg>'

# Orders that the schema asks for; Word calls a file with another order damaged.
ORDERS = {
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan tcBorders shd noWrap tcMar vAlign",
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing kern sz szCs u lang",
}  # fmt: skip


def opened(blocks):
    return Document(io.BytesIO(render_word(blocks)))


def body_text(document) -> str:
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def headings(document) -> list[tuple[int, str]]:
    return [
        (int(p.style.name[-1]), p.text)
        for p in document.paragraphs
        if re.fullmatch(r"Heading \d", p.style.name)
    ]


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_headings_tables_and_alt_texts_are_kept(sample, language: str) -> None:
    blocks = sample(language)
    document = opened(blocks)
    wanted = [block for block in walk(blocks) if isinstance(block, Heading)]
    levels = without_gaps(block.level for block in wanted)
    assert headings(document) == [(n, plain(b.text)) for n, b in zip(levels, wanted, strict=True)]
    tables = [block for block in walk(blocks) if isinstance(block, Table)]
    boxes = sum(isinstance(block, (Card, Facts, Levels)) for block in walk(blocks))
    boxes -= sum(  # two cards side by side are one table
        [type(one) for cell in block.cells for one in cell] == [Card, Card]
        for block in walk(blocks)
        if isinstance(block, Grid)
    )
    assert len(list(document.element.body.iter(qn("w:tbl")))) == len(tables) + boxes
    assert len(list(document.element.body.iter(qn("w:tblHeader")))) == len(tables)
    figures = [block.alt for block in walk(blocks) if isinstance(block, Figure)]
    alts = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    cover = next(block for block in blocks if isinstance(block, Cover))
    assert alts == [cover.art_alt, *figures]
    text = body_text(document)
    for table in tables:
        assert all(plain(cell) in text for row in table.rows for cell in row if plain(cell))


def test_it_says_its_title_language_and_day(sample) -> None:
    document = opened(sample("da"))
    core = document.core_properties
    assert core.title == sample("da")[0].title
    assert (core.language, core.created.isoformat()[:10]) == ("da-DK", "2026-11-21")
    assert core.comments == "" and core.last_modified_by == core.author
    languages = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"da-DK"}


def test_the_same_blocks_give_the_same_bytes(sample) -> None:
    first = render_word(sample("nl"))
    assert first == render_word(sample("nl"))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_pages_carry_header_number_and_mark(sample, paper: str) -> None:
    document = opened(sample("en", paper=paper))
    section = document.sections[0]
    assert round(section.page_width.mm) == (210 if paper == "a4" else 216)
    assert (
        section.different_first_page_header_footer
    )  # the cover has none, and says its mark itself
    assert "Synthetic data" in section.header.paragraphs[0].text
    codes = [n.text.strip() for n in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert document.paragraphs[0].text == "Synthetic data"


def test_contents_are_a_field_whose_entries_lead_somewhere(sample) -> None:
    document = opened(sample("en"))
    body = document.element.body
    codes = [node.text.strip() for node in body.iter(qn("w:instrText"))]
    wanted = [level for level, text in headings(document) if level <= 2 and text.strip()]
    pages = [code for code in codes if code.startswith("PAGEREF ")]
    assert len(pages) == len(wanted)
    # The rest counts the charts' captions.
    assert set(codes) - set(pages) <= {"SEQ Figure \\* ARABIC"}
    anchors = [node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))]
    names = {node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))}
    inner = [anchor for anchor in anchors if anchor]
    assert inner and set(inner) <= names
    kinds = [node.get(qn("w:fldCharType")) for node in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * len(codes)


def test_outside_text_is_text_and_nothing_else(written) -> None:
    data = written("odd-names", "da", "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {n: archive.read(n) for n in archive.namelist() if n.endswith((".xml", ".rels"))}
    document = Document(io.BytesIO(data))
    codes = [node.text.strip() for node in document.element.body.iter(qn("w:instrText"))]
    assert all(code.startswith(("PAGEREF _Toc", "SEQ Figure ")) for code in codes)
    assert "<b>A/S</b>" in body_text(document)
    for name, content in files.items():
        assert "\u202e" not in content.decode(), name
        assert b'TargetMode="External"' not in content, name
    assert not [name for name in files if "external" in name.lower() or "vba" in name.lower()]


def test_only_sound_links_are_links() -> None:
    spans = (Span("bad", link="javascript:x"), Span("good", link="https://e.org/a?b=1&c=2"))
    document = opened((INFO, Paragraph(spans)))
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert targets == ["https://e.org/a?b=1&c=2"]
    assert "bad" in body_text(document)


def test_control_characters_do_not_damage_the_file() -> None:
    document = opened((INFO, Heading("a\x07\x00b\ud800"), Paragraph("c\ufffe\x1bd\n\te🚀")))
    assert headings(document) == [(1, "ab")]
    assert "🚀" in body_text(document)


def test_lists_are_lists_and_numbered_ones_begin_anew(sample) -> None:
    blocks = (
        INFO,
        Bullets(("a", (Paragraph("b"), Bullets(("c",)))), ordered=False),
        Bullets(("one", "two"), ordered=True),
        Bullets(("four",), ordered=True, start=4),
    )
    document = opened(blocks)
    styles = [(p.text, p.style.name) for p in document.paragraphs if p.text]
    assert styles[:3] == [("a", "List Bullet"), ("b", "List Bullet"), ("c", "List Bullet 2")]
    numbers = [
        p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]
    starts = [
        node.get(qn("w:val"))
        for node in document.part.numbering_part.element.iter(qn("w:startOverride"))
    ]
    assert starts == ["1", "4"]


def test_children_stand_in_the_order_of_the_schema(sample, blocks) -> None:
    for source in (sample("da"), blocks("municipality", "da")):
        document = opened(source)
        parts = (document.element.body, document.styles.element)
        for kind, order in ORDERS.items():
            places = {qn(f"w:{name}"): i for i, name in enumerate(order.split())}
            for part in parts:
                for node in part.iter(qn(f"w:{kind}")):
                    found = [places[child.tag] for child in node if child.tag in places]
                    assert all(a < b for a, b in pairwise(found)), (kind, [c.tag for c in node])
        # A cell ends in a paragraph, and no two tables touch: Word would join them.
        for cell in document.element.body.iter(qn("w:tc")):
            assert cell[-1].tag == qn("w:p")
        for table in document.element.body.iter(qn("w:tbl")):
            following = table.getnext()
            assert following is not None and following.tag != qn("w:tbl")


def test_a_cover_with_logo_and_art() -> None:
    cover = Cover("T", client="C", art=SVG, art_alt="", logo=SVG, logo_alt="Sign", mark="DRAFT")
    document = opened((INFO, cover, Paragraph("x")))
    alts = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    assert alts == ["Sign", ""]
    assert document.paragraphs[-1].paragraph_format.page_break_before


def test_a_logo_that_is_no_picture_is_said() -> None:
    with pytest.raises(PublishError, match="PNG"):
        render_word((INFO, Cover("T", logo="data:image/png;base64,aGVsbG8="), Paragraph("x")))
    with pytest.raises(PublishError, match="base64"):
        render_word((INFO, Cover("T", logo="data:image/png;base64,***"), Paragraph("x")))


def test_a_drawing_becomes_the_same_picture_in_its_shape() -> None:
    from PIL import Image

    data, shape = png(SVG, 144)
    assert data == png(SVG, 144)[0] and shape == 0.5
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (400, 200)  # two inches at 200 dpi
        assert image.mode == "RGBA"
    with pytest.raises(PublishError, match="cannot be drawn"):
        png("<html/>", 100)


def test_without_python_docx_the_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("hrkit.publish.word.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(PublishError, match="python-docx"):
        render_word((INFO, Paragraph("x")))


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(PublishError, match="empty"):
        render_word((INFO,))
