"""A ballot: so many of a list are chosen, or up to so many, and which of them is one answer.

Three of nine dimensions are one answer to one question, ``"trust across chain"``: whoever changes
one of the three has given another answer, so that two open pages can never make four of it.  Where
so many are to be chosen, fewer are somebody who is not done yet: kept, and counted nowhere.  Where
up to so many may be, one is an answer already.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from itertools import combinations

__all__ = ["answers_to", "ballot", "chosen", "options_at", "whole"]

#: Between the options of an answer.
_BETWEEN = " "


def ballot(options: Sequence[str], picked: Collection[str]) -> str:
    """What is stored for the options picked: their names in the order of the list."""
    return _BETWEEN.join(one for one in options if one in picked)


def chosen(value: str) -> tuple[str, ...]:
    """The options of a stored answer."""
    return tuple(value.split(_BETWEEN)) if value else ()


@functools.lru_cache(maxsize=32)
def answers_to(options: tuple[str, ...], most: int) -> frozenset[str]:
    """Every answer that may be stored: one option or more, up to as many as may be chosen."""
    return frozenset(
        ballot(options, few) for n in range(1, most + 1) for few in combinations(options, n)
    )


@functools.lru_cache(maxsize=32)
def whole(options: tuple[str, ...], fewest: int, most: int) -> dict[str, int]:
    """Every answer that counts, with so many options at least and at most, to its place among them."""
    every = (some for n in range(fewest, most + 1) for some in combinations(options, n))
    return {ballot(options, some): i for i, some in enumerate(every)}


def options_at(count: int, fewest: int, most: int, place: int) -> frozenset[int]:
    """The places of the options that the answer at a place of `whole` chose."""
    return _all(count, fewest, most)[place]


@functools.lru_cache(maxsize=32)
def _all(count: int, fewest: int, most: int) -> tuple[frozenset[int], ...]:
    return tuple(
        frozenset(some) for n in range(fewest, most + 1) for some in combinations(range(count), n)
    )
