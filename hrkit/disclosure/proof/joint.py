"""What everything printed about some people says together about a few of them.

A dimension is the mean of its statements; so where one of six people said "don't know" once, the
statements' totals and the dimension's mean leave one equation for that person's other answers.
A distribution beside the mean of a unit, or a mean of today beside one of last week, does the same.
Here everything printed about some people, on all measures that share questions, in all versions,
is put into one system.  The unknowns are single answers: one a person, question and answer given
(who changed an answer has two unknowns for it).  People whom nothing tells apart are one class, of
whom one is held against the others: rows and targets do not care which.

A set is safe if its mean may lie `margin` apart and agree with all that is printed.  Answers are
whole numbers, so only totals that whole answers can have count.  Few targets need a programme of
their own: any point that agrees with all rows serves all targets at once, so those that are not
settled yet are pushed apart together, and only what is left over is asked one by one.

Source: Fischetti and Salazar 2001 (see `bounds`); there for one table, here for linked ones.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.solver import solver_of
from hrkit.disclosure.proof.system import System
from hrkit.disclosure.proof.told import Printed, Target, Unknown

__all__ = ["Proof"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_TINY = 1e-6
#: Of those that are pushed together at least so many are to be settled, or they are asked singly.
_SETTLED = 0.1


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
        self._system = System(rows, self._targets, scale)
        self._count = self._system.count
        self._solver = solver_of(self._system.model())
        self._inside = np.ones(len(self._system.low), dtype=bool)
        self._aims = self._system.aims([t.weights for t in self._targets])
        self._steps = np.array([t.step or np.nan for t in self._targets])
        self._need = np.full(len(self._targets), margin)
        self._first: list[int] = []
        self._points = np.empty((0, self._count))
        self._hits = np.empty((0, len(self._targets)))

    def narrow(self, gone: Collection[Hashable] = ()) -> bool:
        """Whether a target is known from the rows without those that are gone."""
        if not self._targets:
            return False
        active = np.array([row.name is None or row.name not in gone for row in self._rows])
        self._only(np.append(active, True)[self._system.of])
        if not self._apart_together():
            return True
        left = self._open().tolist()
        known = [t for t in self._first if t in left]
        for t in [*known, *(t for t in left if t not in known)]:
            width = self._width(t, self._need[t])
            if width >= self._need[t] - 10 * _TINY or self._excused(t, width, active):
                continue
            if self._given(t, width):
                continue
            self._first = [t, *(u for u in self._first if u != t)]
            return True
        return False

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

    def _apart_together(self) -> bool:
        """Settle targets many at a time; not if no answers at all agree with the rows."""
        sums = (self._system.matrix @ self._points.T).T
        off = (sums < self._system.low - _TINY) | (sums > self._system.high + _TINY)
        self._agree = ~(off & self._inside).any(axis=1)
        rng = np.random.default_rng(self._count)
        if not self._agree.any() and self._solve(rng.choice([-1.0, 1.0], self._count)) is None:
            return False
        left = self._open()
        while len(left) > 1:
            aims = self._aims[left]
            # Each weighs the same, so that single people move as well as units.
            push = (rng.choice([-1.0, 1.0], len(left)) / aims.max(axis=1).toarray().ravel()) @ aims
            if self._solve(push) is None or self._solve(-push) is None:
                return False
            before, left = left, self._open()
            if len(left) > (1.0 - _SETTLED) * len(before):
                break
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
        self._hits = np.vstack([self._hits, self._aims @ point])
        self._agree = np.append(self._agree, True)
        return point

    def _open(self) -> Ints:
        """The targets that the points so far leave too narrow."""
        return np.flatnonzero(self._reached(slice(None)) < self._need - _TINY)

    def _reached(self, which: int | slice) -> Floats:
        """How far apart the points so far are: a target may lie at least so far apart."""
        hits, steps = self._hits[self._agree][:, which], self._steps[which]
        least, most = hits.min(axis=0), hits.max(axis=0)
        # Only what whole answers can give counts.
        whole = (np.floor(most / steps + 1e-4) - np.ceil(least / steps - 1e-4)) * steps
        return np.where(np.isnan(steps), most - least, whole)

    def _width(self, t: int, enough: float) -> float:
        """How far apart a target may lie, or that it is `enough`; nothing where no programme can say."""
        aim = self._aims[[t]].toarray().ravel()
        reached = float(self._reached(t))
        for sign in (1.0, -1.0):
            if reached >= enough - _TINY:
                break
            if self._solve(sign * aim) is None:
                return 0.0
            reached = float(self._reached(t))
        return reached

    def _given(self, t: int, width: float) -> bool:
        """Whether what is out already leaves no more: then nothing is lost."""
        fixed = np.array([row.name is None for row in self._rows])
        if not fixed.any():
            return False
        self._need[t] = min(self._margin, self._alone(t, fixed, self._margin))
        return width >= self._need[t] - 10 * _TINY

    def _alone(self, t: int, active: npt.NDArray[np.bool_], enough: float) -> float:
        """The width by some of the rows only, or that it is `enough`."""
        before, points, hits, agree = self._inside, self._points, self._hits, self._agree
        self._only(np.append(active, True)[self._system.of])
        width = self._width(t, enough)
        # Points of fewer rows do not agree with all.
        self._points, self._hits, self._agree = points, hits, agree
        self._only(before)
        return width

    def _excused(self, t: int, width: float, active: npt.NDArray[np.bool_]) -> bool:
        """Whether a set is known no better than any so many of one printed group."""
        target = self._targets[t]
        if target.strict or len(target.people) < 2:
            return False
        views = self._views(target, active)
        return any(self._alone(t, view, width + 0.01) <= width + 1e-3 for view in views)

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
