"""Whether another machine reaches the room: asked for ten seconds, counted, and nothing kept.

A network may let phones and this machine onto the internet and keep them from each other, as guest
networks do.  That is better found out by one phone before people come: it opens a page of the room,
and the page a line.  Only how many came is remembered, never from where.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from hrkit.room.guard import is_loopback

__all__ = ["SECONDS", "Found", "Reach"]

#: For how long the host's page waits for a phone.
SECONDS = 10.0

Found = Literal["idle", "asking", "none", "page", "line"]


@dataclass
class Reach:
    """One check after another.

    Attributes
    ----------
    own
        Addresses of this machine: whoever comes from there has proved nothing.  Empty where the
        room is open to this machine only, so that it can be tried out.
    number
        Which check this is; 0 before the first.
    """

    own: Collection[str] = field(default_factory=frozenset)
    number: int = 0
    _open: bool = False
    _pages: int = 0
    _lines: int = 0

    def ask(self) -> int:
        """Begin a check, and give its number."""
        self.number, self._open, self._pages, self._lines = self.number + 1, True, 0, 0
        return self.number

    def over(self, number: int) -> bool:
        """Its time is up; whether that is news."""
        news, self._open = self._open and number == self.number, False
        return news

    def came(self, remote: str, *, line: bool) -> bool:
        """Somebody opened the page, or the line after it; whether that is news for a host.

        A phone that was slow is news after the time, too.
        """
        if not self.number or self._is_this_machine(remote):
            return False
        before = self.found
        if line:
            self._lines += 1
        else:
            self._pages += 1
        return self.found != before

    def _is_this_machine(self, remote: str) -> bool:
        return bool(self.own) and (remote in self.own or is_loopback(remote))

    @property
    def found(self) -> Found:
        """How it stands."""
        if not self.number:
            return "idle"
        if self._lines:
            return "line"
        if self._open:
            return "asking"
        return "page" if self._pages else "none"
