"""What a program says of its fields apart from the answers: REDCap's data dictionary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hrkit.answers.files.read import read_table
from hrkit.answers.files.table import CellTable
from hrkit.errors import AnswersError, Problem
from hrkit.text import normal

__all__ = ["Field", "is_dictionary", "read_dictionary"]

_NAME, _TYPE, _LABEL = "variable / field name", "field type", "field label"
_CHOICES = "choices, calculations, or slider labels"
_YES_NO = {"yesno": {"1": "Yes", "0": "No"}, "truefalse": {"1": "True", "0": "False"}}
_TAG = re.compile(r"<[^<>]{1,200}>")


@dataclass(frozen=True)
class Field:
    """A field: its question, and what its codes stand for."""

    label: str
    choices: Mapping[str, str] = field(default_factory=dict)


def is_dictionary(table: CellTable) -> bool:
    """Whether a table is such a dictionary, which holds no answers."""
    heads = {normal(cell) for cell in table.header.cells}
    return {_NAME, _LABEL} <= heads or {"field_name", "field_label", "form_name"} <= heads


def read_dictionary(path: str | Path) -> Mapping[str, Field]:
    """The fields of a data dictionary by name; each option of a checkbox by its column's name too.

    Raises
    ------
    AnswersError
        If the file is none.
    """
    table = read_table(path, recognise=lambda text: normal(text) in (_NAME, _LABEL, _CHOICES))
    if not is_dictionary(table):
        problem = Problem(table.name, "is no data dictionary", "download it from REDCap as CSV")
        raise AnswersError(f"{table.name} cannot be used.", [problem])
    heads = {normal(cell).replace("_", " "): c for c, cell in enumerate(table.header.cells)}
    name, label = heads.get(_NAME, heads.get("field name", 0)), heads[_LABEL]
    kind = heads.get(_TYPE, -1)
    said = heads.get(_CHOICES, heads.get("select choices or calculations", -1))
    found: dict[str, Field] = {}
    for row in table.rows:
        id = row.cell(name).strip()
        text = " ".join(_TAG.sub(" ", row.cell(label)).split())
        type = normal(row.cell(kind)) if kind >= 0 else ""
        choices = _YES_NO.get(type) or _choices(row.cell(said) if said >= 0 else "")
        found[id] = Field(text, {} if type == "checkbox" else choices)
        if type == "checkbox":
            for code, option in choices.items():
                column = f"{id}___{code.lower().replace('-', '_')}"
                found[column] = Field(f"{text} (choice={option})")
    return found


def _choices(text: str) -> dict[str, str]:
    """``1, One | 2, Two`` as code to label."""
    parts = (part.partition(",") for part in text.split("|"))
    return {code.strip(): label.strip() for code, comma, label in parts if comma and code.strip()}
