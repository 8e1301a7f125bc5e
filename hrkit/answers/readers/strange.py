"""Files in which nothing is known: said once, with the way out, and not heading by heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.rows import refused
from hrkit.answers.readers.surveys import recognised
from hrkit.errors import Problem
from hrkit.text import normal, shown

__all__ = ["refuse_strange"]

_NAMED = 3


def refuse_strange(
    parts: Sequence[CellTable], knows: Callable[[str], bool], instrument: str
) -> None:
    """Refuse a file that is no survey of the kit's and has no heading that is known.

    Parameters
    ----------
    parts
        The sheets of the file.
    knows
        Whether a heading is known.
    instrument
        What is asked here.

    Raises
    ------
    AnswersError
        With the one thing that is wrong.
    """
    table = parts[0]
    tool = recognised(table)
    if tool is not None:
        what = f"is an export of {tool.name} of which fewer than two columns ask what {instrument} asks"
        fix = (
            "if it asks the same in other words, draft a mapping: hrkit map FILE --into DIR; "
            "else choose another file"
        )
        raise refused(table.name, [Problem(table.name, what, fix)])
    if what := _asks_only(table):
        raise refused(table.name, [Problem(table.name, what, "export the responses as CSV")])
    heads = [text for part in parts for text in part.header.cells if text.strip()]
    if any(map(knows, heads)) or any(row == 1 for part in parts for row, _ in part.odd):
        return
    listed = ", ".join(f"“{shown(text, 40)}”" for text in heads[:_NAMED])
    more = ", …" if len(heads) > _NAMED else ""
    what = f"none of its {len(heads)} headings is known ({listed}{more})"
    if len(heads) == 1:
        what = f"its only heading, {listed}, is not known"
    fix = (
        "use the headings of the template (hrkit template DIR), or draft a mapping: "
        "hrkit map FILE --into DIR"
    )
    raise refused(table.name, [Problem(f"{table.name} row 1", what, fix)])


def _asks_only(table: CellTable) -> str:
    """What a file of questions is that was taken for one of answers; empty where it is none."""
    heads = {normal(text) for text in table.header.cells if text.strip()}
    if normal("[[AdvancedFormat]]") in heads:
        return "is a Qualtrics survey and holds no answers"
    if {"type", "name"} <= heads and any(head.startswith("label") for head in heads):
        return "is an XLSForm and holds no answers"
    return ""
