"""What a delivery says of a choice of so many: its numbers read back, and whom they tell of over versions.

Unknown is how many of each *class* of people chose each option.  A class is everybody of a group who
was there with the same choice in the same versions: nothing that is printed sets two of a class
apart.  Each printed share is an equation for the classes of its version, each class gives as many
choices as it has people times those of one, and an option has no more choices than people.  Waves
stand apart: everybody chooses anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import linprog

from .facts import Delivery, People, Picked
from .world import State, World

__all__ = ["Chosen", "choosing", "chosen", "picked", "told_of"]

#: Fewer than so many must not be told what they chose, or left.
FEW = 3
TINY = 1e-6


def chosen(found: Any, instrument: Any) -> Iterator[float]:
    """Every share that may be printed: of people one by one, of choices for what few chose together."""
    question = instrument.ballot
    for row in found.ballots if question else ():
        if row.shown:
            exactly = question.facet.scale.exactly
            yield from (*row.shares, row.rest, row.rest / exactly, float(exactly))
            # In the order an option that few chose weighs an equal part.
            yield from (row.rest / len(row.together),) if row.together else ()
    for row in found.chosen_changes:
        # How large a change must be to be named follows from what is printed, as the change does.
        yield from (row.before, row.now, abs(row.difference), row.detectable or 0.0)


def choosing(found: Any) -> Iterator[People]:
    """How many of each group chose."""
    yield from (People("chose", row.group, row.n) for row in found.ballots if row.shown)


def picked(found: Any) -> Iterator[Picked]:
    """Each group's ballot; the mean over groups holds nothing that is not printed beside it."""
    for row in found.ballots:
        if row.shown and row.group != "all":
            shares = dict(zip(row.values, row.shares, strict=True))
            yield Picked(row.group, row.n, shares, row.together, row.rest)


@dataclass(frozen=True)
class Chosen:
    """A few people of whom is known how many of them chose an option."""

    versions: tuple[int, ...]
    option: str
    who: frozenset[str]
    n: int


#: Version, state, what was printed, and the perspectives that it is about.
Row = tuple[int, State, Picked, tuple[str, ...]]
Class = tuple[tuple[int, tuple[str, ...]], ...]


def told_of(world: World, deliveries: Sequence[tuple[int, Delivery]]) -> list[Chosen]:
    """Whom the ballots of all versions tell of."""
    question = world.questions.instrument.ballot
    if question is None:
        return []
    options = tuple(choice.value for choice in question.facet.scale.choices)
    by: dict[str, list[Row]] = defaultdict(list)
    for version, (at, delivery) in enumerate(deliveries):
        for one in delivery.picked:
            # Who a group is may change: where few answered, two perspectives are one.
            faces = delivery.groups[one.group]
            by[delivery.wave].append((version, world.states[at], one, tuple(faces)))
    found: list[Chosen] = []
    for rows in by.values():
        found += _learnt(_fitting(rows), options, question.facet.scale.exactly)
    return found


def _fitting(rows: Sequence[Row]) -> list[tuple[int, Picked, Mapping[str, tuple[str, ...]]]]:
    """Each printed ballot with those it is about: the oldest state since then that gives it."""
    found = []
    for version, _, one, faces in rows:
        states = {id(s): s for v, s, _, _ in rows if v <= version}
        for state in states.values():
            who = {
                id: p.picked
                for id, p in state.people.items()
                if p.perspective in faces and p.picked
            }
            if _gives(who, one):
                found.append((version, one, who))
                break
        else:
            raise AssertionError(f"v{version}: a ballot of {one.group} about nobody")
    return found


def _gives(who: Mapping[str, tuple[str, ...]], one: Picked) -> bool:
    """Whether these people's choices print so."""
    n = len(who)
    if n != one.n:
        return False
    count = {o: sum(o in c for c in who.values()) for o in (*one.shares, *one.together)}
    alone = all(abs(count[o] / n - share) < 0.00501 for o, share in one.shares.items())
    return alone and abs(sum(count[o] for o in one.together) / n - one.rest) < 0.00501


