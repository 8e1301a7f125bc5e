"""A SQLite file made an encrypted one, or a plain one again, in its place; and copied as it is.

Source of the statements: SQLCipher's API, ``ATTACH … KEY``, ``sqlcipher_export``.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from hrkit.errors import StoreError
from hrkit.storage import cipher

__all__ = ["copy", "decrypt", "encrypt", "in_memory"]


def copy(path: Path, to: Path, timeout: float) -> None:
    """Copy an encrypted file, under the same key, whoever is writing."""
    with contextlib.closing(cipher.opened(path, timeout)) as source:
        _exported(source, to, cipher.key_of(path))


def in_memory(path: Path, address: str) -> Any:
    """What an encrypted file holds, as a connection to a database in memory: no disk is touched.

    Parameters
    ----------
    path
        Whose key it takes.
    address
        Where it is to be read: a URI, of the file or of a copy.

    Raises
    ------
    StoreError
        If the key is another one.
    """
    driver = cipher.library()
    connection = driver.connect("file::memory:", uri=True, check_same_thread=False)
    try:
        connection.execute("ATTACH DATABASE ? AS kept KEY ?", (address, cipher.key_of(path)))
        connection.execute("SELECT sqlcipher_export('main', 'kept')").fetchone()
        connection.commit()
        connection.execute("DETACH DATABASE kept")
    except driver.DatabaseError:
        connection.close()
        raise cipher.mistyped(path) from None
    except BaseException:
        connection.close()
        raise
    return connection


def encrypt(path: Path, key: str) -> None:
    """Put an encrypted file in the place of a plain one, and overwrite that.

    What a disk keeps by itself of blocks that were written before is not reached.

    Raises
    ------
    StoreError
        If it is in use, or cannot be read.
    """
    driver = cipher.library()
    with contextlib.closing(driver.connect(str(path), timeout=5)) as source:
        _swapped(source, path, key)
    cipher.remember(path, key)


def decrypt(path: Path) -> None:
    """Put a plain file in the place of an encrypted one."""
    with contextlib.closing(cipher.opened(path, 5)) as source:
        _swapped(source, path, "")
    cipher.forget(path)


def _swapped(source: Any, path: Path, key: str) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            source.isolation_level = None
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            # Nobody writes meanwhile, or it is refused: the lock is kept until the plain file is gone.
            source.execute("PRAGMA journal_mode = DELETE")
            source.execute("PRAGMA locking_mode = EXCLUSIVE")
            source.execute("BEGIN EXCLUSIVE")
            source.execute("COMMIT")
            _exported(source, part, key)
            # An encrypted file is known by its first bytes, which are chance: once in a while they
            # look like a text.
            while key and not cipher.is_encrypted(part):
                part.unlink()
                _exported(source, part, key)
        except cipher.library().DatabaseError as error:
            raise StoreError(
                f"{path.name} cannot be changed now ({str(error).splitlines()[0]}): close whatever has "
                "it open, and try again. Nothing was changed."
            ) from None
        _overwritten(path)
        source.close()
        os.replace(part, path)
        for end in ("-wal", "-shm", "-journal"):
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    finally:
        part.unlink(missing_ok=True)


def _exported(source: Any, to: Path, key: str) -> None:
    os.close(os.open(to, os.O_CREAT | os.O_WRONLY, 0o600))
    source.execute("ATTACH DATABASE ? AS other KEY ?", (str(to), key))
    try:
        source.execute("SELECT sqlcipher_export('other')").fetchone()
        source.commit()
    finally:
        source.execute("DETACH DATABASE other")


def _overwritten(path: Path) -> None:
    """Write nothing over all that stands in a file, before it goes."""
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            file.write(b"\0" * min(left, 1 << 20))
            left -= 1 << 20
        file.flush()
        os.fsync(file.fileno())
