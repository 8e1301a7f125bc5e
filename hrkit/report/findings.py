"""Findings: what the released numbers say, before it is put into words.

A finding names the numbers it rests on and nothing else; the narrative turns it into a
sentence, the action list into advice.  Whether a difference is one is decided in
`hrkit.disclosure.derived`; here it is chosen what is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrkit.disclosure.released import ALL, Certainty, Contrast, Gap, Priority, Released, Score, Why
from hrkit.model.instrument import Instrument, Section

__all__ = [
    "Finding",
    "divided",
    "gaps_that_matter",
    "named_apart",
    "silence",
    "strengths",
    "to_take_up",
    "with_figures",
]

#: A share of "don't know" from which it is a finding of its own.
MANY = 0.25


@dataclass(frozen=True, slots=True)
class Finding:
    """A dimension, what is found about it, and the released numbers that carry it."""

    kind: str
    section: Section
    scores: tuple[Score, ...] = ()
    gap: Gap | None = None


def with_figures(released: Released, instrument: Instrument, root: str) -> tuple[Section, ...]:
    """Dimensions of which any group has a mean, in the instrument's order."""
    return tuple(
        section
        for section in instrument.dimensions
        if any(released.score(section.id, g.id, root).shown for g in released.groups)
    )


def strengths(
    released: Released, instrument: Instrument, root: str, count: int | None = 3
) -> tuple[Finding, ...]:
    """Dimensions that both sides surely rate high, highest first; see `derived.levels`.

    One on which a difference is told is none here: no page says of the same dimension that it
    carries and that it divides.
    """
    told = {finding.section.id for finding in gaps_that_matter(released, instrument, root)}
    by = {section.id: section for section in instrument.dimensions if section.id not in told}
    return tuple(
        Finding("strength", by[id], _sides(released, instrument, id, root))
        for id in [id for id in released.strengths if id in by][:count]
    )


def _sides(
    released: Released, instrument: Instrument, measure: str, root: str
) -> tuple[Score, ...]:
    """The two sides' shown scores; every group's where there are no sides."""
    found = [released.group(side) for side in instrument.sides] or list(released.groups)
    ids = dict.fromkeys(group.id for group in found if group)
    return tuple(s for id in ids if (s := released.score(measure, id, root)).shown)


def gaps_that_matter(
    released: Released, instrument: Instrument, root: str, count: int | None = None
) -> tuple[Finding, ...]:
    """The gaps that stand out from chance: clear ones first, then the largest."""
    found = []
    for section in instrument.dimensions:
        gap = released.gap(section.id, root)
        if gap is None or not gap.shown or gap.certainty is Certainty.UNKNOWN:
            continue
        sides = tuple(released.score(section.id, g, root) for g in (gap.first, gap.second))
        found.append(Finding("gap", section, sides, gap))

    def key(finding: Finding) -> tuple[bool, float, str]:
        assert finding.gap is not None and finding.gap.difference is not None
        clear = finding.gap.certainty is Certainty.CLEAR
        return (not clear, -abs(finding.gap.difference), finding.section.id)

    return tuple(sorted(found, key=key)[:count])


def divided(released: Released, instrument: Instrument, root: str) -> tuple[Finding, ...]:
    """Dimensions on which the sides surely lie a level or more apart, furthest first."""
    return tuple(
        sorted(
            (
                finding
                for finding in gaps_that_matter(released, instrument, root)
                if released.score(finding.section.id, ALL, root).why is Why.DIVIDED
            ),
            key=lambda f: -abs(f.gap.difference or 0) if f.gap else 0.0,
        )
    )


def to_take_up(released: Released, count: int | None = None) -> tuple[Priority, ...]:
    """The decision list: what is below its target, in the one order that every page reads."""
    found = [p for p in released.priorities if p.distance > 0]
    return tuple(sorted(found, key=lambda p: p.rank)[:count])


def named_apart(released: Released, kind: str, measure: str, group: str) -> Contrast | None:
    """The furthest two of a kind in one group, if more than noise sets them apart."""
    found = released.contrast(kind, measure, group)
    return found if found and found.certainty is not Certainty.UNKNOWN else None


def silence(
    released: Released, section: Section, groups: Sequence[str], root: str
) -> Finding | None:
    """The group with the largest share of "don't know" on a dimension, where it is large."""
    scores = [released.score(section.id, group, root) for group in groups]
    many = [s for s in scores if s.shown and (s.dont_know or 0) >= MANY]
    if not many:
        return None
    return Finding("silence", section, (max(many, key=lambda s: s.dont_know or 0),))
