"""Erase all answers of waves that lie back far enough; the figures that were released stay."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.duties.erase import own_files_of, printed_in, unpassed
from hrkit.commands.duties.residue import Residue, cleared, needles_of
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from hrkit.answers.store import Store

__all__ = ["Purged", "Stays", "purge", "since_when"]

_AGE = re.compile(r"(\d{1,4})\s*(d|days?|m|months?|y|years?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stays:
    """A wave whose answers stay: it ended on a day, has no end yet, or is not in the settings."""

    wave: str
    ended: dt.date | None = None
    known: bool = True

    def __str__(self) -> str:
        if not self.known:
            return f"{self.wave}: engagement.yml does not name it (--wave)"
        if self.ended is None:
            return f"{self.wave}: it is open, and no day says when it closed"
        return f"{self.wave}: it ended on {self.ended.isoformat()}"


@dataclass(frozen=True, slots=True)
class Purged:
    """What was erased, and what is left.

    Attributes
    ----------
    waves
        Whose answers are gone.
    kept
        Waves that stay, each with the reason.
    left
        Files beside the store in which something still stood.
    rehearsed
        Nothing was changed.
    """

    waves: tuple[str, ...]
    kept: tuple[Stays, ...] = ()
    left: tuple[Residue, ...] = ()
    rehearsed: bool = False


def purge(
    folder: str | Path,
    *,
    older_than: str | dt.date = "",
    wave: str = "",
    files: bool = False,
    rehearse: bool = False,
) -> Purged:
    """Erase the answers of waves that closed, or were released, before a day.

    Parameters
    ----------
    folder
        The engagement's folder.
    older_than
        A day (``2027-01-31``) or an age (``24 months``, ``730d``); without it, and without a wave,
        all waves go once the day that the engagement promised (``duties.answers_until``) has come.
    wave
        Only this one, however old.
    files
        Delete other files of the folder that still hold something, too; otherwise they are named.
    rehearse
        Say what would go, and change nothing.

    Raises
    ------
    HrkitError
        If nothing says what is old, the store cannot be used, or people answer in a room.
    """
    from hrkit.answers.store import open_store
    from hrkit.commands.open_room import none_open

    engagement = engagements.load(folder)
    today = dt.date.today()
    promised = engagement.duties.answers_until
    if wave:
        engagement.wave(wave)
    elif not older_than and promised is None:
        raise HrkitError(
            "Nothing says what is old: give --older-than (24 months, or a day), name a wave, or write "
            "duties.answers_until in engagement.yml."
        )
    day = since_when(older_than, today) if older_than else None
    with open_store(engagement, create=False, write=not rehearse) as store:
        there = store.waves()
        gone: list[str] = []
        kept: list[Stays] = []
        for one in engagement.waves:
            if wave and wave not in (one.id, *one.was):
                continue
            if not there & {one.id, *one.was}:
                continue
            ended = _ended(store, engagement, one.id)
            if wave or _old(ended, day, promised, today):
                gone.append(one.id)
            else:
                kept.append(Stays(one.id, ended))
        known = {id for one in engagement.waves for id in (one.id, *one.was)}
        kept += [Stays(id, known=False) for id in sorted(there - known)]
        subjects = [key for id in gone for key in store.read(id).people["respondent"]]
        names, hashes, words = store.traces(subjects)
        comments = {id for name in gone for id in store.comments(name)["id"]}
        passed = {c.text for c in engagement.comments if c.id in comments and c.text}
        printed = printed_in(store, words | passed)
        if not rehearse:
            if gone:
                none_open(engagement, gone, "end the room before its answers are erased.")
            for name in gone:
                store.purge(name)
            if gone:
                unpassed(engagement, comments)
    if not gone:
        return Purged((), tuple(kept), (), rehearse)
    needles = needles_of({*names, *hashes}, words | passed, printed)
    left = cleared(
        engagement.folder, needles, own_files_of(engagement), files=files, rehearse=rehearse
    )
    return Purged(tuple(gone), tuple(kept), left, rehearse)


def since_when(said: str | dt.date, today: dt.date) -> dt.date:
    """The day that an age or a day means.

    >>> since_when("2 years", dt.date(2027, 3, 31)), since_when("1m", dt.date(2027, 3, 31))
    (datetime.date(2025, 3, 31), datetime.date(2027, 2, 28))

    Raises
    ------
    HrkitError
        If it is neither.
    """
    if isinstance(said, dt.date):
        return said
    try:
        return dt.date.fromisoformat(said.strip())
    except ValueError:
        found = _AGE.fullmatch(said.strip())
    if found is None:
        raise HrkitError(f"{said!r} is no day and no age; write 2027-01-31, 24 months or 730 days.")
    n, unit = int(found[1]), found[2][0].lower()
    if unit == "d":
        return today - dt.timedelta(days=n)
    months = today.year * 12 + today.month - 1 - n * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    for last in range(today.day, 27, -1):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    return dt.date(year, month + 1, min(today.day, 28))


def _ended(store: Store, engagement: Engagement, wave: str) -> dt.date | None:
    """When nobody could answer any more: the day it was released, or closed."""
    return store.frozen(wave) or engagement.wave(wave).closes


def _old(
    ended: dt.date | None, day: dt.date | None, promised: dt.date | None, today: dt.date
) -> bool:
    if day is None:
        return promised is not None and promised <= today
    return ended is not None and ended <= day
