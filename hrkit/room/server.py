"""The room's port: three pages, three sockets, a handful of files, and nothing else."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from tornado import httpserver, ioloop, netutil, web, websocket

from hrkit.room.apart import beside
from hrkit.room.assets import FILES
from hrkit.room.front import Asset, Here, Nothing, Page, Plain, mine
from hrkit.room.guard import LARGEST, Patience, Shares, known_host
from hrkit.room.hub import Hub
from hrkit.room.listening import Listening, hush, logged
from hrkit.room.messages import HOST, PHONE, WALL, parsed
from hrkit.room.reach import SECONDS
from hrkit.room.wire import Wire

__all__ = ["FILES", "Served", "serve"]

#: Seconds until a round that closes is closed, and between two tellings of totals.
CLOSING, COUNTING = 5.0, 2.0
#: A connection that says nothing for so long has gone; phones are asked every so many seconds.
_PING = 15.0
#: Lines of one kind.
_MOST = 400
#: Bytes that wait for one page to read them; whoever reads none is let go, and may come back.
_MOST_WAITING = 512 * 1024
#: Messages of one page: at once (a phone that was away for a whole questionnaire), and seconds until
#: one more.
_PACE = 250, 0.1
#: What an address may ask for in all: at once, each second, and the longest that it waits.  Thirty people
#: behind one router who come back at once, each with a whole questionnaire, ask for 2,000.
_SHARES = 6000, 1000, 5.0
#: What a message costs, where it is not 1: words of all languages, a picture of the wall, a look for a code.
_COSTS = {"hello": 10, "wall": 3, "resume": 3}
#: Seconds in which a request has to be said, and a connection that asks nothing is kept.
_IDLE = 30.0


class _Socket(Plain, websocket.WebSocketHandler):
    """One line: it belongs to a kind, and is handed to the hub message by message."""

    kinds: Mapping[str, Mapping[str, tuple[type, ...]]] = {}

    def initialize(self, hub: Hub) -> None:
        self.hub = hub
        self.view = ""
        self.pace = Patience(*_PACE)
        self.writing: set[asyncio.Future[None]] = set()
        self.waiting = 0  # bytes

    def prepare(self) -> None:
        mine(self)
        # Asked here, since not every version of tornado asks `check_origin` of every page.
        origin = self.request.headers.get("Origin")
        if origin is not None and not self.check_origin(origin):
            raise web.HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """Whether a page of this room opened the line."""
        scheme, _, rest = origin.partition("://")
        hosts, port = self.settings["hosts"], self.settings["port"]
        return scheme == self.settings["scheme"] and known_host(rest, hosts, port)

    def open(self, *_: str, **__: str) -> None:
        self.line = Wire(self._say, self.hub.engagement.language, self.request.remote_ip or "")
        if len(self._lines()) >= _MOST:
            self.close(1013)
            return
        self._lines()[self.line.id] = self.line

    def on_message(self, message: str | bytes) -> Awaitable[None] | None:
        """Take a message; one that has to wait holds back those that come after it on its line."""
        if self.line.id not in self._lines():
            return None  # it was let go, and talks on
        known = parsed(message, self.kinds) if self.pace.allows() else None
        if known is None:
            self._lines().pop(self.line.id)
            self.close(1008)
            return None
        self.view = known.get("view", self.view)
        shares: Shares = self.settings["shares"]
        wait = shares.wait(self.line.remote, _COSTS.get(known["type"], 1))
        if wait:
            return self._later(known, wait)
        self._take(known)
        return None

    async def _later(self, known: dict[str, Any], wait: float) -> None:
        await asyncio.sleep(wait)
        if self.line.id in self._lines():
            self._take(known)

    def on_close(self) -> None:
        self._lines().pop(self.line.id, None)

    def _say(self, message: dict[str, Any]) -> None:
        if self.ws_connection is None:
            return
        text = json.dumps(message)
        if self.waiting + len(text) > _MOST_WAITING:
            # Nobody reads at the other end; nothing is lost that the hub does not know.
            self._lines().pop(self.line.id, None)
            if (stream := self.ws_connection.stream) is not None:
                stream.close()
            return
        self.waiting += len(text)
        task = asyncio.ensure_future(self._written(text))
        self.writing.add(task)
        task.add_done_callback(self.writing.discard)

    async def _written(self, text: str) -> None:
        try:
            await self.write_message(text)
        except (websocket.WebSocketClosedError, ValueError):
            return
        finally:
            self.waiting -= len(text)

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
        loop = ioloop.IOLoop.current()
        try:
            self.hub.host(self.line, message)
        finally:  # whatever went wrong: what closes is closed in time
            if not before and self.hub.closing:
                loop.call_later(CLOSING, self.hub.closed)
                # What makes a release takes a second to load: while the phones send what they hold.
                loop.run_in_executor(None, import_module, "hrkit.disclosure.release")
        if message["type"] == "reach":
            loop.call_later(SECONDS, self.hub.checked, self.hub.reach.number)


class Served:
    """A room that is being served.

    Attributes
    ----------
    port
        Where.
    """

    def __init__(
        self, server: httpserver.HTTPServer, counting: asyncio.Task[None], port: int
    ) -> None:
        self._server, self._counting, self.port = server, counting, port

    async def stop(self) -> None:
        """Give the port back; open pages find out and wait."""
        self._counting.cancel()
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
            (r"/(?:screen|host|check)?", Page),
            (r"/assets/([A-Za-z0-9.-]{1,40})", Asset),
            (r"/here", Here),
            (r"/phone/line", _Phone, given),
            (r"/screen/line", _Wall, given),
            (r"/host/line", _Host, given),
        ],
        default_handler_class=Nothing,
        hub=hub,
        hosts=frozenset(named),
        port=port,
        scheme="https" if context else "http",
        shares=Shares(*_SHARES),
        websocket_max_message_size=LARGEST,
        websocket_ping_interval=_PING,
        websocket_ping_timeout=_PING,
        compress_response=True,
        # Who asked for what is nobody's business.
        log_function=lambda _handler: None,
    )
    hush()
    hub.apart = beside(lambda error: logged(type(error), error, error.__traceback__))
    server = Listening(
        app,
        ssl_options=context,
        max_header_size=16 * 1024,
        max_body_size=LARGEST,
        idle_connection_timeout=_IDLE,
        body_timeout=_IDLE,
        xheaders=False,
    )
    server.add_sockets(sockets)
    return Served(server, asyncio.ensure_future(_counting(hub)), port)


async def _counting(hub: Hub) -> None:
    """Tell totals by and by; not by tornado's clock, which is the computer's, and may be set back."""
    while True:
        await asyncio.sleep(COUNTING)
        try:
            hub.count()
        except (
            Exception
        ) as error:  # it is tried again: totals that stand still look like a room that does
            logged(type(error), error, error.__traceback__)
