"""Taking a reading into the store: planned in full, then written in one transaction.

A row with a personal code is the same respondent whenever it comes; a row without one is known
by the file it came in, and by its answers where these cannot be chance (see `doubles`).  So a file
that was taken before changes nothing, a coded row that says something else than the store is a
conflict until ``replace`` is said, and a list that has grown and comes again without codes is
refused until somebody says whether its old rows are the ``same`` people or ``other`` ones.

Planning only reads: what would be refused can be found out without writing anything.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from hrkit.answers.codes import canonical, spellings
from hrkit.answers.doubles import AlreadyThere, Like, Said
from hrkit.answers.responses import HOW, PEOPLE, Responses
from hrkit.answers.schema import answers, imports, respondents, waves
from hrkit.errors import AnswersError, Problem, StoreError

__all__ = ["DOUBLES", "Added", "Plan", "hash_of", "new_key", "plan", "write"]

#: What may be said about rows that seem to be in the store already.
DOUBLES = ("same", "other")

#: Fewer answers than this may be alike by chance, however many rows are.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Added:
    """What an import did: respondents that are new, were there already, or were replaced.

    ``alike`` counts new rows without a code that are exactly like a stored respondent.
    """

    new: int
    same: int
    replaced: int
    alike: int = 0


@dataclass
class Plan:
    """What is to be written; nothing is, while it is being made."""

    people: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    waves: set[str] = field(default_factory=set)
    files: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[Problem] = field(default_factory=list)
    same: int = 0
    replaced: int = 0
    alike: int = 0

    @property
    def added(self) -> Added:
        """What it comes to."""
        new = len(self.people) - self.replaced
        return Added(new, self.same, self.replaced, self.alike)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the reading, and whom it is in the store."""

    label: str
    sheet: Said
    hashed: str | None
    key: str | None
    how: Mapping[str, Any] = field(default_factory=dict)

    @property
    def wave(self) -> str:
        return str(self.sheet.person[0])


def new_key() -> str:
    """A random key of 128 bits."""
    return secrets.token_hex(16)


def plan(
    connection: Connection,
    responses: Responses,
    codes: Mapping[str, str],
    digest: str,
    scramble: Callable[[str], str],
    texts: frozenset[tuple[str, str]],
    *,
    replace: bool = False,
    doubles: str = "",
) -> Plan:
    """What taking the responses comes to; see `hrkit.answers.store.Store.add`.

    Raises
    ------
    AnswersError
        If the store says otherwise about a row, or rows seem to be there already.
    StoreError
        If a wave concerned is frozen.
    """
    in_file = sorted(set(responses.people["wave"]))
    taken = set(connection.scalars(select(imports.c.wave).where(imports.c.digest == digest)))
    stored = _Stored(connection, in_file)
    made = Plan()
    fresh = []
    for row in _rows(responses, codes, stored, scramble, made):
        if row.key is not None:
            _again(made, row, stored, replace, texts)
        elif row.wave in taken:
            made.same += 1
        else:
            fresh.append(row)
    likes = _likes(fresh, stored)
    if made.conflicts:
        raise AnswersError(
            "Nothing was taken: the store says otherwise about some respondents.", made.conflicts
        )
    suspect = _suspect(fresh, likes, stored)
    if suspect and not doubles:
        raise _seem_double(suspect, likes, len(fresh))
    for row in fresh:
        like = likes.get(row.label)
        if like is None or doubles != "same" or row.label not in suspect:
            made.alike += like is not None and like.changed == 0
            _put(made, row, new_key(), stored, texts)
        elif like.changed == 0 and (row.hashed is None or like.key in stored.hash_of_key):
            made.same += 1
        else:
            made.remove.append(like.key)
            made.replaced += 1
            kept = stored.hash_of_key.get(like.key)
            _put(made, row, like.key, stored, texts, hashed=row.hashed or kept)
    if made.waves:
        _refuse_frozen(connection, made.waves)
    for wave in sorted(set(in_file) - taken):
        rows = int((responses.people["wave"] == wave).sum())
        if wave in made.waves:
            made.files.append(
                {"digest": digest, "wave": wave, "rows": rows, "day": dt.date.today()}
            )
    return made


def write(connection: Connection, made: Plan) -> None:
    """Write a plan, in the transaction in which it was made."""
    for key in made.remove:
        connection.execute(delete(answers).where(answers.c.respondent == key))
        connection.execute(delete(respondents).where(respondents.c.key == key))
    if made.people:
        connection.execute(insert(respondents), sorted(made.people, key=lambda row: row["key"]))
    if made.answers:
        connection.execute(insert(answers), sorted(made.answers, key=lambda row: row["respondent"]))
    for file in made.files:
        connection.execute(imports.insert().values(**file))


def hash_of(code: str, hashes: frozenset[str], scramble: Callable[[str], str]) -> str | None:
    """The hash of a personal code in a store that holds these hashes.

    A code that is not among them gets the hash of its canonical form.  None if it may be more than
    one of them: an earlier version took codes as they were typed.
    """
    if not hashes:
        return scramble(canonical(code))
    forms = spellings(code)
    typed = scramble(forms[0])
    if typed in hashes:
        return typed
    found = {hashed for form in forms[1:] if (hashed := scramble(form)) in hashes}
    if len(found) > 1:
        return None
    return found.pop() if found else scramble(canonical(code))


