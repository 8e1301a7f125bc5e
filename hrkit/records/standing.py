"""A file of records for somebody who prints them: what stands, without what stood before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import update

from hrkit.answers.identity import owner_of
from hrkit.model.engagement import Engagement
from hrkit.records.schema import TABLES, entries, facts
from hrkit.records.store import KeptRecord, row_of
from hrkit.records.values import Records
from hrkit.storage import database

__all__ = ["keep_copy"]


def keep_copy(engagement: Engagement, records: Records, path: Path) -> None:
    """Make a plain file of records that holds what stands and nothing else: no version of before, no reason.

    Parameters
    ----------
    engagement
        Whose they are; the copy says so.
    records
        What stands.
    path
        The file, in a private folder; none is there yet.
    """
    owner = owner_of(engagement, None)
    database.make_private(path)
    engine = database.connect(database.locate(path.name, path.parent), look=True)
    kinds = (records.agreed, records.votes, records.words, records.actions, records.lines)
    values: list[Any] = [one for kind in kinds for one in kind]
    try:
        with database.writing(engine, path.name) as connection:
            TABLES.prepare(connection, path.name)
            connection.execute(
                update(facts).values(engagement=owner.engagement, client=owner.client, place="")
            )
            for number, value in enumerate(values):
                one = KeptRecord(f"{number:016x}", 1, value, "", dt.date.today())
                connection.execute(entries.insert().values(row_of(one)))
    finally:
        engine.dispose()
