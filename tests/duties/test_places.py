"""Where answers lie is looked at: folders kept in step, rights, encrypted files, and what is handed on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import hrkit
from hrkit.answers.neighbours import unread_stores
from hrkit.answers.places import place_notes, synchronised
from hrkit.answers.store import open_store
from hrkit.errors import HrkitError, StoreError
from hrkit.model import engagement_file as engagements
from hrkit.storage import cipher, copies, sealing

KEY = "a sentence that nobody guesses"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "acme"
    hrkit.new(place, "Acme A/S", "en")
    path = place / "engagement.yml"
    path.write_text(path.read_text("utf-8").replace('name: ""', 'name: "Ann"', 1), "utf-8")
    with open_store(engagements.load(place)) as store:
        store.begin("w1", "org", "leader", code="K7MQ-4XRT-9B")
    return place


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is typed when a key is asked for; without a keyring."""
    typed: list[str] = []
    monkeypatch.setattr(cipher, "ask", lambda prompt: typed.pop(0) if typed else "wrong, surely")
    monkeypatch.setattr(cipher, "_of_keyring", lambda place: "")
    yield typed
    cipher._KEYS.clear()


@pytest.mark.parametrize(
    ("place", "program"),
    [
        ("OneDrive - Firma A-S/clients", "OneDrive"),
        ("Dropbox (Firm)/x", "Dropbox"),
        ("Nextcloud2/x", "Nextcloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud Drive"),
        ("Google Drive/x", "Google Drive"),
        ("Dropboxes/x", ""),
        ("clients/onedrivers", ""),
    ],
)
def test_a_folder_that_is_kept_in_step_is_known_by_its_name(
    tmp_path: Path, place: str, program: str
) -> None:
    (tmp_path / place).mkdir(parents=True)
    assert synchronised(tmp_path / place) == program


def test_it_is_known_by_what_the_program_leaves_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "work" / "acme"
    inner.mkdir(parents=True)
    assert synchronised(inner) == ""
    (tmp_path / "work" / ".sync_0123.db").touch()
    assert synchronised(inner) == "Nextcloud"
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "other"))
    (tmp_path / "other" / "x").mkdir(parents=True)
    assert synchronised(tmp_path / "other" / "x") == "OneDrive"


def test_check_says_what_to_do(folder: Path) -> None:
    there = folder.parent / "Dropbox" / "acme"
    shutil.copytree(folder, there)
    (note,) = [n for n in place_notes(engagements.load(there)) if "Dropbox" in n]
    assert "Move the folder out of it" in note and note in hrkit.check(there).notes
    (there / "answers.sqlite").chmod(0o644)
    assert any("chmod 600 answers.sqlite" in n for n in place_notes(engagements.load(there)))


def test_an_encrypted_store_is_a_store_like_any_other(folder: Path, asked: list[str]) -> None:
    pytest.importorskip("sqlcipher3")
    engagement = engagements.load(folder)
    store, plain = folder / "answers.sqlite", (folder / "answers.sqlite").read_bytes()
    copies.backup(store, "v4")
    asked += [KEY, KEY]
    assert hrkit.duties.encrypt(folder) == (store,)
    data = store.read_bytes()
    assert b"respondents" in plain and b"respondents" not in data
    assert data[:16] != plain[:16] and KEY.encode() not in data
    assert not copies.backups(store) and not (folder / "answers.sqlite-wal").exists()
    assert not store.stat().st_mode & 0o077

    with open_store(engagement) as kept:
        kept.begin("w1", "org", "hr")
        assert len(kept.read("w1").people) == 2 and kept.find("K7MQ-4XRT-9B")
    copy = copies.backup(store, "v5")
    assert cipher.is_encrypted(copy)
    assert hrkit.duties.erase(folder, "K7MQ-4XRT-9B").waves == ("w1",)
    assert not copy.exists()
    assert unread_stores(engagement) == []
    shutil.copy2(store, folder / "answers 2.sqlite")
    assert "answers 2.sqlite is a second store" in unread_stores(engagement)[0]

    cipher._KEYS.clear()  # another process
    with pytest.raises(StoreError, match="cannot be opened with this key"):
        open_store(engagement, write=False)
    asked += [KEY]
    assert [act.what for act in hrkit.duties.audit(folder)][-1] in ("erase", "encrypt")
    assert hrkit.duties.decrypt(folder) == (store,)
    assert store.read_bytes().startswith(b"SQLite format 3")


