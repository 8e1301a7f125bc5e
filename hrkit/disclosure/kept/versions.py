"""Earlier versions of a wave: two reports must not say together what neither says alone.

Whoever holds a report of sixty leaders and another of sixty-one knows what the sixty-first
answered.  So every version that was issued is kept with who was in it, and what they had
answered as long as the wave is open.

**Who is the same person.**  Somebody is known by a token that has no answer in it.  On one
measure, a row of one version and a row of another are the same if the token is the same and the
answers to *this measure's* questions are; who changed an answer elsewhere stays the same row here.
Where people are counted, somebody who changed an answer counts once.

**What is kept** (`record`, ``format`` 2):

``released``    the tables that were shown;
``tree``        unit to the unit above it (None for the whole), as it was then;
``thresholds``  ``scores`` and ``details``, which never sink after a version;
``keys``        question keys, the order of each person's ``answers``;
``measures``    pairs of a measure and its question keys, in the order of each person's ``counts``;
                the measure ``""`` stands for having answered at all;
``own``         measures and groups whose intervals, distributions or tests rest on the group's own
                spread;
``sides``       measure to group to mean, standard error, degrees of freedom and n in the whole
                organisation: what a later wave is compared with;
``people``      while the wave is open: ``id`` (the token), ``unit``, ``perspective``, ``level``,
                ``answers`` (codes in the order of keys: a number, ``.`` for a blank, ``?`` for
                "don't know", ``-`` for "not relevant") and ``counts`` (one sign a measure: 1 had a value, 2 counted without
                one, 0 did not count).  Who waits on some measures stands there twice.

When somebody is erased, their entries go altogether: the numbers of answers that were printed say
how many are missing, and that is enough.  When a wave is frozen, ``people`` and ``keys`` go.

Format 1 kept no tree: units are then read with today's, but only where it gives the numbers of
answers and the means that were printed; elsewhere nothing is shown about units any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.answers.codes import token as token_of
from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.released import Group, Released, Score
from hrkit.disclosure.wave import BLANK, IRRELEVANT, PRESENCE, SILENT, WaveAnswers, inside
from hrkit.model.engagement import Engagement

__all__ = ["FORMAT", "NONE_BEFORE", "Version", "Versions", "record", "thresholds", "versions_of"]

#: The format of what `record` makes.
FORMAT = 2

#: Signs for a blank, a "don't know" and a "not relevant" among kept answers.
_SIGNS = {".": BLANK, "?": SILENT, "-": IRRELEVANT}

#: Intervals of format 1 rested on a group's own spread from so many answers.
_OWN_FROM = 10

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
        return found if len(found) >= (self.released.share(measure, group).n or 0) else None

    @cached_property
    def shown_groups(self) -> tuple[Group, ...]:
        """Groups about which anything was shown, if only how many answered."""
        ids = {s.group.partition("/")[0] for scores in self.scores.values() for s in scores}
        ids |= {t.group for t in self.released.turnout if t.answered}
        ids |= {s.group for s in self.released.shares if s.shown}
        return tuple(g for g in self.released.groups if g.id in ids)


@dataclass(frozen=True)
class Versions:
    """All versions of a wave, oldest first."""

    versions: tuple[Version, ...] = ()

    def thresholds(self, scores: int, details: int) -> tuple[int, int]:
        """Thresholds that hold now: those of today, or the highest under which a version was issued.

        People answered, and readers read, under the higher one.
        """
        released = [version.released for version in self.versions]
        return (
            max([scores, *(r.threshold for r in released)]),
            max([details, *(r.details for r in released)]),
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
    protection = replace(engagement.protection, scores=scores, details=details)
    return replace(engagement, protection=protection)


def versions_of(
    kept: Sequence[Mapping[str, Any]], measures: Mapping[str, tuple[str, ...]]
) -> Versions:
    """Versions from what the store keeps of them (see the module).

    Parameters
    ----------
    kept
        Records, oldest first; those without ``released`` are no versions.
    measures
        Measure to its question keys, for records that do not say.
    """
    return Versions(tuple(_version(one, measures) for one in kept if "released" in one))


def _version(one: Mapping[str, Any], measures: Mapping[str, tuple[str, ...]]) -> Version:
    released = from_snapshot(one["released"])
    keys, people = tuple(one.get("keys", ())), one.get("people", ())
    codes = np.full((len(people), len(keys)), BLANK, dtype=np.int16)
    for e, raw in enumerate(people):
        if raw["answers"]:
            codes[e] = [_SIGNS[a] if a in _SIGNS else int(a) for a in raw["answers"].split(" ")]
    first = one.get("format", 1) == 1
    if first:
        names = list(one.get("measures", ()))
        of = dict(measures)
        signs = [raw["valid"].replace("0", "2") for raw in people]
        tokens = [token_of(raw["key"]) if raw["key"] else f"? {raw['id']}" for raw in people]
        own = {
            (s.measure, s.group)
            for s in released.scores
            if s.shown and "/" not in s.group and (s.n or 0) >= _OWN_FROM
        }
    else:
        of = {name: tuple(its) for name, its in one["measures"]}
        names = list(of)
        signs = [raw["counts"] for raw in people]
        tokens = [raw["id"] for raw in people]
        own = {(measure, group) for measure, group in one["own"]}
    table = np.array([[int(c) for c in line] for line in signs], dtype=np.int8)
    table = table.reshape(len(people), len(names))
    counts = {name: table[:, m] for m, name in enumerate(names)}
    if first:
        counts[PRESENCE] = np.ones(len(people), dtype=np.int8)
    return Version(
        released=released,
        tree=None if first else dict(one["tree"]),
        measures=of,
        keys=keys,
        tokens=tuple(tokens),
        units=tuple(raw["unit"] for raw in people),
        perspectives=tuple(raw["perspective"] for raw in people),
        levels=tuple(raw["level"] or "" for raw in people),
        codes=codes,
        known=np.array([bool(raw["answers"]) for raw in people], dtype=bool),
        counts=counts,
        own=frozenset(own),
    )


def record(
    released: Released,
    wave: WaveAnswers,
    *,
    tree: Mapping[str, str | None],
    measures: Mapping[str, tuple[str, ...]],
    valid: Mapping[str, npt.NDArray[np.bool_]],
    own: frozenset[tuple[str, str]],
    sides: Mapping[str, Mapping[str, Sequence[float]]],
) -> dict[str, Any]:
    """What the store keeps of a version; see the module.

    ``valid`` maps each measure to shape (R,): who had a value in it.
    """
    names = [PRESENCE, *measures]
    used = np.stack([wave.counted(name) for name in names], axis=1)
    good = np.stack([np.ones(len(wave), dtype=bool), *(valid[name] for name in measures)], axis=1)
    # Only people of groups that are reported can count.
    member = np.zeros(len(wave), dtype=bool)
    for group in released.groups:
        member |= inside(wave, group)
    signs = np.where(used & member[:, None], np.where(good, VALID, WITHOUT), 0)
    levels = wave.level if wave.level is not None else np.full(len(wave), "")
    back = {code: sign for sign, code in _SIGNS.items()}
    people = [
        {
            "id": wave.token[i],
            "unit": wave.units[wave.unit[i]],
            "perspective": wave.perspectives[wave.perspective[i]],
            "level": str(levels[i]),
            "answers": " ".join(back.get(code, str(code)) for code in wave.codes[i].tolist()),
            "counts": "".join(map(str, signs[i].tolist())),
        }
        for i in np.flatnonzero(signs.any(axis=1)).tolist()
    ]
    people.sort(key=lambda person: (person["id"], person["answers"], person["counts"]))
    return {
        "format": FORMAT,
        "released": to_snapshot(released),
        "tree": dict(tree),
        "thresholds": {"scores": released.threshold, "details": released.details},
        "keys": list(wave.keys),
        "measures": [[PRESENCE, []], *([name, list(keys)] for name, keys in measures.items())],
        "own": sorted([measure, group] for measure, group in own),
        "sides": {m: {g: list(line) for g, line in by.items()} for m, by in sides.items()},
        "people": people,
    }
