"""Answers that nobody knows, as columns, and what is printed of them, as lines of a programme."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.told import Printed, Target, Unknown

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["System"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Block:
    """Some people of a class together, and where the unknowns of each slot begin."""

    size: int
    at: Mapping[tuple[str, int], int]


class System:
    """The columns and lines of a programme over single answers.

    Attributes
    ----------
    count
        Columns.
    bounds
        Least and most of each column.
    matrix, low, high
        The lines.
    of
        The row each line belongs to; -1 for those that hold whatever is printed.
    """

    def __init__(
        self, rows: Sequence[Printed], targets: Sequence[Target], scale: tuple[float, float]
    ) -> None:
        self._rows, self._scale = rows, scale
        self._classes = _Classes(rows, targets)
        self._columns()
        self._lines()

    def model(self) -> object:
        """The programme for a solver, which asks for nothing yet."""
        import highspy

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.count, len(self.low)
        model.col_cost_ = np.zeros(self.count)
        model.col_lower_, model.col_upper_ = self.bounds
        model.row_lower_, model.row_upper_ = self.low, self.high
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = self.matrix.indptr
        model.a_matrix_.index_ = self.matrix.indices
        model.a_matrix_.value_ = self.matrix.data
        return model

    @cached_property
    def lone(self) -> Floats:
        """Shape (count,): one where a column begins that is of a single one of a class."""
        found = np.zeros(self.count)
        for blocks in self._blocks:
            found[list(blocks[0].at.values())] = 1.0
        return found

    def _columns(self) -> None:
        spectral = {
            self._classes.slot(u)
            for row in self._rows
            if any(worth is not None for worth, _, _ in row.ends)
            for u in row.weights
        }
        low, high = self._scale
        self._values = np.arange(low, high + 0.5)
        self._blocks: list[list[_Block]] = []
        lows: list[float] = []
        highs: list[float] = []
        for c, (people, slots) in enumerate(self._classes.found):
            row = []
            for size in (1, len(people) - 1):
                at = {}
                for slot in slots if size else ():
                    at[slot] = len(lows)
                    if (c, slot) in spectral:
                        lows += [0.0] * len(self._values)
                        highs += [float(size)] * len(self._values)
                    else:
                        lows.append(low * size)
                        highs.append(high * size)
                if size:
                    row.append(_Block(size, at))
            self._blocks.append(row)
        self._spectral = spectral
        self.count = len(lows)
        self.bounds = (np.array(lows), np.array(highs))

    def _lines(self) -> None:
        from scipy.sparse import csc_matrix

        i: list[int] = []
        j: list[int] = []
        x: list[float] = []
        low: list[float] = []
        high: list[float] = []
        of: list[int] = []

        def add(row: int, terms: Mapping[int, float], least: float, most: float) -> None:
            i.extend([len(low)] * len(terms))
            j.extend(terms)
            x.extend(terms.values())
            low.append(least - 1e-7)
            high.append(most + 1e-7)
            of.append(row)

        for c, slot in self._spectral:
            for block in self._blocks[c]:
                at = block.at[slot]
                terms = {at + v: 1.0 for v in range(len(self._values))}
                add(-1, terms, float(block.size), float(block.size))
        for r, row in enumerate(self._rows):
            for worth, least, most in row.ends:
                if row.each:
                    for part, size in self._single(row):
                        add(r, part, least * size, most * size)
                else:
                    add(r, self._terms(row.weights, worth), least, most)
        self.matrix = csc_matrix((x, (i, j)), shape=(len(low), self.count))
        self.low, self.high = np.array(low), np.array(high)
        self.of = np.array(of, dtype=np.intp)

    def _terms(
        self, weights: Mapping[Unknown, float], worth: tuple[float, ...] | None
    ) -> dict[int, float]:
        terms: dict[int, float] = {}
        done = set()
        for u, weight in weights.items():
            place = self._classes.slot(u)
            if place in done:
                continue
            done.add(place)
            for block in self._blocks[place[0]]:
                for k, by in self._worth(place, block, worth):
                    terms[k] = terms.get(k, 0.0) + weight * by
        return terms

    def _single(self, row: Printed) -> Iterator[tuple[dict[int, float], int]]:
        """What is said of every single person, block by block."""
        by: dict[int, dict[tuple[str, int], float]] = {}
        for u, weight in row.weights.items():
            c, slot = self._classes.slot(u)
            by.setdefault(c, {})[slot] = weight
        for c, slots in by.items():
            for block in self._blocks[c]:
                terms: dict[int, float] = {}
                for slot, weight in slots.items():
                    for k, value in self._worth((c, slot), block, None):
                        terms[k] = weight * value
                yield terms, block.size

    def _worth(
        self, place: tuple[int, tuple[str, int]], block: _Block, worth: tuple[float, ...] | None
    ) -> Iterator[tuple[int, float]]:
        at = block.at[place[1]]
        if place not in self._spectral:
            yield at, 1.0
            return
        for v, value in enumerate(self._values if worth is None else worth):
            if value:
                yield at + v, float(value)

    def place(self, u: Unknown) -> tuple[int, int, bool]:
        """Block of an answer, the first column it counts in, and whether each value has its own."""
        c, slot = self._classes.slot(u)
        lone = u[0] == self._classes.found[c][0][0]
        at = self._blocks[c][0 if lone else 1].at[slot]
        return 2 * c + (not lone), at, (c, slot) in self._spectral

    @property
    def unknowns(self) -> Collection[Unknown]:
        """All answers."""
        return self._classes.unknowns

    def alike(self, target: Target) -> object:
        """The same for targets that are about one of a class, and say the same of whom."""
        if len(target.people) > 1:
            return id(target)
        slots = ((self._classes.slot(u), w) for u, w in target.weights.items())
        return (frozenset(slots), target.strict)

    def vectors(self, several: Sequence[Mapping[Unknown, float]]) -> csr_matrix:
        """Targets in terms of the columns, a line each."""
        from scipy.sparse import csr_matrix

        found = [self._vector(weights) for weights in several]
        i = [line for line, terms in enumerate(found) for _ in terms]
        j = [column for terms in found for column in terms]
        x = [value for terms in found for value in terms.values()]
        return csr_matrix((x, (i, j)), shape=(len(found), self.count))

    def _vector(self, weights: Mapping[Unknown, float]) -> dict[int, float]:
        """One of a class, or all of it."""
        terms: dict[int, float] = {}
        asked: dict[int, set[Hashable]] = {}
        for u in weights:
            asked.setdefault(self._classes.slot(u)[0], set()).add(u[0])
        done = set()
        for u, weight in weights.items():
            place = self._classes.slot(u)
            if place in done:
                continue
            done.add(place)
            c = place[0]
            whole = len(asked[c]) == len(self._classes.found[c][0])
            for block in self._blocks[c] if whole else self._blocks[c][:1]:
                for k, by in self._worth(place, block, None):
                    terms[k] = terms.get(k, 0.0) + weight * by
        return terms


class _Classes:
    """People whom no row and no target tells apart, with the slots of their answers.

    A slot is a question and, where somebody's answer changed, which of the two.
    """

    def __init__(self, rows: Sequence[Printed], targets: Sequence[Target]) -> None:
        signs: dict[Unknown, list[tuple[int, float]]] = {}
        for r, row in enumerate(rows):
            for u, weight in row.weights.items():
                signs.setdefault(u, []).append((r, round(weight, 12)))
        for target in targets:
            for u in target.weights:
                signs.setdefault(u, [])
        marks: dict[Hashable, list[int]] = {}
        sets = {t.people for t in targets if len(t.people) > 1}
        for number, those in enumerate(sets):
            for person in those:
                marks.setdefault(person, []).append(number)
        by: dict[Hashable, list[tuple[str, tuple[tuple[int, float], ...], Unknown]]] = {}
        for u, where in signs.items():
            by.setdefault(u[0], []).append((u[1], tuple(where), u))
        self._slots: dict[Unknown, tuple[str, int]] = {}
        people: dict[object, list[Hashable]] = {}
        shapes: dict[object, tuple[tuple[str, int], ...]] = {}
        for person, said in by.items():
            said.sort(key=lambda one: (one[0], one[1], one[2][2]))
            seen: dict[str, int] = {}
            shape = []
            for question, _, u in said:
                seen[question] = seen.get(question, -1) + 1
                self._slots[u] = (question, seen[question])
                shape.append(self._slots[u])
            key = (tuple((q, where) for q, where, _ in said), tuple(marks.get(person, ())))
            people.setdefault(key, []).append(person)
            shapes[key] = tuple(shape)
        self.found = [(tuple(mine), shapes[key]) for key, mine in people.items()]
        self._class = {p: c for c, (mine, _) in enumerate(self.found) for p in mine}

    @property
    def unknowns(self) -> Collection[Unknown]:
        """All answers."""
        return self._slots.keys()

    def slot(self, u: Unknown) -> tuple[int, tuple[str, int]]:
        """Class and slot of an unknown."""
        return self._class[u[0]], self._slots[u]