class _Stored:
    """The waves concerned as they are in the store, and the codes of all waves."""

    def __init__(self, connection: Connection, in_file: list[str]) -> None:
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


def _rows(
    responses: Responses,
    codes: Mapping[str, str],
    stored: _Stored,
    scramble: Callable[[str], str],
    made: Plan,
) -> list[_Row]:
    given: dict[str, dict[tuple[str, str], str]] = {}
    for label, item, facet, value in responses.answers.itertuples(index=False, name=None):
        given.setdefault(label, {})[item, facet] = value
    rows: list[_Row] = []
    seen: dict[tuple[str, str], str] = {}
    there = [name for name in HOW if name in responses.people]
    how = dict(
        zip(
            responses.people[PEOPLE[0]],
            responses.people[there].to_dict("records"),
            strict=True,
        )
    )
    for label, *person in responses.people[list(PEOPLE)].itertuples(index=False, name=None):
        code, hashed = codes.get(label), None
        if code:
            hashed = hash_of(code, stored.hashes, scramble)
            if hashed is None:
                made.conflicts.append(
                    Problem(
                        label,
                        "this code may be one of several in the store, which differ only in "
                        "case or in zeros before a number",
                        "write it exactly as it was written before",
                    )
                )
                continue
            first = seen.setdefault((str(person[0]), hashed), label)
            if first != label:
                made.conflicts.append(
                    Problem(
                        label,
                        f"has the same code as {first}",
                        "keep one of the rows, or correct the code",
                    )
                )
                continue
        key = stored.by_code.get((str(person[0]), hashed)) if hashed else None
        rows.append(_Row(label, Said(tuple(person), given.get(label, {})), hashed, key, how[label]))
    return rows


def _again(
    made: Plan, row: _Row, stored: _Stored, replace: bool, texts: frozenset[tuple[str, str]]
) -> None:
    """A row whose code is in the store."""
    key = row.key or ""
    before = stored.sheets.pop(key)
    if before == row.sheet:
        made.same += 1
    elif not replace:
        made.conflicts.append(_conflict(row.label, row.sheet, before))
    else:
        made.remove.append(key)
        made.replaced += 1
        _put(made, row, key, stored, texts, before)


def _likes(fresh: list[_Row], stored: _Stored) -> dict[str, Like]:
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


def _suspect(fresh: list[_Row], likes: Mapping[str, Like], stored: _Stored) -> list[str]:
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


def _seem_double(suspect: list[str], likes: Mapping[str, Like], fresh: int) -> AnswersError:
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


def _put(
    made: Plan,
    row: _Row,
    key: str,
    stored: _Stored,
    texts: frozenset[tuple[str, str]],
    before: Said | None = None,
    *,
    hashed: str | None = None,
) -> None:
    old_ids = stored.ids.get(key, {})
    old = before or stored.sheets.get(key)
    made.waves.add(row.wave)
    facts = dict(zip(PEOPLE[1:], row.sheet.person, strict=True))
    how = {"language": row.how.get("language"), "hasty": row.how.get("hasty")}
    how["hasty"] = None if how["hasty"] is None else int(how["hasty"])
    made.people.append({"key": key, **facts, "code_hash": hashed or row.hashed, **how})
    for (item, facet), value in row.sheet.given.items():
        id = None
        if (item, facet) in texts:
            unchanged = old is not None and old.given.get((item, facet)) == value
            id = (old_ids.get((item, facet)) if unchanged else None) or secrets.token_hex(8)
        made.answers.append(
            {"respondent": key, "item": item, "facet": facet, "value": value, "id": id}
        )


#: So many of the things in which a row departs from the store are named.
_TOLD = 6


def _conflict(label: str, now: Said, before: Said) -> Problem:
    # Names of what differs, not values: the person importing need not see what was stored.
    facts = [
        name for name, a, b in zip(PEOPLE[1:], now.person, before.person, strict=True) if a != b
    ]
    pairs = sorted(
        pair
        for pair in now.given.keys() | before.given.keys()
        if now.given.get(pair) != before.given.get(pair)
    )
    names = list(dict.fromkeys(facts + [item for item, _ in pairs]))
    listed = ", ".join(names[:_TOLD])
    if len(names) > _TOLD:
        listed += f" and {len(names) - _TOLD} more"
    return Problem(
        label,
        f"this code is in the store with other answers (differing: {listed})",
        "correct the code, or use --replace to put the file's row in its place",
    )


def _refuse_frozen(connection: Connection, concerned: set[str]) -> None:
    frozen = connection.execute(select(waves).where(waves.c.wave.in_(sorted(concerned)))).all()
    if frozen:
        listed = ", ".join(f"{row.wave} (on {row.frozen_on})" for row in frozen)
        raise StoreError(
            f"Nothing was taken: the wave was released and is frozen: {listed}. A late answer beside "
            "a released report would show who gave it; put it into the next wave."
        )
