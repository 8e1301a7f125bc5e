"""Connections that are safe with many writers and with a pulled plug.

Twenty people in a room save at once, each from a kernel of their own.  SQLite does this with a
write-ahead log (readers do not wait), a lock that is taken when a writing transaction *begins*
(never half-way, where it would fail), and patience.  ``synchronous=FULL`` keeps what was committed
through a power cut, and ``secure_delete`` overwrites what was erased.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, StaticPool, create_engine, event
from sqlalchemy import exc as sql

from hrkit.errors import StoreError

__all__ = ["compact", "connect", "reading", "writing"]

#: How long a writer waits for the others, in seconds.
PATIENCE = 60


def connect(url: URL) -> Engine:
    """An engine for a store; SQLite gets its settings here.

    Raises
    ------
    StoreError
        If the URL's kind of database is not known or its driver is not installed.
    """
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        # No pool: a connection never crosses a fork, and no file stays open between saves.
        pool = StaticPool if url.database in (None, "", ":memory:") else NullPool
        engine = create_engine(url, poolclass=pool, connect_args={"timeout": PATIENCE})
    except (sql.NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"The store {url.render_as_string()} cannot be opened: {error}. "
            "Install the driver, or leave store out for a SQLite file."
        ) from None
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    return engine


def _settings(connection: Any, _record: Any) -> None:
    # The driver's own transactions are switched off; `_begin` starts them.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    for setting in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {setting}")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Switch to the write-ahead log; SQLite does not wait here while another does the same."""
    import sqlite3

    until = time.monotonic() + PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("hrkit_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextlib.contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """One transaction that may write; it is committed whole or not at all."""
    with _in_words(name), engine.execution_options(hrkit_write=True).begin() as connection:
        yield connection


@contextlib.contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """One transaction that reads; it sees one state throughout."""
    with _in_words(name), engine.begin() as connection:
        yield connection


def compact(engine: Engine, name: str) -> None:
    """Rewrite a SQLite file so that nothing erased stays in free pages or in the log."""
    if engine.dialect.name != "sqlite":
        return
    with _in_words(name):
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()
        finally:
            raw.close()


_CAUSES = {
    "file is not a database": "is not a SQLite database; choose another file or restore a backup",
    "database disk image is malformed": "is damaged; restore a backup",
    "database is locked": "is held by another program; close it and try again",
    "readonly database": "may not be written; check its rights and the folder's",
    "unable to open database file": "cannot be opened; check the folder and its rights",
    "database or disk is full": "cannot grow: the disk is full; free some space",
}


@contextlib.contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except sql.DBAPIError as error:
        detail = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
        for cause, said in _CAUSES.items():
            if cause in detail:
                raise StoreError(f"The store {name} {said}. Nothing was changed.") from None
        raise StoreError(f"The store {name} refused: {detail}. Nothing was changed.") from None
