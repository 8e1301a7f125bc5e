"""Encrypted stores in a batch: a key that was typed reaches the process of its organisation, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import hrkit
from hrkit.commands.batch import batch
from hrkit.commands.sealed import keys_of
from hrkit.errors import StoreError
from hrkit.storage import cipher
from tests.warmed import Warmed, crews

from .portfolio import CLIENTS, build, foreign, found_in, words_of

pytest.importorskip("sqlcipher3", reason="needs hrkit[encrypted]")

TWO = sorted(CLIENTS)[:2]
KEYS = dict(zip(TWO, ("a sentence for the first", "another one, it's longer"), strict=True))


@pytest.fixture(autouse=True)
def nobody_knows() -> Iterator[None]:
    """No key of before is known, and none stays."""
    before = dict(cipher.known())
    for place in before:
        cipher.forget(Path(place))
    yield
    for place in dict(cipher.known()):
        cipher.forget(Path(place))
    for place, key in before.items():
        cipher.remember(Path(place), key)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Two clients, each encrypted under a key of its own that nobody remembers."""
    clients = build(tmp_path / "clients")
    for folder in sorted(clients.iterdir()):
        if folder.is_dir() and folder.name not in TWO:
            shutil.rmtree(folder)
    for name in TWO:
        hrkit.duties.encrypt(clients / name, key=KEYS[name])
        for place in dict(cipher.known()):
            cipher.forget(Path(place))
    return clients


@pytest.mark.parametrize("anew", [False, True])
def test_keys_that_were_typed_reach_those_who_need_them_and_no_file(
    sealed: Path, warmed: Warmed, tmp_path: Path, anew: bool
) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return KEYS[next(name for name in TWO if name in prompt)]

    with pytest.MonkeyPatch.context() as patch, crews(warmed, anew=anew):
        patch.setattr("getpass.getpass", typed)
        done = batch(sealed, tmp_path / "out", profile="tiny", workers=2)
    assert not done.failed
    # Each store has a key of its own, and nobody types one twice.
    assert len(asked) == 2
    for name in TWO:
        path = tmp_path / "out" / f"{name}-w1-en-tiny.pdf"
        assert found_in(path, words_of(name)) and found_in(path, foreign(name)) == []
    said = [key.encode() for key in KEYS.values()]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not any(one in data for one in said), file


def test_nobody_is_handed_the_key_of_another(sealed: Path) -> None:
    for name in TWO:
        cipher.remember(sealed / name / "answers.sqlite", KEYS[name])
    for name in TWO:
        assert set(keys_of(sealed / name).values()) == {KEYS[name]}


def test_one_key_for_several_is_asked_for_once(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (sealed / name for name in TWO)
    cipher.remember(second / "answers.sqlite", KEYS[TWO[1]])
    hrkit.duties.decrypt(second)
    hrkit.duties.encrypt(second, key=KEYS[TWO[0]])
    cipher.forget(second / "answers.sqlite")
    asked: list[str] = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or KEYS[TWO[0]])
    assert list(keys_of(first).values()) == list(keys_of(second).values()) == [KEYS[TWO[0]]]
    assert len(asked) == 1


def test_where_nobody_sits_each_says_so_itself(
    sealed: Path, warmed: Warmed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    assert keys_of(sealed / TWO[0]) == {}
    with crews(warmed):
        done = batch(sealed, tmp_path / "out", profile="tiny", workers=2)
    assert len(done.failed) == 2
    assert all("keyring" in one.error for one in done.failed)
    with pytest.raises(StoreError, match="nobody can be asked"):
        cipher.key_of(sealed / TWO[0] / "answers.sqlite")
