"""Whether a plan is possible: what each owner can carry in a quarter, and what is asked of them.

Capacity is people times days in a quarter; load is the sum of efforts, each spread over its quarters.
What could wait is proposed and never moved: the lowest effect for its effort first, then the highest
effort, then the id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

__all__ = [
    "DAYS",
    "EFFECTS",
    "QUARTERS",
    "TIGHT",
    "Fit",
    "Strain",
    "Work",
    "fit",
    "loads",
    "strained",
]

#: Days that a small, medium and large effort take, and what an effect counts (our judgement).
DAYS: Mapping[str, float] = {"small": 1, "medium": 5, "large": 15}
EFFECTS: Mapping[str, int] = {"small": 1, "medium": 2, "large": 3}
#: Quarters from now in which each horizon is carried: the next three months, the rest of the year, then two years.
QUARTERS: Mapping[str, tuple[int, ...]] = {
    "now": (0,),
    "year": (1, 2, 3),
    "later": tuple(range(4, 12)),
}
#: From this share of capacity on a quarter is tight.
TIGHT = 0.8
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody is asked to carry.

    Attributes
    ----------
    days, effect
        What it takes in all, and what it brings (1 to 3).
    quarters
        Over which of the coming quarters it is spread; 0 is the next one.
    duty
        It has to be done: it is never proposed to wait.
    """

    id: str
    owner: str
    days: float
    effect: int
    quarters: tuple[int, ...] = (0,)
    duty: bool = False

    @property
    def share(self) -> float:
        """Days in each of its quarters."""
        return self.days / len(self.quarters)


class Fit(Enum):
    """How a load stands to a capacity."""

    FITS = "fits"
    TIGHT = "tight"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Strain:
    """A quarter in which an owner is asked for more than there is, and what could wait.

    ``left`` is the load without what could wait.
    """

    owner: str
    quarter: int
    load: float
    capacity: float
    wait: tuple[str, ...]
    left: float


def loads(work: Iterable[Work]) -> Mapping[tuple[str, int], float]:
    """Days asked of each owner in each quarter."""
    found: dict[tuple[str, int], float] = {}
    for one in work:
        for quarter in one.quarters:
            found[one.owner, quarter] = found.get((one.owner, quarter), 0.0) + one.share
    return found


def fit(load: float, capacity: float | None) -> Fit:
    """How a load stands to a capacity; None for one that nobody has said.

    >>> fit(9, 6), fit(5, 6), fit(4, 6), fit(4, None)
    (<Fit.OVER: 'over'>, <Fit.TIGHT: 'tight'>, <Fit.FITS: 'fits'>, <Fit.UNKNOWN: 'unknown'>)
    """
    if capacity is None:
        return Fit.UNKNOWN
    if load > capacity + _TINY:
        return Fit.OVER
    return Fit.TIGHT if load > TIGHT * capacity + _TINY else Fit.FITS


def strained(work: Sequence[Work], capacity: Mapping[str, float]) -> tuple[Strain, ...]:
    """Every quarter in which an owner is asked for more than there is, with what could wait."""
    found = []
    for (owner, quarter), load in sorted(loads(work).items(), key=lambda one: one[0][1]):
        room = capacity.get(owner)
        if room is None or fit(load, room) is not Fit.OVER:
            continue
        mine = [w for w in work if w.owner == owner and quarter in w.quarters and not w.duty]
        mine.sort(key=lambda w: (w.effect / w.days, -w.days, w.id))
        left, wait = load, []
        for one in mine:
            if left <= room + _TINY:
                break
            wait.append(one.id)
            left -= one.share
        found.append(Strain(owner, quarter, load, room, tuple(wait), left))
    return tuple(found)
