"""Questionnaires of one engagement are issued in turn: by any lock there is, between processes that may die."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrkit.errors import StoreError
from hrkit.storage import turns
from hrkit.storage.turns import FILE, in_turn
from tests import postgres

#: A process that takes a turn, says so in a file, and gives it up after a while.
PROGRAM = """
import sys, time
from pathlib import Path
from hrkit.storage import turns
how, place, folder, id, log, name, seconds = sys.argv[1:]
if how == "sqlite":
    turns.fcntl = None
with turns.in_turn(place, Path(folder), id):
    with open(log, "a") as out:
        out.write(f"in {name}\\n")
    time.sleep(float(seconds))
    with open(log, "a") as out:
        out.write(f"out {name}\\n")
"""


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.running() as made:
        made.do("CREATE SCHEMA turns")
        yield made


def place_of(how: str, request: pytest.FixtureRequest) -> str:
    if how != "server":
        return ""
    server: postgres.Server = request.getfixturevalue("server")
    return server.url("turns")


def started(
    how: str,
    place: str,
    folder: Path,
    log: Path,
    name: str,
    *,
    seconds: float = 0.4,
    id: str = "acme",
) -> subprocess.Popen[bytes]:
    given = (how, place, str(folder), id, str(log), name, str(seconds))
    return subprocess.Popen([sys.executable, "-c", PROGRAM, *given], stderr=subprocess.PIPE)


def until(log: Path, what: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if log.is_file() and what in log.read_text():
            return
        time.sleep(0.02)
    raise AssertionError(f"{what} never came")


@pytest.mark.parametrize("how", ["flock", "sqlite", "server"])
def test_two_processes_take_turns(how: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    place, log = place_of(how, request), tmp_path / "log"
    (tmp_path / "one").mkdir()
    # On a server two machines have a folder each; what they share is the store.
    other = tmp_path / ("two" if how == "server" else "one")
    other.mkdir(exist_ok=True)
    both = [started(how, place, tmp_path / "one", log, "a"), started(how, place, other, log, "b")]
    for one in both:
        _, error = one.communicate(timeout=120)
        assert one.returncode == 0, error.decode()
    said = [line.split() for line in log.read_text().splitlines()]
    assert [what for what, _ in said] == ["in", "out", "in", "out"]
    assert said[0][1] == said[1][1] != said[2][1] == said[3][1]


@pytest.mark.parametrize("how", ["flock", "sqlite", "server"])
def test_who_is_killed_gives_the_turn_up(
    how: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place, log = place_of(how, request), tmp_path / "log"
    first = started(how, place, tmp_path, log, "a", seconds=600)
    until(log, "in a")
    second = started(how, place, tmp_path, log, "b", seconds=0)
    time.sleep(0.3)
    assert "in b" not in log.read_text()
    first.kill()
    first.communicate()
    _, error = second.communicate(timeout=120)
    assert second.returncode == 0, error.decode()
    assert log.read_text().splitlines() == ["in a", "in b", "out b"]


def test_another_engagement_waits_for_nobody(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = place_of("server", request)
    with in_turn(place, tmp_path, "acme"), in_turn(place, tmp_path, "other"):
        pass


def test_nothing_is_left_where_the_platform_locks_folders(tmp_path: Path) -> None:
    with in_turn("", tmp_path, "acme"):
        assert not list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_where_it_does_not_an_empty_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "fcntl", None)
    for _ in range(2):
        with in_turn("", tmp_path, "acme"):
            pass
    (left,) = tmp_path.iterdir()
    assert (left.name, left.read_bytes()) == (FILE, b"")


def test_what_is_no_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "fcntl", None)
    (tmp_path / FILE).mkdir()
    with pytest.raises(StoreError), in_turn("", tmp_path, "acme"):
        pass
