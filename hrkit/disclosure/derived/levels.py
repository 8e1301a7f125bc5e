"""Levels, of each side before any total; and what both sides surely rate high."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from hrkit.disclosure.derived.frame import Estimate, bound, ends, estimate
from hrkit.disclosure.derived.gaps import apart
from hrkit.disclosure.derived.totals import mean_of_means, weighing
from hrkit.disclosure.released import ALL, Band, Gap, Group, Score, Why
from hrkit.measure import BOUNDARIES, level_band
from hrkit.model.instrument import Instrument

__all__ = ["HIGH", "bands", "level_of", "strengths"]

#: Where "high" begins, as a share of the scale: level 4 on a scale of 1 to 5.
HIGH = (BOUNDARIES[2] - 1) / 4

Shown = Mapping[tuple[str, str], Score]
Scale = tuple[float, float]


def bands(
    instrument: Instrument,
    groups: Sequence[Group],
    sides: Sequence[str],
    shown: Shown,
    scales: Mapping[str, Scale],
) -> tuple[Band, ...]:
    """Level bands of each dimension: of both sides, then of the total.

    They are decided on the ends of the interval as they are, not as they are printed; the interval
    lies around the printed mean, so that a band says nothing more about that.

    Parameters
    ----------
    instrument, groups
        Whose dimensions, and in which groups perspectives are reported.
    sides
        Ids of the two sides' groups; empty where the instrument has none.
    shown
        Dimension and group to the released score in the whole organisation.
    scales
        Dimension to the lowest and highest value of its scale.

    Returns
    -------
    tuple of Band
        One for every dimension and side, and for the total; where none may be said, with why.
    """
    found = []
    for section in instrument.dimensions:
        for group in (*sides, ALL):
            score = shown.get((section.id, group), Score(section.id, "", group, Why.NOBODY))
            one = _estimate(instrument, groups, section.id, group, shown)
            # A total of one group is not printed; the level it would have is that group's.
            if not (score.shown or score.why is Why.ALONE) or one is None:
                found.append(Band(section.id, score.why, group=group))
                continue
            level = level_band(one.mean, *ends(one, scales[section.id]))
            found.append(Band(section.id, Why.SHOWN, level.low, level.high, group=group))
    return tuple(found)


@functools.lru_cache(maxsize=1024)
def level_of(mean: float) -> int:
    """The level in which a printed mean lies, whatever its uncertainty."""
    return level_band(mean, mean, mean).low


def _estimate(
    instrument: Instrument, groups: Sequence[Group], measure: str, group: str, shown: Shown
) -> Estimate | None:
    if group != ALL:
        return estimate(shown.get((measure, group)))
    parts = [
        e for g in weighing(instrument, measure, groups) if (e := estimate(shown.get((measure, g))))
    ]
    return mean_of_means(parts) if parts else None


def strengths(
    instrument: Instrument,
    groups: Sequence[Group],
    sides: Sequence[str],
    shown: Shown,
    gaps: Mapping[str, Gap],
    scales: Mapping[str, Scale],
) -> tuple[str, ...]:
    """Dimensions that surely stand high with both sides, highest first.

    High is level 4 and above.  Each side's mean lies above that boundary by more than chance
    explains, over all dimensions looked at; so does every group's where there are no two sides.
    A dimension on which the sides lie a level apart is none.

    Parameters
    ----------
    gaps
        Dimension to its released gap.
    instrument, groups, sides, shown, scales
        As in `bands`.

    Returns
    -------
    tuple of str
        Ids of dimensions.
    """
    wanted = list(sides) if instrument.sides else [g.id for g in groups]
    if len(wanted) < len(instrument.sides) or not wanted:
        return ()
    found = []
    for section in instrument.dimensions:
        low, high = scales[section.id]
        line = low + HIGH * (high - low)
        # Of one side nobody may have been asked: those who were stand for it.
        asked = [shown.get((section.id, group)) for group in wanted]
        known = [estimate(one) for one in asked]
        if not known or not all(known) or apart(gaps.get(section.id), (low, high)):
            continue
        parts = [one for one in known if one]
        if all(bound(one, len(instrument.dimensions)) > line for one in parts):
            found.append((-min(p.mean for p in parts), section.id))
    return tuple(id for _, id in sorted(found))
