"""Texts as nbformat stores them, and what of them is no text for a reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["ANSI", "is_repr", "joined", "one_stream", "short"]

ANSI = re.compile(r"\x1b\[[0-9;?]{0,40}[ -/]{0,4}[@-~]|\x1b\][^\x07\x1b]{0,300}(?:\x07|\x1b\\)?")
# What Python prints for objects that have no text of their own.
_OBJECT = re.compile(
    r"<[\w.]+:?(?:\s[^<>]{0,300})?>|\bat 0x[0-9a-fA-F]{4,}"
    r"|\b(?:Text|Annotation|Line2D|Rectangle|Wedge|Bbox|TransformedBbox)\([^\n]{0,300}\)"
)
_QUOTED = re.compile(r"'[^'\n]{0,300}'|\"[^\"\n]{0,300}\"")


def is_repr(text: str) -> bool:
    """Whether a text is what Python prints for an object that has none.

    >>> is_repr("Text(0.5, 1.0, 'Title')"), is_repr("<Axes: >"), is_repr("3.5")
    (True, True, False)
    >>> is_repr("[<matplotlib.lines.Line2D at 0x7f2b5c0d5a90>]"), is_repr("{'a': '<b>'}")
    (True, False)
    """
    return bool(_OBJECT.search(_QUOTED.sub("''", text[:4000])))


def joined(text: Any) -> str:
    """A text as nbformat stores it: a string or a list of lines."""
    return text if isinstance(text, str) else "".join(map(str, text))


def short(text: str) -> str:
    """One line of it, for a message."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 60 else line[:59] + "…"


def one_stream(outputs: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What was written in pieces, one after the other, is one text."""
    out: list[Mapping[str, Any]] = []
    for output in outputs:
        kind = output.get("output_type"), output.get("name")
        if (
            kind[0] == "stream"
            and out
            and (
                out[-1].get("output_type"),
                out[-1].get("name"),
            )
            == kind
        ):
            out[-1] = {
                **out[-1],
                "text": joined(out[-1].get("text", "")) + joined(output.get("text", "")),
            }
        else:
            out.append(output)
    return out
