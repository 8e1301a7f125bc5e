"""How a process that is told to end does so: what it has begun is taken back first, as after Ctrl+C.

A signal that ends a process at once leaves behind what it had begun: a job's file in the machine's
temporary place, a kernel, the note of an open room.  Here it raises where the process is at work, so
that everything on the way out is cleared up as it is after an error.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

__all__ = ["WITH", "ended", "heard", "kept", "on", "tidily", "with_starter"]

#: What ends a process: a `kill` or the machine being shut down; a terminal that is closed.
_NAMES = ("SIGTERM", "SIGHUP")
#: Variable that holds the process with which another ends that it has started.
WITH = "HRKIT_ENDS_WITH"
_told: list[int] = []
#: Seconds after which a process that is still there is told anew; and when it was told.
AGAIN = 10.0
_begun: list[float] = []


def on() -> tuple[signal.Signals, ...]:
    """Signals that end a process on this platform, Ctrl+C first.

    One that whoever started the process has shut out (``nohup``) is none of them.
    """
    found = [getattr(signal, name, None) for name in ("SIGINT", *_NAMES)]
    return tuple(one for one in found if one and signal.getsignal(one) is not signal.SIG_IGN)


def heard(number: int) -> None:
    """Note that this process was told to end, where something else has to be ended before."""
    _told.append(number)


def ended() -> None:
    """End now, if this process was told to.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl+C.
    SystemExit
        After another signal, with the code that a shell has for it.
    """
    if not _told:
        return
    number = _told.pop()
    _told.clear()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


@contextlib.contextmanager
def tidily() -> Iterator[None]:
    """Let a signal that ends this process clear up on its way out; for the main thread alone."""
    with kept():
        if threading.current_thread() is threading.main_thread():
            for one in on():
                if one != signal.SIGINT and signal.getsignal(one) is signal.SIG_DFL:
                    signal.signal(one, _raised)
        yield


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """What follows a signal is afterwards what it was before, whatever a library sets meanwhile."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGINT", *_NAMES) if hasattr(signal, name)]
    before: dict[Any, Any] = {one: signal.getsignal(one) for one in numbers}
    try:
        yield
    finally:
        for one, follows in before.items():
            if follows is not None and signal.getsignal(one) is not follows:
                signal.signal(one, follows)


def _raised(number: int, _frame: object) -> None:
    # Whoever is on the way out is not hurried: a terminal that closes says it more than once.  Who says it
    # again after a while is heard again: where Python lets nothing through (a finaliser) the first was lost.
    now = time.monotonic()
    if _begun and now < _begun[-1] + AGAIN:
        return
    _begun.append(now)
    raise SystemExit(128 + number)


def with_starter() -> None:
    """End this process, as a ``kill`` does, once the one is gone that started it and asked for this.

    A terminal that is closed ends it so as well; for the main thread.
    """
    starter = os.environ.pop(WITH, "")
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up in on():
        signal.signal(hang_up, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    if sys.platform == "win32" or starter != str(os.getppid()):
        return

    def look() -> None:
        while str(os.getppid()) == starter:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, daemon=True, name="hrkit starter").start()
