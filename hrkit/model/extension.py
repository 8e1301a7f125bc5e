"""A client's own items and sections on top of an instrument: ``extends: partnership``.

The core stays what it is: its items, scales, perspectives and sides cannot be changed, so its
levels, advice and pages hold.  What is added needs the client's languages only.  Items added to a
dimension of the core are asked and shown with it and leave its score alone (``counts: true`` makes
them count, and the score is then no longer the core's).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from hrkit.errors import Problem
from hrkit.model.choose_rules import choose_problems
from hrkit.model.facets import RELEASES, options_of, score_facet
from hrkit.model.instrument_rules import cross_check_scale, cross_check_texts, names_apart
from hrkit.model.languages import codes
from hrkit.model.schema import schema_problems
from hrkit.model.section_rules import cross_check_section
from hrkit.model.yamlfile import Source

__all__ = ["extended", "extension_problems"]

#: Parts of the core that may be added to, entry by entry.
_ADDED = ("sources", "scales", "facets")


def extended(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The data of the core with what a client added; both have been checked."""
    languages = own["languages"]
    data: dict[str, Any] = _only(copy.deepcopy(dict(base)), languages)
    data |= {
        "id": own["id"],
        "version": f"{base['version']}+{own['version']}",
        "languages": languages,
    }
    for key in ("title", "intro"):
        if key in own:
            data[key] = own[key]
    for key in _ADDED:
        data[key] = {**data.get(key, {}), **own.get(key, {})}
    for key, value in own.get("perspectives", {}).items():
        before = data["perspectives"].get(key)
        data["perspectives"][key] = (
            [*(before or ()), *value] if isinstance(value, list) else {**(before or {}), **value}
        )
    core = {section["id"]: section for section in data["sections"]}
    for section in own.get("sections", ()):
        items = [{"source": {"ref": ""}, **item} for item in section["items"]]
        if section["id"] in core:
            for item in items:
                item["added"] = not item.pop("counts", False)
            core[section["id"]]["items"].extend(items)
            if "sensitive" in section:
                marks = (section["sensitive"], core[section["id"]].get("sensitive", 0))
                core[section["id"]]["sensitive"] = max(marks)
        else:
            for item in items:
                item.pop("counts", None)
            data["sections"].append({**section, "items": items})
    return data


def _only(node: Any, languages: list[str]) -> Any:
    """Data whose texts stand in some of their languages only."""
    if isinstance(node, Mapping):
        spoken = set(node) & set(codes())
        return {
            key: _only(value, languages)
            for key, value in node.items()
            if not spoken or key in languages or key not in codes()
        }
    if isinstance(node, list):
        return [_only(one, languages) for one in node]
    return node


