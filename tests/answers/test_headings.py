"""What programs put around a statement or an option in a heading, in each language and for each role."""

from __future__ import annotations

import dataclasses

import pytest

from hrkit.answers.readers.surveys.columns import Columns
from hrkit.answers.readers.template import read_answers

from .simulated import cell, columns, write_csv
from .test_surveys import expected, harbour, people, said  # noqa: F401 (fixtures)

#: How grids are headed by Microsoft Forms, SurveyMonkey and Enalyzer, LimeSurvey, KoBo, a line break.
_GRIDS = {
    "point": "Hvor enig er du?.{}",
    "title": "Relationer og tillid.{}",
    "hyphen": "How far do you agree? - {}",
    "dash": "Relaties en vertrouwen – {}",
    "colon": "Hvor enig er du: {}",
    "bracket": "In hoeverre bent u het eens? [{}]",
    "slash": "Tillid/{}",
    "line": "Block A\n{}",
    "numbered": "12. Hvor enig? - {}",
    "again": "{}2",
    "pandas": "{}.1",
    "required": "{} *",
    "said so": "{} (Påkrævet)",
    "tags": '<p><span style="color:red">{}</span><br /></p>',
    "tagged grid": "<b>Tillid</b> &nbsp;- {}",
    "quoted": "“{}”",
}
_OPTIONS = ("{} - {}", "{} – {}", "{}: {}", "{}/{}", "{}.{}", "{} [{}]", "{} (choice={})",
            "{} - Selected Choice - {}")  # fmt: skip


@pytest.mark.parametrize("grid", _GRIDS)
def test_a_statement_is_found_in_a_grid(harbour, grid):  # noqa: F811
    found, instrument = Columns(harbour), harbour.instrument
    missed = []
    for key, question in instrument.keys.items():
        for who in question.item.ask:
            for language in instrument.languages:
                text = instrument.wording(question.item, who, language)
                meant = found.find((_GRIDS[grid].format(text),))
                if meant is None or meant.asked is None or meant.asked.key != key:
                    missed.append((key, who, language))
    assert missed == []


def test_a_statement_is_found_without_its_full_stop(harbour):  # noqa: F811
    found, instrument = Columns(harbour), harbour.instrument
    for key, question in instrument.keys.items():
        text = instrument.wording(question.item, question.item.ask[0], "da").rstrip(".")
        assert found.find((text,)).asked.key == key


@pytest.mark.parametrize("form", _OPTIONS)
def test_an_option_is_found_behind_its_question(harbour, form):  # noqa: F811
    """Danish and Dutch options hold hyphens: "HR-faglighed"."""
    found, instrument = Columns(harbour), harbour.instrument
    picks = {k: q for k, q in instrument.keys.items() if q.facet.scale.kind == "pick"}
    assert picks
    for key, question in picks.items():
        for who in question.item.ask:
            for language in instrument.languages:
                text = instrument.wording(question.item, who, language)
                for choice in question.facet.scale.choices:
                    meant = found.find((form.format(text, choice.label[language]),))
                    assert meant and meant.asked.key == f"{key}:{choice.value}"


@pytest.mark.parametrize("around", ["I do not think that {}", "{} – do you really think so?",
                                    "Not {}", "Why? {} because", "x{}"])  # fmt: skip
def test_a_sentence_around_a_statement_is_not_it(harbour, around):  # noqa: F811
    text = harbour.instrument.wording(harbour.instrument.items["trust.01"], "leader", "en")
    assert Columns(harbour).find((around.format(text),)) is None


_HEADS = {
    "Danish, as one wrote it in 2020": ["ID", "Starttidspunkt", "Færdiggørelsestidspunkt", "Mail", "Navn"],
    "German, as CSV": ["Id", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"],
    "French": ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom",
               "Heure de la dernière modification"],
    "Polish": ["ID", "Godzina rozpoczęcia", "Godzina ukończenia", "Adres e-mail", "Nazwa"],
    "Swedish": ["ID", "Starttid", "Slutförandetid", "E-post", "Namn"],
}  # fmt: skip
_TIMES = ("9/25/26 13:05:11", "25.09.2026 13:05", "2026-09-25 13:05:11", "25-09-2026 13.05.11")


@pytest.mark.parametrize("when", _TIMES)
@pytest.mark.parametrize("tongue", _HEADS)
def test_microsoft_forms_headed_in_any_language(harbour, people, tmp_path, tongue, when):  # noqa: F811
    heads = _HEADS[tongue]
    asked = columns(harbour)
    own = [when, when, "anonymous", "Kim Holm", when][: len(heads) - 1]
    rows = [
        [str(n), *own, *(cell(column, person, "labels") for column in asked)]
        for n, person in enumerate(people, 1)
    ]
    texts = [
        f"{column.text} - {column.option_label}" if column.option
        else f"Hvor enig er du?.{column.text}" if n % 2 and column.question else column.text
        for n, column in enumerate(asked)
    ]  # fmt: skip
    reading = read_answers(write_csv(tmp_path / "f.csv", [[*heads, *texts], *rows], ";"), harbour)
    assert said(reading) == expected(harbour, people)
    notes = "\n".join(reading.notes)
    assert "an export of Microsoft Forms" in notes and reading.codes == {}
    times = next(note for note in reading.notes if "times were not read" in note)
    assert all(head in times for head in (heads[1], heads[2], *heads[5:]))
    address = next(note for note in reading.notes if "addresses, names and places" in note)
    assert heads[3] in address and heads[4] in address
    kept = reading.responses.people.to_csv() + reading.responses.answers.to_csv()
    assert "Kim Holm" not in kept


