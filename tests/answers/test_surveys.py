"""Exports of survey programs that asked the kit's questions: the same answers come back, from each."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrkit.answers.readers.mapped import read_mapped
from hrkit.answers.readers.surveys import tools
from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import Added, open_store
from hrkit.commands.map_columns import map_columns
from hrkit.commands.understood import understand
from hrkit.errors import AnswersError, HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.ballot import ballot

from .simulated import EXPORTS, Person, cell, columns, write_csv

ENGAGEMENT = """\
hrkit: 1
id: harbour
client: "Harbour"
consultant: {name: "C"}
language: en
languages: [en, da, nl]
instrument: partnership
units:
  - {id: all, name: "Harbour"}
  - {id: quay-north, name: "North quay", parent: all}
  - {id: sheds, name: "Sheds & cranes", parent: all}
waves:
  - {id: w1, name: {en: "Spring", da: "Forår", nl: "Voorjaar"}}
audience: {en: "The board", da: "Ledelsen", nl: "De directie"}
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    place = tmp_path_factory.mktemp("harbour")
    (place / "engagement.yml").write_text(ENGAGEMENT, encoding="utf-8")
    return engagements.load(place)


@pytest.fixture(scope="module")
def people(harbour):
    """One of each role: ratings, don't knows, not relevants, blanks, three of the list, own words."""
    draw, found = random.Random(7), []
    for n, who in enumerate(harbour.instrument.perspectives):
        given = {}
        for question in harbour.instrument.questions(who):
            scale = question.facet.scale
            if scale.kind == "pick":
                given[question.key] = ballot(
                    scale.options, draw.sample(scale.options, scale.exactly)
                )
            elif scale.kind == "text":
                given[question.key] = f'"Words", with; signs {{{n}}}\nand æøå – “quoted”'
            elif draw.random() < 0.9:
                values = [one.value for one in (*scale.choices, *scale.ways_out)]
                given[question.key] = draw.choice(values)
        found.append(Person(who, ("quay-north", "sheds")[n % 2], given, ("en", "da", "nl")[n % 3]))
    return found


def said(reading):
    """Role and unit of each person, and what they said; however the rows are called."""
    answers = reading.responses.answers
    found = []
    for who, unit, perspective in reading.responses.people[
        ["respondent", "unit", "perspective"]
    ].itertuples(index=False, name=None):
        mine = answers[answers["respondent"] == who]
        given = zip(mine["item"], mine["facet"], mine["value"], strict=True)
        found.append((perspective, unit, frozenset(given)))
    return found


def expected(engagement, people):
    keys = engagement.instrument.keys
    return [
        (
            person.perspective,
            person.unit,
            frozenset((keys[k].item.id, keys[k].facet.id, v) for k, v in person.given.items()),
        )
        for person in people
    ]


@pytest.mark.parametrize(("tool", "form"), EXPORTS)
def test_the_same_answers_come_back(harbour, people, tmp_path, tool, form):
    name, write = EXPORTS[tool, form]
    reading = read_answers(write(tmp_path / name, harbour, people), harbour)
    assert said(reading) == expected(harbour, people)
    assert any(f"was read as an export of {tool}" in note for note in reading.notes)


def test_the_table_of_programs_is_what_is_tested(harbour):
    """docs/importing.md lists what the tests read, and nothing else."""
    forms: dict[str, list[str]] = {}
    for tool, form in EXPORTS:
        forms.setdefault(tool, []).append(form)
    table = ["| program | read without a mapping |", "|---|---|"]
    table += [f"| {tool} | {' · '.join(all)} |" for tool, all in forms.items()]
    assert {tool.name for tool in tools()} == set(forms)
    docs = Path(__file__).parents[2] / "docs" / "importing.md"
    assert "\n".join(table) in docs.read_text("utf-8")


# --------------------------------------------------------------------------- what is said, and left


def rewritten(path, change):
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True)))
    change(rows)
    return write_csv(path, rows)


