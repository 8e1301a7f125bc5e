"""Whether a room is open in which people answer, for commands that would take the ground from under them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from hrkit.errors import StoreError
from hrkit.model.engagement import Engagement

__all__ = ["ANSWERING", "none_open"]

#: Steps of a room in which people answer (`hrkit.room.sitting`).
ANSWERING = ("open", "closing")


def none_open(engagement: Engagement, waves: Collection[str], why: str, steps: Collection[str] = ()) -> None:  # fmt: skip
    """Refuse what a room of these waves that is open must not be told from outside.

    Parameters
    ----------
    waves
        As the engagement, or the store, calls them.
    why
        What would be done, and what to do first.
    steps
        Only while the room stands in one of these; in any, if empty.

    Raises
    ------
    StoreError
        If one is open, on this computer or on another that holds the folder's room.
    """
    from hrkit.room import holding, live

    folder = engagement.folder
    running = live.found(folder)
    names = {name for one in waves for name in (one, *engagement.stored_under(one))}
    if running is not None and running.wave in names:
        said = live.answers(running)
        if said is not None and said.get("step") != "ended":
            if not steps or said.get("step") in steps:
                at = f"the room that is open at {running.phones} (process {running.pid})"
                raise StoreError(f"People answer {running.wave} in {at}: {why}")
            return
    other = holding.elsewhere(folder)
    if other is not None:
        since = dt.datetime.fromisoformat(other.since).astimezone()
        at = f"the room that {other.host} has held since {since:%Y-%m-%d %H:%M}"
        raise StoreError(f"People answer in {at}: {why}")
