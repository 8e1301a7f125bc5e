"""Targets in terms of the columns of a programme."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.table import Entries

__all__ = ["Aims"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


class Aims:
    """What each of T targets is a sum of.

    Parameters
    ----------
    entries
        Of every target at least one.
    columns
        How many there are.
    """

    def __init__(self, entries: Entries, columns: int) -> None:
        self._entries, self._columns = entries, columns
        self._begin = np.flatnonzero(np.diff(entries.line, prepend=-1))

    def __len__(self) -> int:
        return len(self._begin)

    def only(self, which: Ints) -> Aims:
        """Some of them."""
        return Aims(self._entries.only(which), self._columns)

    def at(self, points: Floats) -> Floats:
        """Shape (P, T): what each target is at each point."""
        if not len(self):
            return np.empty((len(points), 0))
        told = points[:, self._entries.column] * self._entries.weight
        return np.add.reduceat(told, self._begin, axis=1)

    def one(self, t: int) -> Floats:
        """Shape (columns,): a target."""
        return self.together(np.ones(1), np.array([t]))

    def together(self, weights: Floats, which: Ints) -> Floats:
        """Shape (columns,): some targets, each so many times."""
        mine = self._entries.only(which)
        told = weights[mine.line] * mine.weight
        found: Floats = np.bincount(mine.column, weights=told, minlength=self._columns).astype(
            float
        )
        return found

    def inside(self, which: Ints, columns: Ints) -> Bools:
        """Shape (len(which), len(columns)): whether some columns are in some targets."""
        mine = self._entries.only(which)
        found = np.zeros((len(which), self._columns), dtype=bool)
        found[mine.line, mine.column] = mine.weight > 0
        return found[:, columns]
