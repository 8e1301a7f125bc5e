"""Which computer holds an engagement's room: a note in the folder, for whoever opens the same folder elsewhere.

Where a folder is shared or kept in step between computers, two rooms would write into one store, and
a store of SQLite that two computers write in loses answers.  What lies on this machine alone
(`hrkit.room.live`) cannot tell of another; so the folder itself says who holds its room.

A note is no lock: it travels as slowly as the folder does, and a room without internet renews it
unheard for as long as a workshop lasts.  So age alone makes it void only after half a day; before,
whoever opens the room elsewhere is told, and has to say that the other computer is gone.  Whoever
was taken over from finds out when its folder is back in step, and ends.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from hrkit.errors import HrkitError
from hrkit.files import write_all

__all__ = ["EVERY", "FILE", "FIRST", "Holder", "Holding", "elsewhere", "holding", "runs"]

#: Name of the note.
FILE = "room.held.json"
#: Seconds until it is looked at first, and between two times that it is renewed.
FIRST, EVERY = 2.0, 60.0
#: After so long without a sign another computer is not waited for.
_GONE = dt.timedelta(hours=12)
#: As long as a process of this computer may be late in renewing its own.
_LATE = dt.timedelta(seconds=3 * EVERY)


@dataclass(frozen=True)
class Holder:
    """Who holds a room.

    Attributes
    ----------
    host, pid
        Its computer and process.
    since, seen
        Moments (UTC): when it began, and when it was last heard of.
    mark
        Tells it from every other, also of the same name.
    """

    host: str
    pid: int
    since: str
    seen: str
    mark: str


class Holding:
    """The room of a folder, held by this process.

    Attributes
    ----------
    path
        The note.
    mine
        What it says.
    """

    def __init__(self, path: Path, mine: Holder) -> None:
        self.path, self.mine = path, mine

    @classmethod
    def take(cls, folder: Path, *, take_over: bool = False) -> Holding:
        """Hold the room of a folder.

        Parameters
        ----------
        take_over
            Whoever holds it is gone: somebody has said so.

        Raises
        ------
        HrkitError
            If another computer, or another process of this one, holds it.
        """
        path, host = folder / FILE, socket.gethostname()
        other = _read(path)
        if other is not None and not take_over and _holds(other, host):
            raise HrkitError(_told(other, host))
        now = _now()
        held = cls(path, Holder(host, os.getpid(), now, now, secrets.token_hex(8)))
        held._write(now)
        return held

    def renew(self) -> None:
        """Say that it is held still.

        Raises
        ------
        HrkitError
            If another has taken it over: then this room has to end.
        """
        other = _read(self.path)
        if other is not None and other.mark != self.mine.mark:
            raise HrkitError(
                f"The room was opened on {other.host} at {_moment(other.since)}, and has ended here: two "
                "would write into one store. What was answered here is in this folder; before you go on, "
                "see that it has come into step with no second copy of the store beside it."
            )
        with contextlib.suppress(OSError):  # a drive that is away for a moment: next time
            self._write(_now())

    def drop(self) -> None:
        """Give it back; another's note stays."""
        other = _read(self.path)
        if other is not None and other.mark == self.mine.mark:
            with contextlib.suppress(OSError):
                self.path.unlink()

    def _write(self, seen: str) -> None:
        told = asdict(self.mine) | {"seen": seen}
        write_all({self.path: json.dumps(told, ensure_ascii=False).encode("utf-8")})


@contextlib.contextmanager
def holding(folder: Path, *, take_over: bool = False) -> Iterator[Holding]:
    """Hold the room of a folder for as long as it is open; as `Holding.take`."""
    held = Holding.take(folder, take_over=take_over)
    try:
        yield held
    finally:
        held.drop()


def elsewhere(folder: Path) -> Holder | None:
    """Another computer that holds the room of a folder, as far as its note is to be believed."""
    host, other = socket.gethostname(), _read(folder / FILE)
    return other if other is not None and other.host != host and _holds(other, host) else None


def _read(path: Path) -> Holder | None:
    """What the note says; None where there is none, or none that can be read."""
    try:
        found = Holder(**json.loads(path.read_text(encoding="utf-8")))
        dt.datetime.fromisoformat(found.since)
        dt.datetime.fromisoformat(found.seen)
        whole = type(found.pid) is int and isinstance(found.host, str) and found.pid > 0
    except (OSError, ValueError, TypeError):
        return None
    return found if whole else None


def _holds(other: Holder, host: str) -> bool:
    """Whether a note is to be believed."""
    silent = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(other.seen)
    if other.host != host:
        return silent < _GONE
    # Of this computer the truth is known, but a number may be another process's by now.
    return other.pid != os.getpid() and runs(other.pid) and silent < _LATE


def runs(pid: int) -> bool:
    """Whether a process may be there; Windows would end it if it were asked."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is somebody else's
    return True


def _told(other: Holder, host: str) -> str:
    who = "Another computer" if other.host != host else "Another program of this computer"
    what = f"{who} ({other.host}, process {other.pid})"
    return (
        f"{what} holds the room of this engagement since {_moment(other.since)}, and was last heard of at "
        f"{_moment(other.seen)}. Two rooms would write into one store and lose answers: end that one, and "
        "wait until the folder has come into step. If it is gone for good, open the room here with "
        "--take-over (take_over=True)."
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()


def _moment(text: str) -> str:
    """A moment as the clock of this computer says it."""
    return f"{dt.datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}"
