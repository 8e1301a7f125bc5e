"""What a section that is chosen from must hold to.

``choose: {from: dimensions, exactly: 3}`` weighs the dimensions; ``choose: {options: […], at_most: 3}``
offers a list of its own, of which one may choose fewer.
"""

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
        How many dimensions there are to choose from.
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
    exactly = section["choose"].get("exactly", 0)
    odd = "exactly" if "options" in section["choose"] else "at_most"
    if odd in section["choose"]:
        yield Problem(
            source.where((*path, "choose", odd)),
            f"{odd} does not go with {'options' if odd == 'exactly' else 'from'}",
            f"write {'at_most' if odd == 'exactly' else 'exactly'}",
        )
        return
    if "options" in section["choose"]:
        yield from _own(source, data, (*path, "choose"), section["choose"])
    elif exactly >= options:
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
            f"something is chosen of a list in {others[0]} already",
            "keep one of the two",
        )
    rated = [one["id"] for one in data["sections"] if "importance" in one]
    if rated and exactly:
        yield Problem(
            source.where((*path, "choose")),
            f"importance is chosen here, and rated in {', '.join(rated)}",
            "keep one of the two",
        )


def _own(source: Source, data: Any, path: tuple[str | int, ...], choose: Any) -> Iterator[Problem]:
    """What is wrong with a list of its own: options twice, too few of them, sources that are not there."""
    ids = [one["id"] for one in choose["options"]]
    if choose["at_most"] >= len(ids):
        yield Problem(
            source.where((*path, "at_most")),
            f"up to {choose['at_most']} of {len(ids)} options is no choice",
            "allow fewer than there are",
        )
    for i, one in enumerate(choose["options"]):
        if one["id"] in ids[:i]:
            yield Problem(
                source.where((*path, "options", i, "id")),
                f"the option {one['id']} stands twice",
                "give each its own",
            )
        for ref in one.get("source", {"ref": ""})["ref"].split():
            if ref not in data["sources"]:
                yield Problem(
                    source.where((*path, "options", i, "source", "ref")),
                    f"the source {ref} is not among the sources",
                    f"use {', '.join(data['sources'])}",
                )
