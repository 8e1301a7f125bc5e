"""What an engagement file must hold to, beyond its schema: every breach at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from hrkit.errors import InstrumentError, Problem
from hrkit.model import instrument_file as instruments
from hrkit.model import tool as tools
from hrkit.model.belonging import belonging_problems
from hrkit.model.lineage import there
from hrkit.model.lineage_rules import listed, unit_of, unit_problems, wave_problems
from hrkit.model.norms import published
from hrkit.model.process import process_steps
from hrkit.model.terms import term_problems, terms_of
from hrkit.model.yamlfile import Source
from hrkit.text import normal

__all__ = ["cross_checks", "ids_of_waves", "parse_date", "undecided"]


def cross_checks(source: Source, folder: Path, home: Path | None = None) -> Iterator[Problem]:
    """Every breach of a rule that the schema cannot say; of a file of the right shape.

    ``home`` is the folder in which everything lies that the file names, its own if not given: of a
    part, that of the engagement around it.
    """
    home = home or folder
    data = source.data
    yield from _blank(source)
    yield from _units(source, data["units"])
    waves = [wave["id"] for wave in data["waves"]]
    yield from _twice(source, "waves", waves)
    yield from wave_problems(source, data["waves"])
    yield from unit_problems(source, data["units"], ids_of_waves(data["waves"]))
    for w, wave in enumerate(data["waves"]):
        for key in ("opens", "closes"):
            yield from _date(source, ("waves", w, key), wave.get(key))
        opens, closes = parse_date(wave.get("opens")), parse_date(wave.get("closes"))
        if opens and closes and closes < opens:
            yield Problem(
                source.where(("waves", w, "closes")),
                f"{closes} is before it opens",
                "correct one of them",
            )
    yield from _date(source, ("report", "date"), data.get("report", {}).get("date"))
    for key in ("summary", "meeting", "told"):
        yield from _date(source, ("letters", key), (data.get("letters") or {}).get(key) or None)
    for key in ("answers_until", "reports_until", "heard"):
        yield from _date(source, ("duties", key), (data.get("duties") or {}).get(key) or None)
    yield from _process(source, data.get("process") or {})
    languages = data.get("languages", [data["language"]])
    for w, wave in enumerate(data["waves"]):
        nameless = [language for language in languages if language not in wave["name"]]
        if nameless:
            yield Problem(
                source.where(("waves", w, "name")),
                f"has no text in {', '.join(nameless)}",
                "people who answer in that language read it",
            )
    if data["language"] not in languages:
        yield Problem(
            source.where(("language",)),
            f"{data['language']} is not among languages",
            "add it there",
        )
    wrong = tuple(term_problems(data.get("terms"), languages, source.where(("terms",))))
    if wrong:
        yield from wrong
        return
    try:
        instrument = instruments.load(data["instrument"], folder, terms_of(data.get("terms")))
    except InstrumentError as error:
        yield Problem(source.where(("instrument",)), error.summary.rstrip("."), "see below")
        yield from error.problems
        return
    lacking = [language for language in languages if language not in instrument.languages]
    if lacking:
        where = source.where(("languages",) if "languages" in data else ("language",))
        yield Problem(
            where,
            f"{instrument.id} has no {', '.join(lacking)}",
            f"it has {', '.join(instrument.languages)}",
        )
    units = [unit["id"] for unit in data["units"]]
    former = ids_of_waves(data["waves"])
    lived = {unit["id"]: unit_of(unit, former) for unit in data["units"]}
    seen: set[tuple[str, ...]] = set()
    for i, row in enumerate(data.get("invited", ())):
        for key, known in (
            ("wave", waves),
            ("unit", units),
            ("perspective", instrument.perspectives),
        ):
            if row[key] not in known and not (key == "wave" and row[key] in former):
                yield Problem(
                    source.where(("invited", i, key)),
                    f"the {key} {row[key]} is not there",
                    f"use one of {', '.join(known)}",
                )
        if row["unit"] in units and row["wave"] in former:
            unit, wave = lived[row["unit"]], former[row["wave"]]
            if not there(unit, waves, wave):
                yield Problem(
                    source.where(("invited", i)),
                    f"{unit.id} was not there in {wave}",
                    "take the line out, or correct the unit",
                )
        cell = (row["wave"], row["unit"], row["perspective"])
        if cell in seen:
            yield Problem(
                source.where(("invited", i)), f"{' · '.join(cell)} stands twice", "keep one of them"
            )
        seen.add(cell)
    dimensions = [section.id for section in instrument.dimensions]
    for name in data.get("targets", {}):
        if name != "default" and name not in dimensions:
            yield Problem(
                source.where(("targets", name)),
                f"{name} is no dimension",
                f"use default, {', '.join(dimensions)}",
            )
    yield from belonging_problems(source, languages, instrument.perspectives)
    yield from _followed(source, data, former, dimensions)
    for name in data.get("audience", {}):
        if name not in languages:
            yield Problem(
                source.where(("audience", name)),
                f"{name} is not among languages",
                "add it there or leave it out",
            )
    yield from _tools(source, data.get("tools", ()))
    yield from _when(source, data, former)
    yield from _logo(source, data.get("branding", {}), folder, home)
    yield from _template(source, data.get("branding", {}), folder, home)
    if data.get("norms"):
        yield from published(folder, data["norms"])[1]


def _followed(
    source: Source, data: Any, waves: Mapping[str, str], dimensions: Sequence[str]
) -> Iterator[Problem]:
    """What became of actions: of a dimension that is there, since a wave that is."""
    for i, one in enumerate(data.get("followed", ())):
        if one["dimension"] not in dimensions:
            yield Problem(
                source.where(("followed", i, "dimension")),
                f"{one['dimension']} is no dimension",
                f"use one of {', '.join(dimensions)}",
            )
        if "since" in one and one["since"] not in waves:
            yield Problem(
                source.where(("followed", i, "since")),
                f"the wave {one['since']} is not there",
                f"use one of {', '.join(wave['id'] for wave in data['waves'])}",
            )
        for name in ("start", "due"):
            if one.get(name) and parse_date(one[name]) is None:
                yield Problem(
                    source.where(("followed", i, name)),
                    f"{one[name]} is no date",
                    "write it as 2026-12-31",
                )
        if "since" not in one and len(data["waves"]) > 2:
            yield Problem(
                source.where(("followed", i)),
                "does not say which wave's report it followed from",
                "add since: with the id of that wave",
            )


def undecided(source: Source) -> Iterator[Problem]:
    """Languages in which nobody has said yet who will see the report."""
    data = source.data
    if not isinstance(data, dict):
        return
    said = data.get("audience") or {}
    languages = data.get("languages") or [data.get("language")]
    if not isinstance(said, dict) or not isinstance(languages, list):
        return  # a file that has not even the right shape is told that first
    named = [language for language in languages if isinstance(language, str)]
    missing = [language for language in named if not normal(str(said.get(language) or ""))]
    if missing:
        where = source.where(("audience",) if "audience" in data else ())
        what = f"who will see the report is not said in {', '.join(missing)}"
        yield Problem(where, what, "respondents are told before they answer: write it down now")


def ids_of_waves(waves: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Every id that a wave has or had, to the one it has, oldest wave first."""
    return {id: wave["id"] for wave in waves for id in (wave["id"], *listed(wave.get("was")))}


