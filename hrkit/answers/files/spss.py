"""Files of SPSS: what a variable is about, what its codes stand for, and which of them are no answer.

Survey programs write them too.  The package that reads them is an extra.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from hrkit.answers.files.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, CellTable, grid
from hrkit.errors import AnswersError, Problem

__all__ = ["read"]


def read(path: Path, encoding: str | None = None) -> CellTable:
    """Table from an ``.sav`` or ``.zsav`` file: its values as they are coded.

    Parameters
    ----------
    path
        The file.
    encoding
        Given where the file does not say the right one.

    Raises
    ------
    AnswersError
        If the extra is missing, or it is no such file.
    """
    try:
        import pyreadstat
    except ImportError:
        raise AnswersError(
            f"{path.name} is a file of SPSS, and the package that reads these is not here: install "
            "hrkit[spss] (or pyreadstat), or export the answers as .csv or .xlsx."
        ) from None
    how: dict[str, Any] = {"encoding": encoding} if encoding else {}
    try:
        _, about = pyreadstat.read_sav(str(path), metadataonly=True, **how)
        rows, columns = about.number_rows or 0, len(about.column_names)
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            problem = Problem(
                path.name,
                f"has {rows:,} rows and {columns:,} columns; at most {MAX_ROWS:,} rows, "
                f"{MAX_COLUMNS:,} columns and {MAX_CELLS:,} cells are read",
                "split it",
            )
            raise AnswersError(f"{path.name} cannot be read.", [problem])
        found, about = pyreadstat.read_sav(
            str(path), user_missing=True, output_format="dict", **how
        )
    except AnswersError:
        raise
    except Exception as error:  # the package raises errors of several kinds of its own
        problem = Problem(path.name, f"cannot be read ({error})", "export it anew, best as .xlsx")
        raise AnswersError(f"{path.name} cannot be read.", [problem]) from None
    names = list(about.column_names)
    texts = [[_text(value) for value in found[name]] for name in names]
    rows_of = [list(row) for row in zip(*texts, strict=True)]
    table = grid(path.name, list(enumerate([names, *rows_of], 1)), [])
    labels = {
        column: {_text(code): str(label) for code, label in said.items()}
        for column, name in enumerate(names)
        if (said := about.variable_value_labels.get(name))
    }
    missing = {
        column: frozenset(text for text in set(texts[column]) if _within(text, ranges))
        for column, name in enumerate(names)
        if (ranges := about.missing_ranges.get(name))
    }
    told = tuple(about.column_names_to_labels.get(name) or "" for name in names)
    return CellTable(
        path.name, table.header, table.rows, table.notes, about=told, labels=labels, missing=missing
    )


def _text(value: Any) -> str:
    """A value as text: whole numbers without decimals, nothing where there is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).rstrip()


def _within(text: str, ranges: Any) -> bool:
    """Whether a value lies in one of the ranges that a variable declares missing."""
    for one in ranges:
        low, high = one["lo"], one["hi"]
        if isinstance(low, str) or isinstance(high, str):
            if text == str(low).rstrip():
                return True
            continue
        try:
            if low <= float(text) <= high:
                return True
        except ValueError:
            continue
    return False
