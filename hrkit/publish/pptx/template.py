"""A firm's PowerPoint template, looked at before anything runs: what it may hold, and what not.

A template is a stranger's file.  It is read only when it is a presentation of bearable size
without macros, controls and links to the outside; nothing in it is run or fetched.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

__all__ = ["LARGEST", "problems_of"]

#: Of the file, and of what comes out of it, in bytes.
LARGEST, _UNPACKED, _PARTS = 30_000_000, 200_000_000, 4000
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_LINK = re.compile(rb'<Relationship\b[^>]*\bTargetMode\s*=\s*"External"[^>]*>', re.I)


def problems_of(data: bytes) -> Iterator[str]:
    """What is wrong with a template; nothing for one that can be used."""
    if len(data) > LARGEST:
        yield f"is larger than {LARGEST // 1_000_000} MB"
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield from _inside(package)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, ValueError):
        yield "is no PowerPoint file"


def _inside(package: zipfile.ZipFile) -> Iterator[str]:
    entries = package.infolist()
    if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _UNPACKED:
        yield "is too large when it is unpacked"
        return
    if package.testzip() is not None:
        yield "is damaged"
        return
    types = package.read("[Content_Types].xml")
    names = [entry.filename.lower() for entry in entries]
    if any("vbaproject" in name or "/activex/" in name for name in names):
        yield "holds macros or controls; save it without them, as .pptx"
    elif _MAIN.encode() not in types:
        yield "is no PowerPoint presentation (.pptx); a .potx can be saved as one"
    for entry in entries:
        name = entry.filename.lower()
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(entry):
            yield f"declares a document type in {entry.filename}"
        elif name.endswith(".rels"):
            links = _LINK.findall(package.read(entry))
            if any(b"/hyperlink" not in link for link in links):
                yield f"refers to files outside of it ({entry.filename}); save them in it"
