"""What an instrument file must hold to: every rule, and every breach of it at once.

The JSON Schema says which keys there are; the rules here are those a schema cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from hrkit.errors import Problem
from hrkit.model.choose_rules import choose_problems
from hrkit.model.languages import codes
from hrkit.model.perspectives import perspective_problems, usual_perspectives
from hrkit.model.schema import schema_problems
from hrkit.model.terms import kit_terms
from hrkit.model.yamlfile import Source
from hrkit.text import normal, shown

__all__ = [
    "DONT_KNOW",
    "NOT_RELEVANT",
    "RELEASES",
    "ReleasedAs",
    "counts",
    "cross_check_scale",
    "cross_check_section",
    "cross_check_texts",
    "instrument_problems",
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

#: What a scale for something that is made of so many ratings tells: whether one is the lowest answer, how the
#: second of two lies to the first.
JOINT = {1: ("lowest", "more"), 2: ("below", "same", "above")}

#: What may be asked for by kind of scale; the first is what holds where the file says nothing.
RELEASES: Mapping[str, tuple[ReleasedAs, ...]] = {
    "rating": ("means", "shares", "counts", "nothing"),
    "category": ("shares", "counts", "nothing"),
    "text": ("texts", "counts", "nothing"),
}


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
        yield from _stands_for(source, data, name)
        yield from _made_of(source, data, name)
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


def _stands_for(source: Source, data: Any, name: str) -> Iterator[Problem]:
    """A facet takes another's place only where one mean can hold the answers to both."""
    other = data["facets"][name].get("stands_for")
    if other is None:
        return
    where = source.where(("facets", name, "stands_for"))
    if other not in data["facets"]:
        known = ", ".join(data["facets"])
        yield Problem(where, f"the facet {other} is not there", f"use one of {known}")
    elif other == name or "stands_for" in data["facets"].get(other, {}):
        yield Problem(where, f"{other} stands for a facet itself", "name the one that scores")
    elif not (_is_mean(data, name) and _is_mean(data, other)):
        what = f"{name} and {other} are not both ratings that are released as means"
        yield Problem(where, what, "give both a rating scale, or leave stands_for out")
    elif _ends(data, name) != _ends(data, other):
        what = f"{name} is rated {_ends(data, name)}, {other} {_ends(data, other)}"
        yield Problem(where, what, "give both scales the same values")


def _made_of(source: Source, data: Any, name: str) -> Iterator[Problem]:
    """A facet is made of one rating, or of two on one scale, and its own scale tells what is made of them."""
    parts = data["facets"][name].get("made_of")
    if parts is None:
        return
    where = source.where(("facets", name, "made_of"))
    rated = all(_is_mean(data, one) for one in parts)
    if not rated or len({_ends(data, one) for one in parts}) > 1:
        what = f"{' and '.join(parts)}: not ratings of the same values that are released as means"
        yield Problem(where, what, "name one or two that are")
    scale = data["scales"][data["facets"][name]["scale"]]
    told = [str(choice["value"]) for choice in scale.get("values", ())]
    wanted = JOINT[len(parts)]
    if (
        scale["kind"] != "category"
        or tuple(told) != wanted
        or {"dont_know", "not_relevant"} & {*scale}
    ):
        what = f"its scale does not tell {', '.join(wanted)}"
        yield Problem(where, what, "give it a category scale of these and no way out")
    asked = [n for s in data["sections"] for n in s.get("facets", ())]
    asked += [
        n for s in data["sections"] for item in s.get("items", ()) for n in item.get("facets", ())
    ]
    if name in asked:
        yield Problem(where, f"{name} is asked, and it is made of answers", "leave it out there")


def _ends(data: Any, facet: str) -> str:
    values = [c["value"] for c in data["scales"][data["facets"][facet]["scale"]].get("values", ())]
    return f"{values[0]}–{values[-1]}" if values else ""


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
    elif "importance" in section and not _is_mean(data, "importance"):
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


def score_facet(data: Any, section: Any) -> str | None:
    """The section's first facet makes its score, if it is a rating whose means may be shown and a score is wanted."""
    if section.get("score") is False or not section.get("facets"):
        return None
    first: str = section["facets"][0]
    return first if _is_mean(data, first) else None


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


def _is_mean(data: Any, facet: str) -> bool:
    raw = data["facets"].get(facet, {})
    scale = data["scales"].get(raw.get("scale"), {})
    return scale.get("kind") == "rating" and raw.get("release", "means") == "means"
