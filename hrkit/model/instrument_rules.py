"""What an instrument file must hold to: every rule, and every breach of it at once.

The JSON Schema says which keys there are; the rules here are those a schema cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hrkit.errors import Problem
from hrkit.model.choose_rules import choose_problems
from hrkit.model.facet_rules import made_of_problems, stands_for_problems
from hrkit.model.facets import (
    DONT_KNOW,
    NOT_RELEVANT,
    RELEASES,
    options_of,
    release_of,
    score_facet,
)
from hrkit.model.languages import codes
from hrkit.model.perspectives import perspective_problems
from hrkit.model.schema import schema_problems
from hrkit.model.section_rules import cross_check_section
from hrkit.model.terms import kit_terms
from hrkit.model.yamlfile import Source
from hrkit.text import normal, shown

__all__ = ["cross_check_scale", "cross_check_texts", "instrument_problems", "names_apart"]


def instrument_problems(source: Source) -> tuple[Problem, ...]:
    """Everything that is wrong with an instrument file, in the order of its lines."""
    if source.data is None:
        empty = (Problem(source.name, "is empty", "see the instruments that come with the kit"),)
        return source.problems or empty
    found = [*source.problems, *schema_problems(source, "instrument")]
    # Cross-checks read a file of the right shape; before that they would only stumble.
    return tuple(found) if found else tuple(_cross_checks(source))


def _cross_checks(source: Source) -> Iterator[Problem]:
    data = source.data
    languages = data["languages"]
    yield from cross_check_texts(source, data, (), languages)
    yield from _ids(source, data)
    yield from names_apart(source, data["sections"])
    asked, fallback = data["perspectives"]["asked"], data["perspectives"].get("fallback", {})
    for name, target in fallback.items():
        if name not in asked or target not in asked:
            where = source.where(("perspectives", "fallback", name))
            yield Problem(
                where, f"{name} → {target}: both must be perspectives asked", "correct it"
            )
    pool = data["perspectives"].get("pool", {})
    for key, names in (
        ("sides", data["perspectives"].get("sides", ())),
        ("pool", (*pool, *pool.values())),
        ("names", data["perspectives"].get("names", ())),
    ):
        for name in names:
            if name not in asked:
                where = source.where(("perspectives", key))
                yield Problem(where, f"{name} is no perspective of this instrument", "correct it")
    yield from perspective_problems(source, data["perspectives"])
    for name, facet in data["facets"].items():
        if facet["scale"] not in data["scales"]:
            where = source.where(("facets", name, "scale"))
            known = ", ".join(data["scales"])
            yield Problem(where, f"the scale {facet['scale']} is not there", f"use one of {known}")
            continue
        kind = data["scales"][facet["scale"]]["kind"]
        if release_of(data, name) not in RELEASES[kind]:
            where = source.where(("facets", name, "release"))
            what = f"a {kind} facet cannot be released as {facet['release']}"
            yield Problem(where, what, f"use one of {', '.join(RELEASES[kind])}")
        yield from stands_for_problems(source, data, name)
        yield from made_of_problems(source, data, name)
    for name, scale in data["scales"].items():
        yield from cross_check_scale(source, name, scale)
    if data.get("grid") and [level["level"] for level in data.get("levels", ())] != [1, 2, 3, 4, 5]:
        where = source.where(("levels",) if "levels" in data else ())
        yield Problem(where, "a grid is declared, and the levels are not 1 to 5", "name all five")
    yield from _one_scale(source, data)
    blocks = [block["id"] for block in data.get("blocks", ())]
    for s, section in enumerate(data["sections"]):
        yield from cross_check_section(source, data, (("sections"), s), section, blocks)
        if "choose" in section:
            yield from choose_problems(source, data, s, section, len(options_of(data)))


def _one_scale(source: Source, data: Any) -> Iterator[Problem]:
    """Dimensions are shown on one axis, so their scores share a scale."""
    first: tuple[str, list[int]] | None = None
    for s, section in enumerate(data["sections"]):
        facet = score_facet(data, section)
        if facet is None:
            continue
        values = [
            c["value"] for c in data["scales"][data["facets"][facet]["scale"]].get("values", ())
        ]
        if not values or not all(isinstance(value, int) for value in values):
            continue
        ends = [min(values), max(values)]
        if first is None:
            first = (section["id"], ends)
        elif first[1] != ends:
            yield Problem(
                source.where(("sections", s)),
                f"{section['id']} is rated {ends[0]}–{ends[1]}, {first[0]} {first[1][0]}–{first[1][1]}",
                "dimensions of one instrument share a scale; write score: false, "
                "or make a second instrument",
            )


def cross_check_texts(
    source: Source, node: Any, path: tuple[str | int, ...], languages: list[str]
) -> Iterator[Problem]:
    """Every text has every declared language, and none that is not declared."""
    if isinstance(node, Mapping):
        # A set of scales, facets or sources may hold one that is named like a language.
        if any(
            key in codes() and not isinstance(text, (Mapping, list)) for key, text in node.items()
        ):
            missing = [
                language for language in languages if not str(node.get(language) or "").strip()
            ]
            if missing:
                what = f"has no text in {', '.join(missing)}, which the instrument declares"
                yield Problem(source.where(path), what, "translate it")
            extra = sorted(set(node) - set(languages))
            if extra:
                what = f"has {', '.join(extra)}, which is not among the declared languages"
                yield Problem(source.where(path), what, "declare it or leave it out")
            for language in set(node) & set(languages):
                wrong = kit_terms().problem(str(node[language]), language)
                if wrong:
                    yield Problem(
                        source.where((*path, language)),
                        wrong,
                        "see terms.yml and glossary/ of the kit",
                    )
        else:
            for key, child in node.items():
                yield from cross_check_texts(source, child, (*path, key), languages)
    elif isinstance(node, list):
        for i, child in enumerate(node):
            yield from cross_check_texts(source, child, (*path, i), languages)


def _ids(source: Source, data: Any) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key in ("blocks", "pillars"):
        names = [one["id"] for one in data.get(key, ())]
        for i, name in enumerate(names):
            if name in names[:i]:
                yield Problem(
                    source.where((key, i, "id")), f"the id {name} stands twice", "give each its own"
                )
    for s, section in enumerate(data["sections"]):
        paths: list[tuple[tuple[str | int, ...], str]] = [(("sections", s, "id"), section["id"])]
        paths += [
            (("sections", s, "items", i, "id"), item["id"])
            for i, item in enumerate(section["items"])
        ]
        if "importance" in section:
            paths.append((("sections", s, "importance"), f"{section['id']}.importance"))
        for path, name in paths:
            where = source.where(path)
            if name in seen:
                yield Problem(
                    where, f"the id {name} stands twice, first at {seen[name]}", "give each its own"
                )
            seen.setdefault(name, where)
            if len(path) == 5 and not name.startswith(f"{section['id']}."):
                yield Problem(
                    where,
                    f"the id {name} does not begin with its section's",
                    f"write {section['id']}.…, so that it stays stable",
                )


def names_apart(
    source: Source,
    sections: Sequence[Mapping[str, Any]],
    there: Sequence[Mapping[str, Any]] = (),
) -> Iterator[Problem]:
    """Dimensions of one name, which no reader of a report could tell apart.

    ``there`` are sections of an instrument that these are added to.
    """
    seen = {
        (language, normal(text)): f"the dimension {section['id']}"
        for section in there
        for language, text in section.get("name", {}).items()
        if _is_dimension(section)
    }
    known = {section["id"] for section in there}
    for s, section in enumerate(sections):
        if section["id"] in known or not _is_dimension(section):
            continue
        for language, text in section.get("name", {}).items():
            where = source.where(("sections", s, "name", language))
            first = seen.setdefault((language, normal(text)), where)
            if first != where:
                yield Problem(
                    where,
                    f"the name “{shown(text)}” stands twice, first at {first}",
                    "give each dimension its own",
                )
                break  # its other languages most likely need the same


def _is_dimension(section: Mapping[str, Any]) -> bool:
    return bool(section.get("score", True)) and "choose" not in section


def cross_check_scale(source: Source, name: str, scale: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with one scale."""
    where = source.where(("scales", name))
    values = [choice["value"] for choice in scale.get("values", ())]
    if scale["kind"] == "text":
        if values:
            yield Problem(where, "a text scale has no values", "leave them out")
        if "not_relevant" in scale or "joint" in scale:
            yield Problem(where, "a text scale has no other way out than a blank", "leave it out")
        return
    if len(values) < 2:
        yield Problem(where, "has fewer than two values", "give at least two")
    if len(set(map(str, values))) < len(values):
        yield Problem(where, "has a value twice", "give each its own")
    if DONT_KNOW in map(str, values):
        yield Problem(where, f"{DONT_KNOW} is kept for don't know", "use another code")
    if "not_relevant" in scale:
        if NOT_RELEVANT in map(str, values):
            yield Problem(where, f"{NOT_RELEVANT} is kept for not relevant", "use another code")
        if "dont_know" not in scale:
            yield Problem(
                where,
                "it offers not_relevant without dont_know",
                "offer both; where there is one way out it is dont_know",
            )
    elif "joint" in scale:
        yield Problem(where, "what was joint is not apart", "name not_relevant, or leave joint out")
    if scale["kind"] == "rating":
        whole = all(isinstance(value, int) and not isinstance(value, bool) for value in values)
        if values and (not whole or values != list(range(values[0], values[0] + len(values)))):
            yield Problem(
                where,
                "a rating's values must be whole numbers that rise by one",
                "for example 1, 2, 3, 4, 5",
            )
