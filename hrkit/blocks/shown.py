"""Blocks as a notebook shows them: HTML on the screen, JSON for the page, both at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from hrkit.blocks import MIME, Block, Callout, DocumentInfo, Figure, plain, to_json
from hrkit.blocks.slides import Slide, slide_to_json
from hrkit.blocks.worksheets import Worksheet, sheet_to_json

__all__ = ["Shown", "ordered", "unseen"]

#: The formats that what is shown is made into beside the page; None where it is shown on a screen, and kept.
_ORDERED: ContextVar[frozenset[str] | None] = ContextVar("ordered", default=None)


@contextmanager
def unseen(formats: Collection[str] = ()) -> Iterator[None]:
    """Where nobody looks at a screen: what is shown carries what the page is made of, and no HTML.

    Parameters
    ----------
    formats
        Beside the page: what only another format is made of is not made.
    """
    token = _ORDERED.set(frozenset(formats))
    try:
        yield
    finally:
        _ORDERED.reset(token)


def ordered(kind: str) -> bool:
    """Whether anything is made into this format: known where it is ordered, and possible where it is kept."""
    formats = _ORDERED.get()
    return formats is None or kind in formats


@dataclass(frozen=True)
class Shown:
    """A tuple of blocks that displays itself in Jupyter.

    Attributes
    ----------
    blocks
        What is shown.
    stamp
        Of what it is a part: engagement, wave, language, release and so on.  It goes with the
        output, so that parts of two reports are never printed as one.
    mark
        What stands above it on the screen: that it is a preview.
    worksheets
        The same figures as worksheets; they go with the output and are not shown.
    slides
        The deck, likewise.
    """

    blocks: tuple[Block, ...]
    stamp: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    worksheets: tuple[Worksheet, ...] = ()
    slides: tuple[Slide, ...] = ()

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> dict[str, Any] | tuple[dict[str, Any], dict[str, Any]]:
        bundle: dict[str, Any] = {
            MIME: [
                *to_json(self.blocks),
                *map(sheet_to_json, self.worksheets),
                *map(slide_to_json, self.slides),
            ],
            "text/plain": f"{len(self.blocks)} blocks",
        }
        if _ORDERED.get() is None:
            from hrkit.blocks.html import to_html

            bundle["text/html"] = to_html(self._on_screen())
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Figure):
            bundle["image/svg+xml"] = self.blocks[0].svg
            bundle["text/plain"] = plain(self.blocks[0].alt)
        return (bundle, {MIME: {"stamp": dict(self.stamp)}}) if self.stamp else bundle

    def _on_screen(self) -> tuple[Block, ...]:
        if not self.mark:
            return self.blocks
        head = tuple(block for block in self.blocks[:1] if isinstance(block, DocumentInfo))
        return (*head, Callout(self.mark, "warning"), *self.blocks[len(head) :])
