"""Files of further kinds: OpenDocument, SPSS, zipped, packed twice."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import pytest

from hrkit.answers.files.read import read_table
from hrkit.answers.readers.template import read_answers
from hrkit.errors import AnswersError

from .sample import HEADER, ROW

KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(path, rows, more="", head=""):
    def cell(value):
        if isinstance(value, int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f"<?xml version='1.0'?>{head}<office:document-content {NAMES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Svar">{body}{more}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", KIND)
        packed.writestr("content.xml", content)
    return path


def test_an_opendocument_sheet_is_read(engagement, tmp_path):
    row = [*ROW[:4], 4, *ROW[5:]]
    edge = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    hidden = '<table:table-row table:visibility="filter"><table:table-cell><text:p>002</text:p></table:table-cell><table:table-cell><text:p>w1</text:p></table:table-cell><table:table-cell><text:p>all</text:p></table:table-cell><table:table-cell><text:p>hr</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell></table:table-row>'
    reading = read_answers(ods(tmp_path / "a.ods", [HEADER, row], hidden + edge), engagement)
    assert reading.rows == 2 and reading.responses.answers["value"].tolist()[0] == "4"
    assert any("row 3 is hidden" in note for note in reading.notes)


@pytest.mark.parametrize("where", ["cell", "column"])
@pytest.mark.parametrize("how", ['line-through-style="solid"', 'line-through-type="double"'])
def test_what_is_struck_out_in_an_opendocument_sheet_is_said(engagement, tmp_path, where, how):
    path = ods(tmp_path / "a.ods", [HEADER, ROW, ["002", *ROW[1:]]])
    content = zipfile.ZipFile(path).read("content.xml").decode()
    styles = (
        '<office:automatic-styles xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        f'<s:style s:name="ce1"><s:text-properties s:text-{how}/></s:style>'
        '<s:style s:name="ce2"><s:text-properties s:text-line-through-style="none"/></s:style>'
        "</office:automatic-styles><office:body>"
    )
    content = content.replace("<office:body>", styles)
    if where == "cell":
        head, first, last = content.rpartition("<table:table-row>")
        last = last.replace("<table:table-cell ", '<table:table-cell table:style-name="ce1" ')
        content = head + first + last
        said = "row 3 is struck out in the workbook and was read"
    else:
        columns = (
            '<table:table-column table:default-cell-style-name="ce2" table:number-columns-repeated="4"/>'
            '<table:table-column table:default-cell-style-name="ce1"/><table:table-row>'
        )
        content = content.replace("<table:table-row>", columns, 1)
        said = "2 cells (E2, E3) are struck out in the workbook and were read"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", KIND)
        packed.writestr("content.xml", content)
    reading = read_answers(path, engagement)
    assert reading.rows == 2
    assert any(said in note for note in reading.notes), reading.notes


@pytest.mark.parametrize(("more", "head", "said"), [
    ('<table:table-row table:number-rows-repeated="900000"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>', "", "larger than is read"),
    ('<table:table-row><table:table-cell table:number-columns-repeated="9000"><text:p>x</text:p></table:table-cell></table:table-row>', "", "wider than"),
    ("", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "document type"),
    ('<table:table-row><table:table-cell office:value-type="date"><text:p>2026-01-01</text:p></table:table-cell></table:table-row>', "", "date or time"),
    ('<table:table-row><table:table-cell office:value-type="float" office:value="1e999"><text:p>5</text:p></table:table-cell></table:table-row>', "", "beyond all bounds"),
])  # fmt: skip
def test_an_opendocument_sheet_has_bounds(engagement, tmp_path, more, head, said):
    with pytest.raises(AnswersError, match=said):
        read_answers(ods(tmp_path / "a.ods", [HEADER, ROW], more, head), engagement)


@pytest.mark.parametrize("encoding", ["e", "rot13", "base64", "hex", "utf-7", "shift_jis", "idna"])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_part_in_an_encoding_that_is_none_is_refused(
    engagement, tmp_path, write_xlsx, kind, encoding
):
    path = ods(tmp_path / "a.ods", [HEADER, ROW]) if kind == "ods" else write_xlsx([HEADER, ROW])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    which = "content.xml" if kind == "ods" else "xl/worksheets/sheet1.xml"
    head = f"<?xml version='1.0' encoding='{encoding}'?>".encode()
    parts[which] = head + parts[which].partition(b"?>")[2]
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    with pytest.raises(AnswersError, match="cannot be read"):
        read_answers(path, engagement)


def test_a_zip_with_one_file_is_read(engagement, write_csv, tmp_path):
    inner = write_csv([HEADER, ROW]).read_bytes()
    path = tmp_path / "export.zip"
    for names, said in (
        (["a.csv", "readme.md"], ""),
        (["a.csv", "b.csv"], "holds 2 files"),
        (["x.md"], "holds no file"),
    ):
        with zipfile.ZipFile(path, "w") as packed:
            for name in names:
                packed.writestr(name, inner)
        if said:
            with pytest.raises(AnswersError, match=said):
                read_answers(path, engagement)
        else:
            assert read_answers(path, engagement).rows == 1
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(AnswersError, match="cannot be unpacked"):
        read_answers(path, engagement)


def test_rows_packed_into_one_cell_are_unpacked(engagement, tmp_path):
    path = tmp_path / "a.csv"
    rows = (
        ";".join(f'""{cell}""' if i else cell for i, cell in enumerate(row))
        for row in (HEADER, ROW)
    )
    path.write_text("\n".join(f'"{row}"' for row in rows), "utf-8")
    reading = read_answers(path, engagement)
    assert reading.rows == 1 and any("stood in quotes" in note for note in reading.notes)


def test_headings_over_several_columns_may_be_merged(write_xlsx):
    rows = [["A", "B", "", "C"], ["", "x", "y", "z"], ["1", "2", "3", "4"]]
    path = write_xlsx(rows, more=lambda b, s: s.merge_range(0, 1, 0, 2, "B"))
    assert read_table(path).header.cells == ("A", "B", "", "C")
    path = write_xlsx(rows, more=lambda b, s: s.merge_range(2, 1, 2, 2, "2"))
    with pytest.raises(AnswersError, match="are merged"):
        read_table(path)


def test_what_is_merged_above_the_headings_is_no_answer(write_xlsx):
    rows = [["Survey", "", ""], ["", "", ""], ["A", "B", ""], ["1", "2", "3"]]

    def more(_, sheet):
        sheet.merge_range(0, 0, 1, 2, "Survey")
        sheet.merge_range(2, 1, 2, 2, "B")

    path = write_xlsx(rows, more=more)
    assert read_table(path, skip=2).rows[0].cells == ("1", "2", "3")
    with pytest.raises(AnswersError, match="B3:C3"):
        read_table(path)


@pytest.mark.parametrize(
    ("layout", "hidden"),
    [
        # Rows that hold nothing are hidden; whoever opens the file sees the others.
        (b'<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>', False),
        (b'<sheetFormatPr defaultRowHeight="0" customHeight="1"/>', True),
    ],
)
def test_rows_of_no_height_are_hidden(write_xlsx, layout, hidden):
    path = write_xlsx([["A", "B"], ["1", "2"], ["3", "4"]], more=lambda b, s: s.set_row(1, 20))
    parts = {}
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, re.sub(rb"<sheetFormatPr [^>]*/>", layout, data))
    said = [note for note in read_table(path).notes if "hidden" in note]
    assert [("row 3" in note and "row 2" not in note) for note in said] == [True] * hidden


def test_a_file_of_spss_brings_its_labels_and_its_missing_values(tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat")
    import pandas as pd

    path = tmp_path / "a.sav"
    frame = pd.DataFrame({"q": [1.0, 99.0, None], "t": ["x", "", "Ærø"]})
    pyreadstat.write_sav(
        frame, str(path), column_labels=["I trust", "Words"],
        variable_value_labels={"q": {1.0: "No", 99.0: "None"}}, missing_ranges={"q": [99.0]},
    )  # fmt: skip
    table = read_table(path)
    assert [row.cells for row in table.rows] == [("1", "x"), ("99", ""), ("", "Ærø")]
    assert table.about == ("I trust", "Words") and table.labels[0]["99"] == "None"
    assert table.missing == {0: frozenset({"99"})}
    path.write_bytes(b"no such thing")
    with pytest.raises(AnswersError, match="cannot be read"):
        read_table(path)


def test_a_damaged_file_of_spss_ends_no_process(tmp_path):
    """The package that reads it is in C: a label for a variable that is not there once ended it all."""
    pyreadstat = pytest.importorskip("pyreadstat")
    import pandas as pd

    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        pd.DataFrame({"q": [1.0, 2.0]}), str(path), variable_value_labels={"q": {1.0: "No"}}
    )
    data = bytearray(path.read_bytes())
    place = data.index(struct.pack("<iii", 4, 1, 1)) + 8
    data[place : place + 4] = struct.pack("<i", 2**24)
    path.write_bytes(bytes(data))
    with pytest.raises(AnswersError, match="is damaged"):
        read_table(path)


def test_a_zip_whose_directory_lies_is_refused(engagement, write_csv, tmp_path):
    """Its one entry is said to begin before the file does."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.csv", write_csv([HEADER, ROW]).read_bytes())
    data = bytearray(path.read_bytes())
    end = data.index(b"PK\x05\x06")
    data[end + 16 : end + 20] = struct.pack(
        "<I", struct.unpack("<I", data[end + 16 : end + 20])[0] + 9
    )
    path.write_bytes(bytes(data))
    with pytest.raises(AnswersError, match="cannot be unpacked"):
        read_answers(path, engagement)


