"""The library of actions: for every dimension and step something to do, in three languages."""

from __future__ import annotations

import re
from collections import Counter

from hrkit.kit import templates
from hrkit.model import instrument_file as instruments
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.model.yamlfile import read_yaml
from hrkit.report.actions import HORIZONS, kit_library

IT = instruments.load("partnership")
FOUND = kit_library("partnership")
assert FOUND is not None
ACTIONS = FOUND.actions


def test_four_actions_for_each_step_of_each_dimension() -> None:
    count = Counter((action.dimension, action.step) for action in ACTIONS)
    assert set(count) == {(section.id, step) for section in IT.dimensions for step in (2, 3, 4, 5)}
    assert min(count.values()) >= 4


def test_ids_are_stable_and_stand_once() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(rf"{a.dimension}\.a\d\d", a.id) for a in ACTIONS)
    assert not set(ids) & set(IT.items)


def test_an_action_works_on_statements_of_its_dimension() -> None:
    for action in ACTIONS:
        section = next(s for s in IT.dimensions if s.id == action.dimension)
        assert action.items
        assert set(action.items) <= {item.id for item in section.items}
        assert len(set(action.items)) == len(action.items)


def test_every_statement_has_an_action_at_every_step() -> None:
    worked_on = {(item, action.step) for action in ACTIONS for item in action.items}
    missing = [
        (item.id, step)
        for section in IT.dimensions
        for item in section.items
        for step in (2, 3, 4, 5)
        if (item.id, step) not in worked_on
    ]
    assert missing == []


def test_owners_are_perspectives_or_the_pair() -> None:
    assert {action.owner for action in ACTIONS} <= {*IT.perspectives, "pair"}
    for section in IT.dimensions:
        assert len({a.owner for a in ACTIONS if a.dimension == section.id}) >= 2


def test_sources_are_those_of_the_instrument() -> None:
    assert {ref for action in ACTIONS for ref in action.sources} <= set(IT.sources)
    assert all(action.sources for action in ACTIONS)


def test_sizes_and_horizons_have_names() -> None:
    assert FOUND is not None
    assert {action.horizon for action in ACTIONS} == set(HORIZONS)
    for language in codes():
        for action in ACTIONS:
            for kind in ("horizon", "effort", "effect"):
                assert f"report.action.{kind}.{getattr(action, kind)}" in words(language)


def test_texts_differ_from_language_to_language_and_action_to_action() -> None:
    for language in codes():
        said = [action.text[language] for action in ACTIONS]
        assert len(set(said)) == len(said)
        assert all(action.how[language].strip() for action in ACTIONS)
    for action in ACTIONS:
        assert len({action.text[language] for language in codes()}) == 3
        assert len({action.how[language] for language in codes()}) == 3


def test_the_file_is_of_the_instruments_languages() -> None:
    data = read_yaml(templates() / "actions" / "partnership.yml").data
    assert set(data["languages"]) == set(IT.languages)


def test_an_instrument_without_a_library_has_none() -> None:
    assert kit_library("service-check") is None


def test_owners_have_words() -> None:
    for language in codes():
        for owner in {action.owner for action in ACTIONS}:
            both = f"report.action.owner.{owner}" in words(language)
            assert both or IT.people.one(owner).name("owner", language) not in ("", owner)
