"""Everything that follows from the released means of a wave, made at once and in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.disclosure.derived import clusters, contrasts, decisions, gaps, levels, reach, totals
from hrkit.disclosure.released import Ballot, Band, Between, Contrast, Gap, Group, Priority, Score
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument

__all__ = ["Derived", "derive", "scales_of"]


@dataclass(frozen=True)
class Derived:
    """Scores completed, and the tables that rest on them."""

    scores: tuple[Score, ...]
    gaps: tuple[Gap, ...]
    bands: tuple[Band, ...]
    priorities: tuple[Priority, ...]
    contrasts: tuple[Contrast, ...]
    between: tuple[Between, ...]
    strengths: tuple[str, ...]


def derive(
    scores: Sequence[Score],
    engagement: Engagement,
    groups: Sequence[Group],
    ballots: Sequence[Ballot] = (),
) -> Derived:
    """What follows from released means, and from what was chosen as it is released.

    Parameters
    ----------
    scores
        Of every measure, unit and group; a total that may be shown has ``why`` SHOWN and no
        mean yet.
    engagement, groups
        Whose they are, and as what groups they are reported.
    ballots
        How many of each group chose each dimension, as it is released.
    """
    instrument, root = engagement.instrument, engagement.root.id
    sides = gaps.sides_of(instrument, groups)
    first = sides[0] if sides else groups[0].id if groups else ""
    scales = scales_of(instrument, scores)
    within = {unit.id: frozenset(engagement.within(unit.id)) for unit in engagement.units}
    scores = clusters.with_units(scores, instrument, groups, scales, within, root)
    scores = totals.totals(scores, instrument, groups, scales, root)
    whole = _whole(scores, root)
    found = gaps.gaps(instrument, groups, whole, root)
    scores = totals.divided(scores, found, scales, root)
    order = [*sides, *(g.id for g in groups if g.id not in sides)]
    if len(sides) == 2:
        scores = reach.with_reach(scores, _families(instrument, found), order, root)
    whole = _whole(scores, root)
    dimensions = {gap.measure: gap for gap in found}
    units, between = contrasts.of_units(instrument, first, scores, within, root)
    tiers = list(dict.fromkeys(s.group for s in scores if "/" in s.group and s.unit == root))
    head = next((g.id for g in groups if instrument.people.head in g.perspectives), "")
    chain = [*([head] if head and tiers else []), *tiers]
    beside, halves = contrasts.beside_the_whole(instrument, first, scores, whole, root)
    names = [section.id for section in instrument.dimensions]
    scores = reach.with_bands(scores, first, halves, chain, names, root)
    made = (
        *contrasts.of_measures(instrument, list(sides) or [g.id for g in groups], whole),
        *contrasts.of_ratings(instrument, [g.id for g in groups], whole),
        *units,
        *contrasts.of_tiers(instrument, chain, whole),
        *beside,
    )
    return Derived(
        scores,
        found,
        levels.bands(instrument, groups, sides, whole, scales) if instrument.has_grid else (),
        decisions.decisions(engagement, groups, sides, whole, ballots),
        made,
        between,
        levels.strengths(instrument, groups, sides, whole, dimensions, scales),
    )


def scales_of(instrument: Instrument, scores: Sequence[Score]) -> dict[str, tuple[float, float]]:
    """Lowest and highest value of every measure that has a mean."""
    found: dict[str, tuple[float, float]] = {}
    for section in instrument.dimensions:
        assert section.score_facet is not None
        ends = (float(section.score_facet.scale.low), float(section.score_facet.scale.high))
        found[section.id] = ends
        found.setdefault("", ends)
    for question in instrument.questions():
        if question.facet.release == "means":
            scale = question.facet.scale
            found[question.key] = (float(scale.low), float(scale.high))
    # What is left are pillars: they are made of the dimensions' statements.
    return {s.measure: found.get(s.measure, found.get("", (1.0, 5.0))) for s in scores} | found


def _whole(scores: Sequence[Score], root: str) -> Mapping[tuple[str, str], Score]:
    return {(s.measure, s.group): s for s in scores if s.unit == root}


def _families(instrument: Instrument, found: Sequence[Gap]) -> dict[str, int]:
    """Measure to the number of comparisons of two sides that stand on a page with it."""
    families = {gap.measure: sum(g.shown for g in found) for gap in found}
    for section in instrument.dimensions:
        families.setdefault(section.id, len(instrument.dimensions))
        families |= {section.measure(item): len(section.scored) for item in section.scored}
    return families | {id: len(instrument.pillars) for id in instrument.pillars}
