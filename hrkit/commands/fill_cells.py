"""A cell of an open sheet: what is kept of it, and what is wrong with it in words."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrkit.report.open_form import OpenField

__all__ = ["changed_since", "not_so", "plain"]

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
#: A list that is said whole where something else was written.
_FEW, _LINE = 9, 160
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")


def plain(field: OpenField, text: str) -> str:
    """A day or a number as it is kept; empty for what is none."""
    if field.kind == "number":
        return f"{float(text.replace(',', '.')):.12g}" if _NUMBER.fullmatch(text) else ""
    match = _DAY.fullmatch(text)
    try:
        return dt.date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""


def changed_since(field: OpenField, text: str) -> tuple[str, str]:
    """What is wrong with a cell that somebody else has changed as well, and what to do."""
    label = dict(field.choices).get(text, text)
    what = f"says “{label}” since this workbook was written" if text else "was emptied since"
    return what, "choose one in a workbook that is written anew"


def not_so(field: OpenField, text: str) -> tuple[str, str]:
    """What is wrong with a cell, and what to do."""
    if field.choices:
        listed = ", ".join(label for _, label in field.choices)
        short = len(field.choices) <= _FEW and len(listed) <= _LINE
        how = f"choose from the list ({listed})" if short else "choose from the list"
        return f"“{text}” is none of the list", how
    if field.kind == "number":
        return f"“{text}” is no number", "write digits, such as 12 or 12.5"
    return f"“{text}” is no date", "choose a day, or write it as 2026-12-31"
