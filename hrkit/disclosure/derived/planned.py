"""Before anybody answers: what could be seen with the people who are invited.

The rules are the product's own: thresholds and pools, intervals, the words of differences over all
comparisons of their page, level bands.  Only the answers are assumed: that people differ as they
usually do, and that so many of the invited answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from hrkit.disclosure.derived.contrasts import pairs
from hrkit.disclosure.derived.frame import (
    CLEAR,
    CONVENTIONAL,
    PAGE,
    TEN,
    Estimate,
    difference,
    each,
    ends,
    freedom,
)
from hrkit.disclosure.derived.gaps import sides_of
from hrkit.disclosure.derived.groups import pooled
from hrkit.disclosure.derived.seen import Expected, LevelReach, Outlook, Seen
from hrkit.disclosure.derived.totals import weighing
from hrkit.disclosure.least import Least, least_of
from hrkit.disclosure.released import Group, tidy
from hrkit.measure import PRIOR_ANSWERS, level_band, t_critical
from hrkit.model.engagement import Engagement

__all__ = [
    "RESPONSES",
    "outlook",
    "outlooks",
    "spread",
]

#: Shares of the invited that are taken to answer.
RESPONSES = (0.6, 0.75, 0.9, 1.0)
#: How often a true difference is to be found.
POWER = 0.8


def spread(engagement: Engagement) -> float:
    """The standard deviation that scores are taken to have."""
    low, high = _scale(engagement)
    return tidy(CONVENTIONAL["dimension"] * (high - low))


def outlooks(engagement: Engagement, wave: str) -> tuple[Outlook, ...]:
    """What could be seen at each of the assumed responses."""
    return tuple(outlook(engagement, wave, response) for response in RESPONSES)


def outlook(engagement: Engagement, wave: str, response: float) -> Outlook:
    """What could be seen of a wave if a share of the invited answers.

    Parameters
    ----------
    engagement
        With the units of that wave.
    wave
        Id of the wave whose invited count.
    response
        Above 0, at most 1; answers are rounded down.

    Notes
    -----
    A true difference d is named in a share of cases of about ``Φ_t((d - half) / SE)``, so that
    ``half + t(0.8) SE`` is found in four of five: the usual normal-theory approximation (Cohen
    1988, Statistical Power Analysis, ch. 2).
    """
    instrument, root, k = engagement.instrument, engagement.root.id, engagement.protection.scores
    counts = {
        p: _share(response, engagement.invited_to(wave, root, (p,)) or 0)
        for p in instrument.perspectives
    }
    least = least_of(engagement)
    groups = pooled(instrument, counts, k)
    expected = tuple(
        Expected(unit.id, group.id, invited, _share(response, invited))
        for unit in engagement.units
        for group in groups
        if (invited := engagement.invited_to(wave, unit.id, group.perspectives) or 0)
    )
    n = {e.group: e.n for e in expected if e.unit == root and e.n >= k}
    means = {group: _estimate(engagement, size) for group, size in n.items()}
    asked = {g.id: _shown(engagement, g, n[g.id], least) for g in groups if g.id in n}
    sides = sides_of(instrument, groups)
    return Outlook(
        response,
        groups,
        expected,
        _gap(sides, means, asked) if len(instrument.sides) == 2 else None,
        _changes(engagement, groups, means, asked),
        _levels(engagement, means, asked) if instrument.has_grid else (),
        _units(engagement, sides[0] if sides else next(iter(n), ""), expected, asked, least),
    )


def _share(response: float, invited: int) -> int:
    return math.floor(response * invited + 1e-9)


def _scale(engagement: Engagement) -> tuple[float, float]:
    sections = engagement.instrument.dimensions
    facet = sections[0].score_facet if sections else None
    return (float(facet.scale.low), float(facet.scale.high)) if facet else (1.0, 5.0)


def _estimate(engagement: Engagement, n: int) -> Estimate:
    low, high = _scale(engagement)
    se = spread(engagement) / math.sqrt(n)
    return Estimate((low + high) / 2, se, n + PRIOR_ANSWERS - 1, n)


def _shown(engagement: Engagement, group: Group, n: int, least: Least) -> tuple[str, ...]:
    """The dimensions that anybody of a group is asked, and that so many answers are enough for."""
    instrument = engagement.instrument
    return tuple(
        section.id
        for section in instrument.dimensions
        if n >= least.mean(section.id)
        and any(instrument.counted(section, name) for name in group.perspectives)
    )


def _seen(one: Estimate, other: Estimate, comparisons: int, *, clear: bool) -> Seen:
    half = difference(one, other, each(PAGE, comparisons)).half
    se, df = math.hypot(one.se, other.se), freedom((one, other))
    strict = difference(one, other, each(CLEAR, comparisons)).half
    enough = clear and min(one.n, other.n) >= TEN
    found = half + t_critical(2 * (1 - POWER), df) * se
    return Seen(_beyond(half), _beyond(strict) if enough else None, math.ceil(found * 10) / 10)


def _beyond(half: float) -> float:
    """The smallest difference of printed means that lies beyond a half-width."""
    return round(math.floor(half * 10 + 1e-9) / 10 + 0.1, 1)


def _gap(
    sides: Sequence[str], means: Mapping[str, Estimate], asked: Mapping[str, tuple[str, ...]]
) -> Seen | None:
    if len(sides) < 2 or not all(side in means for side in sides):
        return None
    both = set(asked[sides[0]]) & set(asked[sides[1]])
    return _seen(means[sides[0]], means[sides[1]], len(both), clear=True) if both else None


def _changes(
    engagement: Engagement,
    groups: Sequence[Group],
    means: Mapping[str, Estimate],
    asked: Mapping[str, tuple[str, ...]],
) -> dict[str, Seen]:
    """Every group on every dimension it is asked is one comparison, and every total one more."""
    instrument = engagement.instrument
    comparisons = sum(len(sections) for sections in asked.values())
    for section in instrument.dimensions:
        whose = weighing(instrument, section.id, groups)
        comparisons += any(section.id in asked.get(group, ()) for group in whose)
    return {
        group: _seen(one, one, comparisons, clear=True)
        for group, one in means.items()
        if asked[group]
    }


def _levels(
    engagement: Engagement,
    means: Mapping[str, Estimate],
    asked: Mapping[str, tuple[str, ...]],
) -> tuple[LevelReach, ...]:
    """The band that a mean would have, wherever on the scale it lay."""
    low, high = _scale(engagement)
    found = []
    for group, one in means.items():
        if not asked[group]:
            continue
        counts = []
        for step in range(round((high - low) * 10) + 1):
            at = Estimate(low + step / 10, one.se, one.df, one.n)
            band = level_band(at.mean, *ends(at, (low, high)))
            counts.append(band.high - band.low + 1)
        half = t_critical(1 - 0.95, one.df) * one.se
        found.append(LevelReach(group, half, min(counts), max(counts)))
    return tuple(found)


def _units(
    engagement: Engagement,
    group: str,
    expected: Sequence[Expected],
    asked: Mapping[str, tuple[str, ...]],
    least: Least,
) -> tuple[Seen, ...]:
    """The two largest and the two smallest units with a mean, no part of which has one."""
    of = {
        section: _sizes(engagement, group, expected, least.mean(section))
        for section in asked.get(group, ())
    }
    comparisons = sum(pairs(len(sizes)) for sizes in of.values())
    if not comparisons:
        return ()
    # The dimension that most units have is the one that is told; a sensitive one has fewer.
    sizes = max(of.values(), key=len)
    means = [_estimate(engagement, size) for size in sizes]
    (first, second), (last, smallest) = means[:2], means[-2:]
    return (
        _seen(first, second, comparisons, clear=False),
        _seen(last, smallest, comparisons, clear=False),
    )


def _sizes(
    engagement: Engagement, group: str, expected: Sequence[Expected], least: int
) -> tuple[int, ...]:
    """Answers of the units with a mean, no part of which has one; the largest first."""
    root = engagement.root.id
    n = {e.unit: e.n for e in expected if e.group == group and e.unit != root and e.n >= least}
    kept = [
        size for unit, size in n.items() if not (set(engagement.within(unit)) - {unit}) & n.keys()
    ]
    return tuple(sorted(kept, reverse=True))
