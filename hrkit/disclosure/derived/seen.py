"""What could be seen of a wave before anybody answers: differences, changes, levels, units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrkit.disclosure.released import Group

__all__ = ["Expected", "LevelReach", "Outlook", "Seen"]


@dataclass(frozen=True, slots=True)
class Expected:
    """How many of a group in a unit are taken to answer, of how many invited."""

    unit: str
    group: str
    invited: int
    n: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Which difference can be seen.

    Attributes
    ----------
    named
        The smallest printed difference that is named at all ("tends").
    clear
        The smallest that is called clear; None where that word is not used.
    found
        A true difference of this size is named in four cases of five.
    """

    named: float
    clear: float | None
    found: float


@dataclass(frozen=True, slots=True)
class LevelReach:
    """How far the interval of a group's mean reaches either way, and over how many levels."""

    group: str
    half: float
    fewest: int
    most: int


@dataclass(frozen=True)
class Outlook:
    """What could be seen if so many of the invited answer.

    Attributes
    ----------
    response
        Share of the invited, 0 to 1.
    groups
        As what perspectives would be reported.
    expected
        Answers of every group in every unit where anybody is invited.
    gap
        Between the two sides on a dimension; None where one of them has no mean.
    changes
        Group to the change until a next wave of the same size.
    levels
        Of each group with a mean.
    units
        Differences of two units of the first side on a dimension: the two largest, the two
        smallest that have a mean; empty below two.
    """

    response: float
    groups: tuple[Group, ...]
    expected: tuple[Expected, ...]
    gap: Seen | None
    changes: Mapping[str, Seen]
    levels: tuple[LevelReach, ...]
    units: tuple[Seen, ...]

    def n(self, unit: str, group: str) -> int:
        """How many are taken to answer."""
        return next((e.n for e in self.expected if (e.unit, e.group) == (unit, group)), 0)
