"""The sections that only the partnership has."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.report.chapter import Recipe, recipe
from hrkit.tools.partnership import pillars

__all__ = ["SECTIONS"]

SECTIONS: Mapping[str, Recipe] = {"pillars": recipe(pillars.pillars, pillars.worksheet)}
