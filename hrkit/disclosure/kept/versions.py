"""Earlier versions of a wave: two reports must not say together what neither says alone.

Whoever holds a report of sixty leaders and another of sixty-one knows what the sixty-first
answered.  So every version that was issued is kept with who was in it, and what they had
answered as long as the wave is open.

**Who is the same person.**  Somebody is known by a token that has no answer in it.  On one
measure, a row of one version and a row of another are the same if the token is the same and the
answers to *this measure's* questions are; who changed an answer elsewhere stays the same row here.
Where people are counted, somebody who changed an answer counts once.

How a version is kept, and read again: `hrkit.disclosure.kept.record`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.released import Group, Released, Score
from hrkit.disclosure.wave import BLANK
from hrkit.model.engagement import Engagement, Protection

__all__ = ["NONE_BEFORE", "Version", "Versions", "thresholds"]

#: How somebody counts in a measure.
VALID, WITHOUT = 1, 2


@dataclass(frozen=True)
class Version:
    """One version as it was issued.

    Attributes
    ----------
    released
        What was shown.
    tree
        Unit to the one above; None where it was not kept.
    measures
        Measure to its question keys.
    keys
        Question keys, K of them.
    tokens, units, perspectives, levels
        Of each entry, E of them.
    codes
        Shape (E, K): answers as codes.
    known
        Shape (E,): whether the answers are still there.
    counts
        Measure to shape (E,): 0, `VALID` or `WITHOUT`.
    own
        Measures and groups of the whole organisation whose own spread was shown.
    invited
        Unit and group to the number invited then; None where it was not kept.
    marked
        Shape (E,): whose rows bore a sign of carelessness, where means without them were shown.
    undone
        Perspectives of people who went since in a way in which they may come again under other
        tokens: their import was undone, or the wave was purged.
    """

    released: Released
    tree: Mapping[str, str | None] | None
    measures: Mapping[str, tuple[str, ...]]
    keys: tuple[str, ...]
    tokens: tuple[str, ...]
    units: tuple[str, ...]
    perspectives: tuple[str, ...]
    levels: tuple[str, ...]
    codes: npt.NDArray[np.int16]
    known: npt.NDArray[np.bool_]
    counts: Mapping[str, npt.NDArray[np.int8]]
    own: frozenset[tuple[str, str]]
    invited: Mapping[tuple[str, str], int] | None = None
    marked: npt.NDArray[np.bool_] | None = None
    undone: frozenset[str] = frozenset()

    @cached_property
    def scores(self) -> Mapping[str, tuple[Score, ...]]:
        """Measure to the scores that were shown."""
        found: dict[str, list[Score]] = {}
        for score in self.released.scores:
            if score.shown:
                found.setdefault(score.measure, []).append(score)
        return {measure: tuple(scores) for measure, scores in found.items()}

    def group(self, id: str) -> Group | None:
        """A group of then."""
        return next((g for g in self.released.groups if g.id == id), None)

    def root(self, today: str) -> str:
        """The whole organisation as it was called then."""
        if self.tree is None:
            return today
        return next((unit for unit, parent in self.tree.items() if parent is None), today)

    def of(self, group: Group) -> npt.NDArray[np.bool_]:
        """Shape (E,): the entries of a group."""
        return np.array([p in group.perspectives for p in self.perspectives], dtype=bool)

    def counted(self, measure: str) -> npt.NDArray[np.int8]:
        """Shape (E,): how each entry counted in a measure."""
        return self.counts.get(measure, np.zeros(len(self.tokens), dtype=np.int8))

    def chosen(self, measure: str, group: str) -> Mapping[str, int] | None:
        """Token of each of a group to their code on a question; None where it is not known any more."""
        then = self.group(group)
        if then is None or measure not in self.keys:
            return None
        which = self.of(then) & (self.counted(measure) > 0)
        if not self.known[which].all():
            return None
        column = self.codes[:, self.keys.index(measure)]
        found = {
            self.tokens[e]: int(column[e])
            for e in np.flatnonzero(which & (column != BLANK)).tolist()
        }
        # Whoever was erased is missing from the number that was printed.
        rows = (self.released.share(measure, group), self.released.ballot(measure, group))
        return found if len(found) >= max(row.n or 0 for row in rows) else None

    @cached_property
    def shown_groups(self) -> tuple[Group, ...]:
        """Groups about which anything was shown, if only how many answered."""
        ids = {s.group.partition("/")[0] for scores in self.scores.values() for s in scores}
        ids |= {t.group for t in self.released.turnout if t.answered}
        ids |= {s.group for s in self.released.shares if s.shown}
        ids |= {b.group for b in self.released.ballots if b.shown}
        return tuple(g for g in self.released.groups if g.id in ids)


@dataclass(frozen=True)
class Versions:
    """All versions of a wave, oldest first."""

    versions: tuple[Version, ...] = ()

    @property
    def released(self) -> tuple[Released, ...]:
        """What each of them showed."""
        return tuple(version.released for version in self.versions)

    def thresholds(self, scores: int, details: int) -> tuple[int, int]:
        """Thresholds that hold now: those of today, or the highest under which a version was issued.

        People answered, and readers read, under the higher one.
        """
        return (
            max([scores, *(r.threshold for r in self.released)]),
            max([details, *(r.details for r in self.released)]),
        )

    def groups(self, fresh: Sequence[Group], order: Sequence[str]) -> tuple[Group, ...]:
        """Groups in which perspectives are reported: those about which something was shown stay.

        Parameters
        ----------
        fresh
            The groups that today's answers alone would make.
        order
            The perspectives in the instrument's order.
        """
        stay: dict[str, Group] = {}
        for version in reversed(self.versions):
            for group in version.shown_groups:
                if not any(set(group.perspectives) & set(g.perspectives) for g in stay.values()):
                    stay[group.id] = group
        taken = {p for group in stay.values() for p in group.perspectives}
        found = dict(stay)
        for group in fresh:
            left = tuple(p for p in group.perspectives if p not in taken)
            if left and len(left) == len(group.perspectives) and group.id not in found:
                found[group.id] = group
            else:
                found |= {p: Group(p, (p,)) for p in left}
        place = {name: i for i, name in enumerate(order)}
        return tuple(sorted(found.values(), key=lambda g: place.get(g.id, len(place))))


NONE_BEFORE = Versions()


def thresholds(engagement: Engagement, before: Versions) -> Engagement:
    """An engagement with the thresholds that hold: they never sink after a version."""
    scores, details = before.thresholds(engagement.protection.scores, engagement.protection.details)
    # Whoever answered while insiders were allowed for is not given less later.
    insider = any(version.released.insider for version in before.versions)
    rules = engagement.protection
    if insider and not rules.insider:
        scores, details = max(scores, rules.scores + 1), max(details, rules.details + 1)
    protection = Protection(scores, details, insider or rules.insider)
    return replace(engagement, protection=protection)
