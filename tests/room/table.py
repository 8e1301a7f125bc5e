"""One whole room over real lines, state by state, with every frame and page that left it.

What people say is a plan: so the same room can be played twice with other answers, votes or replies
of others, and what anybody else got is compared byte by byte.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection

from hrkit.answers.store import Slip, open_store
from hrkit.model import engagement_file as engagements
from hrkit.room import server as served_by
from hrkit.room.book import Book
from hrkit.room.hub import Hub
from tests.forms.conftest import make_folder
from tests.room.bots import opened

__all__ = ["STATES", "TOP", "WHO", "Plan", "Played", "built", "played"]

#: Thirty people: perspective and unit of each slip, as many of it.
WHO = (("leader", "care-north", 20), ("hr", "all", 7), ("top", "all", 3))
#: The side that is too small to be shown: those of its phones.
TOP = range(27, 30)
#: In the order in which they are walked.
STATES = (
    "prepared", "joining", "round open", "round closing", "round closed", "round released", "agenda",
    "placement asking", "placement told", "first vote open", "first vote closed", "second vote open",
    "second vote closed", "votes released", "placement placed", "agreement draft", "agreement locked",
    "actions", "ended",
)  # fmt: skip
_PAGES = ("/", "/screen", "/host", "/check", "/here", "/assets/phone.js", "/assets/room.css", "/nothing")  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What each of the thirty says: to each statement, in both votes, and of their side's question."""

    answers: tuple[int, ...] = tuple(n % 4 + 1 for n in range(30))
    words: tuple[str, ...] = tuple(f"WORDS-OF-{n:02}-XX" for n in range(30))
    first: tuple[int, ...] = tuple(n % 3 + 2 for n in range(30))
    second: tuple[int, ...] = tuple(n % 2 + 3 for n in range(30))
    consents: tuple[int | None, ...] = (1, 1, 1)


@dataclass
class Played:
    """What left the room: by state, then by end (``phone 0`` …, ``wall``, ``host``, ``page /``)."""

    frames: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    journal: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def of(self, end: str, *states: str) -> list[str]:
        """Frames of an end in these states; in all, if none is named."""
        return [text for one in states or STATES for text in self.frames[one].get(end, [])]

    def ends(self) -> list[str]:
        return sorted({end for ends in self.frames.values() for end in ends})


class _End:
    """One line, read when it is waited for."""

    def __init__(self, line: WebSocketClientConnection) -> None:
        self.line, self.frames = line, list[str]()

    async def say(self, **message: Any) -> None:
        await self.line.write_message(json.dumps(message))

    async def until(self, *kinds: str) -> dict[str, Any]:
        while True:
            text = await asyncio.wait_for(self.line.read_message(), 30)
            assert isinstance(text, str), kinds
            self.frames.append(text)
            message = dict(json.loads(text))
            if message["type"] in kinds:
                return message
            assert message["type"] not in ("refused", "error", "missed"), message

    async def settled(self) -> None:
        """Whatever was sent so far has come."""
        await self.say(type="alive")
        await self.until("alive")


def built(place: Path) -> Path:
    """An engagement with thirty slips; copies of it have the same codes."""
    folder = make_folder(place)
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        for perspective, unit, count in WHO:
            for code in store.hand_out("w2", Slip(unit, perspective), count):
                with (folder.parent / "codes.txt").open("a") as file:
                    file.write(f"{code}\n")
    return folder


def played(folder: Path, place: Path, plan: Plan) -> Played:
    """Play a whole room on a copy of the folder."""
    codes = tuple((folder.parent / "codes.txt").read_text().split())
    copy = Path(shutil.copytree(folder, place / "acme"))
    engagement = engagements.load(copy)
    found = Played(codes=codes)

    async def run() -> None:
        with open_store(engagement, held=True) as store:
            book = Book.open(copy, engagement.id, "w2")
            hub = Hub(engagement, engagement.wave("w2"), store, book,
                      lambda _: {"address": "http://room/", "qr": "", "coded": True}, coded=True)  # fmt: skip
            hub.noted_open()
            served = served_by.serve(hub)
            served._counting.cancel()  # totals are told when the walk says so, not by the clock
            try:
                await _Walk(hub, served.port, plan, found).walk()
            finally:
                await served.stop()
            found.journal = book.journal

    patient = pytest.MonkeyPatch()
    # What the clock does in a room, the walk does: so no two playings differ by how fast they went.
    patient.setattr(served_by, "CLOSING", 1e6)
    patient.setattr(served_by, "SECONDS", 1e6)
    try:
        asyncio.run(run())
    finally:
        patient.undo()
    found.files = {p.name: p.read_bytes() for p in copy.iterdir() if p.is_file()}
    return found


