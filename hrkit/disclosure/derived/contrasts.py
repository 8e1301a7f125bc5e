"""The furthest two of several means, and whether more than noise sets them apart.

Of nine equal means one is the highest and one the lowest, always.  A report names the two only
where they would differ by so much in fewer than one page of twenty without any effect: the test is
over every pair that could have been named.  Means of one group on several measures come from the
same people; they are compared as if other people had given them, which is the cautious way where
somebody who rates one thing high tends to rate others high.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from hrkit.disclosure.derived.frame import (
    PAGE,
    ROUNDING,
    STEP,
    Estimate,
    certainty,
    each,
    estimate,
    freedom,
    signed,
)
from hrkit.disclosure.derived.variance import variance_between
from hrkit.disclosure.released import Between, Certainty, Contrast, Score
from hrkit.measure import t_critical
from hrkit.model.instrument import Instrument

__all__ = [
    "beside_the_whole",
    "leaves",
    "of_measures",
    "of_ratings",
    "of_tiers",
    "of_units",
    "pairs",
    "variance_between",
]


def pairs(count: int) -> int:
    """Comparisons among so many means."""
    return count * (count - 1) // 2


def _widest(
    kind: str, measure: str, group: str, means: Mapping[str, Estimate], comparisons: int
) -> Contrast | None:
    if len(means) < 2:
        return None
    high = max(means, key=lambda id: means[id].mean)
    low = min(means, key=lambda id: means[id].mean)
    apart = signed(means[high].mean - means[low].mean)
    sure = certainty(means[low], means[high], comparisons) if high != low else Certainty.UNKNOWN
    return Contrast(kind, measure, group, high, low, apart, sure)


def of_measures(
    instrument: Instrument, groups: Sequence[str], shown: Mapping[tuple[str, str], Score]
) -> tuple[Contrast, ...]:
    """Dimensions, statements of each dimension, and pillars, as each group rates them.

    Dimensions and pillars stand on a page for all groups; statements on a page of one group.
    """
    sections = [s.id for s in instrument.dimensions]
    tags = {tag for item in instrument.items.values() for tag in item.tags}
    pillars = [id for id in instrument.pillars if id in tags]
    found = []
    for kind, names in (("dimensions", sections), ("pillars", pillars)):
        by = {g: _known(shown, names, g) for g in groups}
        comparisons = sum(pairs(len(known)) for known in by.values())
        found += [_widest(kind, "", g, known, comparisons) for g, known in by.items()]
    for section in instrument.dimensions:
        items = [section.measure(item) for item in section.scored]
        for group in groups:
            known = _known(shown, items, group)
            # One more comparison stands on that page: the difference of the two sides.
            found.append(_widest("statements", section.id, group, known, pairs(len(known)) + 1))
    return tuple(one for one in found if one)


def of_ratings(
    instrument: Instrument, groups: Sequence[str], shown: Mapping[tuple[str, str], Score]
) -> tuple[Contrast, ...]:
    """Questions outside dimensions that are rated on one facet, as each group rates them.

    A page tells of one group a facet; all facets are one family.
    """
    facets: dict[str, list[str]] = {}
    for question in instrument.questions():
        if question.facet.release == "means" and question.section.score_facet is None:
            facets.setdefault(question.facet.id, []).append(question.key)
    by = {(f, g): _known(shown, keys, g) for f, keys in facets.items() for g in groups}
    comparisons = sum(max((pairs(len(by[f, g])) for g in groups), default=0) for f in facets)
    found = [_widest("ratings", f, g, known, comparisons) for (f, g), known in by.items()]
    return tuple(one for one in found if one)


def _known(
    shown: Mapping[tuple[str, str], Score], names: Sequence[str], group: str
) -> dict[str, Estimate]:
    return {name: e for name in names if (e := estimate(shown.get((name, group))))}


def leaves(
    scores: Sequence[Score],
    measure: str,
    group: str,
    within: Mapping[str, frozenset[str]],
    root: str,
) -> dict[str, Estimate]:
    """Units with a released mean and without a part that has one: no two count the same people.

    Parameters
    ----------
    scores
        Released scores of all units.
    measure, group
        Of which dimension, in which group.
    within
        Unit to itself and the units below it.
    root
        The whole organisation, which is none of them.
    """
    found = {
        s.unit: e
        for s in scores
        if s.measure == measure and s.group == group and s.unit != root and (e := estimate(s))
    }
    return {u: e for u, e in found.items() if not (within[u] - {u}) & found.keys()}


def of_units(
    instrument: Instrument,
    group: str,
    scores: Sequence[Score],
    within: Mapping[str, frozenset[str]],
    root: str,
) -> tuple[tuple[Contrast, ...], tuple[Between, ...]]:
    """Units on each dimension in one group: the furthest two, and whether they differ at all.

    Two units are named apart only where all of them, taken together, differ (one-way analysis of
    variance of the released means, Fisher 1925), and those two among all pairs do.  Parameters
    are those of `leaves`.
    """
    by = {s.id: leaves(scores, s.id, group, within, root) for s in instrument.dimensions}
    by = {id: units for id, units in by.items() if len(units) > 1}
    comparisons = sum(pairs(len(units)) for units in by.values())
    contrasts, between = [], []
    for id, units in by.items():
        one = variance_between(id, group, units, len(by))
        found = _widest("units", id, group, units, comparisons)
        assert found is not None
        between.append(one)
        sure = found.certainty if one.differ else Certainty.UNKNOWN
        contrasts.append(
            Contrast("units", id, group, found.high, found.low, found.difference, sure)
        )
    return tuple(contrasts), tuple(between)


def of_tiers(
    instrument: Instrument, tiers: Sequence[str], shown: Mapping[tuple[str, str], Score]
) -> tuple[Contrast, ...]:
    """Every two levels of the chain on each dimension, the surest and widest first."""
    by = {s.id: tiers_of(shown, s.id, tiers) for s in instrument.dimensions}
    comparisons = sum(pairs(len(known)) for known in by.values())
    found = []
    for id, known in by.items():
        some = [
            _widest("tiers", id, "", {a: known[a], b: known[b]}, comparisons)
            for a, b in combinations(known, 2)
        ]
        made = [one for one in some if one]
        made.sort(key=lambda c: (c.certainty is Certainty.UNKNOWN, -c.difference))
        found += made
    return tuple(found)


def tiers_of(
    shown: Mapping[tuple[str, str], Score], measure: str, tiers: Sequence[str]
) -> dict[str, Estimate]:
    """Levels of the leadership chain with a released mean of a dimension in the whole organisation."""
    return {t: e for t in tiers if (e := estimate(shown.get((measure, t))))}


def beside_the_whole(
    instrument: Instrument,
    group: str,
    scores: Sequence[Score],
    shown: Mapping[tuple[str, str], Score],
    root: str,
) -> tuple[tuple[Contrast, ...], dict[tuple[str, str], float]]:
    """Each unit beside the whole organisation that it is a part of, on each dimension.

    A part differs from its whole with variance s² (1/n − 1/N), and both are rounded.  Every unit
    has a page of its own.

    Parameters
    ----------
    group, scores, root
        As in `leaves`.
    shown
        Dimension and group to the released score in the whole organisation.

    Returns
    -------
    tuple of Contrast
    dict
        Unit and dimension to the half-width of the difference's interval.
    """
    found: list[Contrast] = []
    halves: dict[tuple[str, str], float] = {}
    for unit in dict.fromkeys(s.unit for s in scores if s.unit != root and s.group == group):
        rows = {
            s.measure: s
            for s in scores
            if s.unit == unit and s.group == group and estimate(s) is not None
        }
        known = {
            s.id: (here, whole)
            for s in instrument.dimensions
            if (here := estimate(rows.get(s.id)))
            and (whole := estimate(shown.get((s.id, group))))
            and here.n < whole.n
        }
        for id, (here, whole) in known.items():
            apart = signed(here.mean - whole.mean)
            variance = (here.se**2 - ROUNDING) * here.n
            se = (variance * (1 / here.n - 1 / whole.n) + 2 * ROUNDING) ** 0.5
            half = STEP + t_critical(each(PAGE, len(known)), freedom((here,))) * se
            # Never less than the whole's own band: a mark inside it does not lie apart.
            halves[unit, id] = max(half, half_band(shown[id, group], whole))
            sure = abs(apart) > halves[unit, id]
            high, low = (unit, root) if apart >= 0 else (root, unit)
            certain = Certainty.TENDS if sure and apart else Certainty.UNKNOWN
            found.append(Contrast("unit", id, group, high, low, abs(apart), certain))
    return tuple(found), halves


def half_band(score: Score, one: Estimate) -> float:
    """Half-width of the band that is drawn around a mean of the whole: as it is, or its interval."""
    return t_critical(0.05, one.df) * one.se if score.reach is None else score.reach
