"""Earlier versions of a wave: two reports must not say together what neither says alone.

Whoever holds a report of sixty leaders and another of sixty-one knows what the sixty-first
answered.  So every version that was released is remembered with who was in it, by fingerprints
that change when an answer does:

- a group that was shown and changed by fewer than ``k`` people since is shown as it was: late
  and changed answers wait, and the report says how many people's;
- a distribution or deviation differs from one shown before by nobody or by the higher
  threshold of such details;
- what is about parts of it must differ from anything shown before by nobody or by ``k``
  (criterion 5 of `protect`), and is checked together with it (criteria 2 and 3);
- a frozen wave is printed from what was kept, for good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.proof.protect import Earlier
from hrkit.disclosure.released import ALL, Released
from hrkit.disclosure.wave import PART, Wave, in_order, inside

__all__ = [
    "BLANK",
    "NONE_BEFORE",
    "SILENT",
    "Version",
    "Versions",
    "hold_back",
    "record",
    "versions_of",
]


@dataclass(frozen=True)
class Member:
    """Somebody in a version: cell, the measures with a valid value, and what they had answered.

    ``answers`` maps question keys to what stood there; None once it was erased.
    """

    key: str
    unit: str
    perspective: str
    level: str
    valid: frozenset[str]
    answers: Mapping[str, str] | None


@dataclass(frozen=True)
class Version:
    """One version as it was released, and who was in it, by fingerprint."""

    released: Released
    people: Mapping[str, Member]

    def chosen(self, question: str, group: str) -> Mapping[str, str] | None:
        """Who of a group had answered a question, to what stood there; None where some of it was erased."""
        members = next((g.perspectives for g in self.released.groups if g.id == group), ())
        people = {id_: p for id_, p in self.people.items() if p.perspective in members}
        if any(person.answers is None for person in people.values()):
            return None
        said = {id_: (p.answers or {}).get(question, BLANK) for id_, p in people.items()}
        return {id_: answer for id_, answer in said.items() if answer != BLANK}


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
            place[id_]
            for id_, person in version.people.items()
            if person.perspective in members
            and person.unit in units
            and measure in person.valid
            and (not level or person.level == level)
        )

    def settled(self, kind: str, measure: str, group: str, now: Set[str], details: int) -> bool:
        """Whether a spread may be shown beside those shown before: nobody or ``details`` changed.

        Parameters
        ----------
        kind
            ``distributions`` or ``agreements``.
        measure, group
            Of what and of whom.
        now
            Fingerprints of those who answered it now.
        details
            Threshold of what needs more than a mean.
        """
        for version in self.versions:
            rows = getattr(version.released, kind)
            if not any(row.measure == measure and row.group == group for row in rows):
                continue
            members = next(g.perspectives for g in version.released.groups if g.id == group)
            then = {
                id_
                for id_, person in version.people.items()
                if person.perspective in members and measure in person.valid
            }
            if 0 < len(then ^ now) < details:
                return False
        return True


NONE_BEFORE = Versions()


def versions_of(kept: Sequence[Any], within: Mapping[str, frozenset[str]]) -> Versions:
    """Versions from what the store keeps of them (see `record`)."""
    versions = []
    for one in kept:
        names, keys = one.get("measures", ()), one.get("keys", ())
        people = {
            raw["id"]: Member(
                raw["key"],
                raw["unit"],
                raw["perspective"],
                raw["level"],
                frozenset(n for n, b in zip(names, raw["valid"], strict=True) if b == "1"),
                dict(zip(keys, raw["answers"].split(" "), strict=True)) if raw["answers"] else None,
            )
            for raw in one.get("people", ())  # a frozen wave has none
        }
        versions.append(Version(from_snapshot(one["released"]), people))
    return Versions(tuple(versions), within)


def record(
    released: Released, wave: Wave, valid: Mapping[str, npt.NDArray[np.bool_]]
) -> dict[str, Any]:
    """What the store keeps of a version: the released tables, who was in them, what they had answered.

    ``valid`` maps each measure to shape (R,): who had a value.  The store drops keys and answers
    when the wave is frozen or the person erased.
    """
    names = list(valid)
    table = np.stack([valid[name] for name in names], axis=1) if names else np.zeros((len(wave), 0))
    levels = wave.level if wave.level is not None else np.full(len(wave), "")
    people = [
        {
            "id": id_,
            "key": wave.key[i],
            "unit": wave.units[wave.unit[i]],
            "perspective": wave.perspectives[wave.perspective[i]],
            "level": str(levels[i]),
            "valid": "".join("1" if v else "0" for v in table[i]),
            "answers": " ".join(map(_coded, wave.values[i], wave.given[i])),
        }
        for i, id_ in enumerate(wave.person)
    ]
    people.sort(key=lambda person: str(person["id"]))
    return {
        "released": to_snapshot(released),
        "measures": names,
        "keys": list(wave.keys),
        "people": people,
    }


#: How an answer is kept: its number, or one of these.
BLANK, SILENT = ".", "?"


def _coded(value: float, given: bool) -> str:
    if not given:
        return BLANK
    return SILENT if np.isnan(value) else str(int(value))


def hold_back(wave: Wave, before: Versions, k: int) -> tuple[Wave, int]:
    """Put groups that changed by fewer than ``k`` people since the last version back as they were.

    Late answers wait, and an answer that was changed or a person who went stands as before.
    Only where somebody's earlier answers were erased is the group left to `protect`, which
    withholds it.

    Returns
    -------
    tuple
        The wave to release, and how many people's answers wait.
    """
    if not before.versions:
        return wave, 0
    last = before.versions[-1]
    shown = {s.group.partition(PART)[0] for s in last.released.scores if s.shown}
    keep = np.ones(len(wave), dtype=bool)
    back: list[tuple[str, Member]] = []
    for group in last.released.groups:
        if group.id not in shown:
            continue
        then = {id_: p for id_, p in last.people.items() if p.perspective in group.perspectives}
        who = inside(wave, group)
        now = {wave.person[i] for i in np.flatnonzero(who)}
        if 0 < len(now ^ set(then)) < k:
            keep &= ~(who & np.array([person not in then for person in wave.person], dtype=bool))
            back += [(id_, p) for id_, p in sorted(then.items()) if id_ not in now and p.answers]
    waiting = int((~keep).sum())
    if not waiting and not back:
        return wave, 0
    return in_order(_rebuilt(wave, np.flatnonzero(keep), back)), waiting


def _rebuilt(wave: Wave, chosen: npt.NDArray[np.intp], back: Sequence[tuple[str, Member]]) -> Wave:
    """Some respondents of a wave, and others as an earlier version had them."""
    members = [p for _, p in back if p.unit in wave.units]
    said = [
        [(p.answers or {}).get(key, BLANK) for key in wave.keys] for p in members
    ]  # fmt: skip
    values = [[np.nan if v in (BLANK, SILENT) else float(v) for v in row] for row in said]
    shape = (len(members), len(wave.keys))
    # In a cell of their own each: finer than they were, which only protects more.
    first = int(wave.atom.max(initial=-1)) + 1
    level = wave.level if wave.level is not None else np.full(len(wave), "", dtype=np.str_)
    return replace(
        wave,
        unit=np.concatenate([wave.unit[chosen], _places(wave.units, [p.unit for p in members])]),
        perspective=np.concatenate(
            [
                wave.perspective[chosen],
                _places(wave.perspectives, [p.perspective for p in members]),
            ]
        ),
        atom=np.concatenate([wave.atom[chosen], np.arange(first, first + len(members))]),
        values=np.concatenate([wave.values[chosen], np.array(values).reshape(shape)]),
        given=np.concatenate(
            [wave.given[chosen], np.array([[v != BLANK for v in r] for r in said]).reshape(shape)]
        ).astype(bool),
        level=np.concatenate([level[chosen], np.array([p.level for p in members], dtype=np.str_)]),
        person=(
            *(wave.person[i] for i in chosen),
            *(id_ for id_, p in back if p.unit in wave.units),
        ),
        key=(*(wave.key[i] for i in chosen), *(p.key for p in members)),
    )


def _places(names: Sequence[str], wanted: Sequence[str]) -> npt.NDArray[np.intp]:
    return np.array([names.index(name) for name in wanted], dtype=np.intp)
