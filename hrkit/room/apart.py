"""Work that takes a second or two: done beside the room's replies, never in their place.

A release proves for every figure that it gives nobody away.  Most of that time is spent in libraries
that let other threads run meanwhile, so a thread of its own is enough: measured, the longest pause
between two replies is a sixth of a second, while what makes a release is loaded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from hrkit.errors import HrkitError

__all__ = ["Apart", "Done", "at_once", "beside"]

#: Takes what came of the work, or why nothing did.
Done = Callable[[Any, Exception | None], None]
#: Does some work, and says what came of it.
Apart = Callable[[Callable[[], Any], Done], None]


def at_once(work: Callable[[], Any], done: Done) -> None:
    """Do it now; everybody else waits."""
    try:
        found = work()
    except HrkitError as error:
        done(None, error)
    else:
        done(found, None)


def beside(log: Callable[[Exception], None]) -> Apart:
    """Do it in a thread, and say in the running loop what came of it.

    Parameters
    ----------
    log
        Told of whatever is nobody's fault who used the room.
    """
    under_way: set[asyncio.Task[None]] = set()

    async def run(work: Callable[[], Any], done: Done) -> None:
        try:
            found = await asyncio.get_running_loop().run_in_executor(None, work)
        except Exception as error:
            if not isinstance(error, HrkitError):
                log(error)
            done(None, error)
        else:
            done(found, None)

    def start(work: Callable[[], Any], done: Done) -> None:
        task = asyncio.ensure_future(run(work, done))
        under_way.add(task)  # a loop holds its tasks only weakly
        task.add_done_callback(under_way.discard)

    return start
