from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from hrkit.blocks import DocumentInfo
from hrkit.blocks.worksheets import Number, Worksheet
from hrkit.errors import PublishError
from hrkit.publish.excel import render_excel

INFO = DocumentInfo("Title", "en", author="A", confidentiality="Secret", mark="DRAFT", client="C&A")
HOSTILE = (
    '=HYPERLINK("http://example.invalid";"x")', "+1", "-1", "@SUM(A1)", "=1+1", "\t=1", "'=1",
    "http://example.invalid", "{=1}", "_x0041_", "a\x07\x00b\ud800c\ufffe", "<b>&amp;", "0012", "1.5",
)  # fmt: skip


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def cells(data: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()


def test_text_stays_text_whatever_it_begins_with() -> None:
    sheet = Worksheet("S", "=1+1", HOSTILE, (HOSTILE,), ("@note",))
    data = render_excel((sheet,), INFO)
    files = parts(data)
    for name, text in files.items():
        root = ElementTree.fromstring(text)
        found = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not found & {"f", "hyperlink", "ddeLink", "oleLink"}, name
        assert "externalLink" not in name
    rows = cells(data, "S")
    texts = [cell for row in rows for cell in row if cell]
    assert '=HYPERLINK("http://example.invalid";"x")' in texts
    assert "0012" in texts and "1.5" in texts and "_x0041_" in texts
    assert "abc" in texts  # what no file may hold is gone
    # Editing such a cell in Excel leaves it a text.
    assert 'quotePrefix="1"' in files["xl/styles.xml"]


def test_numbers_are_numbers_as_they_were_rounded() -> None:
    row = (Number(3.2), Number(12, 0), Number(0.37, 0, "percent"), Number(-0.4, 1, "signed"), None)
    data = render_excel((Worksheet("S", "T", ("a", "b", "c", "d", "e"), (row,)),), INFO)
    assert cells(data, "S")[4][:4] == [3.2, 12.0, 0.37, -0.4]
    styles = parts(data)["xl/styles.xml"]
    for code in ('"0.0"', '"+0.0;-0.0;0.0"'):
        assert f"formatCode={code}" in styles


def test_every_sheet_says_what_it_is_and_whose() -> None:
    data = render_excel(
        (Worksheet("A", "First", ("x",), (("B",),)), Worksheet("B", "Second")), INFO
    )
    assert data == render_excel(
        (Worksheet("A", "First", ("x",), (("B",),)), Worksheet("B", "Second")), INFO
    )
    for name in ("A", "B"):
        assert cells(data, name)[1][0] == "DRAFT · Secret · C&A"
    files = parts(data)
    assert "<dc:title>Title</dc:title>" in files["docProps/core.xml"]
    assert "2000-01-01T00:00:00Z" in files["docProps/core.xml"]
    assert "&amp;LTitle&amp;RDRAFT" in files["xl/worksheets/sheet1.xml"]
    assert (
        "location=\"'B'!A1\"" in files["xl/worksheets/sheet1.xml"]
    )  # the first leads to the others


@pytest.mark.parametrize(
    "sheets",
    [
        (),
        (Worksheet("a/b", ""),),
        (Worksheet("x" * 32, ""),),
        (Worksheet("A", ""), Worksheet("a", "")),
        (Worksheet("A", "", ("one",), (("1", "2"),)),),
    ],
)
def test_what_excel_would_refuse_is_said_first(sheets: tuple[Worksheet, ...]) -> None:
    with pytest.raises(PublishError, match="cannot be written"):
        render_excel(sheets, INFO)


@pytest.mark.parametrize(
    ("name", "language"), [("odd-names", "da"), ("odd-names", "nl"), ("two-missing", "en")]
)
def test_the_appendix_of_a_hostile_client_is_plain(client, name, language) -> None:
    report = client(name, language)
    sheets = report.worksheets()
    data = render_excel(sheets, report.info)
    assert data == render_excel(sheets, report.info)
    for text in parts(data).values():
        assert not re.search(r"<f[ >]", text)  # those of charts are names of cells
        assert "\u202e" not in text
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    charts = ["Charts", "Diagrammer", "Grafieken"]
    assert [n for n in book.sheet_names if n not in charts] == [sheet.name for sheet in sheets]
    assert len(sheets) > 6
    about = [text for row in book.get_sheet_by_index(0).to_python() for text in row]
    assert report.engagement.client.split("🚀")[0].strip()[:20] in " ".join(map(str, about))
    for index, sheet in enumerate(sheets):
        assert report.info.mark in str(book.get_sheet_by_index(index).to_python()[1][0])
        assert len(sheet.name) <= 31


def test_names_of_sheets_fit_in_every_language() -> None:
    from hrkit.model.language import words

    for language in ("en", "da", "nl"):
        w = words(language)
        names = [w(key) for key in w.entries if key.startswith("appendix.sheet.")]
        assert len({name.casefold() for name in names}) == len(names) == 25
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        (Number(2 / 15, 0, "percent"), 0.13),
        (Number(0.125, 0, "percent"), 0.13),
        (Number(2.25), 2.3),
        (Number(-2.25, 1, "signed"), -2.3),
        (Number(7.5, 0), 8.0),
    ],
)
def test_a_cell_holds_no_more_than_it_shows(number: Number, kept: float) -> None:
    """Thirteen per cent that is 2/15 inside the file would be two of fifteen."""
    assert number.value == kept
