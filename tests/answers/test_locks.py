"""Looking at a store from beside takes no lock away from who writes in it."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hrkit import load_engagement
from hrkit.answers.neighbours import unread_stores
from hrkit.answers.store import open_store
from hrkit.storage import cipher
from tests.forms.conftest import make_folder

_WRITE = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    sys.exit(str(error))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = make_folder(tmp_path_factory.mktemp("locks") / "acme")
    with open_store(load_engagement(place)):
        pass
    return place


def _beside(folder: Path) -> list[str]:
    # As if the store were another one: then it is a neighbour, and looked into.
    return unread_stores(replace(load_engagement(folder), store="sqlite:///other.sqlite"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the locks of each handle apart")
@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize(
    "look",
    [
        lambda folder: cipher.is_encrypted(folder / "answers.sqlite"),
        lambda folder: cipher.is_database(folder / "answers.sqlite"),
        lambda folder: unread_stores(load_engagement(folder)),
        _beside,
    ],
    ids=["encrypted", "database", "neighbours", "beside"],
)
def test_a_look_takes_no_lock_away(
    folder: Path, look: Callable[[Path], object], journal: str
) -> None:
    path = folder / "answers.sqlite"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("BEGIN EXCLUSIVE" if journal == "delete" else "BEGIN IMMEDIATE")
        look(folder)
        other = subprocess.run(
            [sys.executable, "-c", _WRITE, str(path)], capture_output=True, text=True, check=False
        )
        connection.execute("ROLLBACK")
    assert "database is locked" in other.stderr


_KEY = "correct horse battery"
_WRITE_ENCRYPTED = f"""
import sys
from sqlcipher3 import dbapi2
connection = dbapi2.connect(sys.argv[1], timeout=0, isolation_level=None)
connection.execute("PRAGMA key = '{_KEY}'")
try:
    connection.execute("BEGIN IMMEDIATE")
except dbapi2.OperationalError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the locks of each handle apart")
def test_nor_from_who_writes_in_an_encrypted_one(tmp_path: Path) -> None:
    """The other library keeps its locks in a list of its own, so it is the one that is asked."""
    library = pytest.importorskip("sqlcipher3.dbapi2", reason="needs hrkit[encrypted]")
    path = tmp_path / "answers.sqlite"
    cipher.remember(path, _KEY)
    try:
        with contextlib.closing(library.connect(str(path), isolation_level=None)) as connection:
            connection.execute(f"PRAGMA key = '{_KEY}'")
            connection.execute("CREATE TABLE answers (value)")
            connection.execute("BEGIN EXCLUSIVE")
            assert cipher.is_encrypted(path) and not cipher.is_database(path)
            other = subprocess.run(
                [sys.executable, "-c", _WRITE_ENCRYPTED, str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
            connection.execute("ROLLBACK")
    finally:
        cipher.forget(path)
    assert "database is locked" in other.stderr
