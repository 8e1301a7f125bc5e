"""Exports of other programs: nothing is guessed, nothing left out in silence."""

from __future__ import annotations

import json

import pytest

from hrkit import kit
from hrkit.answers.readers import mapped
from hrkit.answers.readers.mapped import read_mapped
from hrkit.errors import AnswersError

HEADER = ["COMP", "SUB", "ROLE", "Q1", "Q2", "T", "EXTRA"]
ROWS = [
    HEADER,
    ["2", "01", "1", "4", "99", "hi", "x"],
    ["2", "02", "2", "NA", "5", "NA", "x"],
    ["3", "01", "1", "1", "1", "NA", "x"],
]
MAPPING = """\
instrument: small
respondent: [COMP, SUB]
organisation: COMP
wave: {value: w1}
perspective: {column: ROLE, values: {"1": leader, "2": hr}}
answers:
  Q1: trust.01
  Q2: trust.02
  T: open.good
dont_know: ["99"]
blank: ["NA"]
ignore: [EXTRA]
"""


def read_portfolio(path, mapping, engagement, **how):
    """Every organisation has the same engagement."""
    found = mapped.read_portfolio(
        path, mapping, lambda name: (name, engagement), [engagement], **how
    )
    return {name: reading for name, (_, reading) in found.items()}


@pytest.fixture
def mapping(tmp_path):
    def write(text=MAPPING):
        path = tmp_path / "mapping.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_portfolio(engagement, write_csv, mapping):
    found = read_portfolio(write_csv(ROWS), mapping(), engagement)
    assert list(found) == ["2", "3"]
    two = found["2"].responses
    assert two.people["perspective"].tolist() == ["leader", "hr"]
    assert two.people["unit"].tolist() == ["all", "all"]
    assert two.answers[["item", "value"]].to_numpy().tolist() == [
        ["trust.01", "4"],
        ["trust.02", "dk"],
        ["open.good", "hi"],
        ["trust.02", "5"],
    ]
    assert sorted(found["2"].codes.values()) == ["2 | 01", "2 | 02"]
    assert found["3"].rows == 1


def test_one_organisation(engagement, write_csv, mapping):
    text = MAPPING.replace("organisation: COMP\n", "")
    assert read_mapped(write_csv(ROWS), mapping(text), engagement).rows == 3
    with pytest.raises(AnswersError, match="several organisations"):
        read_mapped(write_csv(ROWS), mapping(), engagement)
    with pytest.raises(AnswersError, match="does not say which column is the organisation"):
        read_portfolio(write_csv(ROWS), mapping(text), engagement)


def test_na_is_an_answer_unless_the_mapping_says_otherwise(engagement, write_csv, mapping):
    text = MAPPING.replace('blank: ["NA"]\n', "")
    with pytest.raises(AnswersError) as caught:
        read_portfolio(write_csv(ROWS), mapping(text), engagement)
    assert [p.where for p in caught.value.problems] == ["answers.csv row 3, column D (trust.01)"]


def test_every_column_is_named(engagement, write_csv, mapping):
    with pytest.raises(AnswersError) as caught:
        read_portfolio(
            write_csv(ROWS), mapping(MAPPING.replace("ignore: [EXTRA]\n", "")), engagement
        )
    assert "column G: the column “EXTRA” is not in the mapping" in str(caught.value)
    text = MAPPING.replace("[EXTRA]", '"*"').replace("Q2:", "Q2x:")
    with pytest.raises(AnswersError) as caught:
        read_portfolio(write_csv(ROWS), mapping(text), engagement)
    assert "mapping.yml line 8, answers.Q2x: answers.csv has no column Q2x; did you mean Q2" in str(
        caught.value
    )
    found = read_portfolio(write_csv(ROWS), mapping(MAPPING.replace("[EXTRA]", '"*"')), engagement)
    assert found["2"].notes == (
        "answers.csv: left out, as the mapping says: EXTRA.",
        "answers.csv: 2 cells say “NA” (first: row 3, column D) and were read as blank, as the mapping says.",
    )


def test_recoding(engagement, write_csv, mapping):
    text = MAPPING + 'values: {"*": {"0": "1", "1": 2, "4": "5", "5": "5"}}\n'
    found = read_portfolio(write_csv(ROWS), mapping(text), engagement)
    assert found["3"].responses.answers["value"].tolist() == ["2", "2"]
    assert found["2"].responses.answers["value"].tolist() == ["5", "dk", "hi", "5"]
    text = MAPPING + 'values: {trust.01: {"4": "5"}}\n'
    with pytest.raises(AnswersError) as caught:
        read_portfolio(write_csv(ROWS), mapping(text), engagement)
    (problem,) = caught.value.problems
    assert problem.where == "answers.csv row 4, column D (trust.01)"
    assert problem.what == "“1” is not among the values of the mapping"


