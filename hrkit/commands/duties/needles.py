"""By what somebody would be known in a file, and whether any of it stands in one: whatever it is called.

A file is told by what it begins with.  Packed ones (Office, zip) are read part by part, a PDF page by
page with pypdfium2 (the extra ``pdf``), with what is attached to it; without that package, or where a page
holds no text, it is named if a comment of the erased was ever printed.
"""

from __future__ import annotations

import contextlib
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hrkit.storage.cipher import is_encrypted

__all__ = ["Needles", "holds", "needles_of"]

#: A run of characters that no file format writes otherwise; shorter ones than this say nothing.
_PLAIN = re.compile(r"[A-Za-z0-9 ,.]+")
_SHORTEST = 8
#: Half a run is looked for in a PDF from so many letters on.
_HALF = 12
#: Files above this size are read piece by piece.
_PIECE = 1 << 22
#: Of a packed file no more than this is unpacked.
_MOST = 1 << 28
#: What a packed file begins with, whatever it is called: a copy of a workbook may be ``answers.xlsx.old``.
_ZIP = b"PK\x03\x04"
#: Others, of which nothing is unpacked: they are named. Compressed SPSS begins as ``.zsav`` does.
_OTHERS = (
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",
    b"$FL3",
)


@dataclass(frozen=True, slots=True)
class Needles:
    """By what an erased person would be known in a file, as bytes; and whether any words were printed."""

    names: frozenset[bytes]
    words: frozenset[bytes]
    printed: bool = False

    def what(self, data: bytes) -> str:
        """Which kind of it stands in some bytes; empty for nothing."""
        if any(one in data for one in self.names):
            return "names"
        if any(one in data for one in self.words):
            return "words"
        return ""

    @property
    def longest(self) -> int:
        """The length of the longest of them."""
        return max(map(len, (*self.names, *self.words)), default=0)


def needles_of(names: Iterable[str], words: Iterable[str], printed: bool) -> Needles:
    """What to look for.

    Parameters
    ----------
    names
        Keys, tokens, hashes and codes: found as they are written.
    words
        Comments: their longest plain run is looked for, since formats write quotation marks,
        letters and line ends in many ways.
    printed
        Whether any of the words were ever in a version that was issued.
    """
    runs = set()
    for text in words:
        plain = max(_PLAIN.findall(text), key=len, default="").strip(" ,.")
        found = plain if len(plain) >= _SHORTEST else text.strip()
        if found:
            runs |= set(_forms(found))
    known = {form for name in names if len(name) > 3 for form in _forms(name)}
    return Needles(frozenset(known), frozenset(runs), printed)


def _forms(text: str) -> tuple[bytes, ...]:
    escaped = json.dumps(text)[1:-1]
    return (text.encode("utf-8"), text.encode("utf-16-le"), escaped.encode("ascii"))


def holds(path: Path, needles: Needles) -> tuple[str, str]:
    """Which kind of residue a file is, empty for none; and why it could not be read."""
    if "-subject-" in path.name and path.suffix in (".pdf", ".json"):
        return "subject", ""
    try:
        with path.open("rb") as file:
            begin = file.read(1024)
        if begin.startswith(_ZIP):
            return _packed(path.read_bytes(), needles), ""
        # A viewer looks for a PDF's mark in the first thousand bytes.
        if b"%PDF-" in begin:
            return _portable(path.read_bytes(), needles), ""
        if begin.startswith(_OTHERS) or _sealed(path):
            return "packed", ""
        with path.open("rb") as file:
            before = b""
            while piece := file.read(_PIECE):
                if kind := needles.what(before + piece):
                    return kind, ""
                before = piece[-max(needles.longest, 1) :]
    except OSError as error:
        return "unread", error.strerror or type(error).__name__
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError):
        # Damaged, under a password, or packed in a way that Python does not know.
        return "packed", ""
    return "", ""


def _sealed(path: Path) -> bool:
    """Whether a file may be an encrypted store, such as a program that keeps folders in step leaves."""
    return ".sqlite" in path.name.lower() and is_encrypted(path)


def _packed(data: bytes, needles: Needles, deep: int = 0) -> str:
    left = _MOST
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for part in packed.infolist():
            left -= part.file_size
            if left < 0:
                return "large"
            inside = packed.read(part)
            kind = needles.what(inside)
            if not kind and deep < 2 and inside.startswith(_ZIP):
                kind = _packed(inside, needles, deep + 1)
            if not kind and b"%PDF-" in inside[:1024]:
                kind = _portable(inside, needles)
            if kind:
                return kind
    return ""


def _portable(data: bytes, needles: Needles) -> str:
    """What a PDF holds: its bytes, what is attached to it, and its text, however lines are broken.

    Where words of the erased were printed and the text of a page cannot be had, the file may hold them.
    """
    if kind := needles.what(data):
        return kind
    try:
        import pypdfium2
    except ImportError:
        return "printed" if needles.printed else ""
    try:
        pdf = pypdfium2.PdfDocument(data)
        with contextlib.closing(pdf):
            pages = [page.get_textpage().get_text_bounded() for page in pdf]
            inside = [
                bytes(pdf.get_attachment(i).get_data()) for i in range(pdf.count_attachments())
            ]
    except Exception:  # whatever is wrong with it, it was not read
        return "printed" if needles.printed else ""
    text = "".join(pages)
    joined = _joined(text)
    if any(
        one in text or (len(_joined(one)) >= _SHORTEST and _joined(one) in joined)
        for one in _texts(needles.names)
    ):
        return "names"
    if any(piece in joined for one in _texts(needles.words) for piece in _pieces(_joined(one))):
        return "words"
    for one in inside:
        if kind := needles.what(one):
            return kind
    if needles.printed and not all(page.strip() for page in pages):
        return "printed"
    return ""


def _joined(text: str) -> str:
    """A text without what a page puts between letters: line ends, hyphens, spaces."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _texts(needles: Iterable[bytes]) -> Iterator[str]:
    for one in needles:
        if b"\0" not in one:
            yield one.decode("utf-8", "ignore")


def _pieces(text: str) -> tuple[str, ...]:
    """A text, in halves where it is long: at most one of them is broken by the end of a page."""
    if not text:
        return ()
    half = len(text) // 2
    return (text,) if half < _HALF else (text[:half], text[half:])
