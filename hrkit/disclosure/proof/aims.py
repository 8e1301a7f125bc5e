"""Targets in terms of the columns of a programme: a plain table while that is small, else a sparse one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.table import Table

__all__ = ["Aims"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

#: Entries of a plain table: 8 MB.
_PLAIN = 1_000_000


class Aims:
    """Shape (T, columns): what each target is a sum of."""

    def __init__(self, matrix: Table) -> None:
        rows, columns = matrix.shape
        plain = isinstance(matrix, np.ndarray) or rows * columns > _PLAIN
        self._table = matrix if plain else matrix.toarray()
        self._count = rows

    def __len__(self) -> int:
        return self._count

    def at(self, points: Floats) -> Floats:
        """Shape (P, T): what each target is at each point."""
        return np.asarray((self._table @ points.T).T)

    def one(self, t: int) -> Floats:
        """Shape (columns,): a target."""
        row = self._table[[t]]
        return np.asarray(row if isinstance(row, np.ndarray) else row.toarray())[0]

    def together(self, weights: Floats, which: Ints) -> Floats:
        """Shape (columns,): some targets, each so many times."""
        return np.asarray(weights @ self._table[which])

    def inside(self, which: Ints, columns: Ints) -> Bools:
        """Shape (len(which), len(columns)): whether some columns are in some targets."""
        rows = self._table[which][:, columns]
        return np.asarray(rows if isinstance(rows, np.ndarray) else rows.toarray()) > 0
