"""Change since an earlier wave: only of what was released in both, only from a frozen wave.

The two waves are compared as different people, which is the cautious reading even where some
answered twice.  The mean over perspectives is compared over the perspectives that were
released in both.  Both means are the printed ones, and the difference is that of what is printed:
one more rounding of the means behind them would say more of a few people than either report.  A dimension is compared where the same statements were asked of a group on the
same scale (`alike`), whatever else of the instrument has changed; what is left out is named
(`uncompared`).  There is no finite
population correction here: even where everybody answered twice, a day's mood is no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from hrkit.disclosure.details import ALPHA, TEN, signed
from hrkit.disclosure.means import Draft, spread
from hrkit.disclosure.released import (
    ALL,
    Certainty,
    Change,
    Group,
    Released,
    Score,
    Uncompared,
    tidy,
)
from hrkit.measure import difference_interval, holm, mean_interval, total_score
from hrkit.measure._arrays import t_two_sided
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument, Section

__all__ = ["Side", "Sides", "alike", "changes", "sides_of", "uncompared"]

#: A side of a comparison: mean, standard error, degrees of freedom, answers.
Side = tuple[float, float, float, int]
Sides = Mapping[str, Mapping[str, Side]]


def changes(
    now: Sides,
    then: Sides,
    shown: Mapping[tuple[str, str], Score],
    before: Released,
    groups: Sequence[Group],
    root_then: str,
    alike: Collection[tuple[str, str]],
) -> tuple[Change, ...]:
    """Changes of the dimensions in the whole organisation.

    Parameters
    ----------
    now, then
        What `sides_of` says of both waves.
    shown
        Scores of the whole organisation in the present wave, by measure and group.
    before
        What was released of the earlier wave; only this is compared with.
    groups
        The groups of the present wave.
    root_then
        Unit that is the whole organisation in the earlier wave.
    alike
        Dimensions and groups that were asked the same in both; see `alike`.
    """
    same = [g.id for g in groups if g in before.groups]
    printed = {(s.measure, s.group): s for s in before.scores if s.shown and s.unit == root_then}
    new, old = _as_printed(now, shown), _as_printed(then, printed)
    found: list[tuple[str, str, Side, Side]] = []
    for id in dict.fromkeys(dimension for dimension, _ in alike):
        both = [
            g for g in same if g in new.get(id, {}) and g in old.get(id, {}) and (id, g) in alike
        ]
        if not both:
            continue
        found.append((id, ALL, _total(old[id], both), _total(new[id], both)))
        found += [(id, g, old[id][g], new[id][g]) for g in both]
    if not found:
        return ()
    a, b = (np.array([x[side][:3] for x in found]).T for side in (2, 3))
    table = difference_interval(b[0], b[1], b[2], a[0], a[1], a[2])
    p = _p(table["difference"].to_numpy(), table["se"].to_numpy(), table["df"].to_numpy())
    clear = _families([group for _, group, *_ in found], p)
    ends = table[["low", "high"]].to_numpy(dtype=float)
    result = []
    for (low, high), sure, (id, group, old_side, new_side) in zip(ends, clear, found, strict=True):
        if not (np.isfinite(low) and np.isfinite(high)):
            continue
        certainty = Certainty.UNKNOWN
        if low > 0 or high < 0:
            large = min(old_side[3], new_side[3]) >= TEN
            certainty = Certainty.CLEAR if sure and large else Certainty.TENDS
        difference = signed(new_side[0] - old_side[0])
        result.append(
            Change(
                id,
                group,
                before.wave,
                tidy(old_side[0]),
                tidy(new_side[0]),
                difference,
                signed(low),
                signed(high),
                tidy((high - low) / 2),
                certainty,
            )
        )
    return tuple(result)


def alike(
    now: Instrument, then: Instrument, groups: Sequence[Group]
) -> tuple[tuple[str, str], ...]:
    """Dimensions and groups that were asked the same statements on the same scale in both waves.

    A dimension that was asked otherwise of one group is compared for none: its total would be one
    of other people.  A group with a perspective that was asked in one wave only is left out.
    """
    before = {section.id: section for section in then.dimensions}
    both = [g for g in groups if set(g.perspectives) <= {*now.perspectives} & {*then.perspectives}]
    return tuple(
        (section.id, group.id)
        for section in now.dimensions
        if section.id in before
        and all(_asked(now, section, g) == _asked(then, before[section.id], g) for g in both)
        for group in both
    )


def _asked(instrument: Instrument, section: Section, group: Group) -> tuple[object, ...]:
    """What of a dimension a group was asked: statements, their direction and their scale."""
    assert section.score_facet is not None  # a dimension has one by definition
    scale = tuple(choice.value for choice in section.score_facet.scale.choices)
    return tuple(
        sorted(
            (section.measure(item), item.reversed, perspective, scale)
            for item in instrument.scored_items(section)
            for perspective in group.perspectives
            if perspective in item.ask
        )
    )


def uncompared(
    engagement: Engagement,
    wave: str,
    then: Engagement,
    groups: Sequence[Group],
    before: Released,
) -> tuple[Uncompared, ...]:
    """What was not the same in two waves: dimensions, perspectives, units.  It follows from the files.

    Parameters
    ----------
    engagement, wave
        With every unit that is written down, and the present wave.
    then
        The engagement as the earlier wave was released.
    groups
        The groups of the present wave.
    before
        What was released of the earlier wave.
    """
    now = engagement.as_in(wave)
    same = {dimension for dimension, _ in alike(now.instrument, then.instrument, groups)}
    found = [("dimension", s.id, "") for s in now.instrument.dimensions if s.id not in same]
    asked = [set(one.instrument.perspectives) for one in (now, then)]
    told = dict.fromkeys(p for g in (*groups, *before.groups) for p in g.perspectives)
    found += [("perspective", p, "") for p in told if not all(p in one for one in asked)]
    # A unit that only changed its id is the same one; one that took in others is not.
    heirs = {unit.id: engagement.place(unit.id, wave) for unit in then.units}
    many = {heir for heir, n in Counter(heirs.values()).items() if n > 1}
    lost = {id for id, heir in heirs.items() if heir is None or (heir in many and heir != id)}
    found += [("unit", u.id, u.name) for u in then.units if u.id in lost]
    known = {heir for id, heir in heirs.items() if id not in lost or heir in heirs}
    found += [("unit", u.id, u.name) for u in now.units if u.id not in known]
    return tuple(Uncompared(before.wave, *one) for one in found)


def sides_of(drafts: Sequence[Draft], root: str) -> Sides:
    """Measure to group to its released mean, standard error, degrees of freedom and n.

    The mean is the printed one; the error of a small group is the usual one.
    """
    found: dict[str, dict[str, Side]] = {}
    rows = [
        (draft, i)
        for draft in drafts
        for i, cell in enumerate(draft.measure.cells)
        if cell.unit == root and not cell.part and cell.id in draft.shown
    ]
    for scale in dict.fromkeys(draft.measure.scale for draft, _ in rows):
        mine = [(d, i) for d, i in rows if d.measure.scale == scale]
        table = mean_interval(
            [d.n[i] for d, i in mine],
            [d.mean[i] for d, i in mine],
            [spread(d, i) for d, i in mine],
            [d.measure.usual for d, _ in mine],
            None,
            scale,
        )
        for (d, i), error, freedom in zip(mine, table["se"], table["df"], strict=True):
            side = (tidy(d.mean[i]), float(error), float(freedom), d.n[i])
            found.setdefault(d.measure.id, {})[d.measure.cells[i].group] = side
    return found


def _as_printed(sides: Sides, shown: Mapping[tuple[str, str], Score]) -> Sides:
    """The sides that were printed, with the means that were."""
    found: dict[str, dict[str, Side]] = {}
    for measure, by in sides.items():
        for group, (_, se, df, n) in by.items():
            score = shown.get((measure, group))
            if score is not None and score.mean is not None:
                found.setdefault(measure, {})[group] = (score.mean, se, df, n)
    return found


def _total(printed: Mapping[str, Side], groups: Sequence[str]) -> Side:
    """The mean over perspectives, as the report would print it for these."""
    sides = [printed[group] for group in groups]
    total = total_score([s[0] for s in sides], [s[1] for s in sides], [s[2] for s in sides])
    return (tidy(total.mean), total.se, total.df, min(s[3] for s in sides))


def _p(difference: np.ndarray, se: np.ndarray, df: np.ndarray) -> np.ndarray:
    out = np.full(len(difference), np.nan)
    ok = np.isfinite(se) & (se > 0)
    out[ok] = t_two_sided(difference[ok] / se[ok], df[ok])
    return out


def _families(groups: Sequence[str], p: np.ndarray) -> list[bool]:
    """Whether each change is clear: Holm over the dimensions of one group."""
    clear = np.zeros(len(groups), dtype=bool)
    for group in set(groups):
        mine = np.array([g == group for g in groups])
        clear[mine] = np.asarray(holm(p[mine])) < ALPHA
    return [bool(x) for x in clear]
