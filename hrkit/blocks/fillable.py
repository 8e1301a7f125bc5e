"""What a workbook to fill in is made of: frozen columns of which some are for the reader to write in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Fillable", "FormColumn"]


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a sheet to fill in.

    Attributes
    ----------
    name
        Its heading.
    width
        In characters.
    kind
        ``fixed`` is given, ``text`` is free, ``list`` is chosen, ``date`` is a day.
    choices
        Of a list.
    open
        A list may be left for words of one's own; the program only asks whether that is meant.
    hidden
        It is for the program that reads the sheet back; nobody sees or prints it.
    """

    name: str
    width: float = 14
    kind: Literal["fixed", "text", "list", "date"] = "text"
    choices: tuple[str, ...] = ()
    open: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Fillable:
    """A sheet to fill in, with its guide.

    Attributes
    ----------
    name, guide, lists
        Of its sheet, the sheet that explains it, and the one that holds the lists' choices.
    title, help
        What the guide says.
    columns, rows
        Cells are texts; those of a ``date`` column are ISO days or empty.
    empty
        How many empty lines follow; in them every column may be written in.
    whose
        For whom it was written; kept in the file, so that another's is not taken for it.
    """

    name: str
    guide: str
    lists: str
    title: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    help: tuple[str, ...] = ()
    empty: int = 10
    whose: tuple[str, str] = ("", "")
