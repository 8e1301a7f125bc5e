"""The keying page's own port: this machine only, one page, one line, a key of its own."""

from __future__ import annotations

import json
from importlib import resources

from tornado import netutil, web, websocket

from hrkit.room.assets import kind_of, read
from hrkit.room.front import Guarded, Here, Nothing, Plain, mine
from hrkit.room.guard import Patience, known_host
from hrkit.room.keying import LARGEST, Keying, parsed
from hrkit.room.listening import Listening, hush

__all__ = ["Port", "serve"]

_FILES = (
    "room.css",
    "key.css",
    "key.js",
    "line.js",
    "shared.js",
    "Lato-Regular.ttf",
    "Lato-Bold.ttf",
)
#: Wrong keys: at once, and seconds until one more.
_TRIES = 5, 2.0


class _Page(Guarded):
    def get(self) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish((resources.files("hrkit.room") / "page" / "key.html").read_bytes())

    head = get


class _File(Guarded):
    def get(self, name: str) -> None:
        if name not in _FILES:
            raise web.HTTPError(404)
        self.set_header("Content-Type", kind_of(name))
        self.set_header("Cache-Control", "no-cache")
        self.finish(read(name))

    head = get


class _Line(Plain, websocket.WebSocketHandler):
    """The page's line: a key first, then whole forms."""

    def initialize(self, keying: Keying, tries: Patience) -> None:
        self.keying, self.tries, self.known = keying, tries, False

    def prepare(self) -> None:
        mine(self)
        origin = self.request.headers.get("Origin")
        if origin is None or not self.check_origin(origin):
            raise web.HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """Whether this port's own page opened the line."""
        scheme, _, rest = origin.partition("://")
        hosts, port = self.settings["hosts"], self.settings["port"]
        return scheme == "http" and known_host(rest, hosts, port)

    def on_message(self, message: str | bytes) -> None:
        known = parsed(message)
        if known is None:
            self.close(1008)
            return
        if known["type"] == "hello":
            self.known = self.tries.allows() and self.keying.opens(known.get("key"))
        if not self.known:
            said = self.keying.no_key(known.get("language"))
            self.write_message(json.dumps({"type": "refused", "said": said, "key": True}))
            return
        reply = self.keying.handle(known)
        if reply is not None:
            self.write_message(json.dumps(reply))


class Port:
    """A keying page that is being served.

    Attributes
    ----------
    link
        What is opened; the key stands behind ``#``.
    """

    def __init__(self, server: Listening, link: str) -> None:
        self._server, self.link = server, link

    async def stop(self) -> None:
        """Give the port back."""
        self._server.stop()
        await self._server.close_all_connections()


def serve(keying: Keying, port: int = 0) -> Port:
    """Serve a keying page on loopback in the running event loop; port 0 takes a free one."""
    sockets = netutil.bind_sockets(port, "127.0.0.1")
    port = int(sockets[0].getsockname()[1])
    given = {"keying": keying, "tries": Patience(*_TRIES)}
    app = web.Application(
        [
            (r"/", _Page),
            (r"/assets/([A-Za-z0-9.-]{1,40})", _File),
            (r"/here", Here),
            (r"/key/line", _Line, given),
        ],
        default_handler_class=Nothing,
        hosts=frozenset({"127.0.0.1", "localhost"}),
        port=port,
        websocket_max_message_size=LARGEST,
        log_function=lambda _handler: None,
    )
    hush()
    server = Listening(app, max_header_size=16 * 1024, max_body_size=LARGEST, xheaders=False)
    server.add_sockets(sockets)
    return Port(server, f"http://127.0.0.1:{port}/#{keying.key}")
