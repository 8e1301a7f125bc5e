"""The rows behind what a version printed, with somebody for everyone who was erased since."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.cells import PART
from hrkit.disclosure.kept.versions import VALID, Version
from hrkit.disclosure.released import Score, tidy

__all__ = ["Ghosts"]

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


class Ghosts:
    """The parts of one version's rows on one measure, with somebody for everyone who was erased.

    Parameters
    ----------
    version
        What was shown, and of whom.
    at
        Shape (E,): the row of each of its entries, -1 where its answers are gone.
    measure
        Id of the measure.
    same
        Shape (R,): the row that stands for each on it.
    root, within
        The whole organisation, and unit to the units in it, as they are today.
    place
        Index of everyone who is gone, by a name that is the same in all versions; added to here,
        from the number of rows on.
    """

    def __init__(
        self,
        version: Version,
        at: Ints,
        measure: str,
        same: Ints,
        root: str,
        within: Mapping[str, frozenset[str]],
        place: dict[Hashable, int],
    ) -> None:
        self._version, self._at, self._measure = version, at, measure
        self._same, self._root, self._today, self._place = same, root, within, place
        self._counts = version.counted(measure) == VALID
        self._gone: dict[tuple[str, str], tuple[int, ...]] = {}

    def part(self, unit: str, group: str) -> frozenset[int]:
        """The rows behind a score."""
        id, _, level = group.partition(PART)
        found = self._known(unit, id, level)
        return found | frozenset(self._erased(unit, group, len(found)))

    def _known(self, unit: str, id: str, level: str) -> frozenset[int]:
        version = self._version
        members = version.group(id)
        if members is None:
            return frozenset()
        which = version.of(members) & self._counts
        root = version.root(self._root)
        if unit != root:
            within = self._within(unit)
            which &= np.array([u in within for u in version.units], dtype=bool)
        if level:
            which &= np.array([one == level for one in version.levels], dtype=bool)
        rows = self._at
        return frozenset(
            int(self._same[rows[e]]) if rows[e] >= 0 else self._ghost(version.tokens[e])
            for e in np.flatnonzero(which).tolist()
        )

    def _within(self, unit: str) -> frozenset[str]:
        tree = self._version.tree
        if tree is None:
            return self._today.get(unit, frozenset({unit}))
        found = {unit}
        grown = True
        while grown:
            below = {u for u, parent in tree.items() if parent in found} - found
            found |= below
            grown = bool(below)
        return frozenset(found)

    def _ghost(self, name: Hashable) -> int:
        return self._place.setdefault(name, len(self._same) + len(self._place))

    def _erased(self, unit: str, group: str, known: int) -> tuple[int, ...]:
        """Somebody for each answer that was printed and is not there: in the smallest unit that lacks them."""
        score = next(
            (
                s
                for s in self._version.scores.get(self._measure, ())
                if s.unit == unit and s.group == group
            ),
            None,
        )
        lack = max((score.n or 0) - known, 0) if score else 0
        if not lack:
            return ()
        if (unit, group) not in self._gone:
            id, _, level = group.partition(PART)
            inner: list[int] = []
            if level:
                inner = list(self.part(self._version.root(self._root), id))
                inner = sorted(i for i in inner if i >= len(self._same))
            else:
                for child in self._below(unit):
                    inner += [i for i in self.part(child, id) if i >= len(self._same)]
            inner = sorted(set(inner))[:lack]
            fresh = [self._ghost(("erased", group, unit, i)) for i in range(lack - len(inner))]
            self._gone[unit, group] = (*inner, *fresh)
        return self._gone[unit, group]

    def _below(self, unit: str) -> Iterator[str]:
        """The units shown that lie in another."""
        root = self._version.root(self._root)
        for score in self._version.scores.get(self._measure, ()):
            if PART in score.group or score.unit in (unit, root):
                continue
            if unit == root or score.unit in self._within(unit):
                yield score.unit

    def fits(self, score: Score, values: Floats) -> bool:
        """Whether today's tree gives what was printed of a unit."""
        if score.unit == self._version.root(self._root):
            return True
        rows = self.part(score.unit, score.group)
        if len(rows) != score.n or max(rows, default=0) >= len(values):
            return False
        return tidy(float(values[sorted(rows)].mean())) == score.mean
