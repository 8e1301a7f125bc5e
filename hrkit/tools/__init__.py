"""What belongs to one instrument: its sections, sheets and worksheets; a folder each.

Tools do not import each other.  `SECTIONS` are all sections a report profile may name: the general
ones and those of the tools.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block
from hrkit.report import sections
from hrkit.report.context import Context
from hrkit.tools.partnership.pillars import pillars

__all__ = ["SECTIONS"]

SECTIONS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    **sections.SECTIONS,
    "pillars": pillars,
}
