"""What a browser loads from the room's port: four pages, their files, and nothing else."""

from __future__ import annotations

import html
import json
from typing import Any

from tornado import web

from hrkit.room.assets import FILES, PAGES, kind_of, read
from hrkit.room.guard import HEADERS, known_host
from hrkit.room.listening import logged

__all__ = ["Asset", "Guarded", "Here", "Nothing", "Page", "Plain", "mine"]


class Plain(web.RequestHandler):
    """Headers of every answer, also of a line that is refused, and words of none that failed."""

    def set_default_headers(self) -> None:
        """Nothing from elsewhere, in no frame, kept nowhere, and not the name of the program."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.clear_header("Server")

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """What went wrong, by its kind and place; not what was asked, nor by whom."""
        logged(kind, error, trace)

    def write_error(self, status_code: int, **_: Any) -> None:
        """A number: no traceback, and nothing of what was asked."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")


class Guarded(Plain):
    """What a browser loads, and nobody who asks for another machine."""

    def prepare(self) -> None:
        """Before anything is answered."""
        mine(self)


def mine(handler: web.RequestHandler) -> None:
    """Refuse a request that was meant for another machine."""
    hosts, port = handler.settings["hosts"], handler.settings["port"]
    if not known_host(handler.request.headers.get("Host", ""), hosts, port):
        raise web.HTTPError(421)


class Page(Guarded):
    """A page of the room, with the few words it has before its line is there."""

    def get(self) -> None:
        """The page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        page, hub = read(PAGES[self.request.path]), self.settings["hub"]
        if self.request.path == "/check":
            hub.reached(self.request.remote_ip or "", line=False)
            page = page.replace(b"@words@", _attribute(hub.check()))
        self.finish(page.replace(b"@opening@", _attribute(hub.opening())))

    head = get


def _attribute(value: Any) -> bytes:
    return html.escape(json.dumps(value), quote=True).encode("utf-8")


class Asset(Guarded):
    """A file that a page loads."""

    def get(self, name: str) -> None:
        """A file of the list, and no other."""
        if name not in FILES:
            raise web.HTTPError(404)
        self.set_header("Content-Type", kind_of(name))
        self.set_header("Cache-Control", "no-cache")
        self.finish(read(name))

    head = get


class Here(Guarded):
    """Whether the room is there: asked by a page whose line is lost, or does not reply."""

    def get(self) -> None:
        """Nothing but that it is; on a connection of its own, so that none of before is taken for it."""
        self.set_header("Connection", "close")
        self.clear_header("Content-Type")
        self.set_status(204)

    head = get


class Nothing(Guarded):
    """Whatever else is asked for."""

    def prepare(self) -> None:
        """Say that it is not there."""
        mine(self)
        raise web.HTTPError(404)
