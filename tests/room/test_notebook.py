"""A room from a notebook: a process of its own, found again, bounded, and without keys on show."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import hrkit
from hrkit.commands.serve import serve
from hrkit.errors import HrkitError
from hrkit.room import live
from hrkit.storage import cipher
from tests.forms.conftest import make_folder

KERNEL = "import hrkit, sys; room = hrkit.room(sys.argv[1], port=0); print(room.pid, flush=True); sys.stdin.read()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "acme")


@pytest.mark.skipif(sys.platform == "win32", reason="ends a kernel's group of processes")
def test_a_room_outlives_its_kernel_and_is_found_again(folder: Path) -> None:
    kernel = subprocess.Popen(
        [sys.executable, "-c", KERNEL, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert kernel.stdout is not None
    pid = int(kernel.stdout.readline())
    # A kernel is ended with all processes of its group.
    os.killpg(kernel.pid, signal.SIGKILL)
    kernel.communicate(timeout=20)
    room = hrkit.room(folder)
    try:
        assert room.pid == pid
        assert room.state == {"step": "open", "phones": 0, "begun": 0, "done": 0, "of": None}
        # What a cell shows, and a notebook keeps, opens nothing; nor does the command line.
        shown = repr(room) + json.dumps(sorted(dir(room)))
        for link in (room.links.host, room.links.wall):
            assert link.partition("#")[2] and link.partition("#")[2] not in shown
        if Path("/proc").is_dir():
            assert b"acme" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        note = live.place(folder)
        assert note.stat().st_mode & 0o077 == 0 and not note.is_relative_to(folder)
        # Two would not know of each other.
        with pytest.raises(HrkitError, match="open already"):
            serve(folder, port=0)
    finally:
        room.stop()
    assert not live.place(folder).exists()
    with pytest.raises(HrkitError, match="does not reply"):
        room.state  # noqa: B018 - asking is the point
    room.stop()


def test_a_note_of_a_room_that_was_killed_stands_in_nobodys_way(folder: Path) -> None:
    first = hrkit.room(folder, port=0)
    os.kill(first.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    with pytest.raises(ChildProcessError):
        while True:
            os.waitpid(first.pid, 0)
    assert live.found(folder) is not None
    second = hrkit.room(folder, port=0)
    try:
        assert second.pid != first.pid
        # The key of before is good still: a screen that was open heals by itself.
        old = live.Running(str(folder), "w2", second.pid, *_links(second.links.phones, first))
        assert live.answers(old) is not None
    finally:
        second.stop()


def test_keys_of_a_room_that_was_killed_lie_about_until_the_next_one_opens(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    links = ("http://127.0.0.1:1/", "http://127.0.0.1:1/screen#a", "http://127.0.0.1:1/host#b")
    for name, pid in (("killed", gone.pid), ("open", os.getppid()), ("mine", os.getpid())):
        live.note(live.Running(str(tmp_path / name), "w1", pid, *links))
    left = [name for name in ("killed", "open", "mine") if live.found(tmp_path / name)]
    assert left == (["killed", "open", "mine"] if sys.platform == "win32" else ["open", "mine"])


def _links(phones: str, before: object) -> tuple[str, str, str]:
    links = before.links  # type: ignore[attr-defined]
    return (
        phones,
        f"{phones}screen#{links.wall.partition('#')[2]}",
        f"{phones}host#{links.host.partition('#')[2]}",
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pid": "1"}', "null"])
def test_a_note_that_says_nothing_is_none(folder: Path, text: str) -> None:
    place = live.place(folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    assert live.found(folder) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"wave": "w9"}, "w9"),
        ({"address": "0.0.0.0"}, "one address"),
        ({"address": "203.0.113.9"}, "code"),
        ({"certificate": "no.pem"}, "belong together"),
    ],
)
def test_what_cannot_be_opened_is_a_sentence(folder: Path, wrong: dict, said: str) -> None:
    with pytest.raises(HrkitError, match=said) as told:
        hrkit.room(folder, port=0, **wrong)
    assert "Traceback" not in str(told.value)
    assert live.found(folder) is None


def test_a_room_gets_the_key_that_was_typed_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3", reason="needs hrkit[encrypted]")
    key = "a sentence that somebody typed"
    hrkit.duties.encrypt(folder, key=key)
    room = hrkit.room(folder, port=0)
    try:
        assert room.state["step"] == "open"
        if Path("/proc").is_dir():
            for said in ("cmdline", "environ"):
                assert key.encode() not in Path(f"/proc/{room.pid}/{said}").read_bytes()
        assert key not in live.place(folder).read_text("utf-8")
    finally:
        room.stop()
        cipher.forget(folder / "answers.sqlite")

    def nobody(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    with pytest.raises(HrkitError, match="nobody can be asked"):
        hrkit.room(folder, port=0)
