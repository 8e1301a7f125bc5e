"""Answers in: check a file, take it whole or not at all, list comments for review."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError, EngagementError, HrkitError, Problem
from hrkit.model import engagement as engagements
from hrkit.model import instrument as instruments
from hrkit.model.engagement import Engagement
from hrkit.model.yamlfile import read_yaml

__all__ = ["check_file", "engagements_in", "list_comments", "take"]


def engagements_in(folder: Path) -> tuple[Path, ...]:
    """The engagement folders directly inside a folder, by name.

    Raises
    ------
    EngagementError
        If there are none.
    """
    found = (
        sorted(p.parent for p in folder.glob(f"*/{engagements.FILE}")) if folder.is_dir() else []
    )
    if not found:
        raise EngagementError(f"There is no engagement folder in {folder}.")
    return tuple(found)


def check_file(
    path: Path,
    folder: Path | None = None,
    *,
    mapping: Path | None = None,
    encoding: str | None = None,
) -> tuple[str, tuple[Problem, ...]]:
    """What a file is, and everything that is wrong with it; nothing is changed.

    Parameters
    ----------
    path
        An engagement folder or ``engagement.yml``, an instrument, a mapping, or answers.
    folder
        The engagement that answers or a mapping belong to; the file's own folder if not given.
    mapping
        For a file that another program wrote.
    encoding
        Of a text file with answers.

    Raises
    ------
    HrkitError
        If the file is not there, or cannot be told.
    """
    if not path.exists():
        raise HrkitError(f"There is no file {path}.")
    if path.is_dir() or path.name == engagements.FILE:
        return "engagement", engagements.check(path)
    if path.suffix.lower() in (".yml", ".yaml"):
        data = read_yaml(path).data
        if isinstance(data, dict) and "hrkit" in data:
            return "engagement", engagements.check(path)
        if isinstance(data, dict) and "answers" in data and "sections" not in data:
            return "mapping", _mapping_problems(path, folder or path.parent)
        return "instrument", instruments.check(path)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise HrkitError(f"{path.name} is no .yml, .csv or .xlsx file.")
    folder = folder or path.parent
    try:
        if mapping is not None and not (folder / engagements.FILE).is_file():
            _portfolio(path, folder, mapping)
        else:
            _read(path, engagements.load(folder), mapping, encoding)
    except AnswersError as error:
        return "file with answers", error.problems or (Problem(path.name, error.summary),)
    return "file with answers", ()


def _mapping_problems(path: Path, folder: Path) -> tuple[Problem, ...]:
    from hrkit.answers.readers.mapping import load_mapping

    own = (folder / engagements.FILE).is_file()
    try:
        load_mapping(path, engagements.load(folder if own else engagements_in(folder)[0]))
    except AnswersError as error:
        return error.problems or (Problem(path.name, error.summary),)
    return ()


def _read(
    path: Path, engagement: Engagement, mapping: Path | None, encoding: str | None
) -> Reading:
    from hrkit.answers.readers.answers import read_answers
    from hrkit.answers.readers.mapping import read_mapped

    if mapping is not None:
        return read_mapped(path, mapping, engagement)
    return read_answers(path, engagement, encoding=encoding)


def _portfolio(path: Path, folder: Path, mapping: Path) -> list[tuple[str, Engagement, Reading]]:
    """Each organisation's rows with its engagement, all of them checked before any is taken."""
    from hrkit.answers.readers.mapping import read_portfolio

    clients = {place.name: engagements.load(place) for place in engagements_in(folder)}
    pattern = next(iter(clients.values()))
    found = read_portfolio(path, mapping, pattern)
    strange = [name for name in found if name not in clients]
    if strange:
        raise AnswersError(
            f"{path.name} was not taken.",
            [
                Problem(f"{path.name}, organisation {name}", f"there is no engagement folder {name}",
                        f"make it with: hrkit new {folder / name}")
                for name in strange
            ],
        )  # fmt: skip
    return [
        (name, clients[name], _at_home(reading, pattern, clients[name]))
        for name, reading in found.items()
    ]


def _at_home(reading: Reading, pattern: Engagement, home: Engagement) -> Reading:
    """The pattern's whole organisation is this client's whole organisation."""
    if pattern.root.id == home.root.id:
        return reading
    people = reading.responses.people.copy()
    people["unit"] = people["unit"].where(people["unit"] != pattern.root.id, home.root.id)
    return dataclasses.replace(
        reading, responses=dataclasses.replace(reading.responses, people=people)
    )


def take(
    path: Path,
    folder: Path,
    *,
    mapping: Path | None = None,
    encoding: str | None = None,
    replace: bool = False,
) -> Iterator[str]:
    """Take a file into one engagement, or over a folder of them; yields what to tell the user.

    Raises
    ------
    HrkitError
        With every problem at once; nothing was taken then.
    """
    if not path.exists():
        raise AnswersError(f"There is no file {path}.")
    if mapping is not None and not (folder / engagements.FILE).is_file():
        readings = _portfolio(path, folder, mapping)
    else:
        engagement = engagements.load(folder)
        readings = [("", engagement, _read(path, engagement, mapping, encoding))]
    from hrkit.answers.store import open_store

    for note in dict.fromkeys(note for *_, reading in readings for note in reading.notes):
        yield f"note: {note}"
    _rehearse(path, readings, replace)
    for name, engagement, reading in readings:
        with open_store(engagement) as store:
            added = store.add(reading, replace=replace)
        counts = [f"{added.new} new", f"{added.same} already there"]
        counts += [f"{added.replaced} replaced"] if added.replaced else []
        counts += [f"{added.alike} exactly like rows that were there"] if added.alike else []
        yield f"{name or engagement.client}: {reading.rows} rows, {', '.join(counts)}"


def _rehearse(path: Path, readings: list[tuple[str, Engagement, Reading]], replace: bool) -> None:
    """Where a file goes to several stores: find out that every one will take it, before any does.

    Raises
    ------
    AnswersError
        With what all of the stores refuse.
    """
    from hrkit.answers.store import open_store

    if len(readings) < 2:
        return
    problems: list[Problem] = []
    for name, engagement, reading in readings:
        try:
            with open_store(engagement) as store:
                store.add(reading, replace=replace, rehearse=True)
        except HrkitError as error:
            problems += error.problems or (Problem(name, error.summary),)
    if problems:
        raise AnswersError(f"{path.name} was not taken.", problems)


def list_comments(folder: Path, wave: str | None = None) -> Iterator[str]:
    """The open answers with their ids, for the person who passes them for print."""
    from hrkit.answers.store import open_store

    engagement = engagements.load(folder)
    if wave is not None:
        engagement.wave(wave)
    cleared = {comment.id for comment in engagement.comments}
    with open_store(engagement, create=False) as store:
        found = store.comments(wave)
    if found.empty:
        yield "There are no open answers yet."
    for row in found.itertuples():
        mark = "passed " if row.id in cleared else "       "
        yield f"{mark}{row.id}  {row.item}  {' '.join(str(row.text).split())}"
