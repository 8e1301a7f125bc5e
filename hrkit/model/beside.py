"""Where a type's file is read: beside the type, in the module of its name with ``_file``.

A type knows nothing of its reader.  Programs that look for the reader in the type's own module are
led there by this rule, so that ``hrkit.model.instrument.load`` stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["reader_beside"]


def reader_beside(module: str, *names: str) -> Callable[[str], Any]:
    """A module's ``__getattr__`` that finds some names in the reader beside it.

    Parameters
    ----------
    module
        The type's module, by its full name.
    names
        What may be looked for there.
    """

    def find(name: str) -> Any:
        if name in names:
            return getattr(import_module(f"{module}_file"), name)
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return find
