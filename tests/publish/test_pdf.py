from __future__ import annotations

import base64
import ctypes
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Contents,
    Cover,
    DocumentInfo,
    Fact,
    Facts,
    Figure,
    Grid,
    Heading,
    Levels,
    Note,
    Paragraph,
    Quote,
    Span,
    Table,
)
from hrkit.errors import PublishError
from hrkit.publish.pdf import render_pdf
from tests.pages import pages_of

from .sample import WORDS, document


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_the_sample_opens_and_says_what_it_should(pdfs: dict[str, bytes], language: str) -> None:
    words, text = WORDS[language], pages_of(pdfs[language])
    assert len(text) == 7
    assert words["summary"] in text[1]  # in the contents, and on its page
    assert words["summary"] in text[2]
    assert f"{words['page']} 3 {words['of']} 7" in text[2]
    assert str(words["mark"]).upper() in text[4]  # on every page
    document = pypdfium2.PdfDocument(pdfs[language])
    assert document.get_metadata_value("Title") == words["title"]
    assert document.get_metadata_value("Author") == words["author"]
    assert [item.get_title() for item in document.get_toc()][:2] == [
        words["contents"],
        words["summary"],
    ]
    document.close()
    assert f"/Lang({language})".encode() in pdfs[language]


def structure(pdf: bytes, page: int) -> list[tuple[str, str]]:
    """Tags of a page with their alternative texts, in reading order."""
    opened = pypdfium2.PdfDocument(pdf)

    def text(get: Any, element: Any) -> str:
        size = get(element, None, 0)
        buffer = ctypes.create_string_buffer(size)
        get(element, buffer, size)
        return buffer.raw[: max(0, size - 2)].decode("utf-16le")

    def visit(element: Any) -> Iterator[tuple[str, str]]:
        yield (
            text(raw.FPDF_StructElement_GetType, element),
            text(raw.FPDF_StructElement_GetAltText, element),
        )
        for n in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, n):
                yield from visit(child)

    tree = raw.FPDF_StructTree_GetForPage(opened[page])
    roots = range(raw.FPDF_StructTree_CountChildren(tree))
    found = [tag for n in roots for tag in visit(raw.FPDF_StructTree_GetChildAtIndex(tree, n))]
    raw.FPDF_StructTree_Close(tree)
    opened.close()
    return found


def test_a_screen_reader_gets_sentences_for_pictures_and_levels(pdfs: dict[str, bytes]) -> None:
    words = WORDS["da"]
    tags = structure(pdfs["da"], 4)
    assert ("Figure", words["sentence"]) in tags
    assert [tag for tag, _ in tags if tag in {"H1", "H2", "H3"}] == ["H1", "H2", "H2", "H1"]
    assert sum(tag == "TH" for tag, _ in tags) == 12
    assert ("Figure", words["alt"]) in structure(pdfs["da"], 0)
    assert ("Figure", words["alt"]) in structure(pdfs["da"], 3)


def test_paper_is_as_asked(pdfs: dict[str, bytes]) -> None:
    for name, size in (("da", (595, 842)), ("letter", (612, 792))):
        document = pypdfium2.PdfDocument(pdfs[name])
        assert tuple(round(side) for side in document[0].get_size()) == size
        document.close()


def test_the_same_blocks_give_the_same_bytes(pdfs: dict[str, bytes]) -> None:
    assert render_pdf(document("da")) == pdfs["da"]


def test_the_file_says_nothing_of_the_machine(pdfs: dict[str, bytes]) -> None:
    assert b"/tmp" not in pdfs["da"]
    assert b"hrkit-" not in pdfs["da"]
    assert b"2026-11-21" in pdfs["da"]


def test_colours_without_contrast_are_darkened_and_a_light_cover_gets_dark_text(
    pdfs: dict[str, bytes],
) -> None:
    document = pypdfium2.PdfDocument(pdfs["letter"])
    cover = document[0].render(scale=0.5).to_pil().convert("RGB")
    document.close()
    colours = {colour for _, colour in cover.getcolors(100_000)}
    assert (0xF2, 0xC9, 0x4C) in colours  # the brand's own ground
    assert min(sum(colour) for colour in colours) < 200  # ink on it


HOSTILE = (
    '#eval("1 + 1") $x^2$ @ref <label> // no comment',
    '#import "@preview/x:1.0.0": * #read("/etc/passwd")',
    "*not strong* _not emph_ `not code` = not heading",
    "\\ \\u{1F600} ]]] }}} ))) #]",
    "<script>alert(1)</script> &amp; <b>",
    "\u202eright to left\u202c \x00\x07\x1b[0m",
    "lone \ud800 surrogate \udfff",
    "😀👍🏽🇩🇰 漢字 ﷽ עברית العربية",
    "w" * 4000,
    "a\nb\r\nc\u2028d",
)


