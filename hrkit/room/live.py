"""Which rooms are open on this machine, so that a notebook that was restarted finds its own again.

A note for each lies in the user's runtime folder (that of Jupyter), its owner's alone: it holds the
links, which are keys.  It never lies in the engagement's folder, of which copies are passed on.  A
note may be older than its room: whether a room is there says the room itself, by its host's line.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import ssl
from collections.abc import Coroutine
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hrkit.files import write_all
from hrkit.room.holding import runs

__all__ = ["Running", "answers", "asked", "connected", "drop", "found", "note", "place"]

_PATIENCE = 3.0


@dataclass(frozen=True)
class Running:
    """A room that is open.

    Attributes
    ----------
    folder
        Its engagement.
    wave
        What is answered.
    pid
        Its process.
    phones, wall, host
        Links; the latter two are keys.
    certificate
        File of the certificate, where the line is encrypted; blank otherwise.
    """

    folder: str
    wave: str
    pid: int
    phones: str
    wall: str
    host: str
    certificate: str = ""


def place(folder: Path) -> Path:
    """Where the note of an engagement's room lies."""
    from jupyter_core.paths import jupyter_runtime_dir

    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
    return Path(jupyter_runtime_dir()) / f"hrkit-room-{name}.json"


def note(running: Running) -> None:
    """Say that a room is open; notes of rooms whose process is gone hold keys for nobody, and go."""
    path = place(Path(running.folder))
    text = json.dumps(asdict(running), ensure_ascii=False)
    write_all({path: text.encode("utf-8")})
    for other in path.parent.glob("hrkit-room-*.json"):
        left = _read(other) if other != path else None
        if left is not None and not runs(left.pid):
            with contextlib.suppress(OSError):
                other.unlink()


def drop(folder: Path, pid: int) -> None:
    """Take the note of a room back; that of another process stays."""
    known = found(folder)
    if known is not None and known.pid == pid:
        with contextlib.suppress(OSError):
            place(folder).unlink()


def found(folder: Path) -> Running | None:
    """What the note says; None if there is none that can be read."""
    return _read(place(folder))


def _read(path: Path) -> Running | None:
    try:
        running = Running(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    whole = all(isinstance(value, str) for name, value in asdict(running).items() if name != "pid")
    return running if whole and type(running.pid) is int and running.pid > 0 else None


def answers(running: Running) -> dict[str, Any] | None:
    """What the room says to its host: its totals and where it stands; None if it is not there."""
    return _apart(asked(running))


async def connected(running: Running) -> Any:
    """A host's line to a room, before its key was said.

    Raises
    ------
    Exception
        Whatever a line raises that cannot be opened: refused, timed out, no room's.
    """
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    link = urlsplit(running.host)
    secure = link.scheme == "https"
    trusted: ssl.SSLContext | None = None
    if secure:
        # The room's own certificate, which may be nobody else's: this machine is asked for.
        trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusted.check_hostname = False
        with contextlib.suppress(OSError, ssl.SSLError):
            trusted.load_verify_locations(running.certificate)
    request = HTTPRequest(
        f"{'wss' if secure else 'ws'}://{link.netloc}/host/line",
        headers={"Origin": f"{link.scheme}://{link.netloc}"},
        ssl_options=trusted,
        connect_timeout=_PATIENCE,
    )
    return await websocket_connect(request)


async def asked(running: Running) -> dict[str, Any] | None:
    """As `answers`, in a running loop."""
    try:
        line = await connected(running)
    except Exception:  # refused, timed out, no room's: whatever it is, no room is there
        return None
    try:
        key = urlsplit(running.host).fragment
        await line.write_message(json.dumps({"type": "hello", "key": key}))
        text = await asyncio.wait_for(line.read_message(), _PATIENCE)
        said = json.loads(text) if isinstance(text, str) else {}
    except Exception:  # it ended meanwhile, or it is somebody else's program
        return None
    finally:
        line.close()
    return said if isinstance(said, dict) and said.get("type") == "state" else None


def _apart(work: Coroutine[Any, Any, dict[str, Any] | None]) -> dict[str, Any] | None:
    """Run to the end in a thread of its own: a notebook has a loop already."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
