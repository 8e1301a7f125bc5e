"""The library of actions: for every dimension and step something to do, in three languages."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from hrkit.model import instrument_file as instruments
from hrkit.model.editions import edition
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.report.action_files import kit_library
from hrkit.report.actions import HORIZONS, OWNERS, TEXTS

EDITIONS = ("partnership", "partnership-1")


@pytest.fixture(scope="module", params=EDITIONS)
def it(request):
    """An edition of the core instrument."""
    return instruments.load(request.param)


@pytest.fixture(scope="module")
def actions(it):
    """What comes with it."""
    name = edition(it.id, it.version)
    found = name and kit_library(name)
    assert found
    return found.actions


def test_four_actions_for_each_step_of_each_dimension(it, actions) -> None:
    count = Counter((action.dimension, action.step) for action in actions)
    assert set(count) == {(section.id, step) for section in it.dimensions for step in (2, 3, 4, 5)}
    assert min(count.values()) >= 4


def test_now_a_year_and_later_exist_for_every_starting_level_everywhere(it, actions) -> None:
    for section in it.dimensions:
        for step in (2, 3, 4, 5):
            found = {
                a.horizon
                for a in actions
                if (a.dimension, a.step) == (section.id, step)
                and not (a.needs or a.sector or a.country)
            }
            assert found == set(HORIZONS), (section.id, step)


def test_what_an_action_needs_is_a_statement_that_has_a_mean(it, actions) -> None:
    scored = {s.measure(item) for s in it.dimensions for item in s.scored}
    for action in actions:
        assert all(item in scored and 1 < least < 5 for item, least in action.needs)


#: How long something may take, where the column beside it says so already.
_TAKES = re.compile(
    r"\b(over|within) (two to three|2–3) years|\b(over|på|inden for|i løbet af) (2–3|to-tre) år|"
    r"\b(in|binnen) (2 tot 3|twee tot drie) jaar|\bwithin a year|\binden for et år|\bbinnen een jaar",
    re.I,
)


def test_no_action_says_its_horizon_a_second_time(actions) -> None:
    said = [
        (action.id, language)
        for action in actions
        for language in codes()
        if _TAKES.search(action.text[language])
    ]
    assert said == []


def test_ids_are_stable_and_stand_once(it, actions) -> None:
    ids = [action.id for action in actions]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(rf"{a.dimension}\.a\d\d", a.id) for a in actions)
    assert not set(ids) & set(it.items)


def test_an_action_works_on_statements_of_its_dimension(it, actions) -> None:
    for action in actions:
        section = next(s for s in it.dimensions if s.id == action.dimension)
        assert action.items
        assert set(action.items) <= {item.id for item in section.items}
        assert len(set(action.items)) == len(action.items)


def test_every_statement_has_an_action_at_every_step(it, actions) -> None:
    worked_on = {(item, action.step) for action in actions for item in action.items}
    missing = [
        (item.id, step)
        for section in it.dimensions
        for item in section.items
        for step in (2, 3, 4, 5)
        if (item.id, step) not in worked_on
    ]
    assert missing == []


def test_owners_are_perspectives_or_several_together(it, actions) -> None:
    assert {action.owner for action in actions} == {"leader", "hr", "pay", "top", *OWNERS}
    for section in it.dimensions:
        for step in (2, 3, 4, 5):
            mine = {a.owner for a in actions if (a.dimension, a.step) == (section.id, step)}
            assert len(mine) >= 2


def test_no_source_is_poor(actions) -> None:
    count = Counter(ref for action in actions for ref in action.sources)
    assert min(count["S2"], count["S3"]) >= 0.6 * max(count["S0"], count["S1"])


def test_sources_are_those_of_the_instrument(it, actions) -> None:
    assert {ref for action in actions for ref in action.sources} <= set(it.sources)
    assert all(action.sources for action in actions)


def test_sizes_and_horizons_have_names(actions) -> None:
    assert {action.horizon for action in actions} == set(HORIZONS)
    for language in codes():
        for action in actions:
            for kind in ("horizon", "effort", "effect"):
                assert f"report.action.{kind}.{getattr(action, kind)}" in words(language)


def test_texts_differ_from_language_to_language_and_action_to_action(actions) -> None:
    for language in codes():
        said = [action.text[language] for action in actions]
        assert len(set(said)) == len(said)
        for name in TEXTS:
            assert all(getattr(action, name)[language].strip() for action in actions)
    for action in actions:
        assert len({action.text[language] for language in codes()}) == 3
        for name in TEXTS:
            assert len({getattr(action, name)[language] for language in codes()}) == 3


def test_an_instrument_without_a_library_has_none() -> None:
    assert kit_library("service-check") is None


def test_owners_have_words(it, actions) -> None:
    for language in codes():
        for owner in {action.owner for action in actions}:
            both = f"report.action.owner.{owner}" in words(language)
            assert both or it.people.one(owner).name("owner", language) not in ("", owner)
