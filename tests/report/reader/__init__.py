"""A reader that knows nothing of the code that wrote a report: it has the printed text and the released tables.

Sentences are read by a grammar of their own (`grammar`), names by the client's own words (`names`), and what
each says is held against what was released (`held`, `said`).  What no sentence of the grammar accounts for (a
number, a word that compares) is a fault of its own: a new sentence has to be read before it may be printed.
"""

from __future__ import annotations

from tests.report.reader.read import faults, sentences
from tests.report.reader.tools import tool_faults

__all__ = ["faults", "sentences", "tool_faults"]
