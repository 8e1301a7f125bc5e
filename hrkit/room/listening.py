"""What listens on the room's port: bounded, and silent about people.

Whoever opens many connections, or none that asks for anything, takes no place from others; what goes
wrong is logged by its kind and place, without an address, a path or a value.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

from tornado import httpserver, iostream, web

__all__ = ["Listening", "hush", "logged"]

#: Connections of all kinds, and of one address (a whole room may come from behind one router).
_MOST_OPEN, _MOST_FROM = 700, 400


def logged(kind: type[BaseException] | None, _: BaseException | None, trace: Any) -> None:
    """Say what went wrong by its kind and place: not what was asked, nor by whom."""
    if kind is None or issubclass(kind, web.HTTPError):
        return
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(trace)[-3:]]
    logging.getLogger(__name__).error("%s at %s", kind.__name__, ", ".join(places))


class _Impersonal(logging.Filter):
    """Tornado's own lines name addresses and what was asked: what is left is that there was one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a record pass without what it says."""
        kind = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
        record.msg = f"the room's port: {kind.__name__ if kind else record.levelname.lower()}"
        record.args, record.exc_info, record.exc_text = None, None, None
        return True


_IMPERSONAL = _Impersonal()


def hush() -> None:
    """Take what is personal out of tornado's own lines."""
    for name in ("tornado.access", "tornado.application", "tornado.general"):
        logging.getLogger(name).addFilter(_IMPERSONAL)


class Listening(httpserver.HTTPServer):
    """A server that has room for so many connections, and for not too many of one address."""

    def initialize(self, *given: Any, **named: Any) -> None:
        """As of every server of tornado's."""
        super().initialize(*given, **named)
        self._streams: dict[iostream.IOStream, str] = {}

    def handle_stream(self, stream: iostream.IOStream, address: Any) -> None:
        """Serve a connection, or end it at once where there are too many."""
        self._streams = {one: by for one, by in self._streams.items() if not one.closed()}
        remote = str(address[0]) if isinstance(address, tuple) and address else ""
        same = sum(by == remote for by in self._streams.values())
        if len(self._streams) >= _MOST_OPEN or same >= _MOST_FROM:
            stream.close()
            return
        self._streams[stream] = remote
        super().handle_stream(stream, address)
