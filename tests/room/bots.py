"""Phones that play whole sessions over real sockets, with the rules of the page's own script.

A bot is a phone: it joins with a slip, answers page by page at its own pace and in its own language,
keeps what is not confirmed and sends it when the line is back, sleeps, and loses its network in the
middle of sending.  It also keeps every frame it ever got, to be searched afterwards.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

SERVE = "import sys; from hrkit.cli import main; main(['serve', *sys.argv[1:]])"


class Served:
    """`hrkit serve` as a process that is killed with `kill -9` and begun again at its port."""

    def __init__(self, folder: Path, log: Path, *more: str) -> None:
        self.folder, self.log, self.port, self.more = folder, log, "0", more
        self.links: dict[str, str] = {}
        self.ready = 0.0
        self.start()

    def start(self) -> None:
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVE, str(self.folder), "--port", self.port, *self.more],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline().split() for _ in range(3)]
        self.links = {line[0]: line[1] for line in lines}
        self.ready = time.monotonic() - begun
        found = re.search(r":(\d+)/", self.links["phones"])
        assert found is not None
        self.port = found[1]

    def kill(self) -> None:
        self.process.kill()  # SIGKILL: nothing is said, nothing is tidied
        self.process.wait(20)
        if self.process.stdout is not None:
            self.process.stdout.close()

    @property
    def base(self) -> str:
        return f"127.0.0.1:{self.port}"


async def opened(base: str, path: str) -> WebSocketClientConnection:
    request = HTTPRequest(
        f"ws://{base}{path}", headers={"Origin": f"http://{base}"}, connect_timeout=2.5
    )
    return await websocket_connect(request)


@dataclass(repr=False)
class Bot:
    """One phone.

    Attributes
    ----------
    confirmed
        What the room has said it saved: key → value.
    frames
        Everything that was received, as it came.
    times
        Seconds from handing an answer over to "saved", where the line held.
    back
        Moments at which its form was open again after it had lost its line.
    """

    base: str
    number: int
    code: str
    language: str
    words: str
    pause: float = 0.0
    confirmed: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    frames: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    healed: int = 0
    back: list[float] = field(default_factory=list)
    line: WebSocketClientConnection | None = None
    form: dict[str, Any] | None = None
    room: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.number)
        self.view = f"bot{self.number}"
        self.joined = asyncio.Event()
        self.sent: dict[int, float] = {}
        self.stamp = 0
        self.thought: dict[str, list[str | None]] = {}
        self.votes: dict[str, str] = {}
        self.stopping = self.asleep = False
        self.reader: asyncio.Task[None] | None = None

    # -------------------------------------------------------------------------- the line

    async def connected(self) -> None:
        """Keep a line, as the page does: at once, then twice a second."""
        while not self.stopping:
            if self.asleep:
                await asyncio.sleep(0.05)
                continue
            try:
                self.line = await opened(self.base, "/phone/line")
            except Exception:  # refused, reset, timed out: the room is away
                await asyncio.sleep(0.5)
                continue
            await self.say(type="hello")
            while (text := await self._read()) is not None:
                self.frames.append(text)
                await self.came(json.loads(text))
            self.joined.clear()
            self.line = None
            self.sent.clear()

    async def _read(self) -> str | None:
        try:
            text = await self.line.read_message()  # type: ignore[union-attr]
        except Exception:
            return None
        return text if isinstance(text, str) else None

    async def say(self, **message: Any) -> None:
        if self.line is None:
            return
        try:
            full = {"view": self.view, "language": self.language, **message}
            await self.line.write_message(json.dumps(full))
        except Exception:  # the line has gone: what was said is kept
            return

    async def came(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "room":
            self.room |= message
            await self.ballot(message.get("meeting") or {})
        elif kind in ("got", "missed"):
            self.votes[message["vote"]] = kind
        elif kind == "welcome":
            await self.say(type="resume", code=self.code)
        elif kind == "refused":
            assert "again" in message, (self.number, message)
            await asyncio.sleep(message["again"])
            await self.say(type="resume", code=self.code)
        elif kind == "opened":
            if self.form is not None:
                self.healed += 1
                self.back.append(time.monotonic())
            self.form = message["form"]
            # What the room has confirmed it shows again.
            for key, value in self.confirmed.items():
                if key not in self.waiting:
                    assert message["answers"].get(key) == value, (self.number, key)
            self.joined.set()
            for one in list(self.waiting.values()):
                await self.say(**one)
        elif kind == "saved":
            one = self.waiting.get(message["key"])
            if one is not None and one["stamp"] == message["stamp"]:
                del self.waiting[message["key"]]
                self.confirmed[message["key"]] = one["value"]
                self.thought[message["key"]] = [one["value"]]
                if (begun := self.sent.pop(one["stamp"], None)) is not None:
                    self.times.append(time.perf_counter() - begun)
        elif kind in ("error", "stale"):
            raise AssertionError((self.number, message))

    # ---------------------------------------------------------------------- what people do

    def questions(self) -> list[tuple[str, list[str]]]:
        """Keys and what may be answered; nothing for own words."""
        assert self.form is not None
        found = []
        for page in self.form["pages"]:
            for item in page["items"]:
                for facet in item["facets"]:
                    scale = self.form["scales"][facet["scale"]]
                    values = (
                        [] if scale["kind"] == "text" else [c["value"] for c in scale["choices"]]
                    )
                    found.append((facet["key"], values))
        return found

    async def ballot(self, meeting: dict[str, Any]) -> None:
        """Vote once for a level of its own, as soon as it may, and agree to what its side is asked."""
        if meeting.get("kind") == "consent" and meeting["said"] is None:
            await self.say(type="consent", party=meeting["party"], yes=1)
        if meeting.get("kind") != "vote" or meeting.get("closing") or meeting["id"] in self.votes:
            return
        self.votes[meeting["id"]] = "given"
        level = self.number % 3 + 2 if meeting["vote"] == "first" else 4
        self.stamp += 1
        await self.say(type="vote", vote=meeting["id"], level=level, stamp=self.stamp)

    async def answer(self, key: str, value: str) -> None:
        self.stamp += 1
        was = self.thought.get(key, [None])
        self.thought[key] = [*was, value]
        message = {"type": "answer", "key": key, "value": value, "was": was, "stamp": self.stamp}
        self.waiting[key] = message
        if self.joined.is_set():
            self.sent[self.stamp] = time.perf_counter()
            await self.say(**message)

    async def session(self) -> None:
        """The whole questionnaire: every statement, some changed again, and own words."""
        await asyncio.wait_for(self.joined.wait(), 60)
        for key, values in self.questions():
            value = self.random.choice(values) if values else self.words
            await self.answer(key, value)
            if values and self.random.random() < 0.1:
                await self.answer(key, self.random.choice(values))
            await asyncio.sleep(self.random.expovariate(1 / self.pause) if self.pause else 0)

    async def sleep(self, seconds: float) -> None:
        """The screen goes dark: the line is cut without a word, and nothing runs."""
        self.asleep = True
        self.cut()
        await asyncio.sleep(seconds)
        self.asleep = False

    def cut(self) -> None:
        """The network goes, in the middle of whatever was being sent."""
        if self.line is not None and (stream := self.line.stream) is not None:
            stream.close()

    async def settled(self, seconds: float = 60) -> None:
        """Wait until everything on the phone is confirmed."""
        until = time.monotonic() + seconds
        while self.waiting or not self.joined.is_set():
            if self.reader is not None and self.reader.done():
                self.reader.result()  # what it stumbled over
            assert time.monotonic() < until, (self.number, len(self.waiting))
            await asyncio.sleep(0.05)

    def start(self) -> None:
        self.reader = asyncio.create_task(self.connected())

    async def stop(self) -> None:
        self.stopping = True
        self.cut()
        assert self.reader is not None
        await self.reader


@contextmanager
def phones(base: str, codes: list[str], language: str = "nl") -> Iterator[list[Bot]]:
    """Bots that join, vote and agree to whatever they are asked, in a thread of their own, until the room is left."""
    bots = [Bot(base, i, code, language, "") for i, code in enumerate(codes)]
    ready, over = threading.Event(), threading.Event()

    async def play() -> None:
        for bot in bots:
            bot.start()
        await asyncio.gather(*(asyncio.wait_for(bot.joined.wait(), 60) for bot in bots))
        ready.set()
        while not over.is_set():
            await asyncio.sleep(0.1)
        for bot in bots:
            await bot.stop()

    thread = threading.Thread(target=asyncio.run, args=(play(),))
    thread.start()
    try:
        assert ready.wait(90)
        yield bots
    finally:
        over.set()
        thread.join(30)


class Network:
    """What lies between a phone and the room: it can go dark without telling anybody.

    Connections that were open when it went dark stay dead, as after a change of network: no end of
    them is ever told, and what is written into them goes nowhere.
    """

    def __init__(self, port: int, to: str) -> None:
        self.port, self.to, self.dark, self._age = port, to, False, 0
        # A loop holds its tasks by a thread only: one that waits for ever would be thrown away, with noise.
        self._carrying: set[asyncio.Task[Any] | None] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def _carry(self, inner: asyncio.StreamReader, outer: asyncio.StreamWriter) -> None:
        age = self._age
        self._carrying.add(asyncio.current_task())
        try:
            there, back = await asyncio.open_connection(self.to, self.port)
        except OSError:
            outer.close()
            return

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            try:
                while data := await source.read(65536):
                    if self.dark or age != self._age:
                        return
                    sink.write(data)
                    await sink.drain()
            except OSError:
                pass
            if not self.dark and age == self._age:
                sink.close()

        await asyncio.gather(pump(inner, back), pump(there, outer))

    def go_dark(self) -> None:
        self.dark, self._age = True, self._age + 1

    def come_back(self) -> None:
        # Whoever tried in the dark is as dead as those before.
        self.dark, self._age = False, self._age + 1

    async def _end(self) -> None:
        self._server.close()
        mine = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
        for one in mine:
            one.cancel()
        await asyncio.gather(*mine, return_exceptions=True)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


class Watcher:
    """A wall or a host that keeps every frame, and comes back by itself."""

    def __init__(self, served: Served, side: str) -> None:
        link = served.links["wall" if side == "screen" else side]
        self.base, self.side, self.key = served.base, side, link.partition("#")[2]
        self.frames: list[str] = []
        self.line: WebSocketClientConnection | None = None
        self.stopping = False
        self.task = asyncio.create_task(self.connected())

    async def connected(self) -> None:
        while not self.stopping:
            try:
                self.line = await opened(self.base, f"/{self.side}/line")
                await self.line.write_message(json.dumps({"type": "hello", "key": self.key}))
                while isinstance(text := await self.line.read_message(), str):
                    self.frames.append(text)
            except Exception:
                pass
            self.line = None
            await asyncio.sleep(0.25)

    @property
    def last(self) -> dict[str, Any]:
        return dict(json.loads(self.frames[-1]))

    async def give(self, do: str) -> None:
        assert self.line is not None
        message = {"type": "command", "do": do, "rev": self.last["rev"], "reason": "why"}
        await self.line.write_message(json.dumps(message))

    async def until(self, step: str, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not self.frames or self.last.get("step") != step:
            assert time.monotonic() < end, (step, self.frames[-1:])
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        self.stopping = True
        if self.line is not None and self.line.stream is not None:
            self.line.stream.close()
        await self.task
