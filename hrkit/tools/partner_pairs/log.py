"""The log of hand-overs: how many were complete the first time, over quarters, and what was missing.

It counts hand-overs, not people.  A pair's own share is for the pair; what others read rests on three pairs or more,
none of which, nor any two of which, are nearly all of it: whoever knows one pair's hand-overs must not be left
with those of another.

The share's interval is Wilson's; two quarters are compared by Newcombe's method 10 (1998, *Statistics in Medicine* 17,
873-890), which is made of the two intervals.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from hrkit.disclosure.derived.portions import portion
from hrkit.records.together import taken_together
from hrkit.records.values import OpenLine

__all__ = [
    "FEWEST_PAIRS",
    "MISSING",
    "PER_CENT",
    "TYPES",
    "HandOver",
    "Quarter",
    "change",
    "for_others",
    "hand_over",
    "log_told",
    "mostly_missing",
    "over",
    "quarters",
    "rate",
    "week_of",
]

#: What a case is about, and what may be missing from it.
TYPES = (
    "appointment",
    "pay",
    "hours",
    "absence",
    "leave",
    "conflict",
    "dismissal",
    "environment",
    "other",
)
MISSING = ("data", "decision", "document", "deadline", "mandate")
#: From so many hand-overs a share is printed in per cent; from so many a quarter stands by itself.
PER_CENT, ALONE = 20, 10
#: What others read rests on so many pairs, and on so many hand-overs beside the two largest.
FEWEST_PAIRS, BESIDE = 3, 3
#: What is missing is named from so many times, and where it is twice as frequent as the next.
NAMED = 5
_WEEK = re.compile(r"(20\d\d)-?W?(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over: no name, no text, no number of a case.

    Attributes
    ----------
    monday
        Of the week in which it was handed over.
    type
        One of `TYPES`.
    complete
        Whether it was complete the first time.
    missing
        One of `MISSING`; empty where nothing was.
    pair
        Which pair; empty where the pair did not say.
    """

    monday: dt.date
    type: str
    complete: bool
    missing: str = ""
    pair: str = ""


@dataclass(frozen=True, slots=True)
class Quarter:
    """Hand-overs of a quarter, or of several where each is too small: complete ones, of so many."""

    first: str
    last: str
    complete: int
    n: int


def week_of(text: str) -> dt.date | None:
    """The Monday of a week as it is written, 2026-40; None for anything else.

    >>> week_of("2026-W40"), week_of("2026-60")
    (datetime.date(2026, 9, 28), None)
    """
    match = _WEEK.fullmatch(text.strip())
    try:
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        return None


def hand_over(line: OpenLine) -> HandOver | None:
    """A line of the log; None for one that says too little to be counted."""
    monday, complete = week_of(line.field("week")), line.field("complete")
    if monday is None or complete not in ("yes", "no"):
        return None
    return HandOver(
        monday,
        line.field("type"),
        complete == "yes",
        line.field("missing"),
        line.field("pair"),
    )


def rate(complete: int, n: int) -> tuple[float, float, float] | None:
    """The share that was complete and its interval; None below twenty, where "x of n" is said.

    >>> [round(100 * x) for x in rate(14, 20)], rate(7, 9)
    ([70, 48, 85], None)
    """
    if n < PER_CENT:
        return None
    return (complete / n, *portion(complete / n, n))


def change(before: Quarter, now: Quarter) -> tuple[float, float, float] | None:
    """The difference of two shares and its interval; None where one of them is too small.

    >>> [round(100 * x, 1) for x in change(Quarter("a", "a", 24, 40), Quarter("b", "b", 36, 40))]
    [30.0, 11.1, 46.5]
    """
    then, today = rate(before.complete, before.n), rate(now.complete, now.n)
    if then is None or today is None:
        return None
    (one, low, high), (other, least, most) = then, today
    gap = other - one
    down = sqrt((other - least) ** 2 + (high - one) ** 2)
    up = sqrt((most - other) ** 2 + (one - low) ** 2)
    return gap, gap - down, gap + up


def mostly_missing(found: Sequence[HandOver]) -> str:
    """What is missing most, if it is five times or more and twice the next; else empty."""
    counted = Counter(one.missing for one in found if not one.complete and one.missing)
    (first, most), (_, second) = (*counted.most_common(2), ("", 0), ("", 0))[:2]
    return first if most >= NAMED and most >= 2 * second else ""


def for_others(found: Sequence[HandOver]) -> tuple[HandOver, ...]:
    """The hand-overs that others may read of; none where too few pairs are behind them."""
    told = [one for one in found if one.pair]
    sizes = sorted(Counter(one.pair for one in told).values(), reverse=True)
    if len(sizes) < FEWEST_PAIRS or sum(sizes[2:]) < BESIDE:
        return ()
    return tuple(told)


def log_told(
    past: Sequence[tuple[str, OpenLine]], until: dt.date | None = None
) -> tuple[HandOver, ...]:
    """The hand-overs that others may read of, beside what they read before; see `taken_together`.

    Every row that is printed, and what has changed in it since, rests on pairs enough.
    """

    def enough(before: Sequence[OpenLine], now: Sequence[OpenLine]) -> bool:
        was, found = (Counter(one for one in _all(some) if one.pair) for some in (before, now))
        changed = [*(was - found).elements(), *(found - was).elements()]
        spans = _spans(for_others([*found.elements()]), until)
        return bool(spans) and all(
            not (new := _within(changed, *span)) or bool(for_others(new)) for span in spans
        )

    return for_others(_all(taken_together(past, enough)))


def _all(lines: Sequence[OpenLine]) -> tuple[HandOver, ...]:
    return tuple(one for line in lines if (one := hand_over(line)) is not None)


def quarters(found: Sequence[HandOver], until: dt.date | None = None) -> tuple[Quarter, ...]:
    """Quarters in order; one that is small, or of too few pairs, is joined to the next, the last to the one before.

    Parameters
    ----------
    until
        Only quarters that were over by then: a line more would tell of itself.
    """
    made = []
    for first, last in _spans(found, until):
        here = _within(found, first, last)
        made.append(Quarter(first, last, sum(one.complete for one in here), len(here)))
    return tuple(made)


def over(found: Sequence[HandOver], made: Sequence[Quarter]) -> tuple[HandOver, ...]:
    """The hand-overs of the quarters that are printed: one more in a running quarter tells of itself."""
    return tuple(one for row in made for one in _within(found, row.first, row.last))


def _spans(found: Sequence[HandOver], until: dt.date | None) -> list[tuple[str, str]]:
    """The first and the last quarter of each row."""
    names = sorted({_quarter(one.monday) for one in found})
    if until is not None:
        names = [name for name in names if name < _quarter(until)]
    made: list[tuple[str, str]] = []
    first = ""
    for name in names:
        first = first or name
        here = _within(found, first, name)
        if len(here) >= ALONE and for_others(here):
            made.append((first, name))
            first = ""
    if first and made:
        made[-1] = (made[-1][0], names[-1])
    elif first and for_others(_within(found, first, names[-1])):
        made.append((first, names[-1]))
    return made


def _within(found: Sequence[HandOver], first: str, last: str) -> tuple[HandOver, ...]:
    return tuple(one for one in found if first <= _quarter(one.monday) <= last)


def _quarter(day: dt.date) -> str:
    return f"{day.year} · {(day.month + 2) // 3}"
