"""Who answered in a unit, and how far the silent could move a figure: both from what is printed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping

import pytest

from hrkit.disclosure.derived.silence import answered_in_units, if_they_differed
from hrkit.disclosure.released import Score, Turnout, Why
from hrkit.model.engagement import Invited

from .offices import issue, office, people

K = 5
SCALE = (1.0, 5.0)


def score(mean: float | None, n: int | None, unit: str = "root") -> Score:
    why = Why.SHOWN if mean is not None else Why.SMALL
    return Score("trust", unit, "leader", why, n=n, mean=mean)


# ------------------------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    ("mean", "n", "invited", "lower", "higher"),
    [
        (2.2, 64, 81, 2.0, 2.4),
        (3.0, 10, 20, 2.5, 3.5),
        (4.0, 12, 12, 4.0, 4.0),
        (1.4, 10, 20, 1.2, 1.9),  # nobody answers below 1
        (4.8, 5, 10, 4.3, 4.9),
        (2.5, 10, 11, 2.4, 2.6),
    ],
)
def test_the_silent_a_point_lower_or_higher(mean, n, invited, lower, higher) -> None:
    found = if_they_differed(score(mean, n), invited, SCALE)
    assert found is not None
    assert (found.silent, found.lower, found.mean, found.higher) == (
        invited - n,
        lower,
        mean,
        higher,
    )


def test_where_nobody_can_tell_nothing_is_said() -> None:
    assert if_they_differed(score(None, None), 20, SCALE) is None
    assert if_they_differed(score(3.0, 12), None, SCALE) is None
    assert if_they_differed(score(3.0, 12), 11, SCALE) is None  # the list was wrong


# ------------------------------------------------------------------------------- units


TREE: dict[str, str | None] = {
    "root": None, "a": "root", "b": "root", "c": "root", "a1": "a", "a2": "a", "a3": "a",
}  # fmt: skip
LEAVES = ("a1", "a2", "a3", "b", "c")


def within(unit: str) -> tuple[str, ...]:
    return tuple(leaf for leaf in LEAVES if leaf == unit or TREE[leaf] == unit or unit == "root")


def table(
    own: Mapping[str, int], asked: Mapping[str, int] | None, shown: set[str]
) -> tuple[Turnout, ...]:
    """What is told of units of which ``shown`` have a mean; ``own`` answered in each leaf."""
    n = {unit: sum(own[leaf] for leaf in within(unit)) for unit in TREE}
    invited = {(u, "leader"): sum(asked[leaf] for leaf in within(u)) for u in TREE} if asked else {}
    scores = [score(3.0, n[u], u) if u in shown else score(None, None, u) for u in TREE]
    whole = Turnout("root", "leader", n["root"] if n["root"] >= K else None)
    return answered_in_units(scores, [whole], ["trust"], TREE, invited, K)


def possible(
    told: tuple[Turnout, ...], whole: int, asked: Mapping[str, int] | None
) -> Iterator[dict[str, int]]:
    """Every way in which people can have answered, of all that stands on the page."""
    printed = {row.unit: row.answered for row in told if row.answered is not None}
    most = {leaf: asked[leaf] if asked else 12 for leaf in LEAVES}
    known = [leaf for leaf in LEAVES if leaf in printed]
    free = [leaf for leaf in LEAVES if leaf not in printed]
    for values in itertools.product(*(range(most[leaf] + 1) for leaf in free)):
        own = dict(zip(free, values, strict=True)) | {leaf: printed[leaf] for leaf in known}
        if sum(own.values()) != whole:
            continue
        if "a" in printed and sum(own[leaf] for leaf in within("a")) != printed["a"]:
            continue
        yield own


@pytest.mark.parametrize(
    "seed", [*range(20), *(pytest.param(n, marks=pytest.mark.soak) for n in range(20, 200))]
)
def test_no_small_unit_is_counted_by_subtraction(seed: int) -> None:
    """A reader goes through all that is possible beside the numbers that are printed."""
    rng = random.Random(seed)
    own = {leaf: rng.choice((0, 1, 2, 3, 4, 5, 6, 7)) for leaf in LEAVES}
    asked = {leaf: n + rng.choice((0, 0, 1, 3)) for leaf, n in own.items()} if seed % 3 else None
    n = {unit: sum(own[leaf] for leaf in within(unit)) for unit in TREE}
    if n["root"] < K:
        return
    shown = {unit for unit in TREE if n[unit] >= K and (unit == "root" or rng.random() < 0.8)}
    told = table(own, asked, shown)
    for row in told:
        assert row.answered is None or (row.unit in shown and row.answered == n[row.unit])
    full = {
        unit
        for unit in TREE
        if asked
        and n[unit] == sum(asked[leaf] for leaf in within(unit))
        and (unit == "root" or any(r.unit == unit and r.answered for r in told))
    }
    ways = list(possible(told, n["root"], asked))
    assert own in ways
    hidden = {row.unit for row in told if row.answered is None} | (
        {unit for unit in TREE if unit != "root"} - {row.unit for row in told}
    )
    for unit in hidden:
        sizes = {sum(way[leaf] for leaf in within(unit)) for way in ways}
        open_ = any(f in full for f in (unit, TREE[unit], "root"))
        assert len(sizes) > 1 or not 0 < min(sizes) < K or open_, (unit, own, asked, told)


def test_what_is_safe_is_told() -> None:
    own = {"a1": 8, "a2": 7, "a3": 6, "b": 9, "c": 5}
    told = table(own, None, set(TREE))
    assert {row.unit: row.answered for row in told} == {"a": 21, **own}


def test_one_is_left_out_where_that_is_enough() -> None:
    """Beside three who are not shown the least other one goes, and no more."""
    own = {"a1": 8, "a2": 7, "a3": 6, "b": 9, "c": 3}
    told = table(own, None, set(TREE) - {"c"})
    answered = {row.unit: row.answered for row in told}
    assert sum(n is None for n in answered.values()) <= 1
    assert "c" not in answered


def test_a_few_in_the_whole_are_not_counted_in_a_unit() -> None:
    whole = [Turnout("root", "leader", None, 9)]
    told = answered_in_units([score(3.0, 6, "b")], whole, ["trust"], TREE, {}, K)
    assert not [row for row in told if row.answered is not None]


def test_numbers_of_a_wave_stand_beside_what_is_shown_of_it() -> None:
    """Through the door: units of 12, 7 and 3; only what has a mean has a number."""
    tree = (("root", None), ("a", "root"), ("b", "root"), ("c", "root"))
    everybody = people(12, unit="a") + people(7, unit="b") + people(3, unit="c")
    numbers = {"a": 14, "b": 9, "c": 6}
    invited = tuple(Invited("w1", unit, "leader", n) for unit, n in numbers.items())
    engagement = office(tree, invited=invited)
    found = issue(engagement, everybody).released
    told = answered_in_units(
        found.scores,
        found.turnout,
        [section.id for section in engagement.instrument.dimensions],
        {unit.id: unit.parent for unit in engagement.units},
        {(u, "leader"): n for u, n in {**numbers, "root": 29}.items()},
        found.threshold,
    )
    shown = {s.unit: s.n for s in found.scores if s.shown and s.measure == "trust"}
    for row in told:
        assert row.answered is None or row.answered == shown[row.unit]
        assert row.invited == numbers[row.unit]
    answered = [row.answered for row in told if row.answered is not None]
    assert 22 - sum(answered) not in (1, 2, 3, 4)
