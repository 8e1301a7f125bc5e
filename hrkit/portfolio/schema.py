"""The tables in which a portfolio's benchmarks are kept, and what a database must look like to be that."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
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

__all__ = ["STEPS", "VERSION", "brought", "examine", "facts", "issues", "prepare", "shown"]

#: Version of the tables; a file with a higher one was written by a newer hrkit.
VERSION = 2
#: The steps from one version to the next.
STEPS = Path(__file__).with_name("migrations")

_metadata = MetaData()

facts = Table(
    "benchmarks_meta",
    _metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("created", Date, nullable=False),
)

#: One line a benchmark that was issued: what it showed, and whose means stood behind it.
issues = Table(
    "issues",
    _metadata,
    Column("number", Integer, primary_key=True),
    Column("wave", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("norms", Text, nullable=False),
    Column("members", Text, nullable=False),
)

#: To whom which of them was shown, and when first.
shown = Table(
    "shown",
    _metadata,
    Column("number", Integer, primary_key=True),
    Column("organisation", String(200), primary_key=True),
    Column("day", Date, nullable=False),
)

#: What each organisation brought in last, by wave.
brought = Table(
    "brought",
    _metadata,
    Column("wave", String(200), primary_key=True),
    Column("organisation", String(200), primary_key=True),
    Column("body", Text, nullable=False),
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
    if "benchmarks_meta" not in there:
        raise StoreError(f"{name} is a database of something else; move it away.")
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
