"""Somebody who reckons with published rows: the width of a set, and points that agree."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from hrkit.disclosure.proof.programme import Floats, Inputs, Optimum, Programme
from hrkit.errors import DisclosureError, Problem

__all__ = ["Reader"]

# Far above what HiGHS leaves of an integer, far below a step of the grid.
_OFF_GRID = 1e-4
_TINY = 1e-6


class Reader:
    """Somebody who tries to compute sets from some of the rows."""

    def __init__(self, inputs: Inputs, used: frozenset[int]) -> None:
        self._inputs = inputs
        self._used = used

    @cached_property
    def _programme(self) -> Programme:
        """Made when it is asked: most sets need none."""
        return Programme(self._inputs.equations, self._used, self._inputs.sizes, self._inputs.ends)

    def width(self, t: int, seconds: float) -> tuple[float, Floats, frozenset[int]]:
        """Return the width of a set's total, feasible points, and the rows that hold it.

        The width is an outer bound: no reader can reckon with more.
        """
        target, inputs = self._inputs.targets[t], self._inputs
        ends = self._programme.extremes(target)
        if ends[0] is None or ends[1] is None:
            return -np.inf, np.empty((0, len(inputs.sizes))), frozenset()
        holding = ends[0].active | ends[1].active
        width = ends[0].value - ends[1].value
        found = [self._feasible(ends[0]), self._feasible(ends[1])]
        need = inputs.margin * sum(count for _, count in target)
        if width >= need - _TINY:
            # Off the grid only an integer programme can tell.
            for i, sign in enumerate((1, -1)):
                if found[i] is None:
                    whole = self._programme.whole_extreme(target, sign, seconds / 2)
                    found[i] = None if whole is None else self._feasible(whole)
        points = [point for point in found if point is not None]
        return width, np.array(points).reshape(len(points), len(inputs.sizes)), holding

    def touching(self, t: int) -> frozenset[int]:
        """Return the rows that speak of some of the set."""
        classes = {cls for cls, _ in self._inputs.targets[t]}
        equations = self._inputs.equations
        return frozenset(i for i in self._used if not classes.isdisjoint(equations[i].weights))

    def any_point(self, seconds: float) -> Floats:
        """Return class totals that agree with the rows: the true ones, if known."""
        if self._inputs.start is not None:
            return self._inputs.start
        found = self._programme.extremes(())[0]
        point = None if found is None else self._feasible(found)
        if found is not None and point is None:
            found = self._programme.whole_extreme((), 1, seconds)
            point = None if found is None else self._feasible(found)
        if point is None:
            raise DisclosureError(
                "What was published before cannot come from these respondents.",
                [
                    Problem(
                        "earlier releases",
                        "no answers agree with all their values",
                        "count respondents who changed an answer as others than before",
                    )
                ],
            )
        return point

    def _feasible(self, end: Optimum) -> Floats | None:
        """Return the point, on the grid if there is one, when it agrees with all rows."""
        if not self._inputs.on_grid:
            return end.totals
        totals = np.round(end.totals)
        if np.abs(totals - end.totals).max(initial=0.0) > _OFF_GRID:
            return None
        programme = self._programme
        sums = programme.rows @ totals
        agrees = np.all(sums > programme.low - _TINY) and np.all(sums < programme.high + _TINY)
        return totals if agrees else None
