"""How a store is opened: found, told apart from others, of today's format, and whose it is.

What is wrong with a file is said before anything of it changes.  One of an older format is brought
to this one for writing, after a copy was put beside it; for reading it is copied.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from hrkit.answers.identity import Owner, compare, owner_of
from hrkit.answers.schema import VERSION, examine, meta, prepare, releases
from hrkit.errors import StoreError
from hrkit.files import only_a_file
from hrkit.model.engagement import Engagement
from hrkit.storage import copies, database
from hrkit.storage.database import connect, reading, writing

__all__ = ["NoAnswers", "Opened", "columns", "opened"]


class NoAnswers(StoreError):
    """Nobody has answered: there is no store yet, or an empty one."""


@dataclass(frozen=True)
class Opened:
    """A store that is open: its engine, its name in messages, its file if it is one, its salt.

    ``moved`` is where it lies now, if that is elsewhere than it says: it is remembered with the
    next answer.
    """

    engine: Engine
    name: str
    path: Path | None
    salt: str
    moved: Owner | None


def opened(
    place: str, engagement: Engagement | None, *, create: bool, write: bool, held: bool = False
) -> Opened:
    """The store in a file or at a SQLAlchemy URL; see `hrkit.answers.store.Store.open`.

    Raises
    ------
    StoreError
        If it cannot be opened, is no store, is too new, or holds another engagement's answers.
    """
    folder = engagement.folder if engagement is not None else Path()
    url = database.locate(place, folder)
    path = database.file_of(url)
    name = path.name if path else database.shown(url)
    if path is not None:
        _check_file(path, create, write)
        if create and write:
            database.make_private(path)
    if path is not None and not write and not database.writable(path):
        engine = copies.copied(path)
    else:
        engine = connect(url, look=path is not None, held=held and path is None)
    with reading(engine, name) as connection:
        known = examine(connection, name)
        if known is None and not (create and write):
            raise NoAnswers(f"There are no answers yet: {name} is empty. Import some first.")
        if known is not None:
            stored = _owner(connection) if known.version == VERSION else None
            _compare(connection, stored, engagement, path, name)
    if known is not None and known.version < VERSION and not write:
        if path is None:
            raise StoreError(
                f"{name} is of an older format; the next import or report brings it to this one."
            )
        engine = copies.copied(path)
        with writing(engine, name) as connection:
            prepare(connection, name)
    elif write:
        engine = connect(url, held=held) if path is not None else engine
        known = _ready(engine, name, path)
    assert known is not None
    moved = _settled(engine, name, owner_of(engagement, path)) if write and engagement else None
    return Opened(engine, name, path, known.salt, moved)


def _settled(engine: Engine, name: str, now: Owner) -> Owner | None:
    """Remember the owner, or a client's new name; that it lies elsewhere comes back."""
    with reading(engine, name) as connection:
        stored = _owner(connection)
    compare(stored, now, name)
    if stored is None or stored.client != now.client:
        with writing(engine, name) as connection:
            # On servers with row locks: one writer at a time, as in SQLite.
            connection.execute(select(meta.c.id).with_for_update())
            compare(_owner(connection), now, name)  # somebody may have been quicker
            connection.execute(update(meta).values(**columns(now)))
        return None
    return now if stored.place != now.place else None


def _check_file(path: Path, create: bool, write: bool) -> None:
    """What can be said of a SQLite file before it is opened."""
    if not path.parent.is_dir():
        raise StoreError(f"The store {path.name} cannot be opened: its folder is not there.")
    try:
        only_a_file(path, there=False)
    except OSError as error:
        raise StoreError(f"The store {path.name or path} {error.strerror}.") from None
    if not create and not path.is_file():
        raise NoAnswers(f"There are no answers yet: {path.name} is not there. Import some first.")
    if not create and not path.stat().st_size:
        raise NoAnswers(f"There are no answers yet: {path.name} is empty. Import some first.")
    if write and path.is_file() and not database.writable(path):
        raise StoreError(
            f"{path.name} can only be read where it lies. A wave that was released can be printed "
            "from here, and all can be looked at; for anything else copy the folder to where it "
            "can be written."
        )


def _ready(engine: Engine, name: str, path: Path | None) -> Any:
    """A store whose tables are those of today; what it was is kept beside it."""
    with reading(engine, name) as connection:
        known = examine(connection, name)
    if known is None or known.version < VERSION:
        with writing(engine, name) as connection:
            known = examine(connection, name)  # somebody else may have been quicker
            if known is not None and known.version < VERSION and path is not None:
                copies.backup(path, f"v{known.version}")
            known = prepare(connection, name)
    return known


def _owner(connection: Connection) -> Owner | None:
    row = connection.execute(select(meta.c.engagement, meta.c.client, meta.c.place)).one()
    return None if row.engagement is None else Owner(row.engagement, row.client, row.place)


def columns(owner: Owner) -> dict[str, str]:
    """An owner as the table of a store's facts holds it."""
    return {"engagement": owner.engagement, "client": owner.client, "place": owner.place}


def _compare(
    connection: Connection,
    stored: Owner | None,
    engagement: Engagement | None,
    path: Path | None,
    name: str,
) -> None:
    """Refuse somebody else's store; one from before stores knew their owner tells by its releases."""
    if engagement is None:
        return
    now = owner_of(engagement, path)
    if stored is None:
        query = select(releases.c.audit).order_by(releases.c.id)
        kept = (json.loads(text) for text in connection.scalars(query))
        named = [whose for one in kept if (whose := one.get("released", {}).get("engagement"))]
        stored = next((Owner(who, "", "") for who in named if who != now.engagement), None)
    compare(stored, now, name)
