"""Cells, headings and rows: what is understood, and that all that is not is listed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrkit.answers.readers.headings import Headings, heading
from hrkit.answers.readers.template import read_answers
from hrkit.answers.readers.vocabulary import Values, Wrong
from hrkit.answers.responses import numeric
from hrkit.errors import AnswersError

from .sample import HEADER, ROW

CASES = yaml.safe_load((Path(__file__).parent / "cases/cells.yml").read_text(encoding="utf-8"))


def values(reading, column="value"):
    answers = reading.responses.answers
    return dict(zip(answers["item"] + ":" + answers["facet"], answers[column], strict=True))


@pytest.mark.parametrize(("key", "cell", "stored"), CASES["right"])
def test_right_cells(engagement, write_csv, key, cell, stored):
    reading = read_answers(write_csv([[*HEADER[:4], key], [*ROW[:4], cell]]), engagement)
    assert list(reading.responses.answers["value"]) == [stored]


@pytest.mark.parametrize(("key", "cell", "said"), CASES["wrong"])
def test_wrong_cells(engagement, write_csv, key, cell, said):
    with pytest.raises(AnswersError) as caught:
        read_answers(write_csv([[*HEADER[:4], key], [*ROW[:4], cell]]), engagement)
    (problem,) = caught.value.problems
    assert problem.where == f"answers.csv row 2, column E ({key})"
    assert said in str(problem)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=40).filter(str.strip))
def test_any_cell_is_a_value_of_its_scale_or_wrong(engagement, text):
    for scale in engagement.instrument.scales.values():
        found = Values(scale).find(text)
        if not isinstance(found, Wrong) and scale.kind != "text":
            assert found in {*(choice.value for choice in scale.choices), "dk"}


def test_every_generated_heading_is_found_again(engagement):
    instrument = engagement.instrument
    headings = Headings(instrument)
    for key, question in instrument.keys.items():
        for language in instrument.languages:
            written = heading(instrument, question, language)
            assert headings.find(written) == (key, True)
            assert headings.find(f"  {written.upper()} ") == (key, True)
        assert headings.find(key) == (key, True)


@pytest.mark.parametrize(
    "title",
    [
        "trust.01",
        "TRUST.01",
        "Jeg vender svære sager, tidligt.",
        "Leaders talk hard cases through with me.",
        "Ik bespreek lastige  kwesties, vroeg.",
        "trust.01 · Jeg vender svære sager, tidligt.",
    ],
)
def test_headings_by_key_and_wording(engagement, write_csv, title):
    reading = read_answers(write_csv([[*HEADER[:4], title], [*ROW[:4], "4"]]), engagement)
    assert values(reading) == {"trust.01:agreement": "4"}


def test_a_key_with_older_words_is_read_and_said(engagement, write_csv):
    reading = read_answers(
        write_csv([[*HEADER[:4], "trust.01 · Gamle ord"], [*ROW[:4], "4"]]), engagement
    )
    assert any("were" not in note and "read as trust.01" in note for note in reading.notes)


@pytest.mark.parametrize(("word", "unit", "perspective"), [
    ("Nord", "north", "leader"), ("north", "north", "Personaleleder"), ("NORD", "north", "leidinggevende"),
    ("all", "all", "People leader"),
])  # fmt: skip
def test_names_of_units_and_perspectives(engagement, write_csv, word, unit, perspective):
    row = ["1", "Forår", word, perspective, "4"]
    reading = read_answers(
        write_csv([["Kode", "Måling", "Enhed", "Perspectief", "trust.01"], row]), engagement
    )
    assert reading.responses.people.iloc[0].tolist()[1:] == ["w1", unit, "leader", *[None] * 4]
    assert reading.codes == {"answers.csv row 2": "1"}


def test_everything_wrong_is_listed_at_once(engagement, write_csv):
    rows = [
        [*HEADER, "trust.3", "trust.01", ""],
        [*ROW, "", "", "x"],
        ["002", "w9", "Syd", "chef", "7", "3,5", "x", "æ", "", "", "", "beyond"],
        ["001", "w1", "north", "top", "4", "", "", ""],
        ["003", "w1", "", "leader", "", "", "", ""],
        ["004", "w1", "", "leader", "4", "", "", ""],
    ]
    with pytest.raises(AnswersError) as caught:
        read_answers(write_csv(rows), engagement)
    said = [str(problem) for problem in caught.value.problems]
    for part in (
        "row 1, column I: the heading “trust.3” is not known; did you mean trust.03",
        "row 1, column J: trust.01 stands twice, first in column E",
        "row 1, column K: the column has content and no heading",
        "row 3, column L: “beyond” stands beyond the last heading",
        "row 3, column B (wave): there is no wave “w9”; did you mean w",
        "row 3, column C (unit): the unit “Syd” may be south or south2",
        "row 3, column D (perspective): there is no perspective “chef”; use top (Topledelse / Top management / Topmanagement), leader (Personaleleder",
        "row 3, column E (trust.01): 7 is outside 1–5",
        "row 3, column F (trust.02): 3,5 is not",
        "row 3, column G (trust.03): “x” is none",
        "row 4, column A (code): the code 001 stands in row 2 already",
        "row 4, column E (trust.01): top is not asked this question (it is for leader, hr)",
        "row 5: has no answer to any question",
        "row 6, column C (unit): the unit is blank",
    ):
        assert sum(part in line for line in said) == 1, (part, said)
    assert len(said) == 14


@pytest.mark.parametrize("heading", ["trust.01", "trust.3", "Stol på", ""])
def test_a_row_is_not_blamed_for_a_column_that_was_refused(engagement, write_csv, heading):
    """Its only answer stands there; the list names the heading, and not the row."""
    rows = [
        ["code", "wave", "unit", "perspective", "trust.01", heading],
        ["001", "w1", "north", "leader", "", "4"],
        ["002", "w1", "north", "leader", "", ""],
    ]
    with pytest.raises(AnswersError) as caught:
        read_answers(write_csv(rows), engagement)
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == 2 and "row 1, column F" in said[0], said
    assert "row 3: has no answer to any question" in said[1]


def test_thousand_wrong_cells_are_a_thousand_problems(engagement, write_csv):
    rows = [[*HEADER[:4], "trust.02"]] + [[str(i), "w1", "north", "hr", "9"] for i in range(1000)]
    with pytest.raises(AnswersError) as caught:
        read_answers(write_csv(rows), engagement)
    assert len(caught.value.problems) == 1000


def test_same_code_in_two_waves_is_one_person_twice(engagement, write_csv):
    rows = [HEADER, ROW, ["001", "w2", *ROW[2:]]]
    assert read_answers(write_csv(rows), engagement).rows == 2


def test_empty_rows(engagement, write_csv):
    rows = [HEADER, ROW, [], ["", " "], ["002", *ROW[1:]], [], ["", ""]]
    reading = read_answers(write_csv(rows), engagement)
    assert reading.rows == 2
    assert "answers.csv: rows 3–4 are empty and were skipped." in reading.notes
    assert "answers.csv row 5" in set(reading.responses.people["respondent"])


def test_absent_columns(engagement, write_csv):
    with pytest.raises(AnswersError) as caught:
        read_answers(write_csv([["trust.02"], ["4"]]), engagement)
    assert [p.what for p in caught.value.problems] == [
        "has no column wave",
        "has no column unit",
        "has no column perspective",
    ]
    with pytest.raises(AnswersError, match="has no heading of a question"):
        read_answers(write_csv([HEADER[:4], ROW[:4]]), engagement)


def test_messages_hold_no_control_characters(engagement, write_csv):
    cell = "\x1b[31mred\x1b[0m\nnext"
    with pytest.raises(AnswersError) as caught:
        read_answers(write_csv([[*HEADER[:4], "trust.02"], [*ROW[:4], cell]]), engagement)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2


def test_numeric(engagement, write_csv):
    reading = read_answers(write_csv([HEADER, ROW]), engagement)
    table = numeric(reading.responses, engagement.instrument)
    assert table.columns.tolist() == ["respondent", "item", "facet", "value"]
    assert table["value"].dtype == float
    assert table["item"].tolist() == ["trust.01", "trust.02", "trust.03"]
    assert table["value"].tolist()[:2] == [4.0, 4.0]
    assert table["value"].isna().tolist() == [False, False, True]


def test_importing_the_wing_is_light():
    import subprocess
    import sys

    code = (
        "import sys, hrkit.answers, hrkit.answers.responses, hrkit.answers.readers.template,"
        " hrkit.answers.readers.mapping, hrkit.answers.writers.template;"
        "print([m for m in ('pandas','sqlalchemy','python_calamine','xlsxwriter') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
