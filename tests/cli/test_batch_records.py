"""Records as a batch reads them: by their own door, as they stand, and nothing of before in a parcel."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hrkit.commands.batch_inputs import FOLDER, digests, pack, unpack
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.followed import Followed
from hrkit.records.store import FILE, open_records, records_of
from hrkit.records.values import Agreed, GroupWords, OpenLine, VotesMoved
from hrkit.storage import cipher, sealing
from tests.forms.conftest import make_folder

AGREED = Agreed("trust", "w2", level=3, evidence="The Friday round", locked=True, beside=1)
VALUES = [
    AGREED,
    VotesMoved("trust", "w2", "middle 2-3", "middle 3", "higher"),
    GroupWords("Vi prøver", "w2", "trust", "table:3"),
    Followed("A talk", "trust", "open", "w2", due="2027-01-01", horizon="now", sign="It is"),
    OpenLine("mirror", "card", "w2", "trust", said=(("word", "Ja"),)),
]

#: Another process that keeps a record and stays: what it wrote stands in the log alone.
_KEEPS = """
import sys
from hrkit.model import engagement_file as engagements
from hrkit.records.store import open_records
from hrkit.records.values import GroupWords
import sqlite3
folder = sys.argv[1]
other = sqlite3.connect(f"{folder}/records.sqlite")  # whoever closes last folds the log
other.execute("SELECT count(*) FROM entries").fetchone()
with open_records(engagements.load(folder)) as keeper:
    keeper.put(GroupWords("Said by another", "w2", "influence", "table:1"))
print("kept", flush=True)
sys.stdin.readline()
"""
#: Another that takes the log away, as whoever closes a file last does: the lock on the file forbids it.
_FOLD = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("PRAGMA journal_mode = DELETE")
except sqlite3.OperationalError as error:
    sys.exit(str(error))
"""


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    made = engagements.load(make_folder(tmp_path / "acme"))
    with open_records(made) as keeper:
        for value in VALUES:
            keeper.put(value)
    return made


@contextlib.contextmanager
def another(engagement: Engagement) -> Iterator[None]:
    """Another process that has kept a record and has the file open."""
    command = [sys.executable, "-c", _KEEPS, str(engagement.folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as going:
        assert going.stdin is not None and going.stdout is not None
        assert going.stdout.readline() == "kept\n"
        yield
        going.stdin.close()


def test_a_record_that_is_in_the_log_alone_changes_what_a_report_is_made_of(
    engagement: Engagement,
) -> None:
    path, before = engagement.folder / FILE, list(digests(engagement))
    file = path.read_bytes()
    with another(engagement):
        assert path.read_bytes() == file and b"Said by another" not in file
        there = list(digests(engagement))
    assert there != before
    # The log is folded into the file: the file is another, what stands in it is not.
    assert path.read_bytes() != file
    assert list(digests(engagement)) == there
    with open_records(engagement) as keeper:
        keeper.put(replace(AGREED, level=4), reason="HR was not heard")
        other = list(digests(engagement))
        keeper.put(AGREED, reason="Nor was the leader")
    assert other != there and list(digests(engagement)) == there


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the locks of each handle apart")
@pytest.mark.parametrize("look", ["digest", "parcel"])
def test_looking_takes_no_lock_away(engagement: Engagement, look: str, tmp_path: Path) -> None:
    path = engagement.folder / FILE
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        list(digests(engagement)) if look == "digest" else pack(engagement, "{}", tmp_path / "x")
        other = subprocess.run(
            [sys.executable, "-c", _FOLD, str(path)], capture_output=True, text=True, check=False
        )
        connection.execute("ROLLBACK")
    assert "database is locked" in other.stderr


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_parcel_holds_what_stands_and_nothing_of_before(
    engagement: Engagement, encrypted: bool, tmp_path: Path
) -> None:
    with open_records(engagement) as keeper:
        keeper.put(replace(AGREED, evidence="As Quokkadal says"), reason="Zebrafink was not heard")
        keeper.put(AGREED, reason="nor were they")
        keeper.put(GroupWords("Xylofon", "w1", "trust"))
        (gone,) = (one for one in keeper.entries("words") if one.value.wave == "w1")
        keeper.take_back(gone.id)
    standing, path = records_of(engagement), engagement.folder / FILE
    if encrypted:
        pytest.importorskip("sqlcipher3", reason="needs hrkit[encrypted]")
        sealing.encrypt(path, "correct horse battery")
    try:
        assert cipher.is_encrypted(path) is encrypted
        lines = list(digests(engagement))
        pack(engagement, "{}", tmp_path / "one.parcel")
    finally:
        cipher.forget(path)
    data = (tmp_path / "one.parcel").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.parcel") as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    assert {name for name in inside if "records" in name} == {f"{FOLDER}/{FILE}"}
    for word in (b"Quokkadal", b"Zebrafink", b"nor were they", b"Xylofon"):
        assert not [name for name, one in inside.items() if word in one]
    # Laid out elsewhere it is the same engagement's, is read without a key, and says the same.
    _, home = unpack(data, tmp_path / "there")
    there = engagements.load(home)
    assert records_of(there) == standing
    assert [one for one in digests(there) if " records " in one] == [
        one for one in lines if " records " in one
    ]


def test_without_records_a_parcel_has_none(tmp_path: Path) -> None:
    made = engagements.load(make_folder(tmp_path / "acme"))
    pack(made, "{}", tmp_path / "one.parcel")
    with zipfile.ZipFile(tmp_path / "one.parcel") as packed:
        assert not [name for name in packed.namelist() if FILE in name]
    assert not (made.folder / FILE).exists()
