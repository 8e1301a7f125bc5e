"""Who went without a trace since a version was printed, and may be among those who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hrkit.disclosure.cells import PART, inside
from hrkit.disclosure.kept.traced import Traced
from hrkit.disclosure.kept.versions import VALID
from hrkit.disclosure.released import Group
from hrkit.disclosure.wave import PRESENCE

__all__ = ["Went"]


@dataclass(frozen=True)
class Went:
    """People of earlier versions whose answers are gone, as a reader of the numbers may count them."""

    past: Traced

    def missing(self, v: int, measure: str, group: Group) -> int:
        """How many of a group's people of a version were erased since, by the number printed."""
        version = self.past.versions[v]
        n = self.past.printed(version, measure, group.id)
        there = int((version.of(group) & (version.counted(measure) == VALID)).sum())
        return max((n or 0) - there, 0)

    def lost(self, v: int, group: Group) -> int:
        """How many of a group's people of a version are not there any more, on the measure that lacks most."""
        there = self.past.versions[v].of(group) & (self.past.at[v] < 0)
        gone = (
            self.missing(v, name, group)
            + int((there & (self.past.versions[v].counted(name) == VALID)).sum())
            for name in (PRESENCE, *self.past.measures)
        )
        return max(gone, default=0)

    def returned(self, v: int, group: Group) -> bool:
        """Whether people of a version went without a trace and others came, who may be the same people."""
        if (v, group) not in self._returns:
            rows = inside(self.past.wave, group)
            if self.past.current is not None:
                rows = rows & self.past.current
            known = set(self.past.versions[v].tokens)
            came = any(self.past.wave.token[r] not in known for r in np.flatnonzero(rows).tolist())
            self._returns[v, group] = came and self.lost(v, group) > 0
        return self._returns[v, group]

    @cached_property
    def _returns(self) -> dict[tuple[int, Group], bool]:
        return {}

    def several(self, v: int, group: Group) -> bool:
        """Whether two or more people of a version went so: who came may be all of them but one.

        Of one who went the proofs ask with an index of her own.  Of several a reader may know that the
        others are there again; what then is gone from a bar, or from beside a unit, is about one person.
        """
        return self.returned(v, group) and self.lost(v, group) > 1

    def apart(self, groups: Sequence[Group]) -> frozenset[str]:
        """Groups of whose people several went since a version showed them, while others came."""
        return frozenset(
            group.id
            for group in groups
            for v, version in enumerate(self.past.versions)
            for one in version.shown_groups
            if set(group.perspectives) & set(one.perspectives) and self.several(v, one)
        )

    def gone(self, group: Group) -> bool:
        """Whether anybody went whom a version showed with these."""
        its = set(group.perspectives)
        return any(
            self.lost(v, one) > 0
            for v, version in enumerate(self.past.versions)
            for one in version.shown_groups
            if its & set(one.perspectives)
        )

    def lacks(self, group: Group) -> bool:
        """Whether those who came since a version showed some of these may be people who went."""
        its = set(group.perspectives)
        return any(
            its & version.undone or self.returned(v, one)
            for v, version in enumerate(self.past.versions)
            for one in version.shown_groups
            if its & set(one.perspectives)
        )

    def lacking(self, measure: str) -> Mapping[tuple[str, str], frozenset[int]]:
        """Cell to the numbers printed of it whose people are not all there any more, while others came."""
        if measure not in self._lacks:
            self._lacks[measure] = self._lacking(measure)
        return self._lacks[measure]

    @cached_property
    def _lacks(self) -> dict[str, Mapping[tuple[str, str], frozenset[int]]]:
        return {}

    def _lacking(self, measure: str) -> Mapping[tuple[str, str], frozenset[int]]:
        found: dict[tuple[str, str], set[int]] = {}
        for v, version in enumerate(self.past.versions):
            root = version.root(self.past.root)
            for score, _, gone in self.past.behind(v, measure):
                group = version.group(score.group.partition(PART)[0])
                if gone and group is not None and self.returned(v, group):
                    unit = self.past.root if score.unit == root else score.unit
                    found.setdefault((unit, score.group), set()).add(score.n or 0)
        return {cell: frozenset(ns) for cell, ns in found.items()}

    def kin(self, measure: str) -> Mapping[tuple[str, str], frozenset[int]]:
        """The same of the other measures that share questions with one."""
        found: dict[tuple[str, str], frozenset[int]] = {}
        for other in self.past.relatives.get(measure, ()):
            for cell, numbers in self.lacking(other).items() if other != measure else ():
                found[cell] = found.get(cell, frozenset()) | numbers
        return found
