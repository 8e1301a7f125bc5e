"""Tasks for `test_crew`, by name; each runs in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from hrkit.errors import HrkitError, Problem

SEEN: list[str] = []


def echo(value: object) -> object:
    return value


def remembers(name: str) -> list[str]:
    """Everything that was ever said in this process."""
    SEEN.append(name)
    return SEEN


def wrong() -> None:
    raise HrkitError("No.", [Problem("here", "is wrong", "mend it")])


def worse() -> None:
    raise KeyError("x")


def full() -> None:
    raise OSError(28, "No space left on device", "file.pdf")


def sleeps(seconds: float, mark: str) -> str:
    """Writes its process id, starts a child of its own, and waits."""
    child = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({seconds})"])
    Path(mark).write_text(f"{os.getpid()} {child.pid}")
    time.sleep(seconds)
    return "slept"


def dies_until(mark: str, times: int) -> int:
    """Killed so many times, as by a machine without memory; then it works."""
    place = Path(mark)
    tried = int(place.read_text()) if place.exists() else 0
    place.write_text(str(tried + 1))
    if tried < times:
        os.kill(os.getpid(), signal.SIGKILL)
    return tried + 1


def waits(mark: str, word: str) -> str:
    """Says that it has begun, and waits until a file is there."""
    Path(mark).touch()
    while not Path(word).exists():
        time.sleep(0.02)
    return "waited"
