"""What a batch makes of receipts: documents that others made are taken up into the manifest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from hrkit.publish.batch.receipt import Receipt, document_of, read_receipt, receipt_name

if TYPE_CHECKING:
    from hrkit.publish.batch.manifest import MadeDocument, Manifest

__all__ = ["receipt_name", "taken_up", "tidy", "with_receipt"]


def taken_up(manifest: Manifest, entry: MadeDocument, *, failures: bool) -> MadeDocument | None:
    """A document as its receipt tells of it, if it is of the same key and still what was made.

    Parameters
    ----------
    manifest
        Of the place; whatever a receipt says was written is the kit's own from now on.
    entry
        The document as it is to be.
    failures
        Whether one that could not be made counts, too.
    """
    at = manifest.at
    receipt = read_receipt(at, entry.name)
    stem = PurePath(entry.name).stem
    if receipt is None or any(PurePath(one).stem != stem for one in receipt.files):
        return None
    found = with_receipt(entry, receipt)
    if receipt.files:
        manifest.put(replace(found, state="writing"))
    mine = receipt.key == entry.key
    known = mine and (receipt.intact(at) or (receipt.state == "failed" and failures))
    at.remove(receipt_name(entry.name))
    return found if known else None


def with_receipt(entry: MadeDocument, receipt: Receipt) -> MadeDocument:
    """An entry with what a receipt says."""
    return replace(
        entry,
        state=receipt.state,
        files=receipt.files,
        error=receipt.error,
        messages=receipt.messages,
        seconds=receipt.seconds,
        cpu=receipt.cpu,
        memory=receipt.memory,
    )


def tidy(manifest: Manifest) -> None:
    """Take away receipts of what stands in the manifest: work that was delivered twice leaves one."""
    at = manifest.at
    for file in at.names():
        name = document_of(file)
        entry = manifest.entry(name) if name else None
        if entry is not None and entry.state == "done":
            receipt = read_receipt(at, name)
            if receipt is not None and receipt.key == entry.key:
                at.remove(file)
