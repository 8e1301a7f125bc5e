"""Which cells of a file say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from hrkit.text import Lookup, normal

__all__ = ["Blanks"]


class Blanks:
    """What stands in cells, each text looked at once: few different ones stand in many.

    Parameters
    ----------
    blank
        Raw values that are read as blank.
    """

    def __init__(self, blank: Lookup[bool]) -> None:
        self._blank = blank
        self._seen: set[str] = set()
        #: Those of the texts seen so far that are no answer.
        self.texts: set[str] = set()

    def look(self, texts: Iterable[str]) -> set[str]:
        """Those of all texts so far that are blank, once these were looked at too."""
        for text in set(texts) - self._seen:
            self.holds(text)
        return self.texts

    def holds(self, text: str) -> bool:
        """Whether a text is blank."""
        if text not in self._seen:
            self._seen.add(text)
            if not text.strip() or not normal(text) or text in self._blank:
                self.texts.add(text)
        return text in self.texts
