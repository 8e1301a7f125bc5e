"""Microsoft Forms: Excel, one row of headings that are the questions, often with no-break spaces.

What is chosen of a list stands in one cell with semicolons; the statements of a grid are headed
``Title.Statement``.  Its own headings are in the language of whoever exports: known in some, and told
in any by where they stand and what stands below them.
"""

from __future__ import annotations

import re

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.surveys.tool import Heads, SurveyTool, first_row, words
from hrkit.text import normal

__all__ = ["TOOL"]

_TIMES = (
    *("start time", "completion time", "last modified time", "starttidspunkt"),
    *("færdiggørelsestidspunkt", "færdiggørelsestid", "starttid"),
    *("fuldførelsestidspunkt", "tidspunkt for fuldførelse", "sidst ændret", "begintijd"),
    *("tijd van voltooien", "tijdstip van laatste wijziging", "laatste wijzigingstijd"),
    *("tijd van laatste wijziging", "tidspunkt for seneste ændring"),
    *("startzeit", "fertigstellungszeit", "abschlusszeit", "zeitpunkt der letzten änderung"),
)
#: A day and a time of it, as any country writes them.
_WHEN = re.compile(r"\d{1,4}[./ -]+\d{1,2}[./ -]+\d{1,4}[,T ]+\d{1,2}[:.]\d{2}.*")
#: The first columns by what they are in English; the sixth is there where answers may be changed.
_FIRST = ("id", "start time", "completion time", "email", "name", "last modified time")
#: So many rows are looked at, and so many columns of times are its own.
_LOOKED, _PLACES = 20, (1, 2)


def _in_its_places(table: CellTable) -> int:
    """How many columns from the first are the program's own, whatever their headings say."""
    if normal(table.header.cell(0)) != "id" or table.width < len(_FIRST):
        return 0
    rows = table.rows[:_LOOKED]

    def times(column: int) -> bool:
        texts = [text for row in rows if (text := row.cell(column).strip())]
        return bool(texts) and all(map(_WHEN.fullmatch, texts))

    numbers = all(row.cell(0).strip().isdecimal() for row in rows)
    mails = {row.cell(3).strip().lower() for row in rows}
    known = all(not one or "@" in one or one.startswith("anonym") for one in mails)
    if not (rows and numbers and known and any(mails) and all(map(times, _PLACES))):
        return 0
    return len(_FIRST) if times(len(_FIRST) - 1) else len(_FIRST) - 1


class _MicrosoftForms(SurveyTool):
    def marks(self, table: CellTable) -> int:
        """By its headings, else by the order of its first columns."""
        return super().marks(table) or (2 if _in_its_places(table) else 0)


def _heads(table: CellTable) -> Heads:
    """Its first columns are called what they are, in whatever language they are headed."""
    heads, own = first_row(table), _in_its_places(table)
    called = (*_FIRST[:own], *("" for _ in heads.names[own:]))
    names = zip(heads.names, called, strict=True)
    return heads._replace(names=tuple((*one, name) if name else one for one, name in names))


TOOL = _MicrosoftForms(
    name="Microsoft Forms",
    own=(
        words("time", *_TIMES)
        | words("number", "id")
        | words("address", "email", "name", "e-mail", "mail", "navn", "naam", "responder's email")
        | words("other", "total points", "quiz feedback", "points in alt", "point i alt")
        | words("language", "language", "sprog", "taal")
    ),
    telling=frozenset(_TIMES),
    like=((re.compile(r"(points|feedback|point|punten) - .*"), "other"),),
    heads=_heads,
)
