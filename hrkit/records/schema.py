"""The tables of the records, and what a database must look like to be one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    select,
    update,
)

from hrkit.errors import StoreError
from hrkit.storage.migrations import upgrade
from hrkit.storage.versions import readable

__all__ = ["STEPS", "VERSION", "entries", "examine", "facts", "prepare"]

#: Version of the tables; records with a higher one were written by a newer hrkit.
VERSION = 1
#: The steps from one version to the next.
STEPS = Path(__file__).with_name("migrations")

_metadata = MetaData()

facts = Table(
    "records_meta",
    _metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("created", Date, nullable=False),
    Column("engagement", Text),
    Column("client", Text),
    Column("place", Text),
)

#: One line a version; the highest number of an id is what stands.
entries = Table(
    "entries",
    _metadata,
    Column("id", String(16), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("wave", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("day", Date, nullable=False),
    Index("entries_kind", "kind", "wave"),
)


def examine(connection: Connection, name: str) -> int | None:
    """The version of the tables; None for an empty database.

    Raises
    ------
    StoreError
        If the database belongs to something else, or to a newer version of the kit.
    """
    there = set(inspect(connection).get_table_names())
    if not there:
        return None
    if "records_meta" not in there:
        raise StoreError(f"{name} is a database of something else; give the records their own.")
    return readable(connection.scalar(select(facts.c.schema_version)), VERSION, name)


def prepare(connection: Connection, name: str) -> None:
    """Make the tables in an empty database, or bring those that are there to this version."""
    version = examine(connection, name)
    if version is None:
        _metadata.create_all(connection)
        connection.execute(
            facts.insert().values(id=1, schema_version=VERSION, created=dt.date.today())
        )
    elif version < VERSION:
        made = upgrade(connection, STEPS, version)
        connection.execute(update(facts).values(schema_version=made))
