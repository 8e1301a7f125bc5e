"""One frame for everything that is uncertain in a report.

What an interval is about: people like these on an ordinary day, answering being voluntary.  The
group in front of us is one of those that could have answered; that everybody in it did makes no
figure certain, since they might feel otherwise next month.  So there is no finite population
correction, and a group that answered to the last person has an interval like any other.

Every number is made of what is released of a group: the printed mean, the number of answers, and
a spread to one decimal.  A printed mean is up to half a tenth off the mean behind it; from some
fifty answers on that counts beside the error of sampling, and is part of every standard error.
Three levels of caution follow, each of them over *all* comparisons that
a page, or a report, makes at once (Šidák 1967, Journal of the American Statistical Association 62,
626-633; it errs to the safe side where comparisons have something to do with one another):

====================  =======================================================================
an interval of 95 %   beside a single mean
``tends``             at most 5 % of pages without any effect say it anywhere
``clear``             at most 5 % of reports without any effect say it anywhere; ten a side
====================  =======================================================================
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from hrkit.disclosure.released import Certainty, Score, tidy
from hrkit.measure import PRIOR_ANSWERS, t_critical

__all__ = [
    "CLEAR",
    "CONVENTIONAL",
    "PAGE",
    "ROUNDING",
    "STEP",
    "TEN",
    "Difference",
    "Estimate",
    "bound",
    "certainty",
    "difference",
    "each",
    "ends",
    "estimate",
    "freedom",
    "outward",
    "printed",
    "signed",
]

#: Chance of a false alarm on a page, over all it compares.
PAGE = 0.05
#: Kinds of claim that may be called clear share the 5 % of a report: gaps and changes.
CLEAR = 0.05 / 2
#: Standard deviation that scores and single answers usually have, in parts of the scale's length:
#: 0.8 and 1.0 on a scale of 1 to 5 (our judgement).  It stands in while a client has too few answers
#: to say what is usual there without saying what a few of them said.
CONVENTIONAL = {"dimension": 0.2, "answer": 0.25}
#: From so many answers a side a difference may be called clear.
TEN = 10
#: Variance of what printing to one decimal adds or takes: uniform over a tenth.
ROUNDING = 0.1**2 / 12
#: Half a printed step: a difference of so many tenths stands for every one that rounds to it.
STEP = 0.05
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A released mean with what its uncertainty rests on.

    Attributes
    ----------
    mean
        As printed.
    se, df
        Standard error, with the rounding, and degrees of freedom.
    n
        Answers; of several groups together, of the smallest.
    """

    mean: float
    se: float
    df: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Second minus first: as printed, its simultaneous interval, its half-width."""

    value: float
    low: float
    high: float
    half: float


def estimate(score: Score | None) -> Estimate | None:
    """The estimate behind a released score; None where it has no spread to judge by."""
    if score is None or score.mean is None or score.spread is None or not score.behind:
        return None
    n = score.behind
    freedom = n + PRIOR_ANSWERS - 1
    if score.units is not None:
        # What differs between units is known from so many units only.
        freedom = min(freedom, score.units - 1)
    return Estimate(score.mean, math.sqrt(score.spread**2 / n + ROUNDING), freedom, n)


def ends(one: Estimate, scale: tuple[float, float], level: float = 0.95) -> tuple[float, float]:
    """Interval of a mean, unrounded, cut to the scale."""
    half = t_critical(1 - level, one.df) * one.se
    return max(scale[0], one.mean - half), min(scale[1], one.mean + half)


def outward(low: float, high: float) -> tuple[float, float]:
    """Ends as they are printed: to a tenth, and outwards.

    Around a printed mean both ends would round the same way, always: one that is 0.137 wide on
    either side would be printed as 0.1, and cover far too little.
    """
    return math.floor(low * 10 + _TINY) / 10 + 0.0, math.ceil(high * 10 - _TINY) / 10 + 0.0


def each(alpha: float, comparisons: int) -> float:
    """Level of each of so many comparisons when all together may err with ``alpha`` (Šidák)."""
    return 1 - (1 - alpha) ** (1 / max(1, comparisons))


def freedom(parts: Iterable[Estimate]) -> float:
    """Satterthwaite's degrees of freedom of a sum of independent means.

    Satterthwaite 1946, Biometrics Bulletin 2, 110-114.
    """
    known = [(p.se**2, p.df) for p in parts]
    total = sum(v for v, _ in known)
    return total**2 / sum(v**2 / df for v, df in known) if total > 0 else math.inf


def difference(first: Estimate, second: Estimate, alpha: float) -> Difference:
    """Second minus first with the interval that a test at ``alpha`` goes with.

    Printed differences come in steps of a tenth.  Half a step is added, as Yates 1934 (Supplement to
    the Journal of the Royal Statistical Society 1, 217-235) does for counts: without it up to 18 % of
    pages without any effect name one where some hundred have answered, with it at most 4 %.
    """
    value = second.mean - first.mean
    se = math.hypot(first.se, second.se)
    half = STEP + t_critical(alpha, freedom((first, second))) * se
    return Difference(value, value - half, value + half, half)


def certainty(
    first: Estimate, second: Estimate, comparisons: int, *, clear: bool = False
) -> Certainty:
    """How sure a difference is among so many comparisons of a page.

    Parameters
    ----------
    first, second
        The two means.
    comparisons
        How many the page makes of this kind.
    clear
        Whether this kind of claim may be called clear at all.
    """
    found = difference(first, second, each(PAGE, comparisons))
    if abs(found.value) <= found.half + _TINY:
        return Certainty.UNKNOWN
    if clear and min(first.n, second.n) >= TEN:
        strict = difference(first, second, each(CLEAR, comparisons))
        if abs(strict.value) > strict.half + _TINY:
            return Certainty.CLEAR
    return Certainty.TENDS


def printed(found: Difference, sure: Certainty) -> tuple[float, float, float]:
    """A difference and the ends of its interval as they are printed.

    An end at zero would read as if there were doubt where the words say there is none.
    """
    low, high = outward(found.low, found.high)
    if sure is not Certainty.UNKNOWN:
        low, high = (low or 0.1, high) if found.value > 0 else (low, high or -0.1)
    return signed(found.value), low, high


def bound(one: Estimate, comparisons: int) -> float:
    """Lower end below which a mean lies in at most 5 % of pages that look at so many (one-sided).

    Held against a fixed line, the rounding of the mean counts in full: half a step.
    """
    sampling = math.sqrt(max(0.0, one.se**2 - ROUNDING))
    return one.mean - STEP - t_critical(2 * each(PAGE, comparisons), one.df) * sampling


def signed(value: float) -> float:
    """Round a difference to one decimal, halves away from zero."""
    return math.copysign(tidy(abs(value)), value) + 0.0
