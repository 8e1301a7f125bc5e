"""Columns and choices of an open sheet's workbook that are called otherwise by now.

Between the day on which a workbook goes out and the day on which it comes back a role may be renamed
(``terms:``), or a text of the kit change.  Columns stand where they stood, and the workbook has its own lists,
in the order of what may be chosen: so both are still understood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hrkit.answers.files.excel import columns_of
from hrkit.report.open_form import OpenField, OpenForm

__all__ = ["by_place", "chosen_then", "lists_then"]


def by_place(form: OpenForm, heads: Sequence[str], where: dict[str, int]) -> dict[str, int]:
    """Where the fields stand: by their headings, and those of no known heading at their own place.

    Nothing is added where the columns are not as many as were written: somebody has moved them.
    """
    told = [text for text in heads if text]
    if len(told) != 1 + len(form.heads) + len(form.fields) + 1 or told != list(heads[: len(told)]):
        return where
    taken = set(where.values())
    found = dict(where)
    for x, field in enumerate(form.fields, 1 + len(form.heads)):
        if field.id not in found and x not in taken:
            found[field.id] = x
    return found


def lists_then(path: Path, sheets: Sequence[str]) -> Mapping[int, tuple[str, ...]]:
    """What could be chosen when the workbook was written, by column; nothing where it has no such lists."""
    return {x: tuple(said[1:]) for x, said in columns_of(path, sheets).items() if len(said) > 1}


def chosen_then(field: OpenField, listed: Sequence[str], text: str) -> str:
    """What stands for a label of the workbook's own list; empty where it is none, or the list has changed.

    Parameters
    ----------
    listed, text
        The list and the label, both in normal form.
    """
    if len(listed) != len(field.choices) or text not in listed:
        return ""
    return field.choices[listed.index(text)][0]
