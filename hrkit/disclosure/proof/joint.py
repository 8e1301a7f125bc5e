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
their own: any point that agrees with all rows serves all targets at once.  What has little more room
than it must have is asked again of whole answers alone, which leave a little less.

Source: Fischetti and Salazar 2001 (see `bounds`); there for one table, here for linked ones.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.aims import Aims
from hrkit.disclosure.proof.solver import solve, solver_of
from hrkit.disclosure.proof.system import System
from hrkit.disclosure.proof.told import Printed, Target, Unknown
from hrkit.disclosure.proof.ways import FEW, ways
from hrkit.disclosure.proof.whole import WholeAnswers

__all__ = ["Proof"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_TINY = 1e-6
#: Points to begin with: each is one programme, and settles most targets.
_PUSHES = 6
#: Where a mean has so much more room than it must have, whole answers have enough.
_SLACK = 0.15


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
    truth
        What people said, where that is still known: ways in which they can have answered then need
        no programme (`ways`).
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
        truth: Mapping[Unknown, float] | None = None,
        margin: float = 1.0,
        large: int = 10,
    ) -> None:
        touched: frozenset[Unknown] = frozenset().union(*(row.about for row in rows))
        reached = frozenset(u[0] for u in touched)
        self._rows, self._scale, self._margin, self._large = rows, scale, margin, large
        # People of whom nothing is printed can have answered anything.
        self._targets = [
            t
            for t in targets
            if touched.issuperset(t.weights)
            or (t.people <= reached and not touched.isdisjoint(t.weights))
        ]
        self._system = System(rows, self._targets, scale)
        # What is known of one of a class is known of each.
        alike = self._system.alike()
        first = {alike[t]: t for t in reversed(range(len(self._targets)))}
        self._whole = WholeAnswers(self._system)
        self._step = self._system.classes.steps()[list(first.values())]
        self._targets = [self._targets[t] for t in first.values()]
        self._count = self._system.count
        which = np.array(list(first.values()), dtype=np.intp)
        self._aims = Aims(self._system.aims().only(which), self._count)
        self._inside = np.ones(len(self._system.low), dtype=bool)
        self._need = np.full(len(self._targets), margin)
        self._first: list[int] = []
        self._alones: dict[tuple[int, bytes, bool], float] = {}
        self._points = np.empty((0, self._count))
        # Of every point, what each target is there.
        self._values = np.empty((0, len(self._targets)))
        self._agree = np.zeros(0, dtype=bool)
        # They agree with all rows, and so with any.
        self._ways = ways(self._system, self._aims, truth or {}, self._unsettled)

    @cached_property
    def _solver(self) -> Any:
        return solver_of(self._system.model())

    def narrow(self, gone: Collection[Hashable] = ()) -> bool:
        """Whether a target is known from the rows without those that are gone."""
        if not self._targets:
            return False
        active = np.array([row.name is None or row.name not in gone for row in self._rows])
        self._only(np.append(active, True)[self._system.of])
        if not self._feasible():
            return True
        self._several()
        left = self._open().tolist()
        for t in [
            *(t for t in self._first if t in left),
            *(t for t in left if t not in self._first),
        ]:
            if self._reached(t) >= self._need[t] - _TINY:
                continue
            width = self._width(t)
            if width >= self._need[t] - 10 * _TINY or self._excused(t, width, active):
                continue
            if self._given(t, width):
                continue
            self._first = [t, *(u for u in self._first if u != t)]
            return True
        return self._narrower(active)

    def _narrower(self, active: npt.NDArray[np.bool_]) -> bool:
        """Whether whole answers leave a target less room than it must have, where fractions leave enough.

        On a grid the ends are moved to what whole answers can give already.
        """
        if not self._whole.worth:
            return False
        off = np.flatnonzero(np.isnan(self._step)).tolist()
        for t in off:
            if self._reached(t) >= self._need[t] + _SLACK:
                continue
            ends = self._ends(t)
            if ends[1] - ends[0] >= self._need[t] + _SLACK or self._whole.wide(
                self._aims.one(t), self._inside, ends, float(self._need[t])
            ):
                continue
            width = self._whole_width(t, self._inside)
            if width >= self._need[t] - 10 * _TINY or self._excused(t, width, active, whole=True):
                continue
            fixed = np.array([row.name is None for row in self._rows])
            if fixed.any() and width >= self._alone(t, fixed, whole=True) - 10 * _TINY:
                continue
            return True
        return False

    def _whole_width(self, t: int, inside: npt.NDArray[np.bool_]) -> float:
        """How far apart whole answers were found for a target."""
        return self._apart(t, *self._whole.ends(self._aims.one(t), inside))

    # ---------------------------------------------------------------------- asking

    def _only(self, inside: npt.NDArray[np.bool_]) -> None:
        """Let some lines of the programme say nothing."""
        for line in np.flatnonzero(inside != self._inside).tolist():
            least, most = (
                (self._system.low[line], self._system.high[line])
                if inside[line]
                else (-np.inf, np.inf)
            )
            self._solver.changeRowBounds(line, least, most)
        self._inside = inside

    def _feasible(self) -> bool:
        """Keep the points that agree with the rows; find some where there are few."""
        if len(self._points):
            sums = (self._system.matrix @ self._points.T).T
            off = (sums < self._system.low - _TINY) | (sums > self._system.high + _TINY)
            self._agree = ~(off & self._inside).any(axis=1)
        else:
            self._agree = np.zeros(0, dtype=bool)
        if self._agree.sum() > 2 or len(self._ways):
            return True
        rng = np.random.default_rng(self._count)
        lone = self._system.lone
        for n in range(_PUSHES):
            push = rng.choice([-1.0, 1.0], self._count)
            if self._solve(push * (lone if n % 2 else 1.0 + 3.0 * lone)) is None:
                return False
            if n % 2 and not self._open().size:
                break
        return True

    def _open(self) -> Ints:
        """Targets that the points found so far do not settle."""
        return self._unsettled(np.vstack([self._values[self._agree], self._ways]))

    def _unsettled(self, values: Floats, among: Ints | slice = slice(None)) -> Ints:
        """Which of all targets, or of some, have values that do not lie far enough apart."""
        least, most, step = values.min(axis=0), values.max(axis=0), self._step[among]
        gridded = np.floor(most / step + 1e-4) - np.ceil(least / step - 1e-4)
        apart = np.where(np.isnan(step), most - least, gridded * step)
        return np.flatnonzero(apart < self._need[among] - _TINY)

    def _several(self) -> None:
        """Push many targets at once, as long as that settles more of them than it costs programmes."""
        rng = np.random.default_rng(len(self._targets))
        left = self._open()
        while len(left) > FEW:
            signs = rng.choice([-1.0, 1.0], len(left))
            for sign in (1.0, -1.0):
                self._solve(sign * (self._aims.together(signs, left)))
            before, left = left, self._open()
            if len(before) - len(left) < 2:
                break

    def _solve(self, cost: Floats) -> Floats | None:
        point = solve(self._solver, cost)
        if point is None:
            return None
        self._points = np.vstack([self._points, point])
        self._values = np.vstack([self._values, self._aims.at(point[None, :])])
        self._agree = np.append(self._agree, True)
        return point

    def _reached(self, t: int) -> float:
        values = np.append(self._values[self._agree, t], self._ways[:, t])
        return self._apart(t, values.min(), values.max()) if len(values) else 0.0

    def _apart(self, t: int, least: float, most: float) -> float:
        """How far two ends lie apart, counting only what whole answers can give."""
        step = float(self._step[t])
        if np.isnan(step):
            return float(most - least)
        return float((np.floor(most / step + 1e-4) - np.ceil(least / step - 1e-4)) * step)

    def _width(self, t: int) -> float:
        """How far apart a target may lie; nothing where no programme can say."""
        return self._apart(t, *self._ends(t))

    def _ends(self, t: int) -> tuple[float, float]:
        """The least and the most of a target; the same where no programme can say."""
        ends = []
        aim = self._aims.one(t)
        for sign in (1.0, -1.0):
            point = self._solve(sign * aim)
            if point is None:
                return (0.0, 0.0)
            ends.append(float(point @ aim))
        return (ends[0], ends[1])

    def _given(self, t: int, width: float) -> bool:
        """Whether what is out already leaves no more: then nothing is lost."""
        fixed = np.array([row.name is None for row in self._rows])
        if not fixed.any():
            return False
        self._need[t] = min(self._margin, self._alone(t, fixed))
        return width >= self._need[t] - 10 * _TINY

    def _alone(self, t: int, active: npt.NDArray[np.bool_], *, whole: bool = False) -> float:
        """The width by some rows only, of any answers or of whole ones."""
        key = (t, active.tobytes(), whole)
        if key not in self._alones:
            inside = np.append(active, True)[self._system.of]
            self._alones[key] = self._whole_width(t, inside) if whole else self._by(t, active)
        return self._alones[key]

    def _by(self, t: int, active: npt.NDArray[np.bool_]) -> float:
        before, points, agree = self._inside, self._points, self._agree
        values = self._values
        self._only(np.append(active, True)[self._system.of])
        width = self._width(t)
        # Points of fewer rows do not agree with all.
        self._points, self._values, self._agree = points, values, agree
        self._only(before)
        return width

    def _excused(
        self, t: int, width: float, active: npt.NDArray[np.bool_], *, whole: bool = False
    ) -> bool:
        """Whether a set is known no better than any so many of one printed group."""
        target = self._targets[t]
        if target.strict or len(target.people) < 2:
            return False
        return any(
            self._alone(t, view, whole=whole) <= width + 1e-3
            for view in self._views(target, active)
        )

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
