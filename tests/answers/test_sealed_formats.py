"""An encrypted store of an older format, or where nothing may be written, is looked at as a plain one is."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hrkit.answers.store import open_store
from hrkit.disclosure.release import issue, preview
from hrkit.errors import StoreError
from hrkit.model import engagement_file as engagements
from hrkit.records.store import open_records, records_of
from hrkit.records.values import GroupWords
from hrkit.storage import cipher, sealing

pytest.importorskip("sqlcipher3", reason="needs hrkit[encrypted]")

STORES = Path(__file__).parents[1] / "fixtures" / "stores"
KEY = "a sentence that opens it"


@pytest.fixture(params=["v1/frozen", "v4/draft", "v6/open"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    folder = Path(shutil.copytree(STORES / request.param, tmp_path / "old"))
    yield folder
    for name in ("answers.sqlite", "records.sqlite"):
        cipher.forget(folder / name)


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Nothing in a folder can be written: a mount where rights do not bind, the folder's rights elsewhere."""
    if os.name != "posix":
        pytest.skip("needs rights of folders")
    if os.geteuid() == 0:
        bind = ["mount", "--bind", str(folder), str(folder)]
        if subprocess.run(bind, capture_output=True).returncode:
            pytest.skip("root here may not mount, and no right binds root")
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
    else:
        folder.chmod(0o555)
    try:
        yield
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", str(folder)], check=True)
        else:
            folder.chmod(0o755)


def test_it_shows_what_the_plain_one_shows_and_nothing_changes(old: Path) -> None:
    engagement = engagements.load(old)
    plain = {wave.id: preview(engagement, wave.id) for wave in engagement.waves}
    store = old / "answers.sqlite"
    sealing.encrypt(store, KEY)
    sealed = store.read_bytes()
    names = sorted(path.name for path in old.iterdir())
    assert {wave: preview(engagement, wave) for wave in plain} == plain
    with unwritable(old):
        for wave, was in plain.items():
            assert preview(engagement, wave) == was
            if was.state == "final":
                assert issue(engagement, wave) == was
            else:
                with pytest.raises(StoreError, match="can only be read where it lies"):
                    issue(engagement, wave)
    assert store.read_bytes() == sealed
    assert sorted(path.name for path in old.iterdir()) == names


def test_what_stands_in_the_log_alone_is_read_too(old: Path) -> None:
    """A program was killed: the last answers are in the log, and no log may be written there."""
    engagement, store = engagements.load(old), old / "answers.sqlite"
    with open_store(engagement):
        pass  # of today's format
    sealing.encrypt(store, KEY)
    with closing(cipher.opened(store, 5)) as writing:
        writing.execute("PRAGMA journal_mode = WAL")
        writing.execute("PRAGMA wal_autocheckpoint = 0")
        writing.execute("UPDATE respondents SET language = 'xx'")
        writing.commit()
        log = (old / "answers.sqlite-wal").read_bytes()
        file = store.read_bytes()
    assert log
    store.write_bytes(file)
    (old / "answers.sqlite-wal").write_bytes(log)
    with unwritable(old), open_store(engagement, write=False) as kept:
        assert set(kept.read().people["language"]) == {"xx"}


def test_another_key_opens_no_copy(old: Path) -> None:
    engagement, store = engagements.load(old), old / "answers.sqlite"
    sealing.encrypt(store, KEY)
    with unwritable(old):
        cipher.remember(store, "a sentence that does not")
        with pytest.raises(StoreError, match="cannot be opened with this key"):
            open_store(engagement, write=False)


def test_records_are_read_there_too(old: Path) -> None:
    engagement = engagements.load(old)
    with open_records(engagement) as keeper:
        keeper.put(GroupWords("Vi prøver", engagement.waves[-1].id, "trust", "table:3"))
    was = records_of(engagement)
    sealing.encrypt(old / "records.sqlite", KEY)
    with unwritable(old):
        assert records_of(engagement) == was
