"""Where in a file the columns of a mapping stand, by the very words or as people see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from hrkit.answers.ballots import answer_columns
from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.choices import people
from hrkit.answers.readers.layout import Layout, Origin, Several
from hrkit.answers.readers.mapping import PERSON, Mapped, listed
from hrkit.answers.readers.owner import made_for
from hrkit.answers.readers.several import coded
from hrkit.answers.readers.surveys.columns import Columns
from hrkit.answers.readers.surveys.tool import Heads
from hrkit.answers.readers.targets import TakenFor
from hrkit.answers.readers.vocabulary import close_to
from hrkit.errors import Problem
from hrkit.model.engagement import Engagement
from hrkit.text import Lookup, normal, oddities, shown

__all__ = ["layout_of", "places"]


def places(
    table: CellTable, heads: Heads, mapped: Mapped, problems: list[Problem], notes: list[str]
) -> dict[str, int]:
    """Columns of the mapping to columns of the file: by the very words, else as people see them."""
    named = mapped.columns
    headings = {
        column: names[0].strip() if names and not names[0].startswith("column ") else ""
        for column, names in enumerate(heads.names)
    }
    exact: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for column, names in enumerate(heads.names):
        for name in dict.fromkeys(name.strip() for name in names):
            exact.setdefault(name, []).append(column)
        for name in dict.fromkeys(map(normal, names)):
            loose.setdefault(name, []).append(column)
    place: dict[str, int] = {}
    odd: dict[str, None] = {}
    open_: set[str] = set()
    twice: set[int] = set()
    for text in named:
        found = exact.get(text.strip(), [])
        if len(found) == 1:
            place[text] = found[0]
        elif found:
            open_.add(text)
            twice.update(found)
            problems.append(
                Problem(
                    table.where(1, found[1]),
                    f"the heading {shown(text)} stands twice",
                    f"say which is meant: “{shown(text)} #1”, “{shown(text)} #2” …",
                )
            )
    for text, path in named.items():
        if text in place or text in open_:
            continue
        found = [column for column in loose.get(normal(text), []) if column not in place.values()]
        if len(found) == 1:
            place[text] = found[0]
            odd |= dict.fromkeys((*oddities(headings[found[0]]), *oddities(text)))
        elif len(found) > 1:
            open_.add(text)
            which = " or ".join(table.where(1, column).rpartition(", ")[2] for column in found)
            problems.append(
                Problem(
                    mapped.source.where(path),
                    f"{shown(text)} may be {which}",
                    "give each column its own heading, or say column D",
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
        if text not in place and path != ("ignore",) and text not in open_:
            near = close_to(text, headings.values())
            fix = f"did you mean {near}?" if near else "correct the mapping"
            what = f"{table.name} has no column {shown(text)}"
            problems.append(Problem(mapped.source.where(path), what, fix))
    return place


def layout_of(
    mapped: Mapped, place: dict[str, int], engagement: Engagement, heads: Heads
) -> Layout:
    """How the rows of the file are read, by what the mapping says."""
    data = mapped.data
    known = people(engagement)
    asked = answer_columns(engagement.instrument)
    lists = engagement.instrument.keys
    meant = {place[c]: target for c, target in mapped.targets.items() if c in place}
    person = {}
    for name in PERSON:
        entry = data.get(name, {})
        if "value" in entry:
            person[name] = _constant(name, str(entry["value"]), engagement)
        elif entry.get("column") in place:
            values = _lookup(entry["values"]) if "values" in entry else None
            other = str(entry.get("other", ""))
            person[name] = Origin(place[entry["column"]], values=values, other=other)
        elif "columns" in entry:
            ticks = {place[c]: str(id) for c, id in entry["columns"].items() if c in place}
            person[name] = Origin(ticks=ticks)
        elif name == "unit" and not entry:
            person[name] = Origin(value=engagement.root.id)
        elif name in ("wave", "perspective") and not entry:
            person[name] = Origin(value=known[name].ids[0])
    return Layout(
        person=person,
        questions={c: asked[target.key] for c, target in meant.items() if target.key in asked},
        several={
            column: Several(lists[target.key], target.parted, target.others)
            for column, target in meant.items()
            if target.key in lists and target.key not in asked
        },
        asks=_asks(meant, heads, engagement),
        coded={
            c: coded(asked[target.key])
            for c, target in meant.items()
            if target.key in asked and asked[target.key].facet.scale.kind == "tick"
        },
        by_language={
            language: {key: _lookup(recode) for key, recode in said.items()}
            for language, said in data.get("labels", {}).items()
        },
        code=tuple(place[c] for c in listed(data.get("respondent")) if c in place),
        recode={key: _lookup(recode) for key, recode in data.get("values", {}).items()},
        dont_know=Lookup(dict.fromkeys(map(str, data.get("dont_know", ())), True)),
        not_relevant=Lookup(dict.fromkeys(map(str, data.get("not_relevant", ())), True)),
        blank=(blank := Lookup(dict.fromkeys(map(str, data.get("blank", ())), True))),
        told_blank=blank,
        blank_says=", as the mapping says",
        skip_unanswered=data.get("unanswered") == "skip",
    )


def _asks(
    meant: Mapping[int, TakenFor], heads: Heads, engagement: Engagement
) -> dict[int, frozenset[str]]:
    """The roles whose column each is: as the mapping says, or by words that only they read.

    A column's words tell only where a question has several columns.
    """
    often = Counter(target.key for target in meant.values())
    several = any(count > 1 for count in often.values())
    columns = Columns.of(engagement) if several else None
    found: dict[int, frozenset[str]] = {}
    for column, target in meant.items():
        if target.perspective:
            found[column] = frozenset((target.perspective,))
        elif columns is not None and often[target.key] > 1:
            named = columns.find(heads.names[column])
            if named and named.asked and named.asked.key == target.key and named.asked.perspective:
                found[column] = columns.readers(named.asked)
    return found


def _lookup(entries: Mapping[str, Any]) -> Lookup[str]:
    return Lookup({str(raw): str(value) for raw, value in entries.items()})


def _constant(name: str, value: str, engagement: Engagement) -> Origin:
    choices = people(engagement).get(name)
    found = choices.find(value) if choices else value
    return Origin(value=found if isinstance(found, str) else value)
