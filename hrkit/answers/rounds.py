"""One wave in one transaction: what is read, decided and recorded about it belongs together.

A version of a report rests on answers and on the versions before it.  If either could change
between reading and recording, two people who look at once would be shown versions that differ by
one respondent; so both happen inside one `Round`, which the store gives out one at a time.

What is recorded of a version (plain JSON) may hold, under ``people``, who was in it and what they
had answered, so that a group can be shown again as it was.  That goes when the wave is frozen, and
a person's part of it when the person is erased.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from hrkit.answers import batches, queries
from hrkit.answers.acts import NO_WAVE, note
from hrkit.answers.codes import token
from hrkit.answers.responses import Responses
from hrkit.answers.schema import asked, releases, waves
from hrkit.errors import StoreError

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Release", "Round", "forget", "forget_words", "frozen", "recorded"]


@dataclass(frozen=True)
class Release:
    """A version as it was recorded: what was shown of a wave, when, and from what it followed.

    ``number`` counts the versions of a wave from 1.
    """

    id: int
    wave: str
    day: dt.date
    audit: Mapping[str, Any]
    basis: str | None = None
    number: int = 0


class Round:
    """A wave, as one transaction sees it.

    Parameters
    ----------
    connection
        The transaction.
    names
        The wave's id, and those it had before.
    owner
        Id of the engagement; a version that names another is refused.
    store
        What problems call the store.
    """

    def __init__(
        self, connection: Connection, names: tuple[str, ...], owner: str, store: str
    ) -> None:
        self._connection, self._names = connection, names
        self._owner, self._store = owner, store
        self.froze = False

    @property
    def wave(self) -> str:
        """The wave's id."""
        return self._names[0]

    def of(self, *names: str) -> Round:
        """Another wave, in the same transaction."""
        return Round(self._connection, names, self._owner, self._store)

    # -------------------------------------------------------------------------- reading

    def responses(self) -> Responses:
        """Everybody who has answered anything."""
        return queries.everything(self._connection, self._names).answered()

    def comments(self) -> DataFrame:
        """Answers in own words; see `hrkit.answers.store.Store.comments`."""
        return queries.comments(self._connection, self._names)

    def links(self, other: Round) -> dict[str, str]:
        """Respondent to the same person's in another wave, for those with the same personal code."""
        return dict(queries.links(self._connection, self._names, other._names))

    def waves(self) -> set[str]:
        """Ids of all waves that anybody answered in."""
        return queries.waves(self._connection)

    def content(self) -> str:
        """A digest of all answers of the wave, and of whose they are; in one transaction they stay the same."""
        return self._content

    @cached_property
    def _content(self) -> str:
        return queries.content(self._connection, self._names)

    @cached_property
    def frozen(self) -> dt.date | None:
        """The day the wave was frozen; None while it is open."""
        return frozen(self._connection, self._names)

    @cached_property
    def audit(self) -> Mapping[str, Any] | None:
        """The audit of a frozen wave, if it was kept in the store."""
        text = self._of_frozen(waves.c.audit)
        return json.loads(text) if text else None

    @cached_property
    def settings(self) -> Mapping[str, Any] | None:
        """The engagement's settings on the day the wave was frozen, if they were kept."""
        text = self._of_frozen(waves.c.settings)
        return json.loads(text) if text else None

    @property
    def begun(self) -> str:
        """Version of the instrument it was begun with; empty where it is not known, as of the oldest."""
        return self.asked[1] if self.asked else ""

    @cached_property
    def asked(self) -> tuple[str, str] | None:
        """Id and version of the instrument it was first asked with, where it is known."""
        query = select(asked.c.instrument, asked.c.version)
        row = self._connection.execute(query.where(asked.c.wave.in_(self._names))).first()
        return (row.instrument, row.version) if row else None

    def kept(self) -> tuple[Release, ...]:
        """All versions so far, oldest first.

        Raises
        ------
        StoreError
            If one of them is another engagement's.
        """
        found = recorded(self._connection, self._names)
        return tuple(self._own(one) for one in found if "released" in one.audit)

    def last(self) -> Release | None:
        """The last version."""
        query = select(releases).where(releases.c.wave.in_(self._names)).order_by(releases.c.id)
        count = select(func.count()).select_from(query.subquery())
        row = self._connection.execute(query.order_by(None).order_by(releases.c.id.desc())).first()
        if row is None:
            return None
        return self._own(_release(row, self._connection.scalars(count).one()))

    def _own(self, release: Release) -> Release:
        whose = release.audit.get("released", {}).get("engagement", self._owner)
        if whose != self._owner:
            raise StoreError(
                f"{self._store} holds a release of another engagement, {whose}, and not only of "
                f"{self._owner}: restore the store of {self._owner}, or make a new engagement with "
                "the same settings: hrkit new DIR --like OTHER."
            )
        return release

    def _of_frozen(self, column: Any) -> str | None:
        query = select(column).where(waves.c.wave.in_(self._names))
        return self._connection.scalars(query).first()

    # ------------------------------------------------------------------------ recording

    def record(self, audit: Mapping[str, Any], basis: str, day: dt.date) -> Release:
        """Keep a version; if it is the last one again, only what it follows from is noted."""
        before = self.last()
        text = _text(audit)
        if before is not None and _text(before.audit) == text:
            where = releases.c.id == before.id
            self._connection.execute(update(releases).where(where).values(basis=basis))
            return Release(before.id, before.wave, before.day, audit, basis, before.number)
        # Acts have numbers below zero, so a database left to itself would count on from those.
        id = max(self._connection.scalars(select(func.max(releases.c.id))).one() or 0, 0) + 1
        row = {"id": id, "wave": self.wave, "day": day, "audit": text, "basis": basis}
        self._connection.execute(insert(releases).values(**row))
        number = before.number + 1 if before else 1
        note(self._connection, "issue", f"{self.wave}, {number}")
        return Release(id, self.wave, day, audit, basis, number)

    def freeze(
        self,
        digest: str,
        day: dt.date,
        audit: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Freeze the wave with its audit; what was kept of people, or to undo an import, goes.

        Raises
        ------
        StoreError
            If it was frozen with another digest.
        """
        if self.frozen is None:
            row = {"wave": self.wave, "frozen_on": day, "digest": digest}
            more = {"audit": audit and _text(audit), "settings": settings and _text(settings)}
            self._connection.execute(insert(waves).values(**row, **more))
            note(self._connection, "freeze", self.wave)
        elif self._of_frozen(waves.c.digest) != digest:
            raise StoreError(
                f"The wave {self.wave} was frozen on {self.frozen} with other content; it stays "
                "as it was."
            )
        forget(self._connection, waves=self._names)
        batches.closed(self._connection, self._names)
        self.froze = True


def frozen(connection: Connection, names: Collection[str]) -> dt.date | None:
    """The day a wave was frozen; None while it is open."""
    query = select(waves.c.frozen_on).where(waves.c.wave.in_(names))
    return connection.scalars(query).first()


def recorded(connection: Connection, names: Collection[str] | None) -> tuple[Release, ...]:
    """The versions so far, oldest first."""
    query: Select[Any] = select(releases).order_by(releases.c.id)
    if names is not None:
        query = query.where(releases.c.wave.in_(names))
    else:
        query = query.where(releases.c.wave != NO_WAVE)
    counted: dict[str, int] = {}
    found = []
    for row in connection.execute(query):
        wave = row.wave if names is None else ""
        counted[wave] = counted.get(wave, 0) + 1
        found.append(_release(row, counted[wave]))
    return tuple(found)


def _release(row: Row[Any], number: int) -> Release:
    return Release(row.id, row.wave, row.day, json.loads(row.audit), row.basis, number)


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def forget(
    connection: Connection,
    *,
    keys: Collection[str] | None = None,
    waves: Collection[str] | None = None,
    undone: bool = False,
) -> None:
    """Take people out of recorded versions: some people, or everybody of a wave.

    With ``undone`` they may come again as others: their perspectives are noted.
    """
    tokens = {token(key) for key in keys or ()} | set(keys or ())
    for one in recorded(connection, waves):
        audit = dict(one.audit)
        if "people" not in audit:
            continue
        before = audit["people"]
        if keys is None:
            audit.pop("people", None)
            audit.pop("keys", None)
        else:
            audit["people"] = _without(before, tokens, audit.get("format", 1))
        if undone:
            went = [one for one in before if one not in audit.get("people", ())]
            sides = {*audit.get("undone", ()), *(one.get("perspective", "") for one in went)} - {""}
            audit |= {"undone": sorted(sides)} if sides else {}
        if audit != one.audit:
            _rewrite(connection, one, audit)


def _without(people: list[dict[str, Any]], gone: Set[str], format: int) -> list[dict[str, Any]]:
    """What is kept of people, without some of them."""
    if format > 1:
        return [person for person in people if person.get("id") not in gone]
    # In the first format a group is told to have lost somebody by an entry without answers.
    bare = {"key": "", "answers": ""}
    return [{**person, **bare} if person.get("key") in gone else person for person in people]


def forget_words(
    connection: Connection,
    words: Collection[tuple[str, str]] | None = None,
    waves: Collection[str] | None = None,
) -> None:
    """Take comments out of what was kept as released: some, by question and words, or all."""
    for one in recorded(connection, waves):
        shown = one.audit.get("released", {}).get("comments", [])
        stay = [c for c in shown if words is not None and (c["question"], c["text"]) not in words]
        if len(stay) < len(shown):
            released = {**one.audit["released"], "comments": stay}
            _rewrite(connection, one, {**one.audit, "released": released})


def _rewrite(connection: Connection, one: Release, audit: Mapping[str, Any]) -> None:
    # It follows from other answers now: the next look decides anew.
    new = {"audit": _text(audit), "basis": None}
    connection.execute(update(releases).where(releases.c.id == one.id).values(**new))
