"""People who answered twice under one code: a surer change, and nothing more about anybody."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from hrkit.disclosure.derived.frame import PAGE, ROUNDING, STEP, Estimate, each, outward
from hrkit.disclosure.linked import Linked
from hrkit.disclosure.released import ALL, Certainty, Change
from hrkit.disclosure.since import EarlierWave
from hrkit.disclosure.tables import Made, make
from hrkit.disclosure.trend import Moved, one_of
from hrkit.measure import t_critical

from .offices import INSTRUMENT, Somebody, issue, office, people, responses

DIMENSIONS = [section.id for section in INSTRUMENT.dimensions]
FIRST = DIMENSIONS[0]


def later(everybody: Iterable[Somebody], *, seed: int = 2, name: str = "again") -> list[Somebody]:
    """The same people a year on: most answers as they were, some a step up or down."""
    rng = random.Random(seed)
    return [
        replace(
            one,
            key=f"{name}-{one.key}",
            answers={
                key: str(min(5, max(1, int(said) + rng.choice((-1, 0, 0, 0, 1)))))
                for key, said in one.answers.items()
            },
        )
        for one in everybody
    ]


def links(now: Iterable[Somebody], then: Iterable[Somebody]) -> dict[str, str]:
    known = {one.key for one in then}
    return {one.key: one.key.partition("-")[2] for one in now if one.key.partition("-")[2] in known}


def compared(
    first: Made,
    then: list[Somebody],
    now: list[Somebody],
    paired: Mapping[str, str],
    *kept: Made,
) -> Made:
    frozen = {k: v for k, v in first.record.items() if k not in ("people", "keys")}
    since = EarlierWave(frozen, responses(then), "", office(), paired)
    records = [one.record for one in kept]
    return make(responses(now, "w2"), office(), "w2", texts=None, since=since, kept=records)


def of(made: Made, group: str, measure: str = FIRST) -> Change:
    return next(c for c in made.released.changes if (c.measure, c.group) == (measure, group))


@pytest.fixture(scope="module")
def then() -> list[Somebody]:
    return people(50) + people(32, "hr")


@pytest.fixture(scope="module")
def first(then: list[Somebody]) -> Made:
    return issue(office(), then)


def test_a_linked_change_is_the_same_and_surer(first: Made, then: list[Somebody]) -> None:
    now = later(then)
    strangers, same = compared(first, then, now, {}), compared(first, then, now, links(now, then))
    for group in ("leader", "hr"):
        a, b = of(strangers, group), of(same, group)
        assert (a.linked, a.together) == (None, None)
        assert b.linked == {"leader": 50, "hr": 32}[group]
        assert b.together is not None and 0.3 <= b.together <= 0.9
        assert (a.before, a.now, a.difference) == (b.before, b.now, b.difference)
        assert b.detectable < a.detectable
    whole = of(same, ALL)
    assert whole.difference == of(strangers, ALL).difference
    assert whole.linked is None
    assert whole.detectable <= of(strangers, ALL).detectable


def test_the_interval_is_rebuilt_from_what_is_released(first: Made, then: list[Somebody]) -> None:
    now = later(then)
    found = compared(first, then, now, links(now, then))
    one = of(found, "leader")
    old = first.released.score(FIRST, "leader", "root")
    new = found.released.score(FIRST, "leader", "root")
    assert old.spread and new.spread and old.n and new.n and one.together is not None
    a, b = ((s.spread**2 / s.n + ROUNDING) ** 0.5 for s in (old, new))
    m = one.linked or 0
    se = (a**2 + b**2 - 2 * one.together * a * b * m / (old.n * new.n) ** 0.5) ** 0.5
    family = each(PAGE, len(found.released.changes))
    # Everybody is linked, so the degrees of freedom are those of fifty pairs.
    half = STEP + t_critical(family, 49) * se
    assert one.detectable == outward(0.0, half)[1]
    assert one.high == outward(0.0, one.difference + half)[1]


@pytest.mark.parametrize(
    ("stay", "come", "linked"),
    [
        (50, 0, 50),  # everybody
        (40, 10, 40),  # ten of then and ten of now are not linked
        (40, 0, 40),  # ten of then are gone, nobody is new
        (41, 10, None),  # nine of then are not linked: with n they would be counted
        (40, 9, None),  # nine are new
        (49, 0, None),  # one is gone
        (30, 20, 30),  # as few as it takes
        (29, 21, None),  # twenty-nine are linked
    ],
)
def test_few_are_never_counted(
    first: Made, then: list[Somebody], stay: int, come: int, linked: int | None
) -> None:
    leaders = [one for one in then if one.perspective == "leader"]
    now = later(leaders[:stay]) + people(come, name="new", seed=9)
    now += later([one for one in then if one.perspective == "hr"])
    assert of(compared(first, then, now, links(now, then)), "leader").linked == linked


def test_not_where_somebody_was_erased_from_the_earlier_wave(
    first: Made, then: list[Somebody]
) -> None:
    """r of fifty and r of forty-nine would differ by one person."""
    now = later(then)
    left = then[1:]
    found = compared(first, left, now, links(now, left))
    assert of(found, "leader").linked is None
    assert of(found, "hr").linked == 32


def test_not_where_somebody_was_erased_or_came_since_a_version(
    first: Made, then: list[Somebody]
) -> None:
    now = later(then)
    paired = links(now, then)
    version = compared(first, then, now, paired)
    assert of(version, "leader").linked == 50
    for changed in (now[1:], now + later(people(1, name="late", seed=5))):
        again = compared(first, then, changed, paired, version)
        told = of(again, "leader")
        # As it was shown, with nobody added or taken out; or not at all.
        assert told.linked in (None, 50)
        assert told.linked is None or told.together == of(version, "leader").together


def test_who_changed_sides_is_linked_in_neither(first: Made, then: list[Somebody]) -> None:
    now = later(then)
    moved = [replace(one, perspective="hr") if i < 12 else one for i, one in enumerate(now[:50])]
    found = compared(first, then, [*moved, *now[50:]], links(now, then))
    assert of(found, "leader").linked == 38
    assert of(found, "hr").linked == 32


def test_not_where_at_least_so_many_is_said() -> None:
    """Thirty-two of HR beside three who are reported with them: how many are linked would count those."""
    then = people(50) + people(32, "hr") + people(3, "pay")
    now = later(then)
    found = compared(issue(office(), then), then, now, links(now, then))
    told = {s.measure for s in found.released.scores if s.told and s.group == "hr"}
    linked = {c.measure for c in found.released.changes if c.linked and c.group == "hr"}
    assert told & set(DIMENSIONS) and linked
    assert not told & linked


def test_below_thirty_nobody_is_linked() -> None:
    """r of ten or twenty cuts corners off what the proofs of either wave leave open."""
    then = people(29) + people(12, "hr")
    now = later(then)
    found = compared(issue(office(), then), then, now, links(now, then))
    assert {c.linked for c in found.released.changes} == {None}


def test_what_is_printed_says_nothing_of_those_who_are_not_linked() -> None:
    """Two years that look the same in print, in which the newcomers' mean differs by a point.

    Ten stay and ten come.  Were the mean change of the linked printed, it would give, beside the
    means of all, what the newcomers said on average.
    """
    rng = np.random.default_rng(5)
    old = rng.normal(3, 0.6, 20)
    new = old[:10] + rng.normal(0, 0.4, 10)
    worlds = []
    for shift in (0.0, 0.5):
        stayed, came = new - shift, rng.permutation(old[10:]) + shift
        everybody = np.concatenate([stayed, came])
        r = np.floor(np.corrcoef(old[:10], stayed)[0, 1] * 10) / 10
        worlds.append((everybody.mean(), r, stayed.mean() - old[:10].mean(), came.mean()))
    (mean1, r1, linked1, came1), (mean2, r2, linked2, came2) = worlds
    one, two = (
        one_of(
            Moved(
                FIRST,
                "leader",
                Estimate(round(float(old.mean()), 1), 0.18, 22, 20),
                Estimate(round(float(mean), 1), 0.18, 22, 20),
                Linked(10, float(r)),
            ),
            "w1",
            20,
        )
        for mean, r in ((mean1, r1), (mean2, r2))
    )
    assert one == two
    assert abs(came2 - came1) == pytest.approx(0.5)
    assert abs(linked2 - linked1) == pytest.approx(0.5)


@pytest.mark.parametrize(("n", "linked", "r"), [(30, 30, 0.6), (50, 40, 0.6), (60, 30, 0.0)])
def test_without_a_change_the_page_seldom_says_one(n: int, linked: int, r: float) -> None:
    """Nine dimensions, one side: at most one page in twenty, with the rounding of r and spread."""
    rng = np.random.default_rng(n)
    said, repetitions = 0, 250
    for _ in range(repetitions):
        for _ in DIMENSIONS:
            old = rng.normal(3, 0.8, n)
            noise = rng.normal(0, 0.8 * (1 - r * r) ** 0.5, linked)
            new = np.concatenate(
                [3 + r * (old[:linked] - 3) + noise, rng.normal(3, 0.8, n - linked)]
            )
            found = np.corrcoef(old[:linked], new[:linked])[0, 1]
            link = Linked(linked, min(0.9, float(np.floor(found * 10)) / 10))
            a, b = (
                Estimate(
                    round(float(x.mean()), 1),
                    round(float(((4 * 0.64 + (n - 1) * x.var(ddof=1)) / (n + 3)) ** 0.5), 1)
                    / n**0.5,
                    n + 3,
                    n,
                )
                for x in (old, new)
            )
            told = one_of(Moved("m", "leader", a, b, link), "w1", len(DIMENSIONS))
            if told.certainty is not Certainty.UNKNOWN:
                said += 1
                break
    assert said / repetitions <= 0.05 + 2 * (0.05 * 0.95 / repetitions) ** 0.5
