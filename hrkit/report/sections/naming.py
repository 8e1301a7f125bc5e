"""Several names in one sentence: each in strong type, the words between them plain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hrkit.blocks import Span, Text, b
from hrkit.model.language import Words

__all__ = ["fill_names"]

#: Private-use characters stand for the names while the sentence is put together.
_FIRST, _LAST = 0xE100, 0xE8FF
_PRIVATE = re.compile(f"([{chr(_FIRST)}-{chr(_LAST)}])")


def fill_names(
    words: Words, key: str, field: str, names: Sequence[str], /, **fields: object
) -> Text:
    """A text of the kit with an enumeration of names in one field; its ``n`` is their number.

    "**Roles** and **Trust** tend to …": where a name holds an "and" of its own, all stand in
    quotes, so that a reader who sees no bold type hears where each begins and ends.
    """
    marks = [words.in_list(chr(_FIRST + i), names) for i in range(len(names))]
    plain = {name: _PRIVATE.sub("", str(value)) for name, value in fields.items()}
    text = words(key, n=len(names), **{field: words.join(marks)}, **plain)
    parts = _PRIVATE.split(text)
    return tuple(
        b(names[ord(part) - _FIRST]) if i % 2 else Span(part)
        for i, part in enumerate(parts)
        if part
    )
