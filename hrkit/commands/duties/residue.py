"""What is left of somebody after an erasure: found by reading every file, and cleared where it is ours.

The store itself is compacted, its log and copies go (`hrkit.answers.store.Store.erase`).  Beside it a
folder holds what people and programs put there: notebooks with outputs, printed files, files that
were imported, a second store.  Each is read, packed ones (Office, zip) part by part, and looked through
for the key, the code and the person's own words.  A notebook's outputs are cleared; any other file is
named, and removed only when that was asked for: a delivered report is somebody's work.

A PDF keeps its text in a form that cannot be looked through: it is named where a comment of the
erased was ever printed.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hrkit.files import clear_left, write_all

__all__ = ["Needles", "Residue", "cleared", "needles_of"]

#: A run of characters that no file format writes otherwise; shorter ones than this say nothing.
_PLAIN = re.compile(r"[A-Za-z0-9 ,.]+")
_SHORTEST = 8
#: Files above this size are read piece by piece.
_PIECE = 1 << 22
#: Of a packed file no more than this is unpacked.
_MOST = 1 << 28
_PACKED = {".docx", ".xlsx", ".xlsm", ".pptx", ".potx", ".zip", ".ods", ".odt"}


@dataclass(frozen=True, slots=True)
class Residue:
    """A file in which something of the erased still stands, and what was done with it."""

    path: Path
    why: str
    gone: bool = False

    def __str__(self) -> str:
        return f"{self.path.name}: {self.why}{' (deleted)' if self.gone else ''}"


@dataclass(frozen=True, slots=True)
class Needles:
    """By what an erased person would be known in a file, as bytes; and whether any words were printed."""

    names: frozenset[bytes]
    words: frozenset[bytes]
    printed: bool = False

    def what(self, data: bytes) -> str:
        """What of it stands in some bytes; empty for nothing."""
        if any(one in data for one in self.names):
            return "holds the key or code"
        if any(one in data for one in self.words):
            return "holds words that were written in an answer"
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


def cleared(
    folder: Path, needles: Needles, own: Callable[[Path], bool], *, files: bool, rehearse: bool
) -> tuple[Residue, ...]:
    """Look through every file of a folder, and clear what the kit may.

    Parameters
    ----------
    folder
        The engagement's.
    needles
        What to look for.
    own
        Whether a file is the store or the records themselves, which are compacted elsewhere.
    files
        Delete what still holds something; otherwise it is only named.
    rehearse
        Change nothing.
    """
    if not rehearse:
        clear_left()
    found = []
    for path in _files(folder):
        if own(path):
            continue
        why = _holds(path, needles)
        if not why:
            continue
        if path.suffix == ".ipynb" and not rehearse and _emptied(path, needles):
            found.append(Residue(path, f"{why}; its outputs were cleared", False))
            continue
        gone = files and not rehearse and path.suffix not in (".yml", ".yaml")
        if gone:
            path.unlink(missing_ok=True)
        found.append(Residue(path, why, gone))
    return tuple(found)


def _files(folder: Path) -> Iterator[Path]:
    for home, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = Path(home) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _holds(path: Path, needles: Needles) -> str:
    if "-subject-" in path.name and path.suffix in (".pdf", ".json"):
        return "is what somebody asked to see, and does not say whose"
    try:
        if path.suffix.lower() in _PACKED and zipfile.is_zipfile(path):
            return _packed(path.read_bytes(), needles)
        if path.suffix.lower() == ".pdf" and needles.printed:
            return "may print words that were written in an answer"
        with path.open("rb") as file:
            before = b""
            while piece := file.read(_PIECE):
                if why := needles.what(before + piece):
                    return why
                before = piece[-max(needles.longest, 1) :]
    except OSError as error:
        return f"cannot be read ({error.strerror or type(error).__name__}): look into it yourself"
    except (zipfile.BadZipFile, RuntimeError):
        return "is packed and cannot be looked through: look into it yourself"
    return ""


def _packed(data: bytes, needles: Needles, deep: int = 0) -> str:
    left = _MOST
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for part in packed.infolist():
            left -= part.file_size
            if left < 0:
                return "is too large to be looked through: look into it yourself"
            inside = packed.read(part)
            why = needles.what(inside)
            if not why and deep < 2 and inside[:4] == b"PK\x03\x04":
                why = _packed(inside, needles, deep + 1)
            if why:
                return why
            if part.filename.lower().endswith(".pdf") and needles.printed:
                return "may print words that were written in an answer"
    return ""


def _emptied(path: Path, needles: Needles) -> bool:
    """Clear a notebook's outputs; whether nothing is left in it then."""
    try:
        data = json.loads(path.read_text("utf-8"))
        for cell in data["cells"]:
            if cell.get("cell_type") == "code":
                cell["outputs"], cell["execution_count"] = [], None
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    text = (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    if needles.what(text):
        return False
    write_all({path: text})
    return True
