"""Erase all answers of waves that lie back far enough; the figures that were released stay."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.duties.erase import printed_in, unpassed
from hrkit.commands.duties.held import called, own_files_of, stores, whole_folder
from hrkit.commands.duties.needles import needles_of
from hrkit.commands.duties.residue import Residue, cleared
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
        The engagement's folder, with the tools in it; or that of one tool.
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

    def old(ended: dt.date | None) -> bool:
        return bool(wave) or _old(ended, day, promised, today)

    # All of it is looked at before any of it goes: what cannot be opened is not left out quietly.
    found = [_found(at, store, wave, old) for at, store in stores(engagement, write=False)]
    gone = {one.at.id: one for one in found if one.gone}
    kept = tuple(each for one in found for each in one.kept)
    waves = tuple(called(one.at, id) for one in gone.values() for id in one.gone)
    if not gone:
        return Purged((), kept, (), rehearse)
    home = whole_folder(engagement)
    own = own_files_of(engagement if home == engagement.folder else engagements.load(home))
    if not rehearse:
        for one in gone.values():
            none_open(one.at, one.gone, "end the room before its answers are erased.")
        for at, store in stores(engagement, write=True):
            if at.id in gone:
                for id in gone[at.id].gone:
                    store.purge(id)
                unpassed(at, gone[at.id].comments)
    names = {name for one in gone.values() for name in one.names}
    words = {word for one in gone.values() for word in one.words}
    needles = needles_of(names, words, any(one.printed for one in gone.values()))
    left = cleared(home, needles, own, files=files, rehearse=rehearse)
    return Purged(waves, kept, left, rehearse)


@dataclass(frozen=True, slots=True)
class _Found:
    """What of one store would go, and by what it would be known elsewhere; and what stays."""

    at: Engagement
    gone: tuple[str, ...]
    kept: tuple[Stays, ...]
    names: frozenset[str]
    words: frozenset[str]
    comments: frozenset[str]
    printed: bool


def _found(
    engagement: Engagement, store: Store, wave: str, old: Callable[[dt.date | None], bool]
) -> _Found:
    there = store.waves()
    gone: list[str] = []
    kept: list[Stays] = []
    for one in engagement.waves:
        if wave and wave not in (one.id, *one.was):
            continue
        if not there & {one.id, *one.was}:
            continue
        ended = _ended(store, engagement, one.id)
        if old(ended):
            gone.append(one.id)
        else:
            kept.append(Stays(called(engagement, one.id), ended))
    known = {id for one in engagement.waves for id in (one.id, *one.was)}
    kept += [Stays(called(engagement, id), known=False) for id in sorted(there - known)]
    subjects = [key for id in gone for key in store.read(id).people["respondent"]]
    names, hashes, words = store.traces(subjects)
    comments = frozenset(id for name in gone for id in store.comments(name)["id"])
    words = words | {c.text for c in engagement.comments if c.id in comments and c.text}
    return _Found(
        engagement,
        tuple(gone),
        tuple(kept),
        frozenset({*names, *hashes}),
        frozenset(words),
        comments,
        printed_in(store, words),
    )


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
