"""Tables of weights: plain while they are small, where a sparse one costs more to handle than to fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix

__all__ = ["Entries", "Table", "by_column", "filled", "stacked", "turned"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
#: An array, or a ``scipy.sparse.csr_matrix``.
Table = Any

#: Entries of a plain table: a megabyte.
_PLAIN = 150_000


@dataclass(frozen=True)
class Entries:
    """What is filled of a table: line by line, each place once."""

    line: Ints
    column: Ints
    weight: Floats

    def only(self, which: Ints) -> Entries:
        """Some lines, in that order, as lines from 0 on."""
        begin = np.searchsorted(self.line, which)
        each = np.searchsorted(self.line, which, side="right") - begin
        end = np.cumsum(each)
        at = np.repeat(begin - (end - each), each) + np.arange(int(end[-1]) if len(end) else 0)
        lines = np.repeat(np.arange(len(which)), each)
        return Entries(lines, self.column[at], self.weight[at])

    def table(self, shape: tuple[int, int]) -> Table:
        """The table."""
        return filled(self.weight, self.line, self.column, shape)


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


def by_column(table: Table) -> csc_matrix:
    """A table as solvers take it."""
    from scipy.sparse import csc_matrix

    return csc_matrix(table)
