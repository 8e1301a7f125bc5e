"""Whether answers lie longer than was promised: said after every command on a folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement_rules import parse_date
from hrkit.model.yamlfile import read_yaml

__all__ = ["reminder"]


def reminder(folder: Path) -> str:
    """A sentence where the day has passed from which no answer was to be kept; empty otherwise.

    Quick while the day lies ahead: only the file is read then.
    """
    if (day := _promised(folder)) is None or day > dt.date.today():
        return ""
    try:
        if not _there(folder):
            return ""
    except HrkitError:
        pass  # it cannot be opened: what was promised holds nevertheless
    return (
        f"Answers in {folder.name} were to be kept until {day.isoformat()} at the latest: "
        f"hrkit duties purge {folder}, or agree on another day (duties.answers_until)."
    )


def _promised(folder: Path) -> dt.date | None:
    data = read_yaml(folder / "engagement.yml").data
    said = data.get("duties") if isinstance(data, dict) else None
    if isinstance(said, dict) and said.get("answers_until"):
        day = said["answers_until"]
        try:
            return day if isinstance(day, dt.date) else parse_date(day)
        except (ValueError, TypeError):
            return None
    if isinstance(data, dict) and {"portfolio", "part_of"} & set(data):
        try:  # it may stand in the folder above
            return engagements.load(folder).duties.answers_until
        except HrkitError:
            return None
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
