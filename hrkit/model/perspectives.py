"""Who answers: what a perspective is called in every place, and how it is drawn — as data.

The kit's usual perspectives stand in ``data/templates/perspectives.yml``; an instrument may name
and draw them otherwise, and brings its own.  A name has forms, since "leaders" in a table is "the
leaders" in a sentence and "People leader" where one person chooses a role.  Code asks for a form;
it knows no perspective by name.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model.language import Name, Texts, join, leaf_problem
from hrkit.model.languages import codes
from hrkit.model.terms import Terms, expanded, kit_terms
from hrkit.model.yamlfile import Source, read_yaml

__all__ = [
    "COLOURS",
    "FORMS",
    "SHAPES",
    "Mark",
    "People",
    "Perspective",
    "people_of",
    "perspective_problems",
]

#: Places in which a perspective is named.
FORMS = ("role", "hint", "label", "short", "in_text", "owner")
#: What a form is made of where it is not given.
_ELSE = {"role": "label", "short": "label", "owner": "label"}
#: Colours by name; `hrkit.report.theme` says which they are.
COLOURS = ("primary", "accent", "ink", "mute", "violet", "green")
#: Shapes by name.
SHAPES = (
    "circle",
    "diamond",
    "square",
    "triangle",
    "triangle-down",
    "hexagon",
    "pentagon",
    "star",
    "plus",
    "cross",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a perspective is drawn: a colour by name (or ``#rrggbb``) and a shape by name."""

    colour: str
    shape: str


#: Marks given in turn to those that have none: the two sides first, and last what is like a circle in grey.
_TURN = (
    Mark("primary", "circle"),
    Mark("accent", "diamond"),
    Mark("ink", "square"),
    Mark("mute", "triangle"),
    Mark("violet", "triangle-down"),
    Mark("green", "cross"),
    Mark("ink", "plus"),
    Mark("violet", "star"),
    Mark("green", "pentagon"),
    Mark("mute", "hexagon"),
)


@dataclass(frozen=True)
class Perspective:
    """One perspective, or several that are reported together.

    Attributes
    ----------
    forms
        Form to text in each language; what is missing is made from what is there.
    one
        Forms that are grammatically singular.
    """

    id: str
    forms: Mapping[str, Texts] = field(default_factory=dict)
    one: frozenset[str] = frozenset()

    def name(self, form: str, language: str) -> Name:
        """The name in one form: a text that knows its number.  Empty for a hint not given."""
        text = self.forms.get(form, {}).get(language)
        if text is None and form == "in_text":
            text = _small(self.name("label", language))
        elif text is None and form in _ELSE:
            text = self.name(_ELSE[form], language)
        elif text is None:
            text = "" if form == "hint" else self.id
        source = form if form in self.forms else _ELSE.get(form, "label")
        return Name(text, plural=not {form, source} & self.one)


@dataclass(frozen=True)
class People:
    """All perspectives of an instrument, by id, with those reported together and the marks.

    ``head`` stands above the first tier of the leadership chain; ``usual`` are the kit's own names
    where a client calls them otherwise, for files that still do not.
    """

    known: Mapping[str, Perspective] = field(default_factory=dict)
    pooled: Mapping[frozenset[str], Perspective] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    head: str = ""
    usual: Mapping[str, Perspective] = field(default_factory=dict)

    def name(self, members: tuple[str, ...], form: str, language: str) -> Name:
        """The name of a perspective, or of several reported together."""
        if len(members) == 1:
            return self.one(members[0]).name(form, language)
        own = self.pooled.get(frozenset(members))
        if own is not None:
            return own.name(form, language)
        names = [self.one(member).name(form, language) for member in members]
        return Name(join([str(name) for name in names], language), plural=True)

    def spoken(self, id: str) -> tuple[str, ...]:
        """Every name by which files may call a perspective, in every language."""
        names: dict[str, None] = {}
        for one in (self.one(id), self.usual.get(id, Perspective(id))):
            for form in ("role", "label", "short"):
                for text in one.forms.get(form, {}).values():
                    names.setdefault(text)
        return tuple(names)

    def one(self, id: str) -> Perspective:
        """A perspective; one without names is called by its id."""
        return self.known.get(id, Perspective(id))


