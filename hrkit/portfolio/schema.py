"""The tables in which a portfolio's benchmarks are kept, and what a database must look like to be that."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from hrkit.storage.tables import Tables

__all__ = ["TABLES", "brought", "facts", "issues", "shown"]

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

TABLES = Tables(_metadata, facts, 2, Path(__file__).with_name("migrations"), "move it away")
