"""The door of the records: opened for one engagement, read as a whole, changed by versions."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, text, update

from hrkit.answers.identity import Owner, compare, owner_of
from hrkit.errors import StoreError
from hrkit.model.engagement import Engagement
from hrkit.model.followed import Followed
from hrkit.records.filed import Value, as_written, what_about
from hrkit.records.schema import TABLES, entries, facts
from hrkit.records.values import Agreed, GroupWords, OpenLine, Records, VotesMoved
from hrkit.storage import copies, database

__all__ = ["FILE", "Keeper", "KeptRecord", "open_records", "overlay", "records_of", "row_of"]

#: Name of the file in the engagement's folder.
FILE = "records.sqlite"

_KINDS: dict[str, type[Any]] = {
    "agreed": Agreed,
    "votes": VotesMoved,
    "words": GroupWords,
    "action": Followed,
    "line": OpenLine,
}
_HELD = "the records"


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A value as it was kept: which record, its version, since when and why."""

    id: str
    number: int
    value: Value
    reason: str
    day: dt.date


class Keeper:
    """Records that are open; each change is a transaction of its own, and so is all that a workbook says."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name = engine, name

    def put(self, value: Value, *, id: str = "", reason: str = "") -> KeptRecord:
        """Keep a value as the next version of its record; one that stands already is left as it is.

        Parameters
        ----------
        id
            Of the record; found by what it is about where it is not given.
        reason
            Why it changed.

        Raises
        ------
        StoreError
            If a record is changed that is locked, and no reason is given.
        """
        with database.writing(self._engine, self._name) as connection:
            return self._put(connection, value, id, reason)

    def put_all(self, values: Iterable[tuple[Value, str]]) -> None:
        """Keep what a workbook says, values with the reasons of their changes: all of it, or nothing.

        Raises
        ------
        StoreError
            As of `put`; nothing was kept then.
        """
        with database.writing(self._engine, self._name) as connection:
            for value, reason in values:
                self._put(connection, value, "", reason)

    def _put(self, connection: Connection, value: Value, id: str, reason: str) -> KeptRecord:
        before = self._found(connection, value, id)
        if before is not None and before.value == value:
            return before
        held = before is not None and isinstance(before.value, Agreed) and before.value.locked
        if held and not reason.strip():
            raise StoreError("What was agreed is changed only with a reason.")
        if before is not None:
            value = as_written(before.value, value)
        made = KeptRecord(
            before.id if before else id or secrets.token_hex(8),
            before.number + 1 if before else 1,
            value,
            " ".join(reason.split()),
            dt.date.today(),
        )
        connection.execute(entries.insert().values(row_of(made)))
        return made

    def _found(self, connection: Connection, value: Value, id: str) -> KeptRecord | None:
        standing = _standing(connection, _kind(value))
        if id:
            return next((one for one in standing if one.id == id), None)
        about = what_about(value)
        return next((one for one in reversed(standing) if what_about(one.value) == about), None)

    def entries(self, kind: str = "") -> tuple[KeptRecord, ...]:
        """What stands, oldest record first; of one kind, if named."""
        with database.reading(self._engine, self._name) as connection:
            return tuple(
                one for name in _KINDS if kind in ("", name) for one in _standing(connection, name)
            )

    def history(self, id: str) -> tuple[KeptRecord, ...]:
        """All versions of a record, oldest first."""
        with database.reading(self._engine, self._name) as connection:
            query = select(entries).where(entries.c.id == id).order_by(entries.c.number)
            return tuple(_entry(row) for row in connection.execute(query))

    def records(self) -> Records:
        """Everything as it stands."""
        found: dict[str, list[Any]] = {name: [] for name in _KINDS}
        for one in self.entries():
            found[_kind(one.value)].append(one.value)
        return Records(
            tuple(found["agreed"]),
            tuple(found["votes"]),
            tuple(found["words"]),
            tuple(found["action"]),
            tuple(found["line"]),
            self._past(),
        )

    def _past(self) -> tuple[tuple[str, OpenLine], ...]:
        """Every version of every line, with its day, in the order in which they were kept."""
        with database.reading(self._engine, self._name) as connection:
            query = select(entries).where(entries.c.kind == "line").order_by(text("entries.rowid"))
            kept = [_entry(row) for row in connection.execute(query)]
        return tuple(
            (one.day.isoformat(), one.value) for one in kept if isinstance(one.value, OpenLine)
        )

    def take_back(self, id: str) -> int:
        """Erase a record with all its versions, so that nothing of it is left in the file.

        Somebody's name may have slipped into a record; whoever it names can have it taken out.

        Returns
        -------
        int
            How many versions went.
        """
        with database.writing(self._engine, self._name) as connection:
            count = connection.execute(delete(entries).where(entries.c.id == id)).rowcount
        if count:
            database.compact(self._engine, self._name)
        return int(count)


def _standing(connection: Connection, kind: str) -> list[KeptRecord]:
    """The last version of each record of a kind, in the order in which they were first kept."""
    known: dict[str, KeptRecord] = {}
    query = select(entries).where(entries.c.kind == kind).order_by(text("entries.rowid"))
    for row in connection.execute(query):
        if row.id not in known or row.number > known[row.id].number:
            known[row.id] = _entry(row)
    return list(known.values())


def row_of(made: KeptRecord) -> dict[str, Any]:
    """A version as it stands in the tables."""
    return {
        "id": made.id,
        "number": made.number,
        "kind": _kind(made.value),
        "wave": _wave(made.value),
        "body": json.dumps(asdict(made.value), ensure_ascii=False, sort_keys=True),
        "reason": made.reason,
        "day": made.day,
    }


def _entry(row: Any) -> KeptRecord:
    known = _KINDS[row.kind]
    body = json.loads(row.body)
    names = known.__dataclass_fields__
    value = known(**{name: one for name, one in body.items() if name in names})
    return KeptRecord(row.id, row.number, value, row.reason, row.day)


def _kind(value: Value) -> str:
    return next(name for name, known in _KINDS.items() if isinstance(value, known))


def _wave(value: Value) -> str:
    return value.since if isinstance(value, Followed) else value.wave


@contextlib.contextmanager
def open_records(engagement: Engagement, *, write: bool = True) -> Iterator[Keeper]:
    """The records of an engagement.

    Parameters
    ----------
    write
        False to look only: nothing is made, and a folder that cannot be written is read.

    Raises
    ------
    StoreError
        If they cannot be opened, are too new, or are another engagement's.
    """
    path = engagement.folder / FILE
    engine = copies.opened(path, write=write)
    none = engine is None
    if engine is None:
        engine = database.connect(database.locate("sqlite://", engagement.folder))
    try:
        _settle(engine, engagement, write or none)
        yield Keeper(engine, FILE)
    finally:
        engine.dispose()


def _settle(engine: Engine, engagement: Engagement, write: bool) -> None:
    """Tables of today, and whose records these are."""
    path = engagement.folder / FILE
    now = owner_of(engagement, path)
    TABLES.settle(engine, path, write=write, look=lambda c: compare(_owner(c), now, FILE, _HELD))
    if write:
        with database.writing(engine, FILE) as connection:
            stored = _owner(connection)
            compare(stored, now, FILE, _HELD)
            if stored != now:
                connection.execute(
                    update(facts).values(
                        engagement=now.engagement, client=now.client, place=now.place
                    )
                )


def _owner(connection: Connection) -> Owner | None:
    row = connection.execute(select(facts.c.engagement, facts.c.client, facts.c.place)).one()
    return None if row.engagement is None else Owner(row.engagement, row.client, row.place)


def records_of(engagement: Engagement) -> Records:
    """What stands in an engagement's records; nothing where there are none.

    Raises
    ------
    StoreError
        As of `open_records`.
    """
    if not (engagement.folder / FILE).exists():
        return Records()
    with open_records(engagement, write=False) as keeper:
        return keeper.records()


def overlay(engagement: Engagement, records: Records) -> Engagement:
    """An engagement whose followed actions are those of the records, and those only it has."""
    kept = {what_about(one): one for one in records.actions}
    left = tuple(one for one in engagement.followed if what_about(one) not in kept)
    return replace(engagement, followed=(*left, *records.actions))
