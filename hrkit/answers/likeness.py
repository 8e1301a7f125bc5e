"""Whom of the store a row of a file is, or is like: by its code, or by what it says.

A row without a code that says what somebody in the store said may be the same person a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from hrkit.answers.doubles import AlreadyThere, Like, Said
from hrkit.errors import AnswersError, Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Incoming", "Stored", "likes_of", "seem_double", "suspects"]

#: Fewer answers than this may be alike by chance, however many rows are.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row of the reading, and whom it is in the store."""

    label: str
    sheet: Said
    hashed: str | None
    key: str | None
    how: Mapping[str, Any] = field(default_factory=dict)

    @property
    def wave(self) -> str:
        """The wave the row speaks of."""
        return str(self.sheet.person[0])


class Stored:
    """The waves concerned as they are in the store, and the codes of all waves."""

    def __init__(self, connection: Connection, in_file: list[str]) -> None:
        # Files are likened to each other too, and no database is needed for that.
        from sqlalchemy import select

        from hrkit.answers.schema import answers, respondents

        self.by_code: dict[tuple[str, str], str] = {}
        self.hash_of_key: dict[str, str] = {}
        self.ids: dict[str, dict[tuple[str, str], str]] = {}
        known = select(respondents.c.code_hash).where(respondents.c.code_hash.is_not(None))
        self.hashes = frozenset(map(str, connection.scalars(known.distinct())))
        person: dict[str, tuple[str | None, ...]] = {}
        for row in connection.execute(select(respondents).where(respondents.c.wave.in_(in_file))):
            person[row.key] = (row.wave, row.unit, row.perspective, row.level, row.pair)
            if row.code_hash is not None:
                self.by_code[row.wave, row.code_hash] = row.key
                self.hash_of_key[row.key] = row.code_hash
        given: dict[str, dict[tuple[str, str], str]] = {}
        joined = select(answers).join(respondents).where(respondents.c.wave.in_(in_file))
        for row in connection.execute(joined) if person else ():
            given.setdefault(row.respondent, {})[row.item, row.facet] = row.value
            if row.id is not None:
                self.ids.setdefault(row.respondent, {})[row.item, row.facet] = row.id
        self.sheets = {key: Said(facts, given.get(key, {})) for key, facts in person.items()}


class Held(Protocol):
    """Sheets that are held somewhere, and the codes of those that have one."""

    @property
    def sheets(self) -> Mapping[str, Said]:
        """What each says."""

    @property
    def hash_of_key(self) -> Mapping[str, str]:
        """Sheet to its code."""


def likes_of(fresh: list[Incoming], stored: Held) -> dict[str, Like]:
    """Rows that are not known by a code, and whom of the store they are like.

    Rows of two codes are two people, unless their answers tell otherwise.
    """
    likes: dict[str, Like] = {}
    if not stored.sheets or not fresh:
        return likes
    known = AlreadyThere(stored.sheets)
    for row in fresh:
        like = known.exact(row.sheet)
        if like and (like.tells or not (row.hashed and like.key in stored.hash_of_key)):
            likes[row.label] = like
    for row in fresh:
        if row.label not in likes and (like := known.near(row.sheet)):
            likes[row.label] = like
    return likes


def suspects(fresh: list[Incoming], likes: Mapping[str, Like], stored: Held) -> list[str]:
    """Rows that are taken to be in the store already.

    Those whose answers tell; and of the others all, if so many are alike that a list seems to have
    come again: at least three, and half of the smaller side (all of it, where few questions are
    asked and many people answer alike).
    """
    found = {label for label, like in likes.items() if like.tells}
    rest = [row for row in fresh if row.label in likes and row.label not in found]
    uncoded = [key for key in stored.sheets if key not in stored.hash_of_key]
    smaller = min(len(uncoded), len(fresh))
    many = [row for row in rest if len(row.sheet.given) >= _FEW]
    if len(found) + len(many) >= max(3, smaller / 2):
        found |= {row.label for row in many}
    if len(found) + len(rest) >= max(3, smaller):
        found |= {row.label for row in rest}
    return [row.label for row in fresh if row.label in found]


def seem_double(suspect: list[str], likes: Mapping[str, Like], fresh: int) -> AnswersError:
    """The refusal that names the rows, and how to say what they are."""
    problems = []
    for label in suspect:
        changed = likes[label].changed
        what = "is exactly like a respondent in the store"
        if changed:
            things = "1 thing" if changed == 1 else f"{changed} things"
            what = f"is like a respondent in the store but for {things}"
        problems.append(
            Problem(
                label,
                what,
                "say --doubles same if they are one person, "
                "--doubles other if not; or give all rows codes",
            )
        )
    return AnswersError(
        f"Nothing was taken: {len(suspect)} of {fresh} rows without a known code seem to be in the "
        "store already. With --doubles same they count once, as this file has them; with --doubles "
        "other they count as further people who answered alike.",
        problems,
    )
