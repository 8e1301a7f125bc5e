"""The tables of the records, and what a database must look like to be one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from hrkit.storage.tables import Tables

__all__ = ["TABLES", "entries", "facts"]

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

TABLES = Tables(
    _metadata, facts, 1, Path(__file__).with_name("migrations"), "give the records their own"
)
