"""Figures about one group: a mean, a level, shares, a number, words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hrkit.disclosure.why import Why

__all__ = [
    "ALL",
    "Agreement",
    "Ballot",
    "Band",
    "Comment",
    "Count",
    "Distribution",
    "Group",
    "Reliability",
    "Score",
    "Share",
    "Turnout",
    "tidy",
]

#: Group id of the mean over perspectives.
ALL = "all"


def tidy(value: float, decimals: int = 1) -> float:
    """Round as printed: halves up, a half that binary misses by a hair included."""
    return math.floor(float(value) * 10**decimals + 0.5 + 1e-9) / 10**decimals


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
    told
        What is said of ``n``, "at least so many", where the number itself would count a small
        perspective that is reported with another (`hrkit.disclosure.derived.told`); else None.  Whatever is
        made of a number of answers is made of this one then.
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
    told: int | None = None

    @property
    def behind(self) -> int | None:
        """The number of answers that whatever is printed rests on."""
        return self.n if self.told is None else self.told

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
    """Who answered.  ``answered`` is None for one to four people; ``invited`` where it is known.

    Where another questionnaire of the engagement prints a number beside which this one would count a
    few, ``told`` is what is said instead, "at least so many" (`hrkit.disclosure.kept.elsewhere`).  What
    is printed is read of `Released.answering`.
    """

    unit: str
    group: str
    answered: int | None
    invited: int | None = None
    told: int | None = None


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well the statements of a dimension hang together on this client's data, from 100 respondents.

    Attributes
    ----------
    n
        Who answered all statements; of everybody shown whose number is told (`ALL`), or of one group.
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
        Categories that few chose, and their joint share; of what is made of two ratings the one
        of fewer than three people first (`hrkit.disclosure.chosen.joint`).
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
class Ballot:
    """How many of one group chose each of a list, or why that is not shown; each chose as many, or up to as many.

    Attributes
    ----------
    measure, group
        Question key; a `Group` id or `ALL` (the mean of the shown groups' printed shares).
    n
        How many chose; None where not shown.
    values, shares
        Options that are given one by one, and the share of the people (0-1, whole per cent) who
        chose each.
    together, rest
        Options that few chose, and how many choices each person on average gave to all of them
        together: it may be above 1, since one person may have chosen several of them; None where
        one could choose fewer, so that no figure of theirs is told.
    """

    measure: str
    group: str
    why: Why
    n: int | None = None
    values: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    together: tuple[str, ...] = ()
    rest: float | None = 0.0

    @property
    def shown(self) -> bool:
        """Whether there are shares."""
        return self.why is Why.SHOWN

    def share(self, option: str) -> float | None:
        """The share of the people who chose an option; of one given together, an equal part of theirs."""
        if option in self.values:
            return self.shares[self.values.index(option)]
        joint = option in self.together and self.rest is not None
        return (self.rest or 0.0) / len(self.together) if joint else None


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one group answered a question of which no more is shown; None below the threshold."""

    measure: str
    group: str
    n: int | None
