"""The tables of a file that a wing keeps for itself: made where there are none, brought to today's version.

The answers have more to say of themselves (a salt, a backup of a database on a server), see
`hrkit.answers.opening`; records and benchmarks are settled here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, Table, inspect, select, update

from hrkit.errors import StoreError
from hrkit.storage import copies, database
from hrkit.storage.migrations import upgrade
from hrkit.storage.versions import readable

__all__ = ["Tables"]


@dataclass(frozen=True)
class Tables:
    """What a wing's file must look like.

    Attributes
    ----------
    metadata
        All tables.
    facts
        The one with a single row: ``id``, ``schema_version``, ``created``.
    version
        Of the tables; a file with a higher one was written by a newer hrkit.
    steps
        Folder of the steps from one version to the next.
    elsewhere
        What to do where the file is a database of something else.
    """

    metadata: MetaData
    facts: Table
    version: int
    steps: Path
    elsewhere: str

    def examine(self, connection: Connection, name: str) -> int | None:
        """The version of the tables; None for an empty database.

        Raises
        ------
        StoreError
            If the database belongs to something else, or to a newer version of the kit.
        """
        there = set(inspect(connection).get_table_names())
        if not there:
            return None
        if self.facts.name not in there:
            raise StoreError(f"{name} is a database of something else; {self.elsewhere}.")
        return readable(connection.scalar(select(self.facts.c.schema_version)), self.version, name)

    def prepare(self, connection: Connection, name: str) -> None:
        """Make the tables in an empty database, or bring those that are there to this version."""
        version = self.examine(connection, name)
        if version is None:
            self.metadata.create_all(connection)
            connection.execute(
                self.facts.insert().values(
                    id=1, schema_version=self.version, created=dt.date.today()
                )
            )
        elif version < self.version:
            made = upgrade(connection, self.steps, version)
            connection.execute(update(self.facts).values(schema_version=made))

    def settle(
        self,
        engine: Engine,
        path: Path,
        *,
        write: bool,
        look: Callable[[Connection], object] = lambda _: None,
    ) -> None:
        """Have the tables as they are today before anything else is done with the file.

        Parameters
        ----------
        write
            False to look only: an empty file is refused, an older one left as it is.
        look
            Asked of tables that are there before they are touched.

        Raises
        ------
        StoreError
            If the file is empty and may not be written, is too new, or is something else.
        """
        with database.reading(engine, path.name) as connection:
            known = self.examine(connection, path.name)
            if known is not None:
                look(connection)
        if known is None and not write:
            raise StoreError(f"{path.name} is empty; take it away, and it is made anew.")
        if known is None or (known < self.version and write):
            with database.writing(engine, path.name) as connection:
                if known is not None and path.is_file():
                    copies.backup(path, f"v{known}")
                self.prepare(connection, path.name)
