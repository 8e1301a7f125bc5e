"""Where somebody belongs beside a unit: a tier of the leadership chain, a pair of partners.

An engagement may list both under ``tiers:`` and ``pairs:``; then whoever answers is asked, or a
slip says it for them.  What is stored is the id.  Where nothing is listed nobody is asked, and a
file may say either in its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hrkit.errors import Problem
from hrkit.model.language import Texts
from hrkit.model.yamlfile import Source
from hrkit.text import normal

__all__ = [
    "NO_PAIR",
    "LeaderTier",
    "PartnerPair",
    "asked_of",
    "belonging_problems",
    "pair_of",
    "tier_of",
]

#: What somebody says who is in none of the pairs; nothing is stored of it.
NO_PAIR = "-"


@dataclass(frozen=True, slots=True)
class LeaderTier:
    """A tier of the leadership chain; ``perspectives`` are those that are asked, all if empty."""

    id: str
    name: Texts
    perspectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerPair:
    """A leader and their partners, by the name they go by."""

    id: str
    name: str
    perspectives: tuple[str, ...] = ()


_Listed = TypeVar("_Listed", LeaderTier, PartnerPair)


def tier_of(raw: Any) -> LeaderTier:
    """A tier as the file has it."""
    return LeaderTier(raw["id"], raw["name"], tuple(raw.get("perspectives", ())))


def pair_of(raw: Any) -> PartnerPair:
    """A pair as the file has it."""
    return PartnerPair(raw["id"], raw["name"], tuple(raw.get("perspectives", ())))


def asked_of(listed: Sequence[_Listed], perspective: str) -> tuple[_Listed, ...]:
    """Those of which a perspective is asked.

    >>> pairs = (PartnerPair("a", "A", ("hr",)), PartnerPair("b", "B"))
    >>> [one.id for one in asked_of(pairs, "leader")]
    ['b']
    """
    return tuple(x for x in listed if not x.perspectives or perspective in x.perspectives)


def belonging_problems(
    source: Source, languages: Sequence[str], perspectives: Sequence[str]
) -> Iterator[Problem]:
    """Tiers and pairs that are listed twice, have no name, or ask somebody who is not asked."""
    for what in ("tiers", "pairs"):
        seen: set[str] = set()
        for i, one in enumerate(source.data.get(what) or ()):
            if one["id"] in seen:
                yield Problem(source.where((what, i)), f"{one['id']} stands twice", "keep one")
            seen.add(one["id"])
            names = one["name"] if what == "tiers" else {"": one["name"]}
            lacking = [x for x in languages if x not in names] if what == "tiers" else []
            if lacking:
                yield Problem(
                    source.where((what, i, "name")),
                    f"has no text in {', '.join(lacking)}",
                    "people who answer in that language read it",
                )
            if any(not normal(text) for text in names.values()):
                yield Problem(source.where((what, i, "name")), "is empty", "fill it in")
            for name in one.get("perspectives", ()):
                if name not in perspectives:
                    yield Problem(
                        source.where((what, i, "perspectives")),
                        f"the perspective {name} is not there",
                        f"use one of {', '.join(perspectives)}",
                    )
