"""Whom what is printed must not tell of: the targets of the joint proof.

Every single person, on every question and on the dimension; sets of fewer than the threshold that
have a name in any version (a unit's people, a level of the chain, where these meet), with anybody
who was erased since and may have been one of them; and those who came, went or changed their
answer between two versions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from hrkit.disclosure.cells import inside
from hrkit.disclosure.day import units_within
from hrkit.disclosure.kept.versions import VALID
from hrkit.disclosure.proof.told import Target, Unknown
from hrkit.disclosure.together.family import Family
from hrkit.disclosure.wave import WaveAnswers

__all__ = ["targets"]

_Weights = dict[Unknown, float]


@dataclass(frozen=True)
class _State:
    """The people of a group at one time: measure to the rows with a value, and the tree of units."""

    version: int
    rows: Mapping[str, Sequence[int]]
    within: Mapping[str, frozenset[str]]
    shown: frozenset[str]

    def named(self, wave: WaveAnswers, rows: Iterable[int], k: int) -> Iterator[tuple[int, ...]]:
        """Sets of fewer than ``k`` that have a name: of a unit, a perspective, a level, and where these meet."""
        found: dict[int, list[int]] = {}
        names = self._names
        for r in rows:
            if r not in names:
                names[r] = self._called(wave, r)
            for name in names[r]:
                found.setdefault(name, []).append(r)
        few = (tuple(people) for people in found.values() if len(people) < k)
        yield from dict.fromkeys(few)

    @cached_property
    def _names(self) -> dict[int, list[int]]:
        return {}

    @cached_property
    def _numbers(self) -> dict[tuple[object, ...], int]:
        return {}

    @cached_property
    def _above(self) -> Mapping[str, Sequence[str]]:
        above: dict[str, list[str]] = {}
        for unit, below in self.within.items():
            for one in below:
                above.setdefault(one, []).append(unit)
        return above

    def _called(self, wave: WaveAnswers, row: int) -> list[int]:
        """The names that somebody's row stands under, as numbers."""
        unit, face = wave.units[wave.unit[row]], int(wave.perspective[row])
        level = str(wave.level[row]) if wave.level is not None else ""
        names: list[tuple[object, ...]] = [(unit, face, level), (face, level)]
        for up in self._above.get(unit, [unit]):
            names += [("in", up), ("in", up, face)]
        return [self._numbers.setdefault(name, len(self._numbers)) for name in names]


def targets(
    family: Family,
    within: Mapping[str, frozenset[str]],
    least: Callable[[str], int],
    alike: Sequence[str],
) -> list[Target]:
    """All that must not be known of a group's few.

    Parameters
    ----------
    within
        Unit to the units in it, as they are today.
    least
        Measure to how many are few no longer.
    alike
        Questions whose mean is not to be known either, since everybody gave the same answer.
    """
    measures = [n for n in family.names if n in family.dimensions or n in family.questions]
    states, last = list(_states(family, within, measures)), len(family.past.versions)
    found: dict[frozenset[tuple[Unknown, float]], set[int]] = {}
    # Somebody's value is one and the same thing at all times.
    single: dict[int, tuple[_Weights, set[int]]] = {}

    def ask(people: Sequence[_Weights], version: int | None) -> None:
        n = len(people)
        weights = {u: w / n for one in people for u, w in one.items()}
        if weights:
            named = found.setdefault(frozenset(weights.items()), set())
            if version is not None:
                named.add(version)

    for state in states:
        for name in measures:
            k = least(name)
            rows = state.rows[name]
            value = dict(zip(rows, family.several(name, rows), strict=True))
            for one in filter(None, value.values()):
                single.setdefault(id(one), (one, set()))[1].add(state.version)
            erased = family.erased(state.version, name) if state.version < last else []
            # They may have been a unit of their own, too.
            for gone in _some(erased):
                if len(gone) < max(k, 2):
                    ask(gone, state.version)
            for people in state.named(family.past.wave, value, k):
                mine = [value[r] for r in people]
                if len(mine) > 1:
                    ask(mine, state.version)
                # Where in the organisation somebody stood who was erased is not kept: here, perhaps.
                for gone in _some(erased):
                    if len(mine) + len(gone) < k:
                        ask([*mine, *gone], state.version)
    for then, now in combinations(states, 2):
        for name in measures:
            if name in then.shown and name in now.shown:
                for moved in _moved(family, name, then, now, least(name)):
                    ask(moved, None)
    strict = [
        Target(
            {
                u: 1.0 / len(states[-1].rows[key])
                for r in states[-1].rows[key]
                for u in family.unknowns(key, r)
            },
            strict=True,
        )
        for key in alike
        if len(states[-1].rows[key])
    ]
    return [
        *strict,
        *(Target(one, frozenset(named)) for one, named in single.values()),
        *(Target(dict(w), frozenset(named)) for w, named in found.items()),
    ]


def _states(
    family: Family, within: Mapping[str, frozenset[str]], measures: Sequence[str]
) -> Iterator[_State]:
    """The group in every version, as it is, and as it would be printed."""
    past, group = family.past, family.group
    for v, version in enumerate(past.versions):
        then = version.group(group.id)
        if then is None:
            continue
        rows = {}
        for name in measures:
            at = past.at[v][version.of(then) & (version.counted(name) == VALID)]
            rows[name] = sorted(set(at[at >= 0].tolist()))
        shown = frozenset(name for name in measures if past.shown(v, name, group.id))
        yield _State(v, rows, units_within(version.tree) if version.tree else within, shown)
    last = len(past.versions)
    member = inside(past.wave, group)
    printed = frozenset(n for n in measures if (family.root, group.id) in family.drafts[n].shown)
    for mask in (past.current, None) if past.current is not None else (None,):
        rows = {}
        for name in measures:
            measure = family.drafts[name].measure
            which = member & np.isfinite(measure.values) & (measure.use if mask is None else mask)
            rows[name] = np.flatnonzero(which).tolist()
        yield _State(last, rows, within, printed)


def _some(erased: Sequence[_Weights]) -> Iterator[Sequence[_Weights]]:
    """Each of those who were erased, and any number of them: the first so many, and the last."""
    yield from ([one] for one in erased)
    for n in range(2, len(erased) + 1):
        yield erased[:n]
        yield erased[-n:]


def _moved(family: Family, name: str, one: _State, two: _State, k: int) -> Iterator[list[_Weights]]:
    """Those who are another answer or nobody in the other of two versions, by unit and in all."""
    owner = family.past.owner
    values = [
        {int(owner[r]): (r, made) for r, made in zip(rows, family.several(name, rows), strict=True)}
        for rows in (one.rows[name], two.rows[name])
    ]
    for state, mine, others in ((two, values[1], values[0]), (one, values[0], values[1])):
        moved = [r for p, (r, v) in mine.items() if p not in others or others[p][1] != v]
        if not moved:
            continue
        for people in state.named(family.past.wave, moved, k):
            if len(people) > 1:
                yield [family.unknowns(name, r) for r in people]
