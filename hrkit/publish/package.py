"""Office files are packages: zip files whose parts can be written the same every time."""

from __future__ import annotations

import io
import zipfile

__all__ = ["same_every_time"]


def same_every_time(data: bytes) -> bytes:
    """The same parts in the same order, without the time at which they were written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(part.filename))
    return out.getvalue()
