"""Exports of other survey programs, by a mapping that says what each column means.

::

    instrument: lq2002
    respondent: [COMPID, SUB]
    organisation: {column: COMPID, values: {"10": north, "11": south}}
    wave: {value: w1}
    perspective: {column: ROLE, values: {"1": leader, "2": hr}}
    answers: {LEAD01: lead.01, LEAD02: lead.02}
    values: {"*": {"0": "1", "1": "2"}}
    dont_know: ["99"]
    not_relevant: ["98"]
    blank: ["NA"]
    ignore: [TSIG, HOSTILE]

Nothing is guessed.  A column that is neither used nor ignored is a problem; ``NA`` and ``99`` are
missing only because the mapping says so; and where raw values are recoded, a value that the
mapping does not list is a problem.  Headings and raw values are found as people see them: an unseen
character more or less, or a number written otherwise, makes no difference (`hrkit.text`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrkit.answers.files.read import read_table
from hrkit.answers.files.table import CellRow, CellTable
from hrkit.answers.readers.extra import heading_rows, say_heading_rows
from hrkit.answers.readers.owner import made_for, refuse_another
from hrkit.answers.readers.rows import Layout, Origin, collect, expected, gather, refused
from hrkit.answers.readers.vocabulary import Values, Wrong, close_to, people
from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError, Problem
from hrkit.model import yamlfile
from hrkit.model.engagement import Engagement
from hrkit.text import Lookup, normal, oddities, shown

__all__ = ["Find", "Mapped", "load_mapping", "read_mapped", "read_portfolio"]

#: From an organisation as the file names it to its engagement and that one's name; or the problem.
Find = Callable[[str], "tuple[str, Engagement] | Problem"]

_PERSON = ("wave", "unit", "perspective", "level", "pair", "language")


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
        if self.organisation:
            named.setdefault(self.organisation, ("organisation",))
        for name in _PERSON:
            if "column" in data.get(name, {}):
                named.setdefault(data[name]["column"], (name, "column"))
        for column in data["answers"]:
            named[column] = ("answers", column)
        for column in self.ignored:
            named.setdefault(column, ("ignore",))
        return named

    @property
    def organisation(self) -> str:
        """The column by whose value the rows are split; empty if they are not."""
        said = self.data.get("organisation", "")
        return str(said["column"] if isinstance(said, Mapping) else said)

    @property
    def folders(self) -> Lookup[str]:
        """Organisation as the file names it to the folder of its engagement, where it is said."""
        said = self.data.get("organisation", "")
        return Lookup(said.get("values", {}) if isinstance(said, Mapping) else {})

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns that are left out by name."""
        return () if self.ignores_rest else _listed(self.data.get("ignore"))

    @property
    def ignores_rest(self) -> bool:
        """Whether columns that are not named are left out."""
        return bool(self.data.get("ignore") == "*")


