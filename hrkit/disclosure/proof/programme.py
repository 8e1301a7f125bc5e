"""The largest and smallest total of a few that agree with published means (HiGHS).

The unknowns are totals of classes of respondents; a set that holds only part of a class
splits its column in two, the part and the rest, each free on its own stretch of the scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.solver import solver_of, whole

__all__ = ["Equation", "Floats", "Headcount", "Inputs", "Optimum", "Programme"]

Floats = npt.NDArray[np.float64]

Headcount = tuple[tuple[int, int], ...]
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
    targets: tuple[Headcount, ...]
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


class Programme:
    """What a reader solves: the published rows over the totals of classes.

    Parameters
    ----------
    equations, used
        The rows, and the indices of those that count.
    sizes
        Respondents per class.
    ends
        Lowest and highest answer.
    """

    def __init__(
        self,
        equations: Sequence[Equation],
        used: Iterable[int],
        sizes: Floats,
        ends: tuple[float, float],
    ) -> None:
        from scipy.sparse import csc_array

        self.sizes, self.ends = sizes, ends
        self._used = np.array(sorted(used), dtype=np.intp)
        rows = [equations[i] for i in self._used.tolist()]
        where = [(i, cls) for i, row in enumerate(rows) for cls in row.weights]
        index = np.array(where, dtype=np.intp).reshape(-1, 2)
        values = np.array([v for row in rows for v in row.weights.values()], dtype=np.float64)
        self.rows = csc_array((values, (index[:, 0], index[:, 1])), shape=(len(rows), len(sizes)))
        self.low = np.array([row.low for row in rows], dtype=np.float64)
        self.high = np.array([row.high for row in rows], dtype=np.float64)
        self._solver: Any = None

    def extremes(self, target: Headcount) -> tuple[Optimum | None, Optimum | None]:
        """Most and least of a set's total; None if nothing agrees.

        The optimum is over real numbers, so an outer bound of what is possible.
        """
        parts = self._pass(target)
        return self._run(target, 1, parts), self._run(target, -1, parts)

    def whole_extreme(self, target: Headcount, sign: int, seconds: float) -> Optimum | None:
        """Do the same over integers; None if that is impossible or takes too long."""
        parts = self._pass(target, max(seconds, 0.01))
        return self._run(target, sign, parts)

    def _pass(self, target: Headcount, seconds: float = 0.0) -> list[int]:
        """Give a solver the rows, with the classes that are split; return these.

        With a time to solve in, the totals are whole numbers.
        """
        import highspy

        lowest, highest = self.ends
        parts = [cls for cls, count in target if count < self.sizes[cls]]
        inside = [count for cls, count in target if count < self.sizes[cls]]
        counts = np.concatenate([self.sizes, np.asarray(inside, dtype=np.float64)])
        counts[parts] -= inside
        start, index, value = self.rows.indptr, self.rows.indices, self.rows.data
        pieces = [slice(start[cls], start[cls + 1]) for cls in parts]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(counts), len(self.low)
        model.col_cost_ = np.zeros(len(counts))
        model.col_lower_, model.col_upper_ = lowest * counts, highest * counts
        model.row_lower_, model.row_upper_ = self.low, self.high
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lengths = [piece.stop - piece.start for piece in pieces]
        model.a_matrix_.start_ = np.concatenate([start, start[-1] + np.cumsum(lengths, dtype=int)])
        model.a_matrix_.index_ = np.concatenate([index, *(index[piece] for piece in pieces)])
        model.a_matrix_.value_ = np.concatenate([value, *(value[piece] for piece in pieces)])
        self._solver = solver_of(whole(model) if seconds else model, seconds)
        return parts

    def _run(self, target: Headcount, sign: int, parts: Sequence[int]) -> Optimum | None:
        import highspy

        solver, many = self._solver, len(self.sizes)
        cost = np.zeros(many + len(parts))
        cost[[cls for cls, count in target if count == self.sizes[cls]]] = -sign
        cost[many:] = -sign
        solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = solver.getSolution()
        found = np.array(solution.col_value)
        totals = found[:many].copy()
        totals[list(parts)] += found[many:]
        duals = np.array(solution.row_dual) if solution.dual_valid else np.zeros(len(self.low))
        active = frozenset(self._used[np.abs(duals) > _TINY].tolist())
        return Optimum(-sign * float(cost @ found), totals, active)
