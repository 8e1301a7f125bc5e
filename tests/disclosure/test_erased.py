"""Somebody is erased between two versions: what was printed of them still binds the others."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from hrkit import load_instrument
from hrkit.answers.codes import token
from hrkit.disclosure.tables import Made
from hrkit.model.engagement import Invited

from .deliveries import told
from .delivery.attack import Recovered, attack
from .delivery.counting import Counted, sizes
from .delivery.world import Questionnaire, Standing, State, World
from .offices import RATINGS, Somebody, issue, office, people

UNITS: tuple[tuple[str, str | None], ...] = (("root", None), ("a", "root"), ("b", "root"))


#: Statements about trust that leaders rate.
ABOUT_TRUST = {k: i for k, i, _ in RATINGS if k.startswith("trust.") and "leader" in i.ask}


def agreeing(count: int, unit: str, seed: int, answers: Sequence[int]) -> list[Somebody]:
    """Leaders whose answers about trust, as they count, are drawn of a few."""
    rng = random.Random(f"{unit} {seed}")
    found = []
    for i in range(count):
        drawn = {key: rng.choice(answers) for key in ABOUT_TRUST}
        said = {k: str(6 - v if ABOUT_TRUST[k].reversed else v) for k, v in drawn.items()}
        found.append(Somebody(f"leader-{unit}-{i}", "leader", unit, "", said))
    return found


def erased(made: Made, gone: Somebody) -> Made:
    """What is kept of a version after somebody was erased."""
    record = dict(made.record)
    record["people"] = [one for one in record["people"] if one["id"] != token(gone.key)]
    return replace(made, record=record)


def given_away(
    engagement, stages: Sequence[Sequence[Somebody]], versions: Sequence[Made]
) -> list[Recovered | Counted]:  # type: ignore[no-untyped-def]
    """What somebody who knows who stood where when reads out of versions."""
    world = World(Questionnaire(load_instrument("partnership")))
    above = {unit.id: unit.parent for unit in engagement.units}
    for everybody in stages:
        standing = {}
        for one in everybody:
            runs = {key: 0 for key, said in one.answers.items() if said.isdigit()}
            world.answers |= {("w1", one.key, key, 0): int(one.value(key)) for key in runs}
            standing[one.key] = Standing(one.unit, one.perspective, one.level, runs)
        world.states.append(State("w1", standing, above))
    issued = [
        (n, replace(told(made.released, engagement), root="root"))
        for n, made in enumerate(versions)
    ]
    found, reading = attack(world, issued)
    assert reading.cells
    return [*(one for one in found if one.what != "near"), *sizes(world, issued)]


@pytest.mark.parametrize("seed", range(6))
def test_an_interval_of_their_own_binds_those_who_are_left(seed: int) -> None:
    engagement = office(UNITS)
    a = people(4, unit="a", seed=seed, spread=0.6, silent=0.08)
    b = people(6, unit="b", seed=seed, spread=0.6, silent=0.08)
    first = issue(engagement, [*a, *b])
    after = [*a[1:], replace(b[0], unit="a"), *b[1:]]
    second = issue(engagement, after, erased(first, a[0]))
    assert given_away(engagement, [[*a, *b], after], [first, second]) == []


def test_nobody_can_tell_from_which_unit_somebody_was_erased() -> None:
    """One fewer in all; whoever reads that has the same pages whether she stood here or there."""
    units: tuple[tuple[str, str | None], ...] = (*UNITS, ("c", "root"))
    sizes = {"a": 6, "b": 6, "c": 12}
    invited = tuple(Invited("w1", unit, "leader", n + 1) for unit, n in sizes.items())
    engagement = office(units, scores=6, invited=invited)
    everybody = [p for unit, n in sizes.items() for p in people(n, unit=unit)]
    first = issue(engagement, everybody)
    pages = []
    for gone in (everybody[0], everybody[sizes["a"]]):
        rest = [one for one in everybody if one != gone]
        found = issue(engagement, rest, erased(first, gone)).released
        pages.append((found.scores, found.turnout, found.distributions, found.silences))
        assert [t.answered for t in found.turnout if t.group == "leader"] == [23]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("seed", range(3))
def test_of_more_than_120_bars_that_are_missing_bind_those_who_are_left(seed: int) -> None:
    """Nobody of 121 answered below 4: a unit that grows to five is known too well by its mean."""
    engagement = office(UNITS)
    a = agreeing(4, "a", seed, (4, 4, 4, 4, 5))
    b = agreeing(117, "b", seed, (4, 5, 5))
    first = issue(engagement, [*a, *b])
    assert first.released.distributions
    after = [*a, replace(b[0], unit="a"), *b[2:]]
    second = issue(engagement, after, erased(first, b[1]))
    assert given_away(engagement, [[*a, *b], after], [first, second]) == []


def test_of_more_than_120_a_bar_of_somebody_erased_still_leaves_room() -> None:
    """One, erased since, had answered 1 to everything: so may anybody have, for all that is printed."""
    engagement = office(UNITS)
    told = {}
    for low in (4, 1):
        a = agreeing(4, "a", 0, (4, 4, 4, 4, 5))
        b = agreeing(117, "b", 0, (4, 5, 5))
        gone = b[1].says(
            **{
                key.replace(".", "_"): str(6 - low if item.reversed else low)
                for key, item in ABOUT_TRUST.items()
            }
        )
        first = issue(engagement, [*a, b[0], gone, *b[2:]])
        after = [*a, replace(b[0], unit="a"), *b[2:]]
        second = issue(engagement, after, erased(first, gone)).released
        told[low] = second.score("trust", "leader", "a").shown
    assert told == {4: False, 1: True}


@pytest.mark.parametrize("came", [0, 1, 2])
def test_words_about_small_units_stand_beside_numbers_of_before_somebody_was_erased(
    came: int,
) -> None:
    """Eight in two units, as was printed; that both are small would say four and four."""
    units: tuple[tuple[str, str | None], ...] = (
        ("root", None), ("x", "root"), ("x1", "x"), ("x2", "x"), ("x3", "x"), ("y", "root"),
        ("z", "root"),
    )  # fmt: skip
    sizes_of = {"x1": 4, "x2": 4, "x3": 11, "y": 13, "z": 12}
    invited = tuple(Invited("w1", u, "leader", n + 3) for u, n in sizes_of.items())
    engagement = office(units, invited=invited)
    everybody = [p for unit, n in sizes_of.items() for p in people(n, unit=unit)]
    first = issue(engagement, everybody)
    assert {s.unit: s.n for s in first.released.scores if s.measure == "trust"}["x3"] == 11
    gone = next(one for one in everybody if one.unit == "x3")
    late = people(came, unit="y", name="late")
    after = [*(one for one in everybody if one != gone), *late]
    second = issue(engagement, after, erased(first, gone))
    assert given_away(engagement, [everybody, after], [first, second]) == []
