"""What two leaders prepared alone and agreed: a network leader, and the people leader of that person.

It is theirs.  It is read from their own sheet, told to them, and kept nowhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["BESIDE", "FIELDS", "SIDES", "Pair", "PairTold", "told"]

#: What is agreed on; the last is the day on which the two look at it again.
FIELDS = (
    "time",
    "room",
    "priority",
    "visibility",
    "recognition",
    "value",
    "development",
    "review",
)
#: What stands beside: how the reference leader and the secretariat take part.
BESIDE = ("reference", "secretariat")
#: Who prepares, alone.
SIDES = ("network", "people")
#: Hours a week from which the two begin with time, and months within which they look again.
APART, MONTHS = 2.0, 6
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Pair:
    """A sheet of two leaders.

    Attributes
    ----------
    prepared
        Side and field to what that side wrote; missing where it wrote nothing.
    agreed
        Field to what both wrote down.
    yes
        Side to the day of its yes.
    review
        The day on which they look at it again.
    """

    prepared: Mapping[tuple[str, str], str] = field(default_factory=dict)
    agreed: Mapping[str, str] = field(default_factory=dict)
    yes: Mapping[str, dt.date] = field(default_factory=dict)
    review: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PairTold:
    """What is told of a sheet, to the two alone.

    Attributes
    ----------
    hours
        Hours a week as each sees them, where they lie apart: begin there.
    one_sided
        Fields and the side that left them empty while the other wrote.
    open
        Fields without an agreement yet.
    late
        Whether they look again later than in six months.
    agreed
        Whether everything is agreed: eight fields, two yes, and a day within six months.
    """

    hours: tuple[float, float] | None
    one_sided: tuple[tuple[str, str], ...]
    open: tuple[str, ...]
    late: bool
    agreed: bool


def told(pair: Pair) -> PairTold:
    """What two leaders are told of their own sheet."""
    hours = [_hours(pair.prepared.get((side, "time"), "")) for side in SIDES]
    apart = None
    if hours[0] is not None and hours[1] is not None and abs(hours[0] - hours[1]) >= APART:
        apart = (hours[0], hours[1])
    one_sided = tuple(
        (name, side)
        for name in FIELDS[:-1]
        for side, other in (SIDES, SIDES[::-1])
        if not pair.prepared.get((side, name)) and pair.prepared.get((other, name))
    )
    open_ = tuple(name for name in FIELDS[:-1] if not pair.agreed.get(name))
    if pair.review is None:
        open_ = (*open_, FIELDS[-1])
    said = [pair.yes[side] for side in SIDES if side in pair.yes]
    late = bool(said and pair.review and pair.review > _after(max(said)))
    return PairTold(apart, one_sided, open_, late, not open_ and len(said) == 2 and not late)


def _hours(text: str) -> float | None:
    """The first number of a text: hours a week."""
    found = _NUMBER.search(text)
    return float(found[0].replace(",", ".")) if found else None


def _after(day: dt.date) -> dt.date:
    """The same day six months on; the month's last where it has no such day."""
    month = day.month - 1 + MONTHS
    year, month = day.year + month // 12, month % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))