def test_a_vv_file_by_a_mapping_and_unfinished(harbour, tmp_path):
    """What stands for signs is read by a mapping too, and NULL says that somebody has not finished."""
    _, write = EXPORTS["LimeSurvey", "VV (tabs)"]
    words = '"{x}"\tand\nmore {newline}'
    path = write(tmp_path / "vv.txt", harbour, [Person("leader", "sheds", {"open.01": words})] * 2)
    path.write_text(
        path.read_text("utf-8-sig").replace("2026-11-02 09:00:00", "NULL", 1), encoding="utf-8"
    )
    reading = read_answers(path, harbour)
    assert list(reading.responses.answers["value"]) == [words] * 2
    assert any("not finished" in note for note in reading.notes)
    codes = path.read_text("utf-8").splitlines()[1].split("\t")
    code = next(one for one in codes if one.startswith("open01"))
    mapping = tmp_path / "m.yml"
    mapping.write_text(
        "instrument: partnership\nheader_rows: 2\nperspective: {value: leader}\nunit: {value: sheds}\n"
        f"answers: {{{code}: open.01}}\nignore: '*'\n"
        "blank: ['{question_not_shown}']\n",
        encoding="utf-8",
    )
    mapped = read_mapped(path, mapping, harbour)
    assert list(mapped.responses.answers["value"]) == [words] * 2


@pytest.fixture
def qualtrics(harbour, people, tmp_path):
    _, write = EXPORTS["Qualtrics", "CSV, three rows of headings, numbers"]
    return write(tmp_path / "q.csv", harbour, people)


def test_tests_and_spam_are_left_out_and_unfinished_sheets_taken(harbour, qualtrics):
    def change(rows):
        rows[3][2] = "1"  # a preview
        rows[4][2] = "8"  # spam
        rows[5][6], rows[5][4] = "0", "40"

    reading = read_answers(rewritten(qualtrics, change), harbour)
    assert reading.rows == 4
    notes = "\n".join(reading.notes)
    assert "column C (Status) says “1” in row 4: tests or previews; left out" in notes
    assert "says “8” in row 5: screened out, rejected or spam; left out" in notes
    assert "column G (Finished) says “0” in row 6: not finished; what is answered there" in notes


def test_times_and_addresses_are_said_and_stored_nowhere(harbour, qualtrics):
    reading = read_answers(qualtrics, harbour)
    notes = "\n".join(reading.notes)
    assert "times were not read and are not stored (StartDate" in notes
    assert "addresses, names and places were not read and are not stored (IPAddress" in notes
    kept = reading.responses.people.to_csv() + reading.responses.answers.to_csv()
    assert "10.0.0.1" not in kept and "2026-11-02" not in kept and "R_0000" not in kept


def test_a_column_that_asks_something_else_is_said(harbour, qualtrics):
    def change(rows):
        for n, row in enumerate(rows):
            row.append(
                ("Q99", "What is your shoe size?", '{"ImportId":"QID99"}')[n] if n < 3 else "42"
            )

    reading = read_answers(rewritten(qualtrics, change), harbour)
    assert any("left out: Q99." in note for note in reading.notes)


def test_a_question_in_other_words_is_refused(harbour, qualtrics):
    def change(rows):
        place = rows[0].index("trust01leader")
        rows[0][place] = "Q5"
        rows[1][place] = rows[1][place].replace("difficult", "hard")

    with pytest.raises(AnswersError, match=r"is nearly the question trust\.01 and not it"):
        read_answers(rewritten(qualtrics, change), harbour)


def test_answers_left_behind_in_another_branch_are_left_out(harbour, qualtrics):
    """Who goes back and changes the role leaves answers under the questions of the first."""

    def change(rows):
        leader = next(row for row in rows[3:] if row[rows[0].index("trust01leader")])
        leader[rows[0].index("trust01hr")] = "1"

    reading = read_answers(rewritten(qualtrics, change), harbour)
    assert any("under the questions for hr were left out" in note for note in reading.notes)


def test_a_survey_of_another_engagement_is_refused(harbour, qualtrics):
    def change(rows):
        for n, row in enumerate(rows):
            row.append("hrkit" if n < 2 else '{"ImportId":"x"}' if n == 2 else "acme")

    with pytest.raises(
        AnswersError, match="was collected for the engagement acme, and this is harbour"
    ):
        read_answers(rewritten(qualtrics, change), harbour)


def test_codes_without_a_known_program_are_enough(harbour, people, tmp_path):
    """An export stripped of the program's own columns still says what it asks."""
    asked = columns(harbour, split=False)
    rows = [[one.code for one in asked]]
    rows += [[cell(one, person, "letters") for one in asked] for person in people]
    assert said(read_answers(write_csv(tmp_path / "a.csv", rows), harbour)) == expected(
        harbour, people
    )


