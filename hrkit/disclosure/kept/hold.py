"""What of a wave stands as before, measure by measure and group by group.

A group that was shown on a measure, and on which one to ``k`` − 1 people have come, gone or
answered otherwise since, is shown on this measure as it was: late answers wait and a changed answer
stands as before.  Every version that showed it is asked, not only the last.  By number too: one who
completes a form while four join makes five people who differ and four answers more, and a reader
compares numbers (`Past.few`).  On measures where enough have changed the group moves on, so that five late people of whom one says "don't know" once
hold one statement back and not the report.  Where somebody was erased the group cannot be put
back; then `protect` withholds it.

Whose import was undone, or whose wave was purged, may come again, and nothing tells them from others
then: twenty who went and twenty who came may be the same but for one answer.  And while nobody comes,
the mean of all who went together is told by two versions, and where they were is kept nowhere: of
seven of whom six were in one unit these six are known nearly as well.  So once people of a group that
a version showed went in this way, nothing more is shown of the group (`tests/disclosure/test_undo_attack.py`
plays lives in which either would give somebody away).  Erased one by one they are the same
to a reader: once ``k`` of a group are gone since a version, it is closed too; while fewer are, and others
came, its number has to be ``k`` away before anything of it is shown anew, also on a measure that was
kept back beside one that shares questions with it (`means.Before.unsure`; `test_erasing_attack.py`).
Where two or more went so, all of them but one may be there again, and a bar that is shorter than it was
tells of that one: then means of the whole group are shown and nothing else of it (`Past.several`).

Measures that share questions speak of one state of the people.  Where a few changed against a version
that showed the dimension and not this statement, the statement is shown of the people of that
version, beside whom it is proved; where they are not all there any more, it is not shown at all.

The rows of the wave that come out are everybody of now, and those of before whose answers were
others: the proofs know both.  ``WaveAnswers.use`` says which of them count in which measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from hrkit.disclosure.cells import inside
from hrkit.disclosure.kept.joined import joined_rows
from hrkit.disclosure.kept.past import Past
from hrkit.disclosure.kept.persons import Bools, families
from hrkit.disclosure.kept.versions import Versions
from hrkit.disclosure.released import ALL, Group
from hrkit.disclosure.wave import PRESENCE, WaveAnswers

__all__ = ["hold_back"]

NOTHING: Mapping[str, int] = MappingProxyType({})


def hold_back(
    wave: WaveAnswers,
    before: Versions,
    groups: Sequence[Group],
    measures: Mapping[str, tuple[str, ...]],
    k: int,
    *,
    details: int = 10,
    sensitive: Mapping[str, int] = NOTHING,
    root: str,
    within: Mapping[str, frozenset[str]],
) -> tuple[Past, int]:
    """Put what changed by fewer than ``k`` people back as it was.

    Parameters
    ----------
    wave
        Everybody of now.
    groups
        In which perspectives are reported.
    measures
        Measure to its question keys.
    details
        As many have to change before shares by choice are shown anew.
    sensitive
        Measure to how many have to change before it is shown anew, where that is more.
    root, within
        The whole organisation, and unit to the units in it, as they are today.

    Returns
    -------
    Past
        With the wave to release.
    int
        How many people's every change waits.
    """
    if not before.versions:
        return Past(wave, measures=measures, root=root, within=within), 0
    joined, at, current = joined_rows(wave, before)
    past = Past(joined, measures, before.versions, at, root, within)
    use: dict[str, Bools] = {}
    waits: set[int] = set()
    moves: set[int] = set()
    standing: dict[str, int] = {}
    beside = _Beside(past, current, k)
    again = _gone_unseen(past, groups, k)
    barred: set[tuple[str, str]] = set()
    for measure in (PRESENCE, *measures):
        shared = any(
            version.released.share(measure, ALL).shown
            or version.released.ballot(measure, ALL).shown
            for version in before.versions
        )
        least = max(details if shared else k, sensitive.get(measure, 0))
        apart = again if measure != PRESENCE else frozenset()
        use[measure], held, moved, out = _used(
            past, measure, groups, current, least, standing, beside, apart
        )
        barred |= {(measure, group) for group in out}
        if measure == PRESENCE:
            standing = _standing(past, groups, current, use[measure])
        waits |= held
        moves |= moved
    here = {int(past.owner[r]) for r in np.flatnonzero(current).tolist()}
    past = replace(past, wave=replace(joined, use=use), barred=frozenset(barred), current=current)
    return past, len((waits & here) - moves)


class _Beside:
    """Versions that showed something of a group to which a few have changed, family by family."""

    def __init__(self, past: Past, current: Bools, k: int) -> None:
        self._past, self._current, self._k = past, current, k
        self._family = {name: family for family in families(past.measures) for name in family}
        self._known: dict[tuple[int, str, str], bool] = {}

    def version(self, measure: str, group: Group) -> int | None:
        """The last version that showed others of a measure's family, not it, and differs by a few."""
        for v in reversed(range(len(self._past.versions))):
            if self._past.shown(v, measure, group.id):
                continue
            family = self._family.get(measure, ())
            if any(self._few(v, name, group) for name in family if name != measure):
                return v
        return None

    def whole(self, v: int, measure: str, group: Group) -> bool:
        """Whether everybody of then is still there, by all that was printed of the family.

        Of a measure that was not printed nobody can tell who is missing; of those beside it, they can.
        """
        return all(
            _as_in(self._past, v, name, group.id) is not None
            for name in (measure, *self._family.get(measure, ()))
            if name == measure or self._past.shown(v, name, group.id)
        )

    def _few(self, v: int, name: str, group: Group) -> bool:
        key = (v, name, group.id)
        if key not in self._known:
            past = self._past
            then = past.versions[v].group(group.id)
            now = self._current & inside(past.wave, group)
            self._known[key] = (
                then is not None
                and past.shown(v, name, group.id)
                and past.changes.few(v, name, then, now, self._k)
            )
        return self._known[key]


