"""Databases: where they lie, connections that are safe with many writers and with a pulled plug.

Twenty people in a room save at once, each from a kernel of their own.  SQLite does this with a
write-ahead log (readers do not wait), a lock that is taken when a writing transaction *begins*
(never half-way, where it would fail), and patience.  ``synchronous=FULL`` keeps what was committed
through a power cut, and ``secure_delete`` overwrites what was erased.

A PostgreSQL server is made to behave alike: a transaction that reads sees one state throughout,
one that writes waits for the others when it begins, and what was erased is rewritten away.

A path never becomes a URL by writing one after the other: folders are named ``Klar?1`` and
``50 % & more``, and a question mark would end the path.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    QueuePool,
    StaticPool,
    create_engine,
    event,
    make_url,
)
from sqlalchemy import exc as sql

from hrkit.errors import StoreError
from hrkit.storage import cipher
from hrkit.storage.compiled import SHARED, sharing
from hrkit.storage.refusals import PATIENCE, in_words
from hrkit.storage.server import begin, rewrite

__all__ = [
    "compact",
    "connect",
    "file_of",
    "locate",
    "make_private",
    "reading",
    "shown",
    "writable",
    "writing",
]

#: How long a server may take to answer at all, in seconds.
REACHED = 10

_NO_URL = "The store is no URL; write a file name, or sqlite:///answers.sqlite."
_PSYCOPG = "postgresql+psycopg"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\+[A-Za-z0-9_]+)?://")


def locate(place: str, folder: Path) -> URL:
    """The URL of a database that is named by a URL or by the name of a SQLite file.

    Parameters
    ----------
    place
        What a person wrote: a SQLAlchemy URL, or a file name.
    folder
        Where relative names start, those in a URL too.

    Raises
    ------
    StoreError
        If it begins like a URL and is none.

    Notes
    -----
    ``postgresql://`` means psycopg, the driver of ``hrkit[postgresql]``.
    """
    if not _SCHEME.match(place):
        return URL.create("sqlite", database=str(folder / place))
    try:
        url = make_url(place)
        path = file_of(url)
    except (sql.SQLAlchemyError, ValueError):
        raise StoreError(_NO_URL) from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername=_PSYCOPG)
    return url if path is None else url.set(database=str(folder / path))


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for other databases and for one in memory."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def shown(url: URL) -> str:
    """How a database is called in messages: never with a password, in the query neither."""
    return url.set(query={}).render_as_string()


def connect(url: URL, *, look: bool = False, held: bool = False, memory: Any = None) -> Engine:
    """An engine for a database; SQLite gets its settings here.

    Parameters
    ----------
    url
        Made by `locate`.
    look
        Leave the file's own settings as they are: it may be another program's.
    held
        Keep one connection from one transaction to the next: the last that closes a SQLite file
        folds its log, and a form that opened one for each answer would wait for that each time.
    memory
        A connection of the driver for encrypted files to a database in memory, in place of a new one.

    Raises
    ------
    StoreError
        If the URL's kind of database is not known or its driver is not installed.
    """
    try:
        if url.get_backend_name() != "sqlite":
            return _server(url, held)
        path = file_of(url)
        locked = _cipher(path) if path is not None else {}
        if not path:
            how: dict[str, Any] = {"connect_args": {"timeout": PATIENCE}}
            if memory is not None:
                how = {"module": cipher.library(), "creator": lambda: memory}
            engine = create_engine(sharing(url), poolclass=StaticPool, **SHARED, **how)
        elif held:
            engine = create_engine(
                sharing(url),
                poolclass=QueuePool,
                pool_size=1,
                connect_args={"timeout": PATIENCE},
                **SHARED,
                **locked,
            )
            event.listen(engine, "connect", _by_whom)
            event.listen(engine, "checkout", _not_after_a_fork)
        else:
            # No pool: a connection never crosses a fork, and no file stays open between saves.
            engine = create_engine(
                sharing(url),
                poolclass=NullPool,
                connect_args={"timeout": PATIENCE},
                **SHARED,
                **locked,
            )
    except (sql.NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"The store {shown(url)} cannot be opened: {error}. "
            f"{_driver(url)}, or leave store out for a SQLite file."
        ) from None
    except sql.ArgumentError:
        raise StoreError(_NO_URL) from None
    event.listen(engine, "connect", _settings)
    if not look:
        event.listen(engine, "connect", _write_ahead)
    event.listen(engine, "begin", _begin)
    return engine


def _driver(url: URL) -> str:
    """What to install for a database."""
    if url.drivername == _PSYCOPG:
        return "Install its driver (pip install 'hrkit[postgresql]')"
    return "Install the driver"


def _server(url: URL, held: bool) -> Engine:
    """An engine for a database server; like SQLite's, it may be used after a fork."""
    postgres = url.get_backend_name() == "postgresql"
    known = {"connect_timeout": str(REACHED)} if postgres else {}
    url = url.set(query={**known, **url.query})
    if held:
        engine = create_engine(url, pool_pre_ping=True)
        event.listen(engine, "connect", _by_whom)
        event.listen(engine, "checkout", _not_after_a_fork)
    else:
        engine = create_engine(url, poolclass=NullPool)
    if postgres:
        event.listen(engine, "begin", begin)
    return engine


def _cipher(path: Path) -> dict[str, Any]:
    """How an encrypted file is opened; nothing for a plain one, and for one that is not there."""
    if not cipher.is_encrypted(path):
        return {}
    return {"module": cipher.library(), "creator": lambda: cipher.opened(path, PATIENCE)}


def make_private(path: Path) -> None:
    """Make an empty file that only its owner reads, where there is none yet.

    SQLite gives its log the rights of the file.
    """
    with contextlib.suppress(OSError):
        # A link that leads to no file yet: the file it leads to is what SQLite makes.
        os.close(os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def writable(path: Path) -> bool:
    """Whether a SQLite file can be written: the file, and the folder in which its log lies."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _by_whom(_connection: Any, record: Any) -> None:
    record.info["process"] = os.getpid()


def _not_after_a_fork(_connection: Any, record: Any, proxy: Any) -> None:
    """A connection that was opened before a fork is the parent's: the child opens its own."""
    if record.info.get("process") != os.getpid():
        record.dbapi_connection = proxy.dbapi_connection = None
        raise sql.DisconnectionError("opened by another process")


def _settings(connection: Any, _record: Any) -> None:
    # The driver's own transactions are switched off; `_begin` starts them.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    for setting in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _write_ahead(connection: Any, _record: Any) -> None:
    """Switch to the write-ahead log; SQLite does not wait here while another does the same."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
        return
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except Exception as error:  # of either driver
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("hrkit_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextlib.contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """One transaction that may write; it is committed whole or not at all."""
    with in_words(name), engine.execution_options(hrkit_write=True).begin() as connection:
        yield connection


@contextlib.contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """One transaction that reads; it sees one state throughout."""
    with in_words(name), engine.begin() as connection:
        yield connection


def compact(engine: Engine, name: str) -> None:
    """Rewrite a database so that nothing erased stays in its pages, or (SQLite) in the log.

    On PostgreSQL the tables are rewritten in the order of their keys, without the rows that are
    gone and without the order in which the others came; the server's log and backups are its own.
    """
    if engine.dialect.name == "postgresql":
        rewrite(engine, name)
    if engine.dialect.name != "sqlite":
        return
    with in_words(name):
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()
        finally:
            raw.close()
