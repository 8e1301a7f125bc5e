"""What programs write where nothing was answered: blank where a program wrote it, else for a person to say."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from hrkit.answers.readers.mapped import read_mapped
from hrkit.answers.readers.nothing import WRITTEN, written_for_nothing
from hrkit.answers.readers.template import read_answers
from hrkit.commands.map_columns import map_columns
from hrkit.errors import AnswersError

from .simulated import EXPORTS, write_csv
from .test_surveys import expected, harbour, people, said  # noqa: F401 (fixtures)

#: One form of each program that writes CSV without further lines of its own below the headings.
_CSV = [
    ("LimeSurvey", "CSV, question texts and full answers", 1),
    ("LimeSurvey", "data for R", 1),
    ("Qualtrics", "CSV, three rows of headings, numbers", 3),
    ("Google Forms", "sheet as CSV", 1),
    ("SurveyMonkey", "CSV, numbers", 2),
    ("KoBoToolbox", "CSV, XML values, groups", 1),
    ("REDCap", "raw", 1),
    ("REDCap", "labels", 1),
]


def with_nothing(path, lines, text):
    """The file as a statistics program saves it again: a mark in every cell that was empty."""
    data = path.read_text("utf-8-sig")
    sign = ";" if data.splitlines()[0].count(";") > data.splitlines()[0].count(",") else ","
    rows = list(csv.reader(data.splitlines(keepends=True), delimiter=sign))
    for row in rows[lines:]:
        row[:] = [cell if cell.strip() else text for cell in row]
    return write_csv(path, rows, sign)


@pytest.mark.parametrize(("tool", "form", "lines"), _CSV)
@pytest.mark.parametrize("text", ["NA", "NULL", "#NULL!", ".", "-99", "nan"])
def test_marks_of_statistics_programs_are_blank_in_an_export(
    harbour, people, tmp_path, tool, form, lines, text  # noqa: F811
):  # fmt: skip
    name, write = EXPORTS[tool, form]
    before = read_answers(write(tmp_path / name, harbour, people), harbour)
    path = with_nothing(tmp_path / name, lines, text)
    reading = read_answers(path, harbour)
    assert said(reading) == said(before) == expected(harbour, people)
    usual = tool == "Qualtrics" and text == "-99"  # what it writes itself is no news
    told = [note for note in reading.notes if f"“{text}”" in note and "read as blank" in note]
    assert len(told) == (0 if usual else 1), reading.notes
    if told:
        assert "as programs write it where nothing was answered" in told[0]
        assert "cells say" in told[0] and "first: row" in told[0]


def test_an_error_of_spss_in_a_workbook_is_blank_and_a_lost_lookup_is_not(
    harbour, people, tmp_path  # noqa: F811
):  # fmt: skip
    name, write = EXPORTS["Enalyzer", "Excel, values"]
    path = write(tmp_path / name, harbour, people)
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    empty = [cell for cell in cells if cell.value is None]
    for cell in empty:
        cell.value, cell.data_type = "#NULL!", "e"
    book.save(path)
    reading = read_answers(path, harbour)
    assert said(reading) == expected(harbour, people)
    assert any("“#NULL!”" in note and "read as blank" in note for note in reading.notes)
    for cell in empty:
        cell.value, cell.data_type = "#N/A", "e"
    book.save(path)
    with pytest.raises(AnswersError, match=r'blank: \["#N/A"\]'):
        read_answers(path, harbour)


def test_a_mark_that_a_scale_knows_is_an_answer(harbour):  # noqa: F811
    from dataclasses import replace

    from hrkit.model.instrument import Choice
    from hrkit.text import Lookup

    question = harbour.instrument.keys["trust.01"]
    assert written_for_nothing([question]) == WRITTEN
    scale = question.facet.scale
    named = replace(scale, choices=(*scale.choices[:-1], Choice("-9", {"en": "NA"})))
    asked = replace(question, facet=replace(question.facet, scale=named))
    assert {"NA", "-9"}.isdisjoint(written_for_nothing([asked]))
    assert "NULL" not in written_for_nothing([question], [Lookup({"null": "4"})])


MAPPING = """\
instrument: partnership
wave: {value: w1}
unit: {value: all}
perspective: {value: leader}
answers: {A: trust.01, B: trust.02, C: open.01}
"""


@pytest.mark.parametrize("text", ["NA", "#N/A", "-99", ".", "NULL", "N/A"])
def test_elsewhere_it_is_refused_with_the_way_out_and_then_read_and_told(harbour, tmp_path, text):  # noqa: F811
    path = write_csv(tmp_path / "a.csv", [["A", "B", "C"], ["4", text, "Well"], ["2", "3", text]])
    mapping = tmp_path / "m.yml"
    mapping.write_text(MAPPING)
    with pytest.raises(AnswersError) as caught:
        read_mapped(path, mapping, harbour)
    problem = caught.value.problems[0]
    assert problem.where == "a.csv row 2, column B (trust.02)"
    assert f'blank: ["{text}"] (hrkit map drafts one)' in problem.fix
    mapping.write_text(MAPPING + f'blank: ["{text}"]\n')
    reading = read_mapped(path, mapping, harbour)
    assert len(reading.responses.answers) == 4
    told = "2 cells say “{}” (first: row 2, column B) and were read as blank, as the mapping says."
    assert f"a.csv: {told.format(text)}" in reading.notes


def test_an_error_cell_is_blank_where_the_mapping_says_so(harbour, tmp_path):  # noqa: F811
    book = openpyxl.Workbook()
    for row in (["A", "B", "C"], [4, None, "Well"], [2, 3, None]):
        book.active.append(row)
    cell = book.active["B2"]
    cell.value, cell.data_type = "#N/A", "e"
    book.save(path := tmp_path / "a.xlsx")
    mapping = tmp_path / "m.yml"
    mapping.write_text(MAPPING)
    with pytest.raises(AnswersError, match=r"holds the error #N/A instead"):
        read_mapped(path, mapping, harbour)
    mapping.write_text(MAPPING + 'blank: ["#N/A"]\n')
    reading = read_mapped(path, mapping, harbour)
    assert len(reading.responses.answers) == 4
    assert any("1 cell says “#N/A” (first: row 2, column B) and was" in n for n in reading.notes)


def test_a_template_that_r_has_saved_again_comes_in_by_the_draft(harbour, tmp_path):  # noqa: F811
    asked = list(harbour.instrument.questions("leader"))[:6]
    heads = ["code", "wave", "unit", "perspective", *(question.key for question in asked)]
    rows = [heads, ["001", "w1", "sheds", "leader", "4", "NA", "2", "NA", "1", "NA"],
            ["002", "w1", "sheds", "leader", "NA", "3", "5", "4", "2", "NA"]]  # fmt: skip
    path = write_csv(tmp_path / "r.csv", rows)
    with pytest.raises(AnswersError, match=r'blank: \["NA"\] \(hrkit map drafts one\)'):
        read_answers(path, harbour)
    drafted = map_columns(path, harbour.folder, output=tmp_path / "r.yml")
    assert any("“NA”, in 5 cells, was put down as blank" in one for one in drafted.unsure)
    reading = read_mapped(path, tmp_path / "r.yml", harbour)
    assert reading.rows == 2 and len(reading.responses.answers) == 7
    assert any("5 cells say “NA”" in note for note in reading.notes)


def test_what_a_file_of_spss_declares_missing_is_told(harbour, people, tmp_path):  # noqa: F811
    """“Don’t know” is among what it declares missing, and an answer all the same."""
    _, write = EXPORTS["SPSS", ".sav, value labels and missing values"]
    reading = read_answers(write(tmp_path / "s.sav", harbour, people), harbour)
    (told,) = [note for note in reading.notes if "declares to be missing" in note]
    assert "cells hold values" in told and "(99) and were read as blank" in told
    answers = reading.responses.answers
    assert (answers["value"] == "dk").any() and not (answers["value"] == "99").any()
