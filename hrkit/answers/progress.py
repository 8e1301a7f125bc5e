"""How far the people of a wave have come: how many have begun, and who has answered which items."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from hrkit.answers.schema import answers, respondents
from hrkit.model.ballot import chosen

__all__ = ["Asked", "Progressed", "enough", "people", "progress"]

#: An item and a facet.
Asked = tuple[str, str]


def people(connection: Connection, waves: Collection[str]) -> int:
    """How many have begun."""
    query = select(func.count()).select_from(respondents).where(respondents.c.wave.in_(waves))
    return int(connection.execute(query).scalar_one())


class Progressed(NamedTuple):
    """From which chair somebody answers, and which questions so far; no answer is in it."""

    perspective: str
    questions: frozenset[Asked]


def progress(
    connection: Connection, waves: Collection[str], fewest: Mapping[Asked, int]
) -> dict[str, Progressed]:
    """Who has answered which questions; see `hrkit.answers.store.Store.progress`."""
    a = answers.c
    query = select(respondents.c.key, respondents.c.perspective, a.item, a.facet, a.value)
    query = query.join(answers, isouter=True).where(respondents.c.wave.in_(waves))
    found: dict[tuple[str, str], set[Asked]] = {}
    for key, perspective, item, facet, value in connection.execute(query):
        known = found.setdefault((key, perspective), set())
        if item and enough(value, fewest.get((item, facet), 0)):
            known.add((item, facet))
    return {key: Progressed(who, frozenset(asked)) for (key, who), asked in found.items()}


def enough(value: str | None, fewest: int) -> bool:
    """Whether something was answered: of a choice of three, three are.

    >>> enough("roles", 3), enough("roles trust chain", 3), enough("4", 0), enough(None, 0)
    (False, True, True, False)
    """
    return value is not None and (not fewest or len(chosen(value)) >= fewest)
