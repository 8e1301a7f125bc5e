"""Whose answers a store holds, and whether they are those of the engagement that opens it.

An engagement's id says who it is.  A folder that is copied for another client brings the store
along, and a ``store:`` may point at a neighbour's; so a store remembers the id, the client's name
and where it lay, and every door compares:

- another id: these are somebody else's answers;
- the same id and another name, elsewhere: a copy that was given another name;
- the same id and another name, in place: the client has a new name, which is taken over;
- the same id and name, elsewhere: the folder was moved, or came back from a backup.

Where it lay is the numbers by which the platform knows the file and its folder: no path.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrkit.errors import StoreError
from hrkit.model.engagement import Engagement

__all__ = ["Owner", "compare", "owner_of"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who: an engagement's id and client; where: the numbers of file and folder."""

    engagement: str
    client: str
    place: str


def owner_of(engagement: Engagement, path: Path | None) -> Owner:
    """The engagement that opens a store, and where the store lies for it.

    Parameters
    ----------
    engagement
        Who opens it.
    path
        The store's file; None for a server, where the engagement's folder alone counts.
    """
    places = [
        place.stat().st_ino for place in (path, engagement.folder) if place and place.exists()
    ]
    return Owner(engagement.id, engagement.client, "-".join(map(str, places)))


def compare(stored: Owner | None, now: Owner, name: str, held: str = "the answers") -> None:
    """Refuse a store that is somebody else's.

    Parameters
    ----------
    stored
        What the store remembers; None where it is from before stores remembered.
    now
        Who opens it.
    name
        What the store is called.
    held
        What is in it.

    Raises
    ------
    StoreError
        In one sentence that says what to do.
    """
    if stored is None:
        return
    way = "make a new engagement with the same settings: hrkit new DIR --like OTHER"
    if stored.engagement != now.engagement:
        raise StoreError(
            f"{name} holds {held} of another engagement, {stored.engagement}, and not of "
            f"{now.engagement}: leave them where they are, and {way}."
        )
    if stored.client != now.client and stored.place != now.place:
        raise StoreError(
            f"{name} holds {held} of {stored.client}, and this folder, a copy, says "
            f"{now.client}: {way} (a client with a new name is renamed where its answers were "
            "taken)."
        )