def load_mapping(path: str | Path, *engagements: Engagement) -> Mapped:
    """Load a mapping and check it against an engagement, or against several.

    Parameters
    ----------
    path
        A YAML file; its JSON Schema is ``mapping.schema.json``.
    engagements
        Say which questions, waves, units and perspectives there are.  Of several each must know
        the questions; a wave, unit or perspective must be known in one of them.

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
        problems = _check(source, engagements)
    if problems:
        raise AnswersError(f"The mapping {source.name} cannot be used.", problems)
    return Mapped(source)


def _check(source: yamlfile.Source, engagements: tuple[Engagement, ...]) -> list[Problem]:
    data, mapped = source.data, Mapped(source)
    found: list[Problem] = []

    def wrong(path: tuple[str | int, ...], what: str, fix: str) -> None:
        found.append(Problem(source.where(path), what, fix))

    targets: dict[str, str] = {}
    for column, key in data["answers"].items():
        if key in targets:
            wrong(("answers", column), f"{key} is taken from {targets[key]} already", "keep one")
        targets.setdefault(key, column)
    facts = _listed(data.get("respondent")) + tuple(
        data[name]["column"] for name in _PERSON if "column" in data.get(name, {})
    )
    for column in data["answers"]:
        if column in facts:
            wrong(("answers", column), f"{column} is said to be two things", "keep one of them")
    for column in mapped.ignored:
        if column in facts or column in data["answers"] or column == mapped.organisation:
            wrong(("ignore",), f"{column} is ignored and used", "keep one of them")
    for raw, folder in mapped.folders.items():
        if folder in (".", "..") or any(sign in folder for sign in "/\\"):
            wrong(
                ("organisation", "values", raw),
                f"{shown(folder)} is no name of a folder",
                "give the name of an engagement folder, without a path",
            )
    for engagement in engagements:
        found += _questions(source, engagement, targets)
    found += _people(source, engagements)
    return list(dict.fromkeys(found))


def _questions(
    source: yamlfile.Source, engagement: Engagement, targets: Mapping[str, str]
) -> list[Problem]:
    """What the mapping says of questions and an engagement's instrument does not know."""
    data, instrument = source.data, engagement.instrument
    found: list[Problem] = []

    def wrong(path: tuple[str | int, ...], what: str, fix: str) -> None:
        found.append(Problem(source.where(path), what, fix))

    if data["instrument"] != instrument.id:
        wrong(
            ("instrument",),
            f"{data['instrument']} is not the engagement's instrument",
            f"the engagement uses {instrument.id}",
        )
    for column, key in data["answers"].items():
        if key not in instrument.keys:
            near = close_to(key, instrument.keys)
            wrong(
                ("answers", column),
                f"there is no question {key}",
                f"did you mean {near}?" if near else "use a question's key",
            )
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


def _people(source: yamlfile.Source, engagements: tuple[Engagement, ...]) -> list[Problem]:
    """Waves, units and perspectives that the mapping names and no engagement has."""
    data, found = source.data, []
    known = [people(engagement) for engagement in engagements]
    for name in ("wave", "unit", "perspective"):
        entry = data.get(name, {})
        for choices in known:
            if not entry and name != "unit" and len(choices[name].ids) > 1:
                what = f"say which: there are {choices[name].known()}"
                found.append(Problem(source.where(()), f"{name} is missing", what))
        ids = (
            {("value",): entry["value"]}
            if "value" in entry
            else {("values", raw): id for raw, id in entry.get("values", {}).items()}
        )
        for place, id in ids.items():
            results = [choices[name].find(str(id)) for choices in known]
            if results and all(isinstance(result, Wrong) for result in results):
                found.append(Problem(source.where((name, *place)), *results[0]))
    return found


