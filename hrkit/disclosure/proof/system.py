"""Answers that nobody knows, as columns, and what is printed of them, as lines of a programme.

A slot of a class (`classes`) has a column for the one who is held against the others and, where there are
others, one for all of them together; where a distribution is printed of a slot, it has one for
each value of the scale.  Everything is made of two tables, sums by slot and slots by column.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.classes import Classes
from hrkit.disclosure.proof.solver import model_of
from hrkit.disclosure.proof.table import Entries, Table, by_column, filled, stacked
from hrkit.disclosure.proof.told import Printed, Target

__all__ = ["System"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

#: What each value of the scale counts; None for itself.
_Worth = tuple[float, ...] | None
#: Lines: sums by column, the least and the most of each, and the row it belongs to.
_Lines = tuple[Table, Floats, Floats, Ints]

#: Weighted of answers come a hair off.
_HAIR = 1e-7


class System:
    """The columns and lines of a programme over single answers.

    Attributes
    ----------
    classes
        Whose answers they are.
    scale
        Lowest and highest answer.
    count
        Columns.
    bounds
        Least and most of each column.
    matrix, low, high
        The lines.
    of
        The row each line belongs to; -1 for those that hold whatever is printed.
    first, others
        Shape (S,): the first column of each slot, for the one and for all others (-1: nobody).
    spectral
        Shape (S,): whether each value has a column of its own.
    """

    def __init__(
        self, rows: Sequence[Printed], targets: Sequence[Target], scale: tuple[float, float]
    ) -> None:
        self._rows, self._targets, self.scale = rows, targets, scale
        self.classes = Classes(rows, targets)
        self._columns()
        self._lines()

    @property
    def values(self) -> int:
        """How many values the scale has."""
        return len(self._values)

    def model(self) -> object:
        """The programme for a solver, which asks for nothing yet."""
        return model_of(by_column(self.matrix), self.bounds, (self.low, self.high))

    @cached_property
    def lone(self) -> Floats:
        """Shape (count,): one where a column begins that is of a single one of a class."""
        found = np.zeros(self.count)
        found[self.first] = 1.0
        return found

    def _columns(self) -> None:
        of, size = self.classes.of, self.classes.size
        low, high = self.scale
        self._values = np.arange(low, high + 0.5)
        rows = self.classes.rows
        told = np.array([any(e[0] is not None for e in row.ends) for row in self._rows], dtype=bool)
        self.spectral = np.zeros(len(of), dtype=bool)
        self.spectral[self.classes.slot[rows.answer[told[rows.sum]]]] = True
        width = np.where(self.spectral, len(self._values), 1)
        each = np.bincount(of, weights=width, minlength=len(size)).astype(np.intp)
        blocks = np.where(size > 1, 2, 1)
        begin = np.cumsum(each * blocks) - each * blocks
        # Slots of a class follow each other.
        inside = np.cumsum(width) - width
        inside -= (np.cumsum(each) - each)[of]
        self.first = begin[of] + inside
        self.others = np.where(size[of] > 1, self.first + each[of], -1)
        self.count = int((each * blocks).sum())
        lows, highs = np.empty(self.count), np.empty(self.count)
        for at, n in self.blocks():
            there = at >= 0
            place, slot = (
                _spread(at[there], width[there]),
                np.repeat(np.flatnonzero(there), width[there]),
            )
            lows[place] = np.where(self.spectral[slot], 0.0, low * n[slot])
            highs[place] = np.where(self.spectral[slot], n[slot], high * n[slot])
        self.bounds = lows, highs

    def blocks(self) -> tuple[tuple[Ints, Floats], tuple[Ints, Floats]]:
        """Where slots begin and of how many people, for the one of a class and for the others."""
        size = self.classes.size[self.classes.of].astype(np.float64)
        return (self.first, np.ones(len(size))), (self.others, size - 1.0)

    def _by_column(self, sums: Entries, worth: _Worth, at: Ints) -> Entries:
        """What sums of slots count of the columns that begin at some places."""
        values = self._values if worth is None else np.array(worth)
        counts = np.flatnonzero(values)
        there = at[sums.column] >= 0
        line, slot, weight = sums.line[there], sums.column[there], sums.weight[there]
        each = self.spectral[slot]
        begin = at[slot]
        several = (begin[each][:, None] + counts).ravel()
        heavy = (weight[each][:, None] * values[counts]).ravel()
        return _sorted(
            np.concatenate([line[~each], np.repeat(line[each], len(counts))]),
            np.concatenate([begin[~each], several]),
            np.concatenate([weight[~each], heavy]),
        )

    def _table(self, sums: Entries, worth: _Worth, lines: int, *at: Ints) -> Table:
        """Shape (lines, count): sums of slots by column."""
        parts = [self._by_column(sums, worth, places) for places in at]
        line, column, weight = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("line", "column", "weight")
        )
        return filled(weight, line, column, (lines, self.count))

    # ----------------------------------------------------------------------------- lines

    def _lines(self) -> None:
        by_slot = self.classes.by_slot(self.classes.rows)
        several: dict[_Worth, list[tuple[int, float, float]]] = {}
        each: list[tuple[int, float, float]] = []
        for r, row in enumerate(self._rows):
            for worth, least, most in row.ends:
                (each if row.each else several.setdefault(worth, [])).append((r, least, most))
        parts = [self._held()]
        for worth, told in several.items():
            which, lows, highs = _columns_of(told)
            told_of = by_slot.only(which)
            matrix = self._table(told_of, worth, len(which), self.first, self.others)
            parts.append((matrix, lows, highs, which))
        if each:
            parts += self._single(by_slot, each)
        self.matrix: Table = stacked([part[0] for part in parts])
        self.low = np.concatenate([part[1] for part in parts]) - _HAIR
        self.high = np.concatenate([part[2] for part in parts]) + _HAIR
        self.of = np.concatenate([part[3] for part in parts])

    def _held(self) -> _Lines:
        """However they answered, they are as many as they are."""
        ones = (1.0,) * len(self._values)
        found: list[Table] = [np.empty((0, self.count))]
        sizes: list[Floats] = []
        for at, n in self.blocks():
            which = np.flatnonzero(self.spectral & (at >= 0))
            held = Entries(np.arange(len(which)), which, np.ones(len(which)))
            found.append(self._table(held, ones, len(which), at))
            sizes.append(n[which])
        every = np.concatenate([np.empty(0), *sizes])
        return stacked(found), every, every, np.full(len(every), -1)

    def _single(self, by_slot: Entries, told: Sequence[tuple[int, float, float]]) -> list[_Lines]:
        """What is said of every single person, class by class."""
        which, least, most = _columns_of(told)
        sums = by_slot.only(which)
        classes, of = len(self.classes.size), self.classes.of
        place, line = np.unique(sums.line * classes + of[sums.column], return_inverse=True)
        apart = Entries(line, sums.column, sums.weight)
        row, size = place // classes, self.classes.size[place % classes].astype(np.float64)
        found = []
        for at, n in ((self.first, np.ones(len(size))), (self.others, size - 1.0)):
            there = np.flatnonzero(n > 0)
            found.append(
                (
                    self._table(apart.only(there), None, len(there), at),
                    (least[row] * n)[there],
                    (most[row] * n)[there],
                    which[row][there],
                )
            )
        return found

    # --------------------------------------------------------------------------- targets

    def alike(self) -> list[Hashable]:
        """The same for targets that are about one of a class, and say the same of whom."""
        return self.classes.alike(self._targets)

    def aims(self) -> Entries:
        """Each target in terms of the columns, of one of a class or of all of it."""
        one, whole = self.classes.whole(self.classes.targets)
        parts = self._by_column(one, None, self.first), self._by_column(whole, None, self.others)
        return _sorted(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("line", "column", "weight")
            )
        )

    def columns(self) -> Ints:
        """Shape (U,): the first column in which each answer counts."""
        slot = self.classes.slot
        return np.where(self.classes.lone, self.first[slot], self.others[slot])


def _columns_of(told: Sequence[tuple[int, float, float]]) -> tuple[Ints, Floats, Floats]:
    which, least, most = zip(*told, strict=True)
    return np.array(which, dtype=np.intp), np.array(least), np.array(most)


def _sorted(line: Ints, column: Ints, weight: Floats) -> Entries:
    """Line by line."""
    order = np.argsort(line, kind="stable")
    return Entries(line[order], column[order], weight[order])


def _spread(at: Ints, width: Ints) -> Ints:
    """Places from each on, as many as it is wide."""
    end = np.cumsum(width)
    return np.repeat(at - (end - width), width) + np.arange(int(end[-1]) if len(end) else 0)
