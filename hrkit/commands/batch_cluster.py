"""Work for Dask distributed beside processes of this machine, as one crew.

Whatever is lost there is given out once more: the scheduler does so for a worker that is gone; for a
scheduler that was started anew, whoever gave the work.  A task that was done twice leaves what it left
once (`hrkit.commands.run_job`), so nothing has to be known of what became of the first try.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import queue
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from hrkit.commands.run_job import carry_out
from hrkit.errors import HrkitError
from hrkit.publish.batch.crew import Crew, Ended, Task

__all__ = ["CARRY", "Cluster"]

#: The task that is done there.
CARRY = "hrkit.commands.run_job:carry_out"

#: How often a document is given out anew after its scheduler was lost.
_TRIES = 5

#: What a task is called whose client or scheduler has gone.
_CANCELLED = (asyncio.CancelledError, concurrent.futures.CancelledError)


class Cluster(Crew):
    """Processes here that measure and issue, and workers of Dask elsewhere that print.

    Parameters
    ----------
    address
        The scheduler's: ``tcp://host:8786``.
    workers, folder, first, fork
        As of `Crew`, for the processes here.
    patience
        Seconds to wait for a scheduler, or for the first worker, before giving up.
    """

    def __init__(
        self,
        address: str,
        workers: int,
        folder: Path,
        first: Any,
        *,
        fork: bool | None = None,
        patience: float = 120.0,
    ) -> None:
        super().__init__(workers, folder, first, fork=fork)
        self._address, self._patience = address, patience
        self._away: dict[str, tuple[Task, int, Any]] = {}
        self._done: queue.SimpleQueue[tuple[str, int]] = queue.SimpleQueue()
        self._client: Any = None
        self._run = secrets.token_hex(4)
        self._threads, self._asked = 0, 0.0
        self._connect()

    # -- the crew, seen from outside

    @property
    def idle(self) -> int:
        """How many more tasks could run now, here and there."""
        return min(super().idle, 2 * max(self._workers_there(), 1) - len(self._away))

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits, here or there."""
        return super().busy or bool(self._away)

    def give(self, task: Task) -> None:
        """Have a task done: one that prints, there; any other, here."""
        if task.call == CARRY:
            self._submit(task, 1)
        else:
            super().give(task)

    def wait(self, seconds: float | None = None) -> tuple[Ended, ...]:
        """What has ended, here or there."""
        until = None if seconds is None else time.monotonic() + seconds
        while self.busy:
            found = self._came()
            if super().busy:
                found += super().wait(0.0 if found else 0.1)
            elif not found:
                with suppress(queue.Empty):
                    found += self._ended_there(*self._done.get(timeout=1.0))
            self._look_after()
            if found or (until is not None and time.monotonic() >= until):
                return found
        return ()

    def close(self) -> None:
        """End what runs here; what runs there is told that nobody waits for it."""
        super().close()
        self._away.clear()
        if self._client is not None:
            with suppress(Exception):
                self._client.close(timeout=2)

    # -- there

    def _connect(self) -> None:
        """A client of the scheduler, as soon as there is one."""
        try:
            from distributed import Client
        except ImportError:
            raise HrkitError("--dask needs Dask distributed; install hrkit[dask].") from None
        if self._client is not None:
            with suppress(Exception):
                self._client.close(timeout=1)
            self._client = None
        end = time.monotonic() + self._patience
        while True:
            try:
                self._client = Client(self._address, timeout=5, set_as_default=False, name="hrkit")
                self._asked = 0.0
                self._lonely = time.monotonic()
                return
            except ValueError as error:
                raise HrkitError(f"{self._address} is no address of a scheduler: {error}") from None
            except (OSError, TimeoutError):
                if time.monotonic() > end:
                    raise HrkitError(
                        f"No scheduler of Dask answers at {self._address}; start one with: "
                        "dask scheduler"
                    ) from None
                time.sleep(0.5)

    def _workers_there(self) -> int:
        """Tasks that the cluster can do at once, as of a few seconds ago."""
        if time.monotonic() > self._asked + 2.0 and self._client.status == "running":
            with suppress(Exception):
                self._threads = sum(self._client.nthreads().values())
            self._asked = time.monotonic()
            if self._threads:
                self._lonely = self._asked
        return self._threads

    def _submit(self, task: Task, tries: int) -> None:
        given = task.given
        future = self._client.submit(
            carry_out,
            given["parcel"],
            timeout=task.timeout,
            trust=True,  # whoever may give a cluster work may run code there
            # Another run on the same cluster may have a job of the same name, for another place.
            key=f"hrkit-{self._run}-{given['id']}-{tries}",
            pure=False,
        )
        self._away[task.id] = (task, tries, future)
        done = self._done
        future.add_done_callback(lambda _: done.put((task.id, tries)))

    def _came(self) -> tuple[Ended, ...]:
        found: tuple[Ended, ...] = ()
        while True:
            try:
                found += self._ended_there(*self._done.get_nowait())
            except queue.Empty:
                return found

    def _ended_there(self, id: str, tries: int) -> tuple[Ended, ...]:
        """What became of a task there; nothing where it is given out once more."""
        task, now, future = self._away.get(id, (None, 0, None))
        if task is None or future is None or now != tries:
            return ()
        value, error = self._told(future)
        if value is None:
            if not error and tries < _TRIES:
                self._again(task, tries + 1)
                return ()
            error = error or f"its scheduler was lost {tries} times"
        del self._away[id]
        seconds = value["seconds"] if value else 0.0
        cpu, memory = (value["cpu"], value["memory"]) if value else (0.0, 0)
        return (Ended(id, value, error, cpu, seconds, memory, tries),)

    def _again(self, task: Task, tries: int) -> None:
        """Give a task out anew, to whatever scheduler is there by now."""
        if self._client.status != "running":
            self._connect()
        self._submit(task, tries)

    def _told(self, future: Any) -> tuple[Any, str]:
        """What a task has given, or why it has failed; neither where it was lost with its scheduler."""
        try:
            if future.status == "finished":
                return future.result(timeout=60), ""
            return None, self._why(future)
        except (OSError, TimeoutError, *_CANCELLED):
            # The scheduler went while it was asked: what was made lies at its place, and is found there.
            return None, ""

    @staticmethod
    def _why(future: Any) -> str:
        """Why a task has failed there; nothing where it was lost with its scheduler."""
        if future.status in ("cancelled", "lost"):
            return ""
        error = future.exception()
        name = type(error).__name__
        if name == "KilledWorker":
            return "its worker was lost again and again; memory may have run out (give it more)"
        if isinstance(error, ModuleNotFoundError):
            return f"the worker lacks a package: {error}"
        return str(error) if isinstance(error, HrkitError) else f"{name}: {error}"

    def _look_after(self) -> None:
        """Notice that a cluster has no worker, or that its scheduler does not come back."""
        if not self._away:
            return
        if self._client.status not in ("running", "connecting"):
            for task, tries, _ in list(self._away.values()):
                self._done.put((task.id, tries))
        elif not self._workers_there() and time.monotonic() > self._lonely + self._patience:
            raise HrkitError(
                f"The scheduler at {self._address} has had no worker for {self._patience:.0f} "
                "seconds; start one with: dask worker, and run the same command again."
            )
