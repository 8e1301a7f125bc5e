"""What is kept of one person, and by what it would be known again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from hrkit.answers.codes import token
from hrkit.answers.schema import answers, replaced, respondents

__all__ = ["DataSubject", "kept", "traces"]


@dataclass(frozen=True, slots=True)
class DataSubject:
    """One respondent of one wave.

    Attributes
    ----------
    key
        The random key under which the answers lie.
    wave, unit, perspective, level, pair
        As they are stored.
    language, hasty, source
        How they answered, as far as it is kept; None where it is not.
    answers
        Item and facet to the answer.
    comments
        Ids of the answers in own words, by item and facet.
    earlier
        What stood before imports took its place, as long as that is kept.
    """

    key: str
    wave: str
    unit: str
    perspective: str
    level: str | None
    pair: str | None
    language: str | None
    hasty: bool | None
    source: str | None
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    comments: Mapping[tuple[str, str], str] = field(default_factory=dict)
    earlier: tuple[Mapping[tuple[str, str], str], ...] = ()


def kept(connection: Connection, key: str) -> DataSubject:
    """Everything that is kept of a respondent."""
    row = connection.execute(select(respondents).where(respondents.c.key == key)).one()
    query = select(answers).where(answers.c.respondent == key)
    given = list(connection.execute(query.order_by(answers.c.item, answers.c.facet)))
    return DataSubject(
        row.key,
        row.wave,
        row.unit,
        row.perspective,
        row.level,
        row.pair,
        row.language,
        None if row.hasty is None else bool(row.hasty),
        row.source,
        {(one.item, one.facet): one.value for one in given},
        {(one.item, one.facet): one.id for one in given if one.id},
        tuple(
            {(item, facet): value for item, facet, value, _ in before}
            for before in _earlier(connection, key)
        ),
    )


def _earlier(connection: Connection, key: str) -> list[list[list[str]]]:
    """Item, facet, value and id of the answers that stood before each import."""
    query = select(replaced.c.said).where(replaced.c.respondent == key).order_by(replaced.c.batch)
    return [json.loads(said)["answers"] for said in connection.scalars(query)]


def traces(
    connection: Connection, keys: Collection[str]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Keys and tokens, hashes of codes, and own words of some respondents."""
    names, hashes, words = set(keys), set(), set()
    for key in keys:
        names.add(token(key))
        code = select(respondents.c.code_hash).where(respondents.c.key == key)
        hashes |= {one for one in connection.scalars(code) if one}
        said = select(answers.c.value).where(answers.c.respondent == key, answers.c.id.is_not(None))
        words |= set(connection.scalars(said))
        words |= {row[2] for before in _earlier(connection, key) for row in before if row[3]}
    return frozenset(names), frozenset(hashes), frozenset(words)
