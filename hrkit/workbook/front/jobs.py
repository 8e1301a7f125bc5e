"""What takes long runs in a process of its own, and the page is told how it goes."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Job", "Jobs", "begun"]

_RUN = "from hrkit.workbook.front.work import serve; serve()"


@dataclass
class Job:
    """A job that was asked for.

    Attributes
    ----------
    name, args, how
        The function of `hrkit`, and what it is called with.
    label
        What it is called on the page.
    number
        Which of the page's jobs it is.
    state
        ``running``, ``done``, ``failed`` or ``paused``.
    done, of
        How far it is; ``of`` 0 where it does not say.
    last
        What it said last while it went on.
    said
        What it said at the end.
    files
        What it made.
    """

    name: str
    args: tuple[Any, ...]
    how: Mapping[str, Any]
    label: str
    number: int = 0
    state: str = "running"
    done: int = 0
    of: int = 0
    last: list[Any] = field(default_factory=list)
    rows: list[Any] = field(default_factory=list)
    said: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    pausing: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state != "running"

    def heard(self, message: Mapping[str, Any]) -> None:
        """Take what its process said."""
        if "step" in message:
            self.last = list(message["step"])
            numbers = [one for one in self.last if isinstance(one, int)]
            if len(numbers) >= 2:
                self.done, self.of = numbers[-2:]
            self.rows += [one for one in self.last if isinstance(one, dict)]
            return
        self.said = message
        self.state = next((k for k in ("done", "paused", "failed") if k in message), "failed")
        self.files = tuple(map(Path, message.get("files", ())))
        if self.state == "done":
            self.done = self.of = max(self.of, 1)


class Jobs:
    """One job at a time: a laptop has two or four cores, and one report looks at the other's files."""

    def __init__(
        self, told: Callable[[Job], None], begin: Callable[..., Any] | None = None
    ) -> None:
        self._told, self._begin = told, begin or begun
        self.now: Job | None = None
        self._process: Any = None

    @property
    def busy(self) -> bool:
        """Whether a job goes on."""
        return self.now is not None and not self.now.ended

    def start(self, name: str, args: Sequence[Any], how: Mapping[str, Any], label: str) -> Job:
        """Begin a job, and come back at once."""
        number = self.now.number + 1 if self.now is not None else 1
        job = self.now = Job(name, tuple(args), dict(how), label, number)
        from hrkit.storage import cipher

        # Through the pipe: never in a file, an address or on a command line.
        keys = dict(cipher.known())
        told = {
            "job": name,
            "args": list(args),
            "how": dict(how),
            **({"keys": keys} if keys else {}),
        }
        self._process = self._begin(told, lambda message: self._heard(job, message))
        return job

    def pause(self) -> None:
        """Ask the job to stop at its next step; what was made stands."""
        if self.now is None or self.now.ended:
            return
        self.now.pausing = True
        with contextlib.suppress(OSError, ValueError, AttributeError):
            self._process.stdin.write("stop\n")
            self._process.stdin.flush()

    def _heard(self, job: Job, message: Mapping[str, Any]) -> None:
        if not job.ended:
            job.heard(message)
            self._told(job)


def begun(told: Mapping[str, Any], heard: Callable[[Mapping[str, Any]], None]) -> Any:
    """Start the process of a job, and a thread that listens to it.

    The folder in which the notebook lies is no place that modules are taken from (``-P``).
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _RUN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(told) + "\n")
    process.stdin.flush()

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            with contextlib.suppress(ValueError):
                heard(json.loads(line))
        process.wait()
        heard({"failed": "", "kind": f"exit {process.returncode}", "rows": []})

    threading.Thread(target=listen, daemon=True, name="hrkit job").start()
    return process
