"""What an instrument's data says of its facets, before it is an instrument: what makes a score, what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

__all__ = [
    "DONT_KNOW",
    "NOT_RELEVANT",
    "RELEASES",
    "ReleasedAs",
    "counts",
    "is_mean",
    "options_of",
    "release_of",
    "score_facet",
]

#: Stored value of "don't know"; of "don't know / not relevant to me" where a scale offers both as one.
DONT_KNOW = "dk"

#: Stored value of "not relevant to me", where a scale offers it apart from "don't know".
NOT_RELEVANT = "nr"

#: What may be shown of a facet's answers; ``picks`` is for what is chosen of a list, and only for that.
ReleasedAs: TypeAlias = Literal["means", "shares", "counts", "texts", "nothing", "picks"]

#: What may be asked for by kind of scale; the first is what holds where the file says nothing.
RELEASES: Mapping[str, tuple[ReleasedAs, ...]] = {
    "rating": ("means", "shares", "counts", "nothing"),
    "category": ("shares", "counts", "nothing"),
    "text": ("texts", "counts", "nothing"),
}


def score_facet(data: Any, section: Any) -> str | None:
    """The section's first facet makes its score, if it is a rating whose means may be shown and a score is wanted."""
    if section.get("score") is False or not section.get("facets"):
        return None
    first: str = section["facets"][0]
    return first if is_mean(data, first) else None


def options_of(data: Any) -> list[Any]:
    """The sections that ``choose: {from: dimensions}`` offers: all that have a score."""
    return [section for section in data["sections"] if score_facet(data, section) is not None]


def counts(data: Any, score: str | None, names: Any) -> bool:
    """Whether an item answered on these facets counts in a score made of ``score``."""
    return score is not None and any(
        name == score or data["facets"][name].get("stands_for") == score for name in names
    )


def release_of(data: Any, facet: str) -> ReleasedAs:
    """What the file says may be shown of a facet; by the kind of its scale where it says nothing."""
    raw = data["facets"][facet]
    said: ReleasedAs = raw.get("release") or RELEASES[data["scales"][raw["scale"]]["kind"]][0]
    return said


def is_mean(data: Any, facet: str) -> bool:
    """Whether a facet is a rating whose means may be shown."""
    raw = data["facets"].get(facet, {})
    scale = data["scales"].get(raw.get("scale"), {})
    return scale.get("kind") == "rating" and raw.get("release", "means") == "means"
