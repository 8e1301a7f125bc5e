"""The process in which a long job runs: told what to do on its input, it says line by line how it goes.

Nothing that it says is an answer: counts of steps, names of files, and the kit's own sentences.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, TextIO

from hrkit.ending import tidily

__all__ = ["JOBS", "Stopped", "run", "serve"]

#: Jobs that may be asked for, all of them functions of `hrkit`.
JOBS = (
    "batch",
    "benchmark",
    "codes",
    "duties.papers",
    "form",
    "letters",
    "plan_process",
    "print_papers",
    "report",
    "respondents",
    "sheet",
    "template",
)
#: Those that say how far they are.
_TELL = ("batch", "benchmark", "report")


class Stopped(Exception):
    """Somebody asked for a pause."""


def serve() -> None:
    """Do the one job that comes as a line of JSON; a second line asks for a pause.

    The end of the input says that whoever wanted the job is gone: it ends where it is, and clears up.
    """
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    said = sys.stdout
    # What a library prints is no line of ours.
    sys.stdout = sys.stderr
    stop = threading.Event()

    def listen() -> None:
        # Not by the buffered input, whose lock a process that is forked meanwhile would inherit.
        asked = os.read(sys.stdin.fileno(), 1)
        stop.set()
        if not asked and sys.platform != "win32":
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=listen, daemon=True).start()
    with tidily():
        run(told, said, stop.is_set)
        said.flush()
    # A thread that reads would keep the process.
    os._exit(0)


def run(told: Mapping[str, Any], out: TextIO, stopped: Callable[[], bool] = lambda: False) -> None:
    """Do a job, and write what became of it.

    Parameters
    ----------
    told
        ``job``, ``args`` and ``how``.
    out
        One JSON value a line: ``{"step": …}`` while it goes on; at the end ``done``, ``paused``, or ``failed``.
    stopped
        Whether somebody asked for a pause.
    """
    import hrkit
    from hrkit.errors import HrkitError
    from hrkit.files import of_the_system
    from hrkit.storage import cipher

    def say(message: Mapping[str, Any]) -> None:
        out.write(json.dumps(message, ensure_ascii=True) + "\n")
        out.flush()

    def step(*told: Any) -> None:
        if stopped():
            raise Stopped
        say({"step": [_plain(one) for one in told]})

    name = str(told["job"])
    how = dict(told.get("how") or {})
    if name in _TELL:
        how["told"] = step
    try:
        if name not in JOBS:
            raise HrkitError(f"There is no job {name}.")
        for path, key in (told.get("keys") or {}).items():
            cipher.remember(Path(path), key)
        with cipher.without_asking():  # whoever started the notebook may sit at a terminal
            result = attrgetter(name)(hrkit)(*told.get("args", ()), **how)
        say({"done": _plain(result), "files": [str(path) for path in _files(result)]})
    except Stopped:
        say({"paused": True})
    except HrkitError as error:
        say({"failed": error.summary, "rows": [[p.where, p.what, p.fix] for p in error.problems]})
    except Exception as error:
        # The error of a library may quote what it read: only its kind is told.
        said = of_the_system(error)
        say({"failed": said, "kind": "" if said else type(error).__name__, "rows": []})


def _plain(value: Any) -> Any:
    """A result as JSON has it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _files(value: Any) -> list[Path]:
    """The files that a result names, in its order."""
    if isinstance(value, Path):
        return [value] if value.is_file() else []
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts: Sequence[Any] = [getattr(value, one.name) for one in dataclasses.fields(value)]
        first = [one for one in parts if isinstance(one, Path)]
        return [
            path
            for one in (*first, *(p for p in parts if isinstance(p, (list, tuple))))
            for path in _files(one)
        ]
    if isinstance(value, (list, tuple)):
        return [path for one in value for path in _files(one)]
    return []
