"""Tables of weights: plain while they are small, where a sparse one costs more to handle than to fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix

__all__ = ["Table", "by_column", "entries", "filled", "stacked", "turned"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
#: An array, or a ``scipy.sparse.csr_matrix``.
Table = Any

#: Entries of a plain table: a megabyte.
_PLAIN = 150_000


def filled(weights: Floats, line: Ints, column: Ints, shape: tuple[int, int]) -> Table:
    """A table of which some places are filled, each once."""
    if shape[0] * shape[1] <= _PLAIN:
        found = np.zeros(shape)
        found[line, column] = weights
        return found
    from scipy.sparse import csr_matrix

    return csr_matrix((weights, (line, column)), shape=shape)


def stacked(tables: Sequence[Table]) -> Table:
    """Tables below each other."""
    if all(isinstance(table, np.ndarray) for table in tables):
        return np.vstack(tables)
    from scipy.sparse import csr_matrix, vstack

    return vstack([csr_matrix(table) for table in tables], format="csr")


def turned(table: Table) -> Table:
    """Lines for columns."""
    return table.T if isinstance(table, np.ndarray) else table.T.tocsr()


def entries(table: Table) -> tuple[Floats, Ints, Ints]:
    """What is filled: weights, lines, columns."""
    if isinstance(table, np.ndarray):
        line, column = np.nonzero(table)
        return table[line, column], line, column
    found = table.tocoo()
    return found.data, found.row, found.col


def by_column(table: Table) -> csc_matrix:
    """A table as solvers take it."""
    from scipy.sparse import csc_matrix

    return csc_matrix(table)
