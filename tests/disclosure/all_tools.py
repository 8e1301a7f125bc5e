"""Somebody who reads every tool's reports of an organisation together, all versions of all of them.

She assumes the worst for those who answered: that in each version the same people filled in every tool,
and everything in it, and she knows who works where.  What she does not know is what anybody answered,
and how many stand in a group or unit of which no number is printed.

Unknown are, per *class* of people (unit, perspective, and in which versions they were there), how many
they are, and per question what their answers add up to.  A question is its words: the same words in two
tools would be the same unknown, so that nothing here takes the tools for apart that are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from scipy.optimize import linprog

from hrkit.disclosure.released import ALL, Released
from hrkit.model.engagement import Engagement

__all__ = ["Class", "Fact", "Number", "facts", "numbers", "recovered", "sizes_told"]

TINY = 1e-6
#: Nobody is told apart within a class: where they work, what they are, in which versions they were there.
Class = tuple[str, str, frozenset[int]]


@dataclass(frozen=True)
class Fact:
    """A printed figure of a question: what the answers of some classes add up to, within its rounding."""

    tool: str
    question: str
    classes: frozenset[Class]
    low: float
    high: float
    ends: tuple[float, float]


@dataclass(frozen=True)
class Number:
    """A printed number of people: of which classes, and how many at least and at most."""

    tool: str
    classes: frozenset[Class]
    low: int
    high: float


Sizes = Mapping[Class, int]


def _about(
    group: Sequence[str], unit: str, above: Mapping[str, str | None], sizes: Sizes, version: int
) -> frozenset[Class]:
    """The classes of a group in a unit and below it, in a version."""

    def inside(one: str | None) -> bool:
        return one is not None and (one == unit or inside(above[one]))

    return frozenset(c for c in sizes if version in c[2] and c[1] in group and inside(c[0]))


def _fits(
    n: int | None, named: Sequence[str], unit: str, above: Mapping[str, str | None],
    sizes: Sizes, version: int,
) -> frozenset[Class] | None:  # fmt: skip
    """Of whom so many are said: of today's people, or of an earlier version's that still stand there."""
    for v in range(version, -1, -1):
        found = _about(named, unit, above, sizes, v)
        if n is None or sum(sizes[c] for c in found) == n:
            return found
    # Some of those who came are counted and some wait: those of one place are counted together.
    here = [_about(named, unit, above, sizes, v) for v in range(version + 1)]
    always = frozenset.intersection(*here)
    others = sorted(frozenset.union(*here) - always, key=repr)
    fitting = {
        always | frozenset(some)
        for many in range(len(others) + 1)
        for some in combinations(others, many)
        if sum(sizes[c] for c in (*always, *some)) == n
    }
    # Of whom it is said, where that may be several, is not known to the reader either.
    return fitting.pop() if len(fitting) == 1 else frozenset() if fitting else None


def _words(engagement: Engagement, key: str) -> str:
    question = engagement.instrument.measured.get(key)
    if question is None:
        return f"{engagement.instrument.id}:{key}"
    texts = sorted({texts["en"] for texts in question.item.wordings.values()})
    # The last of the ways in which a facet asks is part of the question.
    return " | ".join((*texts, question.facet.label["en"]))


def _asked(engagement: Engagement, measure: str) -> frozenset[str]:
    """The perspectives that are asked a question, or enough of a dimension for a score."""
    instrument = engagement.instrument
    if measure in instrument.measured:
        return frozenset(instrument.measured[measure].item.ask)
    section = next((s for s in instrument.dimensions if s.id == measure), None)
    if section is None:
        return frozenset(instrument.perspectives)
    return frozenset(p for p in instrument.perspectives if instrument.counted(section, p))


def facts(
    tool: str, engagement: Engagement, released: Released, sizes: Sizes, version: int
) -> Iterator[Fact]:
    """What a version prints of answers: means of questions, shares of categories, options chosen."""
    above = {unit.id: unit.parent for unit in engagement.units}
    root = engagement.root.id
    named = {group.id: group.perspectives for group in released.groups}
    measured = engagement.instrument.measured

    def put(key: str, what: str, who: frozenset[Class], value: float, half: float,
            ends: tuple[float, float]) -> Fact:  # fmt: skip
        n = sum(sizes[c] for c in who)
        question = f"{_words(engagement, key)}{what}"
        return Fact(tool, question, who, n * (value - half), n * (value + half), ends)

    for score in released.scores:
        question = measured.get(score.measure)
        group = score.group.partition("/")[0]
        if not score.shown or question is None or group != score.group or score.group == ALL:
            continue
        faces = [p for p in named[group] if p in question.item.ask]
        who = _fits(score.n, faces, score.unit, above, sizes, version)
        assert who is not None or score.n is None, (tool, score)
        if who and score.mean is not None:
            scale = question.facet.scale
            yield put(score.measure, "", who, score.mean, 0.0501, (scale.low, scale.high))
    for row in (*released.shares, *released.ballots):
        if not row.shown or row.group == ALL:
            continue
        who = _fits(row.n, named[row.group], root, above, sizes, version)
        assert who is not None, (tool, row)
        if not who:
            continue
        for value, share in zip(row.values, row.shares, strict=True):
            yield put(row.measure, f" = {value}", who, share, 0.00501, (0.0, 1.0))


def numbers(
    tool: str, engagement: Engagement, released: Released, sizes: Sizes, version: int
) -> Iterator[Number]:
    """What a version prints of how many answered, and where it says that they were too few."""
    above = {unit.id: unit.parent for unit in engagement.units}
    named = {group.id: group.perspectives for group in released.groups}
    k = released.threshold
    root = engagement.root.id
    said = [(s.measure, s.unit, s.group, s.n, s.told) for s in released.scores if s.shown]
    said += [("", t.unit, t.group, t.answered, t.told) for t in released.turnout]
    said += [(s.measure, root, s.group, s.n, None) for s in released.shares if s.shown]
    said += [(b.measure, root, b.group, b.n, None) for b in released.ballots if b.shown]
    said += [(c.measure, root, c.group, c.n, None) for c in released.counts]
    said += [(d.measure, root, d.group, d.n, None) for d in released.distributions]
    said += [(s.measure, root, s.group, s.n, None) for s in released.silences if s.shown]
    for measure, unit, group, n, told in said:
        if group not in named:
            continue
        faces = [p for p in named[group] if p in _asked(engagement, measure)]
        # "At least so many" stands in the place of the number.
        if told is not None:
            n = None
        who = _fits(n, faces, unit, above, sizes, version)
        if who is None:
            raise AssertionError(f"{tool}: {n} of {group} in {unit} is about nobody")
        if not who:
            continue
        if n is not None:
            yield Number(tool, who, n, n)
        elif told is not None:
            yield Number(tool, who, told, np.inf)
        else:
            yield Number(tool, who, 0, k - 1)


def sizes_told(
    found: Sequence[Number], sizes: Sizes, k: int, invited: Sequence[Number] = ()
) -> set[frozenset[Class]]:
    """Small groups of a unit, and small numbers of those who came or went, of which the size is known."""
    lines = {(one.classes, one.low, one.high) for one in (*found, *invited)}
    return {
        who
        for who, low, high in _ranges(
            lines, sizes, _small(sizes, k), dict.fromkeys(sizes, (0, 200))
        )
        if np.ceil(low - TINY) == np.floor(high + TINY)
    }


def _small(sizes: Sizes, k: int) -> list[frozenset[Class]]:
    """Everybody of a perspective, in a unit or in all, in a version; and of whom two versions differ."""
    sets: set[frozenset[Class]] = set()
    versions = sorted({v for c in sizes for v in c[2]})
    for unit in {c[0] for c in sizes} | {""}:
        for face in {c[1] for c in sizes}:
            here = [c for c in sizes if c[1] == face and unit in ("", c[0])]
            for v in versions:
                sets.add(frozenset(c for c in here if v in c[2]))
            for a, b in pairwise(versions):
                sets.add(frozenset(c for c in here if (a in c[2]) and b not in c[2]))
                sets.add(frozenset(c for c in here if (b in c[2]) and a not in c[2]))
    return [one for one in sets if one and 0 < sum(sizes[c] for c in one) < k]


def recovered(
    found: Sequence[Fact], sizes: Sizes, k: int, margin: float = 1.0
) -> list[tuple[str, frozenset[Class]]]:
    """Questions, and fewer than ``k`` people, whose answers are known to less than the margin.

    Of a rating their mean to within a point; of a category how many of them chose it.
    """
    by: dict[str, set[Fact]] = defaultdict(set)
    for one in found:
        by[one.question].add(one)
    gone: list[tuple[str, frozenset[Class]]] = []
    wanted = _small(sizes, k)
    for question, some in sorted(by.items()):
        ends = next(iter(some)).ends
        bounds = {c: (ends[0] * n, ends[1] * n) for c, n in sizes.items()}
        lines = {(one.classes, one.low, one.high) for one in some}
        least = margin if ends != (0.0, 1.0) else 0.0
        for who, low, high in _ranges(lines, sizes, wanted, bounds, least):
            n = sum(sizes[c] for c in who)
            if ends == (0.0, 1.0):
                whole = np.ceil(low - TINY) == np.floor(high + TINY)
                known = whole and round(low) > 0
            else:
                known = (high - low) / n < margin - TINY
            if known:
                gone.append((question, who))
    return gone


def _ranges(
    lines: set[tuple[frozenset[Class], float, float]],
    sizes: Sizes,
    wanted: Sequence[frozenset[Class]],
    bounds: Mapping[Class, tuple[float, float]],
    least: float = 0.0,
) -> Iterator[tuple[frozenset[Class], float, float]]:
    """The least and the most that some classes may add up to, where that may be little enough."""
    names = sorted(sizes, key=repr)
    at = {c: i for i, c in enumerate(names)}
    rows, ends = [], []
    for who, low, high in lines:
        row = np.zeros(len(names))
        row[[at[c] for c in who]] = 1.0
        if np.isfinite(high):
            rows.append(row)
            ends.append(high)
        rows.append(-row)
        ends.append(-low)
    given: dict[str, Any] = {"A_ub": np.array(rows), "b_ub": np.array(ends),
                             "bounds": [bounds[c] for c in names]}  # fmt: skip
    points: list[np.ndarray] = []

    def solve(cost: np.ndarray) -> None:
        done = linprog(cost, method="highs", **given)
        assert done.status == 0, "nothing agrees with what was printed"
        points.append(done.x)

    rng = np.random.default_rng(len(rows))
    for _ in range(3):
        solve(rng.normal(size=len(names)))
    for who in wanted:
        cost = np.zeros(len(names))
        cost[[at[c] for c in who]] = 1.0
        n = sum(sizes[c] for c in who)
        for sign in (1.0, -1.0):
            values = [float(p @ cost) for p in points]
            if max(values) - min(values) < max(least * n, 1.0) + TINY:
                solve(sign * cost)
        values = [float(p @ cost) for p in points]
        yield who, min(values), max(values)
