"""With ``insider: true`` nothing is told even to readers who know one answer of every group.

The attacker knows who stands where, all that is printed, and the answer of one person in every
finest group that was published; it asks a linear programme how far every other one can lie.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from hrkit.disclosure.proof.insider import against_insiders, narrowest
from hrkit.disclosure.released import Released
from hrkit.model.engagement import Engagement, protection_of

from .offices import INSTRUMENT, Somebody, issue, office, people

UNITS = (("root", None), ("north", "root"), ("south", "root"), ("east", "root"))
#: Statements that both sides are asked and nobody turns.
PLAIN = [
    section.measure(item)
    for section in INSTRUMENT.dimensions[:3]
    for item in INSTRUMENT.counted(section, "leader")[:2]
    if not item.reversed
]
NO_TEXTS = pd.DataFrame(columns=["id", "item", "perspective", "text", "respondent"], dtype=object)


def made(everybody: Sequence[Somebody], *, insider: bool, units: object = UNITS) -> Released:
    engagement: Engagement = replace(office(units), protection=protection_of(5, 10, insider))  # type: ignore[arg-type]
    return issue(engagement, everybody, texts=NO_TEXTS).released


def score(one: Somebody, measure: str) -> float:
    if measure in INSTRUMENT.keys:
        return one.value(measure)
    (section,) = [s for s in INSTRUMENT.dimensions if s.id == measure]
    keys = [section.measure(i) for i in INSTRUMENT.counted(section, one.perspective)]
    return float(np.mean([one.value(key) for key in keys]))


def narrow(
    found: Released, everybody: Sequence[Somebody], dimension: str, rng: random.Random
) -> list[float]:
    """How far each person may lie, where readers know one answer of every finest published group."""
    values = np.array([score(one, dimension) for one in everybody])
    rows = []
    for row in found.scores:
        if row.measure == dimension and row.shown and row.group == "leader":
            rows.append([row.unit in ("root", one.unit) for one in everybody])
    if not rows:
        return []
    table = np.array(rows, dtype=float)
    cells: dict[tuple[float, ...], list[int]] = {}
    for i in range(len(everybody)):
        cells.setdefault(tuple(table[:, i]), []).append(i)
    widths = []
    for choice in _choices(list(cells.values()), values, rng):
        bounds = [(v, v) if i in choice else (1.0, 5.0) for i, v in enumerate(values.tolist())]
        for i in range(len(everybody)):
            if i in choice or not table[:, i].any():
                continue
            ends = [
                linprog(s * np.eye(len(values))[i], A_eq=table, b_eq=table @ values, bounds=bounds)
                for s in (1.0, -1.0)
            ]
            widths.append(float(-ends[1].fun - ends[0].fun))
    return widths


def _choices(
    cells: Sequence[Sequence[int]], values: np.ndarray, rng: random.Random
) -> Iterator[set[int]]:
    """One of every cell: those who answered lowest, highest, and anybody."""
    yield {min(cell, key=values.__getitem__) for cell in cells}
    yield {
        max(cell, key=values.__getitem__) if rng.random() < 0.5 else rng.choice(list(cell))
        for cell in cells
    }


def offices() -> Iterator[list[Somebody]]:
    """Three units, and a lone group in which nearly everybody agrees."""
    for sizes, centre in (({"north": 6, "south": 3, "east": 7}, 3.4), ({"root": 6}, 4.8)):
        yield [
            one
            for unit, n in sizes.items()
            for one in people(n, unit=unit, seed=3, centre=centre, spread=0.6)
        ]


def test_nobody_is_known_to_those_who_know_one_of_every_group() -> None:
    rng = random.Random(5)
    told: Mapping[bool, list[float]] = {False: [], True: []}
    for everybody in offices():
        for insider in (False, True):
            found = made(everybody, insider=insider)
            assert found.insider is insider and found.threshold == 5 + insider
            for dimension in ("trust", *PLAIN):
                told[insider] += narrow(found, everybody, dimension, rng)
    assert told[True] and min(told[True]) >= 1 - 1e-6
    # The attacker has teeth: against the usual protection it finds somebody.
    assert min(told[False]) < 1


def test_a_group_of_five_is_too_small_and_one_of_six_large_enough() -> None:
    for n, shown in ((5, False), (6, True)):
        found = made(people(n, spread=1.2), insider=True, units=(("root", None),))
        assert found.score("roles", "leader", "root").shown is shown


def test_one_colleague_out_of_line_does_not_give_away_the_others() -> None:
    everybody = people(6, centre=5.0, spread=0.0)
    everybody[0] = replace(everybody[0], answers={**everybody[0].answers, PLAIN[0]: "1"})
    for insider in (False, True):
        found = made(everybody, insider=insider, units=(("root", None),))
        # Five others at the top: whoever gave the one knows it, and nobody else does.
        assert insider is False or not found.score(PLAIN[0], "leader", "root").shown
    assert narrowest(np.array([1.0, 5, 5, 5, 5, 5]), 1, (1.0, 5.0)) == 0.0


@pytest.mark.parametrize("seed", range(6))
def test_the_closed_form_is_what_a_programme_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.integers(1, 6, rng.integers(6, 10)).astype(float)
    for s in (1, 2, 3):
        least = 4.0
        for known in range(len(values)):
            rest = np.delete(values, known)
            aim = np.zeros(len(rest))
            aim[:s] = 1 / s
            args = {"A_eq": np.ones((1, len(rest))), "b_eq": [rest.sum()], "bounds": (1.0, 5.0)}
            ends = [linprog(sign * aim, **args) for sign in (1.0, -1.0)]
            least = min(least, -ends[1].fun - ends[0].fun)
        assert narrowest(values, s, (1.0, 5.0)) == pytest.approx(least, abs=1e-6)


def test_groups_that_cross_are_not_published_together() -> None:
    values = np.tile([2.0, 3.0, 4.0], 8)
    left, right, mixed = (frozenset(range(a, b)) for a, b in ((0, 12), (12, 24), (6, 18)))
    wanted = [("left", left), ("right", right), ("mixed", mixed), ("all", left | right)]
    found = against_insiders(values, wanted, (), 6, (1.0, 5.0))
    assert found == {"left", "right", "all"}
    # What was out before stands; a part that leaves five of it is not shown beside it.
    part = frozenset(range(19))
    assert not against_insiders(values, [("part", part)], (), 6, (1.0, 5.0), out=[left | right])


def test_a_side_whose_one_member_skipped_an_answer_is_read_by_every_colleague() -> None:
    """Statements and dimension together: one "don't know" leaves an equation, and one answer more."""
    (section,) = [s for s in INSTRUMENT.dimensions if s.id == "trust"]
    keys = [section.measure(i) for i in INSTRUMENT.counted(section, "leader")]
    everybody = people(7, seed=3, spread=1.0)
    answers = {k: v for k, v in everybody[0].answers.items() if k != keys[0]}
    everybody[0] = replace(everybody[0], answers=answers)
    known = made(everybody, insider=True, units=(("root", None),))
    plain = made(everybody, insider=False, units=(("root", None),))
    shown = {m for m in (*keys, "trust") if known.score(m, "leader", "root").shown}
    assert shown <= {m for m in (*keys, "trust") if plain.score(m, "leader", "root").shown}
    for reader, other in itertools.permutations(range(7), 2):
        assert width(known, everybody, keys, reader, other) >= 1 - 1e-6


def width(
    found: Released, everybody: Sequence[Somebody], keys: Sequence[str], reader: int, other: int
) -> float:
    """How far another's mean over the statements may lie, by all that is printed of a dimension."""
    at = {
        (i, key): n
        for n, (i, key) in enumerate(
            (i, key) for i, one in enumerate(everybody) for key in keys if key in one.answers
        )
    }
    said = np.array([everybody[i].value(key) for i, key in at])
    of = {i: [key for j, key in at if j == i] for i in range(len(everybody))}
    lines, low, high = [], [], []
    for measure in (*keys, "trust"):
        row = found.score(measure, "leader", "root")
        if row.mean is None:
            continue
        line = np.zeros(len(at))
        for (i, key), n in at.items():
            if measure == "trust":
                line[n] = 1 / len(of[i]) / len(everybody)
            elif key == measure:
                line[n] = 1 / (row.n or 1)
        lines.append(line)
        low.append(row.mean - 0.05)
        high.append(row.mean + 0.05)
    if not lines:
        return 4.0
    bounds = [
        (v, v) if i == reader else (1, 5) for (i, _), v in zip(at, said.tolist(), strict=True)
    ]
    aim = np.array([float(i == other) / len(of[other]) for i, _ in at])
    table = np.array([*lines, *(-line for line in lines)])
    limit = [*high, *(-x for x in low)]
    ends = [linprog(s * aim, A_ub=table, b_ub=limit, bounds=bounds) for s in (1.0, -1.0)]
    return float(-ends[1].fun - ends[0].fun)
