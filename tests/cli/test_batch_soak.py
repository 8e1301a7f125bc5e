"""``make soak``: sixty organisations, a hundred kills, the same files to the byte.

``HRKIT_SOAK_ORGANISATIONS`` and ``HRKIT_SOAK_KILLS`` say how much of it is played.  Killed are the run
itself, a process that measures or prints, the one that these were forked from, and, in every second run,
which forks nothing, a process that was started for one task alone, as a notebook's kernel is.

The run itself dies one time in ten: what is done already has to be looked at again by the next, so a run
that died more often would never get beyond the first organisations.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hrkit import synthetic
from hrkit.commands.batch import batch

from .portfolio import contents
from .test_cluster import children

ORGANISATIONS = int(os.environ.get("HRKIT_SOAK_ORGANISATIONS", "60"))
KILLS = int(os.environ.get("HRKIT_SOAK_KILLS", "100"))

#: What is killed, and how often of ten: the run, what tasks are forked from or started as, a task.
TURNS = ("task", "from", "task", "task", "from", "task", "task", "from", "task", "run")

_FORKED = "import sys; from hrkit.cli import main; sys.exit(main())"
_STARTED = """
import sys
from hrkit.commands.batch import batch
made = batch(sys.argv[2], sys.argv[4], profile="summary", also="xlsx", fork=False)
sys.exit(3 if made.failed else 0)
"""


def organisations(folder: Path, count: int) -> Path:
    """Small ones, each with answers of its own: a dozen people and no units."""
    pattern = synthetic.client("two-missing")
    few = {pattern.units[0][0]: {"leader": (7, 9), "hr": (5, 6)}}
    for number in range(count):
        own = replace(
            pattern, id=f"org-{number:03d}", name=f"Client {number:03d} A/S", comments=(),
            units=pattern.units[:1], people=few, seed=number,
        )  # fmt: skip
        synthetic.build(own, folder / own.id)
    return folder


def named(file: str) -> str:
    """A document whose process died three times is called older while there is no other."""
    return file.replace(".older.", ".")


class Going:
    """A run over and over, and what was killed of it."""

    def __init__(self, clients: Path, output: Path, temporary: Path) -> None:
        self._arguments = ["batch", str(clients), "-o", str(output)]
        self._arguments += ["--profile", "summary", "--also", "xlsx"]
        self._output, self._environment = output, {**os.environ, "TMPDIR": str(temporary)}
        self._begun = 0
        self.killed: Counter[str] = Counter()
        self.seen: set[int] = set()
        self.begin()

    @property
    def forks(self) -> bool:
        return self._begun % 2 == 1

    def begin(self) -> None:
        """Again, over what is there; where all of it is, half is taken away."""
        if len(list(self._output.glob("*.pdf"))) == ORGANISATIONS:
            for path in sorted(self._output.glob("*.pdf"))[::2]:
                path.unlink()
        self._begun += 1
        code = _FORKED if self.forks else _STARTED
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *self._arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
        )

    def below(self) -> Mapping[str, list[int]]:
        """Its processes by what they are."""
        first = children(self.process.pid)
        second = [one for each in first for one in children(each)]
        self.seen.update(first, second)
        return {
            "run": [self.process.pid],
            "from": first,
            # Where nothing is forked the processes that do a task are the run's own.
            "task": second if self.forks else first,
        }

    def kill(self, what: str, rng: random.Random) -> bool:
        """One of its processes; False where there is none now."""
        victims = self.below()[what]
        if not victims:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(rng.choice(victims), signal.SIGKILL)
            self.killed[f"{what}, {'forked' if self.forks else 'started'}"] += 1
        if what == "run":
            self.process.wait()
        return True

    def end(self) -> None:
        self.process.kill()
        self.process.wait()

    def last(self) -> subprocess.CompletedProcess[str]:
        """Once more, to its end."""
        return subprocess.run(
            [sys.executable, "-c", _FORKED, *self._arguments],
            capture_output=True, text=True, env=self._environment,
        )  # fmt: skip


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes")
def test_a_hundred_kills_change_no_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clients = organisations(tmp_path / "clients", ORGANISATIONS)
    # A copy: what is killed releases everything itself.
    whole = Path(shutil.copytree(clients, tmp_path / "whole"))
    assert not batch(whole, tmp_path / "straight", profile="summary", also="xlsx").failed
    straight = contents(tmp_path / "straight")
    assert len(straight) == 2 * ORGANISATIONS
    output, temporary = tmp_path / "out", tmp_path / "tmp"
    temporary.mkdir()
    rng, begun = random.Random(12), time.monotonic()
    going = Going(clients, output, temporary)
    try:
        while (done := going.killed.total()) < KILLS:
            if (code := going.process.poll()) is not None:
                # It got through between two kills, or was the one that was killed.
                assert code in (0, 3, -signal.SIGKILL)
                going.begin()
            time.sleep(rng.uniform(0.05, 0.9))
            going.kill(TURNS[done % len(TURNS)], rng)
            # Half files lie nowhere at any moment: what has a document's name is one.
            for path in rng.sample(found := list(output.glob("*-summary.*")), min(3, len(found))):
                with contextlib.suppress(FileNotFoundError):
                    assert path.read_bytes() == straight[named(path.name)]
    finally:
        going.end()
    played = time.monotonic() - begun
    end = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in going.seen) and time.monotonic() < end:
        time.sleep(0.1)
    assert not [pid for pid in going.seen if Path(f"/proc/{pid}").exists()]
    assert all(straight[named(name)] == data for name, data in contents(output).items())
    last = going.last()
    assert last.returncode == 0, last.stderr
    assert contents(output) == straight
    assert {p.name for p in output.iterdir()} == {*straight, "manifest.sqlite", "outcomes.csv"}
    assert not list(temporary.glob("hrkit-*"))
    # Of every kind some were killed.
    assert {kind.partition(",")[0] for kind in going.killed} == set(TURNS)
    with capsys.disabled():
        print(f"\n{ORGANISATIONS} organisations, {dict(going.killed)}, {played:.0f} s")
