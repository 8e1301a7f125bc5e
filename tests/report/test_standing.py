"""What advice rests on: who experiences a thing, a ceiling, the lower side's mean."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

import pytest

from hrkit.disclosure.released import Certainty, Contrast, Group, Released, Score, Why
from hrkit.model import instrument_file as instruments
from hrkit.report.actions import HORIZONS, choose
from hrkit.report.standing import next_step, reached, stands_at, today, weakest

#: The dimensions of the core instrument.
DIMENSIONS = tuple(section.id for section in instruments.load("partnership").dimensions)
GROUPS = (Group("leader", ("leader",)), Group("hr", ("hr",)), Group("employee", ("employee",)))


@pytest.fixture
def ctx(client) -> Any:
    return client("municipality", "en").context


def given(
    ctx, *rows: tuple[str, str, float, int], contrasts: tuple[Contrast, ...] = ()
) -> Released:
    """Released tables with nothing but these means: measure, group, mean, n."""
    root = ctx.engagement.root.id
    scores = tuple(
        Score(measure, root, group, Why.SHOWN, n, mean, mean, mean, spread=0.8)
        for measure, group, mean, n in rows
    )
    return dataclasses.replace(
        ctx.released, groups=GROUPS, scores=scores, gaps=(), bands=(), contrasts=contrasts
    )


def section_of(ctx, id: str):
    return next(s for s in ctx.instrument.dimensions if s.id == id)


def keys(ctx, id: str) -> list[str]:
    section = section_of(ctx, id)
    return [section.measure(item) for item in section.scored]


def test_the_level_is_that_of_the_lower_sides_mean_whatever_its_band(ctx) -> None:
    trust = section_of(ctx, "trust")
    few = given(ctx, ("trust", "leader", 3.6, 64), ("trust", "hr", 3.3, 5))
    assert today(few, ctx.engagement, trust) == 3
    assert next_step(few, ctx.engagement, trust) == 4
    # A band of five answers reaches from 2 to 4; its lower end is nobody's level.
    low = given(ctx, ("trust", "leader", 2.4, 64), ("trust", "hr", 4.6, 5))
    assert next_step(low, ctx.engagement, trust) == 3
    others = given(ctx, ("trust", "employee", 1.2, 9))
    assert next_step(others, ctx.engagement, trust) == 2
    assert next_step(given(ctx), ctx.engagement, trust) is None


def test_whoever_rates_its_own_work_opens_no_gate_and_decides_nothing(ctx) -> None:
    presence = section_of(ctx, "presence")
    assert set(presence.self_raters) == {"hr", "pay"}
    key = keys(ctx, "presence")[0]
    own = given(ctx, (key, "leader", 2.0, 12), (key, "hr", 4.8, 60))
    assert stands_at(own, ctx.engagement, key) == 2.0
    assert not reached(own, ctx.engagement, key, 3)
    only = given(ctx, (key, "hr", 4.8, 60))
    assert not reached(only, ctx.engagement, key, 3)
    assert stands_at(only, ctx.engagement, key) == 4.8  # there is nobody else to ask
    seen = given(ctx, (key, "leader", 3.4, 12), (key, "hr", 1.5, 60))
    assert reached(seen, ctx.engagement, key, 3)


def test_the_larger_side_does_not_outvote_the_smaller_at_a_gate(ctx) -> None:
    key = keys(ctx, "trust")[0]
    both = given(ctx, (key, "leader", 3.9, 64), (key, "hr", 2.2, 6))
    assert stands_at(both, ctx.engagement, key) == pytest.approx((64 * 3.9 + 6 * 2.2) / 70)
    assert not reached(both, ctx.engagement, key, 3)


def test_others_speak_where_only_those_who_rate_themselves_are_a_side(ctx) -> None:
    key = keys(ctx, "leadership")[0]
    found = given(ctx, (key, "leader", 4.5, 64), (key, "employee", 2.0, 9))
    assert stands_at(found, ctx.engagement, key) == 2.0
    # What the page prints begins with those on whom the advice rests.
    assert [s.group for s in weakest(found, ctx.engagement, [key])] == ["employee", "leader"]
    roles = keys(ctx, "roles")[0]
    both = given(
        ctx, (roles, "leader", 3.0, 64), (roles, "hr", 2.0, 9), (roles, "employee", 1.0, 9)
    )
    assert [s.group for s in weakest(both, ctx.engagement, [roles])] == ["leader", "hr"]


def standing(ctx, id: str, means: list[float], contrasts: tuple[Contrast, ...] = ()) -> Released:
    """Both sides at these means on a dimension's statements, and at their average on the whole."""
    rows = [
        (key, group, mean, 12)
        for key, mean in zip(keys(ctx, id), means, strict=True)
        for group in ("leader", "hr")
    ]
    average = round(sum(means) / len(means), 1)
    rows += [(id, group, average, 12) for group in ("leader", "hr")]
    return given(ctx, *rows, contrasts=contrasts)


def advised(ctx, id: str, released: Released, count: int = 3):
    assert ctx.library is not None
    return choose(ctx.library, released, ctx.engagement, section_of(ctx, id), count)


@pytest.mark.parametrize("id", DIMENSIONS)
def test_something_for_every_horizon_and_one_for_the_lowest_statement(ctx, id: str) -> None:
    section = section_of(ctx, id)
    items = [item.id for item in section.scored]
    for base, lowest in itertools.product((1.8, 2.8, 3.8, 4.2), range(len(items))):
        means = [base] * len(items)
        means[lowest] = base - 0.7
        found = advised(ctx, id, standing(ctx, id, means))
        assert [a.horizon for a in found] == list(HORIZONS), (base, lowest)
        assert any(items[lowest] in a.items for a in found), (base, items[lowest])


@pytest.mark.parametrize("id", DIMENSIONS)
def test_nothing_rests_on_the_statement_that_is_named_as_the_higher_one(ctx, id: str) -> None:
    section, names = section_of(ctx, id), keys(ctx, id)
    items = [item.id for item in section.scored]
    for base, (high, low) in itertools.product(
        (1.8, 2.8, 3.8), itertools.permutations(range(len(items)), 2)
    ):
        means = [base] * len(items)
        means[high], means[low] = base + 1.0, base - 0.6
        named = Contrast("statements", id, "leader", names[high], names[low], 1.6, Certainty.TENDS)
        found = advised(ctx, id, standing(ctx, id, means, (named,)))
        assert [a.horizon for a in found] == list(HORIZONS)
        resting = [a.id for a in found if set(a.items) & set(items) == {items[high]}]
        assert resting == [], (base, items[high], items[low])


def test_what_has_reached_an_actions_step_is_not_its_ground(ctx) -> None:
    section = section_of(ctx, "trust")
    items = [item.id for item in section.scored]
    means = [3.4] + [2.2] * (len(items) - 1)
    found = advised(ctx, "trust", standing(ctx, "trust", means))
    step = next_step(standing(ctx, "trust", means), ctx.engagement, section)
    assert step == 3
    assert all(set(a.items) != {items[0]} for a in found)
