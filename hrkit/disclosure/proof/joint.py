"""What several measures say together about a few people (one linear programme over all of them).

A dimension is the mean of its statements; so where one of six people said "don't know" once, the
statements' totals and the dimension's mean leave one equation for that person's other answers.
Here everything printed about some people, on all measures that share questions, in all versions,
is put into one system.  The unknowns are single answers: one a person, question and answer given
(who changed an answer has two unknowns for it).  People whom nothing printed tells apart are
one class, whose totals are the unknowns; a target that is about one of a class splits it.

A set is safe if its mean may lie `margin` apart and agree with all that is printed.  Answers are
whole numbers, so only whole totals between the ends of the programme count.  All targets are
solved at once, as blocks of one programme.

Source: Fischetti and Salazar 2001 (see `bounds`); there for one table, here for linked ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Printed", "Unknown", "confined"]

Floats = npt.NDArray[np.float64]

#: A person's answer to a question: person, question, answer given (the answer only tells states of
#: one person apart).
Unknown = tuple[Hashable, str, int]

_TINY = 1e-7

#: What is printed of a person: question to each answer given, with the rows and weights it has.
_Sign = tuple[tuple[str, tuple[tuple[tuple[int, float], ...], ...]], ...]


@dataclass(frozen=True)
class Printed:
    """A printed mean: a weighted sum of answers, and the interval that the print stands for.

    Attributes
    ----------
    weights
        Person to their unknowns with the weight of each in the mean.
    low, high
        Of the mean; equal where it is known exactly.
    """

    weights: Mapping[Hashable, tuple[tuple[Unknown, float], ...]]
    low: float
    high: float


@dataclass(frozen=True)
class _System:
    """Classes of people with their unknowns, and the rows in terms of class totals."""

    members: tuple[tuple[Hashable, ...], ...]
    questions: tuple[tuple[tuple[str, int], ...], ...]
    first: tuple[int, ...]
    rows: Floats
    low: Floats
    high: Floats


def confined(
    rows: Sequence[Printed],
    scale: tuple[float, float],
    k: int,
    *,
    withheld: Sequence[str] = (),
    alike: Sequence[str] = (),
    margin: float = 1.0,
) -> bool:
    """Whether the rows confine a person or a small set too much.

    Asked about every person: the mean of their answers, each answer to a question that is
    withheld, and each answer of people who differ from the others.  Asked about every class
    of fewer than `k` people: the same.  And about the people who answered a question that is
    withheld, if they are fewer than `k`.

    Parameters
    ----------
    rows
        All that is printed.
    scale
        Lowest and highest answer.
    k
        Threshold.
    withheld
        Questions whose own mean is not printed now.
    alike
        Those of them that are withheld because everybody gave the same answer: their mean must not
        be known either, for their absence and their mean would say it.
    margin
        Width in points below which a set counts as known.
    """
    if not rows:
        return False
    system = _system(rows)
    blocks = _targets(system, k, frozenset(withheld), frozenset(alike))
    return bool(blocks) and _narrow(system, blocks, scale, margin)


def _system(rows: Sequence[Printed]) -> _System:
    """Put people whom no row tells apart together."""
    signs: dict[Hashable, dict[Unknown, list[tuple[int, float]]]] = {}
    for r, row in enumerate(rows):
        for person, parts in row.weights.items():
            mine = signs.setdefault(person, {})
            for unknown, weight in parts:
                mine.setdefault(unknown, []).append((r, weight))
    classes: dict[_Sign, list[Hashable]] = {}
    for person, mine in signs.items():
        told: dict[str, list[tuple[tuple[int, float], ...]]] = {}
        for (_, question, _), where in sorted(mine.items(), key=lambda item: item[0][1:]):
            told.setdefault(question, []).append(tuple(where))
        sign = tuple((q, tuple(sorted(states))) for q, states in sorted(told.items()))
        classes.setdefault(sign, []).append(person)
    members = tuple(tuple(people) for people in classes.values())
    questions = tuple(
        tuple((q, s) for q, states in sign for s in range(len(states))) for sign in classes
    )
    first, at = [], 0
    for shape in questions:
        first.append(at)
        at += len(shape)
    matrix = np.zeros((len(rows), at))
    for c, sign in enumerate(classes):
        for i, told_by in enumerate(by for _, states in sign for by in states):
            for r, weight in told_by:
                matrix[r, first[c] + i] += weight
    return _System(
        members,
        questions,
        tuple(first),
        matrix,
        np.array([row.low for row in rows]),
        np.array([row.high for row in rows]),
    )


@dataclass(frozen=True)
class _Target:
    """Some answers of so many people of some classes: class to how many, and which unknowns."""

    people: Mapping[int, int]
    columns: tuple[int, ...]
    answers: int


def _targets(
    system: _System, k: int, withheld: frozenset[str], alike: frozenset[str]
) -> list[_Target]:
    sizes = [len(people) for people in system.members]
    most = max(sizes)
    found: list[_Target] = []
    for c, (size, shape) in enumerate(zip(sizes, system.questions, strict=True)):
        columns = tuple(system.first[c] + i for i in range(len(shape)))
        differs = size < most or size < k
        ways = [1] if size >= k or size == 1 else [1, size]
        for people in ways:
            if differs:
                found.append(_Target({c: people}, columns, people * len(columns)))
            for i, (question, _) in enumerate(shape):
                if differs or question in withheld:
                    found.append(_Target({c: people}, (columns[i],), people))
    # Everybody who differs from the most, together: their sum may be known where no one's is.
    others = [c for c, size in enumerate(sizes) if c != sizes.index(most)]
    if len(others) > 1 and sum(sizes[c] for c in others) < k:
        every = [system.first[c] + i for c in others for i in range(len(system.questions[c]))]
        answers = sum(sizes[c] * len(system.questions[c]) for c in others)
        found.append(_Target({c: sizes[c] for c in others}, tuple(every), answers))
    for question in sorted(withheld):
        places = {
            c: [system.first[c] + i for i, (q, _) in enumerate(shape) if q == question]
            for c, shape in enumerate(system.questions)
        }
        answered = {c: at for c, at in places.items() if len(at) == 1}
        count = sum(sizes[c] for c in answered)
        if count and (question in alike or (len(answered) > 1 and count < k)):
            columns = tuple(at[0] for at in answered.values())
            found.append(_Target({c: sizes[c] for c in answered}, columns, count))
    return found


def _narrow(
    system: _System, targets: Sequence[_Target], scale: tuple[float, float], margin: float
) -> bool:
    """Whether any target's mean is confined to less than the margin."""
    from scipy.optimize import linprog
    from scipy.sparse import block_diag, csc_array

    low, high = scale
    sizes = np.repeat(
        [float(len(people)) for people in system.members],
        [len(shape) for shape in system.questions],
    )
    exact = system.high - system.low < _TINY
    loose = ~exact
    equal, between, cost, bounds = [], [], [], []
    for target in targets:
        # One or some of a class: its columns come twice, once for them and once for the rest.
        split = [
            col
            for c, count in target.people.items()
            if count < len(system.members[c])
            for col in target.columns
            if system.first[c] <= col < system.first[c] + len(system.questions[c])
        ]
        rows = np.hstack([system.rows, system.rows[:, split]])
        here = np.concatenate([sizes, np.zeros(len(split))])
        objective = np.zeros(len(here))
        for i, col in enumerate(split):
            count = float(
                next(
                    n
                    for c, n in target.people.items()
                    if system.first[c] <= col < system.first[c] + len(system.questions[c])
                )
            )
            here[col] -= count
            here[len(sizes) + i] = count
            objective[len(sizes) + i] = 1.0
        objective[[col for col in target.columns if col not in split]] = 1.0
        for sign in (1.0, -1.0):
            equal.append(rows[exact])
            between.append(rows[loose])
            cost.append(sign * objective)
            bounds.append(np.column_stack([low * here, high * here]))
    times = len(cost)
    upper = csc_array(block_diag(between, format="csc"))
    from scipy.sparse import vstack

    result = linprog(
        np.concatenate(cost),
        A_ub=vstack([upper, -upper], format="csc") if loose.any() else None,
        b_ub=np.concatenate(
            [np.tile(system.high[loose], times), -np.tile(system.low[loose], times)]
        )
        if loose.any()
        else None,
        A_eq=csc_array(block_diag(equal, format="csc")) if exact.any() else None,
        b_eq=np.tile(system.low[exact], times) if exact.any() else None,
        bounds=np.vstack(bounds),
        method="highs",
    )
    if result.x is None or not result.success:
        return True
    at = 0
    for i, target in enumerate(targets):
        ends = []
        for j in (2 * i, 2 * i + 1):
            size = len(cost[j])
            ends.append(float(abs(cost[j]) @ result.x[at : at + size]))
            at += size
        room = np.floor(ends[1] + 1e-5) - np.ceil(ends[0] - 1e-5)
        if room < margin * target.answers - 1e-5:
            return True
    return False