def _used(
    past: Past,
    measure: str,
    groups: Sequence[Group],
    current: Bools,
    k: int,
    standing: Mapping[str, int],
    beside: _Beside,
    again: frozenset[str],
) -> tuple[Bools, set[int], set[int], set[str]]:
    """The rows that count in a measure, whose changes wait, whose show, and groups not to show."""
    members = {group.id: inside(past.wave, group) for group in groups}
    held = {id: current & members[id] for id in again}
    waits = {int(past.owner[r]) for rows in held.values() for r in np.flatnonzero(rows)}
    moves: set[int] = set()
    barred = set(again)
    while True:
        # Who stands as before in one group is nowhere else now.
        elsewhere = np.zeros(len(past.wave), dtype=bool)
        for rows in held.values():
            elsewhere |= np.isin(past.owner, past.owner[rows])
        fresh = None
        waits, moves = set(waits), set()
        for group in groups:
            if group.id in held:
                continue
            now = current & members[group.id] & ~elsewhere
            shown = [v for v in range(len(past.versions)) if past.shown(v, measure, group.id)]
            few = False
            people: set[int] = set()
            for v in shown:
                then = past.versions[v].group(group.id)
                assert then is not None
                people = past.changes.changed(v, measure, then, now)[2]
                few |= past.changes.few(v, measure, then, now, k)
            other = None if few else beside.version(measure, group)
            if other is not None:
                # The rest of the family was shown of the people of then.
                few, shown = True, [other]
            elif not shown and group.id in standing:
                # Of people who wait nothing is shown, not even where nothing was before.
                v = standing[group.id]
                few, shown = measure in past.versions[v].counts, [v]
            if other is not None and not beside.whole(other, measure, group):
                barred.add(group.id)
            back = _as_in(past, shown[-1], measure, group.id) if few else None
            if back is None:
                moves |= people
                continue
            waits |= people
            fresh = (group.id, back)
            break
        if fresh is None:
            break
        held[fresh[0]] = fresh[1]
    used = np.zeros(len(past.wave), dtype=bool)
    for group in groups:
        used |= held.get(group.id, current & members[group.id] & ~elsewhere)
    return used, waits, moves, barred


def _gone_unseen(past: Past, groups: Sequence[Group], k: int) -> frozenset[str]:
    """Groups of which people went after a version showed them, without a trace of whom or where.

    All at once with an import or a wave; or ``k`` and more of them one by one, by the numbers printed.
    """
    found = set()
    for group in groups:
        its = set(group.perspectives)
        for v, version in enumerate(past.versions):
            then = [one for one in version.shown_groups if its & set(one.perspectives)]
            if then and (its & version.undone or any(past.went.lost(v, one) >= k for one in then)):
                found.add(group.id)
    return frozenset(found)


def _standing(
    past: Past, groups: Sequence[Group], current: Bools, present: Bools
) -> dict[str, int]:
    """The groups of whom a few people wait, and the version in which they stand."""
    found = {}
    for group in groups:
        members = inside(past.wave, group)
        here, there = (set(past.owner[rows & members].tolist()) for rows in (current, present))
        if here != there:
            found[group.id] = max(
                v for v in range(len(past.versions)) if past.shown(v, PRESENCE, group.id)
            )
    return found


def _as_in(past: Past, v: int, measure: str, group: str) -> Bools | None:
    """Shape (R,): the rows of a group in a version; None where somebody's answers are gone."""
    version = past.versions[v]
    then = version.group(group)
    assert then is not None
    which = version.of(then) & (version.counted(measure) > 0)
    if (past.at[v][which] < 0).any() or past.went.missing(v, measure, then):
        return None
    rows = np.zeros(len(past.wave), dtype=bool)
    rows[past.at[v][which]] = True
    return rows
