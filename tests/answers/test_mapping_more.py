"""What a mapping can say of files that are not one heading a question and one row a person."""

from __future__ import annotations

import pytest

from hrkit.answers.readers.mapped import read_mapped
from hrkit.errors import AnswersError

HEAD = "instrument: small\nwave: {value: w1}\n"


@pytest.fixture
def read(engagement, write_csv, tmp_path):
    """Reads rows by a mapping; gives the reading and its answers by row, item and value."""

    def run(rows, text):
        mapping = tmp_path / "m.yml"
        mapping.write_text(HEAD + text, encoding="utf-8")
        reading = read_mapped(write_csv(rows), mapping, engagement)
        columns = reading.responses.answers[["respondent", "item", "value"]]
        return reading, [
            (int(who.rpartition(" ")[2]), item, value)
            for who, item, value in columns.itertuples(index=False, name=None)
        ]

    return run


def test_rows_of_headings_and_rows_above_them(read):
    rows = [
        ["Exported by N.N.", "", ""],
        ["Role", "Trust", ""],
        ["", "first", "second"],
        ["leader", "4", "5"],
    ]
    text = 'skip: 1\nheader_rows: 2\nperspective: {column: Role}\nanswers: {"Trust – first": trust.01, second: trust.02}\n'
    _, answers = read(rows, text)
    assert answers == [(4, "trust.01", "4"), (4, "trust.02", "5")]


def test_rows_are_kept_and_dropped_by_what_a_column_says(read):
    rows = [
        ["Done", "State", "Q"],
        ["yes", "ok", "1"],
        ["no", "ok", "2"],
        ["yes", "Test", "3"],
        ["yes", "", "4"],
    ]
    text = 'perspective: {value: hr}\nkeep: {Done: ["yes"]}\ndrop: {State: ["test", ""]}\nanswers: {Q: trust.01}\n'
    reading, answers = read(rows, text)
    assert answers == [(2, "trust.01", "1")]
    said = "\n".join(reading.notes)
    assert "row 3 left out, as the mapping says: Done says “no”" in said
    assert "row 5 left out, as the mapping says: State says nothing" in said


BRANCH = [
    ["Role", "I talk hard cases through, early.", "Leaders talk hard cases through with me."],
    ["leader", "4", ""],
    ["hr", "", "2"],
]


@pytest.mark.parametrize(
    "answers",
    [
        '  "I talk hard cases through, early.": trust.01\n  "Leaders talk hard cases through with me.": trust.01\n',
        "  column B: {question: trust.01, perspective: leader}\n  column C: {question: trust.01, perspective: hr}\n",
    ],
)
def test_a_form_that_branches_has_several_columns_for_one_question(read, answers):
    text = f"perspective: {{column: Role}}\nanswers:\n{answers}"
    assert read(BRANCH, text)[1] == [(2, "trust.01", "4"), (3, "trust.01", "2")]
    reading, found = read([*BRANCH, ["hr", "5", "3"]], text)
    assert found[-1] == (4, "trust.01", "3")
    assert any("under the questions for leader were left out" in note for note in reading.notes)
    with pytest.raises(AnswersError, match="has answers only under the questions for leader"):
        read([*BRANCH, ["hr", "5", ""]], text)


def test_two_columns_of_one_question_in_one_row_are_a_problem(read):
    rows = [["A", "B", "C"], ["4", "", "one"], ["4", "4", "two"]]
    text = "perspective: {value: hr}\nanswers: {A: trust.01, B: trust.01, C: open.good}\n"
    with pytest.raises(AnswersError, match=r"row 3: two columns answer trust\.01, with 4 and 4"):
        read(rows, text)


def test_words_from_several_columns_are_put_together(read):
    rows = [["Q", "Good", "Other"], ["4", "Talks", "and time"]]
    text = "perspective: {value: hr}\nanswers: {Q: trust.01, Good: open.good, Other: open.good}\n"
    assert read(rows, text)[1][-1] == (2, "open.good", "Talks\nand time")


def test_a_role_in_columns_of_its_own(read):
    rows = [["L", "H", "Q"], ["1", "0", "4"], ["", "x", "5"]]
    text = "perspective: {columns: {L: leader, H: hr}}\nanswers: {Q: trust.01}\n"
    reading, _ = read(rows, text)
    assert reading.responses.people["perspective"].tolist() == ["leader", "hr"]
    with pytest.raises(AnswersError) as caught:
        read([*rows, ["1", "1", "3"], ["0", "", "3"], ["?", "", "3"]], text)
    said = str(caught.value)
    assert "the perspective is more than one: leader, hr" in said
    assert "no perspective is chosen" in said and "says neither" in said