def test_a_data_dictionary_is_no_file_of_answers(harbour, tmp_path):
    rows = [
        ["Variable / Field Name", "Form Name", "Field Type", "Field Label"],
        ["trust01", "a", "radio", "x"],
    ]
    with pytest.raises(AnswersError, match="is a data dictionary and holds no answers"):
        read_answers(write_csv(tmp_path / "d.csv", rows), harbour)


# -------------------------------------------------------------------------------------- drafting


@pytest.mark.parametrize(
    "which",
    [
        ("LimeSurvey", "CSV, codes"),
        ("Microsoft Forms", "Excel"),
        ("KoBoToolbox", "ODK Central CSV"),
    ],
)
def test_a_drafted_mapping_reads_the_same(harbour, people, tmp_path, which):
    name, write = EXPORTS[which]
    path = write(tmp_path / name, harbour, people)
    made = map_columns(path, harbour.folder, output=tmp_path / "m.yml")
    assert made.problems == () and not made.unsure
    assert said(read_mapped(path, made.file, harbour)) == expected(harbour, people)
    with pytest.raises(HrkitError, match="--overwrite"):
        map_columns(path, harbour.folder, output=made.file)


def test_drafting_asks_one_question_at_most_and_says_what_it_does_not_know(harbour, tmp_path):
    instrument = harbour.instrument
    text = instrument.wording(instrument.items["across.05"], "leader", "da")
    near = instrument.wording(instrument.items["trust.06"], "leader", "en").replace(
        "plainly", "clearly"
    )
    rows = [["Mail", "Afdeling", f"3. {text}", near, "Note"],
            ["a@b.example", "North quay", "Enig", "Stimme zu", "x"],
            ["c@b.example", "Sheds & cranes", "Stimme zu", "Enig", "x"]]  # fmt: skip
    asked = []
    made = map_columns(
        write_csv(tmp_path / "a.csv", rows, ";"), harbour.folder, output=tmp_path / "m.yml",
        ask=lambda name, ids: asked.append(ids) or "leader",
    )  # fmt: skip
    text = made.file.read_text("utf-8")
    assert len(asked) == 1 and "leader" in asked[0]
    assert 'perspective: {value: "leader"}' in text and 'unit: {column: "Afdeling"}' in text
    assert any("nearly trust.06" in one for one in made.unsure)
    assert any("“Stimme zu”" in one for one in made.unsure)
    assert '  - "Mail"' in text and made.problems


def test_one_mapping_is_drafted_from_a_form_for_each_role(harbour, people, tmp_path):
    """What both say stands once; what an answer stands for is said once for both."""
    paths, asked = [], []
    for who in ("leader", "hr"):
        questions = [q for q in harbour.instrument.questions(who) if q.facet.scale.kind == "rating"]
        heads = [harbour.instrument.wording(q.item, who, "da") for q in questions]
        answers = ["Stimme zu", "4", *["2"] * (len(heads) - 2)]
        rows = [["Afdeling", *heads, "Tid"], ["North quay", *answers, "1/2"], ["Sheds & cranes", *["3"] * len(heads), "1/3"]]  # fmt: skip
        paths.append(write_csv(tmp_path / f"{who}.csv", rows, ";"))
    made = map_columns(
        paths, harbour.folder, output=tmp_path / "m.yml",
        ask=lambda name, ids: asked.append(name) or name.removesuffix(".csv"),
    )  # fmt: skip
    assert asked == ["leader.csv", "hr.csv"]
    assert any(one.startswith("hr.csv: unit: Afdeling") for one in made.sure)
    text = made.file.read_text("utf-8")
    assert text.count("instrument:") == text.count('"Stimme zu"') == text.count("unit:") == 1
    assert made.problems
    # Said once, it holds for both.
    said_once = text.replace('# values:\n#   "*":\n#     "Stimme zu": "?"', 'values:\n  "*": {"Stimme zu": "4", "4": "4", "2": "2", "3": "3"}')  # fmt: skip
    made.file.write_text(said_once, "utf-8")
    understood = understand(paths, harbour.folder, mapping=made.file)
    ((_, _, reading),) = understood.parts
    assert sorted(reading.responses.people["perspective"]) == ["hr", "hr", "leader", "leader"]
    # A file that it does not name is refused with those it names; what is wrong is told by its line.
    other = write_csv(tmp_path / "top.csv", [["Afdeling", "x"], ["North quay", "1"]], ";")
    with pytest.raises(AnswersError, match=r"m.yml line \d+, files: says nothing of top.csv"):
        understand(other, harbour.folder, mapping=made.file)
    none = said_once.partition("files:")[0] + "files: {}\n"
    made.file.write_text(none, "utf-8")
    with pytest.raises(AnswersError, match="does not say, by the name of each file"):
        understand(paths, harbour.folder, mapping=made.file)
    broken = said_once.replace(': "trust.01"', ': "trust.99"', 1)
    made.file.write_text(broken, "utf-8")
    line = 1 + broken[: broken.index("trust.99")].count("\n")
    with pytest.raises(AnswersError, match=f"line {line}, answers"):
        understand(paths, harbour.folder, mapping=made.file)


