"""What a database refuses, in words: the causes that a person can do something about."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy import exc as sql

from hrkit.errors import StoreError

__all__ = ["PATIENCE", "in_words"]

#: How long a writer waits for the others, in seconds.
PATIENCE = 60

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
    # What SQLite says where it cannot even begin: the file beside the store has no room either.
    "disk I/O error": "cannot be read or written: the disk is full, or fails; free some space, and try again",
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
