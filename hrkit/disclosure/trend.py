"""Change since an earlier wave: only of what was released in both, only from a frozen wave.

The mean over perspectives is compared over the perspectives that were released in both.  Both
means are the printed ones, and the difference is that of what is printed: one more rounding of the
means behind them would say more of a few people than either report.  A dimension is compared where
the same statements were asked of a group on the same scale (`alike`), whatever else of the
instrument has changed; what is left out is named (`uncompared`).

The two waves are compared as different people, which is the cautious reading, unless enough of a
group answered both times under the same code (`hrkit.disclosure.linked`).  Then the difference
stays what it is, and its interval and its certainty count that many of the people are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, inf, sqrt

import numpy as np

from hrkit.disclosure.derived.frame import (
    PAGE,
    ROUNDING,
    Estimate,
    certainty,
    difference,
    each,
    estimate,
    freedom,
    outward,
    printed,
)
from hrkit.disclosure.derived.totals import mean_of_means, weighing
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.linked import Linked, Links
from hrkit.disclosure.released import ALL, Change, Group, Released, Score, Uncompared, tidy
from hrkit.disclosure.scores import spread
from hrkit.measure import PRIOR_ANSWERS
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument, Item, Section

__all__ = [
    "NOTHING",
    "Moved",
    "Side",
    "Sides",
    "alike",
    "changes",
    "one_of",
    "scale_of",
    "sides_of",
    "uncompared",
]

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
    instrument: Instrument,
    links: Links | None = None,
) -> tuple[Change, ...]:
    """Changes of the dimensions in the whole organisation, of every group and of the total.

    All of them are one family: whatever the page calls a change would have to be one.

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
    instrument
        Of the present wave; it says whose means make a total.
    links
        Who is linked, where that may be said; see `hrkit.disclosure.linked`.

    Notes
    -----
    Two samples that overlap in part: variance ``SE₁² + SE₂² − 2 r SE₁ SE₂ m / √(n₁ n₂)``, degrees
    of freedom between those of m pairs and Welch's by the share that is not linked; Derrick, Russ,
    Toher & White 2017, Journal of Modern Applied Statistical Methods 16(1), 137-157.  Where units
    differ, the two waves stay different people: how a unit moves is not in r.
    """
    same = [g.id for g in groups if g in before.groups]
    earlier = {(s.measure, s.group): s for s in before.scores if s.shown and s.unit == root_then}
    new, old = _as_printed(now, shown), _as_printed(then, earlier)
    found: list[Moved] = []
    for id in dict.fromkeys(dimension for dimension, _ in alike):
        both = [
            g for g in same if g in new.get(id, {}) and g in old.get(id, {}) and (id, g) in alike
        ]
        moved = {}
        for g in both:
            units = shown[id, g].units or earlier[id, g].units
            link = None if units else (links or {}).get((id, g))
            moved[g] = Moved(id, g, old[id][g], new[id][g], link)
        weigh = [g for g in both if g in weighing(instrument, id, groups)]
        # Of one group among several the total's change would be that group's.
        several = len(weigh) > 1 or len(groups) == 1
        if weigh and several and shown[id, ALL].shown and earlier.get((id, ALL)):
            a, b = (mean_of_means([of[id][g] for g in weigh]) for of in (old, new))
            found.append(Moved(id, ALL, a, b, None, tuple(moved[g].by for g in weigh)))
        found += moved.values()
    return tuple(one_of(one, before.wave, len(found)) for one in found)


@dataclass(frozen=True)
class Moved:
    """Two means of a dimension and a group, and who is linked; of a total, the changes it is made of."""

    measure: str
    group: str
    old: Estimate
    new: Estimate
    link: Linked | None = None
    parts: tuple[Estimate, ...] = ()

    @property
    def by(self) -> Estimate:
        """The difference of the two means, with its standard error."""
        value, n = self.new.mean - self.old.mean, min(self.new.n, self.old.n)
        if self.parts:
            one = mean_of_means(self.parts)
            return Estimate(value, one.se, one.df, one.n)
        se, df = hypot(self.old.se, self.new.se), freedom((self.old, self.new))
        if self.link is None:
            return Estimate(value, se, df, n)
        m, r = self.link.people, self.link.together
        shared = 2 * r * self.old.se * self.new.se * m / sqrt(self.old.n * self.new.n)
        alone = self.old.n + self.new.n - 2 * m
        df = m - 1 + (df - m + 1) * alone / (alone + 2 * m)
        return Estimate(value, sqrt(se**2 - shared), df, n)


#: What a change is compared with: nothing, which is certain.
NOTHING = Estimate(0.0, 0.0, inf, 10**9)


def one_of(one: Moved, since: str, comparisons: int) -> Change:
    """One change among all that stand on the page: every group on every dimension."""
    by, link = one.by, one.link
    found = difference(NOTHING, by, each(PAGE, comparisons))
    sure = certainty(NOTHING, by, comparisons, clear=True)
    value, low, high = printed(found, sure)
    return Change(
        one.measure,
        one.group,
        since,
        tidy(one.old.mean),
        tidy(one.new.mean),
        value,
        low,
        high,
        outward(0.0, found.half)[1],
        sure,
        link.people if link else None,
        link.together if link else None,
    )


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
    return tuple(
        sorted(
            (section.measure(item), item.reversed, perspective, scale_of(section, item))
            for perspective in group.perspectives
            for item in instrument.counted(section, perspective)
        )
    )


def scale_of(section: Section, item: Item) -> tuple[str, ...]:
    """The scale on which an item counts: how often is another answer than how much one agrees."""
    facet = section.scoring(item)
    assert facet is not None  # what is scored has one
    return (facet.stands_for and facet.id, *(choice.value for choice in facet.scale.choices))


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
    for draft in drafts:
        for i, cell in enumerate(draft.measure.cells):
            n = draft.n[i]
            if cell.unit != root or cell.part or cell.id not in draft.shown:
                continue
            error, freedom = spread(draft, i, root) / n**0.5, n + PRIOR_ANSWERS - 1
            side = (tidy(draft.mean[i]), error, freedom, n)
            found.setdefault(draft.measure.id, {})[cell.group] = side
    return found


def _as_printed(
    sides: Sides, shown: Mapping[tuple[str, str], Score]
) -> Mapping[str, Mapping[str, Estimate]]:
    """The sides that were printed, with the means that were."""
    found: dict[str, dict[str, Estimate]] = {}
    for measure, by in sides.items():
        for group, (_, se, df, n) in by.items():
            score = shown.get((measure, group))
            if score is not None and score.mean is not None and np.isfinite([se, df]).all():
                # Releases before scores had a spread kept it in the sides alone.
                known = Estimate(score.mean, (se**2 + ROUNDING) ** 0.5, df, n)
                found.setdefault(measure, {})[group] = estimate(score) or known
    return found
