"""Several sheets of a file, or several files, as one reading: whole or not at all.

A form for each role gives a file for each role, and a consultant takes them in one go.  A person is one
person wherever they stand: a code counts once over all of them, and rows without a code that seem to stand
in two files are refused until somebody says whether they are the same people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hrkit.answers.codes import canonical
from hrkit.answers.doubles import Said
from hrkit.answers.likeness import Incoming, likes_of, suspects
from hrkit.answers.readers.rows import refused
from hrkit.answers.readers.twice import ONE_PERSON, Twice, Which, say_twice
from hrkit.answers.responses import PEOPLE, Reading, Responses, content_digest
from hrkit.errors import AnswersError, Problem
from hrkit.text import shown

__all__ = ["files_as_one", "renamed", "sheets_as_one"]


def sheets_as_one(
    name: str, readings: Sequence[Reading], problems: list[Problem], twice: Which = ""
) -> Reading:
    """One reading of the sheets of a file, a code once in all of them.

    Parameters
    ----------
    name
        Of the file.
    readings
        A sheet each, in their order.
    problems
        What was found so far; a code that stands on two sheets is added where it may not.
    twice
        Which of them counts where it may.
    """
    first: dict[tuple[str, str], str] = {}
    doubled: dict[str, list[str]] = {}
    for reading in readings:
        for who, code in reading.codes.items():
            whose = _waves(reading)[who], canonical(code)
            there = first.setdefault(whose, who)
            if there != who and twice:
                doubled.setdefault(there, [there]).append(who)
            elif there != who:
                what = f"the code {shown(code)} stands in {there} already"
                problems.append(Problem(who, what, f"correct the code; {ONE_PERSON}"))
    found = []
    for sheets in doubled.values():
        kept, *left = sheets[::-1] if twice == "last" else sheets
        found.append(Twice(kept, tuple(left), False))
    made = _concatenated(readings)
    count = {who: len(said) for who, said in made.responses.given.items()} if found else {}
    columns = made.responses.people[["respondent", "unit", "perspective"]]
    facts = {who: rest for who, *rest in columns.itertuples(index=False, name=None)}
    told = say_twice(name, found, count, {k: tuple(v) for k, v in facts.items()}, twice)
    notes = tuple(dict.fromkeys((*made.notes, *told)))
    made = _without(replace(made, notes=notes), {who for one in found for who in one.left})
    return made if problems else replace(made, digest=content_digest(made.responses, made.codes))


def files_as_one(
    names: Sequence[str], readings: Sequence[Reading], *, doubles: str = "", twice: Which = ""
) -> Reading:
    """One reading of several files, each of which was understood.

    Parameters
    ----------
    names
        What the files are called; no two alike.
    readings
        What they say, in the same order.
    doubles
        What rows without a code are that seem to stand in two of the files: the ``same`` people (the
        later file has them) or ``other`` ones.
    twice
        Which row counts of a code that stands in two of the files, in their order.

    Raises
    ------
    AnswersError
        With every row that seems to be there twice and nobody has said what it is; if two files
        hold the same, or answer two editions of the questions.
    """
    title = " and ".join(names)
    if len({one.asked for one in readings if one.asked}) > 1:
        raise AnswersError(
            f"{title} answer different editions of the questions: take them one by one."
        )
    problems: list[Problem] = []
    digests: dict[str, str] = {}
    for name, reading in zip(names, readings, strict=True):
        there = digests.setdefault(reading.digest, name)
        if there != name:
            problems.append(Problem(name, f"says just what {there} says", "name it once"))
    if problems:
        raise refused(title, problems)
    parts, again = _apart(readings, doubles, problems)
    made = sheets_as_one(title, parts, problems, twice)
    if problems:
        raise refused(title, problems)
    made = replace(made, notes=_told_once(names, readings, made.notes))
    if again:
        rows = "1 row" if len(again) == 1 else f"{len(again)} rows"
        note = f"{title}: {rows} that a later file has too count once, as it has them."
        made = replace(made, notes=(*made.notes, note))
    files = {
        who: reading.digest
        for reading in readings
        for who in reading.responses.people["respondent"]
    }
    return replace(made, files=files)


@dataclass(frozen=True)
class _Before:
    """The rows of the files before, as a store would hold them."""

    sheets: Mapping[str, Said]
    hash_of_key: Mapping[str, str]


def _apart(
    readings: Sequence[Reading], doubles: str, problems: list[Problem]
) -> tuple[list[Reading], set[str]]:
    """The files without rows that a later one has again, if these are the same people."""
    sheets: dict[str, Said] = {}
    coded: dict[str, str] = {}
    again: set[str] = set()
    for reading in readings:
        known = set(coded.values())
        own = {
            who: Said(tuple(person), reading.responses.given.get(who, {}))
            for who, *person in reading.responses.people[list(PEOPLE)].itertuples(
                index=False, name=None
            )
        }
        codes = {who: canonical(code) for who, code in reading.codes.items()}
        # Whoever is known by a code is found by it.
        fresh = [
            Incoming(who, said, codes.get(who), None)
            for who, said in own.items()
            if codes.get(who) not in known
        ]
        before = _Before(dict(sheets), dict(coded))
        likes = likes_of(fresh, before)
        for who in suspects(fresh, likes, before):
            like = likes[who]
            if doubles == "same":
                again.add(like.key)
            elif not doubles:
                much = (
                    " but for 1 thing" if like.changed == 1 else f" but for {like.changed} things"
                )
                how = "exactly like" if not like.changed else "like"
                problems.append(
                    Problem(
                        who,
                        f"is {how} {like.key}{much if like.changed else ''}",
                        "say --doubles same if they are one person, --doubles other if not; or leave "
                        "out a file that a later one holds too",
                    )
                )
        sheets |= own
        coded |= codes
    return [_without(one, again) for one in readings], again


def _told_once(
    names: Sequence[str], readings: Sequence[Reading], notes: Sequence[str]
) -> tuple[str, ...]:
    """What is said of several files in the same words is said once."""
    same: dict[str, list[str]] = {}
    own: set[str] = set()
    for name, reading in zip(names, readings, strict=True):
        for note in reading.notes:
            if note.startswith(name):
                own.add(note)
                same.setdefault(note.removeprefix(name), []).append(name)
    told = []
    for said, files in same.items():
        more = len(files) - 1
        beside = f" (and {more} {'file' if more == 1 else 'files'} more)" if more else ""
        told.append(f"{files[0]}{beside}{said}")
    return (*told, *(note for note in notes if note not in own))


def renamed(reading: Reading, before: str, now: str) -> Reading:
    """A reading whose rows are called after another name of its file, so that no two are called alike."""
    if before == now:
        return reading

    def anew(text: str) -> str:
        return text.replace(before, now, 1) if text.startswith(before) else f"{now}, {text}"

    responses = Responses(
        reading.responses.people.assign(
            respondent=reading.responses.people["respondent"].map(anew)
        ),
        reading.responses.answers.assign(
            respondent=reading.responses.answers["respondent"].map(anew)
        ),
    )
    return replace(
        reading,
        responses=responses,
        notes=tuple(map(anew, reading.notes)),
        codes={anew(who): code for who, code in reading.codes.items()},
    )


def _waves(reading: Reading) -> dict[str, str]:
    people = reading.responses.people[["respondent", "wave"]]
    return dict(people.itertuples(index=False, name=None))


def _concatenated(readings: Sequence[Reading]) -> Reading:
    import pandas as pd

    responses = Responses(
        pd.concat([one.responses.people for one in readings], ignore_index=True),
        pd.concat([one.responses.answers for one in readings], ignore_index=True),
    )
    notes = tuple(dict.fromkeys(note for one in readings for note in one.notes))
    codes = {who: code for one in readings for who, code in one.codes.items()}
    asked = next((one.asked for one in readings if one.asked), "")
    return Reading(responses, notes, "", sum(one.rows for one in readings), codes, asked)


def _without(reading: Reading, gone: set[str]) -> Reading:
    """A reading without some of its rows."""
    people, answers = reading.responses.people, reading.responses.answers
    if not gone or not people["respondent"].isin(gone).any():
        return reading
    left = Responses(
        people[~people["respondent"].isin(gone)].reset_index(drop=True),
        answers[~answers["respondent"].isin(gone)].reset_index(drop=True),
    )
    codes = {who: code for who, code in reading.codes.items() if who not in gone}
    return replace(reading, responses=left, codes=codes, rows=len(left))
