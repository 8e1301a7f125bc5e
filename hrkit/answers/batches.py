"""Imports by name, each of which can be undone whole.

What a file brought is a *batch*.  Everybody in it bears its number, and where it put an answer in
the place of another, the other is kept beside, so that it comes back.  Whoever goes on in the form
after an import answers by themselves from then on: undoing the import leaves them as they are.

A batch has the name that was given to it or that of its day, never the name of a file: that may
be a person's.  Once a wave is frozen nothing of it can be undone, and then nobody's batch and
nothing of what stood before is kept any longer.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from hrkit.answers.schema import answers, asked, batches, codes, imports, releases, respondents
from hrkit.answers.schema import replaced as before
from hrkit.errors import AnswersError, StoreError
from hrkit.text import clean

__all__ = [
    "ImportBatch",
    "Undone",
    "begin",
    "closed",
    "erased",
    "forgotten",
    "gone_on",
    "keep_before",
    "listed",
    "named",
    "of_batch",
    "put_back",
]


@dataclass(frozen=True)
class ImportBatch:
    """An import: its name, its day, the waves it spoke of, and what it did then.

    Attributes
    ----------
    here
        How many people are in the store as it wrote them.
    frozen
        Those of its waves that have been released for good; with one it cannot be undone.
    """

    number: int
    name: str
    day: dt.date
    waves: tuple[str, ...]
    rows: int
    new: int
    replaced: int
    here: int = 0
    frozen: tuple[str, ...] = ()

    @property
    def in_room(self) -> bool:
        """Whether nothing was imported, and people answered in a room (`hrkit.answers.gathered`)."""
        return not self.rows


@dataclass(frozen=True)
class Undone:
    """What undoing a batch did.

    Attributes
    ----------
    gone, back
        People who are not in the store any more; whose earlier answers stand again.
    left
        People of the batch whom it does not stand behind any more: they have gone on by themselves
        since, and stay as they are, or were erased.
    issued
        Versions of its waves that were issued on its day or later.
    """

    batch: ImportBatch
    gone: int
    back: int
    left: int
    issued: int


def begin(
    connection: Connection,
    name: str,
    waves: Collection[str],
    *,
    rows: int,
    new: int,
    replaced: int,
) -> ImportBatch:
    """Note an import before what it brings is written.

    Raises
    ------
    AnswersError
        If a batch has that name.
    """
    day = dt.date.today()
    there = set(connection.scalars(select(batches.c.name)))
    name = clean(name)
    if name in there:
        raise AnswersError(
            f"Nothing was taken: there is an import called {name!r} already; choose another name."
        )
    number = 1 + (connection.scalar(select(func.max(batches.c.number))) or 0)
    after = 1
    while not name or name in there:
        name = f"{day}-{after}" if after > 1 else str(day)
        after += 1
    made = ImportBatch(number, name, day, tuple(sorted(waves)), rows, new, replaced)
    row = {"number": number, "name": name, "day": day, "waves": json.dumps(made.waves)}
    connection.execute(insert(batches).values(**row, rows=rows, new=new, replaced=replaced))
    return made


def keep_before(connection: Connection, batch: int, keys: Collection[str]) -> None:
    """Keep what people say who are about to be written anew."""
    rows = []
    for key in sorted(keys):
        person = dict(
            connection.execute(select(respondents).where(respondents.c.key == key)).one()._mapping
        )
        came = person.pop("batch")
        said = {"person": person, "answers": _said(connection, key)}
        text = json.dumps(said, ensure_ascii=False)
        rows.append({"batch": batch, "respondent": key, "before": came, "said": text})
    if rows:
        connection.execute(insert(before), rows)


def _said(connection: Connection, key: str) -> list[list[str | None]]:
    query = select(answers.c.item, answers.c.facet, answers.c.value, answers.c.id)
    query = query.where(answers.c.respondent == key).order_by(answers.c.item, answers.c.facet)
    return [list(row) for row in connection.execute(query)]


def listed(connection: Connection) -> tuple[ImportBatch, ...]:
    """All batches that were not undone, oldest first; which waves are frozen is not asked."""
    count = select(respondents.c.batch, func.count()).group_by(respondents.c.batch)
    here = {row[0]: int(row[1]) for row in connection.execute(count)}
    return tuple(
        ImportBatch(
            row.number,
            row.name,
            row.day,
            tuple(json.loads(row.waves)),
            row.rows,
            row.new,
            row.replaced,
            here.get(row.number, 0),
        )
        for row in connection.execute(select(batches).order_by(batches.c.number))
    )


def named(there: Collection[ImportBatch], name: str) -> ImportBatch:
    """The batch of a name; the last import if it is empty.

    Raises
    ------
    StoreError
        If there is none.
    """
    files = [one for one in there if not one.in_room]
    found = [one for one in there if one.name == clean(name)] if name else files
    if found:
        return found[-1]
    if not (there if name else files):
        raise StoreError("Nothing was imported that could be undone.")
    raise StoreError(
        f"There is no import {name!r}; there are {', '.join(one.name for one in there)}."
    )


def of_batch(connection: Connection, batch: ImportBatch) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of those who came by a batch, and of those who were there before it.

    Raises
    ------
    StoreError
        If a later import took the place of something that this one wrote.
    """
    over = select(before.c.batch).where(before.c.before == batch.number)
    newer = select(batches.c.name).where(batches.c.number.in_(over))
    later = list(connection.scalars(newer.order_by(batches.c.number.desc())))
    if later:
        raise StoreError(
            f"{batch.name} cannot be undone yet: {', '.join(later)} came later and took the place of "
            "some of its answers. Undo the later one first."
        )
    mine = respondents.c.batch == batch.number
    keys = set(connection.scalars(select(respondents.c.key).where(mine)))
    kept = set(
        connection.scalars(select(before.c.respondent).where(before.c.batch == batch.number))
    )
    return tuple(sorted(keys - kept)), tuple(sorted(keys & kept))


