"""Exports of survey programs, one file a program: what its columns are, and what it says of a sheet.

A further program is one more module here with a ``TOOL``; it is found by being there.  What the
programs have in common is read by `hrkit.answers.readers.surveys.reading`.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.surveys.tool import SurveyTool

__all__ = ["recognised", "tools"]


@functools.cache
def tools() -> tuple[SurveyTool, ...]:
    """The programs that are known, in the order of their names."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    )
    return tuple(module.TOOL for module in modules if hasattr(module, "TOOL"))


def recognised(table: CellTable) -> SurveyTool | None:
    """The program whose export a table is, by the headings that only it writes; None if it is nobody's."""
    marks = {tool: tool.marks(table) for tool in tools()}
    best = max(marks, key=lambda tool: (marks[tool], tool.enough))
    return best if marks[best] else None
