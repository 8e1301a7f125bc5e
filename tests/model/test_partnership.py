"""The core instrument: acts instead of verdicts, and the advice that goes with it."""

from __future__ import annotations

from hrkit.model import instrument_file as instruments
from hrkit.model.editions import as_asked
from hrkit.model.languages import codes
from hrkit.model.terms import kit_terms
from hrkit.report.action_files import kit_library
from hrkit.report.actions import HORIZONS

IT = instruments.load("partnership")
FIRST = instruments.load("partnership-1")
FOUND = kit_library("partnership")
assert FOUND is not None
ACTIONS = FOUND.actions


def test_nine_dimensions_of_five_statements() -> None:
    assert [s.id for s in IT.dimensions] == [s.id for s in FIRST.dimensions]
    assert all(len(section.scored) == 5 for section in IT.dimensions)


def test_an_act_that_has_a_frequency_is_rated_by_it_and_counts() -> None:
    often = [i.id for s in IT.dimensions for i in s.scored if s.scoring(i) == IT.facets["often"]]
    assert 20 <= len(often) <= 30
    for section in IT.dimensions:
        assert {scale.id for scale in section.score_scales} <= {"agreement", "frequency"}


def test_a_turned_statement_has_a_label_and_most_dimensions_have_one() -> None:
    turned = [(s.id, i) for s in IT.dimensions for i in s.scored if i.reversed]
    assert len({id for id, _ in turned}) == 9
    for _, item in turned:
        assert item.label is not None and not item.marked
        for language in codes():
            label = IT.label(item, language)
            assert label == item.label[language]
            assert label not in {IT.wording(item, p, language) for p in item.ask}


def test_two_strands_at_every_level_each_said_once() -> None:
    for section in IT.dimensions:
        assert len(section.strands) == 2
        for language in codes():
            said = [strand[language] for row in section.grid for strand in row.strands]
            assert len(said) == 10 and len(set(said)) == 10
            assert all(
                row.text[language].startswith(row.strands[0][language]) for row in section.grid
            )


def test_who_has_a_score_where() -> None:
    counted = {s.id: {p: len(IT.counted(s, p)) for p in IT.perspectives} for s in IT.dimensions}
    assert all(n == 0 or n >= 3 for by in counted.values() for n in by.values())
    assert all(by["leader"] >= 3 for by in counted.values())
    # HR is not in the room where leaders talk with their own leader.
    assert [id for id, by in counted.items() if not by["hr"]] == ["chain"]
    assert counted["leadership"]["employee"] == 3 and counted["renewal"]["top"] == 3
    for section in IT.dimensions:
        if section.id != "chain":
            sides = [[i.id for i in IT.counted(section, side)] for side in IT.sides]
            assert sides[0] == sides[1]


def test_nobody_is_asked_for_more_than_twelve_minutes() -> None:
    # Eight seconds a rating and forty an open question are usual; our judgement.
    for perspective in IT.perspectives:
        asked = list(IT.questions(perspective))
        seconds = sum(40 if q.facet.scale.kind == "text" else 8 for q in asked)
        assert seconds <= 12 * 60


def test_every_statement_can_be_advised_on_at_every_step() -> None:
    scored = {i.id for s in IT.dimensions for i in s.items}
    free = [a for a in ACTIONS if not (a.needs or a.sector or a.country)]
    assert all(set(a.items) <= scored for a in ACTIONS)
    worked_on = {(item, a.step) for a in free for item in a.items}
    assert {(item, step) for item in scored for step in (2, 3, 4, 5)} <= worked_on
    for section in IT.dimensions:
        for step in (2, 3, 4, 5):
            found = {a.horizon for a in free if (a.dimension, a.step) == (section.id, step)}
            assert found == set(HORIZONS)


def test_what_an_action_needs_is_a_statement_both_sides_answer() -> None:
    both = {i.id for s in IT.dimensions for i in s.scored if set(IT.sides) <= set(i.ask)}
    assert {id for a in ACTIONS for id, _ in a.needs} <= both
    assert len({a.id for a in ACTIONS}) == len(ACTIONS) > 380


def test_a_wave_is_finished_with_the_edition_it_was_begun_with() -> None:
    for version in ("1.0.0", "1.1.0"):
        then = as_asked(IT, version, kit_terms())
        assert then.edition == 1 and set(then.items) == set(FIRST.items)
    assert as_asked(IT, IT.version, kit_terms()) is IT
    rated = as_asked(IT, "2.0.0", kit_terms())  # importance was rated before it was chosen
    assert rated.version == "2.0.0" and "trust.importance" in rated.items
    statements = [[i.id for s in it.dimensions for i in s.items] for it in (rated, IT)]
    assert statements[0] == statements[1]
    assert as_asked(FIRST, FIRST.version, kit_terms()) is FIRST


def test_nobody_reads_words_from_the_other_chair() -> None:
    theirs = {
        "hr": {"en": "my HR partner", "da": "min HR-partner", "nl": "mijn HR-partner"},
        "leader": {"en": "us in HR", "da": "os i HR", "nl": "ons bij HR"},
    }
    for perspective, phrases in theirs.items():
        for item in IT.items.values():
            if perspective in item.ask:
                for language in codes():
                    said = IT.wording(item, perspective, language)
                    assert phrases[language].lower() not in said.lower(), f"{item.id}: {said}"


def test_sources_of_statements_are_the_texts_not_field_practice() -> None:
    for section in IT.dimensions:
        for item in section.items:
            assert set(item.source.refs) <= {"S0", "S1", "S2", "S3", "S4"}
            assert item.source.idea


def test_three_open_questions() -> None:
    questions = [q for q in IT.questions() if q.facet.scale.kind == "text"]
    assert [q.key for q in questions] == ["open.01", "open.02", "open.03"]
    assert "employee" not in questions[2].item.ask
