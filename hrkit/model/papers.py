"""Papers to write on: what an action hands over to leaders and HR, printed and filled in by hand.

A paper is data (`data/templates/handouts/INSTRUMENT/*.yml`): a title, when it is used, and parts to
be written on.  It holds no answer and asks for none.  A file of the same id in the engagement's
folder ``handouts/`` wins over the kit's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from hrkit import kit
from hrkit.model.engagement import Engagement
from hrkit.model.language import Texts
from hrkit.model.own_files import layered
from hrkit.model.terms import Terms, expanded

__all__ = ["Column", "Paper", "Piece", "Prompt", "papers"]

#: Sub-folder of the kit and of an engagement that holds papers.
FOLDER = "handouts"

Size: TypeAlias = Literal["page", "cards", "landscape"]
Kind: TypeAlias = Literal["questions", "table", "checklist", "steps", "text", "signatures"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One line of a part: a question with so many lines to write on, a box, a step, who signs."""

    text: Texts
    lines: int = 0
    who: Texts | None = None
    when: Texts | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table to write in; ``width`` is relative."""

    text: Texts
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paper.

    Attributes
    ----------
    items
        Questions, boxes, steps, or who signs; the one text of a ``text``.
    columns, rows, blank
        Of a table: its columns, the names of its rows, or how many are blank.
    lines
        Of a table: lines of a cell to write in; 0 for as many as the sheet has room for.
    """

    kind: Kind
    title: Texts | None = None
    items: tuple[Prompt, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Texts, ...] = ()
    blank: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to write on.

    Attributes
    ----------
    size
        ``page``: one upright sheet; ``landscape``: one on its side; ``cards``: several equal cards on
        one sheet, to be cut.
    who
        Who fills it in: perspectives, or owners as actions have them.
    minutes
        About how long it takes; 0 where that says nothing.
    note
        Who keeps it, and what is never written on it.
    legal
        It touches the law: the reader is sent to an adviser of their own.
    """

    id: str
    size: Size
    who: tuple[str, ...]
    minutes: int
    title: Texts
    use: Texts
    parts: tuple[Piece, ...]
    note: Texts | None = None
    legal: bool = False


def papers(engagement: Engagement) -> Mapping[str, Paper]:
    """Every paper of an engagement by id: those of its instrument, and its own.

    Raises
    ------
    HrkitError
        With everything that is wrong with the papers in the engagement's folder.
    """
    home = kit.templates() / FOLDER
    places = [home / id for id in reversed(engagement.instrument.speaks)]
    languages = engagement.languages
    found = layered(places, engagement.folder, FOLDER, "handout", languages, "Papers")
    made = (_paper(source.data, engagement.terms) for source in found.values())
    return {paper.id: paper for paper in made}


def _paper(data: Any, terms: Terms) -> Paper:
    raw = expanded(data, terms)
    return Paper(
        id=raw["id"],
        size=raw["size"],
        who=tuple(raw["who"]),
        minutes=raw.get("minutes", 0),
        title=raw["title"],
        use=raw["use"],
        parts=tuple(map(_part, raw["parts"])),
        note=raw.get("note"),
        legal=bool(raw.get("legal", False)),
    )


def _part(raw: Any) -> Piece:
    kind = raw["kind"]
    items = raw.get("who" if kind == "signatures" else "items", ())
    if kind == "text":
        items = (raw["text"],)
    return Piece(
        kind=kind,
        title=raw.get("title"),
        items=tuple(map(_prompt, items)),
        columns=tuple(Column(c["text"], float(c.get("width", 1))) for c in raw.get("columns", ())),
        rows=tuple(raw.get("rows", ())),
        blank=int(raw.get("blank", 0)),
        lines=int(raw.get("lines", 0)),
    )


def _prompt(raw: Any) -> Prompt:
    if "text" not in raw:
        return Prompt(raw)
    return Prompt(raw["text"], int(raw.get("lines", 0)), raw.get("who"), raw.get("when"))
