"""The store's tables, and what a database must look like to be one.

Nothing here remembers when or in which order anybody answered.  Respondents have random keys,
SQLite keeps these tables without row ids (a row id *is* the order of arrival), and no date is finer
than a day.  A respondent is one person in one wave; the hash of a personal code links the same
person's waves.
"""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    select,
    update,
)

from hrkit.errors import StoreError
from hrkit.storage.migrations import upgrade
from hrkit.storage.versions import readable

__all__ = [
    "STEPS",
    "VERSION",
    "StoreFacts",
    "answers",
    "asked",
    "batches",
    "codes",
    "examine",
    "imports",
    "meta",
    "prepare",
    "releases",
    "replaced",
    "respondents",
    "waves",
]

#: Version of the tables; a store with a higher one was written by a newer hrkit.
VERSION = 6

#: The steps from one version to the next.
STEPS = Path(__file__).with_name("migrations")

_metadata = MetaData()

meta = Table(
    "meta",
    _metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("salt", String(64), nullable=False),
    Column("created", Date, nullable=False),
    # Whose answers these are, see `hrkit.answers.identity`.
    Column("engagement", Text),
    Column("client", Text),
    Column("place", Text),
)

respondents = Table(
    "respondents",
    _metadata,
    Column("key", String(32), primary_key=True),
    Column("wave", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("perspective", Text, nullable=False),
    Column("level", Text),
    Column("pair", Text),
    Column("code_hash", String(64)),
    # In which language somebody answered, and whether faster than anybody can read (1), as coarse
    # as that: no time and no order of anything.  None where it is not known.
    Column("language", String(16)),
    Column("hasty", Integer),
    # ``paper`` where somebody typed a form in; it is part of no figure.
    Column("source", String(16)),
    # The import that wrote this, while it can be undone; None of whoever answered, or has gone on,
    # by themselves, and in a frozen wave.
    Column("batch", Integer),
    UniqueConstraint("wave", "code_hash"),
    sqlite_with_rowid=False,
)

answers = Table(
    "answers",
    _metadata,
    Column("respondent", ForeignKey(respondents.c.key, ondelete="CASCADE"), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("facet", Text, primary_key=True),
    Column("value", Text, nullable=False),
    # Only comments have one: by it a person clears a comment for print.
    Column("id", String(16)),
    Index("answers_id", "id", unique=True),
    sqlite_with_rowid=False,
)

imports = Table(
    "imports",
    _metadata,
    Column("digest", String(64), primary_key=True),
    Column("wave", Text, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("batch", Integer),
    sqlite_with_rowid=False,
)

#: Imports by name, so that each can be undone whole, see `hrkit.answers.batches`.
batches = Table(
    "batches",
    _metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("day", Date, nullable=False),
    # Ids, as they stand in the store (JSON).
    Column("waves", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("replaced", Integer, nullable=False),
    UniqueConstraint("name"),
)

#: What stood before an import took its place; it goes with the person, and when a wave is frozen.
replaced = Table(
    "replaced",
    _metadata,
    Column("batch", Integer, primary_key=True),
    Column("respondent", ForeignKey(respondents.c.key, ondelete="CASCADE"), primary_key=True),
    # The import by which that had come.
    Column("before", Integer),
    # The person's facts and answers (JSON).
    Column("said", Text, nullable=False),
    sqlite_with_rowid=False,
)

waves = Table(
    "waves",
    _metadata,
    Column("wave", Text, primary_key=True),
    Column("frozen_on", Date, nullable=False),
    Column("digest", Text, nullable=False),
    # What was said on that day: the audit, and the settings it was released with (JSON).
    Column("audit", Text),
    Column("settings", Text),
    sqlite_with_rowid=False,
)

releases = Table(
    "releases",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("wave", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("audit", Text, nullable=False),
    # Digest of everything the version follows from: the same again is the same version.
    Column("basis", Text),
)

#: Which instrument a wave was asked with.
asked = Table(
    "asked",
    _metadata,
    Column("wave", Text, primary_key=True),
    Column("instrument", Text, nullable=False),
    Column("version", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: Codes that were handed out, and what they say of whoever answers with them.
codes = Table(
    "codes",
    _metadata,
    Column("hash", String(64), primary_key=True),
    Column("wave", Text, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("perspective", Text, nullable=False),
    Column("level", Text),
    Column("pair", Text),
    sqlite_with_rowid=False,
)


class StoreFacts(NamedTuple):
    """What a store says of itself, whatever its version."""

    version: int
    salt: str


def examine(connection: Connection, name: str) -> StoreFacts | None:
    """What a store says of itself; None for an empty database.

    Parameters
    ----------
    connection
        In a transaction; nothing is written.
    name
        What problems call the store.

    Raises
    ------
    StoreError
        If the database belongs to something else, or to a newer version of the kit.
    """
    there = set(inspect(connection).get_table_names())
    if not there:
        return None
    if "meta" not in there or not there & {"respondents", "waves"}:
        raise StoreError(
            f"{name} is a database of something else (it has the tables {', '.join(sorted(there)[:5])})"
            "; give the answers a database of their own."
        )
    row = connection.execute(select(meta.c.schema_version, meta.c.salt)).one_or_none()
    version = readable(None if row is None else row.schema_version, VERSION, name)
    assert row is not None
    return StoreFacts(version, row.salt)


def prepare(connection: Connection, name: str) -> StoreFacts:
    """Make the tables in an empty database, or bring those that are there to this version.

    Parameters
    ----------
    connection
        In a transaction that may write.
    name
        What problems call the store.
    """
    known = examine(connection, name)
    if known is None:
        _metadata.create_all(connection)
        known = StoreFacts(VERSION, secrets.token_hex(32))
        connection.execute(
            meta.insert().values(
                id=1, schema_version=VERSION, salt=known.salt, created=dt.date.today()
            )
        )
    elif known.version < VERSION:
        known = StoreFacts(upgrade(connection, STEPS, known.version), known.salt)
        connection.execute(update(meta).values(schema_version=known.version))
    return known
