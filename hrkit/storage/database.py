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
import shutil
import sqlite3
import tempfile
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
    inspect,
    make_url,
)
from sqlalchemy import exc as sql

from hrkit.errors import StoreError
from hrkit.files import private_folder
from hrkit.storage import cipher

__all__ = [
    "backup",
    "backups",
    "compact",
    "connect",
    "copied",
    "file_of",
    "locate",
    "make_private",
    "reading",
    "shown",
    "writable",
    "writing",
]

#: How long a writer waits for the others, in seconds.
PATIENCE = 60

#: How long a server may take to answer at all, in seconds.
REACHED = 10

#: Under which number writers wait for each other on a server: "hrk".
_WRITERS = 0x68726B

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


def connect(url: URL, *, look: bool = False, held: bool = False) -> Engine:
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
            engine = create_engine(url, poolclass=StaticPool, connect_args={"timeout": PATIENCE})
        elif held:
            engine = create_engine(
                url,
                poolclass=QueuePool,
                pool_size=1,
                connect_args={"timeout": PATIENCE},
                **locked,
            )
            event.listen(engine, "connect", _by_whom)
            event.listen(engine, "checkout", _not_after_a_fork)
        else:
            # No pool: a connection never crosses a fork, and no file stays open between saves.
            engine = create_engine(
                url, poolclass=NullPool, connect_args={"timeout": PATIENCE}, **locked
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
        event.listen(engine, "begin", _begin_on_server)
    return engine


def _begin_on_server(connection: Connection) -> None:
    """A reader sees one state throughout; writers of one store wait for each other here.

    Waiting comes before the first look, so that whoever writes sees all that was written before.
    A schema is a store of its own, so the lock is named after it.
    """
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    if not options.get("hrkit_write", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    connection.exec_driver_sql(
        f"SELECT pg_advisory_xact_lock({_WRITERS}, hashtext(current_schema()::text))"
    )


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


def copied(path: Path) -> Engine:
    """A SQLite file as it is now, in memory: what is done to it touches no disk.

    For a store in a folder that cannot be written (SQLite's log would have to be), and for one of
    an older format that is only looked at.

    Raises
    ------
    StoreError
        If the file cannot be read or is no database.
    """
    if cipher.is_encrypted(path):
        raise StoreError(
            f"{path.name} is encrypted, and can only be opened where it can be written, and in today's "
            "format: copy the folder, or bring it up to date with the next import or report."
        )
    engine = connect(URL.create("sqlite"))
    try:
        with (
            in_words(path.name),
            _held(path) as source,
            contextlib.closing(engine.raw_connection()) as target,
        ):
            source.backup(target.driver_connection)  # type: ignore[arg-type]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"The store {path.name} cannot be read: {reason}.") from None
    return engine


@contextlib.contextmanager
def _held(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves nothing beside the file it reads."""
    log = path.with_name(f"{path.name}-wal")
    if writable(path):
        with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as source:
            yield source
    elif not log.is_file() or not log.stat().st_size:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as source:
            yield source
    else:
        # Something stands in the log only, and SQLite reads a log that it may write.
        with private_folder("store") as private:
            for file in (path, log):
                shutil.copyfile(file, private / file.name)
            with contextlib.closing(sqlite3.connect(private / path.name)) as source:
                yield source


def backup(path: Path, name: str) -> Path:
    """Copy a SQLite file beside itself, whole and private, whoever is writing.

    Parameters
    ----------
    path
        The database.
    name
        What is said of the copy: ``v1``.  A copy that is there already is left as it is, and the
        new one gets a number.

    Returns
    -------
    Path
        ``answers.sqlite.backup-v1``, or ``answers.sqlite.backup-v1-2`` and so on.
    """
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    try:
        if cipher.is_encrypted(path):
            Path(part).unlink()
            cipher.copy(path, Path(part), PATIENCE)
        else:
            _copy(path, Path(part))
        made = path.with_name(f"{path.name}.backup-{name}")
        number = 1
        while os.path.lexists(made):
            number += 1
            made = path.with_name(f"{path.name}.backup-{name}-{number}")
        os.replace(part, made)
    finally:
        Path(part).unlink(missing_ok=True)
    return made


def _copy(path: Path, part: Path) -> None:
    with (
        in_words(path.name),
        contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as source,
        contextlib.closing(sqlite3.connect(part)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def backups(path: Path) -> tuple[Path, ...]:
    """The copies that `backup` made beside a file, and those it was cut off at."""

    def ours(name: str) -> bool:
        part = name.startswith(f".{path.name}.") and name.endswith(".part")
        return part or name.startswith(f"{path.name}.backup-")

    return tuple(sorted(one for one in path.parent.iterdir() if ours(one.name)))


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
        _rewrite(engine, name)
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


def _rewrite(engine: Engine, name: str) -> None:
    """Write the tables of a PostgreSQL schema anew, each by its primary key."""
    with in_words(name), engine.connect() as connection:
        # The block ends the transaction that looking began; no rewriting runs inside of one.
        with connection.begin():
            tables = inspect(connection)
            keys = {one: tables.get_pk_constraint(one)["name"] for one in tables.get_table_names()}
        quoted = connection.dialect.identifier_preparer.quote
        raw = connection.execution_options(isolation_level="AUTOCOMMIT")
        with raw.begin():
            raw.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}s'")
            for table, key in sorted(keys.items()):
                if key:
                    raw.exec_driver_sql(f"CLUSTER {quoted(table)} USING {quoted(key)}")
            raw.exec_driver_sql("RESET lock_timeout")


_DAMAGED = "is damaged; restore a backup"
_CAUSES = {
    "file is not a database": "is not a SQLite database; choose another file or restore a backup",
    "database disk image is malformed": _DAMAGED,
    "malformed database schema": _DAMAGED,
    "Could not decode to UTF-8": _DAMAGED,
    "database is locked": "is held by another program; close it and try again",
    "readonly database": "may not be written; check its rights and the folder's",
    "unable to open database file": "cannot be opened; check the folder and its rights",
    "database or disk is full": "cannot grow: the disk is full; free some space",
    "No space left on device": "cannot grow: the server's disk is full; free some space there",
    "lock timeout": "is held by somebody else's work; wait for it and try again",
    "password authentication failed": "does not know this user or password; the password belongs "
    "into the password file of PostgreSQL (~/.pgpass), not into engagement.yml",
    "no password supplied": "asks for a password; write it into the password file of PostgreSQL "
    "(~/.pgpass)",
    "permission denied": "may not be written by this user; ask whoever runs the server",
    "no schema has been selected": "has no schema of that name; ask whoever runs the server",
    "Connection refused": "cannot be reached; see whether the server runs, and its address",
    "does not exist": "knows no such database or user; see the address in engagement.yml",
    "connection to server": "cannot be reached; see whether the server runs, and its address",
    "connection timeout": "cannot be reached; see whether the server runs, and its address",
    "failed to resolve host": "cannot be reached; see the server's name",
}


@contextlib.contextmanager
def in_words(name: str) -> Iterator[None]:
    """What a database refuses, as a sentence."""
    try:
        yield
    except (sql.DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, sql.DBAPIError) else error
        detail = str(cause).splitlines()[0] if str(cause or "") else type(error).__name__
        for known, said in _CAUSES.items():
            if known in detail:
                raise StoreError(f"The store {name} {said}. Nothing was changed.") from None
        raise StoreError(f"The store {name} refused: {detail}. Nothing was changed.") from None
    except UnicodeDecodeError:
        # SQLite's own word about a table, where that is no text any more.
        raise StoreError(f"The store {name} {_DAMAGED}. Nothing was changed.") from None
