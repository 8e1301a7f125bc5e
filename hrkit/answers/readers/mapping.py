"""Exports of other survey programs, by a mapping that says what each column means.

::

    instrument: lq2002
    respondent: [COMPID, SUB]
    organisation: COMPID
    wave: {value: w1}
    perspective: {column: ROLE, values: {"1": leader, "2": hr}}
    answers: {LEAD01: lead.01, LEAD02: lead.02}
    values: {"*": {"0": "1", "1": "2"}}
    dont_know: ["99"]
    blank: ["NA"]
    ignore: [TSIG, HOSTILE]

Nothing is guessed.  A column that is neither used nor ignored is a problem; ``NA`` and ``99`` are
missing only because the mapping says so; and where raw values are recoded, a value that the
mapping does not list is a problem.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrkit.answers.files.read import read_table
from hrkit.answers.files.table import Table
from hrkit.answers.readers.rows import Layout, Source, collect
from hrkit.answers.readers.vocabulary import Values, Wrong, close_to, people, shown
from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError, Problem
from hrkit.model import yamlfile
from hrkit.model.engagement import Engagement

__all__ = ["Mapped", "load_mapping", "read_mapped", "read_portfolio"]

_PERSON = ("wave", "unit", "perspective", "level", "pair")


@dataclass(frozen=True)
class Mapped:
    """A checked mapping: the YAML's data, and its file for messages."""

    source: yamlfile.Source

    @property
    def data(self) -> Mapping[str, Any]:
        """The mapping as written."""
        data: Mapping[str, Any] = self.source.data
        return data

    @property
    def columns(self) -> dict[str, tuple[str | int, ...]]:
        """Every column it names, with the place in the mapping; ignored ones too."""
        data = self.data
        named: dict[str, tuple[str | int, ...]] = {}
        for column in _listed(data.get("respondent")):
            named[column] = ("respondent",)
        if "organisation" in data:
            named.setdefault(data["organisation"], ("organisation",))
        for name in _PERSON:
            if "column" in data.get(name, {}):
                named.setdefault(data[name]["column"], (name, "column"))
        for column in data["answers"]:
            named[column] = ("answers", column)
        for column in self.ignored:
            named.setdefault(column, ("ignore",))
        return named

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns that are left out by name."""
        return () if self.ignores_rest else _listed(self.data.get("ignore"))

    @property
    def ignores_rest(self) -> bool:
        """Whether columns that are not named are left out."""
        return bool(self.data.get("ignore") == "*")


def load_mapping(path: str | Path, engagement: Engagement) -> Mapped:
    """Load a mapping and check it against an engagement.

    Parameters
    ----------
    path
        A YAML file; its JSON Schema is ``mapping.schema.json``.
    engagement
        Says which questions, waves, units and perspectives there are.

    Raises
    ------
    AnswersError
        With every problem of the mapping at once.
    """
    source = yamlfile.read_yaml(Path(path))
    problems = list(source.problems)
    if source.data is not None:
        problems += yamlfile.schema_problems(source, "mapping")
    elif not problems:
        problems.append(Problem(source.name, "is empty", "say what the columns mean"))
    if not problems:
        problems = _check(source, engagement)
    if problems:
        raise AnswersError(f"The mapping {source.name} cannot be used.", problems)
    return Mapped(source)


def _check(source: yamlfile.Source, engagement: Engagement) -> list[Problem]:
    data, instrument = source.data, engagement.instrument
    found: list[Problem] = []

    def wrong(path: tuple[str | int, ...], what: str, fix: str) -> None:
        found.append(Problem(source.where(path), what, fix))

    if data["instrument"] != instrument.id:
        wrong(("instrument",), f"{data['instrument']} is not the engagement's instrument",
              f"the engagement uses {instrument.id}")  # fmt: skip
    targets: dict[str, str] = {}
    for column, key in data["answers"].items():
        if key not in instrument.keys:
            near = close_to(key, instrument.keys)
            wrong(("answers", column), f"there is no question {key}",
                  f"did you mean {near}?" if near else "use a question's key")  # fmt: skip
        elif key in targets:
            wrong(("answers", column), f"{key} is taken from {targets[key]} already", "keep one")
        targets.setdefault(key, column)
    facts = _listed(data.get("respondent")) + tuple(
        data[name]["column"] for name in _PERSON if "column" in data.get(name, {}))  # fmt: skip
    for column in data["answers"]:
        if column in facts:
            wrong(("answers", column), f"{column} is said to be two things", "keep one of them")
    for column in () if data.get("ignore") == "*" else _listed(data.get("ignore")):
        if column in facts or column in data["answers"] or column == data.get("organisation"):
            wrong(("ignore",), f"{column} is ignored and used", "keep one of them")
    known = people(engagement)
    for name in ("wave", "unit", "perspective"):
        entry = data.get(name, {})
        if not entry and name != "unit" and len(known[name].ids) > 1:
            wrong((), f"{name} is missing", f"say which: there are {known[name].known()}")
        ids = {("value",): entry["value"]} if "value" in entry else {
            ("values", raw): id for raw, id in entry.get("values", {}).items()}  # fmt: skip
        for place, id in ids.items():
            result = known[name].find(str(id))
            if isinstance(result, Wrong):
                wrong((name, *place), *result)
    for key, recode in data.get("values", {}).items():
        if key == "*":
            continue
        if key not in targets or key not in instrument.keys:
            wrong(("values", key), f"{key} is not among the answers", "name a question's key or *")
            continue
        values = Values(instrument.keys[key].facet.scale)
        for raw, target in recode.items():
            result = values.find(str(target))
            if isinstance(result, Wrong):
                wrong(("values", key, raw), *result)
    return found


def read_mapped(path: str | Path, mapping: str | Path, engagement: Engagement) -> Reading:
    """Read an export of one organisation by a mapping.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv``.
    mapping
        The mapping's YAML file.
    engagement
        The organisation's.

    Raises
    ------
    AnswersError
        With every problem of the mapping, or of the file, at once; also if the mapping splits
        rows by organisation.
    """
    mapped = load_mapping(mapping, engagement)
    if "organisation" in mapped.data:
        where = mapped.source.where(("organisation",))
        raise AnswersError(f"{Path(path).name} was not taken.", [
            Problem(where, "the mapping splits the rows into several organisations",
                    "read it as a portfolio, or leave organisation out")])  # fmt: skip
    return _read(path, mapped, engagement)[""]


def read_portfolio(
    path: str | Path, mapping: str | Path, engagement: Engagement
) -> dict[str, Reading]:
    """Read an export of many organisations: one reading for each, by the organisation's value.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv``.
    mapping
        The mapping's YAML file, with ``organisation``.
    engagement
        Stands for all: its instrument, waves, units and perspectives hold for each organisation.

    Raises
    ------
    AnswersError
        With every problem of the mapping, or of the file, at once.
    """
    mapped = load_mapping(mapping, engagement)
    if "organisation" not in mapped.data:
        raise AnswersError(f"{Path(path).name} was not taken.", [
            Problem(mapped.source.name, "does not say which column is the organisation",
                    "add organisation: COLUMN")])  # fmt: skip
    return _read(path, mapped, engagement)


def _read(path: str | Path, mapped: Mapped, engagement: Engagement) -> dict[str, Reading]:
    data, named = mapped.data, mapped.columns
    table = read_table(path, recognise=lambda text: text.strip() in named,
                       encoding=data.get("encoding"), delimiter=data.get("delimiter"),
                       sheet=data.get("sheet"))  # fmt: skip
    problems: list[Problem] = []
    place = _places(table, mapped, problems)
    # A column that is absent has been listed; the cells of the others are checked all the same.
    layout = _layout(mapped, place, engagement)
    notes = []
    if mapped.ignores_rest:
        rest = [
            t or "a column without a heading"
            for c in range(table.width)
            if (t := table.header.cell(c).strip()) not in named
        ]
        if rest:
            shown_rest = ", ".join(shown(text) for text in rest)
            notes.append(f"{table.name}: left out, as the mapping says: {shown_rest}.")
    return collect(table, layout, engagement, problems, notes)


def _places(table: Table, mapped: Mapped, problems: list[Problem]) -> dict[str, int]:
    named = mapped.columns
    place: dict[str, int] = {}
    for column in range(table.width):
        text, where = table.header.cell(column).strip(), table.where(1, column)
        if text in place:
            problems.append(Problem(where, f"the heading {shown(text)} stands twice",
                                    "give each column its own"))  # fmt: skip
        elif text in named:
            place[text] = column
        elif not mapped.ignores_rest and (text or any(r.cell(column).strip() for r in table.rows)):
            what = f"the column “{shown(text)}” is not in the mapping" if text else "has no heading"
            problems.append(Problem(where, what, "name it under answers or under ignore"))
    for text, path in named.items():
        if text not in place and path != ("ignore",):
            near = close_to(text, (table.header.cell(c) for c in range(table.width)))
            fix = f"did you mean {near}?" if near else "correct the mapping"
            what = f"{table.name} has no column {shown(text)}"
            problems.append(Problem(mapped.source.where(path), what, fix))
    return place


def _layout(mapped: Mapped, place: dict[str, int], engagement: Engagement) -> Layout:
    data = mapped.data
    known = people(engagement)
    person = {}
    for name in _PERSON:
        entry = data.get(name, {})
        if "value" in entry:
            person[name] = _constant(name, str(entry["value"]), engagement)
        elif entry.get("column") in place:
            values = (
                {str(k): str(v) for k, v in entry["values"].items()} if "values" in entry else None
            )
            person[name] = Source(place[entry["column"]], values=values)
        elif name == "unit" and not entry:
            person[name] = Source(value=engagement.root.id)
        elif name in known and not entry:
            person[name] = Source(value=known[name].ids[0])
    layout = Layout(
        person=person,
        questions={place[column]: engagement.instrument.keys[key]
                   for column, key in data["answers"].items() if column in place},
        code=tuple(place[c] for c in _listed(data.get("respondent")) if c in place),
        recode={key: {str(raw): str(v) for raw, v in recode.items()}
                for key, recode in data.get("values", {}).items()},
        dont_know=frozenset(map(str, data.get("dont_know", ()))),
        blank=frozenset({"", *map(str, data.get("blank", ()))}),
        skip_unanswered=data.get("unanswered") == "skip",
    )  # fmt: skip
    return dataclasses.replace(layout, group=place.get(data.get("organisation", "")))


def _constant(name: str, value: str, engagement: Engagement) -> Source:
    choices = people(engagement).get(name)
    found = choices.find(value) if choices else value
    return Source(value=found if isinstance(found, str) else value)


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
