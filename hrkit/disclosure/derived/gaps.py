"""The difference between the instrument's two sides on each dimension, and bands that show it.

All gaps of a report are one family.  The interval of a gap is the simultaneous one: it leaves out
zero exactly where the words say more than "we cannot tell", and the bands of the two sides touch
exactly there too, so that picture, sentence and table agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrkit.disclosure.derived.frame import (
    PAGE,
    Estimate,
    certainty,
    difference,
    each,
    estimate,
    printed,
)
from hrkit.disclosure.released import ALL, Certainty, Gap, Group, Score, Why
from hrkit.model.instrument import Instrument

__all__ = ["APART", "apart", "gaps", "sides_of", "with_reach"]

#: Sides that surely differ by so much are not given together: a level, on the usual scale.
APART = 1.0

Shown = Mapping[tuple[str, str], Score]


def sides_of(instrument: Instrument, groups: Sequence[Group]) -> tuple[str, ...]:
    """The groups in which the two sides are reported; fewer than two where one is missing."""
    found = [
        next((g.id for g in groups if side in g.perspectives), "") for side in instrument.sides
    ]
    found = [id for id in dict.fromkeys(found) if id]
    return tuple(found)


def gaps(
    instrument: Instrument, groups: Sequence[Group], shown: Shown, root: str
) -> tuple[Gap, ...]:
    """The gap between the two sides on each dimension, of what is printed of them.

    Parameters
    ----------
    instrument, groups
        What was asked, and as what groups it is reported.
    shown
        Scores of the whole organisation by measure and group.
    root
        Unit that is the whole organisation.
    """
    if len(instrument.sides) != 2:
        return ()
    named = sides_of(instrument, groups)
    names = (named[0], named[1]) if len(named) == 2 else instrument.sides
    pairs = {}
    for section in instrument.dimensions:
        one, other = (estimate(shown.get((section.id, name))) for name in names)
        if len(named) == 2 and one and other:
            pairs[section.id] = (one, other)
    return tuple(
        _gap(section.id, root, names, pairs[section.id], len(pairs))
        if section.id in pairs
        else Gap(section.id, root, names[0], names[1], _why(section.id, shown, names, named))
        for section in instrument.dimensions
    )


def _why(measure: str, shown: Shown, names: Sequence[str], named: Sequence[str]) -> Why:
    whys = {score.why for name in names if (score := shown.get((measure, name)))}
    return Why.PROTECTED if len(named) == 2 and Why.PROTECTED in whys else Why.ONE_SIDED


def _gap(
    measure: str,
    root: str,
    names: Sequence[str],
    pair: tuple[Estimate, Estimate],
    comparisons: int,
) -> Gap:
    found = difference(*pair, each(PAGE, comparisons))
    sure = certainty(*pair, comparisons, clear=True)
    value, low, high = printed(found, sure)
    return Gap(
        measure,
        root,
        names[0],
        names[1],
        Why.SHOWN,
        difference=value,
        low=low,
        high=high,
        certainty=sure,
    )


def apart(gap: Gap | None, scale: tuple[float, float]) -> bool:
    """Whether the sides surely differ, and by a level or more: then there is no common figure."""
    if gap is None or gap.difference is None or gap.certainty is Certainty.UNKNOWN:
        return False
    level = APART * (scale[1] - scale[0]) / 4
    return abs(gap.difference) >= level - 1e-9


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
