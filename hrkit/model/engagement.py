"""One assignment for one organisation: who, which units, which rounds, which rules.

An engagement is a folder with an ``engagement.yml``; beside it lie the store of answers,
the logo, a notebook and the client's own instruments.  Everything that decides what may be
shown to whom is written there before the first answer comes in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrkit.errors import EngagementError, InstrumentError, Problem
from hrkit.model import instrument as instruments
from hrkit.model.instrument import Instrument
from hrkit.model.language import Texts
from hrkit.model.yamlfile import Source, read_yaml, schema_problems

__all__ = [
    "FILE",
    "Branding",
    "ClearedComment",
    "Engagement",
    "Invited",
    "Person",
    "Protection",
    "ReportSettings",
    "Unit",
    "Wave",
    "check",
    "draft",
    "load",
]

#: Name of the file that makes a folder an engagement.
FILE = "engagement.yml"


@dataclass(frozen=True, slots=True)
class Person:
    """The consultant: name, organisation and how to be reached, as printed."""

    name: str
    organisation: str = ""
    email: str = ""
    phone: str = ""

    @property
    def signature(self) -> str:
        """Organisation if there is one, else the person's name."""
        return self.organisation or self.name


@dataclass(frozen=True, slots=True)
class Unit:
    """An area or department.  Units nest; a unit's results count its sub-units."""

    id: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """A dated round of measurement."""

    id: str
    name: Texts
    opens: dt.date | None = None
    closes: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """How many were invited in one unit itself (sub-units not counted), by perspective."""

    wave: str
    unit: str
    perspective: str
    n: int


@dataclass(frozen=True, slots=True)
class Protection:
    """Thresholds: ``scores`` for means, ``details`` for comments, distributions and spread.

    Never below 5 and 10; an engagement may raise them.
    """

    scores: int = 5
    details: int = 10


@dataclass(frozen=True, slots=True)
class ClearedComment:
    """A comment that a person has passed for print, by its id in the store.

    ``text`` is the wording to print where it was shortened or made unrecognisable.
    """

    id: str
    theme: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What the report looks like: profile, paper, date and line of confidentiality."""

    profile: str = "full"
    paper: str = "a4"
    date: dt.date | None = None
    confidentiality: Texts | None = None
    title: Texts | None = None


@dataclass(frozen=True, slots=True)
class Branding:
    """Logo file (SVG or PNG, relative to the folder) with its alt text, and two colours."""

    logo: str = ""
    logo_alt: str = ""
    primary: str = ""
    accent: str = ""


@dataclass(frozen=True)
class Engagement:
    """A checked engagement.

    Attributes
    ----------
    folder
        Where it lies; paths in the file start there.
    units
        In the order written; exactly one has no parent: the whole organisation.
    targets
        Target level by dimension id; ``default`` for the rest.
    audience
        Who will see the report, by language; told to respondents and printed.
    store
        SQLAlchemy URL; empty means ``answers.sqlite`` in the folder.
    synthetic
        The answers are made up; every page says so.
    texts
        The consultant's own words per report section, as Markdown.
    """

    folder: Path
    id: str
    client: str
    consultant: Person
    language: str
    languages: tuple[str, ...]
    instrument: Instrument
    units: tuple[Unit, ...]
    waves: tuple[Wave, ...]
    invited: tuple[Invited, ...] = ()
    protection: Protection = Protection()
    targets: Mapping[str, float] = field(default_factory=dict)
    audience: Texts = field(default_factory=dict)
    report: ReportSettings = ReportSettings()
    branding: Branding = Branding()
    comments: tuple[ClearedComment, ...] = ()
    store: str = ""
    synthetic: bool = False
    texts: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def root(self) -> Unit:
        """The unit that is the whole organisation."""
        return next(unit for unit in self.units if unit.parent is None)

    @property
    def store_url(self) -> str:
        """SQLAlchemy URL of the store."""
        return self.store or f"sqlite:///{(self.folder / 'answers.sqlite').as_posix()}"

    def unit(self, id: str) -> Unit:
        """A unit by id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for unit in self.units:
            if unit.id == id:
                return unit
        raise KeyError(id)

    def wave(self, id: str | None = None) -> Wave:
        """A wave by id; the latest if none is named.

        Raises
        ------
        EngagementError
            If there is no such wave.
        """
        if id is None:
            return self.waves[-1]
        for wave in self.waves:
            if wave.id == id:
                return wave
        known = ", ".join(wave.id for wave in self.waves)
        raise EngagementError(f"There is no wave {id!r}; {FILE} has {known}.")

    def within(self, unit: str) -> tuple[str, ...]:
        """Ids of a unit and all units below it."""
        found = [unit]
        for id in found:
            found += [child.id for child in self.units if child.parent == id]
        return tuple(found)

    def invited_to(self, wave: str, unit: str, perspectives: tuple[str, ...]) -> int | None:
        """How many were invited in a unit with its sub-units; None where any number is unknown.

        The number is known when at least one entry speaks of these perspectives in this wave.
        """
        inside = set(self.within(unit))
        known = [
            row.n
            for row in self.invited
            if row.wave == wave and row.unit in inside and row.perspective in perspectives
        ]
        return sum(known) if known else None

    def target(self, dimension: str) -> float | None:
        """Target level of a dimension, or None where none was agreed."""
        return self.targets.get(dimension, self.targets.get("default"))


