"""Blocks as a notebook shows them: HTML on the screen, JSON for the page, both at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hrkit.blocks import MIME, Block, Figure, plain, to_json

__all__ = ["Shown"]


@dataclass(frozen=True)
class Shown:
    """A tuple of blocks that displays itself in Jupyter."""

    blocks: tuple[Block, ...]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        from hrkit.blocks.html import to_html

        bundle: dict[str, Any] = {
            MIME: to_json(self.blocks),
            "text/html": to_html(self.blocks),
            "text/plain": f"{len(self.blocks)} blocks",
        }
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Figure):
            bundle["image/svg+xml"] = self.blocks[0].svg
            bundle["text/plain"] = plain(self.blocks[0].alt)
        return bundle
