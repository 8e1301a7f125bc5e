"""What is left of somebody after an erasure: found by reading every file, and cleared where it is ours.

The store itself is compacted, its log and copies go (`hrkit.answers.store.Store.erase`).  Beside it a
folder holds what people and programs put there: notebooks with outputs, printed files, files that
were imported, a second store.  Each is read, packed ones (Office, zip) part by part, and looked through
for the key, the code and the person's own words (`hrkit.commands.duties.needles`).  A notebook's outputs are cleared; any other file is
named, and removed only when that was asked for: a delivered report is somebody's work.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hrkit.commands.duties.needles import Needles, holds
from hrkit.files import clear_left, write_all

__all__ = ["Residue", "cleared"]

#: What nobody has looked into is not deleted: it may be anything.
_UNKNOWN = {"unread", "packed", "large"}

#: What is said of a file in which something stands, by kind.
_WHY = {
    "names": "holds the key or code",
    "words": "holds words that were written in an answer",
    "subject": "is what somebody asked to see, and does not say whose",
    "printed": "may print words that were written in an answer",
    "unread": "cannot be read ({reason}): look into it yourself",
    "packed": "is packed or encrypted and cannot be looked through: look into it yourself",
    "large": "is too large to be looked through: look into it yourself",
}


@dataclass(frozen=True, slots=True)
class Residue:
    """A file in which something of the erased still stands, and what was done with it.

    Attributes
    ----------
    kind
        ``names``, ``words``, ``subject``, ``printed``, ``unread``, ``packed`` or ``large``.
    reason
        What the system said of a file that cannot be read.
    emptied
        A notebook whose outputs were cleared.
    gone
        A file that was deleted.
    """

    path: Path
    kind: str
    reason: str = ""
    emptied: bool = False
    gone: bool = False

    @property
    def why(self) -> str:
        """What is said of it."""
        said = _WHY[self.kind].format(reason=self.reason)
        return f"{said}; its outputs were cleared" if self.emptied else said

    def __str__(self) -> str:
        return f"{self.path.name}: {self.why}{' (deleted)' if self.gone else ''}"


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
        Delete what still holds something; otherwise, and where it cannot be looked through, it is only named.
    rehearse
        Change nothing.
    """
    if not rehearse:
        clear_left()
    found = []
    for path in _files(folder):
        if own(path):
            continue
        kind, reason = holds(path, needles)
        if not kind:
            continue
        if path.suffix == ".ipynb" and not rehearse and _emptied(path, needles):
            found.append(Residue(path, kind, reason, emptied=True))
            continue
        known = kind not in _UNKNOWN and path.suffix not in (".yml", ".yaml")
        gone = files and not rehearse and known
        if gone:
            path.unlink(missing_ok=True)
        found.append(Residue(path, kind, reason, gone=gone))
    return tuple(found)


def _files(folder: Path) -> Iterator[Path]:
    for home, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = Path(home) / name
            if path.is_file() and not path.is_symlink():
                yield path


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
