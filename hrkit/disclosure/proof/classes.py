"""People whom no row and no target tells apart, with the slots of their answers.

A slot is a question and, where somebody's answer changed, which of the two.  Whoever has the same
slots in the same rows, with the same weights, and stands in the same sets that are asked about, is
one class with others.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.table import Entries
from hrkit.disclosure.proof.told import Printed, Target, Unknown

__all__ = ["Classes", "Weighted"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Weighted:
    """Weighted sums of answers, entry by entry: which sum, which answer, how much it counts."""

    sum: Ints
    answer: Ints
    weight: Floats


class Classes:
    """The classes of some people.

    Attributes
    ----------
    answers
        Every answer, U of them, to its number.
    people
        Shape (U,): whose each answer is.
    slot, lone
        Shape (U,): its slot, and whether it is of the one of its class who is held against the
        others.
    pack
        Shape (U,): answers to one question that the same rows are about.
    of
        Shape (S,): the class of each slot.
    size
        Shape (C,): people of each class.
    rows, targets
        What is printed and what is asked about, as sums.
    """

    def __init__(self, rows: Sequence[Printed], targets: Sequence[Target]) -> None:
        self.answers: dict[Unknown, int] = {}
        self.rows = self._sums([row.weights for row in rows])
        self.targets = self._sums([target.weights for target in targets])
        number: dict[Hashable, int] = {}
        asked: dict[str, int] = {}
        self.people = np.array(
            [number.setdefault(u[0], len(number)) for u in self.answers], np.intp
        )
        question = np.array([asked.setdefault(u[1], len(asked)) for u in self.answers], np.intp)
        given = np.array([u[2] for u in self.answers])
        sign, about = self._signs()
        packs: dict[tuple[int, int], int] = {}
        self.pack = np.array(
            [
                packs.setdefault(pair, len(packs))
                for pair in zip(question.tolist(), about.tolist(), strict=True)
            ],
            dtype=np.intp,
        )
        order = np.lexsort((given, sign, question, self.people))
        self._classed(order, np.stack([question, sign])[:, order], self._marks(targets, number))

    def _sums(self, several: Sequence[Mapping[Unknown, float]]) -> Weighted:
        answers = self.answers
        numbers = [answers.setdefault(u, len(answers)) for weights in several for u in weights]
        return Weighted(
            np.repeat(np.arange(len(several)), [len(weights) for weights in several]),
            np.array(numbers, dtype=np.intp),
            np.array([w for weights in several for w in weights.values()], dtype=np.float64),
        )

    def _signs(self) -> tuple[Ints, Ints]:
        """Shape (U,) twice: the rows of each answer with its weights there, and without, as numbers."""
        count = len(self.answers)
        order = np.argsort(self.rows.answer, kind="stable")
        where = self.rows.sum[order]
        weight = np.round(self.rows.weight[order], 12) + 0.0
        ends = np.cumsum(np.bincount(self.rows.answer, minlength=count)) * 8
        found = []
        signs: dict[bytes, int] = {}
        for raw in (where.astype(np.int64).tobytes(), weight.tobytes()):
            start, numbers = 0, []
            for end in ends.tolist():
                numbers.append(signs.setdefault(raw[start:end], len(signs)))
                start = end
            found.append(np.array(numbers, dtype=np.intp))
        about, heavy = found
        return about * (len(signs) + 1) + heavy, about

    def _marks(
        self, targets: Sequence[Target], number: Mapping[Hashable, int]
    ) -> list[tuple[int, ...]]:
        """The sets of several that each person stands in."""
        marks: list[list[int]] = [[] for _ in number]
        sets = dict.fromkeys(
            targets[t].people for t in np.flatnonzero(self._several(len(targets))).tolist()
        )
        for n, those in enumerate(sets):
            for person in those:
                marks[number[person]].append(n)
        return [tuple(mine) for mine in marks]

    def _several(self, count: int) -> Bools:
        """Shape (T,): whether each target is about more than one."""
        whose, of = self.people[self.targets.answer], self.targets.sum
        found = np.zeros(count, dtype=bool)
        found[of[1:][(whose[1:] != whose[:-1]) & (of[1:] == of[:-1])]] = True
        return found

    def steps(self) -> Floats:
        """Shape (T,): the grid each target's mean stands on; NaN where not all answers weigh the same."""
        sums = self.targets
        begin = np.flatnonzero(np.diff(sums.sum, prepend=-1))
        if not len(begin):
            return np.empty(0)
        most, least = (ends.reduceat(sums.weight, begin) for ends in (np.maximum, np.minimum))
        return np.where(most - least < 1e-12, sums.weight[begin], np.nan)

    def _classed(self, order: Ints, told: Ints, marks: Sequence[tuple[int, ...]]) -> None:
        """Order, question and sign of all answers, person by person, to classes and slots."""
        raw, width = np.ascontiguousarray(told.T).tobytes(), 2 * told.itemsize
        ends = np.cumsum(np.bincount(self.people, minlength=len(marks)))
        classes: dict[tuple[bytes, tuple[int, ...]], int] = {}
        first: list[int] = []
        start, slots = 0, 0
        of: list[int] = []
        where = np.empty(len(marks), dtype=np.intp)
        lone = np.zeros(len(marks), dtype=bool)
        for person, end in enumerate(ends.tolist()):
            key = raw[start * width : end * width], marks[person]
            found = classes.setdefault(key, len(classes))
            if found == len(first):
                first.append(slots)
                of += [found] * (end - start)
                slots += end - start
                lone[person] = True
            where[person] = found
            start = end
        self.of = np.array(of, dtype=np.intp)
        self.size = np.bincount(where, minlength=len(classes))
        self._class = where
        begins = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order)) - begins[self.people[order]]
        self.slot = np.array(first, dtype=np.intp)[where[self.people]] + place
        self.lone = lone[self.people]

    # ---------------------------------------------------------------------- sums by slot

    def by_slot(self, sums: Weighted) -> Entries:
        """What sums are of the slots; answers of one slot weigh the same."""
        place, at = self._places(sums)
        line, slot = np.divmod(place, max(len(self.of), 1))
        return Entries(line, slot, sums.weight[at])

    def whole(self, sums: Weighted) -> tuple[Entries, Entries]:
        """The same, and of those classes only of which a sum is about everybody."""
        place, at = self._places(sums)
        line, slot = np.divmod(place, max(len(self.of), 1))
        people, classes = len(self._class), len(self.size)
        who = np.unique(sums.sum * people + self.people[sums.answer])
        asked, n = np.unique(
            who // people * classes + self._class[who % people], return_counts=True
        )
        mine = np.searchsorted(asked, line * classes + self.of[slot])
        full = n[mine] == self.size[self.of[slot]]
        weight = sums.weight[at]
        return Entries(line, slot, weight), Entries(line[full], slot[full], weight[full])

    def _places(self, sums: Weighted) -> tuple[Ints, Ints]:
        """Sum and slot as one number, each once, and an entry that stands for it."""
        place = sums.sum * len(self.of) + self.slot[sums.answer]
        found, at = np.unique(place, return_index=True)
        return found, at

    def alike(self, several: Sequence[Target]) -> list[Hashable]:
        """The same for targets that are about one of a class, and say the same of whom."""
        sums = self.targets
        order = np.lexsort((self.slot[sums.answer], sums.sum))
        slots, weights = self.slot[sums.answer][order].tobytes(), sums.weight[order].tobytes()
        ends = np.cumsum(np.bincount(sums.sum, minlength=len(several))) * 8
        found: list[Hashable] = []
        start = 0
        many = self._several(len(several)).tolist()
        for n, (target, end) in enumerate(zip(several, ends.tolist(), strict=True)):
            key = (slots[start:end], weights[start:end], target.strict)
            found.append(n if many[n] else key)
            start = end
        return found
