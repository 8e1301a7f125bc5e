"""What a page consists of: plain values that the browser draws, whatever page they are of.

Every text in them is ready to be read.  Outside text goes in as text and is drawn as text, never as HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from hrkit.errors import HrkitError, Problem
from hrkit.text import visible
from hrkit.workbook.front.spoken import spoken_problem

__all__ = [
    "Part",
    "Reply",
    "button",
    "chosen",
    "entry",
    "form",
    "more",
    "options",
    "problem_rows",
    "table",
    "text",
    "title",
]

Part: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said of what was just done.

    Attributes
    ----------
    good
        Whether it was done.
    text
        A sentence.
    rows
        Everything that has to be mended: where, what, and what to do.
    notes
        What is worth knowing.
    call
        The same in Python.
    """

    good: bool
    text: str
    rows: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    call: str = ""


def title(said: str) -> Part:
    """A heading within a page."""
    return {"kind": "title", "text": said}


def text(said: str, look: str = "plain") -> Part:
    """A paragraph; ``look`` is ``plain``, ``lead``, ``quiet``, ``warn`` or ``lines`` (as it is broken)."""
    return {"kind": "text", "text": visible(said), "look": look}


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Part:
    """A table; the first cell of a row is its heading."""
    shown = [[visible(str(cell)) for cell in row] for row in rows]
    return {"kind": "table", "caption": caption, "columns": list(columns), "rows": shown}


def entry(kind: str, id: str, label: str, value: Any = "", **more: Any) -> Part:
    """A field that is filled in.

    ``kind`` is ``line``, ``area``, ``number``, ``date``, ``colour``, ``password``, ``tick``, ``select``, ``choices``,
    ``files``, ``rows`` or ``grid``; what somebody puts in comes back under ``id``.
    """
    return {"kind": kind, "id": id, "label": label, "value": value, **more}


def options(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """What a field offers: values with what they are called."""
    return [[value, label] for value, label in pairs]


def button(
    do: str, label: str, *, main: bool = False, values: Mapping[str, Any] | None = None
) -> Part:
    """A button; what it does gets the values of the form it stands in, and its own."""
    return {"do": do, "label": label, "main": main, "with": dict(values or {})}


def form(id: str, parts: Sequence[Part], buttons: Sequence[Part], legend: str = "") -> Part:
    """Fields with the buttons that send them."""
    return {
        "kind": "form",
        "id": id,
        "parts": list(parts),
        "buttons": list(buttons),
        "legend": legend,
    }


def more(label: str, parts: Sequence[Part], *, open: bool = False) -> Part:
    """What is seen when somebody asks for it."""
    return {"kind": "more", "label": label, "parts": list(parts), "open": open}


def chosen(values: Mapping[str, Any], id: str) -> str:
    """A text that somebody put in; empty if they did not."""
    return str(values.get(id) or "").strip()


def problem_rows(
    error: HrkitError | Sequence[Problem], language: str
) -> tuple[tuple[str, str, str], ...]:
    """What has to be mended, as rows of a table, in the page's language."""
    given = error.problems if isinstance(error, HrkitError) else error
    found = [spoken_problem(one, language) for one in given]
    return tuple((visible(one.where), visible(one.what), visible(one.fix)) for one in found)
