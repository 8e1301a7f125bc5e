"""A smaller programme, in which people of whom the same is printed have answered alike.

Whatever agrees with all that is printed is a way in which people can have answered, and the ways in
which all of a pack (`classes`) gave the same mixture of answers are described by far fewer unknowns:
one for each pack and value.  Two of them in which a set's mean lies far enough apart are as good a proof
as any that it is not known; where there are none, the whole programme is asked.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.solver import model_of, solve, solver_of
from hrkit.disclosure.proof.system import System
from hrkit.disclosure.proof.table import Table, by_column, filled, stacked, turned

__all__ = ["Pooled"]

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


class Pooled:
    """The programme of a system over its packs."""

    def __init__(self, system: System, groups: Ints) -> None:
        self._system = system
        classes = system.classes
        _, first, groups = np.unique(groups, return_index=True, return_inverse=True)
        spectral = system.spectral[classes.slot[first]]
        width = np.where(spectral, system.values, 1)
        begin = np.cumsum(width) - width
        self._count = int(width.sum())
        size = np.bincount(groups)
        pack = np.empty(len(classes.of), dtype=np.intp)
        pack[classes.slot] = groups
        self._blended = self._expanded(begin, pack, 1.0 / size[pack])
        self._back = turned(self._blended)
        low, high = system.scale
        each = np.repeat(spectral, width)
        n = np.repeat(size, width).astype(np.float64)
        self._held = begin[spectral], size[spectral].astype(np.float64)
        self._bounds = np.where(each, 0.0, low * n), np.where(each, n, high * n)

    def _expanded(self, begin: Any, pack: Any, share: Floats) -> Table:
        """Shape (columns of the system, unknowns): the share of a pack that a column has."""
        system = self._system
        lines, columns, weights = [], [], []
        for at, n in system.blocks():
            for v in range(system.values):
                there = np.flatnonzero((at >= 0) & (system.spectral | (v == 0)))
                lines.append(at[there] + v)
                columns.append(begin[pack[there]] + v)
                weights.append(n[there] * share[there])
        return filled(
            np.concatenate(weights),
            np.concatenate(lines),
            np.concatenate(columns),
            (system.count, self._count),
        )

    @cached_property
    def _solver(self) -> Any:
        system = self._system
        told = system.of >= 0
        begin, size = self._held
        several = np.arange(system.values)
        line = np.repeat(np.arange(len(begin)), len(several))
        column = (begin[:, None] + several).ravel()
        held = filled(np.ones(len(line)), line, column, (len(begin), self._count))
        matrix = by_column(stacked([system.matrix[told] @ self._blended, held]))
        ends = (
            np.concatenate([system.low[told], size]),
            np.concatenate([system.high[told], size]),
        )
        return solver_of(model_of(matrix, self._bounds, ends), presolve=False)

    def furthest(self, aim: Floats) -> Floats | None:
        """A point of the system in which something has its least; None where there is none.

        Parameters
        ----------
        aim
            Shape (columns of the system,).
        """
        found = solve(self._solver, self._back @ aim)
        return None if found is None else self._blended @ found
