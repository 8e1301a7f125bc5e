"""What a section that is chosen from must hold to: ``choose: {from: dimensions, exactly: 3}``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hrkit.errors import Problem
from hrkit.model.yamlfile import Source

__all__ = ["CHOSEN", "choose_problems"]

#: The facet on which one chooses; it has no words or scale of its own in the file.
CHOSEN = "chosen"

#: What a section that is chosen from has not: there is nothing to rate, describe or order in it.
_NOT = ("facets", "score", "self", "importance", "strands", "grid")


def choose_problems(
    source: Source, data: Any, s: int, section: Any, options: int, place: int | None = None
) -> Iterator[Problem]:
    """What is wrong with one section that is chosen from.

    Parameters
    ----------
    source, data
        The file, and the whole instrument in it.
    s, section
        Where in the file the section stands, and its data.
    options
        How many there are to choose from.
    place
        Where in the whole it stands, if not where it stands in the file.
    """
    path = ("sections", s)
    for key in _NOT:
        if key in section:
            yield Problem(
                source.where((*path, key)),
                f"{section['id']} is chosen from, so it has no {key}",
                "leave it out",
            )
    if len(section["items"]) != 1:
        yield Problem(
            source.where((*path, "items")),
            f"{section['id']} is chosen from and asks {len(section['items'])} questions",
            "give it one item: the question under which the options stand",
        )
    for i, item in enumerate(section["items"]):
        for key in ("facets", "reversed", "label", "tags"):
            if item.get(key):
                yield Problem(
                    source.where((*path, "items", i, key)),
                    f"{section['id']} is chosen from, so its question has no {key}",
                    "leave it out",
                )
    if CHOSEN in data["facets"]:
        yield Problem(
            source.where(("facets", CHOSEN)),
            f"{CHOSEN} is kept for what is chosen of a list",
            "give the facet another name",
        )
    exactly = section["choose"]["exactly"]
    if exactly >= options:
        yield Problem(
            source.where((*path, "choose", "exactly")),
            f"{exactly} of {options} dimensions is no choice",
            "choose fewer than there are",
        )
    others = [
        one["id"] for one in data["sections"][: s if place is None else place] if "choose" in one
    ]
    if others:
        yield Problem(
            source.where((*path, "choose")),
            f"the dimensions are chosen from in {others[0]} already",
            "keep one of the two",
        )
    rated = [one["id"] for one in data["sections"] if "importance" in one]
    if rated:
        yield Problem(
            source.where((*path, "choose")),
            f"importance is chosen here, and rated in {', '.join(rated)}",
            "keep one of the two",
        )
