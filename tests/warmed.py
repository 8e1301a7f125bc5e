"""One warm process for all batches of a test run, from which each gets its own by a fork.

A batch begins with a process that imports everything and reads the kit (`hrkit.publish.batch.warm`): two to
four seconds of processor time, and it is the same each time.  Here one such process does so once; for a batch
it forks one that is given the variables, the folder and the ends of the pipes that a new one would have, and
begins as a new one begins.  `tests/publish/test_crew.py` starts them anew, and so does one run of `test_batch`,
whose files are held against those of the others.

Run by path it is that process: ``warmed.py SOCKET``.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

FORMATS = ("docx", "html", "pptx", "xlsx")


class Forked:
    """As much of `subprocess.Popen` as a crew asks for, of a process that another one has forked."""

    def __init__(self, pid: int, stdin: BinaryIO, stdout: BinaryIO) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        try:
            self._ended: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._ended = None

    def wait(self, timeout: float | None = None) -> int:
        if self._ended is not None:
            waiting = select.poll()
            waiting.register(self._ended, select.POLLIN)
            if not waiting.poll(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired("warm", timeout or 0)
        return 0

    def kill(self) -> None:
        if self._ended is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._ended, signal.SIGKILL)

    def __del__(self) -> None:
        if self._ended is not None:
            os.close(self._ended)


class Warmed:
    """The process that has imported everything; started when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def fork(self, variables: dict[str, str], folder: Path) -> Forked:
        """A process as `hrkit.publish.batch.crew.Crew` starts it, with these variables, in this folder."""
        line = self._line or self._start(variables)
        takes, stdin = os.pipe()
        stdout, gives = os.pipe()
        asked = json.dumps({"variables": variables, "folder": str(folder)}).encode()
        socket.send_fds(line, [len(asked).to_bytes(4, "big") + asked], [takes, gives])
        os.close(takes)
        os.close(gives)
        pid = int.from_bytes(_exactly(line, 4), "big")
        return Forked(pid, os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb"))

    def _start(self, variables: dict[str, str]) -> socket.socket:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-I", "-Xutf8", __file__, str(theirs.fileno())]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, env=variables,
            cwd=self._folder, pass_fds=[theirs.fileno()],
        )  # fmt: skip
        theirs.close()
        self._line = ours
        return ours

    def close(self) -> None:
        """It ends when nobody can ask it any more."""
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.wait(timeout=60)


@contextlib.contextmanager
def crews(warmed: Warmed, *, anew: bool = False) -> Iterator[None]:
    """Crews get their warm process from this one; or start it ``anew``, as they do for a user."""
    import threading

    import pytest

    from hrkit.publish.batch import crew

    start = getattr(crew.Crew._start, "started", crew.Crew._start)

    def begin(self: Any, way: str) -> Any:
        if anew or way != "many":
            return start(self, way)
        variables = crew.environment(self._folder, str(self._folder))
        variables |= {crew.FIRST: json.dumps(self._first), crew.WAY: way}
        process = warmed.fork(variables, self._folder)
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    begin.started = start  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        if hasattr(os, "pidfd_open"):
            patch.setattr(crew.Crew, "_start", begin)
        yield


def _exactly(line: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        more = line.recv(count - len(found))
        if not more:
            raise EOFError
        found += more
    return found


# ------------------------------------------------------------------------ in that process


def _serve(line: socket.socket) -> None:
    import gc

    from hrkit.commands.batch_warm import warm
    from hrkit.publish.batch import warm as new

    warm(["partnership"], FORMATS)
    gc.collect()
    gc.freeze()
    while True:
        begun, given, _, _ = socket.recv_fds(line, 4, 2)
        # What they have used is counted once they are waited for (`tests/cost.py`).
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, 0 if not begun else os.WNOHANG)[0]:
                pass
        if not begun:
            return
        size = int.from_bytes(begun + _exactly(line, 4 - len(begun)), "big")
        asked = json.loads(_exactly(line, size))
        pid = os.fork()
        if not pid:
            _begin(new, asked, given, line)
        for handle in given:
            os.close(handle)
        line.sendall(pid.to_bytes(4, "big"))


def _begin(new: Any, asked: dict[str, Any], given: list[int], line: socket.socket) -> None:
    """In the child: what a new process finds when it begins."""
    code = 1
    try:
        line.close()
        for place, handle in enumerate(given):
            os.dup2(handle, place)
            os.close(handle)
        os.environ.clear()
        os.environ.update(asked["variables"])
        os.chdir(asked["folder"])
        new._start()
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.path[:] = json.loads(os.environ["HRKIT_KERNEL_PATH"])
    _serve(socket.socket(fileno=int(sys.argv[1])))
