"""The room's port: three pages, three sockets, a handful of files, and nothing else."""

from __future__ import annotations

import asyncio
import html
import json
import ssl
from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from tornado import httpserver, ioloop, netutil, web, websocket

from hrkit.room.guard import HEADERS, LARGEST, known_host
from hrkit.room.hub import Hub, Wire
from hrkit.room.messages import HOST, PHONE, WALL, parsed

__all__ = ["Served", "serve"]

#: Seconds until a round that closes is closed, and between two tellings of totals.
CLOSING, COUNTING = 5.0, 2.0
#: A connection that says nothing for so long has gone; phones are asked every so many seconds.
_PING = 15.0
_MOST = 400

_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf"}
_PAGES = {"/": "phone.html", "/screen": "wall.html", "/host": "host.html"}


@cache
def _file(name: str) -> bytes:
    """A page, script or sheet of the room, of the form, or the face of its text."""
    if name.startswith("questionnaire."):
        return (resources.files("hrkit.forms") / name).read_bytes()
    if name.endswith(".ttf"):
        return (resources.files("font_lato") / "files" / name).read_bytes()
    return (resources.files("hrkit.room") / "page" / name).read_bytes()


#: Everything that may be asked for by name.
FILES = (
    "room.css", "phone.js", "wall.js", "screen.js", "host.js", "shared.js", "meeting.js", "vote.js", "lead.js",
    "questionnaire.js", "questionnaire.css", "Lato-Regular.ttf", "Lato-Bold.ttf",
)  # fmt: skip


class _Guarded(web.RequestHandler):
    """Headers of every answer, and nobody who asks for another machine."""

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")

    def prepare(self) -> None:
        _mine(self)

    def write_error(self, status_code: int, **_: Any) -> None:
        # No traceback, and nothing of what was asked.
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")


def _mine(handler: web.RequestHandler) -> None:
    hosts, port = handler.settings["hosts"], handler.settings["port"]
    if not known_host(handler.request.headers.get("Host", ""), hosts, port):
        raise web.HTTPError(421)


class _Page(_Guarded):
    def get(self) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        page = _file(_PAGES[self.request.path])
        opening = html.escape(json.dumps(self.settings["opening"]), quote=True)
        self.finish(page.replace(b"@opening@", opening.encode("utf-8")))

    head = get


class _Asset(_Guarded):
    def get(self, name: str) -> None:
        if name not in FILES:
            raise web.HTTPError(404)
        kind = _TYPES[Path(name).suffix]
        self.set_header(
            "Content-Type", kind if kind.startswith("font") else f"{kind}; charset=utf-8"
        )
        self.set_header("Cache-Control", "no-cache")
        self.finish(_file(name))

    head = get


class _Nothing(_Guarded):
    def prepare(self) -> None:
        _mine(self)
        raise web.HTTPError(404)


class _Socket(websocket.WebSocketHandler):
    """One line: it belongs to a kind, and is handed to the hub message by message."""

    kinds: Mapping[str, Mapping[str, tuple[type, ...]]] = {}

    def initialize(self, hub: Hub) -> None:
        self.hub = hub
        self.view = ""
        self.writing: set[asyncio.Future[None]] = set()

    def prepare(self) -> None:
        _mine(self)
        # Asked here, since not every version of tornado asks `check_origin` of every page.
        origin = self.request.headers.get("Origin")
        if origin is not None and not self.check_origin(origin):
            raise web.HTTPError(403)

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    def check_origin(self, origin: str) -> bool:
        """Whether a page of this room opened the line."""
        scheme, _, rest = origin.partition("://")
        hosts, port = self.settings["hosts"], self.settings["port"]
        return scheme == self.settings["scheme"] and known_host(rest, hosts, port)

    def open(self, *_: str, **__: str) -> None:
        self.line = Wire(self._say, self.hub.engagement.language)
        if len(self._lines()) >= _MOST:
            self.close(1013)
            return
        self._lines()[self.line.id] = self.line

    def on_message(self, message: str | bytes) -> None:
        known = parsed(message, self.kinds)
        if known is None:
            self.close(1008)
            return
        self.view = known.get("view", self.view)
        self._take(known)

    def on_close(self) -> None:
        self._lines().pop(self.line.id, None)

    def _say(self, message: dict[str, Any]) -> None:
        if self.ws_connection is not None:
            task = asyncio.ensure_future(self._written(message))
            self.writing.add(task)
            task.add_done_callback(self.writing.discard)

    async def _written(self, message: dict[str, Any]) -> None:
        try:
            await self.write_message(message)
        except (websocket.WebSocketClosedError, ValueError):
            return

    def _lines(self) -> dict[str, Wire]:
        raise NotImplementedError

    def _take(self, message: dict[str, Any]) -> None:
        raise NotImplementedError