def _learnt(
    rows: Sequence[tuple[int, Picked, Mapping[str, tuple[str, ...]]]],
    options: Sequence[str],
    exactly: int,
) -> list[Chosen]:
    classes: dict[Class, list[str]] = defaultdict(list)
    for id in sorted({id for _, _, who in rows for id in who}):
        runs = tuple((r, who[id]) for r, (_, _, who) in enumerate(rows) if id in who)
        # With what she chose is *that* she chose the same: told by nobody, known at the worst.
        classes[_runs(runs)].append(id)
    names = list(classes)
    at = {(c, o): i * len(options) + j for i, c in enumerate(names) for j, o in enumerate(options)}
    lines: list[tuple[np.ndarray, float, float]] = []

    def line(cells: Sequence[int], low: float, high: float) -> None:
        row = np.zeros(len(at))
        row[list(cells)] = 1.0
        lines.append((row, low, high))

    for c in names:
        line([at[c, o] for o in options], exactly * len(classes[c]), exactly * len(classes[c]))
    known: set[tuple[int, str]] = set()
    for row, (_, one, who) in enumerate(rows):
        inside = [c for c in names if set(classes[c]) <= set(who)]
        for o, share in one.shares.items():
            count = round(share * one.n)
            known |= {(row, o)} if count == 0 else set()
            line([at[c, o] for c in inside], count, count)
        joint = [at[c, o] for c in inside for o in one.together]
        if joint:
            line(joint, round(one.rest * one.n), round(one.rest * one.n))
            for o in one.together:
                # A small count is among them; none is above the smallest that stands alone.
                most = min((round(s * one.n) for s in one.shares.values() if s), default=one.n)
                line([at[c, o] for c in inside], 0, most)
    most = np.array([len(classes[c]) for c in names for _ in options], dtype=float)
    sets = {frozenset(classes[c]) for c in names}
    for (_, _, a), (_, _, b) in combinations(rows, 2):
        sets |= {
            frozenset(i for i in one if other.get(i) != one[i]) for one, other in ((a, b), (b, a))
        }
    wanted = []
    for who in sets:
        cells = [c for c in names if set(classes[c]) <= who]
        if who and sum(len(classes[c]) for c in cells) == len(who):
            about = [r for r, (_, _, people) in enumerate(rows) if who <= people.keys()]
            versions = tuple(dict.fromkeys(rows[r][0] for r in about))
            for o in options:
                if not any((r, o) in known for r in about):
                    wanted.append((who, o, [at[c, o] for c in cells], versions))
    return [
        Chosen(versions, o, who, n)
        for who, o, n, versions in _settled(lines, most, wanted)
        if len(who) < FEW or 0 < n < FEW or len(who) - FEW < n
    ]


def _runs(runs: Sequence[tuple[int, tuple[str, ...]]]) -> Class:
    """In which ballots, and from which of them on with another choice; not which choice it was."""
    last, number, found = None, -1, []
    for version, choice in runs:
        number += choice != last
        last = choice
        found.append((version, (str(number),)))
    return tuple(found)


def _settled(
    lines: Sequence[tuple[np.ndarray, float, float]],
    most: np.ndarray,
    wanted: Sequence[tuple[frozenset[str], str, list[int], tuple[int, ...]]],
) -> Iterator[tuple[frozenset[str], str, int, tuple[int, ...]]]:
    """Those of the wanted numbers that have one value in all that agrees with the lines."""
    same = [(row, low) for row, low, high in lines if low == high]
    less = [(row, high) for row, low, high in lines if low != high]
    given: dict[str, Any] = {
        "A_eq": np.array([row for row, _ in same]),
        "b_eq": np.array([low for _, low in same]),
        "bounds": list(zip(np.zeros(len(most)), most, strict=True)),
    }
    if less:
        given |= {"A_ub": np.array([r for r, _ in less]), "b_ub": np.array([h for _, h in less])}
    points: list[np.ndarray] = []

    def solve(cost: np.ndarray) -> None:
        found = linprog(cost, method="highs", **given)
        assert found.status == 0, "no choices agree with what was printed"
        points.append(found.x)

    rng = np.random.default_rng(len(most))
    for _ in range(4):
        solve(rng.choice([-1.0, 1.0], len(most)))
    for who, option, cells, versions in wanted:
        cost = np.zeros(len(most))
        cost[cells] = 1.0
        for sign in (1.0, -1.0):
            values = [float(point @ cost) for point in points]
            if np.floor(max(values) + TINY) <= np.ceil(min(values) - TINY):
                solve(sign * cost)
        values = [float(point @ cost) for point in points]
        if np.floor(max(values) + TINY) <= np.ceil(min(values) - TINY):
            yield who, option, round(min(values)), versions
