"""What a report may claim, sentence by sentence: the rule, the family, and what it is held against.

A *claim* says more than the figures beside it: that two means differ, that a dimension is high, that
an order is firm.  Each is one entry of `CLAIMS`, with the texts that print it, the rule that lets it
be printed, the comparisons it shares its chance of error with, and its *null*: the world in which it
would be a false alarm.  `hrkit.report.conclusions` says which claims follow from released tables;
`make simulate` counts them in organisations without any effect.  Whatever else a section prints
repeats a figure or an answer, names something, or says that we cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

__all__ = ["CLAIMS", "FIRM", "OPEN", "Claim", "claimed"]

#: Share of draws from which a dimension is firmly among the first three; below `OPEN` nothing is
#: said of it.
FIRM, OPEN = 0.97, 0.2


@dataclass(frozen=True, slots=True)
class Claim:
    """One kind of sentence that says more than a figure.

    Attributes
    ----------
    id
        Name in the tables.
    page
        Section of the report, or ``unit`` for a unit's sheet.
    says
        What a reader takes from it.
    rule
        When it is printed.
    family
        Over what it holds its rate.
    null
        Where it would be false, as it is simulated.
    texts
        Keys of the texts that print it; ``*`` stands for anything.
    """

    id: str
    page: str
    says: str
    rule: str
    family: str
    null: str
    texts: tuple[str, ...]


_PAIRS = "two-sided 5 % over all pairs that could have been named (Šidák)"
_EQUAL = "all means equal"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        "gap.tends",
        "gaps",
        "the two sides differ on this dimension",
        "the simultaneous interval leaves out zero",
        "all dimensions: 5 % of pages",
        "both sides equal on every dimension",
        (
            "report.gaps.tends.*",
            "report.certainty.tends",
            "report.summary.head.gap.tends",
            "report.summary.head.strength_gap.tends",
            "report.summary.more",
            "report.title.tends",
            "report.profile.differ",
            "report.profile.differ_more",
            "report.scorecard.differ",
            "sheets.conversation.lead",
            "sheets.employees.differ_line",
        ),
    ),
    Claim(
        "gap.clear",
        "gaps",
        "the two sides differ on this dimension, whatever else is looked at",
        "as gap.tends at 2.5 %, and ten answers a side",
        "all dimensions: 2.5 % of reports; with change.clear 5 %",
        "both sides equal on every dimension",
        (
            "report.gaps.clear.*",
            "report.certainty.clear",
            "report.summary.head.gap.clear",
            "report.summary.head.strength_gap.clear",
            "report.title.clear",
        ),
    ),
    Claim(
        "gap.apart",
        "summary",
        "the two sides differ, and their means lie a level or more apart",
        "gap.tends, and the printed difference is at least 1.0",
        "as gap.tends",
        "both sides equal on every dimension",
        (
            "report.summary.head.divided",
            "report.title.apart",
            "report.dimension.divided",
            "report.why.divided",
            "report.why.short.divided",
            "report.why.sentence.divided",
        ),
    ),
    Claim(
        "strength",
        "summary",
        "both sides rate this dimension at level 4 or above",
        "each side's one-sided lower bound lies above 3.5, and no difference of theirs is told",
        "all dimensions: 5 % of pages",
        "one side at 3.5 on every dimension, the other far above",
        (
            "report.summary.head.strength",
            "report.summary.head.strength_one",
            "report.summary.head.strength_gap.*",
            "sheets.employees.works_both",
            "sheets.employees.works_one",
            "report.summary.more_strengths",
            "report.summary.carries_differ",
            "sheets.employees.works_differ",
            "report.title.strength",
            "report.title.strength_one",
        ),
    ),
    Claim(
        "dimensions",
        "profile",
        "one dimension stands higher than another, seen from a side",
        _PAIRS,
        "all pairs of dimensions, both sides: 5 % of pages",
        _EQUAL,
        ("report.profile.lead_spread", "report.summary.head.spread"),
    ),
    Claim(
        "statements",
        "dimensions",
        "one statement of a dimension stands higher than another",
        _PAIRS,
        "all pairs of a dimension's statements and its gap: 5 % of pages",
        _EQUAL,
        ("report.dimension.extremes",),
    ),
    Claim(
        "pillars",
        "pillars",
        "one pillar stands higher than another, seen from a side",
        _PAIRS,
        "all pairs of pillars, both sides: 5 % of pages",
        _EQUAL,
        ("sections.pillars.lead",),
    ),
    Claim(
        "ratings",
        "summary",
        "of what was rated outside dimensions, one thing stands higher than another",
        _PAIRS,
        "all pairs of each facet, one group a facet: 5 % of pages",
        "as dimensions, whose rule it is; not simulated by itself",
        ("general.overview.apart",),
    ),
    Claim(
        "units",
        "units",
        "two units differ on a dimension",
        "units differ in an analysis of variance, and these two do; both at 5 %",
        "all pairs of units, all dimensions: 5 % of pages",
        _EQUAL,
        ("sections.units.apart", "sections.units.more"),
    ),
    Claim(
        "clusters",
        "units",
        "units differ on a dimension, whichever they are",
        "ten units or more differ in an analysis of variance",
        "all dimensions: 5 % of pages",
        _EQUAL,
        ("sections.units.clusters", "report.method.clusters"),
    ),
    Claim(
        "unit",
        "unit",
        "this unit stands higher, or lower, than the whole on a dimension",
        "the difference leaves its simultaneous interval; a part beside its whole",
        "all dimensions of a unit: 5 % of sheets",
        "the unit like all others",
        ("sheets.unit.higher", "sheets.unit.lower", "sheets.unit.line"),
    ),
    Claim(
        "tiers",
        "chain",
        "two levels of the chain differ on a dimension",
        _PAIRS,
        "all pairs of levels, all dimensions: 5 % of pages",
        _EQUAL,
        (
            "sections.chain.lower",
            "sections.chain.higher",
            "sections.chain.apart.tends",
            "sections.chain.more",
        ),
    ),
    Claim(
        "change.tends",
        "change",
        "a dimension has changed, seen from a group",
        "the simultaneous interval of the difference of two waves leaves out zero",
        "all dimensions, all groups and the total: 5 % of pages",
        "two waves of other people who think alike",
        (
            "sections.change.up.tends",
            "sections.change.down.tends",
            "sections.change.lead.some",
            "sections.change.certainty.tends",
            "report.certainty.tends",
        ),
    ),
    Claim(
        "change.clear",
        "change",
        "a dimension has changed, whatever else is looked at",
        "as change.tends at 2.5 %, and ten answers in each wave",
        "all dimensions, all groups and the total: 2.5 % of reports; with gap.clear 5 %",
        "two waves of other people who think alike",
        (
            "sections.change.up.clear",
            "sections.change.down.clear",
            "sections.change.certainty.clear",
            "report.certainty.clear",
        ),
    ),
    Claim(
        "chosen",
        "change",
        "a dimension is chosen more, or less, than in the earlier wave, seen from a side",
        "Fisher's exact test of the two printed shares",
        "all options of both sides: 5 % of pages",
        "two waves of other people who choose alike",
        ("sections.change.chosen.some", "report.certainty.tends"),
    ),
    Claim(
        "firm",
        "importance",
        "a dimension belongs among the first three",
        f"it is so in at least {FIRM:.0%} of draws from the figures' uncertainty",
        "every dimension on the page: 5 % of pages",
        "every dimension as important and as far from its target",
        ("sections.importance.firm",),
    ),
    Claim(
        "place",
        "benchmark",
        "this organisation stands higher, or lower, than the others of its portfolio, seen from a side",
        "the simultaneous interval of the difference from the others' mean leaves out zero",
        "all dimensions, both sides: 5 % of pages",
        "this organisation where the others have their middle, however far they lie apart",
        (
            "benchmark.page.higher",
            "benchmark.page.lower",
            "benchmark.page.word.higher",
            "benchmark.page.word.lower",
        ),
    ),
    Claim(
        "portfolio.apart",
        "portfolio",
        "the organisations of a portfolio differ on a dimension, whichever they are",
        "an analysis of variance",
        "all dimensions, both sides: 5 % of the consultant's reports",
        _EQUAL,
        ("benchmark.apart.some", "benchmark.apart.sure"),
    ),
    Claim(
        "portfolio.standing",
        "portfolio",
        "an organisation stands higher, or lower, than the others",
        "organisations differ in an analysis of variance, and this one from the others' mean",
        "all organisations, all dimensions of a side: 5 % of pages",
        _EQUAL,
        ("benchmark.bands.lead", "benchmark.bands.higher", "benchmark.bands.lower"),
    ),
    Claim(
        "level",
        "dimensions",
        "a side's level is one of those marked",
        "levels that the side's 95 % interval touches",
        "each level by itself, as an interval",
        "coverage: the true level is among those marked",
        ("report.dimension.level",),
    ),
    Claim(
        "care",
        "quality",
        "some rows look as if the statements had not been read",
        "five rows or more bear a sign",
        "all rows and all signs: 5 % of pages",
        "everybody reads what they answer",
        ("response.care.lead", "response.care.lead_count", "response.care.kind.*"),
    ),
)


def claimed(key: str) -> tuple[str, ...]:
    """Ids of the claims that a text prints; none for one that claims nothing."""
    return tuple(c.id for c in CLAIMS if any(fnmatchcase(key, one) for one in c.texts))
