"""``make soak``: sixty organisations, a hundred kills, the same files to the byte.

``HRKIT_SOAK_ORGANISATIONS`` and ``HRKIT_SOAK_KILLS`` say how much of it is played; killed are, by turns, a
process that measures or prints, the one that these were forked from, and the run itself.  A batch has
no kernels: its notebooks run in the processes that print.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hrkit.commands.batch import batch

from .portfolio import build, contents
from .test_cluster import children

ORGANISATIONS = int(os.environ.get("HRKIT_SOAK_ORGANISATIONS", "60"))
KILLS = int(os.environ.get("HRKIT_SOAK_KILLS", "100"))


def below(pid: int, depth: int) -> list[int]:
    """The processes so far below one."""
    found = [pid]
    for _ in range(depth):
        found = [one for each in found for one in children(each)]
    return found


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes")
def test_a_hundred_kills_change_no_byte(tmp_path: Path) -> None:
    names = {f"org-{n:03d}": f"Client {n:03d} A/S" for n in range(ORGANISATIONS)}
    clients = build(tmp_path / "clients", names)
    assert not batch(clients, tmp_path / "straight", profile="tiny", also="xlsx").failed
    output, temporary = tmp_path / "out", tmp_path / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-c", "from hrkit.cli import main; main()", "batch"]
    command += [str(clients), "-o", str(output), "--profile", "tiny", "--also", "xlsx"]
    rng, killed, seen = random.Random(12), [0, 0, 0], set[int]()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    quiet = subprocess.DEVNULL
    going = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment)
    try:
        while sum(killed) < KILLS:
            if going.poll() is not None:
                # It got through between two kills: from the beginning, over what is there.
                assert going.returncode in (0, 3, -signal.SIGKILL)
                if going.returncode >= 0:
                    for path in list(output.glob("*.pdf"))[::2]:
                        path.unlink()
                going = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment)
            # The run itself last, so that those below it come to their turn.
            depth = (2, 1, 2, 0)[sum(killed) % 4]
            time.sleep(rng.uniform(0.1, 1.5))
            victims = below(going.pid, depth)
            seen.update(below(going.pid, 1), below(going.pid, 2))
            if not victims:
                continue
            with contextlib.suppress(ProcessLookupError):
                os.kill(rng.choice(victims), signal.SIGKILL)
                killed[depth] += 1
            if not depth:
                going.wait()
    finally:
        going.kill()
        going.wait()
    end = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in seen) and time.monotonic() < end:
        time.sleep(0.1)
    assert not [pid for pid in seen if Path(f"/proc/{pid}").exists()]
    # Half files lie nowhere at any moment: what has a document's name is one.
    straight = contents(tmp_path / "straight")
    assert all(straight[name] == data for name, data in contents(output).items())
    last = subprocess.run(command, stdout=quiet, stderr=subprocess.PIPE, env=environment)
    assert last.returncode == 0, last.stderr
    assert contents(output) == straight
    assert {p.name for p in output.iterdir()} == {*straight, "manifest.sqlite", "outcomes.csv"}
    assert not list(temporary.glob("hrkit-*"))
    print(f"killed: {killed[2]} below, {killed[1]} forked from, {killed[0]} runs")