def _small(name: str) -> str:
    """A name as it stands inside a sentence; abbreviations such as HR keep their capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def people_of(data: Mapping[str, Any], terms: Terms) -> People:
    """The perspectives of an instrument.

    Parameters
    ----------
    data
        What stands under ``perspectives`` in its file, placeholders filled in.
    terms
        For the kit's own names.
    """
    usual = expanded(_kit(), terms)
    asked = tuple(data["asked"])
    names = {**usual["names"], **data.get("names", {})}
    pooled = [*usual["pooled"], *data.get("pooled", ())]
    return People(
        known={id: _perspective(id, names[id]) for id in asked if id in names},
        pooled={
            frozenset(one["of"]): _perspective("_".join(one["of"]), one)
            for one in pooled
            if set(one["of"]) <= set(asked) and not _renamed(one, data)
        },
        marks=_marks(asked, data, usual["marks"]),
        head=data.get("head", ""),
        usual={
            id: _perspective(id, name)
            for id, name in expanded(_kit()["names"], kit_terms()).items()
            if id in asked and id not in data.get("names", {})
        },
    )


def _renamed(pooled: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Whether the kit's name for several would stand beside names that are not the kit's."""
    own = pooled in data.get("pooled", ())
    return not own and any(id in data.get("names", {}) for id in pooled["of"])


def _perspective(id: str, data: Mapping[str, Any]) -> Perspective:
    if set(data) <= set(codes()):  # one name for every place
        return Perspective(id, {"label": data})
    return Perspective(
        id, {form: data[form] for form in FORMS if form in data}, frozenset(data.get("one", ()))
    )


def _marks(
    asked: tuple[str, ...], data: Mapping[str, Any], usual: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Mark]:
    """A mark for everybody asked, no shape twice while there are shapes left."""
    given = {**{id: mark for id, mark in usual.items() if id in asked}, **data.get("marks", {})}
    marks = {id: Mark(mark["colour"], mark["shape"]) for id, mark in given.items()}
    sides = tuple(data.get("sides", ()))
    for id in (*sides, *(one for one in asked if one not in sides)):
        if id in marks:
            continue
        shapes = {mark.shape for mark in marks.values()}
        colours = {marks[side].colour for side in sides if side in marks} if id in sides else set()
        free = [m for m in _TURN if m.shape not in shapes and m.colour not in colours]
        marks[id] = (free or [_TURN[len(marks) % len(_TURN)]])[0]
    return {id: marks[id] for id in asked}


@functools.cache
def _kit() -> Mapping[str, Any]:
    source = read_yaml(kit.templates() / "perspectives.yml")
    data: Mapping[str, Any] = source.data or {}
    texts = [
        (f"{source.name}, {id}.{form}", text)
        for id, name in data.get("names", {}).items()
        for form, text in name.items()
        if form in FORMS
    ]
    problems = [leaf_problem(where, text) for where, text in texts]
    if found := [*source.problems, *(one for one in problems if one)]:
        raise HrkitError("The kit's own perspectives cannot be used.", found)
    return data


def usual_perspectives() -> tuple[str, ...]:
    """Ids of the perspectives that the kit has names for."""
    return tuple(_kit().get("names", {}))


def perspective_problems(source: Source, data: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with names, pools' names and marks of an instrument's perspectives."""
    where, asked = source.where, data["asked"]
    for id, name in data.get("names", {}).items():
        forms = set(name) - {"one"}
        if set(name) <= set(codes()):
            continue
        missing = [form for form in ("role", "label", "in_text") if form not in forms]
        if missing:
            yield Problem(
                where(("perspectives", "names", id)),
                f"has no {', '.join(missing)}",
                "a name is given in these three forms, or as one text for every place",
            )
    for i, one in enumerate(data.get("pooled", ())):
        for id in one["of"]:
            if id not in asked:
                yield Problem(
                    where(("perspectives", "pooled", i, "of")),
                    f"{id} is no perspective of this instrument",
                    "correct it",
                )
    head = data.get("head")
    if head is not None and head not in asked:
        yield Problem(
            where(("perspectives", "head")),
            f"{head} is no perspective of this instrument",
            "correct it",
        )
    marks = data.get("marks", {})
    for id in marks:
        if id not in asked:
            yield Problem(
                where(("perspectives", "marks", id)),
                f"{id} is no perspective of this instrument",
                "correct it",
            )
    sides = data.get("sides", ())
    if len(sides) == 2 and not any(side not in asked for side in sides):
        drawn = _marks(tuple(asked), data, _kit()["marks"])
        first, second = (drawn[side] for side in sides)
        for key, same in (
            ("shape", first.shape == second.shape),
            ("colour", first.colour == second.colour),
        ):
            if same:
                yield Problem(
                    where(("perspectives", "marks")),
                    f"both sides have the {key} {getattr(first, key)}",
                    "give them two, so that they can be told apart",
                )
