"""What is asked of the store's tables; every order is that of random keys, never of arrival."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from hrkit.answers.responses import PEOPLE, Responses, tables
from hrkit.answers.schema import answers, imports, respondents

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["comments", "erase", "erase_wave", "everything", "links", "of_code"]


def everything(connection: Connection, wave: str | None) -> Responses:
    """All responses, or those of a wave."""
    people = select(respondents.c.key, *(respondents.c[name] for name in PEOPLE[1:]))
    given = select(answers.c.respondent, answers.c.item, answers.c.facet, answers.c.value)
    if wave is not None:
        people = people.where(respondents.c.wave == wave)
        given = given.join(respondents).where(respondents.c.wave == wave)
    given = given.order_by(answers.c.respondent, answers.c.item, answers.c.facet)
    return tables(
        map(tuple, connection.execute(people.order_by(respondents.c.key))),
        map(tuple, connection.execute(given)),
    )


def comments(connection: Connection, wave: str | None) -> DataFrame:
    """Answers in own words: ``id, item, perspective, text, respondent`` (the key)."""
    import pandas as pd

    query = select(
        answers.c.id, answers.c.item, respondents.c.perspective, answers.c.value, respondents.c.key
    )
    query = query.join(respondents).where(answers.c.id.is_not(None)).order_by(answers.c.id)
    if wave is not None:
        query = query.where(respondents.c.wave == wave)
    rows = [tuple(row) for row in connection.execute(query)]
    return pd.DataFrame(
        rows, columns=["id", "item", "perspective", "text", "respondent"], dtype=object
    )


def links(connection: Connection, first: str, second: str) -> DataFrame:
    """Pairs of respondents of two waves with the same personal code."""
    import pandas as pd

    a, b = respondents.alias(), respondents.alias()
    query = select(a.c.key, b.c.key).join(b, a.c.code_hash == b.c.code_hash)
    query = query.where(a.c.wave == first, b.c.wave == second).order_by(a.c.key)
    rows = [tuple(row) for row in connection.execute(query)]
    return pd.DataFrame(rows, columns=["first", "second"], dtype=object)


def of_code(connection: Connection, code_hash: str) -> tuple[str, ...]:
    """The respondents of a personal code, one a wave."""
    query = select(respondents.c.key).where(respondents.c.code_hash == code_hash)
    return tuple(connection.scalars(query.order_by(respondents.c.wave)))


def erase(connection: Connection, keys: Iterable[str]) -> int:
    """Delete respondents with their answers; how many there were."""
    count = 0
    for key in keys:
        connection.execute(delete(answers).where(answers.c.respondent == key))
        count += connection.execute(delete(respondents).where(respondents.c.key == key)).rowcount
    return count


def erase_wave(connection: Connection, wave: str) -> int:
    """Delete all answers of a wave and what was kept of its imports."""
    keys = list(connection.scalars(select(respondents.c.key).where(respondents.c.wave == wave)))
    connection.execute(delete(imports).where(imports.c.wave == wave))
    return erase(connection, keys)
