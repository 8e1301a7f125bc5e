"""Statements, pillars and dimensions that share questions are proved together, group by group.

Each measure is safe by itself (`protect`); what they say together is proved here (`proof.joint`)
wherever they are not sums of one another: where somebody did not answer everything, or a statement is
withheld.  Counted as known are all that is printed of a group in this version and the earlier
ones: means with their rounding, and the further roundings of the same mean in a difference, a total
and a change.  Ends of intervals are reckoned from the printed mean and add nothing.

What has to go goes in this order: the pillars that share questions; one further statement, which
leaves the sum of two; the dimension, with the difference, the level and the units that rest on
it.  A statement goes before the dimension since the dimension carries the report; one number less
among five statements is the smaller loss, and as safe: that is proved again before it is printed.

In a group of twenty or more the rounding of two versions' means leaves more room than any one
person's answers fill; earlier versions are put into the system below that.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.kept.past import Past, families
from hrkit.disclosure.kept.versions import VALID
from hrkit.disclosure.means import Draft, of_one_mind
from hrkit.disclosure.proof.joint import Printed, confined
from hrkit.disclosure.released import ALL, Group, tidy
from hrkit.disclosure.trend import Sides
from hrkit.model.engagement import Engagement

__all__ = ["Asked", "hidden_together"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: From so many answers in a group, rounding covers what two versions say together.
_DROWNED = 20
#: Half a step of what is printed.
_HALF = 0.05
#: So many answers or fewer: a mean to one decimal is the exact total.
_EXACT = 10


@dataclass(frozen=True)
class Asked:
    """What the measures of a wave are proved against.

    Attributes
    ----------
    past
        Earlier versions, and the wave.
    since
        Sides of an earlier wave that changes are printed against.
    """

    engagement: Engagement
    groups: tuple[Group, ...]
    past: Past
    since: Sides

    @property
    def root(self) -> str:
        """The whole organisation."""
        return self.engagement.root.id


def hidden_together(
    drafts: Mapping[str, Draft], asked: Asked, among: Collection[str] | None = None
) -> set[tuple[str, str]]:
    """Measures and groups that have to be withheld so that the rest may stand together.

    Parameters
    ----------
    drafts
        Measure to what was decided about it alone.
    among
        Ask only about measures that share questions with these.

    Returns
    -------
    set
        Empty when everything may stand.
    """
    found: set[tuple[str, str]] = set()
    means = _Means(drafts, asked)
    for family in families(asked.past.measures):
        if among is not None and not set(among) & set(family):
            continue
        for group in asked.groups:
            found |= {
                (name, group.id) for name in _Family(family, group, drafts, asked, means).out()
            }
    return found


class _Means:
    """Unrounded means of what is shown, of now and of then, from which printed numbers follow."""

    def __init__(self, drafts: Mapping[str, Draft], asked: Asked) -> None:
        self._asked = asked
        self.now = {
            name: {
                group.id: float(draft.measure.values[rows].mean())
                for group in asked.groups
                if (asked.root, group.id) in draft.shown
                and (rows := draft.rows((asked.root, group.id))).any()
            }
            for name, draft in drafts.items()
        }
        self.totals = {name: (asked.root, ALL) in draft.shown for name, draft in drafts.items()}

    def interval(self, measure: str, group: str) -> tuple[float, float]:
        """Where a mean may lie, by everything printed of it now."""
        means = self.now[measure]
        own, others = means[group], [m for g, m in means.items() if g != group]
        low, high = _around(own, 0.0, 1.0)
        sides = self._sides()
        if group in sides:
            rest = [means[s] for s in sides if s != group and s in means]
            for other in rest:
                low, high = _both((low, high), _around(own, other, 1.0))
        if others and self.totals[measure]:
            parts = len(means)
            low, high = _both((low, high), _around(own, -sum(others), float(parts)))
            target = self._asked.engagement.target(measure)
            if target is not None:
                shift = parts * target - sum(others)
                low, high = _both((low, high), _around(own, shift, float(parts)))
        before = self._asked.since.get(measure, {})
        if group in before:
            low, high = _both((low, high), _around(own, before[group][0], 1.0))
        both = [g for g in means if g in before]
        if group in both and len(both) > 1:
            then = sum(before[g][0] for g in both)
            rest_now = sum(means[g] for g in both if g != group)
            low, high = _both((low, high), _around(own, then - rest_now, float(len(both))))
            low, high = _both((low, high), _around(own, -rest_now, float(len(both))))
        return low, high

    def _sides(self) -> tuple[str, ...]:
        sides = self._asked.engagement.instrument.sides
        return tuple(g.id for g in self._asked.groups if set(g.perspectives) & set(sides))


def _around(mean: float, shift: float, parts: float) -> tuple[float, float]:
    """Where a mean lies, if (mean − shift) / parts is printed to one decimal."""
    middle = (mean - shift) / parts
    printed = float(np.copysign(tidy(abs(middle)), middle))
    return shift + parts * (printed - _HALF), shift + parts * (printed + _HALF)


def _both(one: tuple[float, float], two: tuple[float, float]) -> tuple[float, float]:
    return max(one[0], two[0]), min(one[1], two[1])


class _Family:
    """The measures that share questions, of one group."""

    def __init__(
        self,
        names: Sequence[str],
        group: Group,
        drafts: Mapping[str, Draft],
        asked: Asked,
        means: _Means,
    ) -> None:
        self._group, self._drafts, self._asked, self._means = group, drafts, asked, means
        self._past = asked.past
        self._keys = {name: self._past.measures[name] for name in names}
        self._questions = tuple(dict.fromkeys(key for its in self._keys.values() for key in its))
        cell = (asked.root, group.id)
        self._shown = [name for name in names if cell in drafts[name].shown]
        self._rows = {name: drafts[name].rows(cell) for name in names}
        self._scale = drafts[names[0]].measure.scale

    def out(self) -> tuple[str, ...]:
        """The measures to withhold."""
        many = [name for name in self._shown if len(self._keys[name]) > 1]
        twice = [n for n in self._shown if len(self._keys[n]) == 1 and n not in self._questions]
        if not many and not twice:
            return ()
        if self._plain(many):
            return ()
        before = list(self._before())
        out_already = {row for _, row in before}
        fixed = [n for n in self._shown if (n, self._rows[n].tobytes()) in out_already]
        free = [name for name in self._shown if name not in fixed]
        if not free:
            return ()
        earlier = [self._then(v, n) for v, n in self._earlier()]
        protection = self._asked.engagement.protection

        def safe(gone: Sequence[str]) -> bool:
            left = [name for name in self._shown if name not in gone]
            rows = [row for name in left for row in self._now(name)]
            hidden = [key for key in self._asked_of(self._rows) if key not in left]
            return not confined(
                [*rows, *earlier],
                self._scale,
                protection.scores,
                withheld=hidden,
                alike=[key for key in hidden if self._alike(key, protection.details)],
            )

        for gone in self._ways(free):
            if safe(gone):
                return tuple(gone)
        return tuple(free)

    def _asked_of(self, rows: Mapping[str, Bools]) -> list[str]:
        """Questions to which anybody of the group gave a value."""
        wave = self._past.wave
        everybody = np.logical_or.reduce(list(rows.values()))
        return [
            key
            for key in self._questions
            if np.isfinite(wave.turned[everybody, wave.column[key]]).any()
        ]

    def _alike(self, question: str, details: int) -> bool:
        """Whether all gave the same answer where that would be seen: at an end, or by the spread."""
        values = self._drafts[question].measure.values[self._rows[question]]
        if not len(values):
            return False
        at_end = values.min() == values.max() and values[0] in self._scale
        return bool(at_end or (len(values) >= details and of_one_mind(values)))

    def _ways(self, free: Sequence[str]) -> Iterator[list[str]]:
        """What might go, the least loss first."""
        yield []
        statements = [n for n in free if n in self._questions]
        dimensions = [
            n for n in free if any(n == s.id for s in self._asked.engagement.instrument.dimensions)
        ]
        pillars = [n for n in free if n not in statements and n not in dimensions]
        if pillars:
            yield pillars
        # First those that not everybody answered, then the last ones.
        place = {name: i for i, name in enumerate(statements)}
        order = sorted(statements, key=lambda n: (int(self._rows[n].sum()), -place[n]))
        for one in order:
            alike = [p for p in pillars if self._keys[p] == (one,)]
            yield [one, *alike]
        if pillars:
            for one in order:
                yield [one, *pillars]
        for number in range(2, len(order) + 1):
            yield [*order[:number], *pillars]
        if dimensions:
            yield [*dimensions, *pillars]
            yield [*dimensions, *pillars, *order[:1]]
        yield list(free)

    # ----------------------------------------------------------------- the rows of now

    def _now(self, name: str) -> Iterator[Printed]:
        draft = self._drafts[name]
        root = self._asked.root
        for cell in draft.measure.cells:
            if cell.id not in draft.shown or cell.group != self._group.id:
                continue
            whole = cell.unit == root and not cell.part
            if not whole and int(draft.rows((root, cell.group)).sum()) >= _DROWNED:
                # Of a unit only the dimension is known: its people's statements make up for it.
                continue
            rows = draft.rows(cell.id)
            mean = float(draft.measure.values[rows].mean())
            ends = self._ends(name, int(rows.sum()), mean) if whole else _around(mean, 0.0, 1.0)
            yield Printed(self._weights(name, rows), *ends)

    def _ends(self, name: str, n: int, mean: float) -> tuple[float, float]:
        details = self._asked.engagement.protection.details
        if len(self._keys[name]) == 1 and (n <= _EXACT or n >= details):
            # Of so few the mean is the total; of so many the distribution gives it.
            return mean, mean
        return self._means.interval(name, self._group.id)

    def _weights(
        self, name: str, rows: Bools
    ) -> dict[Hashable, tuple[tuple[tuple[Hashable, str, int], float], ...]]:
        wave, past = self._past.wave, self._past
        columns = [wave.column[key] for key in self._keys[name]]
        found: dict[Hashable, tuple[tuple[tuple[Hashable, str, int], float], ...]] = {}
        n = int(rows.sum())
        for r in np.flatnonzero(rows).tolist():
            given = [j for j in columns if np.isfinite(wave.turned[r, j])]
            person = int(past.owner[r])
            found[person] = tuple(
                ((person, wave.keys[j], int(wave.codes[r, j])), 1.0 / len(given) / n) for j in given
            )
        return found

    # --------------------------------------------------------------- the rows of before

    def _earlier(self) -> list[tuple[int, str]]:
        """Versions and measures that were shown of this group while it was small."""
        found = []
        size = max((int(rows.sum()) for rows in self._rows.values()), default=0)
        for v, version in enumerate(self._past.versions):
            for name in self._keys:
                row = self._past.row(version, name, self._group.id)
                if row is not None and min(row.n or 0, size) < _DROWNED:
                    found.append((v, name))
        return found

    def _before(self) -> Iterator[tuple[int, tuple[str, bytes]]]:
        """What is out already: measures with the rows they were about."""
        for v in range(len(self._past.versions)):
            for name in self._keys:
                if self._past.shown(v, name, self._group.id):
                    rows, gone = self._members(v, name)
                    if not gone:
                        yield v, (name, rows.tobytes())

    def _members(self, v: int, name: str) -> tuple[Bools, int]:
        """The rows behind a mean of then, and how many are not there any more."""
        past = self._past
        version = past.versions[v]
        then = version.group(self._group.id)
        rows = np.zeros(len(past.wave), dtype=bool)
        if then is None:
            return rows, 0
        which = version.of(then) & (version.counted(name) == VALID)
        at = past.at[v][which]
        rows[at[at >= 0]] = True
        return rows, int((at < 0).sum()) + past.missing(v, name, then)

    def _then(self, v: int, name: str) -> Printed:
        past = self._past
        rows, gone = self._members(v, name)
        row = past.row(past.versions[v], name, self._group.id)
        assert row is not None and row.mean is not None
        n = int(rows.sum()) + gone
        weights = self._weights(name, rows)
        share = int(rows.sum()) / n
        found: dict[Hashable, tuple[tuple[tuple[Hashable, str, int], float], ...]] = {
            person: tuple((unknown, weight * share) for unknown, weight in parts)
            for person, parts in weights.items()
        }
        keys = self._keys[name]
        for i in range(gone):
            ghost = ("gone", i)
            found[ghost] = tuple(((ghost, key, 0), 1.0 / len(keys) / n) for key in keys)
        low, high = row.mean - _HALF, row.mean + _HALF
        if not gone:
            values = self._drafts[name].measure.values
            mean = float(values[rows].mean())
            if len(keys) == 1 and n <= _EXACT:
                return Printed(found, mean, mean)
            low, high = min(low, mean), max(high, mean)
        return Printed(found, low, high)

    # ----------------------------------------------------------------------- the screen

    def _plain(self, many: Sequence[str]) -> bool:
        """Whether it is plain without a programme that nothing gets too narrow.

        All statements are shown, and either everybody answered everything (then a dimension is
        a sum of its statements and says nothing new), or each set of people who did not can move
        by a point while the statements' totals stay (complete answers make up for it) and the
        dimension's mean moves no further than its rounding.
        """
        if self._earlier():
            return False
        wave = self._past.wave
        if any(key not in self._shown for key in self._asked_of(self._rows)):
            return False
        for name in many:
            if not self._wide(name):
                return False
        # Two means over overlapping questions are more than each by itself, unless all are sums.
        return len(many) < 2 or all(self._complete(wave.turned, name) for name in many)

    def _complete(self, turned: Floats, name: str) -> bool:
        columns = [self._past.wave.column[key] for key in self._keys[name]]
        said = np.isfinite(turned[self._rows[name]][:, columns])
        return bool((said == said.any(axis=0)).all())

    def _wide(self, name: str) -> bool:
        wave = self._past.wave
        scored = self._rows[name]
        rows = np.logical_or.reduce([scored, *(self._rows[key] for key in self._keys[name])])
        columns = [wave.column[key] for key in self._keys[name]]
        columns = [j for j in columns if np.isfinite(wave.turned[rows, j]).any()]
        said = wave.turned[rows][:, columns]
        given = np.isfinite(said)
        counted = scored[rows]
        full = given.all(axis=1) & counted
        if full.all():
            return True
        n, questions = int(counted.sum()), len(columns)
        low, high = self._scale
        mean = float(self._drafts[name].measure.values[scored].mean())
        ends = self._means.interval(name, self._group.id)
        room_up = (said[full] - low).sum(axis=0)
        room_down = (high - said[full]).sum(axis=0)
        k = self._asked.engagement.protection.scores
        others = np.flatnonzero(~full).tolist()
        patterns: dict[tuple[bytes, bool], list[int]] = {}
        for r in others:
            patterns.setdefault((given[r].tobytes(), bool(counted[r])), []).append(r)
        sets = [[r] for r in others]
        sets += [people for people in patterns.values() if 1 < len(people) < k]
        if len(patterns) > 1 and len(others) < k:
            sets.append(others)
        # An answer of somebody without a score moves what the complete ones have to make up for.
        weight = np.where(
            counted, 1 / np.maximum(given.sum(axis=1), 1) - 1 / questions, 1 / questions
        )
        for people in sets:
            step = max(float(weight[people].max()) / n, 1e-12)
            most = np.floor((ends[1] - mean) / step + 1e-9)
            least = np.floor((mean - ends[0]) / step + 1e-9)
            mine = said[people]
            up = np.minimum(np.nansum(high - mine, axis=0), room_up).sum()
            down = np.minimum(np.nansum(mine - low, axis=0), room_down).sum()
            answers = int(given[people].sum())
            if min(up, most) + min(down, least) < answers:
                return False
        return int(full.sum()) >= k
