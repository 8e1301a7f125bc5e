"""Files as people really have them: titles on top, names that say another kind, codes that are none."""

from __future__ import annotations

import dataclasses

import pytest

from hrkit.answers.readers.template import read_answers
from hrkit.answers.readers.vocabulary import Values, Wrong
from hrkit.errors import AnswersError

from . import simulated
from .sample import HEADER, ROW

TITLES = [["Ledelsesmåling 2026"], ["Udtræk den 3. november", "af N.N."], []]


@pytest.mark.parametrize("titles", [1, 2, 3])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_titles_above_the_headings_are_passed_by_and_said(engagement, write_csv, titles, sign):
    rows = [*TITLES[:titles], HEADER, ROW]
    reading = read_answers(write_csv(rows, delimiter=sign), engagement)
    usual = read_answers(write_csv([HEADER, ROW]), engagement)
    assert reading.digest == usual.digest
    said = (
        "row 1 above the headings was"
        if titles == 1
        else f"rows 1–{titles} above the headings were"
    )
    assert any(said in note for note in reading.notes)


def test_titles_above_the_headings_of_a_workbook(engagement, write_xlsx):
    def more(_, sheet):
        sheet.merge_range(0, 0, 0, 7, "Ledelsesmåling 2026")

    path = write_xlsx([["Ledelsesmåling 2026"], [], HEADER, ROW], more=more)
    reading = read_answers(path, engagement)
    assert reading.rows == 1 and any("rows 1–2 above" in note for note in reading.notes)


def test_titles_above_a_survey(engagement, tmp_path):
    one = dataclasses.replace(engagement, waves=engagement.waves[:1])
    person = simulated.Person("hr", "north", {"trust.01": "4", "trust.02": "3"})
    name, write = simulated.EXPORTS["LimeSurvey", "CSV, codes"]
    path = write(tmp_path / name, one, [person])
    path.write_bytes(
        "Svar fra foråret\r\n".encode() + path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    )
    reading = read_answers(path, one)
    assert reading.rows == 1 and any("row 1 above" in note for note in reading.notes)


def test_what_is_no_title_is_not_passed_by(engagement, write_csv):
    """Headings that nobody knows are listed; nothing further down is taken for headings."""
    with pytest.raises(AnswersError, match="is not known"):
        read_answers(
            write_csv([["Kode", "Hvad", "Hvor", "Hvem", "Et", "To"], ["1"] * 6]), engagement
        )


@pytest.mark.parametrize(("name", "data", "said"), [
    ("a.csv", b"PK\x03\x04 and so on", "is a workbook, or another packed file"),
    ("a.txt", b"\xd0\xcf\x11\xe0 and so on", "is an old Excel workbook"),
    ("a.csv", b"%PDF-1.7", "is a document"),
    ("a.csv", b"$FL2@(#)", "is a file of SPSS"),
    ("a.xlsx", b"\xef\xbb\xbf<html><table></table></html>", "is a web page or XML"),
    ("a.xlsx", "Kode;Måling\n1;2\n".encode("cp1252"), "is text"),
    ("a.xls", b"<html><body><table><tr><td>code</td></tr></table></body></html>", "is a web page or XML"),
    ("a.xls", b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "is a web page or XML"),
    ("a.xls", b"code;unit\n1;2\n", "is text"),
    ("a.xls", b"PK\x03\x04 and so on", "is a workbook, or another packed file"),
    ("a.xls", b"\xd0\xcf\x11\xe0 and so on", "is an old Excel workbook"),
    ("a.csv", b"\n<!DOCTYPE html><html><head><title>Log in</title>", "is a web page or XML"),
    ("a.csv", b"\x1f\x8b\x08\x00 and so on", "is a packed file"),
    ("a.csv", b'[{"code": "1"}]', "is JSON"),
    ("a.txt", b"{\\rtf1 code}", "is a document"),
    ("~$a.xlsx", b"\x05Kim" + b" " * 160, "beside an open file"),
])  # fmt: skip
def test_a_file_that_is_of_another_kind_than_its_name(engagement, tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(AnswersError, match=said):
        read_answers(tmp_path / name, engagement)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_and_said(engagement, write_csv, encoding):
    path = write_csv([HEADER, ROW])
    path.write_bytes(path.read_bytes().decode("utf-8-sig").encode(encoding))
    reading = read_answers(path, engagement)
    assert reading.rows == 1 and any("UTF-16" in note for note in reading.notes)


def test_the_sign_with_which_old_programs_end_a_file_is_no_row(engagement, write_csv):
    path = write_csv([HEADER, ROW])
    path.write_bytes(path.read_bytes() + b"\x1a")
    assert read_answers(path, engagement).rows == 1


@pytest.mark.parametrize("code", ["-", "?", "ingen", "None", "n/a", "Ved ikke"])
def test_what_says_that_there_is_no_code_is_none(engagement, write_csv, code):
    rows = [HEADER, [code, *ROW[1:]], [code, *ROW[1:4], "2", *ROW[5:]]]
    reading = read_answers(write_csv(rows), engagement)
    assert reading.rows == 2 and reading.codes == {}
    assert any("in place of a code" in note for note in reading.notes)


@pytest.mark.parametrize("text", ["4 / Enig", "Enig (4)", "Agree [4]", "4/Eens"])
def test_a_number_and_its_words_in_either_order(engagement, text):
    assert Values(engagement.instrument.scales["agree"]).find(text) == "4"


@pytest.mark.parametrize("text", ["Enig (3)", "5 / Enig", "Enig (nr. 4)", "(4)"])
def test_a_number_and_other_words_are_refused(engagement, text):
    assert isinstance(Values(engagement.instrument.scales["agree"]).find(text), Wrong)


def test_notes_on_cells_are_not_read_and_that_is_said(engagement, write_xlsx):
    path = write_xlsx([HEADER, ROW], more=lambda _, sheet: sheet.write_comment("E2", "Kim says 5"))
    reading = read_answers(path, engagement)
    assert [note for note in reading.notes if "hang on cells" in note]
    plain = read_answers(write_xlsx([HEADER, ROW]), engagement)
    assert reading.digest == plain.digest and not [n for n in plain.notes if "hang on" in n]
