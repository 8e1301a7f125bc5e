"""Freeze a wave and keep the audit of what was released."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from hrkit.errors import HrkitError
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements

__all__ = ["FrozenWave", "audit_text", "release", "release_all"]


@dataclass(frozen=True, slots=True)
class FrozenWave:
    """A frozen wave: whose, since when, and the audit of what was released."""

    client: str
    wave: str
    day: dt.date
    audit: Path
    already: bool

    def __str__(self) -> str:
        said = f"was frozen on {self.day.isoformat()}" if self.already else "is frozen"
        return f"{self.client}: wave {self.wave} {said}; what was released stands in {self.audit.name}."


def release(folder: str | Path, wave: str) -> FrozenWave:
    """Freeze a wave and write the audit of what was released.

    The last version, its audit and the freeze go into the store in one transaction; the audit file
    is a copy.  If that was cut off before the file was written, the same command writes it.

    Raises
    ------
    HrkitError
        If there is no such wave, it has no answers, it is frozen and its audit file is there, or people
        answer it in a room.
    """
    from hrkit.commands.open_room import ANSWERING, none_open
    from hrkit.disclosure.release import freeze
    from hrkit.errors import StoreError

    engagement = engagements.load(folder)
    engagement.wave(wave)
    none_open(
        engagement, [wave], "close the round on the page to lead from, or end the room.", ANSWERING
    )
    done = freeze(engagement, wave, dt.date.today())
    path = engagement.folder / f"release-{wave}.json"
    if done.already:
        there = _read(path)
        if there == done.audit:
            raise StoreError(f"The wave {wave} was frozen on {done.day.isoformat()} already.")
        if there is not None:
            raise StoreError(
                f"The wave {wave} was frozen on {done.day.isoformat()} already, and {path.name} "
                "says something else than the store; move the file away and run this again."
            )
    write_all({path: audit_text(done.audit).encode("utf-8")})
    return FrozenWave(engagement.client, wave, done.day, path, done.already)


def release_all(
    folder: str | Path, wave: str
) -> tuple[tuple[FrozenWave, ...], tuple[tuple[str, str], ...]]:
    """Freeze a wave of every engagement in a folder; one that cannot be stops no other.

    Returns
    -------
    tuple
        What was frozen, and by folder why the others were not.
    """
    from hrkit.portfolio.split import engagements_in

    done, failed = [], []
    for place in engagements_in(Path(folder)):
        try:
            done.append(release(place, wave))
        except HrkitError as error:
            failed.append((place.name, str(error)))
    return tuple(done), tuple(failed)


def _read(path: Path) -> object:
    """What an audit file says; None where there is none, or it was cut off."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def audit_text(audit: object) -> str:
    """The audit file's text: stable, readable JSON."""
    return json.dumps(audit, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
