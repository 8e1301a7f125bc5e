"""Keys of an engagement's encrypted files, for a process that works on that engagement alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

__all__ = ["NO_KEYS", "keys_of", "take_keys"]

#: Where nothing is encrypted.
NO_KEYS: Mapping[str, str] = MappingProxyType({})

#: What answers and records are called, unless ``store:`` names another file.
_NAMES = ("answers.sqlite", "records.sqlite")


def keys_of(folder: Path) -> dict[str, str]:
    """Place of a file to its key: of a folder and its parts, and of no other engagement.

    A key that nobody knows yet is asked for where somebody sits.
    """
    from hrkit.storage import cipher

    place = str(folder.resolve())
    beneath = {
        path: key for path, key in cipher.known().items() if Path(path).is_relative_to(place)
    }
    return {**beneath, **cipher.keys_in(folder, _NAMES)}


def take_keys(keys: Mapping[str, str]) -> None:
    """Know the keys that came through a pipe, in this process."""
    if keys:
        from hrkit.storage import cipher

        for place, key in keys.items():
            cipher.remember(Path(place), key)
