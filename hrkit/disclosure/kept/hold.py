"""What of a wave stands as before, measure by measure and group by group.

A group that was shown on a measure, and on which one to ``k`` − 1 people have come, gone or
answered otherwise since, is shown on this measure as it was: late answers wait and a changed answer
stands as before.  Every version that showed it is asked, not only the last.  On measures where
enough have changed the group moves on, so that five late people of whom one says "don't know" once
hold one statement back and not the report.  Where somebody was erased the group cannot be put
back; then `protect` withholds it.

The rows of the wave that come out are everybody of now, and those of before whose answers were
others: the proofs know both.  ``Wave.use`` says which of them count in which measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.kept.versions import VALID, Version, Versions
from hrkit.disclosure.proof.protect import Earlier
from hrkit.disclosure.released import ALL, Group, Score, tidy
from hrkit.disclosure.wave import BLANK, PART, PRESENCE, SILENT, Wave, inside, ordering, taken

__all__ = ["Past", "hold_back"]

Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


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
    """

    wave: Wave
    versions: tuple[Version, ...] = ()
    at: tuple[Ints, ...] = ()
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    root: str = ""
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)

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
        if measure == PRESENCE:
            n = next((t.answered for t in version.released.turnout if t.group == group.id), None)
        else:
            row = self.row(version, measure, group.id)
            n = row.n if row else None
        there = int((version.of(group) & (version.counted(measure) == VALID)).sum())
        return max((n or 0) - there, 0)

    def row(self, version: Version, measure: str, group: str) -> Score | None:
        """What a version showed of a group on a measure in the whole organisation."""
        root = version.root(self.root)
        rows = version.scores.get(measure, ())
        return next((s for s in rows if s.unit == root and s.group == group), None)

    def shown(self, v: int, measure: str, group: str) -> bool:
        """Whether a version said anything of a group on a measure in the whole organisation."""
        version = self.versions[v]
        if measure == PRESENCE:
            return any(t.group == group and t.answered for t in version.released.turnout)
        return self.row(version, measure, group) is not None

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

    def _entries(self, v: int, which: Bools) -> Ints:
        rows = self.at[v][which]
        return rows[rows >= 0]

    @cached_property
    def _valid(self) -> Mapping[str, Bools]:
        from hrkit.disclosure.measures import values_of

        return {name: np.isfinite(values) for name, values in values_of(self.wave).items()}

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
            differ = max(self.changed(v, measure, then, now)[:2])
            if 0 < differ < details:
                return False
        return True

    def rows(self, measure: str, values: Floats) -> tuple[tuple[Earlier, ...], bool]:
        """What was published about a measure, in rows of the wave, and whether units are lost.

        People who were erased have indices of their own from the number of rows on.  Units are
        lost where a version does not say how they lay and today's tree does not give its numbers.
        """
        found: list[Earlier] = []
        lost = False
        place: dict[object, int] = {}
        for v, version in enumerate(self.versions):
            ghosts = _Ghosts(self, v, measure, place)
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


class _Ghosts:
    """The parts of one version's rows on one measure, with somebody for everyone who was erased."""

    def __init__(self, past: Past, v: int, measure: str, place: dict[object, int]) -> None:
        self._past, self._v, self._measure, self._place = past, v, measure, place
        self._version = past.versions[v]
        self._counts = self._version.counted(measure) == VALID
        self._same = past.same(measure)
        self._gone: dict[tuple[str, str], tuple[int, ...]] = {}

    def part(self, unit: str, group: str) -> frozenset[int]:
        """The rows behind a score."""
        id, _, level = group.partition(PART)
        found = self._known(unit, id, level)
        return found | frozenset(self._erased(unit, group, len(found)))

    def _known(self, unit: str, id: str, level: str) -> frozenset[int]:
        version, past = self._version, self._past
        members = version.group(id)
        if members is None:
            return frozenset()
        which = version.of(members) & self._counts
        root = version.root(past.root)
        if unit != root:
            within = self._within(unit)
            which &= np.array([u in within for u in version.units], dtype=bool)
        if level:
            which &= np.array([one == level for one in version.levels], dtype=bool)
        rows = past.at[self._v]
        return frozenset(
            int(self._same[rows[e]]) if rows[e] >= 0 else self._ghost(version.tokens[e])
            for e in np.flatnonzero(which).tolist()
        )

    def _within(self, unit: str) -> frozenset[str]:
        tree = self._version.tree
        if tree is None:
            return self._past.within.get(unit, frozenset({unit}))
        found = {unit}
        grown = True
        while grown:
            below = {u for u, parent in tree.items() if parent in found} - found
            found |= below
            grown = bool(below)
        return frozenset(found)

    def _ghost(self, name: object) -> int:
        return self._place.setdefault(name, len(self._past.wave) + len(self._place))

    def _erased(self, unit: str, group: str, known: int) -> tuple[int, ...]:
        """Somebody for each answer that was printed and is not there: in the smallest unit that lacks them."""
        score = next(
            (s for s in self._version.scores.get(self._measure, ())
             if s.unit == unit and s.group == group), None,
        )  # fmt: skip
        lack = max((score.n or 0) - known, 0) if score else 0
        if not lack:
            return ()
        if (unit, group) not in self._gone:
            id, _, level = group.partition(PART)
            inner: list[int] = []
            if level:
                inner = list(self.part(self._version.root(self._past.root), id))
                inner = sorted(i for i in inner if i >= len(self._past.wave))
            else:
                for child in self._below(unit):
                    inner += [i for i in self.part(child, id) if i >= len(self._past.wave)]
            inner = sorted(set(inner))[:lack]
            fresh = [self._ghost(("erased", group, unit, i)) for i in range(lack - len(inner))]
            self._gone[unit, group] = (*inner, *fresh)
        return self._gone[unit, group]

    def _below(self, unit: str) -> Iterator[str]:
        """The units shown that lie in another."""
        root = self._version.root(self._past.root)
        for score in self._version.scores.get(self._measure, ()):
            if score.unit != unit and PART not in score.group and score.unit != root:
                if unit == root or score.unit in self._within(unit):
                    yield score.unit

    def fits(self, score: Score, values: Floats) -> bool:
        """Whether today's tree gives what was printed of a unit."""
        if score.unit == self._version.root(self._past.root):
            return True
        rows = self.part(score.unit, score.group)
        if len(rows) != score.n or max(rows, default=0) >= len(values):
            return False
        return tidy(float(values[sorted(rows)].mean())) == score.mean