def _blank(source: Source) -> Iterator[Problem]:
    """Names that are printed and would leave an empty place: blanks, characters without width."""
    data = source.data
    names: list[tuple[tuple[str | int, ...], str]] = [
        (("client",), data["client"]),
        (("consultant", "name"), data["consultant"]["name"]),
        *((("units", u, "name"), unit["name"]) for u, unit in enumerate(data["units"])),
        *(
            (("waves", w, "name", language), text)
            for w, wave in enumerate(data["waves"])
            for language, text in wave["name"].items()
        ),
    ]
    for place, name in names:
        if not normal(name):
            yield Problem(source.where(place), "is empty", "fill it in")


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
            yield Problem(
                source.where(("units", u, "parent")),
                f"the unit {parent} is not there",
                "name a unit of this list",
            )
        seen, at = set(), unit["id"]
        while at in parents and at not in seen:
            seen.add(at)
            at = parents[at]
        if at in seen:
            yield Problem(
                source.where(("units", u)), f"{unit['id']} lies inside itself", "correct its parent"
            )


def _twice(source: Source, key: str, ids: list[str]) -> Iterator[Problem]:
    for i, id in enumerate(ids):
        if id in ids[:i]:
            yield Problem(
                source.where((key, i, "id")), f"the id {id} stands twice", "give each its own"
            )


