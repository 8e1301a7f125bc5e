"""The numbers of one report, as a reader has them: rounded, with whom and what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Group of the mean over perspectives.
ALL = "all"


@dataclass(frozen=True)
class Mean:
    """A printed mean; `group` may name a level of the chain: ``leader/2``.

    ``spread`` is the standard deviation, to one decimal, that its bands are drawn from; where
    ``units`` are given it counts how these differ as well.  ``silent`` is the share of ways out.
    """

    measure: str
    unit: str
    group: str
    mean: float
    n: int | None = None
    low: float | None = None
    high: float | None = None
    spread: float | None = None
    units: int | None = None
    silent: float | None = None


@dataclass(frozen=True)
class Gap:
    """A printed difference of two sides' means, second minus first."""

    measure: str
    first: str
    second: str
    difference: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Change:
    """A printed difference to an earlier wave.

    ``linked`` people answered both times, and ``together`` is how far their answers go together.
    """

    measure: str
    group: str
    since: str
    before: float
    now: float
    difference: float
    others: tuple[float, ...] = ()
    linked: int | None = None
    together: float | None = None


@dataclass(frozen=True)
class Shares:
    """A printed distribution: shares of the scale's values among those who answered."""

    measure: str
    group: str
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Distance:
    """Target minus one group's mean, as the priorities print it."""

    measure: str
    distance: float
    group: str = ALL


@dataclass(frozen=True)
class Count:
    """A printed number of people: in a group of a unit, by `measure` or at all."""

    unit: str
    group: str
    n: int
    measure: str = ""


@dataclass(frozen=True)
class Ways:
    """Printed shares of those who took a way out of a question, among ``n`` who answered it."""

    measure: str
    group: str
    n: int
    dont_know: float | None
    not_relevant: float | None
    together: float | None


@dataclass(frozen=True)
class People:
    """A printed number of people of a kind: who answered in a language, whose row bears a sign."""

    kind: str
    id: str
    n: int


@dataclass(frozen=True)
class Without:
    """A printed mean of those whose rows bear no sign."""

    measure: str
    group: str
    n: int
    mean: float


@dataclass(frozen=True)
class Picked:
    """A printed ballot: of ``n`` people the shares that chose each option, and what few chose together.

    ``rest`` is how many of the options in ``together`` a person chose on average.
    """

    group: str
    n: int
    shares: Mapping[str, float]
    together: tuple[str, ...]
    rest: float


@dataclass(frozen=True)
class Delivery:
    """Everything that one version of a wave's report says.

    Attributes
    ----------
    wave, groups
        The wave, and group id to perspectives.
    texts
        Everything printed in words, for finding comments in.
    few
        Unit and group of which is said that fewer than the threshold, and somebody, answered.
    marks
        Measure, unit and group of which no number is given, to the reason that is printed.
    root
        The whole organisation.
    derived
        Numbers that were made of printed ones, and of nothing else.
    """

    wave: str
    groups: Mapping[str, tuple[str, ...]]
    threshold: int = 5
    means: tuple[Mean, ...] = ()
    gaps: tuple[Gap, ...] = ()
    changes: tuple[Change, ...] = ()
    shares: tuple[Shares, ...] = ()
    distances: tuple[Distance, ...] = ()
    counts: tuple[Count, ...] = ()
    few: frozenset[tuple[str, str]] = frozenset()
    texts: tuple[str, ...] = ()
    invited: Mapping[tuple[str, str], int] = field(default_factory=dict)
    marks: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    ways: tuple[Ways, ...] = ()
    people: tuple[People, ...] = ()
    without: tuple[Without, ...] = ()
    derived: tuple[float, ...] = ()
    picked: tuple[Picked, ...] = ()
    root: str = "org"


def tidy(value: float) -> float:
    """One decimal, halves up, a half that binary misses by a hair included."""
    from math import floor

    return floor(value * 10 + 0.5 + 1e-9) / 10


def signed(value: float) -> float:
    """One decimal, halves away from zero."""
    return tidy(abs(value)) * (1 if value >= 0 else -1)