def hold_back(
    wave: Wave,
    before: Versions,
    groups: Sequence[Group],
    measures: Mapping[str, tuple[str, ...]],
    k: int,
    *,
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
    joined, at, current = _joined(wave, before)
    past = Past(joined, before.versions, at, measures, root, within)
    use: dict[str, Bools] = {}
    waits: set[int] = set()
    moves: set[int] = set()
    for measure in (PRESENCE, *measures):
        use[measure], held, moved = _used(past, measure, groups, current, k)
        waits |= held
        moves |= moved
    here = {int(past.owner[r]) for r in np.flatnonzero(current).tolist()}
    return replace(past, wave=replace(joined, use=use)), len((waits & here) - moves)


def _used(
    past: Past, measure: str, groups: Sequence[Group], current: Bools, k: int
) -> tuple[Bools, set[int], set[int]]:
    """The rows that count in a measure, and whose changes wait and whose show."""
    held: dict[str, Bools] = {}
    waits: set[int] = set()
    moves: set[int] = set()
    members = {group.id: inside(past.wave, group) for group in groups}
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
                values, answers, people = past.changed(v, measure, then, now)
                few |= 0 < values < k or 0 < answers < k
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
    return used, waits, moves


def _as_in(past: Past, v: int, measure: str, group: str) -> Bools | None:
    """Shape (R,): the rows of a group in a version; None where somebody's answers are gone."""
    version = past.versions[v]
    then = version.group(group)
    assert then is not None
    which = version.of(then) & (version.counted(measure) > 0)
    if (past.at[v][which] < 0).any() or past.missing(v, measure, then):
        return None
    rows = np.zeros(len(past.wave), dtype=bool)
    rows[past.at[v][which]] = True
    return rows


def _joined(wave: Wave, before: Versions) -> tuple[Wave, tuple[Ints, ...], Bools]:
    """A wave with the rows of before, where each entry stands in it, and which rows are of now."""
    units, perspectives = list(wave.units), wave.perspectives
    place: dict[object, int] = {}
    for i in range(len(wave)):
        place.setdefault(_sign(wave, i), i)
    extra: list[tuple[int, int, str, str, npt.NDArray[np.int16]]] = []
    at = []
    for version in before.versions:
        columns = [wave.column.get(key, -1) for key in version.keys]
        codes = np.full((len(version.tokens), len(wave.keys)), BLANK, dtype=np.int16)
        for column, target in enumerate(columns):
            if target >= 0:
                codes[:, target] = version.codes[:, column]
        rows = np.full(len(version.tokens), -1, dtype=np.intp)
        for e in np.flatnonzero(version.known).tolist():
            unit, name, level = version.units[e], version.perspectives[e], version.levels[e]
            if name not in perspectives:
                continue
            sign = (version.tokens[e], unit, name, level, codes[e].tobytes())
            if sign not in place:
                place[sign] = len(wave) + len(extra)
                if unit not in units:
                    units.append(unit)
                extra.append(
                    (units.index(unit), perspectives.index(name), level, version.tokens[e], codes[e])
                )
            rows[e] = place[sign]
        at.append(rows)
    level = wave.level if wave.level is not None else np.full(len(wave), "", dtype=np.str_)
    said = np.array([row[4] for row in extra], dtype=np.int16).reshape(len(extra), len(wave.keys))
    given = said != BLANK
    # Those who went, or answered otherwise since, of one cell are an atom.
    atoms: dict[tuple[int, int, str], int] = {}
    first = int(wave.atom.max(initial=-1)) + 1
    joined = replace(
        wave,
        units=tuple(units),
        unit=np.concatenate([wave.unit, np.array([r[0] for r in extra], dtype=np.intp)]),
        perspective=np.concatenate(
            [wave.perspective, np.array([r[1] for r in extra], dtype=np.intp)]
        ),
        atom=np.concatenate(
            [
                wave.atom,
                np.array(
                    [first + atoms.setdefault(r[:3], len(atoms)) for r in extra], dtype=np.intp
                ),
            ]
        ),
        values=np.concatenate([wave.values, np.where(given & (said != SILENT), said, np.nan)]),
        given=np.concatenate([wave.given, given]),
        level=np.concatenate([level, np.array([r[2] for r in extra], dtype=np.str_)]),
        token=(*wave.token, *(r[3] for r in extra)),
    )
    order = ordering(joined)
    new = np.empty(len(order), dtype=np.intp)
    new[order] = np.arange(len(order))
    moved = tuple(np.where(rows >= 0, new[rows], -1) for rows in at)
    current = order < len(wave)
    return taken(joined, order), moved, current


def _sign(wave: Wave, i: int) -> tuple[object, ...]:
    level = str(wave.level[i]) if wave.level is not None else ""
    return (
        wave.token[i],
        wave.units[wave.unit[i]],
        wave.perspectives[wave.perspective[i]],
        level,
        wave.codes[i].tobytes(),
    )
