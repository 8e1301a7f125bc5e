"""The one figure for a dimension, where there may be one.

The total is the mean over the perspectives that experience the subject, each weighing the same.
Whoever rates its own work there (HR its presence, leaders their leadership) is shown beside them
and does not lift the figure; the instrument says who that is.  Where the two sides surely differ
by a level or more there is no total: the mean of 1.5 and 4.5 describes nobody.  Nor is there one of
a single group among several: it would be that group's mean under another name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from hrkit.disclosure.derived.frame import ROUNDING, Estimate, ends, estimate, freedom, outward
from hrkit.disclosure.derived.gaps import apart
from hrkit.disclosure.released import ALL, Gap, Group, Score, Why, tidy
from hrkit.model.instrument import Instrument

__all__ = ["divided", "mean_of_means", "totals", "weighing"]


def weighing(instrument: Instrument, measure: str, groups: Sequence[Group]) -> tuple[str, ...]:
    """Groups whose means make the total of a measure."""
    section = next(
        (
            s
            for s in instrument.dimensions
            if measure == s.id or any(measure == s.measure(item) for item in s.items)
        ),
        None,
    )
    own = set(section.self_raters) if section else set()
    return tuple(g.id for g in groups if not set(g.perspectives) <= own)


def mean_of_means(parts: Sequence[Estimate]) -> Estimate:
    """The mean of means, each weighing the same; as it is printed, with its standard error."""
    variance = sum(p.se**2 for p in parts) / len(parts) ** 2
    return Estimate(
        tidy(sum(p.mean for p in parts) / len(parts)),
        math.sqrt(variance + (ROUNDING if len(parts) > 1 else 0.0)),
        freedom(parts),
        min(p.n for p in parts),
    )


def totals(
    scores: Sequence[Score],
    instrument: Instrument,
    groups: Sequence[Group],
    scales: dict[str, tuple[float, float]],
    root: str,
) -> tuple[Score, ...]:
    """Scores with every total that may be shown filled in; with none to weigh, the reason why.

    Parameters
    ----------
    scores
        Released; a total is SHOWN and has no mean yet.
    instrument, groups
        Which groups weigh in a total, and how perspectives are reported.
    scales
        Measure to the lowest and highest value of its scale.
    root
        The whole organisation: units have no totals.
    """
    parts = {(s.measure, s.group): s for s in scores if s.unit == root}
    found = []
    for score in scores:
        if score.group != ALL or score.unit != root or not score.shown:
            found.append(score)
            continue
        members = [
            m
            for g in weighing(instrument, score.measure, groups)
            if (m := parts.get((score.measure, g))) and m.shown
        ]
        known = [e for m in members if (e := estimate(m))]
        if not known:
            found.append(replace(score, why=_none(score.measure, parts), n=None, mean=None))
            continue
        if len(known) == 1 < len(groups):
            found.append(Score(score.measure, score.unit, ALL, Why.ALONE))
            continue
        one = mean_of_means(known)
        low, high = outward(*ends(one, scales[score.measure]))
        vague = any(m.told is not None for m in members)
        found.append(
            replace(
                score,
                n=sum(m.n or 0 for m in members),
                mean=one.mean,
                low=low,
                high=high,
                everyone=all(m.everyone for m in members),
                # With the numbers beside it, a sum would tell the one that is not told.
                told=sum(m.behind or 0 for m in members) if vague else None,
            )
        )
    return tuple(found)


def _none(measure: str, parts: dict[tuple[str, str], Score]) -> Why:
    """Why nobody who experiences it has a mean."""
    whys = {s.why for (name, group), s in parts.items() if name == measure and group != ALL}
    return next((w for w in (Why.PROTECTED, Why.SMALL) if w in whys), Why.NOBODY)


def divided(
    scores: Sequence[Score],
    gaps: Sequence[Gap],
    scales: dict[str, tuple[float, float]],
    root: str,
) -> tuple[Score, ...]:
    """Scores without the totals of dimensions on which the sides surely lie a level apart."""
    far = {gap.measure for gap in gaps if gap.unit == root and apart(gap, scales[gap.measure])}
    return tuple(
        Score(s.measure, s.unit, ALL, Why.DIVIDED)
        if s.group == ALL
        and s.unit == root
        and s.measure in far
        and s.why in (Why.SHOWN, Why.ALONE)
        else s
        for s in scores
    )