def load(folder: str | Path) -> Engagement:
    """Load the engagement in a folder (or of an ``engagement.yml``).

    Raises
    ------
    EngagementError
        With every problem of the file and of its instrument at once.
    """
    path = _path(folder)
    source = read_yaml(path, _name(path))
    problems = _problems(source, path.parent)
    if problems:
        raise EngagementError(f"The engagement {path.parent.name} cannot be used.", problems)
    return _build(source.data, path.parent.resolve())


def draft(folder: str | Path) -> Engagement:
    """A new engagement that is not filled in yet, for its templates; its form is not checked."""
    path = _path(folder)
    return _build(read_yaml(path, _name(path)).data, path.parent.resolve())


def check(folder: str | Path) -> tuple[Problem, ...]:
    """Everything that is wrong with an engagement; empty when it can be used."""
    path = _path(folder)
    return _problems(read_yaml(path, _name(path)), path.parent)


def _path(folder: str | Path) -> Path:
    path = Path(folder)
    path = path if path.suffix in (".yml", ".yaml") else path / FILE
    if not path.is_file():
        raise EngagementError(
            f"There is no {FILE} in {path.parent}; make an engagement with: hrkit new DIR"
        )
    return path


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}" if path.parent.name else path.name


def _problems(source: Source, folder: Path) -> tuple[Problem, ...]:
    if source.data is None:
        return source.problems or (Problem(source.name, "is empty", "see hrkit new"),)
    found = [*source.problems, *schema_problems(source, "engagement")]
    return tuple(found) if found else tuple(_cross_checks(source, folder))


def _cross_checks(source: Source, folder: Path) -> Iterator[Problem]:
    data = source.data
    yield from _units(source, data["units"])
    waves = [wave["id"] for wave in data["waves"]]
    yield from _twice(source, "waves", waves)
    for w, wave in enumerate(data["waves"]):
        for key in ("opens", "closes"):
            yield from _date(source, ("waves", w, key), wave.get(key))
        opens, closes = _parse_date(wave.get("opens")), _parse_date(wave.get("closes"))
        if opens and closes and closes < opens:
            yield Problem(source.where(("waves", w, "closes")), f"{closes} is before it opens",
                          "correct one of them")  # fmt: skip
    yield from _date(source, ("report", "date"), data.get("report", {}).get("date"))
    languages = data.get("languages", [data["language"]])
    for w, wave in enumerate(data["waves"]):
        nameless = [language for language in languages if language not in wave["name"]]
        if nameless:
            yield Problem(source.where(("waves", w, "name")), f"has no text in {', '.join(nameless)}",
                          "people who answer in that language read it")  # fmt: skip
    if data["language"] not in languages:
        yield Problem(source.where(("language",)), f"{data['language']} is not among languages",
                      "add it there")  # fmt: skip
    try:
        instrument = instruments.load(data["instrument"], folder)
    except InstrumentError as error:
        yield Problem(source.where(("instrument",)), error.summary.rstrip("."), "see below")
        yield from error.problems
        return
    lacking = [language for language in languages if language not in instrument.languages]
    if lacking:
        where = source.where(("languages",) if "languages" in data else ("language",))
        yield Problem(where, f"{instrument.id} has no {', '.join(lacking)}",
                      f"it has {', '.join(instrument.languages)}")  # fmt: skip
    units = [unit["id"] for unit in data["units"]]
    seen: set[tuple[str, ...]] = set()
    for i, row in enumerate(data.get("invited", ())):
        for key, known in (("wave", waves), ("unit", units),
                           ("perspective", instrument.perspectives)):  # fmt: skip
            if row[key] not in known:
                yield Problem(source.where(("invited", i, key)), f"the {key} {row[key]} is not there",
                              f"use one of {', '.join(known)}")  # fmt: skip
        cell = (row["wave"], row["unit"], row["perspective"])
        if cell in seen:
            yield Problem(source.where(("invited", i)), f"{' · '.join(cell)} stands twice",
                          "keep one of them")  # fmt: skip
        seen.add(cell)
    dimensions = [section.id for section in instrument.dimensions]
    for name in data.get("targets", {}):
        if name != "default" and name not in dimensions:
            yield Problem(source.where(("targets", name)), f"{name} is no dimension",
                          f"use default, {', '.join(dimensions)}")  # fmt: skip
    for name in data.get("audience", {}):
        if name not in languages:
            yield Problem(source.where(("audience", name)), f"{name} is not among languages",
                          "add it there or leave it out")  # fmt: skip
    missing = [language for language in languages if language not in data.get("audience", {})]
    if missing:
        where = source.where(("audience",) if "audience" in data else ())
        what = f"who will see the report is not said in {', '.join(missing)}"
        yield Problem(where, what, "respondents are told before they answer: write it down now")
    yield from _logo(source, data.get("branding", {}), folder)


