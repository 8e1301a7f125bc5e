"""Organisations made to be attacked: small, nested, crossed, unanimous, changing."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from hrkit.disclosure.proof.protect import Candidate, Earlier, protect, published

from .attacker import Recovered, Row, attack


@dataclass(frozen=True)
class Shape:
    """What an organisation looks like; `seed` decides the rest."""

    seed: int
    teams: int = 5
    divisions: int = 2
    perspectives: int = 3
    levels: int = 1
    pairs: bool = False
    missing: float = 0.0
    unanimous: float = 0.1
    spread: float = 0.8
    centre: float = 3.5
    steps: int | None = 1
    changes: int = 0
    sizes: tuple[int, ...] = (1, 2, 3, 4, 4, 5, 5, 6, 7, 9)
    pooled: bool = True
    rounded: bool = True


@dataclass(frozen=True)
class Person:
    team: int
    division: int
    perspective: int
    level: int
    pair: int
    answer: float


def random_shape(seed: int) -> Shape:
    rng = random.Random(seed)
    levels, pairs = rng.choice(((1, False), (1, False), (2, False), (3, False), (1, True)))
    cells = 36 // (levels * (3 if pairs else 1))
    perspectives = rng.randint(2, 6)
    return Shape(
        seed=seed,
        teams=rng.randint(2, max(2, cells // perspectives)),
        divisions=rng.randint(1, 3),
        perspectives=perspectives,
        levels=levels,
        pairs=pairs,
        missing=rng.choice((0.0, 0.0, 0.1, 0.3)),
        unanimous=rng.choice((0.0, 0.1, 0.4)),
        spread=rng.choice((0.4, 0.8, 1.3)),
        centre=rng.choice((2.0, 3.5, 4.3)),
        steps=rng.choice((1, 1, 1, 5, None)),
        changes=rng.choice((0, 0, 1, 2, 6)),
        sizes=rng.choice(((1, 2, 3, 4, 4, 5, 5, 6, 7, 9), (4, 5), (0, 0, 3, 5, 8, 14), (0, 1, 2))),
        pooled=rng.random() < 0.6,
        rounded=rng.random() < 0.5,
    )


def people_of(shape: Shape) -> list[Person]:
    rng = random.Random(shape.seed)
    people = []
    for team in range(shape.teams):
        for perspective in range(shape.perspectives):
            same = rng.choice((1.0, 5.0)) if rng.random() < shape.unanimous else None
            for _ in range(rng.choice(shape.sizes)):
                answer = same or min(5.0, max(1.0, rng.gauss(shape.centre, shape.spread)))
                if shape.steps:
                    answer = round(answer * shape.steps) / shape.steps
                if rng.random() < shape.missing:
                    answer = float("nan")
                people.append(
                    Person(
                        team,
                        team % shape.divisions,
                        perspective,
                        rng.randrange(shape.levels),
                        rng.randrange(3) if shape.pairs else 0,
                        answer,
                    )
                )
    return people


def groups_of(
    shape: Shape, people: Sequence[Person]
) -> list[tuple[Hashable, tuple[frozenset[int], ...], int]]:
    """Name, parts and priority of everything a report would like to print."""

    def those(test: Callable[[Person], bool]) -> frozenset[int]:
        return frozenset(i for i, p in enumerate(people) if test(p) and not np.isnan(p.answer))

    rng = random.Random(shape.seed + 1)
    units: list[tuple[str, Callable[[Person], bool]]] = [("all", lambda p: True)]
    units += [(f"division {d}", lambda p, d=d: p.division == d) for d in range(shape.divisions)]
    units += [(f"team {t}", lambda p, t=t: p.team == t) for t in range(shape.teams)]
    wanted: list[tuple[Hashable, tuple[frozenset[int], ...], int]] = []
    for rank, (name, inside) in enumerate(units):
        faces = [
            those(lambda p, f=f, inside=inside: inside(p) and p.perspective == f)
            for f in range(shape.perspectives)
        ]
        wanted += [((name, f), (face,), 2 * rank + 1) for f, face in enumerate(faces)]
        parts = tuple(face for face in faces if len(face) >= 5)
        if parts:
            wanted.append(((name, "mean"), parts, 2 * rank))
        if shape.pooled:
            wanted.append(((name, "pool"), (those(inside),), 2 * rank))
        for level in range(shape.levels if shape.levels > 1 else 0):
            group = those(lambda p, level=level, inside=inside: inside(p) and p.level == level)
            wanted.append(((name, "level", level), (group,), rng.randint(1, 30)))
    return wanted


def printed(people: Sequence[Person], parts: Sequence[frozenset[int]], shape: Shape) -> float:
    return published([p.answer for p in people], parts, 1 if shape.rounded else 12)


def hidden_below(people: Sequence[Person], shape: Shape, k: int = 5) -> list[Row]:
    """What most survey tools publish: every group with at least k answers."""
    return [
        Row(name, parts, printed(people, parts, shape))
        for name, parts, _ in groups_of(shape, people)
        if min(map(len, parts)) >= k
    ]


def released(
    people: Sequence[Person],
    shape: Shape,
    earlier: Sequence[Earlier] = (),
    atoms: Sequence[int] | None = None,
    k: int = 5,
    seconds: float = 10.0,
) -> list[Row]:
    """What `protect` lets through."""
    values = np.array([p.answer for p in people])
    codes = atom_codes(people) if atoms is None else atoms[: len(people)]
    wanted = groups_of(shape, people)
    decision = protect(
        values,
        np.array(codes),
        [Candidate(name, parts, priority) for name, parts, priority in wanted],
        k=k,
        earlier=earlier,
        decimals=1 if shape.rounded else None,
        lp_budget_seconds=seconds,
    )
    groups = {name: parts for name, parts, _ in wanted}
    assert set(decision.released) | set(decision.withheld) == set(groups)
    return [
        Row(name, groups[name], printed(people, groups[name], shape)) for name in decision.released
    ]


def atom_codes(people: Sequence[Person]) -> list[int]:
    names: dict[tuple[int, ...], int] = {}
    return [names.setdefault((p.team, p.perspective, p.level, p.pair), len(names)) for p in people]


def two_versions(shape: Shape) -> tuple[list[Row], list[Row], dict[int, Hashable]]:
    """Publish, let people leave, join and change their answers, publish again.

    Returns
    -------
    before, after, atoms
        The rows of both versions, their people numbered through, and everybody's atom.
    """
    rng = random.Random(shape.seed + 2)
    everybody = people_of(shape)
    if len(everybody) <= 2 * shape.changes or not shape.changes:
        codes = atom_codes(everybody)
        return [], released(everybody, shape), {i: (True, code) for i, code in enumerate(codes)}
    touched = rng.sample(range(len(everybody)), 2 * shape.changes)
    joining, leaving = touched[: shape.changes], touched[shape.changes :]
    staying = [i for i in range(len(everybody)) if i not in touched]
    # Some of those who leave come back with another answer.
    back = [replace(p, answer=6.0 - p.answer) for p in map(everybody.__getitem__, leaving)]
    back = [p for p in back if rng.random() < 0.4]
    first = [everybody[i] for i in staying + leaving]
    second = [everybody[i] for i in staying + joining] + back
    # The second version's numbering, with those who left at its end.
    shift = len(second) - len(staying)
    number = {i: i if i < len(staying) else i + shift for i in range(len(first))}
    before = [
        Row(
            ("before", row.id),
            tuple(frozenset(number[i] for i in part) for part in row.parts),
            row.value,
        )
        for row in released(first, shape)
    ]
    codes = atom_codes(second + first[len(staying) :])
    earlier = [
        Earlier(row.id, row.parts, row.value, 1 if shape.rounded else None) for row in before
    ]
    after = released(second, shape, earlier, codes)
    return before, after, {i: (i < len(second), code) for i, code in enumerate(codes)}


def given_away(shape: Shape) -> tuple[int, list[Recovered]]:
    """Attack both versions; return the number of rows published and what they give away.

    Who is going to leave is no atom of the first version yet: sets that it confines already
    once they can be told apart are not held against the second, unless it narrows them.
    """
    before, after, atoms = two_versions(shape)
    break_in = partial(attack, steps=shape.steps, rounded=shape.rounded)
    late = break_in(before, {i: code for i, (_, code) in atoms.items()})
    old = {found.members: found for found in break_in(before, atoms)}
    for found in break_in(before + after, atoms):
        known = old.get(found.members)
        if known is None or known.high - known.low > found.high - found.low + 1e-6:
            late.append(found)
    return len(before) + len(after), late
