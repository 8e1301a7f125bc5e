"""What everything printed about some people says together about a few of them.

A dimension is the mean of its statements; so where one of six people said "don't know" once, the
statements' totals and the dimension's mean leave one equation for that person's other answers.
A distribution beside the mean of a unit, or a mean of today beside one of last week, does the same.
Here everything printed about some people, on all measures that share questions, in all versions,
is put into one system.  The unknowns are single answers: one a person, question and answer given
(who changed an answer has two unknowns for it).  People whom nothing tells apart are one class, of
whom one is held against the others: rows and targets do not care which.

A set is safe if its mean may lie `margin` apart and agree with all that is printed.  Answers are
whole numbers, so only totals that whole answers can have count.  Most targets need no programme of
their own: any point that agrees with all rows serves all targets at once.

Source: Fischetti and Salazar 2001 (see `bounds`); there for one table, here for linked ones.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.solver import solver_of

__all__ = ["Printed", "Proof", "Target", "Unknown"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

#: A person's answer to a question: person, question, answer given (the answer only tells states of
#: one person apart).
Unknown = tuple[Hashable, str, int]

#: What each value of the scale counts (None for itself), and where the sum lies.
End = tuple[tuple[float, ...] | None, float, float]

_TINY = 1e-6
#: Points to begin with: each is one programme, and settles most targets.
_PUSHES = 6


@dataclass(frozen=True)
class Printed:
    """Something that is printed: weighted sums of answers, and where they lie.

    Attributes
    ----------
    weights
        Unknown to its weight.
    ends
        A mean has one; a distribution one for each value of the scale.
    name
        What it is called when it is asked whether it may stand; None for what is out already.
    version
        In which version it is printed.
    each
        Whether it is said of every single person rather than of all together.
    """

    weights: Mapping[Unknown, float]
    ends: tuple[End, ...]
    name: Hashable = None
    version: int = 0
    each: bool = False

    @cached_property
    def people(self) -> frozenset[Hashable]:
        """Whom it is about."""
        return frozenset(u[0] for u in self.weights)

    @cached_property
    def about(self) -> frozenset[Unknown]:
        """What it is about."""
        return frozenset(self.weights)


@dataclass(frozen=True)
class Target:
    """A mean that must not be known.

    Attributes
    ----------
    weights
        Unknown to its weight; they add up to one.
    named
        Versions in which these people had a name of their own: a unit's, a level's.
    strict
        Whether it must not be known even where it follows from one large group alone.
    """

    weights: Mapping[Unknown, float]
    named: frozenset[int] = frozenset()
    strict: bool = False

    @cached_property
    def people(self) -> frozenset[Hashable]:
        """Whom it is about."""
        return frozenset(u[0] for u in self.weights)

    @cached_property
    def step(self) -> float | None:
        """The grid its mean stands on, where all answers weigh the same."""
        weights = list(self.weights.values())
        return weights[0] if max(weights) - min(weights) < 1e-12 else None


@dataclass(frozen=True)
class _Block:
    """Some people of a class together, and where the unknowns of each slot begin."""

    size: int
    at: Mapping[tuple[str, int], int]


class Proof:
    """Which of the things that are to be printed can stand together.

    Parameters
    ----------
    rows
        All that is printed or would be.
    targets
        What must not be known.
    scale
        Lowest and highest answer.
    margin
        Width in points below which a mean counts as known.
    large
        In a group of so many what follows from its own figures alone is printed on purpose: where
        nearly all answer alike, so does any set of them that one may think of.
    """

    def __init__(
        self,
        rows: Sequence[Printed],
        targets: Sequence[Target],
        scale: tuple[float, float],
        *,
        margin: float = 1.0,
        large: int = 10,
    ) -> None:
        touched: frozenset[Unknown] = frozenset().union(*(row.about for row in rows))
        reached = frozenset(u[0] for u in touched)
        self._rows, self._scale, self._margin, self._large = rows, scale, margin, large
        # People of whom nothing is printed can have answered anything.
        self._targets = [
            t for t in targets if t.people <= reached and not touched.isdisjoint(t.weights)
        ]
        self._classes = _Classes(rows, self._targets)
        self._columns()
        self._model()
        self._aims = np.array([self._vector(t.weights) for t in self._targets]).reshape(
            len(self._targets), self._count
        )
        self._need = np.full(len(self._targets), margin)
        self._first: list[int] = []
        self._points = np.empty((0, self._count))

    def narrow(self, gone: Collection[Hashable] = ()) -> bool:
        """Whether a target is known from the rows without those that are gone."""
        if not self._targets:
            return False
        active = np.array([row.name is None or row.name not in gone for row in self._rows])
        self._only(np.append(active, True)[self._of])
        if not self._feasible():
            return True
        order = [*self._first, *(t for t in range(len(self._targets)) if t not in self._first)]
        for t in order:
            if self._reached(t) >= self._need[t] - _TINY:
                continue
            width = self._width(t)
            if width >= self._need[t] - 10 * _TINY or self._excused(t, width, active):
                continue
            if self._given(t, width):
                continue
            self._first = [t, *(u for u in self._first if u != t)]
            return True
        return False

    # ------------------------------------------------------------------ the system

    def _columns(self) -> None:
        spectral = {
            self._classes.slot(u)
            for row in self._rows
            if any(worth is not None for worth, _, _ in row.ends)
            for u in row.weights
        }
        low, high = self._scale
        self._values = np.arange(low, high + 0.5)
        self._blocks: list[list[_Block]] = []
        lows: list[float] = []
        highs: list[float] = []
        for c, (people, slots) in enumerate(self._classes.found):
            row = []
            for size in (1, len(people) - 1):
                at = {}
                for slot in slots if size else ():
                    at[slot] = len(lows)
                    if (c, slot) in spectral:
                        lows += [0.0] * len(self._values)
                        highs += [float(size)] * len(self._values)
                    else:
                        lows.append(low * size)
                        highs.append(high * size)
                if size:
                    row.append(_Block(size, at))
            self._blocks.append(row)
        self._spectral = spectral
        self._count = len(lows)
        self._bounds = (np.array(lows), np.array(highs))

    def _model(self) -> None:
        import highspy
        from scipy.sparse import csc_matrix

        i: list[int] = []
        j: list[int] = []
        x: list[float] = []
        low: list[float] = []
        high: list[float] = []
        of: list[int] = []

        def add(row: int, terms: Mapping[int, float], least: float, most: float) -> None:
            i.extend([len(low)] * len(terms))
            j.extend(terms)
            x.extend(terms.values())
            low.append(least - 1e-7)
            high.append(most + 1e-7)
            of.append(row)

        for c, slot in self._spectral:
            for block in self._blocks[c]:
                at = block.at[slot]
                terms = {at + v: 1.0 for v in range(len(self._values))}
                add(-1, terms, float(block.size), float(block.size))
        for r, row in enumerate(self._rows):
            for worth, least, most in row.ends:
                if row.each:
                    for part, size in self._single(row):
                        add(r, part, least * size, most * size)
                else:
                    add(r, self._terms(row.weights, worth), least, most)
        matrix = csc_matrix((x, (i, j)), shape=(len(low), self._count))
        self._matrix, self._low, self._high = matrix, np.array(low), np.array(high)
        self._of = np.array(of, dtype=np.intp)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._count, len(low)
        model.col_cost_ = np.zeros(self._count)
        model.col_lower_, model.col_upper_ = self._bounds
        model.row_lower_, model.row_upper_ = self._low, self._high
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = matrix.indptr
        model.a_matrix_.index_ = matrix.indices
        model.a_matrix_.value_ = matrix.data
        self._solver = solver_of(model)
        self._inside = np.ones(len(low), dtype=bool)

    def _terms(
        self, weights: Mapping[Unknown, float], worth: tuple[float, ...] | None
    ) -> dict[int, float]:
        terms: dict[int, float] = {}
        done = set()
        for u, weight in weights.items():
            place = self._classes.slot(u)
            if place in done:
                continue
            done.add(place)
            for block in self._blocks[place[0]]:
                for k, by in self._worth(place, block, worth):
                    terms[k] = terms.get(k, 0.0) + weight * by
        return terms

    def _single(self, row: Printed) -> Iterator[tuple[dict[int, float], int]]:
        """What is said of every single person, block by block."""
        by: dict[int, dict[tuple[str, int], float]] = {}
        for u, weight in row.weights.items():
            c, slot = self._classes.slot(u)
            by.setdefault(c, {})[slot] = weight
        for c, slots in by.items():
            for block in self._blocks[c]:
                terms: dict[int, float] = {}
                for slot, weight in slots.items():
                    for k, value in self._worth((c, slot), block, None):
                        terms[k] = weight * value
                yield terms, block.size

    def _worth(
        self, place: tuple[int, tuple[str, int]], block: _Block, worth: tuple[float, ...] | None
    ) -> Iterator[tuple[int, float]]:
        at = block.at[place[1]]
        if place not in self._spectral:
            yield at, 1.0
            return
        for v, value in enumerate(self._values if worth is None else worth):
            if value:
                yield at + v, float(value)

    def _vector(self, weights: Mapping[Unknown, float]) -> Floats:
        """A target in terms of the columns: one of a class, or all of it."""
        vector = np.zeros(self._count)
        asked: dict[int, set[Hashable]] = {}
        for u in weights:
            asked.setdefault(self._classes.slot(u)[0], set()).add(u[0])
        done = set()
        for u, weight in weights.items():
            place = self._classes.slot(u)
            if place in done:
                continue
            done.add(place)
            c = place[0]
            whole = len(asked[c]) == len(self._classes.found[c][0])
            for block in self._blocks[c] if whole else self._blocks[c][:1]:
                for k, by in self._worth(place, block, None):
                    vector[k] += weight * by
        return vector

    # ---------------------------------------------------------------------- asking

    def _only(self, inside: npt.NDArray[np.bool_]) -> None:
        """Let some lines of the programme say nothing."""
        for line in np.flatnonzero(inside != self._inside).tolist():
            least, most = (self._low[line], self._high[line]) if inside[line] else (-np.inf, np.inf)
            self._solver.changeRowBounds(line, least, most)
        self._inside = inside

    def _feasible(self) -> bool:
        """Keep the points that agree with the rows; find some where there are few."""
        if len(self._points):
            sums = (self._matrix @ self._points.T).T
            off = (sums < self._low - _TINY) | (sums > self._high + _TINY)
            self._agree = ~(off & self._inside).any(axis=1)
        else:
            self._agree = np.zeros(0, dtype=bool)
        if self._agree.sum() > 2:
            return True
        rng = np.random.default_rng(self._count)
        lone = np.zeros(self._count)
        for blocks in self._blocks:
            lone[list(blocks[0].at.values())] = 1.0
        for n in range(_PUSHES):
            push = rng.choice([-1.0, 1.0], self._count)
            if self._solve(push * (lone if n % 2 else 1.0 + 3.0 * lone)) is None:
                return False
        return True

    def _solve(self, cost: Floats) -> Floats | None:
        import highspy

        where = np.arange(self._count, dtype=np.int32)
        self._solver.changeColsCost(self._count, where, cost)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        point = np.array(self._solver.getSolution().col_value)
        self._points = np.vstack([self._points, point])
        self._agree = np.append(self._agree, True)
        return point

    def _reached(self, t: int) -> float:
        values = self._points[self._agree] @ self._aims[t]
        return self._apart(t, values.min(), values.max()) if len(values) else 0.0

    def _apart(self, t: int, least: float, most: float) -> float:
        """How far two ends lie apart, counting only what whole answers can give."""
        step = self._targets[t].step
        if step is None:
            return float(most - least)
        return float((np.floor(most / step + 1e-4) - np.ceil(least / step - 1e-4)) * step)

    def _width(self, t: int) -> float:
        """How far apart a target may lie; nothing where no programme can say."""
        ends = []
        for sign in (1.0, -1.0):
            point = self._solve(sign * self._aims[t])
            if point is None:
                return 0.0
            ends.append(float(point @ self._aims[t]))
        return self._apart(t, ends[0], ends[1])

    def _given(self, t: int, width: float) -> bool:
        """Whether what is out already leaves no more: then nothing is lost."""
        fixed = np.array([row.name is None for row in self._rows])
        if not fixed.any():
            return False
        self._need[t] = min(self._margin, self._alone(t, fixed))
        return width >= self._need[t] - 10 * _TINY

    def _alone(self, t: int, active: npt.NDArray[np.bool_]) -> float:
        """The width by some rows only."""
        before, points, agree = self._inside, self._points, self._agree
        self._only(np.append(active, True)[self._of])
        width = self._width(t)
        # Points of fewer rows do not agree with all.
        self._points, self._agree = points, agree
        self._only(before)
        return width

    def _excused(self, t: int, width: float, active: npt.NDArray[np.bool_]) -> bool:
        """Whether a set is known no better than any so many of one printed group."""
        target = self._targets[t]
        if target.strict or len(target.people) < 2:
            return False
        return any(self._alone(t, view) <= width + 1e-3 for view in self._views(target, active))

    def _views(
        self, target: Target, active: npt.NDArray[np.bool_]
    ) -> Iterator[npt.NDArray[np.bool_]]:
        """What one version says of one group, on one question and on all of them."""
        mine = frozenset(target.weights)
        single: dict[tuple[int, frozenset[Unknown]], list[int]] = {}
        whole: dict[int, list[int]] = {}
        for r in np.flatnonzero(active).tolist():
            row = self._rows[r]
            if mine < row.about:
                single.setdefault((row.version, row.about), []).append(r)
            if target.people < row.people and len(row.people) >= self._large:
                whole.setdefault(row.version, []).append(r)
        for rows in whole.values():
            largest = max((self._rows[r].people for r in rows), key=len)
            yield self._mask([r for r in rows if self._rows[r].people <= largest])
        for (version, _), rows in single.items():
            if len(self._rows[rows[0]].people) >= self._large or version not in target.named:
                yield self._mask(rows)

    def _mask(self, rows: Sequence[int]) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(self._rows), dtype=bool)
        found[list(rows)] = True
        return found


class _Classes:
    """People whom no row and no target tells apart, with the slots of their answers.

    A slot is a question and, where somebody's answer changed, which of the two.
    """

    def __init__(self, rows: Sequence[Printed], targets: Sequence[Target]) -> None:
        signs: dict[Unknown, list[tuple[int, float]]] = {}
        for r, row in enumerate(rows):
            for u, weight in row.weights.items():
                signs.setdefault(u, []).append((r, round(weight, 12)))
        for target in targets:
            for u in target.weights:
                signs.setdefault(u, [])
        marks: dict[Hashable, list[int]] = {}
        sets = {t.people for t in targets if len(t.people) > 1}
        for number, those in enumerate(sets):
            for person in those:
                marks.setdefault(person, []).append(number)
        by: dict[Hashable, list[tuple[str, tuple[tuple[int, float], ...], Unknown]]] = {}
        for u, where in signs.items():
            by.setdefault(u[0], []).append((u[1], tuple(where), u))
        self._slots: dict[Unknown, tuple[str, int]] = {}
        people: dict[object, list[Hashable]] = {}
        shapes: dict[object, tuple[tuple[str, int], ...]] = {}
        for person, said in by.items():
            said.sort(key=lambda one: (one[0], one[1], one[2][2]))
            seen: dict[str, int] = {}
            shape = []
            for question, _, u in said:
                seen[question] = seen.get(question, -1) + 1
                self._slots[u] = (question, seen[question])
                shape.append(self._slots[u])
            key = (tuple((q, where) for q, where, _ in said), tuple(marks.get(person, ())))
            people.setdefault(key, []).append(person)
            shapes[key] = tuple(shape)
        self.found = [(tuple(mine), shapes[key]) for key, mine in people.items()]
        self._class = {p: c for c, (mine, _) in enumerate(self.found) for p in mine}

    def slot(self, u: Unknown) -> tuple[int, tuple[str, int]]:
        """Class and slot of an unknown."""
        return self._class[u[0]], self._slots[u]
