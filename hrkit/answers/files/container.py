"""A zip from outside: whatever it raises while it is read is one sentence about the file."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat

from hrkit.answers.files.part import Refused
from hrkit.errors import AnswersError, Problem

__all__ = ["unpacking"]

#: What Python's reader of zips and expat raise of damaged files; a directory that lies leads anywhere.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    expat.ExpatError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    OverflowError,
    ValueError,
    LookupError,
)


@contextmanager
def unpacking(name: str, what: str, fix: str) -> Iterator[None]:
    """Turn what a damaged zip raises into a refusal.

    Parameters
    ----------
    name
        What problems call the file.
    what, fix
        What a damaged one is, and what to do with it.

    Raises
    ------
    AnswersError
        If it is damaged, or was refused.
    """
    try:
        yield
        return
    except Refused as error:
        where = f"{name}, {error.where}" if error.where else name
        problem = Problem(where, error.what, error.fix)
    except _DAMAGED:
        # What the library says of it is no help, and in no language of the page's.
        problem = Problem(name, what, fix)
    raise AnswersError(f"{name} cannot be read.", [problem]) from None
