"""How far the people of a wave have come: how many have begun, and who has answered which items."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from hrkit.answers.schema import answers, respondents

__all__ = ["Progressed", "people", "progress"]


def people(connection: Connection, waves: Collection[str]) -> int:
    """How many have begun."""
    query = select(func.count()).select_from(respondents).where(respondents.c.wave.in_(waves))
    return int(connection.execute(query).scalar_one())


class Progressed(NamedTuple):
    """From which chair somebody answers, and which items so far; no answer is in it."""

    perspective: str
    items: frozenset[str]


def progress(connection: Connection, waves: Collection[str]) -> dict[str, Progressed]:
    """Who has answered which items; see `hrkit.answers.store.Store.progress`."""
    query = select(respondents.c.key, respondents.c.perspective, answers.c.item)
    query = query.join(answers, isouter=True).where(respondents.c.wave.in_(waves))
    found: dict[tuple[str, str], set[str]] = {}
    for key, perspective, item in connection.execute(query):
        found.setdefault((key, perspective), set()).update((item,) if item else ())
    return {key: Progressed(who, frozenset(items)) for (key, who), items in found.items()}
