"""The difference between the instrument's two sides on each dimension, and bands that show it.

All gaps of a report are one family.  The interval of a gap is the simultaneous one: it leaves out
zero exactly where the words say more than "we cannot tell", and the bands of the two sides touch
exactly there too, so that picture, sentence and table agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.disclosure.derived.frame import (
    PAGE,
    Estimate,
    certainty,
    difference,
    each,
    estimate,
    printed,
)
from hrkit.disclosure.released import Certainty, Gap, Group, Score, Why
from hrkit.model.instrument import Instrument

__all__ = ["APART", "apart", "gaps", "sides_of"]

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
