"""Turns: whoever issues one questionnaire of an engagement waits for whoever issues another.

Each looks at what the others have printed (`hrkit.disclosure.kept.elsewhere`), so two at once would each
print a number that the other does not see.  The turn is taken where both can see it: on the server on which
the engagement's own store lies, under the engagement's id; else on its folder.  A folder is locked by the
platform (``flock``); where the platform has no such lock, or refuses it (Windows, some network drives), by a
transaction that SQLite begins on an empty file in the folder, which it holds on every platform.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, text

from hrkit.errors import StoreError
from hrkit.files import only_a_file
from hrkit.storage.database import connect, locate, shown
from hrkit.storage.refusals import in_words

try:
    import fcntl
except ImportError:  # not on this platform
    fcntl = None  # type: ignore[assignment]

__all__ = ["FILE", "in_turn"]

#: An empty file in the engagement's folder, where the platform locks no folder.
FILE = ".turns"
#: Under which number turns are taken on a server: "hrt".
_TURNS = 0x687274
#: How long SQLite waits before it is asked again, in seconds: meanwhile Ctrl+C is not heard.
_PATIENCE = 1.0


@contextlib.contextmanager
def in_turn(place: str, folder: Path, id: str) -> Iterator[None]:
    """Whoever takes a turn of the same engagement meanwhile waits; a process that ends gives its turn up.

    Parameters
    ----------
    place
        Where the engagement's own answers lie, as its file says; empty for a file in its folder.
    folder, id
        The engagement's; a whole's, never a part's.

    Raises
    ------
    StoreError
        If the server cannot be reached, or nothing can be locked in the folder.
    """
    url = locate(place, folder) if place else None
    with contextlib.ExitStack() as held:
        if url is not None and url.get_backend_name() == "postgresql":
            with in_words(shown(url)):
                _on_server(connect(url), id, held)
        elif not _locked(folder, held):
            held.enter_context(_by_sqlite(folder / FILE))
        yield


def _on_server(engine: Engine, id: str, held: contextlib.ExitStack) -> None:
    """A lock of the session: no transaction stands open meanwhile, and it goes with the connection."""
    connection = held.enter_context(
        engine.execution_options(isolation_level="AUTOCOMMIT").connect()
    )
    given = {"turns": _TURNS, "id": id}
    connection.execute(text("SELECT pg_advisory_lock(:turns, hashtext(:id))"), given)


def _locked(folder: Path, held: contextlib.ExitStack) -> bool:
    """Whether the platform has locked a folder, until the stack ends."""
    if fcntl is None:
        return False
    try:
        handle = os.open(folder, os.O_RDONLY)
        held.callback(os.close, handle)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _by_sqlite(path: Path) -> Iterator[None]:
    """A transaction that may write and never does: SQLite lets one at a time begin."""
    try:
        only_a_file(path, there=False)
    except OSError as error:
        raise StoreError(f"{path.name} {error.strerror}.") from None
    with in_words(path.name):
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    with contextlib.closing(connection):
        _wait(connection, path.name)
        yield


def _wait(connection: sqlite3.Connection, name: str) -> None:
    """Wait for the turn, however long the one before takes."""
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise StoreError(f"{name} cannot be locked: {error}.") from None