def _date(source: Source, path: tuple[str | int, ...], value: Any) -> Iterator[Problem]:
    if value is not None and parse_date(value) is None:
        yield Problem(source.where(path), f"{value} is no date", "write it as 2026-11-21")


def parse_date(value: str | None) -> dt.date | None:
    """A date written as 2026-11-21; None for anything else."""
    if value is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _tools(source: Source, ids: Sequence[str]) -> Iterator[Problem]:
    """Tools that the kit has."""
    known = [one.id for one in tools.available()]
    for i, id in enumerate(ids):
        if id not in known:
            yield Problem(
                source.where(("tools", i)),
                f"there is no tool {id}",
                f"use {', '.join(known)}; see: hrkit tools",
            )


def _when(source: Source, data: Any, waves: Mapping[str, str]) -> Iterator[Problem]:
    """In which rounds a form is asked: of a tool that is taken up or the instrument, in rounds that are there."""
    known = [PurePosixPath(data["instrument"]).stem, *data.get("tools", ())]
    for id, said in (data.get("asked") or {}).items():
        if id not in known:
            yield Problem(
                source.where(("asked", id)), f"{id} is not asked here", f"use {', '.join(known)}"
            )
        for i, wave in enumerate(said):
            if wave not in waves:
                yield Problem(
                    source.where(("asked", id, i)),
                    f"there is no wave {wave}",
                    f"use {', '.join(one['id'] for one in data['waves'])}",
                )


def _process(source: Source, said: Mapping[str, Any]) -> Iterator[Problem]:
    """Days of steps that the process has."""
    known = [step.id for step in process_steps()]
    for id, day in said.items():
        if id not in known:
            yield Problem(
                source.where(("process", id)), f"{id} is no step", f"use {', '.join(known)}"
            )
        yield from _date(source, ("process", id), day or None)


def _template(
    source: Source, branding: Mapping[str, Any], folder: Path, home: Path
) -> Iterator[Problem]:
    """Where the PowerPoint template lies; what is in it is looked at where slides are made."""
    name = branding.get("pptx_template")
    if not name:
        return
    where = source.where(("branding", "pptx_template"))
    path = (folder / name).resolve()
    if not path.is_relative_to(home.resolve()):
        yield Problem(where, "lies outside the engagement folder", "copy it into the folder")
    elif path.suffix.lower() != ".pptx":
        yield Problem(where, "is no PowerPoint file (.pptx)", "save it as one, without macros")
    elif not path.is_file():
        yield Problem(where, f"there is no file {name}", "put it into the folder")


def _logo(
    source: Source, branding: Mapping[str, Any], folder: Path, home: Path
) -> Iterator[Problem]:
    logo = branding.get("logo")
    if not logo:
        return
    where = source.where(("branding", "logo"))
    path = (folder / logo).resolve()
    if not path.is_relative_to(home.resolve()):
        yield Problem(where, "lies outside the engagement folder", "copy it into the folder")
    elif path.suffix.lower() not in (".svg", ".png"):
        yield Problem(where, "is neither SVG nor PNG", "save it as one of them")
    elif not path.is_file():
        yield Problem(where, f"there is no file {logo}", "put it into the folder")
    if not branding.get("logo_alt"):
        yield Problem(
            source.where(("branding",)),
            "the logo has no logo_alt",
            "say in words what it shows, for readers who cannot see it",
        )
