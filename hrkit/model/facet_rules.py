"""What a facet of an instrument file must hold to that stands for another, or is made of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hrkit.errors import Problem
from hrkit.model.facets import is_mean
from hrkit.model.yamlfile import Source

__all__ = ["made_of_problems", "stands_for_problems"]

#: What a scale for something that is made of so many ratings tells: whether one is the lowest answer, how the
#: second of two lies to the first.
JOINT = {1: ("lowest", "more"), 2: ("below", "same", "above")}


def stands_for_problems(source: Source, data: Any, name: str) -> Iterator[Problem]:
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
    elif not (is_mean(data, name) and is_mean(data, other)):
        what = f"{name} and {other} are not both ratings that are released as means"
        yield Problem(where, what, "give both a rating scale, or leave stands_for out")
    elif _ends(data, name) != _ends(data, other):
        what = f"{name} is rated {_ends(data, name)}, {other} {_ends(data, other)}"
        yield Problem(where, what, "give both scales the same values")


def made_of_problems(source: Source, data: Any, name: str) -> Iterator[Problem]:
    """A facet is made of one rating, or of two on one scale, and its own scale tells what is made of them."""
    parts = data["facets"][name].get("made_of")
    if parts is None:
        return
    where = source.where(("facets", name, "made_of"))
    rated = all(is_mean(data, one) for one in parts)
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
