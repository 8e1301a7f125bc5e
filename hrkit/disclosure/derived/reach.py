"""Bands that are drawn around means beside others: they lie apart only where words say so.

A mean's own interval would not do: two intervals may overlap where the difference counts.  Bands made
for comparing are narrower (Goldstein & Healy 1995, JRSS A 158, 175-177); their width here follows
from the interval of the difference itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrkit.disclosure.derived.contrasts import half_band, pairs, tiers_of
from hrkit.disclosure.derived.frame import PAGE, difference, each, estimate
from hrkit.disclosure.released import ALL, Score

__all__ = ["with_bands", "with_reach"]


def with_reach(
    scores: Sequence[Score], families: Mapping[str, int], groups: Sequence[str], root: str
) -> tuple[Score, ...]:
    """Scores with the half-width of the band that is drawn around them beside other groups.

    The bands of the first two groups touch exactly where their difference begins to count among
    the comparisons of their family; every other group's touches the first one's there.

    Parameters
    ----------
    scores
        Of all measures, groups and units.
    families
        Measure to the number of comparisons it is one of.
    groups
        Group ids, the two sides first.
    root
        Unit that is the whole organisation.
    """
    by = {(s.measure, s.group): s for s in scores if s.unit == root and s.group in groups}
    reach: dict[tuple[str, str], float] = {}
    for measure, comparisons in families.items():
        found = [(g, e) for g in groups if (e := estimate(by.get((measure, g))))]
        if len(found) < 2:
            continue
        alpha = each(PAGE, comparisons)
        (first, a), (second, c) = found[:2]
        near = difference(a, c, alpha).half / (a.se + c.se)
        reach[measure, first], reach[measure, second] = near * a.se, near * c.se
        for group, one in found[2:]:
            reach[measure, group] = difference(a, one, alpha).half - reach[measure, first]
    return tuple(
        replace(s, reach=round(max(0.0, reach[s.measure, s.group]), 3))
        if s.unit == root and (s.measure, s.group) in reach and s.group != ALL
        else s
        for s in scores
    )


def with_bands(
    scores: Sequence[Score],
    group: str,
    halves: Mapping[tuple[str, str], float],
    tiers: Sequence[str],
    measures: Sequence[str],
    root: str,
) -> tuple[Score, ...]:
    """Scores of units and tiers with bands that lie apart only where words say that they differ.

    A unit's band touches that of the whole where its difference begins to count.  Those of tiers
    are as wide as the pair among them needs that needs most.

    Parameters
    ----------
    scores
        Released; those of the whole have their reach already.
    group
        In which units are compared.
    halves
        Unit and dimension to the half-width of the interval of its difference to the whole.
    tiers
        Group ids of the levels of the leadership chain (``leader/2``).
    measures
        Dimension ids.
    root
        The whole organisation.

    Returns
    -------
    tuple of Score
        The same, with ``reach`` in points of the scale filled in where it is known.
    """
    whole = {(s.measure, s.group): s for s in scores if s.unit == root}
    reach: dict[tuple[str, str, str], float] = {}
    for (unit, measure), half in halves.items():
        beside = whole[measure, group]
        one = estimate(beside)
        assert one is not None
        reach[measure, root, group] = half_band(beside, one)
        reach[measure, unit, group] = half - half_band(beside, one)
    by = {m: tiers_of(whole, m, tiers) for m in measures}
    alpha = each(PAGE, sum(pairs(len(known)) for known in by.values()))
    for measure, known in by.items():
        fixed = {t: r for t in known if (r := whole[measure, t].reach) is not None}
        for tier, one in known.items():
            others = [(t, e) for t, e in known.items() if t != tier]
            if tier in fixed or not others:
                continue
            near = [
                width - fixed[t] if t in fixed else width * one.se / (one.se + e.se)
                for t, e in others
                for width in [difference(one, e, alpha).half]
            ]
            reach[measure, root, tier] = max(near)
    return tuple(
        replace(s, reach=round(max(0.0, reach[s.measure, s.unit, s.group]), 3))
        if (s.measure, s.unit, s.group) in reach
        else s
        for s in scores
    )
