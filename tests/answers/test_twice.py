"""Who answers twice under one code: refused until somebody says which counts, then said row by row."""

from __future__ import annotations

import csv

import pytest

from hrkit.answers.files.table import CellRow, CellTable
from hrkit.answers.readers.mapped import read_mapped
from hrkit.answers.readers.template import read_answers
from hrkit.answers.readers.twice import in_order
from hrkit.commands.check import check
from hrkit.commands.import_answers import import_answers
from hrkit.errors import AnswersError, HrkitError
from hrkit.model import engagement_file as engagements

from .sample import HEADER, dump
from .simulated import EXPORTS, Person
from .simulated import write_csv as write
from .test_surveys import ENGAGEMENT as HARBOUR

ISO = ("2026-11-25 09:00:00", "2026-10-24 09:00:00")
AMERICAN = ("11/25/2026 09:00:00 AM", "11/24/2026 09:00:00 AM")
ROWS = [
    ["k1", "w1", "north", "leader", "4", "4", "4", ""],
    ["k2", "w1", "north", "hr", "5", "5", "5", "Words"],
    ["K-1", "w1", "north", "leader", "2", "", "2", ""],
    ["k1", "w2", "north", "leader", "1", "1", "1", ""],
    ["k1", "w1", "south", "leader", "3", "3", "3", ""],
]


@pytest.fixture
def harbour(tmp_path):
    (tmp_path / "engagement.yml").write_text(HARBOUR, encoding="utf-8")
    return engagements.load(tmp_path)


def test_nothing_is_taken_while_nobody_says_which_counts(engagement, write_csv):
    path = write_csv([HEADER, *ROWS[:2], ROWS[4]])
    before = dump(engagement) if (engagement.folder / "answers.sqlite").exists() else None
    with pytest.raises(AnswersError) as caught:
        import_answers(path, engagement.folder)
    (problem,) = caught.value.problems
    assert problem.where == "answers.csv row 4, column A (code)"
    assert "stands in row 2 already" in str(problem) and "--twice last (or first)" in str(problem)
    assert before is None and not (engagement.folder / "answers.sqlite").exists()
    with pytest.raises(AnswersError, match="last or first counts, not 'both'"):
        import_answers(path, engagement.folder, twice="both")


@pytest.mark.parametrize(("twice", "counts"), [("last", "3"), ("first", "4")])
def test_one_row_of_a_code_counts_and_the_others_are_said(engagement, write_csv, twice, counts):
    rows = [row for row in ROWS if row[0] != "K-1"]  # another code: a sign is a sign
    path = write_csv([HEADER, *rows])
    assert not check(path, engagement.folder, twice=twice).problems
    assert check(path, engagement.folder).problems
    done = import_answers(path, engagement.folder, twice=twice)
    (part,) = done.parts
    assert (part.rows, part.added.new) == (3, 3)
    (told,) = (note for note in done.notes if "one code" in note)
    kept, left = ("row 5", "row 2") if twice == "last" else ("row 2", "row 5")
    assert f"{kept} (3 answers) and {left} (3 answers) have one code" in told
    assert f"the {twice} counts, by their order" in told
    assert "another unit or perspective" in told and "k1" not in told
    reading = read_answers(path, engagement, twice=twice)
    mine = reading.responses.answers
    rows = reading.responses.people
    (who,) = rows[(rows["perspective"] == "leader") & (rows["wave"] == "w1")]["respondent"]
    assert set(mine[mine["respondent"] == who]["value"]) == {counts}
    # The same file with the same word changes nothing; the code is one person's from now on.
    again = import_answers(path, engagement.folder, twice=twice)
    assert (again.parts[0].added.new, again.parts[0].added.same) == (0, 3)


def test_a_code_that_stands_three_times(engagement, write_csv):
    rows = [["k1", "w1", "north", "leader", str(n), "", "", ""] for n in (1, 2, 3)]
    for twice, value in (("last", "3"), ("first", "1")):
        reading = read_answers(write_csv([HEADER, *rows]), engagement, twice=twice)
        assert list(reading.responses.answers["value"]) == [value] and reading.rows == 1
        assert list(reading.codes.values()) == ["k1"]


def test_a_mapping_says_it_for_itself(engagement, write_csv, tmp_path):
    heads = ["who", "role", "a"]
    path = write_csv([heads, ["k1", "leader", "4"], ["k1", "leader", "2"]])
    mapping = tmp_path / "m.yml"
    lines = ["instrument: small", "respondent: who", "wave: {value: w1}", "unit: {value: north}",
             "perspective: {column: role}", "answers: {a: trust.01}"]  # fmt: skip
    mapping.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(AnswersError, match="--twice"):
        read_mapped(path, mapping, engagement)
    mapping.write_text("\n".join([*lines, "twice: last"]), encoding="utf-8")
    assert list(read_mapped(path, mapping, engagement).responses.answers["value"]) == ["2"]
    first = read_mapped(path, mapping, engagement, twice="first")
    assert list(first.responses.answers["value"]) == ["4"]
    mapping.write_text("\n".join([*lines, "twice: newest"]), encoding="utf-8")
    with pytest.raises(HrkitError, match=r"line 7.*twice"):
        read_mapped(path, mapping, engagement)


