"""By how many people what a version printed of a group and its row of now lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hrkit.disclosure.kept.persons import Bools
from hrkit.disclosure.kept.traced import Traced
from hrkit.disclosure.kept.went import Went
from hrkit.disclosure.released import Group
from hrkit.disclosure.wave import PRESENCE

__all__ = ["Changes"]


@dataclass(frozen=True)
class Changes:
    """How groups differ from what earlier versions printed of them."""

    past: Traced
    went: Went

    def changed(self, v: int, measure: str, group: Group, now: Bools) -> tuple[int, int, set[int]]:
        """How many people a group's row of then and of now differ by.

        Parameters
        ----------
        now
            Shape (R,): the rows of now.

        Returns
        -------
        tuple
            People whose value differs, people of whom any answer does, and the owners of the
            latter that are known.
        """
        key = (v, measure, group, now.tobytes())
        if key not in self._changes:
            self._changes[key] = self._changed(v, measure, group, now)
        return self._changes[key]

    @cached_property
    def _changes(self) -> dict[tuple[int, str, Group, bytes], tuple[int, int, set[int]]]:
        return {}

    def _changed(self, v: int, measure: str, group: Group, now: Bools) -> tuple[int, int, set[int]]:
        version, same = self.past.versions[v], self.past.same(measure)
        there = version.of(group)
        answered, valid = self.past.answered(measure), self.past.valid.get(measure)
        then_rows = self.past.entries(v, there & (version.counted(measure) > 0))
        then = {same[r] for r in then_rows.tolist() if answered[r]}
        gone = int((there & (version.counted(measure) > 0) & (self.past.at[v] < 0)).sum())
        gone += self.went.missing(v, measure, group)
        if measure == PRESENCE:
            then = {int(self.past.owner[r]) for r in then}
            here = {int(self.past.owner[r]) for r in np.flatnonzero(now).tolist()}
        else:
            here = {int(same[r]) for r in np.flatnonzero(now & answered).tolist()}
        other = then ^ here
        people = {int(self.past.owner[r]) for r in other}
        if valid is None:
            return len(people) + gone, len(people) + gone, people
        count = {int(self.past.owner[r]) for r in other if valid[r]}
        return len(count) + gone, len(people) + gone, people

    def few(self, v: int, measure: str, group: Group, now: Bools, k: int) -> bool:
        """Whether what a version showed of a group and its row of now lie one to ``k`` − 1 people apart.

        By the people whose value, or any answer, differs; or by the number of answers that is printed,
        which a reader compares without knowing who they are.
        """
        values, answers, _ = self.changed(v, measure, group, now)
        return any(0 < n < k for n in (values, answers, self._apart(v, measure, group, now)))

    def _apart(self, v: int, measure: str, group: Group, now: Bools) -> int:
        """How many answers lie between what a version printed of a group and its row of now."""
        printed = self.past.printed(self.past.versions[v], measure, group.id) or 0
        return abs(self.past.number(measure, now) - printed)

    def settled(self, kind: str, measure: str, group: Group, now: Bools, details: int) -> bool:
        """Whether a spread may be shown beside those shown before: nobody or ``details`` changed.

        Parameters
        ----------
        kind
            ``distributions``, ``agreements``, or ``own`` for intervals and tests.
        now
            Shape (R,): the rows that count now.
        """
        for v, version in enumerate(self.past.versions):
            if kind == "own":
                was = (measure, group.id) in version.own
            else:
                rows = getattr(version.released, kind)
                was = any(r.measure == measure and r.group == group.id for r in rows)
            then = version.group(group.id)
            if not was or then is None:
                continue
            # Ten who came, of whom one does not know, are nine answers more.
            if any(0 < n < details for n in self.changed(v, measure, then, now)[:2]):
                return False
            # Whoever went without a trace may be among those who came.
            if self.went.several(v, then):
                return False
            if self.went.returned(v, then) and self._apart(v, measure, then, now) < details:
                return False
        return True
