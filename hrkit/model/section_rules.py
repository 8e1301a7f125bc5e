"""What one section of an instrument file must hold to: its facets, grid, statements and their wordings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hrkit.errors import Problem
from hrkit.model.facets import is_mean, score_facet
from hrkit.model.perspectives import usual_perspectives
from hrkit.model.yamlfile import Source

__all__ = ["cross_check_section"]


def cross_check_section(
    source: Source,
    data: Any,
    path: tuple[str | int, ...],
    section: Any,
    blocks: list[str],
    *,
    grid: bool = True,
) -> Iterator[Problem]:
    """What is wrong with one section of a file whose shape is sound already.

    Parameters
    ----------
    source, data
        The file, and the whole instrument in it (of a file that extends another: with its base).
    path, section
        Where the section stands, and its data.
    blocks
        Ids that a section's ``block`` may have; empty where the instrument has none.
    grid
        Whether a declared grid must describe it.
    """
    # What is chosen from stands beside the blocks, not in one of them.
    loose = "choose" in section
    if blocks and section.get("block") not in blocks and ("block" in section or not loose):
        yield Problem(
            source.where(path),
            "its block is not among the blocks",
            f"use one of {', '.join(blocks)}",
        )
    yield from _facets_known(source, data, (*path, "facets"), section.get("facets", ()))
    scored = score_facet(data, section) is not None
    if data.get("grid") and scored and (grid or "grid" in section):
        levels = [row["level"] for row in section.get("grid", ())]
        if levels != [1, 2, 3, 4, 5]:
            what = "a grid is declared, and this section's does not describe levels 1 to 5"
            yield Problem(
                source.where((*path, "grid") if levels else path), what, "describe all five"
            )
    strands = len(section.get("strands", ()))
    for i, row in enumerate(section.get("grid", ())):
        if len(row.get("strands", ())) != strands:
            yield Problem(
                source.where((*path, "grid", i)),
                f"level {row['level']} describes {len(row.get('strands', ()))} strands, the section names {strands}",
                "describe each strand at each level",
            )
    if "importance" in section and "importance" not in data["facets"]:
        where = source.where((*path, "importance"))
        yield Problem(where, "there is no facet called importance", "add it under facets")
    elif "importance" in section and not is_mean(data, "importance"):
        where = source.where((*path, "importance"))
        yield Problem(
            where,
            "the facet importance is no rating that is released as means",
            "give it a rating scale, or leave importance out of the section",
        )
    asked, fallback = data["perspectives"]["asked"], data["perspectives"].get("fallback", {})
    for i, name in enumerate(section.get("self", ())):
        # A perspective of the kit that is not asked here rates nothing, its own work neither.
        if name not in asked and name not in usual_perspectives():
            where = source.where((*path, "self", i))
            yield Problem(where, f"{name} is not asked", f"use {', '.join(asked)}")
    for i, item in enumerate(section["items"]):
        here = (*path, "items", i)
        yield from _facets_known(source, data, (*here, "facets"), item.get("facets", ()))
        names = item.get("facets", section.get("facets", ()))
        names = [name for name in names if name in data["facets"]]
        for name in names:
            if data["facets"][name].get("stands_for") in names:
                yield Problem(
                    source.where(here),
                    f"it is rated on {name} and on the facet that {name} stands for",
                    "ask one of the two",
                )
        cited = item.get("source", {"ref": "-"})["ref"]
        if not cited.strip():
            yield Problem(
                source.where((*here, "source", "ref")),
                "is blank",
                f"use {', '.join(data['sources'])}",
            )
        for ref in cited.split() if "source" in item else ():
            if ref not in data["sources"]:
                where = source.where((*here, "source", "ref"))
                yield Problem(
                    where,
                    f"the source {ref} is not among the sources",
                    f"use {', '.join(data['sources'])}",
                )
        for tag in item.get("tags", ()):
            pillars = [pillar["id"] for pillar in data.get("pillars", ())]
            if tag.startswith("pillar.") and tag not in pillars:
                yield Problem(
                    source.where((*here, "tags")),
                    f"the pillar {tag} is not declared",
                    "add it under pillars",
                )
        for name in item["text"]:
            if name != "any" and name not in asked:
                where = source.where((*here, "text", name))
                yield Problem(
                    where,
                    f"{name} is no perspective of this instrument",
                    f"use {', '.join(asked)} or any",
                )
        for name in item.get("ask", asked):
            if name not in asked:
                where = source.where((*here, "ask"))
                yield Problem(
                    where, f"{name} is no perspective of this instrument", f"use {', '.join(asked)}"
                )
                continue
            chain, at = {"any"}, name
            while at and at not in chain:
                chain.add(at)
                at = fallback.get(at)
            if not chain & set(item["text"]):
                yield Problem(
                    source.where((*here, "text")),
                    f"{name} is asked and has no wording",
                    "write one, or leave the perspective out of ask",
                )


def _facets_known(
    source: Source, data: Any, path: tuple[str | int, ...], names: Any
) -> Iterator[Problem]:
    for i, name in enumerate(names):
        if name in names[:i]:
            yield Problem(source.where(path), f"the facet {name} stands twice", "keep one of them")
        if name not in data["facets"]:
            yield Problem(
                source.where(path),
                f"the facet {name} is not there",
                f"use one of {', '.join(data['facets'])}",
            )
