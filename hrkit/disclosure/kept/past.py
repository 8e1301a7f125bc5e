"""Earlier versions in terms of the rows of a wave: what the proofs are given.

A row of then and a row of now are the same on a measure if the person is and the answers to its
questions are.  Who is not there any more has an index of their own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.cells import PART, inside
from hrkit.disclosure.kept.ghosts import Ghosts
from hrkit.disclosure.kept.versions import VALID, Version
from hrkit.disclosure.proof.protect import Earlier
from hrkit.disclosure.released import ALL, Group, Score
from hrkit.disclosure.wave import PRESENCE, WaveAnswers

__all__ = ["Bools", "Floats", "Ints", "Past", "families"]

Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def families(measures: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Measures that share questions, directly or by way of others."""
    family: dict[str, int] = {}
    members: dict[int, list[str]] = {}
    for number, (name, keys) in enumerate(measures.items()):
        members[number] = [name]
        for old in sorted({family[key] for key in keys if key in family}):
            members[number] += members.pop(old)
        for one in members[number]:
            family |= dict.fromkeys(measures[one], number)
    order = {name: i for i, name in enumerate(measures)}
    return tuple(tuple(sorted(m, key=order.__getitem__)) for m in members.values() if len(m) > 1)


@dataclass(frozen=True)
class Past:
    """Earlier versions in terms of the rows of a wave.

    Attributes
    ----------
    wave
        With the rows of before among its own.
    versions
        Oldest first.
    at
        Of each version, shape (E,): the row of each entry, -1 where its answers are gone.
    measures
        Measure to its question keys.
    root
        The whole organisation as it is called today.
    within
        Unit to the units in it, as they are today.
    barred
        Measures and groups of which nothing may be shown, whatever it were: see `hold_back`.
    current
        Shape (R,): the rows of now; None where all are.
    """

    wave: WaveAnswers
    versions: tuple[Version, ...] = ()
    at: tuple[Ints, ...] = ()
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    root: str = ""
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    barred: frozenset[tuple[str, str]] = frozenset()
    current: Bools | None = None

    @cached_property
    def owner(self) -> Ints:
        """Shape (R,): the first row of the same person."""
        first: dict[str, int] = {}
        tokens = self.wave.token
        if not tokens:
            return np.arange(len(self.wave))
        return np.array([first.setdefault(t, i) for i, t in enumerate(tokens)], dtype=np.intp)

    @cached_property
    def _twice(self) -> tuple[Ints, ...]:
        """The rows of each person who has several."""
        by: dict[int, list[int]] = {}
        for row, owner in enumerate(self.owner.tolist()):
            by.setdefault(owner, []).append(row)
        return tuple(np.array(rows, dtype=np.intp) for rows in by.values() if len(rows) > 1)

    def same(self, measure: str) -> Ints:
        """Shape (R,): the row that stands for each on a measure: same person, same answers to it."""
        if measure not in self._sames:
            self._sames[measure] = self._told(measure)
        return self._sames[measure]

    @cached_property
    def _sames(self) -> dict[str, Ints]:
        return {}

    def _told(self, measure: str) -> Ints:
        found = np.arange(len(self.wave))
        columns = self.columns(measure)
        for rows in self._twice:
            said: dict[bytes, int] = {}
            for row in rows.tolist():
                answers = self.wave.codes[row, columns].tobytes()
                found[row] = said.setdefault(answers, row)
        return found

    def columns(self, measure: str) -> list[int]:
        """Columns of a measure's questions."""
        keys = self.measures.get(measure, ())
        return [self.wave.column[key] for key in keys if key in self.wave.column]

    def answered(self, measure: str) -> Bools:
        """Shape (R,): who gave any answer to a measure's questions, "don't know" included."""
        if measure == PRESENCE:
            return np.ones(len(self.wave), dtype=bool)
        return np.asarray(self.wave.given[:, self.columns(measure)].any(axis=1))

    # ------------------------------------------------------------------- who was in a row

    def missing(self, v: int, measure: str, group: Group) -> int:
        """How many of a group's people of a version were erased since, by the number printed."""
        version = self.versions[v]
        n = self._printed(version, measure, group.id)
        there = int((version.of(group) & (version.counted(measure) == VALID)).sum())
        return max((n or 0) - there, 0)

    def lost(self, v: int, group: Group) -> int:
        """How many of a group's people of a version are not there any more, on the measure that lacks most."""
        there = self.versions[v].of(group) & (self.at[v] < 0)
        gone = (
            self.missing(v, name, group)
            + int((there & (self.versions[v].counted(name) == VALID)).sum())
            for name in (PRESENCE, *self.measures)
        )
        return max(gone, default=0)

    def returned(self, v: int, group: Group) -> bool:
        """Whether people of a version went without a trace and others came, who may be the same people."""
        if (v, group) not in self._returns:
            rows = inside(self.wave, group)
            if self.current is not None:
                rows = rows & self.current
            known = set(self.versions[v].tokens)
            came = any(self.wave.token[r] not in known for r in np.flatnonzero(rows).tolist())
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
            for v, version in enumerate(self.versions)
            for one in version.shown_groups
            if set(group.perspectives) & set(one.perspectives) and self.several(v, one)
        )

    def gone(self, group: Group) -> bool:
        """Whether anybody went whom a version showed with these."""
        its = set(group.perspectives)
        return any(
            self.lost(v, one) > 0
            for v, version in enumerate(self.versions)
            for one in version.shown_groups
            if its & set(one.perspectives)
        )

    def lacks(self, group: Group) -> bool:
        """Whether those who came since a version showed some of these may be people who went."""
        its = set(group.perspectives)
        return any(
            its & version.undone or self.returned(v, one)
            for v, version in enumerate(self.versions)
            for one in version.shown_groups
            if its & set(one.perspectives)
        )

    def row(self, version: Version, measure: str, group: str) -> Score | None:
        """What a version showed of a group on a measure in the whole organisation."""
        root = version.root(self.root)
        rows = version.scores.get(measure, ())
        return next((s for s in rows if s.unit == root and s.group == group), None)

    def _printed(self, version: Version, measure: str, group: str) -> int | None:
        """The number of answers a version printed of a group; None where it showed nothing."""
        if measure == PRESENCE:
            return next((t.answered for t in version.released.turnout if t.group == group), None)
        row = self.row(version, measure, group)
        if row is not None:
            return row.n
        share = version.released.share(measure, group)
        if share.shown:
            return share.n
        ballot = version.released.ballot(measure, group)
        if ballot.shown:
            return ballot.n
        found = (c.n for c in version.released.counts if (c.measure, c.group) == (measure, group))
        return next(found, None)

    def shown(self, v: int, measure: str, group: str) -> bool:
        """Whether a version said anything of a group on a measure in the whole organisation."""
        return bool(self._printed(self.versions[v], measure, group))

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
        version, same = self.versions[v], self.same(measure)
        there = version.of(group)
        answered, valid = self.answered(measure), self._valid.get(measure)
        then_rows = self._entries(v, there & (version.counted(measure) > 0))
        then = {same[r] for r in then_rows.tolist() if answered[r]}
        gone = int((there & (version.counted(measure) > 0) & (self.at[v] < 0)).sum())
        gone += self.missing(v, measure, group)
        if measure == PRESENCE:
            then = {int(self.owner[r]) for r in then}
            here = {int(self.owner[r]) for r in np.flatnonzero(now).tolist()}
        else:
            here = {int(same[r]) for r in np.flatnonzero(now & answered).tolist()}
        other = then ^ here
        people = {int(self.owner[r]) for r in other}
        if valid is None:
            return len(people) + gone, len(people) + gone, people
        count = {int(self.owner[r]) for r in other if valid[r]}
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
        printed = self._printed(self.versions[v], measure, group.id) or 0
        return abs(self._number(measure, now) - printed)

    def _number(self, measure: str, now: Bools) -> int:
        """How many answers would be printed of a group's rows of now."""
        if measure == PRESENCE:
            return len(set(self.owner[now].tolist()))
        return int((now & self._valid.get(measure, self.answered(measure))).sum())

    def numbers(self, measure: str) -> Mapping[tuple[str, str], frozenset[int]]:
        """Unit and group (and level) to the numbers of answers printed beside their means."""
        found: dict[tuple[str, str], set[int]] = {}
        for version in self.versions:
            root = version.root(self.root)
            for score in version.scores.get(measure, ()):
                unit = self.root if score.unit == root else score.unit
                found.setdefault((unit, score.group), set()).add(score.n or 0)
        return {cell: frozenset(ns) for cell, ns in found.items()}

    def lacking(self, measure: str) -> Mapping[tuple[str, str], frozenset[int]]:
        """Those of these numbers whose people are not all there any more, and may have come again."""
        if measure not in self._lacks:
            self._lacks[measure] = self._lacking(measure)
        return self._lacks[measure]

    @cached_property
    def _lacks(self) -> dict[str, Mapping[tuple[str, str], frozenset[int]]]:
        return {}

    def kin(self, measure: str) -> Mapping[tuple[str, str], frozenset[int]]:
        """The same of the other measures that share questions with one."""
        found: dict[tuple[str, str], frozenset[int]] = {}
        for other in self._relatives.get(measure, ()):
            for cell, numbers in self.lacking(other).items() if other != measure else ():
                found[cell] = found.get(cell, frozenset()) | numbers
        return found

    @cached_property
    def _relatives(self) -> Mapping[str, tuple[str, ...]]:
        return {name: family for family in families(self.measures) for name in family}

    def _lacking(self, measure: str) -> Mapping[tuple[str, str], frozenset[int]]:
        found: dict[tuple[str, str], set[int]] = {}
        for v, version in enumerate(self.versions):
            root = version.root(self.root)
            for score, _, gone in self.behind(v, measure):
                group = version.group(score.group.partition(PART)[0])
                if gone and group is not None and self.returned(v, group):
                    unit = self.root if score.unit == root else score.unit
                    found.setdefault((unit, score.group), set()).add(score.n or 0)
        return {cell: frozenset(ns) for cell, ns in found.items()}

    def _entries(self, v: int, which: Bools) -> Ints:
        rows = self.at[v][which]
        return rows[rows >= 0]

    @cached_property
    def _values(self) -> Mapping[str, Floats]:
        from hrkit.disclosure.measures import values_of

        return values_of(self.wave)

    @cached_property
    def _valid(self) -> Mapping[str, Bools]:
        return {name: np.isfinite(values) for name, values in self._values.items()}

    # --------------------------------------------------------------- rows for the proofs

    def settled(self, kind: str, measure: str, group: Group, now: Bools, details: int) -> bool:
        """Whether a spread may be shown beside those shown before: nobody or ``details`` changed.

        Parameters
        ----------
        kind
            ``distributions``, ``agreements``, or ``own`` for intervals and tests.
        now
            Shape (R,): the rows that count now.
        """
        for v, version in enumerate(self.versions):
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
            if self.several(v, then):
                return False
            if self.returned(v, then) and self._apart(v, measure, then, now) < details:
                return False
        return True

    def rows(self, measure: str, values: Floats) -> tuple[tuple[Earlier, ...], bool]:
        """What was published about a measure, in rows of the wave, and whether units are lost.

        People who were erased have indices of their own from the number of rows on.  Units are
        lost where a version does not say how they lay and today's tree does not give its numbers.
        """
        found: list[Earlier] = []
        lost = False
        place: dict[Hashable, int] = {}
        for v, version in enumerate(self.versions):
            ghosts = self._ghosts(v, measure, place)
            listed = sorted(version.scores.get(measure, ()), key=lambda s: s.group == ALL)
            for score in listed:
                if score.group == ALL:
                    groups = [
                        s.group
                        for s in listed
                        if s.unit == score.unit and s.group != ALL and PART not in s.group
                    ]
                else:
                    groups = [score.group]
                parts = tuple(ghosts.part(score.unit, group) for group in groups)
                if version.tree is None and score.group != ALL and not ghosts.fits(score, values):
                    lost = True
                    continue
                if not all(parts):
                    continue
                gone = any(i >= len(self.wave) for part in parts for i in part)
                value = score.mean if gone else None
                found.append(Earlier((v, score.unit, score.group), parts, value))
        return tuple(found), lost

    def behind(self, v: int, measure: str) -> list[tuple[Score, list[int], list[Hashable]]]:
        """What a version printed of a measure, group by group: with the rows, and who is missing.

        Whoever is missing has a name that is the same in all scores and versions.
        """
        if (v, measure) in self._behinds:
            return self._behinds[v, measure]
        place: dict[Hashable, int] = {}
        ghosts = self._ghosts(v, measure, place)
        found = []
        for score in self.versions[v].scores.get(measure, ()):
            if score.group == ALL:
                continue
            if self.versions[v].tree is None and not ghosts.fits(score, self._values[measure]):
                continue
            part = sorted(ghosts.part(score.unit, score.group))
            names = {index: name for name, index in place.items()}
            rows = [i for i in part if i not in names]
            found.append((score, rows, [names[i] for i in part if i in names]))
        self._behinds[v, measure] = found
        return found

    def _ghosts(self, v: int, measure: str, place: dict[Hashable, int]) -> Ghosts:
        version, at, same = self.versions[v], self.at[v], self.same(measure)
        return Ghosts(version, at, measure, same, self.root, self.within, place)

    @cached_property
    def _behinds(self) -> dict[tuple[int, str], list[tuple[Score, list[int], list[Hashable]]]]:
        return {}
