"""Make an engagement folder that is ready to be filled in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from hrkit import kit
from hrkit.commands.new_names import USUAL, kept_days, notebook, slug, until, wrong_name
from hrkit.errors import EngagementError, Problem
from hrkit.files import privately
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.languages import codes
from hrkit.model.own_files import OWN
from hrkit.model.yaml_edit import quoted, with_values, without
from hrkit.model.yamlfile import read_yaml
from hrkit.text import seen

__all__ = ["Started", "new"]


class Started(NamedTuple):
    """What was written for a new engagement, and what of the other one was left with it."""

    written: tuple[Path, ...]
    left: tuple[str, ...]


@privately()
def new(
    folder: str | Path,
    name: str = "",
    language: str = "",
    instrument: str = "",
    *,
    like: str | Path | None = None,
    portfolio: str | Path | None = None,
    organisation: str = "",
    unit: str = "",
) -> Started:
    """Write ``engagement.yml``, answer templates and notebooks into a folder.

    Parameters
    ----------
    folder
        Made if missing; it may hold other files, but no engagement.
    name
        The client's name.
    language
        The code of a language of the kit, such as ``da``.
    instrument
        Id of an instrument of the kit (``partnership`` if empty), or the path of one's own, which
        is copied into the folder.
    like
        Another engagement, whose settings are taken and nothing of what was answered there:
        units, waves, language, instrument, thresholds, targets, look, profiles, actions and words.
    portfolio
        A list of organisations, or a file with answers: a folder is made in ``folder`` for each of
        them, and what they share (`hrkit.commands.new_portfolio`); instead of a name.
    organisation, unit
        Headings of the list's columns.

    Returns
    -------
    Started
        What was written, and what of the other engagement was left behind.

    Raises
    ------
    EngagementError
        If the folder holds an engagement already, or the name cannot be printed; nothing is
        written then.
    """
    folder = Path(folder)
    if portfolio is not None:
        from hrkit.commands.new_portfolio import new_portfolio

        if name or like is not None:
            raise EngagementError(
                "A portfolio takes its names from the list, and is like no other."
            )
        made = new_portfolio(
            folder, portfolio, language, instrument, organisation=organisation, unit=unit
        )
        return Started(tuple(made.made.values()), made.notes)
    if like is not None:
        if language or instrument:
            raise EngagementError("Language and instrument are those of the other engagement.")
        return _like(folder, Path(like), name)
    if not language:
        known = ", ".join(codes())
        raise EngagementError(f"Which language do form and report speak? Choose of {known}.")
    return Started(_fresh(folder, name, language, instrument or USUAL), ())


def _fresh(folder: Path, name: str, language: str, instrument: str) -> tuple[Path, ...]:
    _free(folder, name)
    name = seen(name).strip()
    asked = instruments.load(instrument)
    if language not in asked.languages:
        known = ", ".join(asked.languages)
        raise EngagementError(f"{asked.id} has no language {language}; it has {known}.")
    text = (kit.templates() / "engagement" / f"engagement.{language}.yml").read_text("utf-8")
    # An instrument of one's own moves in with the engagement, which then holds all it needs.
    own = Path(instrument) if Path(instrument).suffix else None
    asks = own.name if own else instrument
    values = {"@ID@": slug(name), "@CLIENT@": name, "@INSTRUMENT@": asks, **until()}
    text = re.sub("|".join(values), lambda m: quoted(values[m.group()]), text)
    files = {one.name: one for one in instruments.files_of(own)} if own else {}
    return _make(folder, text, files, language)


def _like(folder: Path, other: Path, name: str) -> Started:
    """A new engagement with the settings of another and nothing of what was answered there."""
    _free(folder, name)
    name = seen(name).strip()
    source = engagements.load(other)
    place = source.folder
    text = (place / engagements.FILE).read_bytes().decode("utf-8-sig")
    data = read_yaml(place / engagements.FILE).data
    id = slug(name)
    if id == source.id:
        raise EngagementError(
            f"{name} would have the id {id}, which {source.client} has; "
            "give a name that tells them apart."
        )
    # What belongs to the other client, or was decided with it, stays with it.
    gone = ["store", "synthetic", "texts", "letters", "duties", "process", "capacity"]
    text = without(text, [*((key,) for key in gone), ("report", "date")])
    values: dict[tuple[str | int, ...], str] = {
        ("id",): quoted(id),
        ("client",): quoted(name),
    }
    for u, unit in enumerate(data["units"]):
        if unit.get("parent") is None:
            values["units", u, "name"] = quoted(name)
    values |= {("audience", language): '""' for language in data.get("audience", {})}
    values |= {(key,): "[]" for key in ("invited", "comments", "followed") if data.get(key)}
    files: dict[str, Path] = {}
    asks = Path(str(data["instrument"]))
    own = place / (asks if asks.suffix else f"{asks}.yml")
    if own.is_file():
        files |= {one.name: one for one in instruments.files_of(own)}
        values[("instrument",)] = quoted(own.name if asks.suffix else str(asks))
    for name in (source.branding.logo, source.branding.pptx_template):
        if name:
            files[name] = place / name
    for kind in OWN:
        for path in sorted((place / kind).glob("*.yml")) if (place / kind).is_dir() else ():
            if path.resolve().is_relative_to(place):
                files[f"{kind}/{path.name}"] = path
    # How long answers are kept is agreed anew; so that nobody forgets, there is a day at once.
    kept = ", ".join(f"{name}: {quoted(day)}" for name, day in kept_days().items())
    text = f"{with_values(text, values).rstrip()}\n\nduties: {{{kept}}}\n"
    written = _make(folder, text, files, source.language)
    left = [
        f"{key} in {engagements.FILE}"
        for key in (*gone, "invited", "comments", "followed")
        if data.get(key)
    ]
    left += [f"texts/{path.name}" for path in sorted((place / "texts").glob("*.md"))]
    left += [f"audience in {engagements.FILE}"] if source.audience else []
    return Started(written, ("answers and releases", *left))


def _free(folder: Path, name: str) -> None:
    """Refuse a place where no engagement can be made, or a name that cannot be printed."""
    path = folder / engagements.FILE
    if what := wrong_name(name):
        raise EngagementError(
            "The engagement cannot be made.", [Problem("--name", what, "give the client's name")]
        )
    if path.exists():
        raise EngagementError(f"{path} is there already; choose another folder or edit that file.")
    if folder.exists() and not folder.is_dir():
        raise EngagementError(f"{folder} is a file; choose a folder.")


def _make(folder: Path, text: str, files: Mapping[str, Path], language: str) -> tuple[Path, ...]:
    """The file, what belongs to it, answer templates and notebooks; all of it or nothing."""
    from hrkit.answers.writers.template import write_template
    from hrkit.commands.template import FORM, NAMES

    for name, source in files.items():
        there = folder / name
        if there.exists() and not there.samefile(source):
            raise EngagementError(f"{there} is there already; give it another name.")
    made_here = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / engagements.FILE
    written = [path]
    try:
        path.write_text(text, encoding="utf-8")
        for name, source in files.items():
            target = folder / name
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                written.append(target)
                shutil.copyfile(source, target)
        draft = engagements.draft(folder)
        for name in NAMES:
            written.append(write_template(draft, folder / name, language, form=name == FORM))
        for name in kit.notebook_names():
            target = folder / name
            if not target.exists():
                written.append(target)
                target.write_text(notebook(name, language), "utf-8")
    except BaseException:
        if made_here:
            shutil.rmtree(folder, ignore_errors=True)
        for one in written:
            one.unlink(missing_ok=True)
        raise
    return tuple(written)
