"""The whole organisation where its units differ: people of one unit say less than as many apart.

Answers from one unit resemble each other, so that forty people in ten units are worth fewer than
forty people at random.  Where units surely differ on a dimension and at least ten are shown, the
spread that the whole group's uncertainty rests on grows by the design effect, and what it is worth
is known from as many units as there are.  Gaps, levels, priorities and bands all read that spread;
a change since an earlier wave does too, which is the cautious way where what sets the units apart
has stayed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrkit.disclosure.derived.contrasts import leaves, variance_between
from hrkit.disclosure.derived.frame import Estimate, ends, estimate, outward
from hrkit.disclosure.released import Between, Group, Score, tidy
from hrkit.model.instrument import Instrument

__all__ = ["LEAST", "design_effect", "with_units"]

#: From so many units the share of variance between them is known well enough to count with.
LEAST = 10


def design_effect(between: Between, sizes: Sequence[int]) -> float:
    """How many times the variance of a mean grows, from the share between units and their sizes.

    Notes
    -----
    ``1 + (m - 1) ICC(1)``: Kish 1965, Survey Sampling, section 5.4.  Of unequal units m is the
    size that a person's own unit has on average, sum(n^2) / sum(n) (Eldridge, Ashby & Kerry 2006,
    International Journal of Epidemiology 35, 1292-1300, there as mean size and coefficient of
    variation), not their mean size: with that an interval of 95 % holds in 84 % of
    cases for twenty units of ten and ten of eighty (ICC .2), with this one in 94 %.
    """
    m = sum(n * n for n in sizes) / sum(sizes)
    return 1 + (m - 1) * (between.icc1 or 0.0)


def with_units(
    scores: Sequence[Score],
    instrument: Instrument,
    groups: Sequence[Group],
    scales: Mapping[str, tuple[float, float]],
    within: Mapping[str, frozenset[str]],
    root: str,
) -> tuple[Score, ...]:
    """Scores of the whole with an uncertainty that counts units, on dimensions where they differ.

    Parameters
    ----------
    scores
        Of all measures, groups and units.
    instrument, groups
        What was asked, and as what groups it is reported.
    scales
        Lowest and highest value by measure.
    within
        Unit to the units in it.
    root
        Unit that is the whole organisation.
    """
    grown: dict[tuple[str, str], Score] = {}
    for group in groups:
        by = {s.id: leaves(scores, s.id, group.id, within, root) for s in instrument.dimensions}
        by = {id: units for id, units in by.items() if len(units) > 1}
        for id, units in by.items():
            one = variance_between(id, group.id, units, len(by))
            if one.differ and one.units >= LEAST:
                whole = _whole(scores, id, group.id, root)
                if whole is not None:
                    grown[id, group.id] = _grown(whole, one, units, scales[id])
    return tuple(grown.get((s.measure, s.group), s) if s.unit == root else s for s in scores)


def _whole(scores: Sequence[Score], measure: str, group: str, root: str) -> Score | None:
    return next(
        (
            s
            for s in scores
            if (s.measure, s.group, s.unit) == (measure, group, root) and estimate(s) is not None
        ),
        None,
    )


def _grown(
    whole: Score, between: Between, units: Mapping[str, Estimate], scale: tuple[float, float]
) -> Score:
    assert whole.spread is not None
    effect = design_effect(between, [one.n for one in units.values()])
    wide = replace(whole, spread=tidy(whole.spread * effect**0.5), units=between.units)
    known = estimate(wide)
    assert known is not None
    low, high = outward(*ends(known, scale))
    return replace(wide, low=low, high=high)
