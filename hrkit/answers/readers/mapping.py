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

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrkit.answers.readers.choices import people
from hrkit.answers.readers.editions import answered
from hrkit.answers.readers.per_file import of_each_file
from hrkit.answers.readers.targets import TakenFor, askable, targets
from hrkit.answers.readers.vocabulary import Values, Wrong, close_to
from hrkit.errors import AnswersError, Problem
from hrkit.model.engagement import Engagement
from hrkit.model.schema import schema_problems
from hrkit.model.yamlfile import Source, read_yaml
from hrkit.text import Lookup, shown

__all__ = ["PERSON", "Mapped", "listed", "load_mapping"]


PERSON = ("wave", "unit", "perspective", "level", "pair", "language")


@dataclass(frozen=True)
class Mapped:
    """A checked mapping: the YAML's data, and its file for messages."""

    source: Source

    @property
    def data(self) -> Mapping[str, Any]:
        """The mapping as written."""
        data: Mapping[str, Any] = self.source.data
        return data

    def answered(self, engagement: Engagement) -> Engagement:
        """The engagement with the edition of its instrument whose questions the mapping names."""
        return _answered(self.source, engagement)

    @property
    def columns(self) -> dict[str, tuple[str | int, ...]]:
        """Every column it names, with the place in the mapping; ignored ones too."""
        data = self.data
        named: dict[str, tuple[str | int, ...]] = {}
        for column in listed(data.get("respondent")):
            named[column] = ("respondent",)
        if self.organisation:
            named.setdefault(self.organisation, ("organisation",))
        for name in PERSON:
            if "column" in data.get(name, {}):
                named.setdefault(data[name]["column"], (name, "column"))
            for column in data.get(name, {}).get("columns", ()):
                named.setdefault(column, (name, "columns", column))
        for what in ("keep", "drop"):
            for column in data.get(what, ()):
                named.setdefault(column, (what, column))
        for column in data["answers"]:
            named[column] = ("answers", column)
        for column in self.ignored:
            named.setdefault(column, ("ignore",))
        return named

    @property
    def targets(self) -> dict[str, TakenFor]:
        """Column to what it is taken for."""
        return targets(self.data)

    @property
    def header_rows(self) -> int:
        """How many rows of headings the file has."""
        return int(self.data.get("header_rows", 1))

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
        return () if self.ignores_rest else listed(self.data.get("ignore"))

    @property
    def ignores_rest(self) -> bool:
        """Whether columns that are not named are left out."""
        return bool(self.data.get("ignore") == "*")


def _answered(source: Source, engagement: Engagement) -> Engagement:
    keys = {target.key for target in targets(source.data).values()}
    return answered(engagement, lambda one: len(keys - set(askable(one.instrument))), source.name)


def load_mapping(path: str | Path, *engagements: Engagement, file: str = "") -> Mapped:
    """Load a mapping and check it against an engagement, or against several.

    Parameters
    ----------
    path
        A YAML file; its JSON Schema is ``mapping.schema.json``.
    engagements
        Say which questions, waves, units and perspectives there are.  Of several each must know
        the questions; a wave, unit or perspective must be known in one of them.
    file
        Name of the file that is read by it, where it says what holds for each of several; all
        that it names are checked if empty.

    Raises
    ------
    AnswersError
        With every problem of the mapping at once.
    """
    source = read_yaml(Path(path))
    problems = list(source.problems)
    parts, wrong = of_each_file(source, file)
    problems += wrong
    if source.data is not None:
        problems += [one for part in parts for one in schema_problems(part, "mapping")]
    elif not problems:
        problems.append(Problem(source.name, "is empty", "say what the columns mean"))
    if not problems:
        problems = [one for part in parts for one in _check(part, engagements)]
    if problems:
        raise AnswersError(
            f"The mapping {source.name} cannot be used.", list(dict.fromkeys(problems))
        )
    return Mapped(parts[0])


