"""Copies of a SQLite file: in memory, to be looked at, and beside it, before its format changes."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, Engine

from hrkit.errors import StoreError
from hrkit.files import only_a_file, private_folder
from hrkit.storage import cipher, sealing
from hrkit.storage.database import connect, locate, make_private, writable
from hrkit.storage.refusals import PATIENCE, in_words

__all__ = ["backup", "backups", "copied", "opened"]


def opened(path: Path, *, write: bool) -> Engine | None:
    """An engine for a wing's own SQLite file; None where there is none and nothing may be made.

    Parameters
    ----------
    path
        The file; it is made, private, where it is to be written and there is none yet.
    write
        False to look only: a file in a folder that cannot be written is read as a copy in memory.

    Raises
    ------
    StoreError
        If a link, a folder or anything but a file stands in its place, or it cannot be read.
    """
    try:
        only_a_file(path, there=False)
    except OSError as error:
        raise StoreError(f"{path.name} {error.strerror}.") from None
    if write:
        make_private(path)
    elif not path.is_file():
        return None
    elif not writable(path):
        return copied(path)
    return connect(locate(path.name, path.parent))


def copied(path: Path) -> Engine:
    """A SQLite file as it is now, in memory: what is done to it touches no disk.

    For a store in a folder that cannot be written (SQLite's log would have to be), and for one of
    an older format that is only looked at.

    Raises
    ------
    StoreError
        If the file cannot be read or is no database.
    """
    try:
        if cipher.is_encrypted(path):
            with in_words(path.name), _address(path) as address:
                memory = sealing.in_memory(path, address)
            return connect(URL.create("sqlite"), memory=memory)
        engine = connect(URL.create("sqlite"))
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
    with (
        _address(path) as address,
        contextlib.closing(sqlite3.connect(address, timeout=PATIENCE, uri=True)) as source,
    ):
        yield source


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """Where a file is to be read, so that nothing is left beside it: a URI for SQLite."""
    log = path.with_name(f"{path.name}-wal")
    if writable(path):
        yield path.absolute().as_uri()
    elif not log.is_file() or not log.stat().st_size:
        yield f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    else:
        # Something stands in the log only, and SQLite reads a log that it may write.
        with private_folder("store") as private:
            for file in (path, log):
                shutil.copyfile(file, private / file.name)
            yield (private / path.name).absolute().as_uri()


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
            sealing.copy(path, Path(part), PATIENCE)
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
