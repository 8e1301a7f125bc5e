"""What belongs to one instrument: its sections, sheets and worksheets; a folder each.

Tools do not import each other.  `SECTIONS` are all sections a report profile may name: the general
ones and those of the tools.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.report import sections
from hrkit.report.chapter import Recipe, recipe
from hrkit.tools.partnership import pillars

__all__ = ["SECTIONS"]

SECTIONS: Mapping[str, Recipe] = {
    **sections.SECTIONS,
    "pillars": recipe(pillars.pillars, pillars.worksheet),
}
