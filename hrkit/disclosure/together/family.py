"""Everything that is and was printed of one group on measures that share questions.

These are the rows of the joint proof (`hrkit.disclosure.proof.joint`): means of the whole
organisation, of units and of levels of the chain, and without the rows that bear a sign of
carelessness; distributions, which are numbers of people; and
intervals that rest on the group's own spread, from which nobody can lie further than all squares
together allow.  Totals, differences, distances and changes are reckoned from what is printed
and are no rows; so are ends of intervals that rest on what is usual.

Where people were erased since, somebody stands for each of them: how many are missing is told by the
number of answers that was printed, and it is the same people on all measures.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, isfinite, lcm

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.cells import inside
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.kept.past import Past
from hrkit.disclosure.kept.versions import VALID
from hrkit.disclosure.proof.told import End, Printed, Unknown
from hrkit.disclosure.released import Group, tidy
from hrkit.disclosure.together.bars import bars_of, sums
from hrkit.disclosure.together.farthest import farthest
from hrkit.disclosure.together.gone import Gone

__all__ = ["BARE", "MEAN", "SPREAD", "Family", "Name"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
#: What a row is called: kind, measure, unit, group.
Name = tuple[str, str, str, str]

MEAN, SPREAD, BARE = "mean", "spread", "bare"
_HALF = 0.05
_TINY = 1e-6
#: In groups of more, of a distribution only the answers count that nobody gave, and the sum of all.
_MANY = 120
#: Further from the mean than this part of the scale nobody is kept by squares.
_FAR = 0.375


@dataclass(frozen=True)
class Family:
    """Measures that share questions, in one group.

    Attributes
    ----------
    names
        The measures.
    spreads
        Statements whose distribution, and dimensions whose own spread, would be printed now.
    dimensions
        Those of the measures that are dimensions.
    """

    names: tuple[str, ...]
    group: Group
    drafts: Mapping[str, Draft]
    past: Past
    root: str
    spreads: frozenset[str]
    dimensions: frozenset[str]

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """All questions that the measures are made of."""
        return tuple(dict.fromkeys(key for keys in self.keys.values() for key in keys))

    @cached_property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """Measure to its question keys."""
        return {name: self.past.measures[name] for name in self.names}

    @cached_property
    def scale(self) -> tuple[float, float]:
        """Lowest and highest answer."""
        return self.drafts[self.names[0]].measure.scale

    def now(self) -> Iterator[Printed]:
        """What would be printed in this version."""
        v = len(self.past.versions)
        for name in self.names:
            draft = self.drafts[name]
            for cell in draft.measure.cells:
                if cell.id in draft.shown and cell.group == self.group.id:
                    rows = np.flatnonzero(draft.rows(cell.id)).tolist()
                    yield self._mean(v, (MEAN, name, *cell.id), rows)
            if name in self.spreads:
                rows = np.flatnonzero(draft.rows((self.root, self.group.id))).tolist()
                yield from self._spread(v, (SPREAD, name, self.root, self.group.id), rows)

    def before(self) -> Iterator[Printed]:
        """What was printed in earlier versions."""
        for v, version in enumerate(self.past.versions):
            root = version.root(self.past.root)
            for name in self.names:
                for score, rows, lost in self._gone.behind(v, name):
                    there = self._gone.same(v, len(lost)) if self._single(name) else lost
                    at = (MEAN, name, score.unit, score.group)
                    yield self._mean(v, at, rows, there, score.mean)
                    if (score.unit, score.group) != (root, self.group.id):
                        continue
                    own = (name, self.group.id) in version.own
                    for one in version.released.distributions:
                        if (one.measure, one.group) == (name, self.group.id):
                            yield from self._spread(
                                v, (SPREAD, name, *at[2:]), rows, there, one.shares
                            )
                            own = False
                    if own:
                        at = (SPREAD, name, *at[2:])
                        yield from self._spread(v, at, rows, there, mean=score.mean)
                    yield from self._without(v, name, lost)

    def bare(self, name: str, rows: Sequence[int]) -> Printed:
        """A mean of the whole organisation without the rows that bear a sign, as it would be printed."""
        at = (BARE, name, self.root, self.group.id)
        return self._mean(len(self.past.versions), at, rows)

    def _without(self, v: int, name: str, lost: Sequence[Hashable]) -> Iterator[Printed]:
        """The same as a version printed it."""
        past, version = self.past, self.past.versions[v]
        then = version.group(self.group.id)
        for one in version.released.without:
            if (one.measure, one.group) != (name, self.group.id) or then is None:
                continue
            if version.marked is None or not version.marked.any():
                continue
            which = version.of(then) & (version.counted(name) == VALID) & ~version.marked
            at = past.at[v][which]
            rows = sorted(set(past.same(name)[at[at >= 0]].tolist()))
            marked = {version.tokens[e] for e in np.flatnonzero(version.marked).tolist()}
            gone = [ghost for ghost in lost if ghost not in marked][: max(one.n - len(rows), 0)]
            if len(rows) + len(gone) == one.n:
                where = (BARE, name, version.root(past.root), self.group.id)
                yield self._mean(v, where, rows, gone, one.mean)

    def erased(self, v: int, name: str) -> list[dict[Unknown, float]]:
        """The values of those whom a version counted on a measure, and who were erased since."""
        return [self._gone.ghost(v, name, one) for one in self._gone.of(v, name)]

    @cached_property
    def _gone(self) -> Gone:
        return Gone(self.keys, self.group.id, self.past)

    def _single(self, name: str) -> bool:
        return len(self.keys[name]) == 1

    # --------------------------------------------------------------------- single rows

    def several(self, name: str, rows: Sequence[int]) -> list[dict[Unknown, float]]:
        """How some people's values are made of answers."""
        if name not in self._made:
            self._made[name] = self._values(
                name, np.flatnonzero(inside(self.past.wave, self.group))
            )
        made = self._made[name]
        others = [row for row in rows if row not in made]
        if others:
            # Of then, on another side.
            made |= self._values(name, np.array(others))
        return [made[row] for row in rows]

    def unknowns(self, name: str, row: int) -> dict[Unknown, float]:
        """How somebody's value is made of answers."""
        return self.several(name, [row])[0]

    @cached_property
    def _made(self) -> dict[str, dict[int, dict[Unknown, float]]]:
        return {}

    @cached_property
    def truth(self) -> dict[Unknown, float]:
        """What people said, of everybody of whom it was asked; of those who were erased nobody knows."""
        return {}

    def _values(self, name: str, rows: Ints) -> dict[int, dict[Unknown, float]]:
        wave, found = self.past.wave, {}
        faces = wave.perspective[rows]
        for face in dict.fromkeys(faces.tolist()):
            asked = wave.made_of(name, wave.perspectives[face])
            keys = [key for key in self.keys[name] if key in asked]
            mine = rows[faces == face]
            at = np.ix_(mine, [wave.column[key] for key in keys])
            table = (mine, self.past.owner[mine], wave.codes[at], wave.turned[at])
            for row, person, codes, values in zip(*(one.tolist() for one in table), strict=True):
                said = {
                    (person, key, code): value
                    for key, code, value in zip(keys, codes, values, strict=True)
                    if isfinite(value)
                }
                self.truth.update(said)
                found[row] = dict.fromkeys(said, 1.0 / len(said)) if said else {}
        return found

    def _mean(
        self,
        v: int,
        name: Name,
        rows: Sequence[int],
        ghosts: Sequence[Hashable] = (),
        printed: float | None = None,
    ) -> Printed:
        people = self.several(name[1], rows)
        people += [self._gone.ghost(v, name[1], g) for g in ghosts]
        n = len(people)
        step = 1.0 / (n * lcm(*(len(one) for one in people)))
        values = self.drafts[name[1]].measure.values
        true = float(values[list(rows)].mean()) if not ghosts else None
        if printed is None:
            assert true is not None
            printed = tidy(true)
        low = max(self.scale[0], printed - _HALF)
        high = min(self.scale[1], printed + _HALF)
        # Neither end counts, so it is no matter how a reader thinks that halves are rounded.
        edge = _TINY if true is not None else -_TINY
        low, high = ceil(low / step + edge) * step, floor(high / step - edge) * step
        if true is not None:
            low, high = min(low, true), max(high, true)
        weights = {u: w / n for one in people for u, w in one.items()}
        return Printed(weights, ((None, low, high),), name, v)

    def _spread(
        self,
        v: int,
        name: Name,
        rows: Sequence[int],
        ghosts: Sequence[Hashable] = (),
        shares: Sequence[float] | None = None,
        mean: float | None = None,
    ) -> Iterator[Printed]:
        """A distribution as numbers of people; of a dimension, how far the outermost may lie.

        Of those who were erased an interval of their own says what a distribution would.
        """
        measure = name[1]
        if not self._single(measure):
            yield from self._outermost(v, name, rows, ghosts, mean)
            return
        people = self.several(measure, rows)
        people += [self._gone.ghost(v, measure, g) for g in ghosts]
        n = len(people)
        values = self.drafts[measure].measure.values[list(rows)]
        low, high = (int(end) for end in self.scale)
        if n > _MANY:
            # Of whoever was erased only bars say what they may have answered.
            seen = [
                *values,
                *(one for one, bar in zip(range(low, high + 1), shares or (), strict=False) if bar),
            ]
            told = people if shares or not ghosts else people[: len(rows)]
            everybody = dict.fromkeys((u for one in told for u in one), 1.0)
            given = (None, float(min(seen)), float(max(seen)))
            yield Printed(everybody, (given,), name, v, each=True)
            if told == people:
                # Bars tell the sum of all answers better than a rounded mean does.
                total = sums(values, (low, high), len(ghosts), shares)
                yield Printed(everybody, ((None, *total),), name, v)
            return
        worths = (
            tuple(float(other == value) for other in range(low, high + 1))
            for value in range(low, high + 1)
        )
        bars = bars_of(values, (low, high), len(ghosts), shares)
        ends: list[End] = [(worth, *bar) for worth, bar in zip(worths, bars, strict=True)]
        yield Printed(dict.fromkeys((u for one in people for u in one), 1.0), tuple(ends), name, v)

    def _outermost(
        self,
        v: int,
        name: Name,
        rows: Sequence[int],
        ghosts: Sequence[Hashable] = (),
        printed: float | None = None,
    ) -> Iterator[Printed]:
        values = self.drafts[name[1]].measure.values[list(rows)]
        mean, far = farthest(values, len(ghosts), printed)
        if far < _FAR * (self.scale[1] - self.scale[0]):
            people = self.several(name[1], rows)
            people += [self._gone.ghost(v, name[1], g) for g in ghosts]
            weights = {u: w for one in people for u, w in one.items()}
            ends = max(self.scale[0], mean - far), min(self.scale[1], mean + far)
            yield Printed(weights, ((None, *ends),), name, v, each=True)