def test_sheets_of_one_file(engagement, folder):
    """A leader who filled in the sheet of HR too: one person, where somebody says so."""
    import openpyxl

    from hrkit.commands.template import template

    template(folder)
    path = folder / "answers.xlsx"
    book = openpyxl.load_workbook(path)
    for name in book.sheetnames[1:3]:
        sheet = book[name]
        heads = [str(cell.value) for cell in sheet[1]]
        place = {head.split(" ")[0]: n for n, head in enumerate(heads, 1)}
        sheet.cell(2, 1 + next(i for i, h in enumerate(heads) if "ode" in h), "k1")
        sheet.cell(2, place["trust.02"], 4)
        for n, head in enumerate(heads, 1):
            if head.startswith(("Unit", "Enhed", "Afdeling")):
                sheet.cell(2, n, "Nord")
            if head.startswith(("Runde", "Måling", "Wave", "Round")):
                sheet.cell(2, n, "w1")
    book.save(path)
    with pytest.raises(AnswersError, match="--twice"):
        read_answers(path, engagement)
    reading = read_answers(path, engagement, twice="last")
    assert reading.rows == 1 and any("the last counts" in note for note in reading.notes)


# ------------------------------------------------------------------------------- which came last


def table(*cells):
    rows = tuple(CellRow(n, (text,)) for n, text in enumerate(cells, 2))
    return CellTable("a.csv", CellRow(1, ("when",)), rows)


@pytest.mark.parametrize(
    ("cells", "order", "timed"),
    [
        (["2026-11-03 09:00:00", "2026-11-02 10:00:00"], [3, 2], True),
        (["2026-11-02T10:00:00.123+01:00", "2026-11-02T09:59:59Z"], [3, 2], True),
        (["11/25/2026 09:00:00 AM", "11/25/2026 08:00:00 PM"], [2, 3], True),
        (["11/25/2026 12:30:00 AM", "11/24/2026 12:30:00 PM"], [3, 2], True),
        (["25-11-2026 09:09", "24-11-2026 10:09"], [3, 2], True),
        (["2026/11/02 9:00:00 PM GMT+1", "2026/11/02 9:00:00 AM GMT+1"], [3, 2], True),
        # May 4th, or April 5th: both before June; but who says which of the two came first?
        (["04/05/2026 09:00:00", "05/04/2026 09:00:00"], [2, 3], False),
        (["06/05/2026 10:00", "06/05/2026 09:00"], [3, 2], True),
        (["2026-11-02 09:00:00", ""], [2, 3], False),
        (["2026-11-02 09:00:00", "2026-11-02 09:00:00"], [2, 3], False),
        (["540", "61"], [2, 3], False),
    ],
)
def test_the_order_of_times(cells, order, timed):
    assert in_order(table(*cells), [0], [2, 3]) == (order, timed)


@pytest.mark.parametrize(
    ("tool", "form", "when", "moments"),
    [
        ("Qualtrics", "CSV, three rows of headings, numbers", "EndDate", ISO),
        ("LimeSurvey", "CSV, codes", "submitdate", ISO),
        ("SurveyMonkey", "CSV, numbers", "End Date", AMERICAN),
        ("REDCap", "raw", "survey_timestamp", ISO),
    ],
)
def test_an_export_that_lists_the_newest_first(harbour, tmp_path, tool, form, when, moments):
    """What came last is told by the program's own times, not by where the row stands."""
    name, export = EXPORTS[tool, form]
    newest, oldest = (
        Person("leader", "sheds", {"trust.01": "4", "open.01": words}) for words in ("New", "Old")
    )
    path = export(tmp_path / name, harbour, [newest, oldest])
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True)))
    lines = len(rows) - 2
    place = rows[0].index(when)
    for row, moment in zip(rows[lines:], moments, strict=True):
        for column, text in enumerate(row):
            if text.startswith(("2026-11-", "11/02/2026")):
                row[column] = moments[1]
        row[place] = moment
    for n, row in enumerate(rows):
        row.append("code" if n < lines else "k1")
    write(path, rows)
    with pytest.raises(AnswersError, match="--twice"):
        read_answers(path, harbour)
    for twice, word in (("last", "New"), ("first", "Old")):
        reading = read_answers(path, harbour, twice=twice)
        answers = reading.responses.answers
        assert list(answers[answers["item"] == "open.01"]["value"]) == [word]
        assert any("by the times in the file" in note for note in reading.notes)


def test_what_is_said_names_ten_codes(engagement, write_csv):
    rows = [[f"k{n}", "w1", "north", "leader", "4", "", "", ""] for n in range(12)]
    reading = read_answers(write_csv([HEADER, *rows, *rows]), engagement, twice="first")
    told = [note for note in reading.notes if "one code" in note]
    assert len(told) == 10 and reading.rows == 12
    assert any("so it is with 2 further codes" in note for note in reading.notes)


def test_a_row_that_does_not_count_is_in_no_digest(engagement, write_csv):
    """Taken with the word, or without the row: the same file."""
    both = read_answers(write_csv([HEADER, ROWS[0], ROWS[4]]), engagement, twice="last")
    one = read_answers(write_csv([HEADER, ROWS[4]]), engagement)
    assert both.digest == one.digest and both.rows == one.rows == 1
