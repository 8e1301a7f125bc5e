"""SPSS files, whoever wrote them: variables are the kit's codes, their labels the questions."""

from __future__ import annotations

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.surveys.tool import SurveyTool

__all__ = ["TOOL"]


class _Spss(SurveyTool):
    def marks(self, table: CellTable) -> int:
        """A file that says apart from its headings what its columns are about."""
        return 1 if table.about else 0


TOOL = _Spss(name="SPSS", own={}, telling=frozenset())