def test_points_and_times_of_a_statement_are_not_its_answers(harbour, people, tmp_path):  # noqa: F811
    asked = columns(harbour)
    heads = ["ID", "Start time", "Completion time", "Email", "Name"]
    own = [_TIMES[0], _TIMES[0], "anonymous", ""]
    texts = [f"{c.text} - {c.option_label}" if c.option else c.text for c in asked]
    texts += [f"Points - {c.text}" for c in asked] + [f"Feedback - {c.text}" for c in asked]
    rows = [
        [str(n), *own, *(cell(c, p, "labels") for c in asked), *["4"] * len(asked), *[""] * len(asked)]
        for n, p in enumerate(people, 1)
    ]  # fmt: skip
    reading = read_answers(write_csv(tmp_path / "f.csv", [[*heads, *texts], *rows]), harbour)
    assert said(reading) == expected(harbour, people)


@pytest.mark.parametrize("who", ["leader", "employee", "top"])
def test_a_form_for_one_role_lacks_nothing_that_others_are_asked(harbour, people, tmp_path, who):  # noqa: F811
    instrument = harbour.instrument
    asked = [c for c in columns(harbour) if not c.question or who in c.question.item.ask]
    heads = ["ID", "Start time", "Completion time", "Email", "Name"]
    own = ["1", _TIMES[0], _TIMES[0], "anonymous", ""]
    texts = [f"{c.text} - {c.option_label}" if c.option else c.text for c in asked]
    person = next(one for one in people if one.perspective == who)
    row = [*own, *(cell(c, person, "labels") for c in asked)]
    reading = read_answers(write_csv(tmp_path / "f.csv", [[*heads, *texts], row]), harbour)
    assert not any("has no column" in note for note in reading.notes), reading.notes
    lost = next(c for c in asked if c.question and not c.option)
    place = asked.index(lost) + len(own)
    rows = [[*heads, *texts], row]
    rows = [line[:place] + line[place + 1 :] for line in rows]
    reading = read_answers(write_csv(tmp_path / "f.csv", rows), harbour)
    key = lost.question.key
    assert key in instrument.keys
    assert any(note == f"f.csv has no column for {key}." for note in reading.notes), reading.notes


def test_a_folder_in_which_nothing_was_saved_by_a_form(harbour, tmp_path):  # noqa: F811
    from hrkit.answers.readers.returned import read_returned
    from hrkit.errors import AnswersError

    (tmp_path / "notes.md").write_text("x")
    with pytest.raises(AnswersError, match=r"ends with \.hrkit\.json in [^ ]+$"):
        read_returned(tmp_path, harbour)


@pytest.mark.parametrize("around", ["{}", "{} *", "<p>{}</p>", "2. {}", "{} (required)", "“{}”"])
def test_questions_about_the_person_are_found_alike(harbour, around):  # noqa: F811
    found = Columns(harbour)
    for language in harbour.languages:
        said = harbour.words(language)
        for key, name in (("role", "perspective"), ("unit", "unit")):
            meant = found.find((around.format(said(f"forms.ui.{key}")),))
            assert meant and meant.person == name, (language, key)


def test_answers_above_the_headings_are_nobodys_headings(harbour, tmp_path):  # noqa: F811
    """Sorted with everything else, the headings stand below somebody: refused, and not left out unseen."""
    from hrkit.errors import AnswersError

    codes = [f"trust.{n:02}" for n in (1, 2, 3, 5)]
    heads = ["wave", "unit", "perspective", *codes]
    person = ["w1", "sheds", "leader", "4", "5", "2", "1"]
    path = write_csv(tmp_path / "a.csv", [person, heads, [*person[:3], "1", "2", "3", "4"]])
    with pytest.raises(AnswersError, match="row 1"):
        read_answers(path, harbour)
    # A row of titles, or of numbers of questions, is no person.
    for above in (
        ["", "", "About you", "Trust", "", "", ""],
        ["1", "2", "3", "41", "42", "43", "44"],
    ):
        path = write_csv(tmp_path / "a.csv", [above, heads, person])
        try:
            assert read_answers(path, harbour).rows == 1
        except AnswersError as error:
            assert "row 1" in str(error)


def test_a_finder_is_an_engagements_own_however_often_it_is_asked_for(engagement):
    other = dataclasses.replace(engagement)
    first = Columns.of(engagement)
    assert Columns.of(engagement) is first
    assert Columns.of(other) is not first
    assert Columns.of(engagement) is not first  # one is kept, not all there ever were