def test_headings_that_stand_twice_are_told_apart(read):
    rows = [["Q", "Q", ""], ["4", "5", "word"]]
    text = 'perspective: {value: hr}\nanswers: {"Q #2": trust.01, "column C": open.good}\nignore: ["Q #1"]\n'
    assert read(rows, text)[1] == [(2, "trust.01", "5"), (2, "open.good", "word")]
    with pytest.raises(
        AnswersError, match=r"the heading Q stands twice; say which is meant: “Q #1”"
    ):
        read(rows, 'perspective: {value: hr}\nanswers: {Q: trust.01}\nignore: "*"\n')


LONG = [
    ["Who", "Role", "Item", "Value"],
    ["a", "leader", "Q1", "4"],
    ["b", "hr", "Q1", "2"],
    ["a", "leader", "Q2", "Agree"],
]
LONG_TEXT = (
    "respondent: Who\nperspective: {column: Role}\nlong: {question: Item, answer: Value}\n"
    "answers: {Q1: trust.01, Q2: trust.02}\n"
)


def test_a_row_for_each_answer(read):
    reading, answers = read(LONG, LONG_TEXT)
    assert reading.rows == 2 and sorted(reading.codes.values()) == ["a", "b"]
    assert answers == [(2, "trust.01", "4"), (2, "trust.02", "4"), (3, "trust.01", "2")]
    with pytest.raises(AnswersError, match="row 5, column D"):
        read([*LONG, ["b", "hr", "Q2", "Perhaps"]], LONG_TEXT)
    with pytest.raises(AnswersError, match="row 5: answers Q1 a second time, after row 2"):
        read([*LONG, ["a", "leader", "Q1", "5"]], LONG_TEXT)
    with pytest.raises(AnswersError, match="is not what row 2 says of the same person"):
        read([*LONG, ["a", "hr", "Q3", "5"]], LONG_TEXT)
    # Two people without a code are not one person.
    nobodys = [["", "hr", "Q1", "1"], [" ", "hr", "Q2", "5"]]
    with pytest.raises(AnswersError, match="column A: does not say whose answer this is") as told:
        read([*LONG, *nobodys], LONG_TEXT)
    assert len(told.value.problems) == 2


def test_labels_of_each_language_and_all_other_units(read):
    rows = [["Lang", "Unit", "Q"], ["da", "North", "Ja"], ["nl", "Elsewhere", "Ja"]]
    text = (
        "perspective: {value: hr}\nlanguage: {column: Lang}\n"
        "unit: {column: Unit, values: {North: north}, other: all}\n"
        'answers: {Q: trust.01}\nlabels: {da: {"*": {Ja: 5}}, nl: {"*": {Ja: 4}}}\n'
    )
    reading, answers = read(rows, text)
    assert [value for *_, value in answers] == ["5", "4"]
    assert reading.responses.people["unit"].tolist() == ["north", "all"]
    assert any("“Elsewhere” was read as all" in note for note in reading.notes)


@pytest.mark.parametrize(("cell", "found"), [
    ("Chosen one; second, with a comma", {"a", "b"}), ("1", {"a"}), ("a b", {"a", "b"}),
    ("Chosen one, Second, with a comma", {"a", "b"}), ("Chosen one; my own", None),
])  # fmt: skip
def test_options_in_one_cell(cell, found):
    from hrkit.answers.readers.several import options_in
    from hrkit.model.instrument import Choice, Scale

    label = ("Chosen one", "Second, with a comma", "Third")
    choices = (Choice(v, {"en": t}) for v, t in zip("abc", label, strict=True))
    scale = Scale("s", "pick", tuple(choices), exactly=2)
    got = options_in(scale, cell)
    assert (got[0] if found else None) == (frozenset(found) if found else None)
    if found is None:
        assert "my own" in got.what
        assert options_in(scale, cell, others=True) == (frozenset("a"), (" my own",))


def test_a_blank_row_above_answers_is_no_heading(read):
    """One question of a form that branches: who is asked another stands first."""
    rows = [["Role", "For HR"], ["leader", ""], ["hr", "4"]]
    text = 'perspective: {column: Role}\nanswers: {"For HR": trust.02}\nunanswered: skip\n'
    reading, answers = read(rows, text)
    assert answers == [(3, "trust.02", "4")]
    assert any("1 row without any answer" in note for note in reading.notes)