def extension_problems(source: Source, base: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Everything that is wrong with a file that extends an instrument, in the order of its rules."""
    shape = [*source.problems, *schema_problems(source, "extension")]
    if shape:
        return tuple(shape)
    return tuple(_cross_checks(source, base))


def _cross_checks(source: Source, base: Mapping[str, Any]) -> Iterator[Problem]:
    own, where = source.data, source.where
    lacking = [language for language in own["languages"] if language not in base["languages"]]
    if lacking:
        yield Problem(
            where(("languages",)),
            f"{own['extends']} has no {', '.join(lacking)}",
            f"it has {', '.join(base['languages'])}",
        )
    yield from cross_check_texts(source, own, (), own["languages"])
    for key in _ADDED:
        for name in own.get(key, {}):
            if name in base.get(key, {}):
                yield Problem(
                    where((key, name)),
                    f"{name} is one of {own['extends']} and stays as it is",
                    "give yours a name of its own",
                )
    for name, scale in own.get("scales", {}).items():
        yield from cross_check_scale(source, name, scale)
    for name, facet in own.get("facets", {}).items():
        scales = {**base["scales"], **own.get("scales", {})}
        if facet["scale"] not in scales:
            yield Problem(
                where(("facets", name, "scale")),
                f"the scale {facet['scale']} is not there",
                f"use one of {', '.join(scales)}",
            )
        elif (
            facet.get("release", RELEASES[kind := scales[facet["scale"]]["kind"]][0])
            not in RELEASES[kind]
        ):
            yield Problem(
                where(("facets", name, "release")),
                f"a {kind} facet cannot be released as {facet['release']}",
                f"use one of {', '.join(RELEASES[kind])}",
            )
    yield from names_apart(source, own.get("sections", ()), base["sections"])
    core = {section["id"]: section for section in base["sections"]}
    taken = {item["id"] for section in base["sections"] for item in section["items"]}
    taken |= {f"{section['id']}.importance" for section in base["sections"]}
    seen: dict[str, str] = {}
    for s, section in enumerate(own.get("sections", ())):
        here = ("sections", s)
        id, at = section["id"], where((*here, "id"))
        if id in seen:
            yield Problem(
                at,
                f"the id {id} stands twice, first at {seen[id]}",
                "put the items under one of them",
            )
        seen.setdefault(id, at)
        for i, item in enumerate(section["items"]):
            place = where((*here, "items", i, "id"))
            if item["id"] in taken:
                yield Problem(
                    place,
                    f"the item {item['id']} is one of {own['extends']} and stays as it is",
                    "give yours an id of its own",
                )
            elif item["id"] in seen:
                yield Problem(
                    place,
                    f"the id {item['id']} stands twice, first at {seen[item['id']]}",
                    "give each its own",
                )
            elif not item["id"].startswith(f"{id}."):
                yield Problem(
                    place,
                    f"the id {item['id']} does not begin with its section's",
                    f"write {id}.…, so that it stays stable",
                )
            seen.setdefault(item["id"], place)
        if id in core:
            for key in section:
                if key not in ("id", "items", "sensitive"):
                    yield Problem(
                        where((*here, key)),
                        f"{id} is a section of {own['extends']} and stays as it is",
                        "give it items only, or make a section of your own",
                    )
        else:
            for key in ("name", "about", *(() if "choose" in section else ("facets",))):
                if key not in section:
                    yield Problem(where(here), f"the section {id} has no {key}", "add it")
    whole = extended(base, _complete(own))
    blocks = [block["id"] for block in whole.get("blocks", ())]
    for s, section in enumerate(own.get("sections", ())):
        if "choose" in section:
            options = len(options_of(whole))
            yield from cross_check_section(source, whole, ("sections", s), section, [], grid=False)
            ids = [one["id"] for one in whole["sections"]]
            stands = ids.index(section["id"])
            yield from choose_problems(source, whole, s, section, options, stands)
            continue
        facets = core[section["id"]]["facets"] if section["id"] in core else section.get("facets")
        if not facets:
            continue
        full = {**section, "facets": facets}
        yield from cross_check_section(
            source, whole, ("sections", s), full, blocks if "block" in section else [], grid=False
        )
        yield from _scale(source, s, section["id"], whole, base)


def _complete(own: Mapping[str, Any]) -> dict[str, Any]:
    """The file as far as it can be put together while it is being checked."""
    sections = [
        {"name": {}, "about": {}, **({} if "choose" in section else {"facets": [""]}), **section}
        for section in own.get("sections", ())
    ]
    return {**own, "sections": sections}


def _scale(
    source: Source, s: int, id: str, whole: Mapping[str, Any], base: Mapping[str, Any]
) -> Iterator[Problem]:
    """A dimension of one's own is shown beside the core's, so it is rated on the same scale."""

    def values(data: Mapping[str, Any], section: Mapping[str, Any]) -> list[Any]:
        facet = score_facet(data, section)
        scale = data["scales"].get(data["facets"][facet]["scale"], {}) if facet else {}
        return [choice["value"] for choice in scale.get("values", ())]

    mine = next(section for section in whole["sections"] if section["id"] == id)
    first = next((v for section in base["sections"] if (v := values(base, section))), [])
    own = values(whole, mine)
    if own and first and (own[0], own[-1]) != (first[0], first[-1]):
        yield Problem(
            source.where(("sections", s)),
            f"{id} is rated {own[0]}–{own[-1]}, the core {first[0]}–{first[-1]}",
            "dimensions of one instrument share a scale; write score: false",
        )
