"""Whose answers a file holds, where it says so.

The kit's template carries the id of the engagement it was written for: in a heading of its own,
``hrkit:acme``, which survives every spreadsheet and every copy of the sheet, and in a property of
the workbook for those who delete columns.  A sheet for one perspective says so there,
``hrkit:acme/leader``, and a form to be filled in from top to bottom too, ``hrkit:acme/leader/form``.
A file that says nothing is anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from hrkit.answers.files.table import CellTable
from hrkit.errors import AnswersError
from hrkit.model.engagement import Engagement
from hrkit.text import normal, shown

__all__ = ["Own", "made_for", "mark", "open_sheet", "own_sheet", "refuse_another"]

_MARK = re.compile(r"hrkit\s*[:=]\s*([^/]*[^/\s])(?:\s*/\s*([^/\s]+))?(?:\s*/\s*(form))?")


class Own(NamedTuple):
    """What a sheet of the kit's says of itself: whose answers it holds, and how it is laid out."""

    perspective: str
    form: bool


def mark(engagement: Engagement, perspective: str = "", *, form: bool = False) -> str:
    """The heading by which a file says for which engagement it was written, and for whom a sheet is."""
    parts = [f"hrkit:{engagement.id}", *([perspective] if perspective else [])]
    return "/".join([*parts, *(["form"] if form else [])])


def own_sheet(headings: Iterable[str]) -> Own | None:
    """What a sheet says of itself in its first row; None if it is not one perspective's."""
    for heading in headings:
        said = _MARK.fullmatch(normal(heading))
        if said and said[2]:
            return Own(said[2], bool(said[3]))
    return None


def made_for(heading: str) -> str:
    """The engagement that a heading names as the file's own; empty if it names none."""
    said = _MARK.fullmatch(normal(heading))
    return said[1] if said else ""


def open_sheet(made_for: str) -> str:
    """What a workbook of an open sheet is, and how it is read, from its property; empty where it is none's.

    >>> open_sheet("nordby "), open_sheet("nordby.mirror card w1 0a1b")
    ('', 'it is the sheet card of nordby.mirror; read it with: hrkit fill FOLDER --take FILE')
    """
    whose, sheet = (*made_for.split()[:2], "", "")[:2]
    if not sheet:
        return ""
    how = "pair" if sheet.endswith("-pair") else "fill"
    return (
        f"it is the sheet {shown(sheet)} of {shown(whose)}; "
        f"read it with: hrkit {how} FOLDER --take FILE"
    )


def refuse_another(table: CellTable, engagement: Engagement) -> None:
    """Refuse a file that was written for another engagement.

    Raises
    ------
    AnswersError
        In one sentence that says what to do.
    """
    # What people can see and correct counts before what they cannot.
    said = [id for id in map(made_for, table.header.cells) if id] or [table.made_for]
    if told := open_sheet(table.made_for):
        raise AnswersError(f"{table.name} holds no answers: {told}")
    others = dict.fromkeys(id for id in said if id and normal(id) != normal(engagement.id))
    if others:
        raise AnswersError(
            f"{table.name} was written for the engagement {shown(' and '.join(others))}, and this "
            f"is {engagement.id}: take it into the one it was written for (or, if this one's id "
            f"was changed since, put the heading {mark(engagement)} into the file)."
        )