def put_back(
    connection: Connection, batch: ImportBatch, keys: Iterable[str]
) -> frozenset[tuple[str, str]]:
    """Let people say again what they said before a batch; the words that go, by question.

    A code that was made void meanwhile stays void.
    """
    words: set[tuple[str, str]] = set()
    for key in keys:
        where = (before.c.batch == batch.number, before.c.respondent == key)
        row = connection.execute(select(before).where(*where)).one()
        said: dict[str, Any] = json.loads(row.said)
        now = {(item, value) for item, _, value, id in _said(connection, key) if id and item}
        person = {**said["person"], "batch": row.before}
        here = respondents.c.key == key
        if connection.scalar(select(respondents.c.code_hash).where(here)) is None:
            person["code_hash"] = None
        connection.execute(update(respondents).where(here).values(**person))
        connection.execute(delete(answers).where(answers.c.respondent == key))
        names = ("item", "facet", "value", "id")
        rows = [
            {"respondent": key, **dict(zip(names, one, strict=True))} for one in said["answers"]
        ]
        if rows:
            connection.execute(insert(answers), rows)
        connection.execute(delete(before).where(*where))
        then = {(item, value) for item, _, value, id in said["answers"] if id}
        words |= {(str(item), str(value)) for item, value in now - then}
    return frozenset(words)


def erased(connection: Connection, batch: ImportBatch) -> None:
    """Forget a batch that was undone: its files may come again, its waves may begin anew."""
    of = batch.number
    connection.execute(update(respondents).where(respondents.c.batch == of).values(batch=None))
    connection.execute(delete(before).where(before.c.batch == of))
    connection.execute(delete(imports).where(imports.c.batch == of))
    connection.execute(delete(batches).where(batches.c.number == of))
    for wave in batch.waves:
        begun = (
            select(respondents.c.key).where(respondents.c.wave == wave),
            select(codes.c.hash).where(codes.c.wave == wave),
            select(releases.c.id).where(releases.c.wave == wave),
        )
        if not any(connection.execute(query.limit(1)).first() for query in begun):
            connection.execute(delete(asked).where(asked.c.wave == wave))


def gone_on(connection: Connection, key: str) -> None:
    """Somebody answers by themselves from now on: no import stands behind what they say."""
    here = (respondents.c.key == key, respondents.c.batch.is_not(None))
    if connection.execute(update(respondents).where(*here).values(batch=None)).rowcount:
        connection.execute(delete(before).where(before.c.respondent == key))


def closed(connection: Connection, waves: Collection[str]) -> None:
    """A wave was frozen: nothing of it can be undone, so nothing is kept for that."""
    inside = respondents.c.wave.in_(waves)
    keys = select(respondents.c.key).where(inside)
    connection.execute(delete(before).where(before.c.respondent.in_(keys)))
    connection.execute(update(respondents).where(inside).values(batch=None))


def forgotten(connection: Connection, waves: Collection[str]) -> None:
    """All answers of a wave were erased: no import speaks of it any more."""
    for one in listed(connection):
        rest = [wave for wave in one.waves if wave not in waves]
        this = batches.c.number == one.number
        if not rest:
            connection.execute(delete(batches).where(this))
        elif len(rest) < len(one.waves):
            connection.execute(update(batches).where(this).values(waves=json.dumps(rest)))
