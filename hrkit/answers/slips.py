"""Codes that are handed out on slips before anybody answers.

A slip's code says from which chair and where somebody answers, so that nobody is asked for it on a
phone.  The store keeps the code's hash and these facts, and no number: nobody can tell from it who
got which slip.  Who begins with a code answers under it; a slip that was lost is replaced by a new
one, and the old code, if anybody knows it, is withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from hrkit.answers.schema import codes, respondents

__all__ = ["Slip", "forget", "hand_out", "handed", "handed_out", "known", "void", "withdraw"]


class Slip(NamedTuple):
    """From which chair and where the holder of a code answers."""

    unit: str
    perspective: str
    level: str | None = None
    pair: str | None = None


def hand_out(connection: Connection, wave: str, slip: Slip, hashes: Sequence[str]) -> None:
    """Keep codes, by their hashes, under which people may begin."""
    rows = [{"hash": one, "wave": wave, **slip._asdict()} for one in hashes]
    if rows:
        connection.execute(insert(codes), rows)


def handed(connection: Connection, waves: Collection[str], code_hash: str) -> Slip | None:
    """What a code that was handed out says; None if it was not, or was withdrawn."""
    query = select(codes).where(codes.c.hash == code_hash, codes.c.wave.in_(waves))
    row = connection.execute(query).first()
    return None if row is None else Slip(row.unit, row.perspective, row.level, row.pair)


def known(connection: Connection, waves: Collection[str], hashes: Collection[str]) -> bool:
    """Whether any of these opens anything: somebody's answers, or a form that nobody has begun."""
    begun = select(respondents.c.key).where(
        respondents.c.code_hash.in_(list(hashes)), respondents.c.wave.in_(waves)
    )
    if connection.execute(begun.limit(1)).first() is not None:
        return True
    out = select(codes.c.hash).where(codes.c.hash.in_(list(hashes)), codes.c.wave.in_(waves))
    return connection.execute(out.limit(1)).first() is not None


def handed_out(connection: Connection, waves: Collection[str]) -> dict[Slip, int]:
    """How many codes are out, by what they say."""
    facts = (codes.c.unit, codes.c.perspective, codes.c.level, codes.c.pair)
    query = select(*facts, func.count()).where(codes.c.wave.in_(waves)).group_by(*facts)
    return {Slip(*row[:4]): row[4] for row in connection.execute(query)}


def withdraw(connection: Connection, waves: Collection[str], code_hash: str) -> bool:
    """Take a code back with which nobody has begun; whether there was one."""
    begun = select(respondents.c.key).where(
        respondents.c.code_hash == code_hash, respondents.c.wave.in_(waves)
    )
    if connection.execute(begun).first() is not None:
        return False
    where = (codes.c.hash == code_hash, codes.c.wave.in_(waves))
    return bool(connection.execute(delete(codes).where(*where)).rowcount)


def void(
    connection: Connection, waves: Collection[str], code_hash: str
) -> tuple[Slip | None, tuple[str, ...]]:
    """Let a code open nothing any more, and keep no word of it.

    Returns
    -------
    tuple
        From which chair its holder answered (None where there is no such code), and the keys of
        those who had begun with it: one or nobody.
    """
    there = (respondents.c.code_hash == code_hash, respondents.c.wave.in_(waves))
    begun = connection.execute(select(respondents).where(*there)).all()
    chair = handed(connection, waves, code_hash)
    if chair is None and begun:
        row = begun[0]
        chair = Slip(row.unit, row.perspective, row.level, row.pair)
    where = (codes.c.hash == code_hash, codes.c.wave.in_(waves))
    connection.execute(delete(codes).where(*where))
    connection.execute(update(respondents).where(*there).values(code_hash=None))
    return chair, tuple(row.key for row in begun)


def forget(connection: Connection, hashes: Collection[str]) -> None:
    """Codes of people who were erased: nobody can begin with them again."""
    if hashes:
        connection.execute(delete(codes).where(codes.c.hash.in_(list(hashes))))