def _units(source: Source, units: list[Mapping[str, Any]]) -> Iterator[Problem]:
    ids = [unit["id"] for unit in units]
    yield from _twice(source, "units", ids)
    roots = [unit["id"] for unit in units if unit.get("parent") is None]
    if len(roots) != 1:
        what = f"{len(roots)} units have no parent" + (f": {', '.join(roots)}" if roots else "")
        yield Problem(source.where(("units",)), what, "exactly one is the whole organisation")
    parents = {unit["id"]: unit.get("parent") for unit in units}
    for u, unit in enumerate(units):
        parent = unit.get("parent")
        if parent is not None and parent not in parents:
            yield Problem(source.where(("units", u, "parent")), f"the unit {parent} is not there",
                          "name a unit of this list")  # fmt: skip
        seen, at = set(), unit["id"]
        while at in parents and at not in seen:
            seen.add(at)
            at = parents[at]
        if at in seen:
            yield Problem(source.where(("units", u)), f"{unit['id']} lies inside itself",
                          "correct its parent")  # fmt: skip


def _twice(source: Source, key: str, ids: list[str]) -> Iterator[Problem]:
    for i, id in enumerate(ids):
        if id in ids[:i]:
            yield Problem(source.where((key, i, "id")), f"the id {id} stands twice",
                          "give each its own")  # fmt: skip


def _date(source: Source, path: tuple[str | int, ...], value: Any) -> Iterator[Problem]:
    if value is not None and _parse_date(value) is None:
        yield Problem(source.where(path), f"{value} is no date", "write it as 2026-11-21")


def _parse_date(value: str | None) -> dt.date | None:
    if value is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _logo(source: Source, branding: Mapping[str, Any], folder: Path) -> Iterator[Problem]:
    logo = branding.get("logo")
    if not logo:
        return
    where = source.where(("branding", "logo"))
    path = (folder / logo).resolve()
    if not path.is_relative_to(folder.resolve()):
        yield Problem(where, "lies outside the engagement folder", "copy it into the folder")
    elif path.suffix.lower() not in (".svg", ".png"):
        yield Problem(where, "is neither SVG nor PNG", "save it as one of them")
    elif not path.is_file():
        yield Problem(where, f"there is no file {logo}", "put it into the folder")
    if not branding.get("logo_alt"):
        yield Problem(source.where(("branding",)), "the logo has no logo_alt",
                      "say in words what it shows, for readers who cannot see it")  # fmt: skip


def _build(data: Any, folder: Path) -> Engagement:
    report, branding = data.get("report", {}), data.get("branding", {})
    protection = data.get("protection", {})
    return Engagement(
        folder=folder,
        id=data["id"],
        client=data["client"],
        consultant=Person(**data["consultant"]),
        language=data["language"],
        languages=tuple(data.get("languages", [data["language"]])),
        instrument=instruments.load(data["instrument"], folder),
        units=tuple(Unit(**unit) for unit in data["units"]),
        waves=tuple(
            Wave(w["id"], w["name"], _parse_date(w.get("opens")), _parse_date(w.get("closes")))
            for w in data["waves"]
        ),
        invited=tuple(Invited(**row) for row in data.get("invited", ())),
        protection=Protection(protection.get("scores", 5), protection.get("details", 10)),
        targets=data.get("targets", {}),
        audience=data.get("audience", {}),
        report=ReportSettings(
            profile=report.get("profile", "full"),
            paper=report.get("paper", "a4"),
            date=_parse_date(report.get("date")),
            confidentiality=report.get("confidentiality"),
            title=report.get("title"),
        ),
        branding=Branding(
            branding.get("logo") or "",
            branding.get("logo_alt") or "",
            branding.get("primary") or "",
            branding.get("accent") or "",
        ),
        comments=tuple(ClearedComment(**comment) for comment in data.get("comments", ())),
        store=data.get("store") or "",
        synthetic=bool(data.get("synthetic", False)),
        texts=data.get("texts", {}),
    )
