"""Two computers that share one folder: one room, and an honest word to whoever comes second."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hrkit.errors import HrkitError
from hrkit.room import holding
from hrkit.room.holding import FILE, Holding
from tests.forms.conftest import make_folder

#: The command as it runs on a computer of another name, with a note renewed ten times a second.
SERVE = """
import socket, sys
socket.gethostname = lambda: sys.argv[1]
from hrkit.room import holding
holding.FIRST = holding.EVERY = 0.1
from hrkit.cli import main
main(['serve', *sys.argv[2:]])
"""


class Computer:
    """One of two that share a folder: its own name, its own runtime folder."""

    def __init__(self, name: str, folder: Path, place: Path, *more: str) -> None:
        import os

        environment = os.environ | {"JUPYTER_RUNTIME_DIR": str(place / name)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, name, str(folder), "--port", "0", *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def opened(self) -> bool:
        """Whether it has said where its room is."""
        assert self.process.stdout is not None
        return "phones" in self.process.stdout.readline()

    def said(self) -> tuple[int, str]:
        """With what it ended, and what it said."""
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "acme")


def held(folder: Path) -> dict[str, object]:
    return dict(json.loads((folder / FILE).read_text("utf-8")))


def test_a_second_computer_is_told_and_may_take_over(folder: Path, tmp_path: Path) -> None:
    first = Computer("Ann's laptop", folder, tmp_path)
    try:
        assert first.opened()
        code, said = Computer("office", folder, tmp_path).said()
        assert code == 1 and "Another computer (Ann's laptop, process " in said
        assert "since 20" in said and "--take-over" in said and "Traceback" not in said
        assert held(folder)["host"] == "Ann's laptop"

        second = Computer("office", folder, tmp_path, "--take-over")
        try:
            assert second.opened() and held(folder)["host"] == "office"
            # The first finds out, ends, and says where what it took stands.
            code, said = first.said()
            assert code == 1 and "The room was opened on office at 20" in said
            assert held(folder)["host"] == "office"
        finally:
            second.process.terminate()
            assert second.said()[0] == 0
        assert not (folder / FILE).exists()
    finally:
        first.kill()


def test_a_computer_finds_its_own_room_dead_and_opens_it_at_once(
    folder: Path, tmp_path: Path
) -> None:
    first = Computer("office", folder, tmp_path)
    assert first.opened()
    first.kill()
    assert held(folder)["host"] == "office"
    again = Computer("office", folder, tmp_path)
    try:
        assert again.opened()
        before = held(folder)["seen"]
        until = time.monotonic() + 30
        while held(folder)["seen"] == before:  # it goes on saying so
            assert time.monotonic() < until
            time.sleep(0.2)
    finally:
        again.process.terminate()
        assert again.said()[0] == 0


def test_two_that_begin_in_one_moment_do_not_both_stay(folder: Path) -> None:
    one = Holding.take(folder)
    (folder / FILE).unlink()  # as if neither had seen the other's
    two = Holding.take(folder)
    with pytest.raises(HrkitError, match="was opened on"):
        one.renew()
    one.drop()
    two.renew()
    assert held(folder)["mark"] == two.mine.mark


@pytest.mark.parametrize(
    ("host", "hours", "free"),
    [("other", 0.2, False), ("other", 11, False), ("other", 13, True), ("own", 0.2, True)],
)
def test_how_long_a_note_is_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, host: str, hours: float, free: bool
) -> None:
    """A room without internet renews its note unheard; this computer knows of its own processes."""
    import datetime as dt

    monkeypatch.setattr(holding.socket, "gethostname", lambda: "own")
    Holding.take(folder)
    seen = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours)).isoformat()
    told = held(folder) | {"host": host, "seen": seen, "pid": 1}  # a process that is always there
    (folder / FILE).write_text(json.dumps(told), "utf-8")
    if free:
        Holding.take(folder)
    else:
        with pytest.raises(HrkitError, match=r"Another computer \(other"):
            Holding.take(folder)
        Holding.take(folder, take_over=True)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"host": 3}', '{"host": "a", "pid": "x"}'])
def test_a_note_that_cannot_be_read_keeps_nobody_out(folder: Path, text: str) -> None:
    (folder / FILE).write_text(text, "utf-8")
    Holding.take(folder)
    assert held(folder)["pid"]
