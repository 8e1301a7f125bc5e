"""Statements compiled once in a process, not once for each file.

SQLAlchemy keeps what it has compiled with an engine, under the engine's dialect.  The kit opens many
files, one after the other, and says the same to all of them: of SQLite, dialects of one driver are
therefore as good as each other (the same version, the same features), and their engines share what
was compiled.  A server's are left alone: what its dialect knows it has learned from that server.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

__all__ = ["SHARED", "sharing"]

_NAME = "sqlite.hrkit"
#: For ``create_engine``: everything that any of these engines has compiled.
SHARED: dict[str, Any] = {"execution_options": {"compiled_cache": {}}}


class Dialect(SQLiteDialect_pysqlite):
    """SQLite's; one is equal to another of the same driver."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.dbapi is self.dbapi

    def __hash__(self) -> int:
        return hash((type(self), id(self.dbapi)))


registry.register(_NAME, __name__, Dialect.__name__)


def sharing(url: URL) -> URL:
    """The URL by which an engine gets this dialect; others, and those that name a driver, stay."""
    return url.set(drivername=_NAME.replace(".", "+")) if url.drivername == "sqlite" else url
