"""Tier and pair, where an engagement lists them: what a page offers, and what somebody said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from hrkit.model.belonging import NO_PAIR, asked_of
from hrkit.model.engagement import Engagement

__all__ = ["Belongs", "offered", "said"]


class Belongs(NamedTuple):
    """A tier and a pair by their ids; None where nobody is asked, or the pair is none.

    ``missing`` names what is asked and was not said.
    """

    tier: str | None = None
    pair: str | None = None
    missing: tuple[str, ...] = ()


def offered(engagement: Engagement, language: str) -> dict[str, list[dict[str, Any]]]:
    """What a page offers to choose from, with the perspectives that are asked (all if empty)."""
    return {
        "tiers": [
            {"id": one.id, "name": one.name[language], "ask": list(one.perspectives)}
            for one in engagement.tiers
        ],
        "pairs": [
            {"id": one.id, "name": one.name, "ask": list(one.perspectives)}
            for one in engagement.pairs
        ],
    }


def said(
    engagement: Engagement,
    perspective: str,
    message: Mapping[str, Any],
    tier: str | None = None,
    pair: str | None = None,
) -> Belongs:
    """Where somebody belongs: as a slip says it, else as they say it themselves.

    Parameters
    ----------
    message
        May hold ``tier`` and ``pair``.
    tier, pair
        As a slip has them.
    """
    missing = []
    if asked_of(engagement.tiers, perspective) and tier is None:
        known = [one.id for one in asked_of(engagement.tiers, perspective)]
        tier = message.get("tier") if message.get("tier") in known else None
        missing += [] if tier else ["tier"]
    if asked_of(engagement.pairs, perspective) and pair is None:
        known = [one.id for one in asked_of(engagement.pairs, perspective)]
        chosen = message.get("pair")
        pair = chosen if chosen in known else None
        missing += [] if pair or chosen == NO_PAIR else ["pair"]
    return Belongs(tier, pair, tuple(missing))
