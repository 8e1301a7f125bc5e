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
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from hrkit.answers.codes import canonical, spellings
from hrkit.answers.doubles import Said
from hrkit.answers.likeness import Incoming, Stored, likes_of, seem_double, suspects
from hrkit.answers.responses import HOW, PEOPLE, Given, Responses
from hrkit.answers.schema import imports, waves
from hrkit.errors import AnswersError, Problem, StoreError

__all__ = ["DOUBLES", "Added", "ImportPlan", "hash_of", "new_key", "plan"]

#: What may be said about rows that seem to be in the store already.
DOUBLES = ("same", "other")


@dataclass(frozen=True, slots=True)
class Added:
    """What an import did: respondents that are new, were there already, or were replaced.

    ``alike`` counts new rows without a code that are exactly like a stored respondent; ``batch`` is
    the name by which it is undone, empty where nothing was written.
    """

    new: int
    same: int
    replaced: int
    alike: int = 0
    batch: str = field(default="", compare=False)


@dataclass
class ImportPlan:
    """What is to be written; nothing is, while it is being made."""

    rows: int = 0
    people: list[dict[str, Any]] = field(default_factory=list)
    #: By the key of whoever said it; and the ids of what was said in words of one's own.
    answers: dict[str, Given] = field(default_factory=dict)
    ids: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
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
    files: Mapping[str, str] | None = None,
) -> ImportPlan:
    """What taking the responses comes to; see `hrkit.answers.store.Store.add` for its parameters.

    ``scramble`` makes a code's hash; ``texts`` are the questions whose answers are words with ids;
    ``files`` says in which file a row stands, by the digest of its content, where there are several.

    Raises
    ------
    AnswersError
        If the store says otherwise about a row, or rows seem to be there already.
    StoreError
        If a wave concerned is frozen.
    """
    in_file = sorted(set(responses.people["wave"]))
    where = [files.get(who, digest) if files else digest for who in responses.people["respondent"]]
    # Which file says how much of which wave, and which of it was taken before.
    there = Counter(zip(where, responses.people["wave"], strict=True))
    known = select(imports.c.digest, imports.c.wave).where(imports.c.digest.in_(sorted(set(where))))
    taken = {(row.digest, row.wave) for row in connection.execute(known)}
    whose = dict(zip(responses.people["respondent"], where, strict=True))
    stored = Stored(connection, in_file)
    made = ImportPlan(rows=len(responses))
    fresh = []
    for row in _rows(responses, codes, stored, scramble, made):
        if row.key is not None:
            _again(made, row, stored, replace, texts)
        elif (whose[row.label], row.wave) in taken:
            made.same += 1
        else:
            fresh.append(row)
    likes = likes_of(fresh, stored)
    if made.conflicts:
        raise AnswersError(
            "Nothing was taken: the store says otherwise about some respondents.", made.conflicts
        )
    suspect = suspects(fresh, likes, stored)
    if suspect and not doubles:
        raise seem_double(suspect, likes, len(fresh))
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
    for (file, wave), rows in sorted(there.items()):
        if (file, wave) not in taken and wave in made.waves:
            made.files.append({"digest": file, "wave": wave, "rows": rows, "day": dt.date.today()})
    return made


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


def _rows(
    responses: Responses,
    codes: Mapping[str, str],
    stored: Stored,
    scramble: Callable[[str], str],
    made: ImportPlan,
) -> list[Incoming]:
    given = responses.given
    rows: list[Incoming] = []
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
        rows.append(
            Incoming(label, Said(tuple(person), given.get(label, {})), hashed, key, how[label])
        )
    return rows


def _again(
    made: ImportPlan,
    row: Incoming,
    stored: Stored,
    replace: bool,
    texts: frozenset[tuple[str, str]],
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


def _put(
    made: ImportPlan,
    row: Incoming,
    key: str,
    stored: Stored,
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
    made.answers[key] = row.sheet.given
    for pair in (pair for pair in texts if pair in row.sheet.given):
        unchanged = old is not None and old.given.get(pair) == row.sheet.given[pair]
        id = (old_ids.get(pair) if unchanged else None) or secrets.token_hex(8)
        made.ids.setdefault(key, {})[pair] = id


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
