"""A reader that knows nothing of the code that wrote a report: it has the printed text and the released tables.

Sentences are read by a grammar of their own (`grammar`), names by the client's own words (`names`), and what
each says is held against what was released (`held`, `said`).  What no sentence of the grammar accounts for (a
number, a word that compares) is a fault of its own: a new sentence has to be read before it may be printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from hrkit.assessment.assessment import Assessment
from hrkit.disclosure.released import Released
from tests.report.reader.deck import deck_faults
from tests.report.reader.pieces import board_faults, employees_faults, unit_faults
from tests.report.reader.ranked import ranked_faults
from tests.report.reader.read import faults, sentences
from tests.report.reader.tools import tool_faults

__all__ = ["faults", "piece_faults", "ranked_faults", "sentences", "tool_faults"]


def piece_faults(report: Assessment, against: Released | None = None) -> Iterator[str]:
    """What is wrong with all that is handed out beside a report: board, everybody, units, deck."""
    yield from board_faults(report, against)
    yield from employees_faults(report, against)
    for unit in report.engagement.units[1:]:
        yield from unit_faults(report, unit.id, against)
    yield from deck_faults(report, against)