class _Walk:
    def __init__(self, hub: Hub, port: int, plan: Plan, found: Played) -> None:
        self.hub, self.plan, self.found, self.base = hub, plan, found, f"127.0.0.1:{port}"
        self.ends: dict[str, _End] = {}
        self.marks = 0

    async def line(self, name: str, path: str) -> _End:
        self.ends[name] = _End(await opened(self.base, path))
        return self.ends[name]

    async def reached(self, state: str) -> None:
        """Everything that was sent on the way to a state is that state's."""
        self.hub.count()
        for end in self.ends.values():
            await end.settled()
        got = {name: list(end.frames) for name, end in self.ends.items()}
        for end in self.ends.values():
            end.frames.clear()
        for path in _PAGES:
            request = HTTPRequest(f"http://{self.base}{path}")
            reply = await AsyncHTTPClient().fetch(request, raise_error=False)
            heads = sorted((k, v) for k, v in reply.headers.get_all() if k != "Date")
            got[f"page {path}"] = [repr((reply.code, heads, reply.body))]
        self.found.frames[state] = got

    async def give(self, type: str, **fields: Any) -> dict[str, Any]:
        self.marks += 1
        host = self.ends["host"]
        await host.say(type=type, rev=self.hub.book.round.rev, stamp=f"{self.marks:04}", **fields)
        return await host.until("done", "code", "chairs")

    async def each(self, kind: str, replies: tuple[str, ...], said: Any, who: Any = range(30)) -> None:  # fmt: skip
        for number in who:
            if (fields := said(number)) is None:
                continue
            end = self.ends[f"phone {number}"]
            await end.say(type=kind, view="v", language=_language(number), **fields)
            await end.until(*replies)

    async def walk(self) -> None:
        hub, plan = self.hub, self.plan
        asked = {p: list(hub.engagement.instrument.questions(p)) for p, _, _ in WHO}
        roles = [p for p, _, count in WHO for _ in range(count)]
        for name, path in (("wall", "/screen/line"), ("host", "/host/line")):
            end = await self.line(name, path)
            key = hub.book.new_key("screen" if name == "wall" else "host")
            await end.say(type="hello", key=key, language="en")
            await end.until("show", "state")
        await self.reached("prepared")
        for number, code in enumerate(self.found.codes):
            end = await self.line(f"phone {number}", "/phone/line")
            await end.say(type="hello", view="v", language=_language(number))
            await end.until("welcome")
            await end.say(type="resume", view="v", language=_language(number), code=code)
            await end.until("opened")
        await self.give("reach")
        await self.give("chairs")
        await self.reached("joining")

        ratings = {
            p: [q.key for q in questions if q.facet.scale.kind == "rating" and q.section.id in ("trust", "roles")]
            for p, questions in asked.items()
        }  # fmt: skip
        for step in range(max(map(len, ratings.values()))):
            await self.each("answer", ("saved",), lambda n, i=step: (
                {"key": ratings[roles[n]][i], "value": str((plan.answers[n] + i) % 5 + 1), "was": [None], "stamp": i}
                if i < len(ratings[roles[n]]) else None
            ))  # fmt: skip
        await self.each("answer", ("saved",), lambda n: {
            "key": "open.01", "value": plan.words[n], "was": [None], "stamp": 99})  # fmt: skip
        await self.each("answer", ("stale",), lambda n: {
            "key": "open.01", "value": "x", "was": ["y"], "stamp": 100}, who=(0,))  # fmt: skip
        await self.reached("round open")
        await self.give("command", do="close")
        await self.reached("round closing")
        hub.closed()
        await self.each("late", ("noted",), lambda n: {}, who=(0,))
        await self.each("answer", ("error",), lambda n: {
            "key": ratings["leader"][0], "value": "1", "was": [None], "stamp": 101}, who=(0,))  # fmt: skip
        await self.reached("round closed")
        await self.give("command", do="reveal")
        await self.reached("round released")
        await self.give("show", what="closed")
        await self.give("show", what="profile")
        await self.give("meeting", do="begin")
        await self.reached("agenda")
        await self.give("meeting", do="party", party=TOP_ID, what="ask")
        await self.each("consent", ("got",), lambda n: (
            None if plan.consents[n - TOP[0]] is None
            else {"party": TOP_ID, "yes": plan.consents[n - TOP[0]]}), who=TOP)  # fmt: skip
        await self.reached("placement asking")
        await self.give("meeting", do="party", party=TOP_ID, what="see")
        await self.reached("placement told")
        if None in plan.consents or 0 in plan.consents:
            return
        topic = hub.meeting.talk.topics[0].dimension  # type: ignore[union-attr]
        await self.give("meeting", do="topic", topic=topic)
        for which, levels in (("first", plan.first), ("second", plan.second)):
            await self.give("meeting", do="open")
            await self.each("vote", ("got",), lambda n, w=which, of=levels: {
                "vote": f"{topic} {w}", "level": of[n], "stamp": 7})  # fmt: skip
            await self.reached(f"{which} vote open")
            await self.give("meeting", do="close")
            hub.closed()
            await self.reached(f"{which} vote closed")
        await self.each("vote", ("missed",), lambda n: {
            "vote": f"{topic} second", "level": 1, "stamp": 8}, who=(0,))  # fmt: skip
        await self.give("meeting", do="reveal")
        await self.ends["phone 0"].say(type="wall", language="en")
        await self.ends["phone 0"].until("wall")
        await self.reached("votes released")
        own = {"level": 2, "evidence": "What we said openly", "what": "lock"}
        await self.give("meeting", do="agree", scope=f"party:{TOP_ID}", **own)
        await self.reached("placement placed")
        word = {"level": 3, "evidence": "WHAT-IT-RESTS-ON", "shift": "WHY-VOTES-MOVED"}
        await self.give("meeting", do="agree", what="draft", **word)
        await self.give("meeting", do="look", what="agreed")
        await self.reached("agreement draft")
        await self.give("meeting", do="agree", what="lock", **word)
        await self.reached("agreement locked")
        await self.give(
            "meeting", do="action", what="THE-ACTION", owner="HR", due="2027-01-31", topic=topic
        )
        await self.give("meeting", do="actions")
        await self.reached("actions")
        await self.give("command", do="end")
        await self.reached("ended")


TOP_ID = "top"


def _language(number: int) -> str:
    return ("en", "da", "nl")[number % 3]
