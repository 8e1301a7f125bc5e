"""Earlier versions of a wave: two reports must not say together what neither says alone.

Whoever holds a report of sixty leaders and another of sixty-one knows what the sixty-first
answered.  So every version that was released is remembered with who was in it, by fingerprints
that change when an answer does:

- a group that was shown and changed by fewer than ``k`` people since is shown as it was: the
  late answers wait, and the report says how many wait;
- what is about parts of it must differ from anything shown before by nobody or by ``k``
  (criterion 5 of `protect`), and is checked together with it (criteria 2 and 3);
- a frozen wave is printed from what was kept, for good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.protect import Earlier
from hrkit.disclosure.released import ALL, Released
from hrkit.disclosure.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.wave import PART, Wave, inside

__all__ = ["NONE_BEFORE", "Version", "Versions", "hold_back", "record", "versions_of"]


@dataclass(frozen=True)
class Version:
    """One version as it was released, and who was in it.

    ``people`` maps a fingerprint to unit, perspective, chain level and the measures on which
    the person had a valid value.
    """

    released: Released
    people: Mapping[str, tuple[str, str, str, frozenset[str]]]


@dataclass(frozen=True)
class Versions:
    """All versions of a wave, oldest first, and the tree of units they are read with."""

    versions: tuple[Version, ...] = ()
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def rows(self, measure: str, now: Sequence[str]) -> tuple[Earlier, ...]:
        """What was published about a measure, in terms of the respondents of now.

        People who are not there any more (or answered otherwise) get indices of their own,
        the same in every row.
        """
        place = {person: i for i, person in enumerate(now)}
        found = []
        for number, version in enumerate(self.versions):
            for person in version.people:
                place.setdefault(person, len(place))
            for score in version.released.scores:
                if score.measure != measure or not score.shown:
                    continue
                if score.group == ALL:
                    groups = [
                        s.group
                        for s in version.released.scores
                        if s.measure == measure and s.unit == score.unit and s.shown
                        and s.group != ALL and PART not in s.group
                    ]  # fmt: skip
                else:
                    groups = [score.group]
                parts = tuple(self._part(version, measure, score.unit, g, place) for g in groups)
                if all(parts):
                    found.append(Earlier((number, score.unit, score.group), parts))
        return tuple(found)

    def _part(
        self, version: Version, measure: str, unit: str, group: str, place: Mapping[str, int]
    ) -> frozenset[int]:
        id, _, level = group.partition(PART)
        members = next((g.perspectives for g in version.released.groups if g.id == id), ())
        units = self.within.get(unit, frozenset({unit}))
        return frozenset(
            place[person]
            for person, (where, perspective, own, valid) in version.people.items()
            if perspective in members
            and where in units
            and measure in valid
            and (not level or own == level)
        )


NONE_BEFORE = Versions()


def versions_of(kept: Sequence[Any], within: Mapping[str, frozenset[str]]) -> Versions:
    """Versions from what the store keeps of them (see `record`)."""
    versions = []
    for one in kept:
        names = one["measures"]
        people = {
            id: (
                unit,
                perspective,
                level,
                frozenset(n for n, b in zip(names, bits, strict=True) if b == "1"),
            )
            for id, unit, perspective, level, bits in one["people"]
        }
        versions.append(Version(from_snapshot(one["released"]), people))
    return Versions(tuple(versions), within)


def record(
    released: Released, wave: Wave, valid: Mapping[str, npt.NDArray[np.bool_]]
) -> dict[str, Any]:
    """What the store keeps of a version: the released tables and who was in them, no answer.

    ``valid`` maps each measure to shape (R,): who had a value.
    """
    names = list(valid)
    table = np.stack([valid[name] for name in names], axis=1) if names else np.zeros((len(wave), 0))
    levels = wave.level if wave.level is not None else np.full(len(wave), "")
    people = [
        [person, wave.units[unit], wave.perspectives[perspective], str(level),
         "".join("1" if v else "0" for v in row)]
        for person, unit, perspective, level, row in zip(
            wave.person, wave.unit, wave.perspective, levels, table, strict=True)
    ]  # fmt: skip
    return {"released": to_snapshot(released), "measures": names, "people": sorted(people)}


def hold_back(wave: Wave, before: Versions, k: int) -> tuple[Wave, int]:
    """Leave out late answers of groups that changed by fewer than ``k`` people since the last version.

    Returns
    -------
    tuple
        The wave to release, and how many answers wait.
    """
    if not before.versions:
        return wave, 0
    last = before.versions[-1]
    shown = {s.group.partition(PART)[0] for s in last.released.scores if s.shown}
    keep = np.ones(len(wave), dtype=bool)
    for group in last.released.groups:
        if group.id not in shown:
            continue
        then = {
            p
            for p, (_, perspective, *_) in last.people.items()
            if perspective in group.perspectives
        }
        who = inside(wave, group)
        now = {wave.person[i] for i in np.flatnonzero(who)}
        if 0 < len(now ^ then) < k:
            late = [wave.person[i] not in then for i in range(len(wave))]
            keep &= ~(who & np.array(late, dtype=bool))
    if keep.all():
        return wave, 0
    chosen = np.flatnonzero(keep)
    return (
        replace(
            wave,
            unit=wave.unit[chosen],
            perspective=wave.perspective[chosen],
            atom=wave.atom[chosen],
            values=wave.values[chosen],
            given=wave.given[chosen],
            level=None if wave.level is None else wave.level[chosen],
            person=tuple(wave.person[i] for i in chosen),
        ),
        int((~keep).sum()),
    )
