"""More than one option in one cell: ``a;b;``, ``a, b``, ``1 4 7``, as survey programs write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hrkit.answers.readers.vocabulary import Wrong
from hrkit.answers.tool_codes import options_by_code
from hrkit.model.instrument import Scale
from hrkit.text import Lookup, normal, shown

__all__ = ["options_in"]

#: What programs write between options; a comma or a space may be part of a label, so these come last.
_SIGNS = ("\n", ";", "|", ",", " ")


def options_in(
    scale: Scale, text: str, parted: str = "", others: bool = False
) -> tuple[frozenset[str], tuple[str, ...]] | Wrong:
    """The options that a cell names, and parts of it that are none.

    Parameters
    ----------
    scale
        What may be chosen from.
    text
        The cell.
    parted
        The sign between them; the usual ones are tried if it is empty.
    others
        Whether parts that are no option (words of one's own) are let pass.
    """
    known = _known(scale)
    whole = known(text)
    if whole:
        return frozenset((whole,)), ()
    left: list[str] = []
    for sign in (parted,) if parted else _SIGNS:
        parts = [part for part in text.split(sign) if normal(part)]
        found = [known(part) for part in parts]
        if parts and all(found):
            return frozenset(option for option in found if option), ()
        if any(found) or parted:
            left = left or [part for part, option in zip(parts, found, strict=True) if not option]
            if others and any(found):
                return frozenset(option for option in found if option), tuple(left)
    rest, chosen = _read_off(normal(text), scale)
    if not rest.strip(" ,;|"):
        return frozenset(chosen), ()
    if others:
        return frozenset(chosen), (rest.strip(" ,;|"),)
    wrong = shown(left[0].strip() if left else text)
    return Wrong(
        f"“{wrong}” is none of the options to choose from",
        f"use {', '.join(scale.options)}, with a semicolon between them",
    )


def _known(scale: Scale) -> Callable[[str], str | None]:
    by_code = options_by_code(scale)
    words = Lookup(
        {option: option for option in scale.options}
        | {label: one.value for one in scale.choices for label in one.label.values()}
    )

    def find(part: str) -> str | None:
        found = words.get(part)
        if found:
            return found
        plain = normal(part)
        return by_code.get(plain) if plain.isascii() and plain.isalnum() else None

    return find


def _read_off(text: str, scale: Scale) -> tuple[str, Iterable[str]]:
    """A text without the labels in it, the longest first, and their options: labels may hold commas."""
    labels = {normal(one): c.value for c in scale.choices for one in c.label.values()}
    found = []
    for label in sorted(labels, key=len, reverse=True):
        if len(label) > 2 and label in text:
            text = text.replace(label, " ")
            found.append(labels[label])
    return text, found