def read_mapped(
    path: str | Path,
    mapping: str | Path,
    engagement: Engagement,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Reading:
    """Read an export of one organisation by a mapping.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv``.
    mapping
        The mapping's YAML file.
    engagement
        The organisation's.
    encoding, sheet
        Count before what the mapping says of them.

    Raises
    ------
    AnswersError
        With every problem of the mapping, or of the file, at once; also if the mapping splits
        rows by organisation.
    """
    mapped = load_mapping(mapping, engagement)
    if mapped.organisation:
        where = mapped.source.where(("organisation",))
        raise AnswersError(
            f"{Path(path).name} was not taken.",
            [
                Problem(
                    where,
                    "the mapping splits the rows into several organisations",
                    "name the folder that holds all engagements, or leave organisation out",
                )
            ],
        )
    problems: list[Problem] = []
    table, place, notes = _open(path, mapped, problems, encoding, sheet)
    refuse_another(table, engagement)
    return collect(table, _layout(mapped, place, engagement), engagement, problems, notes)


def read_portfolio(
    path: str | Path,
    mapping: str | Path,
    find: Find,
    engagements: Iterable[Engagement],
    *,
    encoding: str | None = None,
    sheet: str | None = None,
) -> dict[str, tuple[Engagement, Reading]]:
    """Read an export of many organisations: each one's rows by its own engagement.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv``.
    mapping
        The mapping's YAML file, with ``organisation``.
    find
        From what stands in that column, or what the mapping says for it, to name and engagement.
    engagements
        All that can be read; the mapping is checked against those that have rows.
    encoding, sheet
        Count before what the mapping says of them.

    Raises
    ------
    AnswersError
        With every problem of the mapping, or of the file, at once.
    """
    known = tuple(engagements)
    mapped = load_mapping(mapping)
    if not mapped.organisation:
        raise AnswersError(
            f"{Path(path).name} was not taken.",
            [
                Problem(
                    mapped.source.name,
                    "does not say which column is the organisation",
                    "add organisation: COLUMN, or name one engagement's folder",
                )
            ],
        )
    problems: list[Problem] = []
    table, place, notes = _open(path, mapped, problems, encoding, sheet)
    if mapped.organisation not in place:
        load_mapping(mapping, *known)
        raise refused(table.name, problems)
    rows = table.rows
    for engagement in known[:1]:
        layout = _layout(mapped, place, engagement)
        if set(mapped.data["answers"].values()) <= set(engagement.instrument.keys):
            extra = heading_rows(table, expected(table, layout, engagement))
            rows = tuple(row for row in rows if row.number not in extra)
            problems += [say_heading_rows(table, extra)] if extra else []
    homes: dict[str, tuple[Engagement, list[CellRow]]] = {}
    column, folders = place[mapped.organisation], mapped.folders
    unknown: dict[str, Problem] = {}
    for row in rows:
        text = row.cell(column).strip()
        if not text:
            problems.append(
                Problem(table.where(row.number, column), "the organisation is blank", "fill it in")
            )
            continue
        if text in unknown:
            continue
        home = find(folders.get(text) or text)
        if isinstance(home, Problem):
            unknown[text] = home
            continue
        homes.setdefault(home[0], (home[1], []))[1].append(row)
    load_mapping(mapping, *(engagement for engagement, _ in homes.values()))
    problems += unknown.values()
    found, left = {}, []
    for name, (engagement, own) in homes.items():
        part = dataclasses.replace(table, rows=tuple(own))
        layout = _layout(mapped, place, engagement)
        reading, wrong = gather(part, layout, engagement, notes)
        problems += wrong
        if reading.rows:
            found[name] = (engagement, reading)
        else:
            left += [f"{name}: {note}" for note in reading.notes if note not in notes]
    if not problems and not found:
        problems.append(Problem(table.name, "holds no answers", "fill in a row for each person"))
    if problems:
        raise refused(table.name, problems)
    return {
        name: (engagement, dataclasses.replace(reading, notes=(*reading.notes, *left)))
        for name, (engagement, reading) in found.items()
    }


def _open(
    path: str | Path,
    mapped: Mapped,
    problems: list[Problem],
    encoding: str | None,
    sheet: str | None,
) -> tuple[CellTable, dict[str, int], list[str]]:
    """The table, where in it the mapping's columns stand, and what is to be said of them."""
    data = mapped.data
    named = set(map(normal, mapped.columns))
    table = read_table(
        path,
        recognise=lambda text: normal(text) in named,
        encoding=encoding or data.get("encoding"),
        delimiter=data.get("delimiter"),
        sheet=sheet or data.get("sheet"),
    )
    notes: list[str] = []
    place = _places(table, mapped, problems, notes)
    # A column that is absent has been listed; the cells of the others are checked all the same.
    if mapped.ignores_rest:
        used = set(place.values())
        rest = [
            shown(table.header.cell(column)) or "a column without a heading"
            for column in range(table.width)
            if column not in used and not made_for(table.header.cell(column))
        ]
        if rest:
            notes.append(f"{table.name}: left out, as the mapping says: {', '.join(rest)}.")
    return table, place, notes


def _places(
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


def _layout(mapped: Mapped, place: dict[str, int], engagement: Engagement) -> Layout:
    data = mapped.data
    known = people(engagement)
    person = {}
    for name in _PERSON:
        entry = data.get(name, {})
        if "value" in entry:
            person[name] = _constant(name, str(entry["value"]), engagement)
        elif entry.get("column") in place:
            values = _lookup(entry["values"]) if "values" in entry else None
            person[name] = Origin(place[entry["column"]], values=values)
        elif name == "unit" and not entry:
            person[name] = Origin(value=engagement.root.id)
        elif name in known and name != "language" and not entry:
            person[name] = Origin(value=known[name].ids[0])
    return Layout(
        person=person,
        questions={
            place[column]: engagement.instrument.keys[key]
            for column, key in data["answers"].items()
            if column in place and key in engagement.instrument.keys
        },
        code=tuple(place[c] for c in _listed(data.get("respondent")) if c in place),
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


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
