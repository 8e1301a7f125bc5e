"""A file of any kind as a grid of text, by its ending."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from hrkit.answers.files.table import CellTable
from hrkit.errors import AnswersError, Problem
from hrkit.files import only_a_file

__all__ = ["KINDS", "read_table"]

TEXTS, WORKBOOKS = (".csv", ".txt", ".tsv"), (".xlsx", ".xlsm")
#: Endings of the files that are read.
KINDS = TEXTS + WORKBOOKS


def read_table(
    path: str | Path,
    *,
    recognise: Callable[[str], bool] = lambda _: False,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    sheets: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
    own: Callable[[Sequence[str]], str] = lambda _: "",
) -> CellTable:
    """Read a ``.csv``, ``.txt``, ``.tsv``, ``.xlsx`` or ``.xlsm`` file as text.

    Parameters
    ----------
    path
        The file.
    recognise
        Whether a heading is known; settles which delimiter a CSV file uses, and which sheet of a
        workbook holds answers.
    encoding, delimiter
        Override what is found out about a CSV file.
    sheet
        Sheet of a workbook to read.
    sheets
        Names to look for where none is given; else the first visible sheet.
    beside
        Names of sheets that are known to hold no answers.
    own
        How a sheet with these cells in its first row is laid out, if it is one of several of the kit's
        own: ``rows`` or ``form``; empty if it is not.

    Raises
    ------
    AnswersError
        With what is wrong and what to do.
    """
    from hrkit.answers.files import delimited, excel

    path = Path(path)
    suffix = path.suffix.lower()
    if encoding is not None:
        delimited.check_encoding(encoding)
    if suffix in TEXTS:
        if sheet is not None:
            raise AnswersError(f"{path.name} is no workbook: it has no sheets.")
        data = _bytes(path, delimited.MAX_BYTES)
        return delimited.read(data, path.name, recognise, encoding, delimiter)
    if suffix in WORKBOOKS:
        if encoding is not None or delimiter is not None:
            raise AnswersError(f"{path.name} is a workbook: it has no encoding and no delimiter.")
        return excel.read(
            _bytes(path, excel.MAX_BYTES), path.name, sheet, sheets, beside, recognise, own
        )
    problem = Problem(
        path.name,
        f"is of a kind that is not read ({suffix or 'no ending'})",
        "save it as .xlsx or .csv",
    )
    raise AnswersError(f"{path.name} cannot be read.", [problem])


def _bytes(path: Path, limit: int) -> bytes:
    try:
        only_a_file(path)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        problem = Problem(path.name, error.strerror or "cannot be opened", "check the path")
        raise AnswersError(f"{path.name} cannot be read.", [problem]) from None
    if len(data) > limit:
        problem = Problem(path.name, f"is larger than {limit // 2**20} MB", "split it")
        raise AnswersError(f"{path.name} cannot be read.", [problem])
    if not data.strip():
        problem = Problem(path.name, "is empty", "choose the file with the answers")
        raise AnswersError(f"{path.name} cannot be read.", [problem])
    return data
