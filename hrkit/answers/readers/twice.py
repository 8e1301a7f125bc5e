"""Who answered twice under one code: which of the sheets counts, where somebody has said so.

Nobody is asked to mend an export by hand: ``last`` takes what somebody answered last, ``first`` what
they answered first.  Which came last says the program's own time of each sheet; where there is none, or it can be
read in two ways that disagree (``04/05``), the order of the rows does.  Times are compared and not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hrkit.answers.files.table import CellTable
from hrkit.errors import AnswersError

__all__ = ["ONE_PERSON", "TWICE", "Twice", "Which", "asked_of", "in_order", "say_twice"]

Which = Literal["", "last", "first"]
#: What may be said about several sheets of one code.
TWICE = ("last", "first")
#: What to do where one person answered twice.
ONE_PERSON = "if one person answered twice, say --twice last (or first)"
#: As many codes that stand twice are named one by one.
_NAMED = 10
_WHEN = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})[T ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?"
    r"\s*([ap])?\.?\s?m?\.?.*",
    re.IGNORECASE,
)
_Moment = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Twice:
    """A code that stands more than once: the sheet that counts, and those that are left out."""

    kept: str
    left: tuple[str, ...]
    #: Whether the program's own times said which came last.
    timed: bool


def asked_of(twice: str | None) -> Which:
    """What somebody has said about sheets of one code.

    Raises
    ------
    AnswersError
        If it is nothing that may be said.
    """
    if not twice:
        return ""
    if twice not in TWICE:
        raise AnswersError(f"Of who answers twice {' or '.join(TWICE)} counts, not {twice!r}.")
    return "last" if twice == "last" else "first"


def in_order(
    table: CellTable, columns: Sequence[int], numbers: Sequence[int]
) -> tuple[list[int], bool]:
    """Rows in the order in which they were answered, and whether times say so.

    Parameters
    ----------
    table
        The file.
    columns
        Those of the program's own times; a row's is the latest of them.
    numbers
        Numbers of the rows, in the order of the file.
    """
    rows = {row.number: row for row in table.rows if row.number in set(numbers)}
    orders = []
    for day_first in (True, False):
        when = {
            number: max(
                (
                    moment
                    for column in columns
                    if (moment := _moment(rows[number].cell(column), day_first))
                ),
                default=(),
            )
            for number in numbers
        }
        if all(when.values()) and len(set(when.values())) == len(when):
            orders.append(sorted(numbers, key=when.__getitem__))
    # Where one way to read it makes no day at all, the other is the one.
    if orders and all(one == orders[0] for one in orders):
        return orders[0], True
    return list(numbers), False


def _moment(text: str, day_first: bool) -> _Moment:
    """A day and its time, so that the later is the larger; nothing where it is none."""
    found = _WHEN.fullmatch(text.strip())
    if found is None:
        return ()
    a, b, c, hour, minute = (int(found[n]) for n in range(1, 6))
    if len(found[1]) == 4:
        year, month, day = a, b, c
    else:
        year, (day, month) = c, (a, b) if day_first else (b, a)
    if found[7]:
        hour = hour % 12 + 12 * (found[7].lower() == "p")
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ()
    return (year, month, day, hour, minute, int(found[6] or 0))


def say_twice(
    name: str,
    found: Sequence[Twice],
    answers: Mapping[str, int],
    facts: Mapping[str, tuple[str | None, ...]],
    which: Which,
) -> Iterator[str]:
    """What is said of codes that stand twice; the codes themselves are nobody's business.

    Parameters
    ----------
    name
        Of the file, or files.
    found
        The codes, with what their sheets are called.
    answers
        Sheet to how many questions it answers.
    facts
        Sheet to its unit and perspective.
    which
        What somebody has said.
    """

    def called(sheet: str) -> str:
        count = answers.get(sheet, 0)
        return f"{sheet.removeprefix(f'{name} ')} ({count} answer{'s' * (count != 1)})"

    for one in found[:_NAMED]:
        how = "by the times in the file" if one.timed else "by their order"
        left = ", ".join(map(called, one.left))
        said = {facts.get(sheet) for sheet in (one.kept, *one.left)}
        other = "." if len(said) == 1 else "; they say another unit or perspective: one person?"
        yield (
            f"{name}: {called(one.kept)} and {left} have one code; the {which} counts, {how}, and "
            f"the rest was left out{other}"
        )
    if len(found) > _NAMED:
        yield f"{name}: so it is with {len(found) - _NAMED} further codes."
