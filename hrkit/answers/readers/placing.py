"""Where in a file the columns of a mapping stand, by the very words or as people see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrkit.answers.ballots import answer_columns
from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.layout import Layout, Origin
from hrkit.answers.readers.mapping import PERSON, Mapped, listed
from hrkit.answers.readers.owner import made_for
from hrkit.answers.readers.vocabulary import close_to, people
from hrkit.errors import Problem
from hrkit.model.engagement import Engagement
from hrkit.text import Lookup, normal, oddities, shown

__all__ = ["layout_of", "places"]


def places(
    table: CellTable, mapped: Mapped, problems: list[Problem], notes: list[str]
) -> dict[str, int]:
    """Columns of the mapping to columns of the file: by the very words, else as people see them."""
    named = mapped.columns
    headings = {column: table.header.cell(column).strip() for column in range(table.width)}
    place: dict[str, int] = {}
    twice = set()
    for column, text in headings.items():
        if text in place:
            twice.add(column)
            problems.append(
                Problem(
                    table.where(1, column),
                    f"the heading {shown(text)} stands twice",
                    "give each column its own",
                )
            )
        elif text in named:
            place[text] = column
    loose: dict[str, list[int]] = {}
    for column, text in headings.items():
        if text and text not in named and column not in twice:
            loose.setdefault(normal(text), []).append(column)
    odd: dict[str, None] = {}
    for text, path in named.items():
        found = loose.get(normal(text), []) if text not in place else []
        if len(found) == 1 and found[0] not in place.values():
            place[text] = found[0]
            odd |= dict.fromkeys((*oddities(headings[found[0]]), *oddities(text)))
        elif len(found) > 1:
            which = " or ".join(table.where(1, column).rpartition(", ")[2] for column in found)
            problems.append(
                Problem(
                    mapped.source.where(path),
                    f"{shown(text)} may be {which}",
                    "give each column its own heading",
                )
            )
    if odd:
        notes.append(
            f"{table.name}: headings or the mapping hold {', '.join(odd)}; these do not count."
        )
    used = {*place.values(), *twice}
    for column, text in headings.items():
        if column in used or mapped.ignores_rest or made_for(text):
            continue
        if text or any(row.cell(column).strip() for row in table.rows):
            what = f"the column “{shown(text)}” is not in the mapping" if text else "has no heading"
            problems.append(
                Problem(table.where(1, column), what, "name it under answers or under ignore")
            )
    for text, path in named.items():
        if text not in place and path != ("ignore",) and len(loose.get(normal(text), [])) < 2:
            near = close_to(text, headings.values())
            fix = f"did you mean {near}?" if near else "correct the mapping"
            what = f"{table.name} has no column {shown(text)}"
            problems.append(Problem(mapped.source.where(path), what, fix))
    return place


def layout_of(mapped: Mapped, place: dict[str, int], engagement: Engagement) -> Layout:
    """How the rows of the file are read, by what the mapping says."""
    data = mapped.data
    known = people(engagement)
    asked = answer_columns(engagement.instrument)
    person = {}
    for name in PERSON:
        entry = data.get(name, {})
        if "value" in entry:
            person[name] = _constant(name, str(entry["value"]), engagement)
        elif entry.get("column") in place:
            values = _lookup(entry["values"]) if "values" in entry else None
            person[name] = Origin(place[entry["column"]], values=values)
        elif name == "unit" and not entry:
            person[name] = Origin(value=engagement.root.id)
        elif name in ("wave", "perspective") and not entry:
            person[name] = Origin(value=known[name].ids[0])
    return Layout(
        person=person,
        questions={
            place[column]: asked[key]
            for column, key in data["answers"].items()
            if column in place and key in asked
        },
        code=tuple(place[c] for c in listed(data.get("respondent")) if c in place),
        recode={key: _lookup(recode) for key, recode in data.get("values", {}).items()},
        dont_know=Lookup(dict.fromkeys(map(str, data.get("dont_know", ())), True)),
        not_relevant=Lookup(dict.fromkeys(map(str, data.get("not_relevant", ())), True)),
        blank=Lookup(dict.fromkeys(map(str, data.get("blank", ())), True)),
        skip_unanswered=data.get("unanswered") == "skip",
    )


def _lookup(entries: Mapping[str, Any]) -> Lookup[str]:
    return Lookup({str(raw): str(value) for raw, value in entries.items()})


def _constant(name: str, value: str, engagement: Engagement) -> Origin:
    choices = people(engagement).get(name)
    found = choices.find(value) if choices else value
    return Origin(value=found if isinstance(found, str) else value)
