"""Files of SPSS: what a variable is about, what its codes stand for, and which of them are no answer.

Survey programs write them too.  The package that reads them is an extra.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

from hrkit.answers.files.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, CellTable, grid
from hrkit.errors import AnswersError, Problem

__all__ = ["read"]

#: Seconds after which a file is given up.
_LONGEST = 300
#: Begins what is told; whatever the package itself writes stands before.
_MARK = "\x1e"
_DAMAGED = ("is damaged: what reads such files broke off", "export it anew, best as .xlsx")


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
    if importlib.util.find_spec("pyreadstat") is None:
        raise AnswersError(
            f"{path.name} is a file of SPSS, and the package that reads these is not here: install "
            "hrkit[spss] (or pyreadstat), or export the answers as .csv or .xlsx."
        )
    told = _apart(path, encoding)
    if "problem" in told:
        what, fix = told["problem"]
        raise AnswersError(f"{path.name} cannot be read.", [Problem(path.name, what, fix)])
    names, texts = told["names"], told["texts"]
    rows_of = [list(row) for row in zip(*texts, strict=True)]
    table = grid(path.name, list(enumerate([names, *rows_of], 1)), [])
    labels = {int(column): said for column, said in told["labels"].items()}
    missing = {
        int(column): frozenset(text for text in set(texts[int(column)]) if _within(text, ranges))
        for column, ranges in told["missing"].items()
    }
    return CellTable(
        path.name,
        table.header,
        table.rows,
        table.notes,
        about=tuple(told["about"]),
        labels=labels,
        missing=missing,
    )


def _apart(path: Path, encoding: str | None) -> dict[str, Any]:
    """What a process of its own says of a file.

    The package is in C, and a damaged file can end the process that reads it without a word.
    """
    code = f"from {__name__} import tell; tell()"
    # -P: nothing that lies in the folder one stands in is taken for a module.
    command = [sys.executable, "-P", "-c", code, str(path.absolute()), encoding or ""]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)
        told = (
            json.loads(done.stdout.rpartition(_MARK.encode())[2]) if done.returncode == 0 else None
        )
    except (subprocess.TimeoutExpired, ValueError):
        told = None
    return told if isinstance(told, dict) else {"problem": _DAMAGED}


def tell() -> None:
    """Say what is in a file, as JSON; run in a process of its own by `read`."""
    path, encoding = sys.argv[1:]
    with contextlib.redirect_stdout(sys.stderr):
        told = _told(path, encoding)
    sys.stdout.write(_MARK + json.dumps(told))


def _told(path: str, encoding: str) -> dict[str, Any]:
    import pyreadstat

    # Without tables: pandas would be imported for each file, and take longer than the file.
    how: dict[str, Any] = {"output_format": "dict"}
    how |= {"encoding": encoding} if encoding else {}
    try:
        _, about = pyreadstat.read_sav(path, metadataonly=True, **how)
        rows, columns = about.number_rows or 0, len(about.column_names)
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            what = (
                f"has {rows:,} rows and {columns:,} columns; at most {MAX_ROWS:,} rows, "
                f"{MAX_COLUMNS:,} columns and {MAX_CELLS:,} cells are read"
            )
            return {"problem": [what, "split it"]}
        try:
            found, about = pyreadstat.read_sav(path, user_missing=True, **how)
        except Exception:
            # A day that no calendar has (a mistyped year) stands in a column that nobody asks for.
            how["disable_datetime_conversion"] = True
            found, about = pyreadstat.read_sav(path, user_missing=True, **how)
    except Exception as error:  # the package raises errors of several kinds of its own
        return {"problem": [f"cannot be read ({error})", _DAMAGED[1]]}
    names = list(about.column_names)
    return {
        "names": names,
        "texts": [[_text(value) for value in found[name]] for name in names],
        "labels": {
            column: {_text(code): str(label) for code, label in said.items()}
            for column, name in enumerate(names)
            if (said := about.variable_value_labels.get(name))
        },
        "missing": {
            column: ranges
            for column, name in enumerate(names)
            if (ranges := about.missing_ranges.get(name))
        },
        "about": [about.column_names_to_labels.get(name) or "" for name in names],
    }


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
