"""Whose answers a file holds, where it says so.

The kit's template carries the id of the engagement it was written for: in a heading of its own,
``hrkit:acme``, which survives every spreadsheet and every copy of the sheet, and in a property of
the workbook for those who delete columns.  A file that says nothing is anybody's.
"""

from __future__ import annotations

import re

from hrkit.answers.files.table import CellTable
from hrkit.errors import AnswersError
from hrkit.model.engagement import Engagement
from hrkit.text import normal, shown

__all__ = ["made_for", "mark", "refuse_another"]

_MARK = re.compile(r"hrkit\s*[:=]\s*(\S.*)")


def mark(engagement: Engagement) -> str:
    """The heading by which a file says for which engagement it was written."""
    return f"hrkit:{engagement.id}"


def made_for(heading: str) -> str:
    """The engagement that a heading names as the file's own; empty if it names none."""
    said = _MARK.fullmatch(normal(heading))
    return said[1] if said else ""


def refuse_another(table: CellTable, engagement: Engagement) -> None:
    """Refuse a file that was written for another engagement.

    Raises
    ------
    AnswersError
        In one sentence that says what to do.
    """
    # What people can see and correct counts before what they cannot.
    said = [id for id in map(made_for, table.header.cells) if id] or [table.made_for]
    others = dict.fromkeys(id for id in said if id and normal(id) != normal(engagement.id))
    if others:
        raise AnswersError(
            f"{table.name} was written for the engagement {shown(' and '.join(others))}, and this "
            f"is {engagement.id}: take it into the one it was written for (or, if this one's id "
            f"was changed since, put the heading {mark(engagement)} into the file)."
        )
