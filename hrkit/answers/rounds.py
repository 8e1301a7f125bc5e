"""Waves that were released: frozen for good, with an audit of what was shown.

The audit says which groups and numbers were released and by which rules.  While a wave is open it
may hold, under ``people``, who was in that version and what they had answered (``id``, a token of
the key, and ``answers``), so that a group can be shown again as it was; that goes when the wave is
frozen or the person erased.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from hrkit.answers.codes import token
from hrkit.answers.schema import releases, waves
from hrkit.errors import StoreError

__all__ = ["Release", "forget", "freeze", "frozen", "record", "recorded"]


@dataclass(frozen=True)
class Release:
    """A release as it was recorded: what was shown of a wave, when, and see the module."""

    id: int
    wave: str
    day: dt.date
    audit: Mapping[str, Any]


def freeze(connection: Connection, wave: str, digest: str, day: dt.date) -> None:
    """Freeze a wave; see `hrkit.answers.store.Store.freeze`."""
    row = connection.execute(select(waves).where(waves.c.wave == wave)).one_or_none()
    if row is None:
        connection.execute(insert(waves).values(wave=wave, frozen_on=day, digest=digest))
    elif row.digest != digest:
        raise StoreError(
            f"The wave {wave} was frozen on {row.frozen_on} with other content; it stays as it was."
        )


def forget(
    connection: Connection, *, keys: Collection[str] | None = None, wave: str | None = None
) -> None:
    """Take people out of recorded releases: some people, or everybody of a wave.

    Their entries go altogether; the tables that were shown stay.
    """
    tokens = None if keys is None else {token(key) for key in keys} | set(keys)
    for one in recorded(connection, wave):
        audit = dict(one.audit)
        people = audit.get("people", [])
        if tokens is None:
            left: list[Any] = []
            audit.pop("keys", None)
        else:
            left = [p for p in people if not tokens & {p["id"], p.get("key") or p["id"]}]
        if len(left) == len(people):
            continue
        audit["people"] = left
        text = json.dumps(audit, ensure_ascii=False, sort_keys=True, allow_nan=False)
        connection.execute(update(releases).where(releases.c.id == one.id).values(audit=text))


def frozen(connection: Connection, wave: str) -> dt.date | None:
    """The day a wave was frozen; None while it is open."""
    return connection.scalars(select(waves.c.frozen_on).where(waves.c.wave == wave)).one_or_none()


def record(connection: Connection, wave: str, day: dt.date, audit: Mapping[str, Any]) -> int:
    """Keep the audit of a release; its number comes back."""
    text = json.dumps(audit, ensure_ascii=False, sort_keys=True, allow_nan=False)
    result = connection.execute(insert(releases).values(wave=wave, day=day, audit=text))
    (number,) = result.inserted_primary_key or (0,)
    return int(number)


def recorded(connection: Connection, wave: str | None) -> tuple[Release, ...]:
    """The releases so far, oldest first."""
    query = select(releases).order_by(releases.c.id)
    if wave is not None:
        query = query.where(releases.c.wave == wave)
    return tuple(
        Release(row.id, row.wave, row.day, json.loads(row.audit))
        for row in connection.execute(query)
    )
