"""A command that comes twice is carried out once, and answered as it was the first time.

A page gives each of its commands a mark of its own.  A line that broke may have carried a command and
not its reply, so the page says it again on the next one; and whoever leads clicks twice.  What was
replied is held for a minute, in memory alone, since a code that was drawn is in it; the marks of what
was carried out are in the book, so that a room that was killed in between knows them, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from hrkit.room.book import Book
from hrkit.room.wire import Message, Wire

__all__ = ["Repeats"]

#: Seconds for which a reply is held, characters of a mark, and marks that the book keeps.
_HELD, _LONGEST, _KEPT = 60.0, 40, 50


class Repeats:
    """Commands of hosts by their marks.

    Parameters
    ----------
    book
        Keeps the marks of what was carried out.
    clock
        Seconds, from any moment on.
    """

    def __init__(self, book: Book, clock: Callable[[], float] = time.monotonic) -> None:
        self._book, self._clock = book, clock
        self._said: dict[str, tuple[float, list[Message]]] = {}
        self._lines: dict[str, Wire] = {}

    @staticmethod
    def mark(message: Message) -> str:
        """That of a command; blank where it has none that can be kept."""
        mark = message.get("stamp", "")
        return mark if len(mark) <= _LONGEST else ""

    def before(self, mark: str, line: Wire) -> tuple[Message, ...] | None:
        """What was replied to the same command before; None where it is new.

        Nothing yet, if it is being carried out: then this line gets the reply.
        """
        self.forget()
        if not mark:
            return None
        self._lines[mark] = line
        if mark in self._said:
            return tuple(self._said[mark][1])
        if mark in self._book.done:
            return ({"type": "done", "stamp": mark, "rev": self._book.round.rev},)
        self._said[mark] = (self._clock(), [])
        return None

    def carried_out(self, mark: str) -> None:
        """Enter a mark into the book, to be saved with what it did."""
        if mark:
            self._book.done = [*self._book.done, mark][-_KEPT:]

    def not_carried_out(self, mark: str) -> None:
        """It was refused after all."""
        self._book.done = [one for one in self._book.done if one != mark]

    def dropped(self, mark: str) -> None:
        """It failed, and may come again."""
        self.not_carried_out(mark)
        self._said.pop(mark, None)

    def reply(self, mark: str, line: Wire, message: Message) -> None:
        """Reply to a command, on the line on which it came last."""
        if not mark:
            if message["type"] != "done":  # who gives no mark waits for none
                line.send(message)
            return
        told = {**message, "stamp": mark}
        since, said = self._said.get(mark, (self._clock(), []))
        self._said[mark] = since, [*said, told]
        self._lines.get(mark, line).send(told)

    def forget(self) -> None:
        """Nothing of a reply is held for long."""
        now = self._clock()
        for mark in [one for one, (since, _) in self._said.items() if now - since > _HELD]:
            del self._said[mark]
            self._lines.pop(mark, None)
