"""What is kept of one person, and by what it would be known again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from hrkit.answers.codes import token
from hrkit.answers.schema import answers, respondents

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
    )


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
    return frozenset(names), frozenset(hashes), frozenset(words)
