"""The same advice everywhere: in every language, on every page that gives any, and in every format."""

from __future__ import annotations

import html as entities
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Bullets, Table, plain, walk
from hrkit.blocks.worksheets import workbook
from hrkit.model.languages import codes
from hrkit.publish.excel import render_excel
from hrkit.report.sections import SECTIONS
from hrkit.report.steps import chosen

pytestmark = pytest.mark.usefixtures("undrawn")

#: Made-up clients whose report gives advice.
CLIENTS = ("municipality", "firm", "two-missing", "odd-names")


def bare(text: str) -> str:
    """Letters and digits alone: whatever hyphens, lines and spaces a format has put between them."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in text if c.isalnum())


def counted(report: Assessment, text: str) -> Counter[str]:
    """How often each action of the library stands in a text."""
    library, language = report.context.library, report.context.language
    assert library is not None
    known = {a.id: bare(a.text[language]) for a in library.actions}
    whole = bare(text)
    # One sentence may begin as another does: only where it stands in full.
    return Counter({id: n for id, one in known.items() if (n := whole.count(one))})


def said(blocks) -> str:
    found = []
    for block in walk(blocks):
        if isinstance(block, Table):
            found += [plain(cell) for row in block.rows for cell in row]
        elif isinstance(block, Bullets):
            found += [plain(item) for item in block.items]
    return "\n".join(found)


@pytest.mark.parametrize("name", CLIENTS)
def test_every_language_gives_the_same_advice(
    client: Callable[[str, str], Assessment], blocks, name: str
) -> None:
    found = {
        language: counted(client(name, language), said(blocks(name, language)))
        for language in codes()
        if language in client(name, "en").context.instrument.languages
    }
    assert len(found) == 3
    first, *others = found.values()
    assert first and all(one == first for one in others)


@pytest.mark.parametrize("name", CLIENTS)
def test_every_page_advises_of_what_the_dimensions_pages_advise(client, name: str) -> None:
    ctx = client(name, "en").context
    on_pages = {s.id: {a.id for a in chosen(ctx, s)} for s in ctx.instrument.dimensions}
    assert any(on_pages.values())
    for section in ("dimensions", "roadmap", "summary", "agreements"):
        made = set(counted(client(name, "en"), said(SECTIONS[section](ctx))))
        assert made <= set().union(*on_pages.values()), section
        if section == "dimensions":
            assert made == set().union(*on_pages.values())
        else:
            assert made


@pytest.mark.parametrize("language", codes())
def test_every_format_gives_all_of_it(client, blocks, written, language: str) -> None:
    """PDF, HTML and Word as often as the report has it; the workbook each of them once."""
    report = client("municipality", language)
    wanted = counted(report, said(blocks("municipality", language)))
    assert len(wanted) > 20
    page = re.sub(r"<[^>]*>", " ", written("municipality", language, "html").decode("utf-8"))
    assert counted(report, entities.unescape(page)) == wanted
    with zipfile.ZipFile(io.BytesIO(written("municipality", language, "docx"))) as opened:
        word = opened.read("word/document.xml").decode("utf-8")
    word = entities.unescape(re.sub(r"<[^>]*>", "", word))
    assert counted(report, word) == wanted
    pdf = pypdfium2.PdfDocument(written("municipality", language, "pdf"))
    pages = [page.get_textpage().get_text_bounded().replace("\ufffe", "") for page in pdf]
    assert counted(report, "\n".join(pages)) == wanted
    sheets = workbook(report.worksheets())
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_excel(sheets, report.info)))
    name = report.context.words("appendix.sheet.advice")
    cells = [str(c) for row in book.get_sheet_by_name(name).to_python() for c in row]
    assert counted(report, "\n".join(cells)) == Counter(dict.fromkeys(wanted, 1))


def test_the_workbook_says_all_that_a_plan_needs(client) -> None:
    """Who, when, first step, first sign, effort, effect and what it rests on, of every action."""
    report = client("municipality", "en")
    name = report.context.words("appendix.sheet.advice")
    sheet = next(s for s in report.worksheets() if s.name == name)
    assert len(sheet.rows) >= 3 * 9
    assert all(len(row) == len(sheet.columns) == 9 and all(row) for row in sheet.rows)
    assert len({row[2] for row in sheet.rows}) > 3  # several owners
