"""The largest and smallest total of a few that agree with published means (HiGHS).

The unknowns are totals of classes of respondents; a set that holds only part of a class
splits its column in two, the part and the rest, each free on its own stretch of the scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csc_array

__all__ = ["Equation", "Floats", "Inputs", "Optimum", "Programme", "Target", "programme"]

Floats = npt.NDArray[np.float64]

Target = tuple[tuple[int, int], ...]
"""A set of respondents: (class, how many of that class), classes ascending."""

# HiGHS keeps rows to 1e-7; a dual below this is noise.
_TINY = 1e-9


@dataclass(frozen=True)
class Equation:
    """A published mean as the interval it stands for.

    Attributes
    ----------
    weights
        Class -> coefficient of the class's total.
    low, high
        Bounds of the weighted sum, both included.
    rank
        Order of importance, 0 first; None for a row that is out already and stays.
    """

    weights: Mapping[int, float]
    low: float
    high: float
    rank: int | None


@dataclass(frozen=True)
class Inputs:
    """All a reader knows, in units of the grid.

    Attributes
    ----------
    sizes
        Respondents per class.
    ends
        Lowest and highest answer.
    margin
        Width asked for.
    on_grid
        Whether totals are integers.
    equations
        The published rows.
    targets
        The sets to protect.
    moves
        Changes of class totals that change no row (class -> integer), where known.
    start
        True class totals, or None when some answers are not there any more.
    """

    sizes: Floats
    ends: tuple[float, float]
    margin: float
    on_grid: bool
    equations: tuple[Equation, ...]
    targets: tuple[Target, ...]
    moves: tuple[Mapping[int, int], ...] = ()
    start: Floats | None = None


@dataclass(frozen=True)
class Optimum:
    """One end of what a set's total can be.

    Attributes
    ----------
    value
        The total.
    totals
        Class totals that reach it.
    active
        The equations that hold it there (non-zero dual).
    """

    value: float
    totals: Floats
    active: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Programme:
    """What a reader solves; made by `programme`."""

    sizes: Floats
    ends: tuple[float, float]
    exact: tuple[int, ...]
    loose: tuple[int, ...]
    exact_rows: csc_array
    loose_rows: csc_array
    fixed: Floats
    low: Floats
    high: Floats

    def extreme(self, target: Target, sign: int) -> Optimum | None:
        """Maximise (`sign` 1) or minimise (-1) a set's total; None if nothing agrees.

        The optimum is over real numbers, so an outer bound of what is possible.
        """
        from scipy.optimize import linprog
        from scipy.sparse import hstack, vstack

        cost, bounds, parts = self._columns(target, sign)
        exact, loose = (hstack([m, m[:, parts]], "csc") for m in (self.exact_rows, self.loose_rows))
        result = linprog(
            cost,
            A_ub=vstack([loose, -loose], "csc") if self.loose else None,
            b_ub=np.concatenate([self.high, -self.low]) if self.loose else None,
            A_eq=exact if self.exact else None,
            b_eq=self.fixed if self.exact else None,
            bounds=bounds,
            method="highs",
        )
        if result.x is None or not result.success:
            return None
        active = {
            row
            for row, dual in zip(self.exact, result.eqlin.marginals, strict=True)
            if abs(dual) > _TINY
        }
        duals = result.ineqlin.marginals
        active.update(
            row for row, dual in zip(self.loose * 2, duals, strict=True) if abs(dual) > _TINY
        )
        return Optimum(-sign * result.fun, self._totals(result.x, parts), frozenset(active))

    def whole_extreme(self, target: Target, sign: int, seconds: float) -> Optimum | None:
        """Do the same over integers; None if that is impossible or takes too long."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import hstack

        cost, bounds, parts = self._columns(target, sign)
        constraints = []
        if self.exact:
            rows = hstack([self.exact_rows, self.exact_rows[:, parts]], "csc")
            constraints.append(LinearConstraint(rows, self.fixed, self.fixed))
        if self.loose:
            rows = hstack([self.loose_rows, self.loose_rows[:, parts]], "csc")
            constraints.append(LinearConstraint(rows, self.low, self.high))
        result = milp(
            cost,
            integrality=np.ones(len(cost)),
            bounds=Bounds(bounds[:, 0], bounds[:, 1]),
            constraints=constraints,
            options={"time_limit": max(seconds, 0.01)},
        )
        if result.x is None or result.status != 0:
            return None
        return Optimum(-sign * result.fun, self._totals(result.x, parts))

    def _columns(self, target: Target, sign: int) -> tuple[Floats, Floats, list[int]]:
        """Return costs, bounds and the classes that are split."""
        lowest, highest = self.ends
        parts = [cls for cls, count in target if count < self.sizes[cls]]
        inside = [count for cls, count in target if count < self.sizes[cls]]
        counts = np.concatenate([self.sizes, np.asarray(inside, dtype=np.float64)])
        counts[parts] -= inside
        cost = np.zeros(len(counts))
        cost[[cls for cls, count in target if count == self.sizes[cls]]] = -sign
        cost[len(self.sizes) :] = -sign
        return cost, np.column_stack([lowest * counts, highest * counts]), parts

    def _totals(self, solution: Floats, parts: Sequence[int]) -> Floats:
        totals = np.array(solution[: len(self.sizes)])
        totals[list(parts)] += solution[len(self.sizes) :]
        return totals


def programme(
    equations: Sequence[Equation],
    used: Iterable[int],
    sizes: Floats,
    ends: tuple[float, float],
) -> Programme:
    """Set the programme up with the equations whose indices are `used`."""
    rows = sorted(used)
    exact = tuple(i for i in rows if equations[i].low == equations[i].high)
    loose = tuple(i for i in rows if equations[i].low != equations[i].high)
    return Programme(
        sizes,
        ends,
        exact,
        loose,
        _matrix([equations[i].weights for i in exact], len(sizes)),
        _matrix([equations[i].weights for i in loose], len(sizes)),
        np.array([equations[i].low for i in exact]),
        np.array([equations[i].low for i in loose]),
        np.array([equations[i].high for i in loose]),
    )


def _matrix(rows: Sequence[Mapping[int, float]], columns: int) -> csc_array:
    from scipy.sparse import csc_array

    where = [(i, cls) for i, row in enumerate(rows) for cls in row]
    index = np.array(where, dtype=np.intp).reshape(-1, 2)
    values = np.array([value for row in rows for value in row.values()], dtype=np.float64)
    return csc_array((values, (index[:, 0], index[:, 1])), shape=(len(rows), columns))
