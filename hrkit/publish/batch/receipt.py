"""What whoever made a document elsewhere leaves beside its files, until it is written into the manifest.

A receipt is written before the files are put in their place and after: like the manifest, so that a
document that was delivered once, twice or half is known for what it is.  It holds names, digests and
times, nothing of what stands in a document.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace

from hrkit.errors import HrkitError, Problem
from hrkit.publish.batch.destination import Destination, digest

__all__ = ["Receipt", "deliver", "document_of", "read_receipt", "receipt_name", "write_receipt"]

_END = ".receipt.json"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One document: of which key, its files with their digests, and what became of it.

    ``state`` is ``writing``, ``done`` or ``failed``.
    """

    name: str
    key: str
    state: str = "failed"
    files: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    messages: tuple[str, ...] = ()
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0

    def intact(self, at: Destination) -> bool:
        """Whether everything is at its destination as it was made."""
        if self.state != "done" or not self.files:
            return False
        return all(
            (there := at.read(name)) is not None and digest(there) == wanted
            for name, wanted in self.files.items()
        )


def receipt_name(document: str) -> str:
    """The file in which the receipt of a document stands."""
    return f".{document}{_END}"


def document_of(file: str) -> str:
    """The document whose receipt a file is by its name; nothing where it is none."""
    return file[1 : -len(_END)] if file.startswith(".") and file.endswith(_END) else ""


def read_receipt(at: Destination, document: str) -> Receipt | None:
    """The receipt of a document; None where there is none that can be read."""
    data = at.read(receipt_name(document))
    try:
        said = json.loads(data) if data is not None else None
        if not isinstance(said, dict) or said.get("name") != document:
            return None
        return Receipt(**{**said, "messages": tuple(said["messages"])})
    except (ValueError, TypeError, KeyError):
        return None


def write_receipt(at: Destination, receipt: Receipt) -> Receipt:
    """Leave a receipt."""
    text = json.dumps(asdict(receipt), ensure_ascii=False)
    at.put(receipt_name(receipt.name), text.encode("utf-8"))
    return receipt


def deliver(
    at: Destination,
    receipt: Receipt,
    contents: Mapping[str, bytes],
    may: Mapping[str, Collection[str]],
) -> Receipt:
    """Put a document's files at their destination; done twice it is as if it had been done once.

    Parameters
    ----------
    at
        The destination.
    receipt
        Of the document, with everything but its files.
    contents
        The files by name.
    may
        Digests of files that may be replaced, by name: what lay there when the work was given out.

    Raises
    ------
    HrkitError
        If something else lies there by now, or a file did not arrive.
    """
    files = {name: digest(data) for name, data in contents.items()}
    problems = []
    for name, made in files.items():
        there = at.read(name)
        if there is not None and digest(there) not in {made, *may.get(name, ())}:
            what = "has changed since this was begun, and is not as hrkit wrote it"
            problems.append(Problem(name, what, "move it away, or add --overwrite"))
    if problems:
        raise HrkitError("Nothing was written.", problems)
    receipt = write_receipt(at, replace(receipt, state="writing", files=files))
    # The PDF last: whoever sees it sees the whole set.
    for name in sorted(contents, key=lambda one: one.endswith(".pdf")):
        at.deliver(name, contents[name])
    return write_receipt(at, replace(receipt, state="done"))
