"""Whose a document is and what is to be known of it: in the text where no cover says it, beside it elsewhere."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from hrkit.blocks import Cover, DocumentInfo, Heading, Paragraph
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.publish.pdf import render_pdf
from hrkit.report.running import marks_of

from .sample import document


def shown(pdf: bytes, page: int) -> tuple[int, int]:
    """How many pieces of text of a page a screen reader passes by, and how many it reads."""
    beside = read = 0
    marks: list[bool] = []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for one in pikepdf.parse_content_stream(file.pages[page]):
            name = str(one.operator)
            if name in ("BMC", "BDC"):
                marks.append(str(one.operands[0]) == "/Artifact")
            elif name == "EMC":
                marks.pop()
            elif name in ("Tj", "TJ"):
                beside, read = (beside + 1, read) if any(marks) else (beside, read + 1)
    return beside, read


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_a_document_without_a_cover_says_whose_it_is_in_its_text(language: str) -> None:
    """Title, client, mark, author and confidentiality on the first page; a number alone runs beside it."""
    info = document(language)[0]
    assert isinstance(info, DocumentInfo) and info.client and info.mark and info.confidentiality
    page = (Heading("A"), Paragraph("B"))
    bare, covered = (render_pdf((info, *front, *page)) for front in ((), (Cover("A"),)))
    beside, read = shown(bare, 0)
    other, less = shown(covered, 1)
    assert less == 2 and read >= less + 4
    # The number of the page runs beside it, wherever it is.
    assert 0 < beside < other
    nobody = replace(info, client="", mark="", author="", confidentiality="")
    assert shown(render_pdf((nobody, *page)), 0)[1] == 3, "its title"


@pytest.mark.parametrize("language", codes())
def test_no_mark_loses_what_it_forbids(language: str) -> None:
    """The longest of them, made up and not to be handed on, beside names that are too long: whole, in its frame."""
    words_ = words(language)
    mark = marks_of(words_, True, "preview")
    info = document(language)[0]
    assert isinstance(info, DocumentInfo)
    info = replace(info, mark=mark, client="Åkær og Ålborg Kommuner " * 4, title="En rapport " * 6)
    pages = pypdfium2.PdfDocument(render_pdf((info, Cover("A"), Heading("A"), Paragraph("B"))))
    page = pages[1].get_textpage()
    assert mark.upper() in page.get_text_bounded()
    at = page.search(mark.upper()[-8:]).get_next()
    assert at is not None
    _, _, right, _ = page.get_charbox(at[0] + at[1] - 1)
    assert right < pages[1].get_width() - 20
