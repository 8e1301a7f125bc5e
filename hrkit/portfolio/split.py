"""Many organisations in one file: each one's rows with its own engagement."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError, EngagementError, HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

__all__ = ["engagements_in", "portfolio", "rehearse"]


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


def portfolio(path: Path, folder: Path, mapping: Path) -> list[tuple[str, Engagement, Reading]]:
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


def rehearse(path: Path, readings: list[tuple[str, Engagement, Reading]], replace: bool) -> None:
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
