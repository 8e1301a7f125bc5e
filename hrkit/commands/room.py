"""A room from a notebook: `hrkit serve` as a process of its own, which outlives the notebook's."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrkit.commands.sealed import keys_of, take_keys
from hrkit.commands.serve import PORT, Links
from hrkit.errors import HrkitError
from hrkit.room import live

__all__ = ["Room", "room"]

#: Seconds for a room to open, and to end.
_OPENING, _ENDING = 60.0, 15.0
_RUN = "from hrkit.commands.room import serve_as_told; serve_as_told()"


@dataclass(frozen=True, repr=False)
class Room:
    """A room that is open, seen from a notebook.

    What a cell shows of it holds no key, so that a notebook that is saved or passed on opens
    nothing; `links` has them.

    Attributes
    ----------
    links
        For phones, for the wall and for whoever leads.
    wave
        What is answered.
    pid
        Its process.
    """

    links: Links
    wave: str
    pid: int
    _running: live.Running

    def lead(self) -> None:
        """Open the host's page in this machine's browser."""
        _browse(self.links.host)

    def show(self) -> None:
        """Open the wall in this machine's browser."""
        _browse(self.links.wall)

    @property
    def state(self) -> dict[str, Any]:
        """Where the room stands, and its totals: ``step``, ``phones``, ``begun``, ``done``, ``of``.

        Raises
        ------
        HrkitError
            If the room is not there any more.
        """
        said = live.answers(self._running)
        if said is None:
            raise HrkitError("The room does not reply; open it again with hrkit.room.")
        return {**{k: said[k] for k in ("step", "phones", "begun")}, **_totals(said["count"])}

    def stop(self) -> None:
        """End the room's process; what was answered stands, and it can be opened again."""
        if live.answers(self._running) is None:
            return  # a process of that number may be somebody else's by now
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        if sys.platform == "win32":  # there a process is not told, and clears nothing up
            live.drop(Path(self._running.folder), self.pid)
        until = time.monotonic() + _ENDING
        while live.found(Path(self._running.folder)) is not None and time.monotonic() < until:
            _reap(self.pid)
            time.sleep(0.05)

    def __repr__(self) -> str:
        return (
            f"Room at {self.links.phones} ({self.wave}): .lead() opens the page to lead from, "
            ".show() the wall, .state its totals, .stop() ends it."
        )


def room(
    folder: str | Path = "",
    *,
    wave: str = "",
    address: str = "127.0.0.1",
    port: int = PORT,
    wifi: str = "",
    password: str = "",
    certificate: str | Path | None = None,
    key: str | Path | None = None,
    demo: bool = False,
    take_over: bool = False,
) -> Room:
    """Open a room, or come back to the one that is open already.

    The room is a process of its own: a kernel that is restarted does not stop it, and the same call
    finds it again.

    Parameters
    ----------
    folder
        The engagement's folder; the notebook's own if blank.
    wave, address, port, wifi, password, certificate, key, demo, take_over
        As of `hrkit.serve`.  A room that is open already stays as it is.

    Raises
    ------
    HrkitError
        If the room cannot be opened; what `hrkit serve` would say.
    """
    place = Path(folder or ".").resolve()
    running = live.found(place)
    if running is not None and live.answers(running) is not None:
        return _room(running)
    told = {
        "folder": str(place),
        "wave": wave,
        "address": address,
        "port": port,
        "wifi": wifi,
        "password": password,
        "certificate": str(certificate) if certificate else "",
        "key": str(key) if key else "",
        "demo": demo,
        "take_over": take_over,
        "keys": keys_of(place),
    }
    return _room(_begun(place, told))


def _begun(place: Path, told: dict[str, Any]) -> live.Running:
    """A process of its own, that has said where it is; the password stands on no command line."""
    import tempfile

    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            # The folder that the notebook lies in is no place that modules are taken from.
            [sys.executable, "-P", "-c", _RUN],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            **_apart(),
        )
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(told).encode("utf-8"))
            process.stdin.close()
        until = time.monotonic() + _OPENING
        while process.poll() is None:
            running = live.found(place)
            if running is not None and running.pid == process.pid:
                return running
            if time.monotonic() > until:
                process.kill()
                raise HrkitError("The room did not open within a minute.")
            time.sleep(0.03)
        said.seek(0)
        last = said.read().decode("utf-8", "replace").strip()
        raise HrkitError(last or f"The room ended at once (code {process.returncode}).")


def _apart() -> dict[str, Any]:
    """What keeps a child alive when a kernel and all that belongs to it is ended."""
    if sys.platform == "win32":
        new, detached = subprocess.CREATE_NEW_PROCESS_GROUP, subprocess.DETACHED_PROCESS
        return {"creationflags": new | detached}
    return {"start_new_session": True}


def serve_as_told() -> None:
    """The room's own process: what to serve comes as JSON on its standard input."""
    from hrkit.commands.serve import serve

    told = json.load(sys.stdin)
    take_keys(told.pop("keys"))
    with contextlib.suppress(KeyboardInterrupt):
        try:
            serve(told.pop("folder"), **told)
        except HrkitError as error:
            sys.stderr.write(f"{error}\n")
            sys.exit(1)


def _room(running: live.Running) -> Room:
    links = Links(running.phones, running.wall, running.host)
    return Room(links, running.wave, running.pid, running)


def _totals(count: dict[str, Any]) -> dict[str, Any]:
    return {"done": count["done"], "of": count["of"]}


def _browse(link: str) -> None:
    import webbrowser

    if not webbrowser.open(link):
        raise HrkitError("No browser could be opened from here; .links has the address.")


def _reap(pid: int) -> None:
    """Let a child that has ended go, where it was one of this process."""
    if sys.platform != "win32":
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
