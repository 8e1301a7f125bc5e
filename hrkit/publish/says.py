"""What a printed document says by itself: running words, and the words where something was cut.

A document brings them along in its own language (`hrkit.blocks.DocumentInfo.words`); for one that
does not, they stand here in English.  ``{n}`` is a number of what was left out.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ENGLISH", "said"]

ENGLISH: Mapping[str, str] = {
    "contents": "Contents",
    "page": "Page",
    "of": "of",
    "level": "Level",
    "note": "Note",
    "figure": "Figure",
    "table": "Table",
    "charts": "Charts",
    "continued": "continued",
    "skip": "Skip to the content",
    "undescribed": "Figure without a description.",
    "lines": "… {n} more lines are left out here.",
    "rows": "… {n} more rows are left out here.",
    "columns": "… {n} more columns are left out here.",
    "characters": "… the rest is left out here.",
}


def said(words: Mapping[str, str], name: str, n: int = 0) -> str:
    """One of a document's own words, with its number filled in."""
    return (words.get(name) or ENGLISH[name]).replace("{n}", str(n))
