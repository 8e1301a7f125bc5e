"""Which task the process that all are forked from is given next, and when.

Where processes are forked, a task lies ready: the end of one begins the next, so no core waits until
whoever gives the tasks has put away what was made.  It lies here, not in the process that all are
forked from, which would hand what one was given on to another.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from hrkit.publish.batch.orders import Task

__all__ = ["AHEAD", "TaskAtWork", "Turns", "write"]

#: Tasks that lie ready.
AHEAD = 1


@dataclass(slots=True)
class TaskAtWork:
    """A task that was taken up: its order as a line, where its result goes, and since when it runs."""

    task: Task
    result: Path
    since: float
    tries: int
    line: bytes
    process: subprocess.Popen[bytes] | None = None
    begun: bool = False
    late: bool = False


class Turns:
    """The turns of tasks at one warm process: the thread that listens to it gives the next."""

    def __init__(self, at_once: int) -> None:
        self._at_once, self._given = at_once, 0
        self._lock = threading.Lock()
        self._ready: deque[TaskAtWork] = deque()
        self._warm: subprocess.Popen[bytes] | None = None

    def add(self, one: TaskAtWork, warm: subprocess.Popen[bytes]) -> None:
        """Give it to the warm process, now or when it is its turn."""
        with self._lock:
            self._warm = warm
            self._ready.append(one)
            if self._given < self._at_once:
                self._given += 1
                self._next(warm)

    def ended(self, warm: subprocess.Popen[bytes]) -> None:
        """A task has ended there: the next begins."""
        with self._lock:
            if warm is self._warm:
                self._next(warm)

    def forget(self) -> None:
        """Nothing is ready, and nothing runs."""
        with self._lock:
            self._warm, self._given = None, 0
            self._ready.clear()

    def _next(self, warm: subprocess.Popen[bytes]) -> None:
        if not self._ready:
            self._given -= 1
            return
        one = self._ready.popleft()
        # What it waited is not its own time.
        one.since, one.begun = time.monotonic(), True
        write(warm, one.line)


def write(process: subprocess.Popen[bytes], line: bytes) -> None:
    """Give a process a line; one that has ended is heard of elsewhere."""
    assert process.stdin is not None
    try:
        process.stdin.write(line)
        process.stdin.flush()
    except OSError:
        return
