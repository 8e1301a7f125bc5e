"""Whether a file that was made is whole: what a program that opens it looks at first and last."""

from __future__ import annotations

import io
import zipfile

from hrkit.errors import PublishError

__all__ = ["check_whole"]


def check_whole(kind: str, data: bytes, name: str) -> None:
    """Refuse contents that cannot be a document of their kind.

    Parameters
    ----------
    kind
        The file's ending without a dot.
    data
        Its contents.
    name
        What the document is called.

    Raises
    ------
    PublishError
        If they are not whole.
    """
    if not _whole(kind, data):
        raise PublishError(f"{name}.{kind} was not made whole; make it again.")


def _whole(kind: str, data: bytes) -> bool:
    if kind == "pdf":
        return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    if kind == "html":
        return data.rstrip().endswith(b"</html>")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return packed.testzip() is None and bool(packed.namelist())
    except zipfile.BadZipFile:
        return False
