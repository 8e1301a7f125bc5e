"""What is asked of the store's tables; every order is that of random keys, never of arrival."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, or_, select

from hrkit.answers import batches, slips
from hrkit.answers.responses import HOW, PEOPLE, Responses, tables
from hrkit.answers.schema import answers, codes, imports, respondents

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "comments",
    "content",
    "erase",
    "erase_waves",
    "everything",
    "from_source",
    "hashes_among",
    "links",
    "of_code",
    "stored_wave",
    "waves",
    "words_of",
]


def everything(connection: Connection, waves: Collection[str] | None) -> Responses:
    """All responses, or those of a wave, by the names under which it was ever stored."""
    people = select(respondents.c.key, *(respondents.c[name] for name in (*PEOPLE[1:], *HOW)))
    given = select(answers.c.respondent, answers.c.item, answers.c.facet, answers.c.value)
    if waves is not None:
        people = people.where(respondents.c.wave.in_(waves))
        given = given.join(respondents).where(respondents.c.wave.in_(waves))
    given = given.order_by(answers.c.respondent, answers.c.item, answers.c.facet)
    return tables(
        (
            (*row[:-1], None if row.hasty is None else str(row.hasty))
            for row in connection.execute(people.order_by(respondents.c.key))
        ),
        map(tuple, connection.execute(given)),
    )


def content(connection: Connection, waves: Collection[str]) -> str:
    """A digest of all that a wave's respondents are and said, and of who they are by key.

    The same respondents with the same answers have the same digest, and nobody else.
    """
    made = hashlib.sha256()
    people = select(respondents.c.key, *(respondents.c[name] for name in PEOPLE[2:]))
    people = people.where(respondents.c.wave.in_(waves)).order_by(respondents.c.key)
    given = select(answers.c.respondent, answers.c.item, answers.c.facet, answers.c.value)
    given = given.join(respondents).where(respondents.c.wave.in_(waves))
    given = given.order_by(answers.c.respondent, answers.c.item, answers.c.facet)
    how = select(respondents.c.key, *(respondents.c[name] for name in HOW))
    how = how.where(respondents.c.wave.in_(waves)).order_by(respondents.c.key)
    # Where it is known of nobody the digest is that of a store that did not ask.
    how = how.where(or_(*(respondents.c[name].is_not(None) for name in HOW)))
    for query in (people, given, how):
        # Servers sort text by the rules of a language; a digest knows none.
        for row in sorted(map(tuple, connection.execute(query))):
            made.update(json.dumps(list(row)).encode())
    return made.hexdigest()


def words_of(connection: Connection, keys: Iterable[str]) -> list[tuple[str, str, str]]:
    """What respondents said in own words: id, item and text of each comment."""
    found = []
    for key in keys:
        query = select(answers.c.id, answers.c.item, answers.c.value)
        query = query.where(answers.c.respondent == key, answers.c.id.is_not(None))
        found += [(row.id, row.item, row.value) for row in connection.execute(query)]
    return found


def stored_wave(connection: Connection, names: Sequence[str]) -> str:
    """Of the ids that a wave has and had, the one that answers are stored under; else its own."""
    query = select(respondents.c.wave).where(respondents.c.wave.in_(names))
    there = set(connection.scalars(query.distinct()))
    return next((name for name in (*names[1:], names[0]) if name in there), names[0])


def from_source(connection: Connection, waves: Collection[str], source: str) -> int:
    """How many respondents of a wave came in a way."""
    query = select(func.count()).select_from(respondents)
    query = query.where(respondents.c.wave.in_(waves), respondents.c.source == source)
    return int(connection.execute(query).scalar_one())


def waves(connection: Connection) -> set[str]:
    """Ids of all waves that anybody answered in."""
    query = select(respondents.c.wave).join(answers, answers.c.respondent == respondents.c.key)
    return set(connection.scalars(query.distinct()))


def comments(connection: Connection, waves: Collection[str] | None) -> DataFrame:
    """Answers in own words: ``id, item, perspective, text, respondent`` (the key)."""
    import pandas as pd

    query = select(
        answers.c.id, answers.c.item, respondents.c.perspective, answers.c.value, respondents.c.key
    )
    query = query.join(respondents).where(answers.c.id.is_not(None)).order_by(answers.c.id)
    if waves is not None:
        query = query.where(respondents.c.wave.in_(waves))
    rows = [tuple(row) for row in connection.execute(query)]
    names = ["id", "item", "perspective", "text", "respondent"]
    return pd.DataFrame(rows, columns=names, dtype=object)


def links(
    connection: Connection, first: Collection[str], second: Collection[str]
) -> list[tuple[str, str]]:
    """Pairs of respondents of two waves with the same personal code, by any id the waves had."""
    a, b = respondents.alias(), respondents.alias()
    query = select(a.c.key, b.c.key).join(b, a.c.code_hash == b.c.code_hash)
    query = query.where(a.c.wave.in_(first), b.c.wave.in_(second)).order_by(a.c.key)
    return [(one, other) for one, other in connection.execute(query)]


def of_code(connection: Connection, code_hash: str) -> tuple[str, ...]:
    """The respondents of a personal code, one a wave."""
    query = select(respondents.c.key).where(respondents.c.code_hash == code_hash)
    return tuple(connection.scalars(query.order_by(respondents.c.wave)))


def hashes_among(connection: Connection, forms: Iterable[str]) -> frozenset[str]:
    """Those of some hashes of codes that are in the store."""
    query = select(respondents.c.code_hash).where(respondents.c.code_hash.in_(list(forms)))
    return frozenset(map(str, connection.scalars(query.distinct())))


def erase(connection: Connection, keys: Iterable[str], *, codes: bool = True) -> int:
    """Delete respondents with their answers, and their ``codes`` too; how many there were."""
    count = 0
    for key in keys:
        code = connection.scalars(select(respondents.c.code_hash).where(respondents.c.key == key))
        slips.forget(connection, [one for one in code if one and codes])
        connection.execute(delete(answers).where(answers.c.respondent == key))
        count += connection.execute(delete(respondents).where(respondents.c.key == key)).rowcount
    return count


def erase_waves(connection: Connection, waves: Collection[str]) -> int:
    """Delete all answers of a wave and what was kept of its imports."""
    keys = list(connection.scalars(select(respondents.c.key).where(respondents.c.wave.in_(waves))))
    connection.execute(delete(imports).where(imports.c.wave.in_(waves)))
    connection.execute(delete(codes).where(codes.c.wave.in_(waves)))
    batches.forgotten(connection, waves)
    return erase(connection, keys)
