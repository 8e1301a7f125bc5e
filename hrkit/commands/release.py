"""Freeze a wave and keep the audit of what was released."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from hrkit.files import write_all
from hrkit.model import engagement_file as engagements

__all__ = ["audit_text", "freeze"]


def freeze(folder: Path, wave: str) -> str:
    """Freeze a wave and write the audit of what was released; says what was done.

    The last version, its audit and the freeze go into the store in one transaction; the audit file
    is a copy.  If that was cut off before the file was written, the same command writes it.

    Raises
    ------
    HrkitError
        If there is no such wave, it has no answers, or it is frozen and its audit file is there.
    """
    from hrkit.disclosure.release import freeze as frozen_now
    from hrkit.errors import StoreError

    engagement = engagements.load(folder)
    engagement.wave(wave)
    done = frozen_now(engagement, wave, dt.date.today())
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
    said = "is frozen" if not done.already else f"was frozen on {done.day.isoformat()}"
    return f"{engagement.client}: wave {wave} {said}; what was released stands in {path.name}."


def _read(path: Path) -> object:
    """What an audit file says; None where there is none, or it was cut off."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def audit_text(audit: object) -> str:
    """The audit file's text: stable, readable JSON."""
    return json.dumps(audit, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