def test_without_the_package_a_file_of_spss_is_refused_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    (tmp_path / "a.sav").write_bytes(b"$FL2")
    with pytest.raises(AnswersError, match=r"install hrkit\[spss\]"):
        read_table(tmp_path / "a.sav")


def test_a_damaged_opendocument_is_refused(tmp_path):
    for data in (b"PK\x03\x04" + KIND.encode(), io.BytesIO(b"x").getvalue()):
        path = tmp_path / "a.ods"
        path.write_bytes(data)
        with pytest.raises(AnswersError):
            read_table(path)


def test_a_sheet_that_is_a_chart_stands_in_no_ones_way(engagement, tmp_path):
    """A spreadsheet puts a chart into a sheet of its own; the answers beside it are read."""
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        charts = book.add_chartsheet("Diagram1")
        sheet = book.add_worksheet("Svar")
        for r, row in enumerate([HEADER, ROW]):
            sheet.write_row(r, 0, row)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Svar!$E$2:$E$2"})
        charts.set_chart(chart)
    assert read_answers(path, engagement).rows == 1


def test_a_day_that_no_calendar_has_spoils_no_file_of_spss(tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat")
    import pandas as pd

    path = tmp_path / "a.sav"
    frame = pd.DataFrame({"q": [1.0, 2.0], "born": [13e9, 9e18]})
    pyreadstat.write_sav(frame, str(path), variable_format={"born": "DATETIME20"})
    assert [row.cells[0] for row in read_table(path).rows] == ["1", "2"]


@pytest.mark.parametrize(("rows", "said"), [
    ([["a", "b", "c", "d"], ["1", "2", "3", "4"]], "none of its 4 headings is known (“a”, “b”, “c”, …)"),
    ([["Respondent ID", "Collector ID", "Start Date", "End Date", "Trives du?"], ["", "", "", "", "Response"],
      ["1", "2", "11/02/2026", "11/02/2026", "Ja"]], "is an export of SurveyMonkey of which fewer than two"),
    ([["type", "name", "label::Dansk (da)"], ["text", "q1", "Trives du?"]], "is an XLSForm and holds no answers"),
    ([["[[AdvancedFormat]]"], ["[[Question:MC]]"]], "is a Qualtrics survey and holds no answers"),
])  # fmt: skip
def test_a_file_in_which_nothing_is_known_is_refused_in_one_sentence(
    engagement, write_csv, rows, said
):
    """Hundreds of headings, each to be deleted, were no help; what helps is named."""
    with pytest.raises(AnswersError) as refused:
        read_answers(write_csv(rows), engagement)
    (problem,) = refused.value.problems
    assert said in str(problem) and (
        "hrkit map" in problem.fix or "export the responses" in problem.fix
    )


def test_a_heading_that_begins_like_another_kind_is_a_heading(tmp_path):
    """`$FL2` and `$FL3` begin a file of SPSS; `$flag` is what a programmer calls a column."""
    path = tmp_path / "a.csv"
    path.write_text("$flag;trust.01\n1;4\n", "utf-8")
    assert read_table(path).header.cells == ("$flag", "trust.01")
    path.write_bytes(b"$FL2@(#) SPSS DATA FILE")
    with pytest.raises(AnswersError, match="is a file of SPSS"):
        read_table(path)
