"""What is compared: two sides, several means of a kind, units, two waves; and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hrkit.disclosure.released.figures import ALL
from hrkit.disclosure.why import Why

__all__ = [
    "Between",
    "Certainty",
    "Change",
    "ChosenChange",
    "Contrast",
    "Gap",
    "Priority",
    "Uncompared",
]


class Certainty(StrEnum):
    """How sure a difference is; the narrative's wording follows it."""

    CLEAR = "clear"
    TENDS = "tends"
    UNKNOWN = "unknown"


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
class Priority:
    """One line of the decision list: what to take up, and how firmly it stands where it stands.

    Attributes
    ----------
    importance
        As rated by ``group``; None where it was not asked or is not shown.
    score, distance
        Of the side that experiences it and stands lower, and how far below ``target`` that is;
        both from printed figures.
    rank
        From 1, every dimension with a score once.
    first
        Share of draws in which it is among the first three that are below their target.
    chosen
        Share of ``group`` who chose it, where importance is chosen; of all groups shown where that
        group's is not; None where nothing of it is shown.
    """

    measure: str
    importance: float | None
    score: float
    distance: float
    rank: int
    first: float | None = None
    group: str = ALL
    target: float | None = None
    chosen: float | None = None

    @property
    def weight(self) -> float | None:
        """What its distance is multiplied by: its importance as it was asked; None where all weigh the same."""
        return self.importance if self.chosen is None else self.chosen


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
class ChosenChange:
    """How many more of a group chose an option of a list than in an earlier wave.

    Attributes
    ----------
    measure, group, option
        The question, who, and what they chose.
    before, now, difference
        Printed shares of the people (0-1), and now minus before.
    detectable
        The smallest change, either way, that could have been named; None where none could.
    """

    measure: str
    group: str
    since: str
    option: str
    before: float
    now: float
    difference: float
    detectable: float | None
    certainty: Certainty


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
