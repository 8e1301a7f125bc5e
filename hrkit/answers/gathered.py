"""What people answer in a room, as a batch that can be taken back until it was shown.

It is kept as an import is (`hrkit.answers.batches`): whoever begins in the room bears its number, and
of whoever had answered before, what they said then is kept beside.  A batch of a room has no rows of
a file.  Once its result was shown, or the room has ended, nothing is known of who came by it.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update

from hrkit.answers import batches as imported
from hrkit.answers.schema import batches, releases, respondents
from hrkit.answers.schema import replaced as before

__all__ = ["goes_on", "number_of", "people", "settle", "shown_until"]


def number_of(connection: Connection, name: str, wave: str) -> int:
    """The batch of a room by its name; made if it is not there."""
    found = connection.scalar(select(batches.c.number).where(batches.c.name == name))
    if found is not None:
        return int(found)
    return imported.begin(connection, name, {wave}, rows=0, new=0, replaced=0).number


def goes_on(connection: Connection, key: str, batch: int) -> None:
    """Somebody answers in the room: what they said before it is kept, once."""
    here = respondents.c.key == key
    came = connection.scalar(select(respondents.c.batch).where(here))
    if came == batch:
        return
    imported.keep_before(connection, batch, {key})
    connection.execute(update(respondents).where(here).values(batch=batch))


def people(connection: Connection, name: str) -> int:
    """How many answered in the room of a name."""
    number = select(batches.c.number).where(batches.c.name == name).scalar_subquery()
    query = select(func.count()).select_from(respondents).where(respondents.c.batch == number)
    return int(connection.scalar(query) or 0)


def shown_until(connection: Connection, waves: tuple[str, ...]) -> int:
    """The last version of a wave that was issued, by its id; 0 for none."""
    query = select(func.max(releases.c.id)).where(releases.c.wave.in_(waves))
    return max(connection.scalar(query) or 0, 0)


def settle(connection: Connection, name: str) -> None:
    """Nobody is known any more to have answered in the room: it cannot be taken back."""
    number = connection.scalar(select(batches.c.number).where(batches.c.name == name))
    if number is None:
        return
    for key in connection.scalars(
        select(respondents.c.key).where(respondents.c.batch == number)
    ).all():
        imported.gone_on(connection, key)
    connection.execute(update(before).where(before.c.before == number).values(before=None))
    connection.execute(delete(before).where(before.c.batch == number))
    connection.execute(delete(batches).where(batches.c.number == number))
