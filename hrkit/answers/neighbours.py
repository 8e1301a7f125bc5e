"""Stores that lie beside an engagement's own and are never read.

Programs that keep folders in step write a second file where two people changed the first:
``answers (Laptop-2's conflicted copy).sqlite``.  Its answers count nowhere, so it is named.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hrkit.model.engagement import Engagement
from hrkit.storage.cipher import is_database, is_encrypted
from hrkit.storage.database import file_of, locate

__all__ = ["store_file", "unread_stores"]

#: What SQLite keeps beside a database, and what the kit keeps of an older format.
_COMPANIONS = ("-wal", "-shm", "-journal")
_BACKUP = ".backup"


def store_file(engagement: Engagement) -> Path | None:
    """The file of an engagement's store; None where it lies on a server."""
    return file_of(locate(engagement.store or "answers.sqlite", engagement.folder))


def unread_stores(engagement: Engagement) -> list[str]:
    """Notes on stores in the engagement's folder that are not its own.

    They do not say how many answers there are: who checks a folder need not learn it.

    Parameters
    ----------
    engagement
        Nothing of it is opened for writing.
    """
    own = store_file(engagement)
    notes = []
    for path in sorted(engagement.folder.iterdir()):
        name = path.name
        if (
            name.endswith(_COMPANIONS)
            or _BACKUP in name
            or not (is_database(path) or _is_locked(path))
            or (own is not None and own.exists() and path.samefile(own))
        ):
            continue
        if is_database(path) and not _holds_answers(path):
            continue
        main = own.name if own is not None else "the engagement's own store"
        notes.append(
            f"{name} is a second store of answers beside {main} and is not read; perhaps a program "
            "that keeps folders in step wrote it. Find out which one is right, and move the other "
            "away."
        )
    return notes


def _is_locked(path: Path) -> bool:
    """Whether a file looks like an encrypted store beside its own: whose it is only its key says."""
    return path.suffix == ".sqlite" and path.name != "records.sqlite" and is_encrypted(path)


def _holds_answers(path: Path) -> bool:
    """Whether a database is a store of answers."""
    try:
        # Immutable: not even a lock file is written beside it.
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return False
    try:
        connection.execute("SELECT key FROM respondents LIMIT 1")
        return True
    except sqlite3.Error:
        return False
    finally:
        connection.close()