def everywhere(text: str) -> tuple[Block, ...]:
    """The text in every place that takes one."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="5">{}</text></svg>'
    drawn = svg.format(
        "".join(f"&#{ord(c)};" for c in text[:40] if ord(c) > 31 and c not in "\ud800\udfff")
    )
    fields = ("subtitle", "author", "client", "confidentiality", "header", "footer", "mark")
    return (
        DocumentInfo(text, "da", **dict.fromkeys(fields, text), words={"page": text, "of": text}),
        Cover(text, text, text, text, text, text, text, text, drawn, text, drawn, text),
        Contents(text),
        Heading(text, kicker=text),
        Heading((Span(text, "strong"), Span(text, "code", "https://example.org/" + text)), 4),
        Paragraph(tuple(Span(text, s) for s in ("plain", "strong", "emph", "code", "mute"))),
        Paragraph((Span(text, "code"),)),
        Note(text),
        Quote(text, text),
        Bullets((text, (Paragraph(text), Bullets((text,), ordered=True)))),
        Card(text, (Paragraph(text),), "accent"),
        Callout(text, "warning"),
        Facts((Fact(text, text, text),)),
        Levels((text, text), (1,), text),
        Table((text, text), ((text, (Span(text),)),), caption=text, summary=text),
        Figure(drawn, text, text),
        Grid(((Card(text, ()),), (Note(text),))),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_place(text: str) -> None:
    printed = "".join(pages_of(render_pdf(everywhere(text))))
    if text.isascii() and text.isprintable() and len(text) < 100:
        shown = re.sub(r"\W", "", printed)
        assert re.sub(r"\W", "", text) in shown
    assert "root:" not in printed


def test_deep_lists_compile() -> None:
    block: Block = Paragraph("inside")
    for _ in range(10):
        block = Bullets(((block,),))
    assert "inside" in pages_of(render_pdf((Heading("T"), block)))[0]


def test_a_table_over_pages_repeats_its_header_and_breaks_no_row() -> None:
    rows = tuple((f"row {n}", "two\nlines") for n in range(60))
    text = pages_of(render_pdf((Heading("T"), Table(("Name", "Value"), rows))))
    assert len(text) > 1
    for page in text:
        assert "Name" in page
        assert page.count("two") == page.count("lines")


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    for filler in range(38, 52):
        blocks = (
            Heading("T"),
            *(Paragraph(f"line {n}") for n in range(filler)),
            Heading("Lonely", 2),
            Paragraph("after"),
        )
        for page in pages_of(render_pdf(blocks)):
            assert ("Lonely" in page) == ("after" in page)


@pytest.mark.parametrize("what", ["drawing", "table"])
def test_a_note_never_stands_alone_on_the_page_after_what_it_is_about(what: str) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60"><path d="M9 9h90"/></svg>'
    drawing = Figure(svg, "a line", caption="drawn")
    block = drawing if what == "drawing" else Table(("drawn",), (("a",), ("b",)))
    apart = 0
    for filler in range(30, 44):
        lines = tuple(Paragraph(f"line {n}") for n in range(filler))
        found = pages_of(render_pdf((Heading("T"), *lines, block, Note("It says so."))))
        assert all(("drawn" in page) == ("It says so." in page) for page in found), filler
        apart += len(found) > 1
    assert 0 < apart < 14, "the end of the page is among what was tried"


def test_a_card_larger_than_a_page_is_not_cut() -> None:
    card = Card("T", tuple(Paragraph(f"paragraph {n}") for n in range(120)))
    for block in (card, Grid(((card,), (Note("n"),)))):
        text = "".join(pages_of(render_pdf((Heading("H"), block))))
        assert all(f"paragraph {n}" in text for n in range(120))


def test_a_logo_may_be_a_png() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 6, 0, 0, 0)),
            chunk(b"IDAT", zlib.compress(b"\x00" + b"\xff\x00\x00\x80" * 2)),
            chunk(b"IEND", b""),
        )
    )
    logo = "data:image/png;base64," + base64.b64encode(png).decode()
    cover = Cover("T", client="C", logo=logo, logo_alt="C")
    assert len(pages_of(render_pdf((cover, Heading("H"))))) == 2
    broken = Cover("T", logo="data:image/png;base64,AAAA", logo_alt="C")
    with pytest.raises(PublishError):
        render_pdf((broken, Heading("H")))


def test_an_empty_document_is_refused() -> None:
    for blocks in ((), (DocumentInfo("T", "da"),)):
        with pytest.raises(PublishError):
            render_pdf(blocks)
    with pytest.raises(PublishError, match="no day"):
        render_pdf((DocumentInfo("T", "da", stamp="2026-02-31"), Heading("H")))
