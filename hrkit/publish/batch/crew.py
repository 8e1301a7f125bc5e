"""Processes that do tasks, each in one of its own, and what became of every task.

Whoever gives the tasks holds names and places; what a task works on is read in its own process, which
ends with it.  A process that is killed from outside is made again, twice at most; one that takes too
long is ended.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrkit.publish.batch.orders import Ended, Task
from hrkit.publish.batch.turns import AHEAD, TaskAtWork, Turns, write
from hrkit.publish.batch.warm import FIRST, WAY
from hrkit.publish.kernel import environment

__all__ = ["Crew", "Ended", "Task", "forks"]

_WARM = Path(__file__).with_name("warm.py")
_TRIES = 3


def forks() -> bool:
    """Whether this platform can make a process from one that has imported everything."""
    return hasattr(os, "fork") and hasattr(os, "wait4")


class Crew:
    """Runs tasks, at most ``workers`` at once.

    Parameters
    ----------
    workers
        Processes at once, at least one.
    folder
        A private folder that lives as long as the crew: results, settings, caches.
    first
        Modules that every task needs, each ``module`` or ``module:function`` to call, alone or with
        what the function is given; none of them may read anything that belongs to a task.
    fork
        Whether tasks are forked from one warm process; else each starts anew.
    """

    def __init__(
        self,
        workers: int,
        folder: Path,
        first: Iterable[str | tuple[str, Mapping[str, Any]]] = (),
        *,
        fork: bool | None = None,
    ) -> None:
        self.workers = max(1, workers)
        self._folder, self._first = folder, tuple(first)
        self._fork = forks() if fork is None else fork and forks()
        self._events: queue.Queue[tuple[object, dict[str, Any] | None]] = queue.Queue()
        self._warm: subprocess.Popen[bytes] | None = None
        self._running: dict[str, TaskAtWork] = {}
        self._waiting: list[tuple[Task, int]] = []
        self._turns = Turns(self.workers)
        self._number = 0
        # Why the warm process could not begin, where it said so.
        self._broken = ""

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def idle(self) -> int:
        """How many more tasks could run now, or lie ready to."""
        return self._most - len(self._running) - len(self._waiting)

    @property
    def _most(self) -> int:
        return self.workers + (AHEAD if self._fork else 0)

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return bool(self._running or self._waiting)

    @property
    def processes(self) -> tuple[int, ...]:
        """Ids of the processes that were started from here."""
        own = [self._warm] if self._warm else [one.process for one in self._running.values()]
        return tuple(one.pid for one in own if one)

    def give(self, task: Task) -> None:
        """Have a task done, at once where a process is free."""
        self._waiting.append((task, 1))
        self._begin()

    def wait(self, seconds: float | None = None) -> tuple[Ended, ...]:
        """What has ended, waiting for the first to end, or for so many seconds."""
        until = None if seconds is None else time.monotonic() + seconds
        found: list[Ended] = []
        while not found and self.busy:
            rest = 3600.0 if until is None else max(0.0, until - time.monotonic())
            try:
                source, event = self._events.get(timeout=min(rest, self._next_late()))
            except queue.Empty:
                self._end_late()
                if until is not None and time.monotonic() >= until:
                    break
                continue
            found += self._happened(source, event)
            self._begin()
        return tuple(found)

    def close(self) -> None:
        """End everything that runs."""
        processes = [one.process for one in self._running.values() if one.process]
        self._running.clear()
        self._waiting.clear()
        self._turns.forget()
        if self._warm is not None:
            processes.append(self._warm)
            self._warm = None
        for process in processes:
            if process.stdin:
                # The warm process ends its children when its input ends.
                process.stdin.close()
        for process in processes:
            try:
                process.wait(timeout=5 if process.stdout else 0.2)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    # -- from here on: how

    def _begin(self) -> None:
        while self._waiting and len(self._running) < self._most:
            task, tries = self._waiting.pop(0)
            self._number += 1
            result = self._folder / f"result-{self._number}.json"
            order = {
                "id": task.id,
                "call": task.call,
                "given": dict(task.given),
                "result": str(result),
            }
            line = json.dumps(order).encode("ascii") + b"\n"
            one = TaskAtWork(task, result, time.monotonic(), tries, line)
            self._running[task.id] = one
            if self._fork:
                self._warm = self._warm or self._start("many")
                self._turns.add(one, self._warm)
            else:
                one.process, one.begun = self._start("once"), True
                write(one.process, line)
                threading.Thread(
                    target=self._await, args=(task.id, one.process), daemon=True
                ).start()

    def _start(self, way: str) -> subprocess.Popen[bytes]:
        variables = environment(self._folder, str(self._folder))
        # What a task keeps for a while goes with this folder, also where its process is ended.
        variables |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder))
        variables |= {FIRST: json.dumps(self._first), WAY: way}
        process = subprocess.Popen(
            [sys.executable, "-I", "-Xutf8", str(_WARM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if way == "many" else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=variables,
            cwd=self._folder,
        )
        if way == "many":
            threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            if "code" in event:
                self._turns.ended(process)
            self._events.put((process, event))
        process.wait()
        self._events.put((process, None))

    def _await(self, id: str, process: subprocess.Popen[bytes]) -> None:
        code = process.wait()
        self._events.put((process, {"id": id, "code": code}))

    def _happened(self, source: object, event: dict[str, Any] | None) -> list[Ended]:
        if event is None:
            if source is not self._warm:
                return []
            # It was killed, and its children end with it: all of them once more.
            self._warm = None
            self._turns.forget()
            return [
                ended
                for one in list(self._running.values())
                if (ended := self._ended(one, {"code": -9})) is not None
            ]
        if "broken" in event:
            self._broken = event["broken"]
            return []
        one = self._running.get(event["id"])
        if one is None or "code" not in event or source not in (self._warm, one.process):
            return []
        ended = self._ended(one, event)
        return [] if ended is None else [ended]

    def _ended(self, one: TaskAtWork, event: Mapping[str, Any]) -> Ended | None:
        """What became of a task whose process has ended; None where it is made once more."""
        del self._running[one.task.id]
        used = Ended(
            one.task.id,
            cpu=event.get("cpu", 0.0),
            seconds=event.get("seconds", time.monotonic() - one.since),
            memory=event.get("memory", 0),
            tries=one.tries,
        )
        try:
            said = json.loads(one.result.read_text("utf-8"))
        except (OSError, ValueError):
            said = None
        one.result.unlink(missing_ok=True)
        one.result.with_suffix(".part").unlink(missing_ok=True)
        broken = self._broken if said is None else said.get("broken", "")
        if broken:
            return replace(
                used,
                error=f"hrkit's own process did not start ({broken}): what is installed beside it "
                "does not load; install hrkit in an environment of its own",
            )
        if said is not None:
            return replace(used, value=said.get("value"), error=said.get("error", ""))
        if one.late:
            return replace(used, error=f"it took longer than {one.task.timeout:g} seconds")
        if one.tries < _TRIES or not one.begun:
            self._waiting.insert(0, (one.task, one.tries + one.begun))
            return None
        code = event["code"]
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        return replace(
            used,
            error=f"its process ended {how} {one.tries} times; memory may have run out "
            "(try fewer workers)",
        )

    def _next_late(self) -> float:
        ends = [
            one.since + one.task.timeout
            for one in self._running.values()
            if one.task.timeout is not None and one.begun and not one.late
        ]
        return max(0.01, min([time.monotonic() + 3600.0, *ends]) - time.monotonic())

    def _end_late(self) -> None:
        for one in self._running.values():
            limit = one.task.timeout
            if limit is None or one.late or not one.begun:
                continue
            if time.monotonic() < one.since + limit:
                continue
            one.late = True
            if one.process is not None:
                one.process.kill()
            elif self._warm is not None:
                write(self._warm, json.dumps({"stop": one.task.id}).encode("ascii") + b"\n")
