"""Whether answers lie longer than was promised: said after every command on a folder, and on every page of a client."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement_rules import parse_date
from hrkit.model.shared import SHARED
from hrkit.model.yamlfile import read_yaml

__all__ = ["overdue", "reminders"]

#: Most engagements of a folder of which each gets a sentence of its own.
_EACH = 3
#: A day as `hrkit new` and the front page write it; whatever else stands there is read as YAML.
_DAY = re.compile(r"answers_until[\"']?\s*:\s*[\"']?(\d{4}-\d{2}-\d{2})(?!\d)")


def reminders(place: Path) -> tuple[str, ...]:
    """Sentences where the day has passed from which no answer was to be kept.

    Parameters
    ----------
    place
        An engagement's folder or its file, or a folder that holds those of many.
    """
    found = [(home, day) for home in _homes(place) if (day := overdue(home)) is not None]
    if len(found) > _EACH:
        names = ", ".join(f"{home.resolve().name} ({day.isoformat()})" for home, day in found)
        return (
            f"Answers in {len(found)} folders of {place.resolve().name} were to be kept no longer: {names}. "
            "hrkit duties purge DIR for each, or agree on another day (duties.answers_until).",
        )
    return tuple(
        f"Answers in {home.resolve().name} were to be kept until {day.isoformat()} at the latest: "
        f"hrkit duties purge {home}, or agree on another day (duties.answers_until)."
        for home, day in found
    )


def overdue(folder: Path) -> dt.date | None:
    """The day until which answers were to be kept, once it has passed and some are there; None otherwise.

    Quick while the day lies ahead: only the file is looked at then.
    """
    try:
        if not _may_have_passed(folder):
            return None
        day = _promised(folder)
    except (HrkitError, OSError):
        return None  # what is wrong with the file is said elsewhere
    if day is None or day > dt.date.today():
        return None
    try:
        return day if _there(folder) else None
    except HrkitError:
        return day  # it cannot be opened: what was promised holds nevertheless


def _homes(place: Path) -> list[Path]:
    """The engagements that a command was given: one, or those of a folder."""
    if (place / engagements.FILE).is_file():
        return [place]
    if place.name == engagements.FILE and place.is_file():
        return [place.parent]
    return sorted(path.parent for path in place.glob(f"*/{engagements.FILE}"))


def _may_have_passed(folder: Path) -> bool:
    """Whether a day stands in the file, or in one it shares from, that does not lie ahead for certain."""
    today = dt.date.today().isoformat()
    for path in (
        folder / engagements.FILE,
        folder.parent / SHARED,
        folder.parent / engagements.FILE,
    ):
        text = path.read_text("utf-8", "replace") if path.is_file() else ""
        days = _DAY.findall(text)
        if len(days) < text.count("answers_until") or any(day <= today for day in days):
            return True
    return False


def _promised(folder: Path) -> dt.date | None:
    data = read_yaml(folder / engagements.FILE).data
    said = data.get("duties") if isinstance(data, dict) else None
    if isinstance(said, dict) and said.get("answers_until"):
        day = said["answers_until"]
        try:
            return day if isinstance(day, dt.date) else parse_date(day)
        except (ValueError, TypeError):
            return None
    if isinstance(data, dict) and {"portfolio", "part_of"} & set(data):
        # It may stand in the folder above.
        return engagements.load(folder).duties.answers_until
    return None


def _there(folder: Path) -> bool:
    """Whether any answer lies there still."""
    from hrkit.answers.neighbours import store_file
    from hrkit.answers.store import open_store
    from hrkit.commands.duties.held import held

    for one in held(engagements.load(folder)):
        path = store_file(one)
        if path is not None and not path.is_file():
            continue
        with open_store(one, create=False, write=False) as store:
            if store.waves():
                return True
    return False
