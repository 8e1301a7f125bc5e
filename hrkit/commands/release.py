"""Freeze a wave and keep the audit of what was released."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    pass

__all__ = ["audit_text", "freeze"]


def freeze(folder: Path, wave: str) -> str:
    """Freeze a wave and keep the audit of what was released; says what was done.

    Raises
    ------
    HrkitError
        If there is no such wave, it has no answers, or it is frozen already.
    """
    from hrkit.answers.store import open_store
    from hrkit.disclosure.kept.audit import audit_of
    from hrkit.disclosure.release import release
    from hrkit.errors import StoreError

    engagement = engagements.load(folder)
    engagement.wave(wave)
    today = dt.date.today()
    with open_store(engagement, create=False) as store:
        before = store.frozen(wave)
        if before is not None:
            raise StoreError(f"The wave {wave} was frozen on {before.isoformat()} already.")
        if not len(store.read(wave)):
            raise StoreError(f"The wave {wave} has no answers yet: there is nothing to release.")
        # What is shown now is kept in the store; from here on it is what every report prints.
        audit, digest = audit_of(release(engagement, wave))
        store.freeze(wave, digest, today)
    path = engagement.folder / f"release-{wave}.json"
    path.write_text(audit_text(audit), encoding="utf-8")
    return f"{engagement.client}: wave {wave} is frozen; what was released stands in {path.name}."


def audit_text(audit: object) -> str:
    """The audit file's text: stable, readable JSON."""
    import json

    return json.dumps(audit, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
