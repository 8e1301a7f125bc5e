"""What a set of bounds leaves open: linear programmes over people who cannot be told apart.

People on whom every bound looks alike are one class with two blocks: one of them, and the others
together.  That loses nothing: bounds are convex and do not care who in a class is who.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from .reading import Linear, Spectrum
from .world import Unknown

#: wave and person
Who = tuple[str, str]


@dataclass(frozen=True)
class _Block:
    """Some people of a class together: where the variables of their answers begin."""

    size: int
    at: Mapping[tuple[str, int], int]


class Programme:
    """The answers of some people to some questions, as far as bounds leave them open.

    Parameters
    ----------
    answers
        All unknowns.
    bounds
        What is known about them.
    marks
        Sets that one wants to ask about; nobody inside is taken for somebody outside.
    """

    def __init__(
        self,
        answers: Sequence[Unknown],
        bounds: Sequence[Linear | Spectrum],
        marks: Sequence[frozenset[Who]] = (),
    ) -> None:
        self.classes = _classes(answers, bounds, marks)
        self.place = {who: c for c, (people, _) in enumerate(self.classes) for who in people}
        spectral = {u for b in bounds if isinstance(b, Spectrum) for u in b.answers}
        self.wide = {  # class and slot whose values are unknown one by one
            (self.place[u[:2]], u[2:]) for u in spectral if u[:2] in self.place
        }
        self.blocks: list[list[_Block]] = []
        lows: list[float] = []
        highs: list[float] = []
        for c, (people, slots) in enumerate(self.classes):
            row = []
            for size in (1, len(people) - 1):
                if not size:
                    continue
                at = {}
                for slot in slots:
                    at[slot] = len(lows)
                    if (c, slot) in self.wide:
                        lows += [0.0] * 5
                        highs += [float(size)] * 5
                    else:
                        lows.append(float(size))
                        highs.append(5.0 * size)
                row.append(_Block(size, at))
            self.blocks.append(row)
        self.count = len(lows)
        self.points: list[np.ndarray] = []
        self._columns = np.arange(self.count, dtype=np.int32)
        self._model = self._lp(lows, highs, bounds)
        self._solver = _solver(self._model)

    def _lp(
        self, lows: list[float], highs: list[float], bounds: Sequence[Linear | Spectrum]
    ) -> highspy.HighsLp:
        i: list[int] = []
        j: list[int] = []
        x: list[float] = []
        low: list[float] = []
        high: list[float] = []

        def add(terms: Mapping[int, float], ends: tuple[float, float]) -> None:
            i.extend([len(low)] * len(terms))
            j.extend(terms)
            x.extend(terms.values())
            low.append(ends[0])
            high.append(ends[1])

        for c, slot in self.wide:
            for block in self.blocks[c]:
                at = block.at[slot]
                add({at + v: 1.0 for v in range(5)}, (block.size, block.size))
        seen = set()
        for bound in bounds:
            terms = self._terms(bound)
            key = (tuple(sorted(terms.items())), bound.low, bound.high)
            if terms and key not in seen:
                seen.add(key)
                add(terms, (bound.low - 1e-7, bound.high + 1e-7))
        matrix = sparse.csc_matrix((x, (i, j)), shape=(len(low), self.count))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.count, len(low)
        model.col_cost_ = np.zeros(self.count)
        model.col_lower_, model.col_upper_ = np.array(lows), np.array(highs)
        model.row_lower_, model.row_upper_ = np.array(low), np.array(high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = matrix.indptr
        model.a_matrix_.index_ = matrix.indices
        model.a_matrix_.value_ = matrix.data
        return model

    def _terms(self, bound: Linear | Spectrum) -> dict[int, float]:
        terms: dict[int, float] = {}
        if isinstance(bound, Linear):
            done = set()
            for u, w in bound.weights.items():
                c, slot = self.place[u[:2]], u[2:]
                if (c, slot) in done:
                    continue
                done.add((c, slot))
                for block in self.blocks[c]:
                    for k, by in self._value(c, block, slot).items():
                        terms[k] = terms.get(k, 0.0) + w * by
            return terms
        done = set()
        for u in bound.answers:
            c, slot = self.place[u[:2]], u[2:]
            if (c, slot) in done:
                continue
            done.add((c, slot))
            for block in self.blocks[c]:
                for v, worth in enumerate(bound.worth):
                    if worth:
                        terms[block.at[slot] + v] = worth
        return terms

    def _value(self, c: int, block: _Block, slot: tuple[str, int]) -> dict[int, float]:
        at = block.at[slot]
        return {at + v: v + 1.0 for v in range(5)} if (c, slot) in self.wide else {at: 1.0}

    # ------------------------------------------------------------------------ asking

    def target(self, weights: Mapping[Unknown, float]) -> np.ndarray:
        """A weighted sum of single answers; people of one class all or one."""
        vector = np.zeros(self.count)
        asked: dict[int, set[Who]] = {}
        for u in weights:
            asked.setdefault(self.place[u[:2]], set()).add(u[:2])
        done = set()
        for u, w in weights.items():
            c, slot = self.place[u[:2]], u[2:]
            if (c, slot) in done:
                continue
            done.add((c, slot))
            whole = len(asked[c]) == len(self.classes[c][0])
            if not whole and len(asked[c]) != 1:
                raise AssertionError("a set cuts through people who cannot be told apart")
            for block in self.blocks[c] if whole else self.blocks[c][:1]:
                for k, by in self._value(c, block, slot).items():
                    vector[k] += w * by
        return vector

    def solve(self, cost: np.ndarray, whole: bool = False) -> np.ndarray | None:
        """A point that agrees with all bounds and costs least; None if none is found in time."""
        solver = self._solver
        if whole:
            solver = _solver(self._model, seconds=1.0)
            kinds = [highspy.HighsVarType.kInteger] * self.count
            solver.changeColsIntegrality(self.count, self._columns, np.array(kinds))
        solver.changeColsCost(self.count, self._columns, cost)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible and not whole:
            raise AssertionError("no answers agree with what was printed")
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        self.points.append(np.array(solver.getSolution().col_value))
        return self.points[-1]

    def reached(self, target: np.ndarray) -> float:
        """How far apart the target was in the points found so far."""
        if not self.points:
            return 0.0
        values = np.array(self.points) @ target
        return float(values.max() - values.min())

    def ends(self, target: np.ndarray, whole: bool = False) -> tuple[float, float] | None:
        """Least and largest value of a target."""
        points = [self.solve(sign * target, whole) for sign in (1.0, -1.0)]
        if points[0] is None or points[1] is None:
            return None
        return float(points[0] @ target), float(points[1] @ target)


def _solver(model: highspy.HighsLp, seconds: float = 0.0) -> highspy.Highs:
    solver = highspy.Highs()
    solver.silent()
    if seconds:
        solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    return solver


def _classes(
    answers: Sequence[Unknown],
    bounds: Sequence[Linear | Spectrum],
    marks: Sequence[frozenset[Who]],
) -> list[tuple[list[Who], tuple[tuple[str, int], ...]]]:
    """People on whom every bound looks alike, with their slots (question and run)."""
    signs: dict[Who, list[object]] = {}
    slots: dict[Who, set[tuple[str, int]]] = {}
    for u in answers:
        slots.setdefault(u[:2], set()).add(u[2:])
        signs.setdefault(u[:2], [])
    for number, bound in enumerate(bounds):
        if isinstance(bound, Linear):
            for u, w in bound.weights.items():
                signs[u[:2]].append((number, u[2:], round(w, 12)))
        else:
            for u in bound.answers:
                signs[u[:2]].append((number, u[2:]))
    for number, mark in enumerate(marks):
        for who in mark:
            if who in signs:
                signs[who].append(("mark", number))
    found: dict[object, list[Who]] = {}
    for who, sign in signs.items():
        key = (frozenset(sign), frozenset(slots[who]), who[0])
        found.setdefault(key, []).append(who)
    return [(people, tuple(sorted(slots[people[0]]))) for people in found.values()]
