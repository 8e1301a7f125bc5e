"""Findings: what the released numbers say, before it is put into words.

A finding names the numbers it rests on and nothing else; the narrative turns it into a
sentence, the action list into advice.  The rules are few and are written here as one function
each, so that every sentence of a report can be walked back to its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrkit.disclosure.released import ALL, Certainty, Gap, Released, Score
from hrkit.model.instrument import Instrument, Item, Section

__all__ = ["Extremes", "Finding", "extremes", "gaps_that_matter", "ranking", "silence", "strengths"]

#: A difference of half a point is worth a talk even where it cannot be told from chance.
WORTH_A_TALK = 0.5
#: A share of "don't know" from which it is a finding of its own.
MANY = 0.25


@dataclass(frozen=True, slots=True)
class Finding:
    """A dimension, what is found about it, and the released numbers that carry it."""

    kind: str
    section: Section
    scores: tuple[Score, ...] = ()
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Extremes:
    """The statements with the highest and lowest released mean in one group."""

    group: str
    best: tuple[Item, Score]
    worst: tuple[Item, Score]


def ranking(released: Released, instrument: Instrument, root: str) -> tuple[Finding, ...]:
    """Dimensions with a released total, highest first."""
    found = [
        Finding("rank", section, (score,))
        for section in instrument.dimensions
        if (score := released.score(section.id, ALL, root)).shown
    ]
    return tuple(sorted(found, key=lambda f: (-(f.scores[0].mean or 0), f.section.id)))


def strengths(
    released: Released, instrument: Instrument, root: str, count: int = 3
) -> tuple[Finding, ...]:
    """The highest dimensions, at most ``count`` and never more than the upper half."""
    ranked = ranking(released, instrument, root)
    return ranked[: min(count, (len(ranked) + 1) // 2)]


def gaps_that_matter(
    released: Released, instrument: Instrument, root: str, count: int = 3
) -> tuple[Finding, ...]:
    """The gaps that stand out from chance first, then those of half a point or more; largest first."""
    found = []
    for section in instrument.dimensions:
        gap = released.gap(section.id, root)
        if gap is None or not gap.shown or gap.difference is None:
            continue
        if gap.certainty is not Certainty.UNKNOWN or abs(gap.difference) >= WORTH_A_TALK:
            sides = tuple(released.score(section.id, g, root) for g in (gap.first, gap.second))
            found.append(Finding("gap", section, sides, gap))
    order = {Certainty.CLEAR: 0, Certainty.TENDS: 1, Certainty.UNKNOWN: 2}

    def key(finding: Finding) -> tuple[int, float, str]:
        assert finding.gap is not None and finding.gap.difference is not None
        return (order[finding.gap.certainty], -abs(finding.gap.difference), finding.section.id)

    return tuple(sorted(found, key=key)[:count])


def extremes(
    released: Released, instrument: Instrument, section: Section, group: str, root: str
) -> Extremes | None:
    """The best and worst statement of a dimension in one group, where they differ as printed."""
    found = [
        (item, score)
        for item in section.scored
        if (score := released.score(section.measure(item), group, root)).shown
        and score.mean is not None
    ]
    if len(found) < 2:
        return None
    best = max(found, key=lambda pair: pair[1].mean or 0)
    worst = min(found, key=lambda pair: pair[1].mean or 0)
    return Extremes(group, best, worst) if best[1].mean != worst[1].mean else None


def silence(
    released: Released, section: Section, groups: Sequence[str], root: str
) -> Finding | None:
    """The group with the largest share of "don't know" on a dimension, where it is large."""
    scores = [released.score(section.id, group, root) for group in groups]
    many = [s for s in scores if s.shown and (s.dont_know or 0) >= MANY]
    if not many:
        return None
    return Finding("silence", section, (max(many, key=lambda s: s.dont_know or 0),))
