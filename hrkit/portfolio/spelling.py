"""Organisations whose names are almost one: a list says both, and a person says whether they are."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.text import normal

__all__ = ["almost_one"]

#: A word of so many letters may be misspelled; of shorter ones many are alike.
_LONG = 6


def almost_one(names: Sequence[str]) -> list[tuple[str, str]]:
    """Names that are the same but for a letter or two of one long word: Vestby Komune, Vestby Kommune.

    Digits tell organisations apart on purpose, short words too (A/S, Nord and Syd).
    """
    seen_so: dict[tuple[str, ...], dict[str, str]] = {}
    found: dict[tuple[str, str], None] = {}
    for name in names:
        words = normal(name).split()
        for i, word in enumerate(words):
            if len(word) < _LONG or not word.isalpha():
                continue
            # Two words that are the same without one letter of each: one is missing, too much or another.
            for left in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
                others = seen_so.setdefault((*words[:i], f"{left} ", *words[i + 1 :]), {})
                found |= dict.fromkeys((other, name) for at, other in others.items() if at != word)
                others.setdefault(word, name)
    return list(found)
