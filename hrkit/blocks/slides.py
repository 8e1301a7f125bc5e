"""What a deck is made of: frozen slides that say *what* is shown and what is to be asked.

`report` makes slides, `publish` draws them.  As with worksheets, they go with a part's output and
are not shown on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

from hrkit.blocks import (
    Bullets,
    Callout,
    Card,
    Facts,
    Note,
    Paragraph,
    Plot,
    Table,
    from_json,
    to_json,
)

__all__ = ["Part", "Slide", "slide_from_json", "slide_to_json"]

#: What may stand on a slide.  One plot or table is its picture; the other parts stand beside it,
#: notes at its foot.
Part: TypeAlias = Plot | Table | Card | Callout | Bullets | Paragraph | Facts | Note


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide.

    Attributes
    ----------
    title
        The message in one sentence; no two slides of a deck have the same.
    parts
        In the order in which they are read.
    notes
        What whoever shows it says or asks, a paragraph each.
    kind
        ``cover`` is the first slide: its paragraphs stand under the title.
    """

    title: str
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    kind: Literal["content", "cover"] = "content"
    type: Literal["slide"] = "slide"


def slide_to_json(slide: Slide) -> dict[str, Any]:
    """A slide as plain JSON values; `slide_from_json` turns it back."""
    made: dict[str, Any] = to_json(slide)
    return made


def slide_from_json(value: Mapping[str, Any]) -> Slide:
    """A slide from the plain values `slide_to_json` made.

    Raises
    ------
    ValueError
        For a field that no slide has, or a part that none may have.
    """
    given = {name: one for name, one in value.items() if name != "type"}
    if not set(given) <= {field.name for field in fields(Slide)} or "title" not in given:
        raise ValueError(f"not a slide: {sorted(given)}")
    if given.get("kind", "content") not in ("content", "cover"):
        raise ValueError(f"no kind of slide: {given['kind']!r}")
    parts = from_json(list(given.get("parts", ())))
    if not all(isinstance(part, Part) for part in parts):
        raise ValueError("a slide holds something that has no place there")
    title, notes = given["title"], tuple(given.get("notes", ()))
    if not all(isinstance(text, str) for text in (title, *notes)):
        raise ValueError("a slide's title or notes are no text")
    return Slide(title, parts, notes, given.get("kind", "content"))
