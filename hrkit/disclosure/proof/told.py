"""What is printed about some people, and what must not be known of them: sums of single answers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

__all__ = ["End", "Printed", "Target", "Unknown"]

#: A person's answer to a question: person, question, answer given (the answer only tells states of
#: one person apart).
Unknown = tuple[Hashable, str, int]

#: What each value of the scale counts (None for itself), and where the sum lies.
End = tuple[tuple[float, ...] | None, float, float]


@dataclass(frozen=True)
class Printed:
    """Something that is printed: weighted sums of answers, and where they lie.

    Attributes
    ----------
    weights
        Unknown to its weight.
    ends
        A mean has one; a distribution one for each value of the scale.
    name
        What it is called when it is asked whether it may stand; None for what is out already.
    version
        In which version it is printed.
    each
        Whether it is said of every single person rather than of all together.
    """

    weights: Mapping[Unknown, float]
    ends: tuple[End, ...]
    name: Hashable = None
    version: int = 0
    each: bool = False

    @cached_property
    def people(self) -> frozenset[Hashable]:
        """Whom it is about."""
        return frozenset(u[0] for u in self.weights)

    @cached_property
    def about(self) -> frozenset[Unknown]:
        """What it is about."""
        return frozenset(self.weights)


@dataclass(frozen=True)
class Target:
    """A mean that must not be known.

    Attributes
    ----------
    weights
        Unknown to its weight; they add up to one.
    named
        Versions in which these people had a name of their own: a unit's, a level's.
    strict
        Whether it must not be known even where it follows from one large group alone.
    """

    weights: Mapping[Unknown, float]
    named: frozenset[int] = frozenset()
    strict: bool = False

    @cached_property
    def people(self) -> frozenset[Hashable]:
        """Whom it is about."""
        return frozenset(u[0] for u in self.weights)
