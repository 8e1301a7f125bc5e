"""Taking a reading into the store: planned in full, then written in one transaction.

A row with a personal code is the same respondent whenever it comes; a row without one is known
only by the file it came in.  So a file that was taken before changes nothing, and a coded row that
says something else than the store is a conflict until ``replace`` is said.

What cannot be seen by digest is a list that has grown and comes again without codes: its old rows
would count twice.  If many rows are exactly like stored ones, the file is refused.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from hrkit.answers.responses import PEOPLE, Responses
from hrkit.answers.schema import answers, imports, respondents, waves
from hrkit.errors import AnswersError, Problem, StoreError

__all__ = ["Added", "add", "new_key"]

#: Fewer answers than this may be alike by chance.
_TELLING = 5

_Given = dict[tuple[str, str], str]
_Person = tuple[str | None, ...]


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
class _Plan:
    """What is to be written; nothing is, while it is being made."""

    people: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)
    waves: set[str] = field(default_factory=set)
    conflicts: list[Problem] = field(default_factory=list)
    same: int = 0
    replaced: int = 0
    uncoded: int = 0
    alike: list[str] = field(default_factory=list)


def new_key() -> str:
    """A random key of 128 bits."""
    return secrets.token_hex(16)


def add(
    connection: Connection,
    responses: Responses,
    codes: Mapping[str, str],
    digest: str,
    replace: bool,
    scramble: Callable[[str], str],
    texts: frozenset[tuple[str, str]],
) -> Added:
    """Plan and write an import; see `hrkit.answers.store.Store.add`."""
    in_file = sorted(set(responses.people["wave"]))
    taken = set(connection.scalars(select(imports.c.wave).where(imports.c.digest == digest)))
    stored = _Stored(connection, in_file)
    plan = _plan(responses, codes, stored, taken, replace, scramble, texts)
    if plan.conflicts:
        raise AnswersError("Nothing was taken: the store says otherwise about some respondents.",
                           plan.conflicts)  # fmt: skip
    if len(plan.alike) >= max(3, plan.uncoded / 2):
        raise AnswersError("Nothing was taken: these rows seem to be in the store already.", [
            Problem(where, "has no code and is exactly like a respondent in the store",
                    "leave the row out, or give all rows codes") for where in plan.alike])  # fmt: skip
    if plan.waves:
        _refuse_frozen(connection, plan.waves)
    _write(connection, plan)
    for wave in set(in_file) - taken:
        rows = int((responses.people["wave"] == wave).sum())
        if wave in plan.waves:
            connection.execute(imports.insert().values(
                digest=digest, wave=wave, rows=rows, day=dt.date.today()))  # fmt: skip
    new = len(plan.people) - plan.replaced
    return Added(new, plan.same, plan.replaced, len(plan.alike))


class _Stored:
    """The waves concerned as they are in the store."""

    def __init__(self, connection: Connection, in_file: list[str]) -> None:
        self.by_code: dict[tuple[str, str], str] = {}
        self.person: dict[str, _Person] = {}
        self.given: dict[str, _Given] = {}
        self.ids: dict[str, dict[tuple[str, str], str]] = {}
        for row in connection.execute(select(respondents).where(respondents.c.wave.in_(in_file))):
            self.person[row.key] = (row.wave, row.unit, row.perspective, row.level, row.pair)
            if row.code_hash is not None:
                self.by_code[row.wave, row.code_hash] = row.key
        joined = select(answers).join(respondents).where(respondents.c.wave.in_(in_file))
        for row in connection.execute(joined) if self.person else ():
            self.given.setdefault(row.respondent, {})[row.item, row.facet] = row.value
            if row.id is not None:
                self.ids.setdefault(row.respondent, {})[row.item, row.facet] = row.id
        self.alike = Counter(
            _print(person, self.given.get(key, {})) for key, person in self.person.items()
        )


def _print(person: _Person, given: _Given) -> str:
    return json.dumps([person, sorted([*pair, value] for pair, value in given.items())])


def _plan(
    responses: Responses,
    codes: Mapping[str, str],
    stored: _Stored,
    taken: set[str],
    replace: bool,
    scramble: Callable[[str], str],
    texts: frozenset[tuple[str, str]],
) -> _Plan:
    plan = _Plan()
    given: dict[str, _Given] = {}
    for key, item, facet, value in responses.answers.itertuples(index=False, name=None):
        given.setdefault(key, {})[item, facet] = value
    for label, *rest in responses.people[list(PEOPLE)].itertuples(index=False, name=None):
        person, said = tuple(rest), given.get(label, {})
        wave = str(person[0])
        code = codes.get(label)
        hashed = scramble(code) if code else None
        key = stored.by_code.get((wave, hashed)) if hashed else None
        if key is not None:
            before, said_before = stored.person[key], stored.given.get(key, {})
            if (before, said_before) == (person, said):
                plan.same += 1
                continue
            if not replace:
                plan.conflicts.append(_conflict(label, person, said, before, said_before))
                continue
            plan.remove.append(key)
            plan.replaced += 1
        elif wave in taken:
            plan.same += 1
            continue
        elif hashed is None:
            plan.uncoded += 1
            if len(said) >= _TELLING and stored.alike[_print(person, said)] > 0:
                plan.alike.append(label)
        old_ids = stored.ids.get(key or "", {})
        old_text = stored.given.get(key or "", {})
        key = key or new_key()
        plan.waves.add(wave)
        plan.people.append(
            {"key": key, **dict(zip(PEOPLE[1:], person, strict=True)), "code_hash": hashed}
        )
        for (item, facet), value in said.items():
            id = None
            if (item, facet) in texts:
                kept = old_ids.get((item, facet)) if old_text.get((item, facet)) == value else None
                id = kept or secrets.token_hex(8)
            plan.answers.append(
                {"respondent": key, "item": item, "facet": facet, "value": value, "id": id}
            )
    return plan


def _conflict(
    label: str, person: _Person, said: _Given, before: _Person, said_before: _Given
) -> Problem:
    # Names of what differs, not values: the person importing need not see what was stored.
    facts = [name for name, a, b in zip(PEOPLE[1:], person, before, strict=True) if a != b]
    pairs = sorted(p for p in said.keys() | said_before.keys() if said.get(p) != said_before.get(p))
    differing = facts + [item for item, _ in pairs]
    listed = ", ".join(dict.fromkeys(differing))
    return Problem(label, f"this code is in the store with other answers (differing: {listed})",
                   "correct the code, or use --replace to put the file's row in its place")  # fmt: skip


def _refuse_frozen(connection: Connection, concerned: set[str]) -> None:
    frozen = connection.execute(select(waves).where(waves.c.wave.in_(sorted(concerned)))).all()
    if frozen:
        listed = ", ".join(f"{row.wave} (on {row.frozen_on})" for row in frozen)
        raise StoreError(
            f"Nothing was taken: the wave was released and is frozen: {listed}. A late answer beside "
            "a released report would show who gave it; put it into the next wave."
        )


def _write(connection: Connection, plan: _Plan) -> None:
    for key in plan.remove:
        connection.execute(delete(answers).where(answers.c.respondent == key))
        connection.execute(delete(respondents).where(respondents.c.key == key))
    if plan.people:
        connection.execute(insert(respondents), sorted(plan.people, key=lambda row: row["key"]))
    if plan.answers:
        connection.execute(insert(answers), sorted(plan.answers, key=lambda row: row["respondent"]))