def _check(source: Source, engagements: tuple[Engagement, ...]) -> list[Problem]:
    data, mapped = source.data, Mapped(source)
    found: list[Problem] = []

    def wrong(path: tuple[str | int, ...], what: str, fix: str) -> None:
        found.append(Problem(source.where(path), what, fix))

    facts = listed(data.get("respondent")) + tuple(
        column
        for name in PERSON
        for column in (
            *([data[name]["column"]] if "column" in data.get(name, {}) else ()),
            *data.get(name, {}).get("columns", ()),
        )
    )
    if "long" in data and not data.get("respondent"):
        wrong(("long",), "does not say which rows are one person's", "add respondent: COLUMN")
    for name in PERSON:
        entry = data.get(name, {})
        if "other" in entry and "values" not in entry:
            wrong((name, "other"), "stands without values", "list the values that are known")
    for column in data["answers"]:
        if column in facts:
            wrong(
                ("answers", column), f"{shown(column)} is said to be two things", "keep one of them"
            )
    for column in mapped.ignored:
        if column in facts or column in data["answers"] or column == mapped.organisation:
            wrong(("ignore",), f"{shown(column)} is ignored and used", "keep one of them")
    for raw, folder in mapped.folders.items():
        if folder in (".", "..") or any(sign in folder for sign in "/\\"):
            wrong(
                ("organisation", "values", raw),
                f"{shown(folder)} is no name of a folder",
                "give the name of an engagement folder, without a path",
            )
    for engagement in engagements:
        found += _questions(source, _answered(source, engagement))
    found += _people(source, engagements)
    return list(dict.fromkeys(found))


def _questions(source: Source, engagement: Engagement) -> list[Problem]:
    """What the mapping says of questions and an engagement's instrument does not know."""
    data, instrument = source.data, engagement.instrument
    known = askable(instrument)
    found: list[Problem] = []

    def wrong(path: tuple[str | int, ...], what: str, fix: str) -> None:
        found.append(Problem(source.where(path), what, fix))

    if data["instrument"] != instrument.id:
        wrong(
            ("instrument",),
            f"{shown(data['instrument'])} is not the engagement's instrument",
            f"the engagement uses {instrument.id}",
        )
    meant = targets(data)
    for column, target in meant.items():
        key, who = target.key, target.perspective
        if key not in known:
            near = close_to(key, known)
            wrong(
                ("answers", column),
                f"there is no question {key}",
                f"did you mean {near}?" if near else "use a question's key",
            )
        elif who and who not in known[key].item.ask:
            asked = ", ".join(known[key].item.ask)
            what = f"{who} is not asked {key}"
            wrong(("answers", column, "perspective"), what, f"it is for {asked}")
        elif (target.parted or target.others) and known[key].facet.scale.kind != "pick":
            what = f"{key} is no list to choose from"
            wrong(("answers", column), what, "leave parted and other out")
    keys = {target.key for target in meant.values()}
    by_language = data.get("labels", {})
    for language in by_language:
        if language not in instrument.languages:
            what = f"{language} is not a language of {instrument.id}"
            wrong(("labels", language), what, f"use {', '.join(instrument.languages)}")
    if by_language and not data.get("language"):
        wrong(("labels",), "no column says the language of a row", "add language: {column: …}")
    recodes: list[tuple[tuple[str, ...], Any]] = [(("values",), data.get("values", {}))]
    recodes += [(("labels", language), said) for language, said in by_language.items()]
    for place, said in recodes:
        for key, recode in said.items():
            if key == "*":
                continue
            if key not in keys or key not in known:
                what = f"{key} is not among the answers"
                wrong((*place, key), what, "name a question's key or *")
                continue
            values = Values(known[key].facet.scale)
            for raw, stored in recode.items():
                result = values.find(str(stored))
                if isinstance(result, Wrong):
                    wrong((*place, key, raw), *result)
    return found


def _people(source: Source, engagements: tuple[Engagement, ...]) -> list[Problem]:
    """Waves, units and perspectives that the mapping names and no engagement has."""
    data, found = source.data, []
    known = [people(engagement) for engagement in engagements]
    for name in ("wave", "unit", "perspective"):
        entry = data.get(name, {})
        for choices in known:
            if not entry and name != "unit" and len(choices[name].ids) > 1:
                what = f"say which: there are {choices[name].known()}"
                found.append(Problem(source.where(()), f"{name} is missing", what))
        ids: dict[tuple[str, ...], Any] = (
            {("value",): entry["value"]}
            if "value" in entry
            else {
                **{("values", raw): id for raw, id in entry.get("values", {}).items()},
                **{("columns", column): id for column, id in entry.get("columns", {}).items()},
                **({("other",): entry["other"]} if "other" in entry else {}),
            }
        )
        for place, id in ids.items():
            results = [choices[name].find(str(id)) for choices in known]
            if results and all(isinstance(result, Wrong) for result in results):
                found.append(Problem(source.where((name, *place)), *results[0]))
    return found


def listed(value: Any) -> tuple[str, ...]:
    """What may be written as one text or as a list of them."""
    return (value,) if isinstance(value, str) else tuple(value or ())
