"""One open line into the room: a phone, a wall or a host at its other end."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from hrkit.room.guard import Patience

__all__ = ["EVERY", "TRIES", "Message", "Send", "Wire"]

Message = dict[str, Any]
Send = Callable[[Message], None]

#: Tries of a code in vain on one line: at once, and seconds until one more.
TRIES, EVERY = 12, 5.0


class Wire:
    """One open connection: a phone, a wall or a host.

    Parameters
    ----------
    send
        Takes one message to whoever is at the other end.
    remote
        Address it came from; for counting tries, and never kept.
    """

    def __init__(self, send: Send, language: str, remote: str = "") -> None:
        self.id = secrets.token_hex(8)
        self.send, self.language, self.remote = send, language, remote
        self.known = False
        self.view = ""
        self.worded = ""  # the language of the words it was sent already
        self.tries = Patience(TRIES, EVERY)
