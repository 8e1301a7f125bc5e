"""A section as it is handed over: what stands on the page, and the same figures as worksheets."""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.blocks import Block
from hrkit.blocks.worksheets import Sheet

__all__ = ["Chapter"]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Blocks of a section and the worksheets that hold its figures; both are empty where it says nothing."""

    blocks: tuple[Block, ...] = ()
    worksheets: tuple[Sheet, ...] = ()
