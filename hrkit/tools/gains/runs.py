"""Whether a run chart shows a sign of change: the longest run on one side of a median, and how often it is crossed.

The median is that of the figures before the start and stays as it was; a figure that lies on it counts
for nothing.  A chart shows a sign where a run is longer than ``round(log2(n) + 3)`` or the median is
crossed less often than the 5 % quantile of a binomial distribution with ``n - 1`` tries and even odds
(Anhøj and Olesen 2014, *PLoS ONE* 9(11), e113825, who also find that counting figures in a trend helps
nobody; run charts in health care: Perla, Provost and Murray 2011, *BMJ Quality & Safety* 20(1), 46-51).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import comb, log2
from statistics import median

__all__ = ["BASELINE", "USEFUL", "Run", "Verdict", "crossings_least", "longest_most", "read_run"]

#: Figures before the start from which their median stands, and figures off it from which a chart is read.
BASELINE, USEFUL = 12, 10
#: Odds of so few crossings where nothing changed.
_TAIL = 0.05


class Verdict(Enum):
    """What may be said of a chart."""

    #: No figure yet, or one.
    NONE = "none"
    #: Two figures: both stand there, and no word.
    TWO = "two"
    EARLY = "early"
    #: The figures before the start moved already: their median says nothing.
    UNSTEADY = "unsteady"
    CHANCE = "chance"
    UP = "up"
    DOWN = "down"

    @property
    def told(self) -> bool:
        """Whether the figures say that something changed."""
        return self in (Verdict.UP, Verdict.DOWN)


@dataclass(frozen=True, slots=True)
class Run:
    """A chart as it is read.

    Attributes
    ----------
    middle
        The median of the figures before the start; None where there are too few of them.
    useful
        Figures off the median.
    longest, crossings
        The longest run on one side, and how often the median is crossed.
    since
        Place of the figure from which the change is seen, among those since the start; None without one.
    """

    verdict: Verdict
    middle: float | None = None
    useful: int = 0
    longest: int = 0
    crossings: int = 0
    since: int | None = None


def longest_most(useful: int) -> int:
    """The longest run that chance still makes, of so many figures.

    >>> longest_most(20), longest_most(16)
    (7, 7)
    """
    return round(log2(useful) + 3)


def crossings_least(useful: int) -> int:
    """The fewest crossings that chance still makes: the 5 % quantile.

    >>> crossings_least(16), crossings_least(20)
    (4, 6)
    """
    tries, below = useful - 1, 0.0
    for k in range(tries + 1):
        below += comb(tries, k) / 2**tries
        if below >= _TAIL:
            return k
    return tries


def read_run(before: Sequence[float], after: Sequence[float]) -> Run:
    """What a chart says of the figures before the start and those since, in the order of time."""
    count = len(before) + len(after)
    if count < 2:
        return Run(Verdict.NONE)
    if count == 2:
        return Run(Verdict.TWO)
    if len(before) < BASELINE:
        return Run(Verdict.EARLY)
    middle = float(median(before))
    first = _signs(before, middle)
    signs = _signs([*before, *after], middle)
    useful, longest, crossings = len(signs), *_counted(signs)
    if useful < USEFUL or not after:
        return Run(Verdict.EARLY, middle, useful, longest, crossings)
    if len(first) >= USEFUL and _signals(first):
        return Run(Verdict.UNSTEADY, middle, useful, longest, crossings)
    later = [value - middle for value in after]
    side = sum((one > 0) - (one < 0) for one in later)
    if not _signals(signs) or not side:
        return Run(Verdict.CHANCE, middle, useful, longest, crossings)
    verdict = Verdict.UP if side > 0 else Verdict.DOWN
    return Run(verdict, middle, useful, longest, crossings, _from(later, side))


def _signs(values: Sequence[float], middle: float) -> list[bool]:
    return [value > middle for value in values if value != middle]


def _counted(signs: Sequence[bool]) -> tuple[int, int]:
    """The longest run, and the crossings."""
    longest = run = crossings = 0
    for i, one in enumerate(signs):
        same = i > 0 and one == signs[i - 1]
        crossings += i > 0 and not same
        run = run + 1 if same else 1
        longest = max(longest, run)
    return longest, crossings


def _signals(signs: Sequence[bool]) -> bool:
    longest, crossings = _counted(signs)
    return longest > longest_most(len(signs)) or crossings < crossings_least(len(signs))


def _from(later: Sequence[float], side: int) -> int:
    """The first of the figures since the start after which none lies on the other side; the first of all if none."""
    for i in range(len(later)):
        if all(one * side >= 0 for one in later[i:]):
            return i
    return 0
