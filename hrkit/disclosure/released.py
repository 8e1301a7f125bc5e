"""What may be shown: the only tables the rest of the package is ever given.

Everything a report prints — a score, a gap, a share, a sentence, a cell of a spreadsheet —
is read from a `Released` value.  It holds rounded numbers about groups, or the reason why a
number is not there; it holds no respondent and no answer.  Charts are drawn from these same
rounded values.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from hrkit.disclosure.released_quality import Language, Sign, Silence, Without
from hrkit.disclosure.why import Why

__all__ = [
    "ALL",
    "Agreement",
    "Band",
    "Between",
    "Certainty",
    "Change",
    "Comment",
    "Contrast",
    "Count",
    "Distribution",
    "Gap",
    "Group",
    "Priority",
    "Released",
    "Reliability",
    "Score",
    "Share",
    "Turnout",
    "Uncompared",
    "Why",
    "tidy",
]

#: Group id of the mean over perspectives.
ALL = "all"


def tidy(value: float, decimals: int = 1) -> float:
    """Round as printed: halves up, a half that binary misses by a hair included."""
    return math.floor(float(value) * 10**decimals + 0.5 + 1e-9) / 10**decimals


class Certainty(StrEnum):
    """How sure a difference is; the narrative's wording follows it."""

    CLEAR = "clear"
    TENDS = "tends"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Group:
    """Perspectives that are reported as one: HR and pay partners where neither is large enough alone."""

    id: str
    perspectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A mean, or the reason why there is none.

    Attributes
    ----------
    measure
        Dimension id, or a question's key.
    unit, group
        Of whom; ``group`` is a `Group` id or `ALL` (the mean of the released groups' means).
    n
        Respondents with a valid answer; None where the mean is not shown.
    mean, low, high
        Rounded to one decimal, on the scale of the answers; ``low`` and ``high`` are the
        95 % interval.
    dont_know
        Share of ways out ("don't know", "not relevant") among the answers asked (0–1); None
        where not shown.  Which of the two: see `Silence`.
    everyone
        Whether everyone invited has answered.  They have an interval all the same.
    spread
        Standard deviation that the uncertainty rests on, to one decimal: the group's own where
        it may be shown, the usual one elsewhere; None for a mean of means.
    reach
        Half-width of the band that is drawn around the mean beside other groups; see
        `hrkit.disclosure.derived.reach.with_reach`.
    units
        Where units differ, how many the uncertainty of the whole rests on: ``spread`` then counts
        units as well as people (`hrkit.disclosure.derived.clusters`).
    """

    measure: str
    unit: str
    group: str
    why: Why
    n: int | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    dont_know: float | None = None
    everyone: bool = False
    spread: float | None = None
    reach: float | None = None
    units: int | None = None

    @property
    def shown(self) -> bool:
        """Whether there is a number."""
        return self.why is Why.SHOWN


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference ``second`` − ``first`` on one measure in one unit.

    The interval is the one that holds for all gaps of the report together; it leaves out zero
    exactly where ``certainty`` says more than that we cannot tell.

    ``g`` and ``superiority`` are of releases that were kept when they were still given.
    """

    measure: str
    unit: str
    first: str
    second: str
    why: Why
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    certainty: Certainty = Certainty.UNKNOWN
    g: float | None = None
    superiority: float | None = None

    @property
    def shown(self) -> bool:
        """Whether there is a number."""
        return self.why is Why.SHOWN


@dataclass(frozen=True, slots=True)
class Band:
    """The maturity level of a dimension as a band: of one side, or of the mean over perspectives.

    ``low`` and ``high`` are levels (1–5), equal when the interval stays inside one level.
    ``held_back`` and ``by`` are of releases before the sides had levels of their own.
    """

    measure: str
    why: Why
    low: int | None = None
    high: int | None = None
    held_back: bool = False
    by: str = ""
    group: str = ALL

    @property
    def shown(self) -> bool:
        """Whether there is a band."""
        return self.why is Why.SHOWN


@dataclass(frozen=True, slots=True)
class Distribution:
    """Shares of the answers to one question in one group, from ten answers.

    ``shares`` follow the scale's values (they add to 1 before rounding); ``dont_know`` is the
    share among all who were asked.
    """

    measure: str
    group: str
    n: int
    shares: tuple[float, ...]
    dont_know: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far answers lie from their group's mean: average deviation, from ten answers (Burke & Dunlap 2002)."""

    measure: str
    group: str
    deviation: float


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who answered.  ``answered`` is None for one to four people; ``invited`` where it is known."""

    unit: str
    group: str
    answered: int | None
    invited: int | None = None


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well the statements of a dimension hang together on this client's data, from 100 respondents.

    Attributes
    ----------
    n
        Who answered all statements; of everybody shown (`ALL`), or of one group.
    alpha, low, high
        Cronbach's α with Feldt's interval.
    omega
        McDonald's ω; None below three statements.
    group
        Whose answers.
    rest
        Statement and its correlation with the mean of the others.
    cfi, srmr
        How well one factor fits; None below four statements, where it cannot but fit.
    """

    measure: str
    n: int
    alpha: float
    low: float
    high: float
    omega: float | None = None
    group: str = ALL
    rest: tuple[tuple[str, float], ...] = ()
    cfi: float | None = None
    srmr: float | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """One line of the decision list: what to take up, and how firmly it stands where it stands.

    Attributes
    ----------
    importance
        As stated by ``group``; None where it was not asked or is not shown.
    score, distance
        Of the side that experiences it and stands lower, and how far below ``target`` that is;
        both from printed figures.
    rank
        From 1, every dimension with a score once.
    first
        Share of draws in which it is among the first three that are below their target.
    """

    measure: str
    importance: float | None
    score: float
    distance: float
    rank: int
    first: float | None = None
    group: str = ALL
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two of several means of a kind, the higher first, and how sure it is that they differ.

    Attributes
    ----------
    kind
        ``dimensions``, ``statements`` or ``pillars`` of one group, its ``ratings`` on one facet;
        ``units`` or ``tiers`` on one
        dimension; ``unit`` beside the whole organisation.
    measure
        The dimension, or the facet; empty for ``dimensions`` and ``pillars``.
    group
        Whose means; empty for ``tiers``.
    high, low
        What is compared: ids of measures, units or tiers.
    """

    kind: str
    measure: str
    group: str
    high: str
    low: str
    difference: float
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Between:
    """How far units differ on a dimension in one group, from their released means.

    Attributes
    ----------
    units
        How many were compared; no two of them count the same people.
    differ
        Whether they differ more than chance makes them, over all dimensions together.
    icc1, icc2
        Share of the variance that lies between units, and reliability of their means; from ten.
    shrunken
        Unit and its mean drawn towards that of all; from eight units.
    """

    measure: str
    group: str
    units: int
    differ: bool
    icc1: float | None = None
    icc2: float | None = None
    shrunken: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Difference to an earlier wave over the perspectives released in both; ``detectable`` is the smallest that could be told from chance.

    ``linked`` people answered both times under the same code, and ``together`` is how far their
    two answers go together (correlation, rounded down to a tenth); None where nobody is linked
    or that may not be shown, and the waves are compared as different people.
    """

    measure: str
    group: str
    since: str
    before: float
    now: float
    difference: float
    low: float
    high: float
    detectable: float
    certainty: Certainty
    linked: int | None = None
    together: float | None = None


@dataclass(frozen=True, slots=True)
class Uncompared:
    """What cannot be compared with the earlier wave, or was not there in both.

    ``kind`` is ``dimension``, ``perspective`` or ``unit``, or ``wave`` where nothing of it can be
    compared; ``name`` is that of a unit, as the wave it was in calls it.
    """

    since: str
    kind: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """An open answer that a person has passed for print; the group it comes from has ten or more."""

    question: str
    theme: str
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """How the answers to a question by choice are shared out in one group, or why that is not shown.

    Attributes
    ----------
    measure, group
        Question key; a `Group` id or `ALL` (the mean of the shown groups' printed shares).
    n
        How many answered, "don't know" counted; None where not shown.
    values, shares
        Categories that are given one by one, and the share (0-1, whole per cent) of each;
        "don't know" is `hrkit.model.instrument.DONT_KNOW`.
    together, rest
        Categories that few chose, and their joint share.
    """

    measure: str
    group: str
    why: Why
    n: int | None = None
    values: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    together: tuple[str, ...] = ()
    rest: float = 0.0

    @property
    def shown(self) -> bool:
        """Whether there are shares."""
        return self.why is Why.SHOWN


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one group answered a question of which no more is shown; None below the threshold."""

    measure: str
    group: str
    n: int | None


@dataclass(frozen=True)
class Released:
    """Everything that may be shown of one wave of one engagement.

    Attributes
    ----------
    wave, draft
        The wave, and whether it is still open: a draft says so on every page.
    frozen
        The day on which the wave was frozen.
    state
        ``preview`` (looked at, recorded nowhere, not to be handed on), ``draft`` (issued, and
        recorded, while the wave is open) or ``final`` (the wave is frozen).
    issued, day
        Which version of the wave this is, from 1, and the day it was first issued; 0 and None for
        what was not issued.
    settings
        Of the engagement, as they were on the day the wave was frozen; None where not kept.
    threshold, details
        The thresholds that were applied.
    waiting
        People whose every late or changed answer is left out, since fewer than the threshold came
        after a version was shown.  Not for print: it counts a few.
    uncompared
        What the changes leave out, because it was not the same in both waves.
    strengths
        Dimensions that both sides surely rate high.
    silences
        Which ways out were taken, where a scale offers two.
    languages
        How many answered in which language; empty where it is known of nobody.
    signs, without
        How many rows bear signs of careless answering, and means without them.
    levels_hold
        Whether no group's level would be another without them; None where it is not told.
    settings
        What was kept of the engagement when the wave was frozen (`hrkit.model.settings`).
    """

    engagement: str
    wave: str
    instrument: str
    version: str
    draft: bool
    threshold: int
    details: int
    groups: tuple[Group, ...]
    scores: tuple[Score, ...]
    gaps: tuple[Gap, ...] = ()
    bands: tuple[Band, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    turnout: tuple[Turnout, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    priorities: tuple[Priority, ...] = ()
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    shares: tuple[Share, ...] = ()
    counts: tuple[Count, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    between: tuple[Between, ...] = ()
    strengths: tuple[str, ...] = ()
    frozen: dt.date | None = None
    waiting: int = 0
    uncompared: tuple[Uncompared, ...] = ()
    silences: tuple[Silence, ...] = ()
    languages: tuple[Language, ...] = ()
    signs: tuple[Sign, ...] = ()
    without: tuple[Without, ...] = ()
    levels_hold: bool | None = None
    state: str = "preview"
    issued: int = 0
    day: dt.date | None = None
    settings: Mapping[str, Any] | None = None

    @cached_property
    def _scores(self) -> dict[tuple[str, str, str], Score]:
        return {(s.measure, s.unit, s.group): s for s in self.scores}

    @cached_property
    def _gaps(self) -> dict[tuple[str, str], Gap]:
        return {(g.measure, g.unit): g for g in self.gaps}

    @cached_property
    def _bands(self) -> dict[tuple[str, str], Band]:
        return {(band.measure, band.group): band for band in self.bands}

    @cached_property
    def _contrasts(self) -> dict[tuple[str, str, str], list[Contrast]]:
        found: dict[tuple[str, str, str], list[Contrast]] = {}
        for one in self.contrasts:
            found.setdefault((one.kind, one.measure, one.group), []).append(one)
        return found

    @cached_property
    def _distributions(self) -> dict[tuple[str, str], Distribution]:
        return {(d.measure, d.group): d for d in self.distributions}

    @property
    def any_figure(self) -> bool:
        """Whether there is any mean or share at all."""
        return any(score.shown for score in self.scores) or any(row.shown for row in self.shares)

    @cached_property
    def _silences(self) -> dict[tuple[str, str], Silence]:
        return {(s.measure, s.group): s for s in self.silences}

    def silence(self, measure: str, group: str) -> Silence:
        """Which ways out a group took on a statement, or a row that says nothing is told."""
        return self._silences.get((measure, group), Silence(measure, group, Why.NOBODY))

    @cached_property
    def _shares(self) -> dict[tuple[str, str], Share]:
        return {(s.measure, s.group): s for s in self.shares}

    def share(self, measure: str, group: str) -> Share:
        """The shares of a question in a group, or a row that says nobody was asked."""
        return self._shares.get((measure, group), Share(measure, group, Why.NOBODY))

    def score(self, measure: str, group: str, unit: str) -> Score:
        """The score, or one that says nobody was asked."""
        missing = Score(measure, unit, group, Why.NOBODY)
        return self._scores.get((measure, unit, group), missing)

    def gap(self, measure: str, unit: str) -> Gap | None:
        """The gap between the two sides on a measure, if the instrument has sides."""
        return self._gaps.get((measure, unit))

    def band(self, measure: str, group: str = ALL) -> Band:
        """The level band of a dimension, of one group or of the mean over perspectives."""
        return self._bands.get((measure, group), Band(measure, Why.NOBODY, group=group))

    def contrast(self, kind: str, measure: str = "", group: str = "") -> Contrast | None:
        """The furthest two of a kind; see `Contrast`."""
        return next(iter(self._contrasts.get((kind, measure, group), ())), None)

    def contrasted(self, kind: str, measure: str = "", group: str = "") -> tuple[Contrast, ...]:
        """All comparisons of a kind that were made and kept."""
        return tuple(self._contrasts.get((kind, measure, group), ()))

    def distribution(self, measure: str, group: str) -> Distribution | None:
        """Shares of answers, where they may be shown."""
        return self._distributions.get((measure, group))

    def group(self, perspective: str) -> Group | None:
        """The group in which a perspective is reported."""
        return next((g for g in self.groups if perspective in g.perspectives), None)
