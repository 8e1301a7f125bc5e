"""Which small units a reader of numbers of people can count (HiGHS).

The unknowns are numbers of people who stand directly in a unit, measure by measure.  Numbers that
are printed are sums of them along the tree; whoever has a value on a measure has answered; and no
more have answered than were invited.  A unit is counted where the fewest and the most that agree
with all this are one whole number.  Any two ways in which people can have answered settle every
unit in which they differ, and the true one is one: so most units need no programme of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.solver import solver_of

__all__ = ["Census", "counted"]

Node = tuple[str, str]
Floats = npt.NDArray[np.float64]

_TINY = 1e-6
_MANY = 10.0**6


@dataclass(frozen=True)
class Census:
    """Numbers of people by unit (with all below it) and measure; ``""`` is having answered at all.

    Attributes
    ----------
    tree, within
        Unit to the one above it, and to all units in it.
    size
        The truth.
    ends
        What is known of it, and is so: fewest and most (None for any number).
    invited
        Unit to the number invited, where that is known.
    """

    tree: Mapping[str, str | None]
    within: Mapping[str, frozenset[str]]
    size: Mapping[Node, int]
    ends: Mapping[Node, tuple[int, int | None]]
    invited: Mapping[str, int | None]


def counted(census: Census, secret: Sequence[Node]) -> frozenset[Node]:
    """Which of some units have one size only."""
    reader = _Reader(census)
    aims = np.array([reader.sum(node) for node in secret])
    together = aims.sum(axis=0)
    reader.solve(together)
    reader.solve(-together)
    found = set()
    for node, aim in zip(secret, aims, strict=True):
        for sign in (1.0, -1.0):
            if not reader.apart(aim):
                reader.solve(sign * aim)
        if not reader.apart(aim):
            found.add(node)
    return frozenset(found)


class _Reader:
    def __init__(self, census: Census) -> None:
        self._within = census.within
        measures = sorted({"", *(m for _, m in (*census.size, *census.ends))})
        self._at = {
            place: i for i, place in enumerate((u, m) for u in census.tree for m in measures)
        }
        inner = {up for up in census.tree.values() if up is not None}
        truth = np.zeros(len(self._at))
        for (unit, measure), i in self._at.items():
            below = [u for u, up in census.tree.items() if up == unit]
            whole = census.size.get((unit, measure), 0)
            truth[i] = whole - sum(census.size.get((u, measure), 0) for u in below)
        most = np.full(len(self._at), _MANY)
        for unit in inner:
            if truth[self._at[unit, ""]] == 0:
                # Who belongs where is known: nobody stands directly in this unit.
                most[[self._at[unit, m] for m in measures]] = 0.0
        lines = [(self._places(node), ends) for node, ends in census.ends.items()]
        lines += [
            (self._places((unit, "")), (0, asked))
            for unit, asked in census.invited.items()
            if asked is not None
        ]
        self._count = len(self._at)
        self._points = truth[None, :]
        self._columns = np.arange(self._count, dtype=np.int32)
        self._solver = solver_of(self._model(lines, most, measures, census))

    def _model(
        self,
        lines: Sequence[tuple[Sequence[int], tuple[int, int | None]]],
        most: Floats,
        measures: Sequence[str],
        census: Census,
    ) -> object:
        import highspy
        from scipy.sparse import csc_matrix

        i: list[int] = []
        j: list[int] = []
        x: list[float] = []
        ends: list[tuple[float, float]] = []
        for places, (low, high) in lines:
            i += [len(ends)] * len(places)
            j += places
            x += [1.0] * len(places)
            ends.append((float(low), np.inf if high is None else float(high)))
        for unit in census.tree:
            for measure in measures:
                if measure:
                    i += [len(ends)] * 2
                    j += [self._at[unit, ""], self._at[unit, measure]]
                    x += [1.0, -1.0]
                    ends.append((0.0, np.inf))
        matrix = csc_matrix((x, (i, j)), shape=(len(ends), self._count))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._count, len(ends)
        model.col_cost_ = np.zeros(self._count)
        model.col_lower_, model.col_upper_ = np.zeros(self._count), most
        model.row_lower_ = np.array([low for low, _ in ends])
        model.row_upper_ = np.array([high for _, high in ends])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
        model.a_matrix_.value_ = matrix.data
        return model

    def _places(self, node: Node) -> list[int]:
        return [self._at[unit, node[1]] for unit in self._within[node[0]]]

    def sum(self, node: Node) -> Floats:
        """A unit's number in terms of the unknowns."""
        found = np.zeros(self._count)
        found[self._places(node)] = 1.0
        return found

    def solve(self, aim: Floats) -> None:
        """Take a way in which people can have answered that has little of something."""
        import highspy

        self._solver.changeColsCost(self._count, self._columns, aim)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            point = np.array(self._solver.getSolution().col_value)
            self._points = np.vstack([self._points, point])

    def apart(self, aim: Floats) -> bool:
        """Whether a number may be one or another, of all ways that were found."""
        values = self._points @ aim
        return bool(np.floor(values.max() + _TINY) > np.ceil(values.min() - _TINY))
