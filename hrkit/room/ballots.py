"""Votes until they are shown: in a private file, by tokens, erased with the vote.

A vote has to survive a process that is killed, so it lies on disk; under a token that is made of the
voter's code and a salt of this file, so that it is nobody's answer.  Once both votes of a topic are
shown, voided or left behind, nothing of them is kept but what was shown.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, delete, insert, select

from hrkit.storage import database

__all__ = ["FILE", "Ballots"]

#: Name of the file in the engagement's folder.
FILE = "room-votes.sqlite"

_metadata = MetaData()
_salt = Table(
    "salt", _metadata, Column("id", Integer, primary_key=True), Column("salt", String(64))
)
_cast = Table(
    "votes",
    _metadata,
    Column("topic", String(64), primary_key=True),
    Column("which", String(8), primary_key=True),
    Column("voter", String(64), primary_key=True),
    Column("level", Integer, nullable=False),
    sqlite_with_rowid=False,
)


class Ballots:
    """The votes of one room.

    Parameters
    ----------
    folder
        Where the file lies; None keeps them in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        place = FILE if folder else "sqlite://"
        url = database.locate(place, folder or Path())
        self._path = database.file_of(url)
        if self._path is not None:
            database.make_private(self._path)
        self._engine = database.connect(url, held=True)
        with database.writing(self._engine, FILE) as connection:
            _metadata.create_all(connection)
            found = connection.scalar(select(_salt.c.salt))
            if found is None:
                found = secrets.token_hex(32)
                connection.execute(insert(_salt).values(id=1, salt=found))
        self._key = bytes.fromhex(found)

    def voter(self, code: str) -> str:
        """The token under which somebody votes."""
        return hmac.new(self._key, code.encode("utf-8"), hashlib.sha256).hexdigest()

    def cast(self, topic: str, which: str, voter: str, level: int) -> None:
        """Keep a vote; 0 sits out.  The last one counts."""
        at = (_cast.c.topic == topic) & (_cast.c.which == which) & (_cast.c.voter == voter)
        with database.writing(self._engine, FILE) as connection:
            connection.execute(delete(_cast).where(at))
            connection.execute(
                insert(_cast).values(topic=topic, which=which, voter=voter, level=level)
            )

    def withdraw(self, topic: str, which: str, voter: str) -> None:
        """Take one vote out."""
        at = (_cast.c.topic == topic) & (_cast.c.which == which) & (_cast.c.voter == voter)
        with database.writing(self._engine, FILE) as connection:
            connection.execute(delete(_cast).where(at))

    def votes(self, topic: str, which: str) -> dict[str, int]:
        """Voter to level, 1 to 5, of those who did not sit out."""
        query = select(_cast.c.voter, _cast.c.level).where(
            (_cast.c.topic == topic) & (_cast.c.which == which) & (_cast.c.level > 0)
        )
        with database.reading(self._engine, FILE) as connection:
            return {row.voter: row.level for row in connection.execute(query)}

    def given(self, topic: str, which: str) -> int:
        """How many have voted or sat out."""
        query = select(_cast.c.voter).where((_cast.c.topic == topic) & (_cast.c.which == which))
        with database.reading(self._engine, FILE) as connection:
            return len(connection.execute(query).all())

    def own(self, topic: str, which: str, voter: str) -> int | None:
        """What somebody voted; None for nothing yet."""
        at = (_cast.c.topic == topic) & (_cast.c.which == which) & (_cast.c.voter == voter)
        with database.reading(self._engine, FILE) as connection:
            return connection.scalar(select(_cast.c.level).where(at))

    def erase(self, topic: str = "", which: str = "") -> None:
        """Leave nothing of a vote, of a topic, or of all."""
        query = delete(_cast)
        if topic:
            query = query.where(_cast.c.topic == topic)
        if which:
            query = query.where(_cast.c.which == which)
        with database.writing(self._engine, FILE) as connection:
            gone = connection.execute(query).rowcount
        if gone:
            database.compact(self._engine, FILE)

    def close(self) -> None:
        """Let go of the file; one without votes goes away."""
        with database.reading(self._engine, FILE) as connection:
            left = connection.execute(select(_cast.c.voter).limit(1)).first()
        self._engine.dispose()
        if left is None and self._path is not None:
            for end in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + end).unlink(missing_ok=True)