class _Phone(_Socket):
    kinds = PHONE

    def _lines(self) -> dict[str, Wire]:
        return self.hub.phones

    def _take(self, message: dict[str, Any]) -> None:
        self.hub.phone(self.line, message)

    def on_close(self) -> None:
        super().on_close()
        self.hub.gone(self.line, self.view)


class _Wall(_Socket):
    kinds = WALL

    def _lines(self) -> dict[str, Wire]:
        return self.hub.walls

    def _take(self, message: dict[str, Any]) -> None:
        self.hub.screen(self.line, message)


class _Host(_Socket):
    kinds = HOST

    def _lines(self) -> dict[str, Wire]:
        return self.hub.hosts

    def _take(self, message: dict[str, Any]) -> None:
        before = self.hub.closing
        self.hub.host(self.line, message)
        if not before and self.hub.closing:
            ioloop.IOLoop.current().call_later(CLOSING, self.hub.closed)


class Served:
    """A room that is being served.

    Attributes
    ----------
    port
        Where.
    """

    def __init__(
        self, server: httpserver.HTTPServer, counting: ioloop.PeriodicCallback, port: int
    ) -> None:
        self._server, self._counting, self.port = server, counting, port

    async def stop(self) -> None:
        """Give the port back; open pages find out and wait."""
        self._counting.stop()
        self._server.stop()
        await self._server.close_all_connections()


def serve(
    hub: Hub,
    *,
    address: str = "127.0.0.1",
    port: int = 0,
    hosts: Collection[str] = (),
    certificate: tuple[Path, Path] | None = None,
    at_port: Callable[[int], None] | None = None,
) -> Served:
    """Serve a room in the running event loop.

    Parameters
    ----------
    address
        To listen on; this machine's own if not given.
    port
        0 takes a free one.
    hosts
        Names and addresses by which pages may be asked for, beside the address itself.
    certificate
        Files of a certificate and its key: pages are served by TLS.
    at_port
        Told of the port before anybody can connect.
    """
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*map(str, certificate))
    sockets = netutil.bind_sockets(port, address)
    port = int(sockets[0].getsockname()[1])
    if at_port is not None:
        at_port(port)
    named = {address.lower(), *map(str.lower, hosts)}
    named |= {"127.0.0.1", "localhost", "::1"}
    given = {"hub": hub}
    app = web.Application(
        [
            (r"/(?:screen|host)?", _Page),
            (r"/assets/([A-Za-z0-9.-]{1,40})", _Asset),
            (r"/phone/line", _Phone, given),
            (r"/screen/line", _Wall, given),
            (r"/host/line", _Host, given),
        ],
        default_handler_class=_Nothing,
        opening=hub.opening(),
        hosts=frozenset(named),
        port=port,
        scheme="https" if context else "http",
        websocket_max_message_size=LARGEST,
        websocket_ping_interval=_PING,
        websocket_ping_timeout=_PING,
        compress_response=True,
        # Who asked for what is nobody's business.
        log_function=lambda _handler: None,
    )
    server = httpserver.HTTPServer(
        app, ssl_options=context, max_header_size=16 * 1024, max_body_size=LARGEST, xheaders=False
    )
    server.add_sockets(sockets)
    counting = ioloop.PeriodicCallback(hub.count, COUNTING * 1000)
    counting.start()
    return Served(server, counting, port)