def test_rows_without_answers(engagement, write_csv, mapping):
    rows = [*ROWS, ["4", "01", "1", "NA", "", "NA", ""]]
    with pytest.raises(AnswersError, match="row 5: has no answer"):
        read_portfolio(write_csv(rows), mapping(), engagement)
    found = read_portfolio(write_csv(rows), mapping(MAPPING + "unanswered: skip\n"), engagement)
    assert list(found) == ["2", "3"]
    assert any("1 row without any answer was left" in note for note in found["2"].notes)


def test_partial_identity_and_doubles(engagement, write_csv, mapping):
    rows = [*ROWS, ["3", "01", "1", "1", "1", "", ""], ["3", "", "1", "1", "1", "", ""],
            ["", "", "1", "1", "", "", ""], ["3", "9", "7", "1", "", "", ""]]  # fmt: skip
    with pytest.raises(AnswersError) as caught:
        read_portfolio(write_csv(rows), mapping(), engagement)
    said = str(caught.value)
    for part in ("row 5, column A (code): the code 3 | 01 stands in row 4", "row 6, column A (code): only a part",
                 "row 7, column A: the organisation is blank", "row 8, column C (perspective): “7” is not among"):  # fmt: skip
        assert part in said


@pytest.mark.parametrize(("change", "said"), [
    (("instrument: small", "instrument: other"), "other is not the engagement's instrument"),
    (("Q1: trust.01", "Q1: trust.1"), "there is no question trust.1; did you mean trust.01"),
    (("Q2: trust.02", "Q2: {question: trust.02, parted: ';'}"), "trust.02 is no list to choose from"),
    (("Q2: trust.02", "Q2: {question: trust.02, perspective: chef}"), "chef is not asked trust.02"),
    (("perspective: {column: ROLE", "perspective: {other: hr, column: ROLE2, columns: {A: hr, B: leader}"), "perspective"),
    (("ignore: [EXTRA]", "ignore: [EXTRA]\nlabels: {da: {'*': {'Enig': 4}}}"), "no column says the language"),
    (("ignore: [EXTRA]", "ignore: [EXTRA]\nheader_rows: 0"), "header_rows"),
    (("value: w1", "value: w7"), "there is no wave “w7”"),
    (('"2": hr', '"2": chef'), "there is no perspective “chef”"),
    (("ignore: [EXTRA]", "ignore: [Q1]"), "Q1 is ignored and used"),
    (("ignore: [EXTRA]", "ignores: [Q1]"), "ignores is not known here"),
    (("perspective: {column: ROLE", "perspective: {colum: ROLE"), "colum is not known here"),
    (("wave: {value: w1}\n", ""), "wave is missing"),
    (('dont_know: ["99"]', 'values: {trust.01: {"9": "9"}}'), "9 is outside 1–5"),
    (('dont_know: ["99"]', 'values: {trust.03: {"9": "9"}}'), "trust.03 is not among the answers"),
    (("answers:", "ansers:"), "answers is missing"),
    (("  Q1: trust.01", "  SUB: trust.01"), "SUB is said to be two things"),
    ((MAPPING, ""), "is empty"),
    (("Q1: trust.01", "Q1: [a"), "is not YAML"),
])  # fmt: skip
def test_wrong_mappings(engagement, write_csv, mapping, change, said):
    assert change[0] in MAPPING
    with pytest.raises(AnswersError) as caught:
        read_portfolio(write_csv(ROWS), mapping(MAPPING.replace(*change)), engagement)
    assert said in str(caught.value)
    assert caught.value.summary == "The mapping mapping.yml cannot be used."


def test_encoding_and_delimiter(engagement, write_csv, mapping):
    rows = [HEADER, ["2", "01", "1", "4", "", "Žluť", ""]]
    text = MAPPING + "encoding: cp1250\ndelimiter: ';'\n"
    found = read_portfolio(
        write_csv(rows, encoding="cp1250", delimiter=";"), mapping(text), engagement
    )
    assert found["2"].responses.answers["value"].tolist() == ["4", "Žluť"]


def test_the_schema_is_one():
    from jsonschema import Draft202012Validator

    path = kit.templates() / "schemas" / "mapping.schema.json"
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
