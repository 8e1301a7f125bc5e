"""A smaller programme, in which people of whom the same is printed have answered alike.

Whatever agrees with all that is printed is a way in which people can have answered, and the ways in
which all of a pack (`classes`) gave the same mixture of answers are described by far fewer unknowns:
one for each pack and value.  Two of them in which a set's mean lies far enough apart are as good a proof
as any that it is not known; where there are none, the whole programme is asked.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.solver import model_of, solve, solver_of
from hrkit.disclosure.proof.system import System

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Pooled"]

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


class Pooled:
    """The programme of a system over its packs."""

    def __init__(self, system: System, groups: Ints) -> None:
        self._system = system
        classes = system.classes
        _, first = np.unique(groups, return_index=True)
        spectral = system.spectral[classes.slot[first]]
        width = np.where(spectral, system.values, 1)
        begin = np.cumsum(width) - width
        self._count = int(width.sum())
        size = np.bincount(groups)
        pack = np.empty(len(classes.of), dtype=np.intp)
        pack[classes.slot] = groups
        self._blended = self._expanded(begin, pack, 1.0 / size[pack])
        self._back = self._blended.T.tocsr()
        low, high = system.scale
        each = np.repeat(spectral, width)
        n = np.repeat(size, width).astype(np.float64)
        self._held = begin[spectral], size[spectral].astype(np.float64)
        self._bounds = np.where(each, 0.0, low * n), np.where(each, n, high * n)

    def _expanded(self, begin: Any, pack: Any, share: Floats) -> csr_matrix:
        """Shape (columns of the system, unknowns): the share of a pack that a column has."""
        from scipy.sparse import csr_matrix

        system = self._system
        lines, columns, weights = [], [], []
        for at, n in system.blocks():
            for v in range(system.values):
                there = np.flatnonzero((at >= 0) & (system.spectral | (v == 0)))
                lines.append(at[there] + v)
                columns.append(begin[pack[there]] + v)
                weights.append(n[there] * share[there])
        return csr_matrix(
            (np.concatenate(weights), (np.concatenate(lines), np.concatenate(columns))),
            shape=(system.count, self._count),
        )

    @cached_property
    def _solver(self) -> Any:
        from scipy.sparse import csr_matrix, vstack

        system = self._system
        told = system.of >= 0
        begin, size = self._held
        several = np.arange(system.values)
        held = csr_matrix(
            (
                np.ones(len(begin) * len(several)),
                (begin[:, None] + several).ravel(),
                np.arange(len(begin) + 1) * len(several),
            ),
            shape=(len(begin), self._count),
        )
        matrix = vstack([system.matrix[told] @ self._blended, held], format="csc")
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