def test_nobody_answers_into_the_file_that_goes(
    folder: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process saves while the copy is made: it is refused, and not written to what is thrown away."""
    pytest.importorskip("sqlcipher3")
    store, said = folder / "answers.sqlite", []
    late = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0.1); "
        "c.execute('DELETE FROM answers'); c.commit()"
    )
    exported = sealing._exported

    def meanwhile(source: object, to: Path, key: str) -> None:
        exported(source, to, key)
        done = subprocess.run([sys.executable, "-c", late, str(store)], capture_output=True)
        said.append(done.stderr.decode())

    monkeypatch.setattr(sealing, "_exported", meanwhile)
    # What is written looks like a plain text by chance: it is written once more.
    looks = iter([False, True])
    monkeypatch.setattr(cipher, "is_encrypted", lambda path: path.suffix == ".part" and next(looks))
    sealing.encrypt(store, KEY)
    assert len(said) == 2 and all("locked" in one for one in said)


def test_a_key_that_is_short_or_typed_otherwise_changes_nothing(
    folder: Path, asked: list[str]
) -> None:
    pytest.importorskip("sqlcipher3")
    for typed, said in (([KEY, "another key of mine"], "differ"), (["short", "short"], "at least")):
        asked[:] = typed
        with pytest.raises(StoreError, match=said):
            hrkit.duties.encrypt(folder)
    assert not cipher.is_encrypted(folder / "answers.sqlite")


def test_nobody_to_ask_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    with pytest.raises(StoreError, match="nobody can be asked"):
        cipher.ask("Key: ")


def test_a_delivery_opens_with_its_password_and_says_what_is_in_it(folder: Path) -> None:
    zipped = pytest.importorskip("pyzipper")
    for name in ("acme-w1-en-full.pdf", "acme-w1-en-full.docx"):
        (folder / name).write_bytes(name.encode() * 10)
    engagement = engagements.load(folder)
    for one in folder.glob("acme-w1*"):
        one.rename(one.with_name(one.name.replace("acme", engagement.id, 1)))
    done = hrkit.deliver(folder, password=KEY)
    assert len(done.contents) == 2
    with zipped.AESZipFile(done.path) as packed:
        assert {"contents.txt", *(name for name, _, _ in done.contents)} == set(packed.namelist())
        with pytest.raises(RuntimeError):
            packed.read("contents.txt")
        packed.setpassword(KEY.encode())
        listed = packed.read("contents.txt").decode()
        assert all(digest in listed and name in listed for name, _, digest in done.contents)
    assert not done.path.stat().st_mode & 0o077
    with pytest.raises(HrkitError, match="is there already"):
        hrkit.deliver(folder, password=KEY)


@pytest.mark.parametrize(
    "name", ["answers.sqlite", "answers.xlsx", "engagement.yml", "nothing.pdf"]
)
def test_answers_are_never_packed(folder: Path, name: str) -> None:
    with pytest.raises(HrkitError, match="Nothing was packed"):
        hrkit.deliver(folder, [folder / name], password=KEY)


def test_what_people_wrote_and_other_clients_files_are_left_out(folder: Path) -> None:
    """By what a file holds and where it lies, whatever it is called: comments with theirs that nobody passed."""
    pytest.importorskip("pyzipper")
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        (key,) = store.find("K7MQ-4XRT-9B")
        comment = next(
            q for q in engagement.instrument.questions("leader") if q.facet.scale.kind == "text"
        )
        store.save(key, comment.item.id, comment.facet.id, "Nobody asked the night shift.")
    start = f"{engagement.id}-w1-en"
    hrkit.comments(folder, output=folder / f"{start}-renamed.xlsx")
    hrkit.template(folder)
    for name in ("answers", "form"):
        shutil.copy(folder / f"{name}.xlsx", folder / f"{start}-{name}.xlsx")
    (folder / f"{engagement.id}-w1-slips-1.pdf").write_bytes(b"codes")
    with pytest.raises(HrkitError, match="There is no printed file"):
        hrkit.deliver(folder, password=KEY)
    (folder / f"{start}-full.pdf").write_bytes(b"a report")
    assert len(hrkit.deliver(folder, password=KEY).contents) == 1
    other = folder.parent / "other"
    (other / "reports").mkdir(parents=True)
    (other / "engagement.yml").write_text("hrkit: 1\n", "utf-8")
    benchmark = folder.parent / "benchmark" / "clients-w1-en-portfolio.pdf"
    benchmark.parent.mkdir()
    wrong = [
        folder / f"{start}-renamed.xlsx",
        folder / f"{start}-answers.xlsx",
        folder / f"{start}-form.xlsx",
        folder / f"{engagement.id}-w1-slips-1.pdf",
        other / "reports" / "other-w1-en-full.pdf",
        benchmark,
    ]
    for one in wrong[-2:]:
        one.write_bytes(b"another's")
    with pytest.raises(HrkitError) as refused:
        hrkit.deliver(folder, wrong, output=folder / "all.zip", password=KEY)
    assert [one.where for one in refused.value.problems] == [one.name for one in wrong]
    assert not (folder / "all.zip").exists()
