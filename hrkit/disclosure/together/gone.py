"""Who was erased since a version: somebody stands for each of them, the same on all measures.

How many are missing is told by the number of answers that was printed.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from hrkit.disclosure.cells import PART
from hrkit.disclosure.kept.past import Past
from hrkit.disclosure.proof.told import Unknown
from hrkit.disclosure.released import Score

__all__ = ["Gone"]


@dataclass(frozen=True)
class Gone:
    """Those of one group who are not there any more, on measures that share questions.

    Attributes
    ----------
    keys
        Measure to its question keys.
    group
        Id of the group.
    """

    keys: Mapping[str, Sequence[str]]
    group: str
    past: Past

    def behind(self, v: int, name: str) -> list[tuple[Score, list[int], list[Hashable]]]:
        """What a version printed of the group: with the rows, and who is missing."""
        return [
            one
            for one in self.past.behind(v, name)
            if one[0].group.partition(PART)[0] == self.group
        ]

    def of(self, v: int, name: str) -> list[Hashable]:
        """Who is missing from those whom a version counted on a measure, in the whole or in a unit."""
        lost = list(dict.fromkeys(one for _, _, gone in self.behind(v, name) for one in gone))
        return self.same(v, len(lost)) if self._single(name) else lost

    def same(self, v: int, count: int) -> list[Hashable]:
        """The same people are missing on every measure."""
        known = self._missing(v)
        return [*known[:count], *(("gone", i) for i in range(count - len(known)))]

    def ghost(self, v: int, name: str, one: Hashable) -> dict[Unknown, float]:
        """The value of somebody who was erased: with an answer to every question that was counted of them."""
        keys = [k for k in self.keys[name] if one in self._answered(v, k)] or self.keys[name]
        return {(one, key, 0): 1.0 / len(keys) for key in keys}

    def _single(self, name: str) -> bool:
        return len(self.keys[name]) == 1

    def _missing(self, v: int) -> list[Hashable]:
        """Who is missing from the dimension's people in the whole organisation."""
        lists = [self._lost(v, name) or [] for name in self.keys if not self._single(name)]
        return max(lists, key=len, default=[])

    def _lost(self, v: int, name: str) -> list[Hashable] | None:
        """Who is missing on a measure in the whole organisation; None where nothing was printed."""
        whole = (self.past.versions[v].root(self.past.root), self.group)
        return next(
            (gone for s, _, gone in self.behind(v, name) if (s.unit, s.group) == whole), None
        )

    def _answered(self, v: int, key: str) -> list[Hashable]:
        """Who of the missing answered a question, by the number printed; all where none was."""
        if key in self.keys and (lost := self._lost(v, key)) is not None:
            return self.same(v, len(lost))
        return self._missing(v)
