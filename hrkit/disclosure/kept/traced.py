"""Earlier versions in terms of the rows of a wave, and what each printed.

Who is not there any more has an index of their own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hrkit.disclosure.cells import PART
from hrkit.disclosure.kept.ghosts import Ghosts
from hrkit.disclosure.kept.persons import Bools, Floats, Ints, Persons
from hrkit.disclosure.kept.versions import Version
from hrkit.disclosure.proof.protect import Earlier
from hrkit.disclosure.released import ALL, Score
from hrkit.disclosure.wave import PRESENCE

__all__ = ["Behind", "Traced"]

Behind = tuple[Score, list[int], list[Hashable]]
"""A printed score, the rows behind it, and who of its people is missing."""


@dataclass(frozen=True)
class Traced(Persons):
    """Earlier versions, each entry of which is traced to a row.

    Attributes
    ----------
    versions
        Oldest first.
    at
        Of each version, shape (E,): the row of each entry, -1 where its answers are gone.
    root
        The whole organisation as it is called today.
    within
        Unit to the units in it, as they are today.
    current
        Shape (R,): the rows of now; None where all are.
    """

    versions: tuple[Version, ...] = ()
    at: tuple[Ints, ...] = ()
    root: str = ""
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    current: Bools | None = None

    def entries(self, v: int, which: Bools) -> Ints:
        """The rows of some of a version's entries, of those whose answers are still there."""
        rows = self.at[v][which]
        return rows[rows >= 0]

    def row(self, version: Version, measure: str, group: str) -> Score | None:
        """What a version showed of a group on a measure in the whole organisation."""
        root = version.root(self.root)
        rows = version.scores.get(measure, ())
        return next((s for s in rows if s.unit == root and s.group == group), None)

    def printed(self, version: Version, measure: str, group: str) -> int | None:
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
        return bool(self.printed(self.versions[v], measure, group))

    def numbers(self, measure: str) -> Mapping[tuple[str, str], frozenset[int]]:
        """Unit and group (and level) to the numbers of answers printed beside their means."""
        found: dict[tuple[str, str], set[int]] = {}
        for version in self.versions:
            root = version.root(self.root)
            for score in version.scores.get(measure, ()):
                unit = self.root if score.unit == root else score.unit
                found.setdefault((unit, score.group), set()).add(score.n or 0)
        return {cell: frozenset(ns) for cell, ns in found.items()}

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

    def behind(self, v: int, measure: str) -> list[Behind]:
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
            if self.versions[v].tree is None and not ghosts.fits(score, self.values[measure]):
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
    def _behinds(self) -> dict[tuple[int, str], list[Behind]]:
        return {}
