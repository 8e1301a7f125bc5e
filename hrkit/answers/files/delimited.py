"""CSV as spreadsheets in three countries write it.

The encoding is not guessed from letter statistics, which took Danish cp1252 for cp1250 when
tried.  Two facts decide instead: text that is valid UTF-8 by strict rules is UTF-8, because other
encodings almost never are by chance; and what Excel writes otherwise in these countries is cp1252.
The second case is said aloud and can be overridden.

The delimiter is the one under which most headings are known: counting characters fails, because
a heading that is a sentence has commas of its own.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable

from hrkit.answers.files.table import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, CellTable, grid
from hrkit.errors import AnswersError, Problem
from hrkit.text import shown

__all__ = ["MAX_BYTES", "check_encoding", "read"]

MAX_BYTES = 64 * 2**20
DELIMITERS = (";", ",", "\t", "|")
#: A whole line in quotes in which every other quotation mark is doubled.
_PACKED = re.compile(r'"(?:[^"]|"")*"')
_SEP = re.compile(r'\s*"?\s*sep\s*=([^\w\s"]|[\t ])"?(?:([;,\t|])\2*)?\s*', re.IGNORECASE)


def read(
    data: bytes,
    name: str,
    recognise: Callable[[str], bool],
    encoding: str | None = None,
    delimiter: str | None = None,
    skip: int = 0,
) -> CellTable:
    """Table from the bytes of a CSV file.

    Parameters
    ----------
    data
        The file.
    name
        What problems call it.
    recognise
        Whether a heading is known.
    encoding, delimiter
        Given where the file is not what it seems.
    skip
        Rows above the headings.

    Raises
    ------
    AnswersError
        If it is not text, or its quotes do not match.
    """
    text, notes = _decode(data, name, encoding)
    text = text.lstrip("\ufeff")  # some programs write the mark twice
    text = text.removesuffix("\x1a")  # and old ones the end of a file, which nobody sees
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        problem = Problem(
            f"{name} line {line}",
            "holds a NUL character: this is not a text file",
            "export it again as CSV (UTF-8), or as .xlsx",
        )
        raise AnswersError(f"{name} cannot be read.", [problem])
    if delimiter is not None and len(delimiter) != 1:
        raise AnswersError(f"The delimiter is one character such as ; or , — not {delimiter!r}.")
    named, text = _sep(text, name)
    text, packed = _unpacked(text)
    if packed:
        notes.append(
            f"{name}: each line stood in quotes as one cell; it was read as the row it holds."
        )
    delimiter = delimiter or named or _delimiter(text, recognise, skip)
    records = _records(text, name, delimiter)
    while records and not any(cell.strip() for cell in records[-1]):
        records.pop()
    return grid(name, list(enumerate(records, 1)), notes, skip=skip)


def _sep(text: str, name: str) -> tuple[str | None, str]:
    """The delimiter that Excel's own hint names (``sep=;`` in the first line), and the rest.

    Excel does not show this line, so rows are counted after it.  Saved again by a program that did
    not know it, it may stand in quotes and have delimiters behind it; these are the true ones.
    """
    first, _, rest = text.partition("\n")
    first = first.rstrip("\r")
    if not re.match(r"\s*\"?\s*sep\s*=", first, re.IGNORECASE):
        return None, text
    hint = _SEP.fullmatch(first)
    if hint is None:
        problem = Problem(
            f"{name} line 1",
            f"“{shown(first)}” names no delimiter",
            "write sep=; (or another single character), or delete the line",
        )
        raise AnswersError(f"{name} cannot be read.", [problem])
    return (hint[2] or hint[1])[0], rest


def check_encoding(encoding: str) -> None:
    """Refuse what is no encoding of text.

    Raises
    ------
    AnswersError
        If there is none of that name.
    """
    try:
        known = codecs.lookup(encoding)._is_text_encoding and bool("x".encode(encoding))
    except (LookupError, ValueError):
        known = False
    if not known:
        raise AnswersError(f"There is no encoding {encoding!r}; try utf-8 or cp1252.")


def _decode(data: bytes, name: str, encoding: str | None) -> tuple[str, list[str]]:
    if encoding is not None:
        notes = _doubts(data, name, encoding)
        return _decode_as(data, name, encoding), notes
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_as(data, name, "utf-16"), [f"{name} was read as UTF-16."]
    if unmarked := _without_a_mark(data):
        return _decode_as(data, name, unmarked), [f"{name} was read as UTF-16."]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if data.startswith(codecs.BOM_UTF8):
            problem = Problem(
                f"{name} byte {error.start}",
                "says it is UTF-8 and is not",
                "export it again as CSV (UTF-8)",
            )
            raise AnswersError(f"{name} cannot be read.", [problem]) from None
    text = _decode_as(data, name, "cp1252")
    note = (
        f"{name} is not UTF-8 and was read as cp1252 (Western European Windows). Look at a "
        "name with æ, ø, å, é or ë; if it is wrong, name the encoding."
    )
    return text, [note]


def _without_a_mark(data: bytes) -> str:
    """Which UTF-16 a file is that does not say so: of two bytes one is nothing in most signs."""
    first = data[:400]
    even, odd = first[::2].count(0), first[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) * 4 > len(first) and not min(even, odd):
        return "utf-16-le" if odd else "utf-16-be"
    return ""


def _doubts(data: bytes, name: str, encoding: str) -> list[str]:
    """What speaks against an encoding that was named; a mark in the file is more than a doubt."""
    marks = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    for mark, own in marks.items():
        if data.startswith(mark):
            if codecs.lookup(encoding).name.replace("_", "-").startswith(own):
                return []
            problem = Problem(
                name,
                f"begins with the mark of {own.upper()} and is not {encoding}",
                "leave the encoding out",
            )
            raise AnswersError(f"{name} cannot be read.", [problem])
    if data.isascii() or codecs.lookup(encoding).name == "utf-8":
        return []
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return []
    return [
        f"{name} is UTF-8 by its form, and was read as {encoding}, as you said. Look at a name "
        "with æ, ø, å, é or ë."
    ]


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    try:
        text = data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        wrong = data[min(error.start, len(data) - 1)]
        what = f"byte 0x{wrong:02x} does not exist in {encoding}"
        problem = Problem(
            f"{name} line {line}",
            what,
            "name the encoding of the file, or export it as CSV (UTF-8)",
        )
        raise AnswersError(f"{name} cannot be read.", [problem]) from None
    except (LookupError, ValueError):
        raise AnswersError(f"There is no encoding {encoding!r}; try utf-8 or cp1252.") from None
    return text


def _unpacked(text: str) -> tuple[str, bool]:
    """Rows that a spreadsheet has taken for one cell each, and written in quotes once more.

    Every line begins and ends with a quotation mark and holds no other that is alone.
    """
    first = text.partition("\n")[0].strip("\r")
    if not _PACKED.fullmatch(first) or not any(sign in first for sign in DELIMITERS):
        return text, False
    lines = text.splitlines()
    if len(lines) < 2 or not all(_PACKED.fullmatch(line) for line in lines if line):
        return text, False
    return "\n".join(line[1:-1].replace('""', '"') for line in lines), True


def _delimiter(text: str, recognise: Callable[[str], bool], skip: int = 0) -> str:
    def worth(delimiter: str) -> tuple[int, int]:
        """Known headings, and columns: below the first row too, where codes or titles may stand."""
        known = columns = 0
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            for number, header in zip(range(skip + 2), reader, strict=False):
                if number >= skip:
                    known = max(known, sum(map(recognise, header)))
                    columns = max(columns, len(header) if number == skip else 0)
        except csv.Error:
            pass
        return known, columns

    return max(DELIMITERS, key=worth)


def _records(text: str, name: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    cells = 0
    try:
        for record in reader:
            records.append(record)
            cells += len(record)
            if len(record) > MAX_COLUMNS or len(records) > MAX_ROWS or cells > MAX_CELLS:
                problem = Problem(
                    f"{name} row {len(records)}",
                    f"makes the file larger than is read: at most {MAX_ROWS:,} rows, "
                    f"{MAX_COLUMNS:,} columns and {MAX_CELLS:,} cells",
                    "delete what is beyond the answers, or split the file",
                )
                raise AnswersError(f"{name} cannot be read.", [problem])
    except csv.Error as error:
        where = f"{name} row {len(records) + 1} (line {reader.line_num})"
        why = str(error).replace("'\t'", "a tab")
        problem = Problem(
            where, f"is not CSV: {why}", 'check the quotes: a " within a text is written ""'
        )
        raise AnswersError(f"{name} cannot be read.", [problem]) from None
    return records
