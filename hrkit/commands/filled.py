"""Workbooks that are written to be filled in, and come back: where one goes, and what a filled-in one holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from hrkit.answers.files.table import CellTable
    from hrkit.model.language import Words

__all__ = ["FilledBook", "filled_in", "workbook_place"]

#: Headings that workbooks had before they were reworded: what was filled in under them is still read.
_ONCE: Mapping[str, Mapping[str, str]] = {
    "plan_of_action": {
        "Opvolging": "due",
        "Hvem hjælper (rolle)": "helpers",
        "Hvad det kræver": "needs",
    },
    "passing": {"Druk in plaats daarvan dit af": "text"},
    "workshop.form": {"Waarop het rust": "evidence"},
}


def workbook_place(output: str | Path | None, home: Path, name: str) -> Path:
    """Where a workbook goes.

    Parameters
    ----------
    output
        As the user gave it: a file that ends in ``.xlsx``, or a folder that is there.
    home
        Where it goes if nothing was given.
    name
        What it is called where no file was given; the ending is put in its place.

    Raises
    ------
    HrkitError
        If the name is one for something else than a workbook.
    """
    name = Path(name).with_suffix(".xlsx").name
    if not output:
        return home / name
    output = Path(output)
    if output.is_dir():
        return output / name
    if output.suffix.lower() != ".xlsx":
        raise HrkitError(f"{output.name} is no name for a workbook; end it in .xlsx")
    return output


@dataclass(frozen=True)
class FilledBook:
    """A filled-in workbook, in whichever language it was written.

    Attributes
    ----------
    table
        Its lines.
    where
        Column's id to its place.
    words
        Of the language its headings are in.
    """

    table: CellTable
    where: Mapping[str, int]
    words: Words


def filled_in(
    engagement: Engagement,
    path: Path,
    *,
    columns: Collection[str],
    needed: Collection[str],
    tells: str,
    texts: str,
) -> FilledBook:
    """Read a workbook that the kit wrote for an engagement.

    Parameters
    ----------
    columns
        Ids of its columns, of which those ``needed`` must be there.
    tells
        The column by whose heading its language is known.
    texts
        Where its words are: below this key ``sheet`` and ``column.ID``.

    Raises
    ------
    HrkitError
        If it is no such workbook, another engagement's, or lacks a heading.
    """
    from hrkit.answers.files.read import read_table
    from hrkit.answers.readers.owner import open_sheet
    from hrkit.text import normal, shown

    spoken = [engagement.words(language) for language in engagement.instrument.languages]
    names = {normal(head): one for head, one in _ONCE.get(texts, {}).items()}
    names |= {normal(w(f"{texts}.column.{one}")): one for w in spoken for one in columns}
    table = read_table(
        path,
        recognise=lambda text: normal(text) in names,
        sheets=tuple(dict.fromkeys(w(f"{texts}.sheet") for w in spoken)),
        beside=tuple(w(f"plan_of_action.{name}") for w in spoken for name in ("guide", "lists")),
    )
    if other := open_sheet(table.made_for):
        raise HrkitError(f"{path.name} is another workbook: {other}")
    if table.made_for and table.made_for != engagement.id:
        whose = shown(table.made_for)
        raise HrkitError(
            f"{path.name} was written for the engagement {whose}, not {engagement.id}."
        )
    heads = [normal(text) for text in table.header.cells]
    where = {names[head]: x for x, head in enumerate(heads) if head in names}
    if missing := [one for one in needed if one not in where]:
        lacking = ", ".join(spoken[0](f"{texts}.column.{one}") for one in missing)
        problem = Problem(f"{table.name} row 1", f"has no heading {lacking}", "write it as it was")
        raise HrkitError(f"{path.name} cannot be taken.", [problem])
    if twice := [x for x, head in enumerate(heads) if head in names and where[names[head]] != x]:
        problems = [
            Problem(
                table.where(1, x),
                f"the heading {shown(table.header.cell(x))} stands twice",
                "keep one of the columns",
            )
            for x in twice
        ]
        raise HrkitError(f"{path.name} cannot be taken.", problems)
    # By the telling column where it is there: two languages may share the other words.
    said = {heads[where[tells]]} if tells in where else set(heads)
    told = (tells,) if tells in where else columns
    words = max(
        spoken, key=lambda w: sum(normal(w(f"{texts}.column.{one}")) in said for one in told)
    )
    return FilledBook(table, where, words)
