"""What a PostgreSQL server is asked for, so that it behaves as a SQLite file does."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect

from hrkit.storage.refusals import PATIENCE, in_words

__all__ = ["begin", "rewrite"]

#: Under which number writers wait for each other on a server: "hrk".
_WRITERS = 0x68726B


def begin(connection: Connection) -> None:
    """A reader sees one state throughout; writers of one store wait for each other here.

    Waiting comes before the first look, so that whoever writes sees all that was written before.
    A schema is a store of its own, so the lock is named after it.
    """
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    if not options.get("hrkit_write", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    connection.exec_driver_sql(
        f"SELECT pg_advisory_xact_lock({_WRITERS}, hashtext(current_schema()::text))"
    )


def rewrite(engine: Engine, name: str) -> None:
    """Write the tables of a PostgreSQL schema anew, each by its primary key."""
    with in_words(name), engine.connect() as connection:
        # The block ends the transaction that looking began; no rewriting runs inside of one.
        with connection.begin():
            tables = inspect(connection)
            keys = {one: tables.get_pk_constraint(one)["name"] for one in tables.get_table_names()}
        quoted = connection.dialect.identifier_preparer.quote
        raw = connection.execution_options(isolation_level="AUTOCOMMIT")
        with raw.begin():
            raw.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}s'")
            for table, key in sorted(keys.items()):
                if key:
                    raw.exec_driver_sql(f"CLUSTER {quoted(table)} USING {quoted(key)}")
            raw.exec_driver_sql("RESET lock_timeout")
