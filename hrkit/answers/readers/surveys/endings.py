"""The end of a heading, which people and programs leave out or add to."""

from __future__ import annotations

import functools
import re

from hrkit.text import normal

__all__ = ["ended"]

_ENDS, _QUOTES = " .:*…", '"“”„«»'
#: Some exports say that a question has to be answered.
_REQUIRED = re.compile(r"\s*\((?:required|påkrævet|obligatorisk|verplicht|vereist)\)\s*$")


@functools.lru_cache(maxsize=65536)
def ended(text: str) -> str:
    """A heading without the sign at its end, which people and programs leave out or add."""
    plain = normal(text)
    if plain.endswith(")"):
        plain = _REQUIRED.sub("", plain)
    plain = plain.strip(_QUOTES)
    return plain.rstrip(_ENDS) or plain