# --------------------------------------------------------------------------------------- fuzzing


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_export_is_taken_whole_or_refused_with_a_list(
    harbour, people, tmp_path_factory, data
):
    which = data.draw(
        st.sampled_from([k for k in EXPORTS if EXPORTS[k][0].endswith(("csv", "txt"))])
    )
    name, write = EXPORTS[which]
    path = write(tmp_path_factory.mktemp("fuzz") / name, harbour, people)
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 40))] = data.draw(
            st.sampled_from(
                [b"", b"\xff", b'"', b"\n", b";", b"\t", b"\x00", b"=1+1", b"7", "’".encode()]
            )
        )
    path.write_bytes(bytes(raw))
    try:
        reading = read_answers(path, harbour)
    except AnswersError as error:
        assert str(error).strip()
    else:
        assert reading.rows == len(reading.responses.people) <= len(people) + 6
        answers = reading.responses.answers
        assert not answers.duplicated(["respondent", "item", "facet"]).any()


@pytest.mark.parametrize(("tool", "form"), EXPORTS)
def test_the_same_people_twice(people, tmp_path, tool, form):
    """In one file they are named; in a grown one they are refused, with a way out."""
    name, write = EXPORTS[tool, form]
    (tmp_path / "engagement.yml").write_text(ENGAGEMENT, encoding="utf-8")
    harbour = engagements.load(tmp_path)
    old, grown = people[:4], [*people[:4], *people[4:]]
    twice = read_answers(write(tmp_path / name, harbour, [*old, old[1]]), harbour)
    assert any("exactly alike" in note for note in twice.notes), twice.notes
    with open_store(harbour) as store:
        store.add(read_answers(write(tmp_path / name, harbour, old), harbour))
        with pytest.raises(AnswersError, match="4 of 6 rows .*--doubles same"):
            store.add(read_answers(write(tmp_path / name, harbour, grown), harbour))
        assert store.add(
            read_answers(write(tmp_path / name, harbour, grown), harbour), doubles="same"
        ) == Added(2, 4, 0)


@pytest.mark.parametrize("heads", [
    ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"],
    ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging"],
    ["ID", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Navn", "Tidspunkt for seneste ændring"],
    ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Zeitpunkt der letzten Änderung"],
])  # fmt: skip
def test_microsoft_forms_in_the_language_of_whoever_exports(harbour, people, tmp_path, heads):
    """English and Dutch as scripts in public repositories read them; times as month/day/year."""
    asked = columns(harbour)
    own = ["1", "9/25/26 13:05:11", "9/25/26 13:11:42", "anonymous", "Kim Holm", "9/25/26 13:11:42"]
    rows = [[*own, *(cell(column, person, "labels") for column in asked)] for person in people[:2]]
    heads_of = [
        column.text + (f" - {column.option_label}" if column.option else "") for column in asked
    ]
    reading = read_answers(write_csv(tmp_path / "a.csv", [[*heads, *heads_of], *rows]), harbour)
    assert reading.rows == 2 and reading.codes == {}
    assert any("export of Microsoft Forms" in note for note in reading.notes)
    times = next(note for note in reading.notes if "times were not read" in note)
    assert all(head in times for head in (heads[1], heads[2], heads[5]))
    assert not any("ask nothing" in note for note in reading.notes), reading.notes
