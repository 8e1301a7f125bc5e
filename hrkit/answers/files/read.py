"""A file of any kind as a grid of text, by its ending."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hrkit.answers.files.container import unpacking
from hrkit.answers.files.part import Refused
from hrkit.answers.files.table import CellTable
from hrkit.errors import AnswersError, Problem
from hrkit.files import only_a_file
from hrkit.text import shown

__all__ = ["KINDS", "read_table"]

TEXTS, WORKBOOKS = (".csv", ".txt", ".tsv", ".tab", ".dat"), (".xlsx", ".xlsm", ".ods")
SPSS, PACKED = (".sav", ".zsav"), (".zip",)
#: Endings of the files that are read.
KINDS = TEXTS + WORKBOOKS + SPSS + PACKED
#: Why a file of another kind is not read, and what to do.
_OTHERS = {
    ".xls": ("is an old Excel workbook", "save it as .xlsx"),
    ".xlsb": ("is a binary workbook", "save it as .xlsx"),
    ".numbers": ("is a file of Apple Numbers", "export it as .xlsx or .csv"),
    ".lss": ("is a LimeSurvey survey and holds no answers", "export the responses as CSV"),
    ".lsa": ("is a LimeSurvey archive", "export the responses as CSV"),
    ".qsf": ("is a Qualtrics survey and holds no answers", "export the responses as CSV"),
    ".por": ("is a portable file of SPSS", "save it as .sav"),
    ".dta": ("is a file of Stata", "export the answers as .csv or .sav"),
    ".rds": ("is a file of R", "write the answers as .csv"),
    **dict.fromkeys(
        (".pdf", ".docx", ".doc", ".odt", ".rtf"),
        ("is a document and no table of answers", "export the responses as CSV or .xlsx"),
    ),
}

_JSON = ("is JSON and no table of answers", "export the responses as CSV or .xlsx")
_PAGE = ("is a web page or XML", "open it in a spreadsheet and save it as .xlsx")
#: How a file begins that is not what its name says, in small letters, and what it is.
_NO_TEXT = {
    b"pk\x03\x04": ("is a workbook, or another packed file", "rename it: .xlsx, .ods or .zip"),
    b"\x1f\x8b": ("is a packed file", "unpack it, and name the file"),
    b"<!doctype": _PAGE,
    b"<html": _PAGE,
    b"<?xml": _PAGE,
    b"mime-version:": _PAGE,
    b"{\\rtf": _OTHERS[".pdf"],
    b'{"': _JSON,
    b'[{"': _JSON,
    b"\xd0\xcf\x11\xe0": ("is an old Excel workbook", "save it as .xlsx"),
    b"%pdf": _OTHERS[".pdf"],
    b"$fl2": ("is a file of SPSS", "rename it: .sav"),
    b"$fl3": ("is a file of SPSS", "rename it: .sav"),
}
_NO_WORKBOOK = {b"<": _PAGE, b"mime-version:": _PAGE, b"%pdf": _OTHERS[".pdf"]}


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
    skip: int = 0,
) -> CellTable:
    """Read a file of a kind in `KINDS` as text; of a zip the one such file in it.

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
    skip
        Rows above the headings.

    Raises
    ------
    AnswersError
        With what is wrong and what to do.
    """
    from hrkit.answers.files import delimited, excel, spss

    path = Path(path)
    if encoding is not None:
        delimited.check_encoding(encoding)
    name, suffix = path.name, path.suffix.lower()
    data: bytes | None = None
    if name.startswith("~$"):
        problem = Problem(name, "is what a program keeps beside an open file", "choose the other")
        raise AnswersError(f"{name} cannot be read.", [problem])
    if suffix in PACKED:
        packed, data = _only_one(path)
        name, suffix = f"{path.name}: {packed.name}", packed.suffix.lower()
    if suffix in TEXTS:
        if sheet is not None:
            raise AnswersError(f"{name} is no workbook: it has no sheets.")
        data = _bytes(path, delimited.MAX_BYTES) if data is None else data
        _as_it_is_called(data, name, _NO_TEXT)
        return delimited.read(data, name, recognise, encoding, delimiter, skip)
    if suffix in WORKBOOKS:
        if encoding is not None or delimiter is not None:
            raise AnswersError(f"{name} is a workbook: it has no encoding and no delimiter.")
        data = _bytes(path, excel.MAX_BYTES) if data is None else data
        _as_it_is_called(data, name, _NO_WORKBOOK)
        return excel.read(data, name, sheet, sheets, beside, recognise, own, skip)
    if suffix in SPSS:
        if sheet is not None or delimiter is not None:
            raise AnswersError(f"{name} is a file of SPSS: it has no sheets and no delimiter.")
        _bytes(path, delimited.MAX_BYTES)
        return spss.read(path, encoding)
    if suffix == ".xls" and path.is_file():
        # What many programs call .xls is a web page or text.
        old = {b"pk\x03\x04": _NO_TEXT[b"pk\x03\x04"]}
        _as_it_is_called(_bytes(path, excel.MAX_BYTES), name, _NO_WORKBOOK | old)
    what, fix = _OTHERS.get(
        suffix,
        (f"is of a kind that is not read ({suffix or 'no ending'})", "save it as .xlsx or .csv"),
    )
    raise AnswersError(f"{name} cannot be read.", [Problem(name, what, fix)])


def _as_it_is_called(data: bytes, name: str, others: Mapping[bytes, tuple[str, str]]) -> None:
    """Refuse a file that is of another kind than its name says."""
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    small = start.lower()
    found = next((told for mark, told in others.items() if small.startswith(mark)), None)
    if found is None and others is not _NO_TEXT and _is_text(start):
        found = "is text", "rename it: .csv"
    if found is not None:
        problem = Problem(name, f"{found[0]}, whatever its name says", found[1])
        raise AnswersError(f"{name} cannot be read.", [problem])


def _is_text(start: bytes) -> bool:
    """Whether nothing but lines of text is there."""
    return not start.startswith(b"PK") and not any(sign < 9 for sign in start) and b"\n" in start


def _only_one(path: Path) -> tuple[Path, bytes]:
    """The one file with answers in a zip, as survey programs hand them out, and its bytes."""
    from hrkit.answers.files.delimited import MAX_BYTES

    data = _bytes(path, MAX_BYTES)
    with (
        unpacking(path.name, "cannot be unpacked", "unpack it, and name the file"),
        zipfile.ZipFile(io.BytesIO(data)) as packed,
    ):
        found = [
            one
            for one in packed.infolist()
            if Path(one.filename).suffix.lower() in TEXTS + WORKBOOKS
            and not one.filename.startswith("__MACOSX")
        ]
        if len(found) != 1:
            names = ", ".join(shown(one.filename) for one in found[:5])
            what = f"holds {len(found)} files that could be answers ({names})"
            if not found:
                raise Refused("", "holds no file that could be answers", "name the file itself")
            raise Refused("", what, "unpack it, and name the one to read")
        with packed.open(found[0]) as stream:
            content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        problem = Problem(path.name, f"unpacks into more than {MAX_BYTES // 2**20} MB", "split it")
        raise AnswersError(f"{path.name} cannot be read.", [problem])
    return Path(found[0].filename), content


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
