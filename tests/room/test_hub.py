"""Every frame that leaves the room: nobody gets another's answer, and no figure before it is revealed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrkit import synthetic
from hrkit.answers.store import Slip, Store, open_store
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.room.book import Book
from hrkit.room.hub import Hub
from hrkit.room.progress import Progress
from hrkit.room.wire import Wire
from tests.forms.conftest import make_folder


class Page:
    """One connection whose frames are kept."""

    def __init__(self, hub: Hub, kind: str, language: str = "da") -> None:
        self.hub, self.kind = hub, kind
        self.frames: list[dict[str, Any]] = []
        self.line = Wire(
            lambda message: self.frames.append(json.loads(json.dumps(message))), language
        )
        self.language = language
        {"phone": hub.phones, "wall": hub.walls, "host": hub.hosts}[kind][self.line.id] = self.line

    def say(self, kind: str, **fields: Any) -> dict[str, Any] | None:
        before = len(self.frames)
        message = {"type": kind, **fields}
        if self.kind == "phone":
            message |= {"view": "v", "language": self.language}
        {"phone": self.hub.phone, "wall": self.hub.screen, "host": self.hub.host}[self.kind](
            self.line, message
        )
        return self.frames[before] if len(self.frames) > before else None

    @property
    def text(self) -> str:
        return json.dumps(self.frames, ensure_ascii=False)


class Room:
    """A hub with its host and wall."""

    def __init__(self, engagement: Engagement, store: Store, *, coded: bool = True) -> None:
        self.engagement, self.store = engagement, store
        wave = engagement.wave()
        self.book = Book.open(engagement.folder, engagement.id, wave.id)
        self.hub = Hub(engagement, wave, store, self.book, lambda _: {"address": "x"}, coded=coded)
        self.wall, self.host = Page(self.hub, "wall"), Page(self.hub, "host")
        self.wall.say("hello", key=self.book.new_key("screen"))
        self.host.say("hello", key=self.book.new_key("host"))

    def give(self, do: str, **fields: Any) -> dict[str, Any]:
        self.host.say("command", do=do, rev=self.book.round.rev, **fields)
        return self.host.frames[-1]

    def join(self, code: str, language: str = "da") -> Page:
        page = Page(self.hub, "phone", language)
        page.say("hello")
        page.say("resume", code=code)
        assert page.frames[-1]["type"] == "opened", page.frames[-1]
        return page


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    return engagements.load(make_folder(tmp_path / "acme"))


@pytest.fixture
def room(engagement: Engagement) -> Any:
    with open_store(engagement, held=True) as store:
        yield Room(engagement, store)


def answer_all(page: Page, value: Callable[[int], str]) -> None:
    form = next(f for f in reversed(page.frames) if f["type"] == "opened")["form"]
    number = 0
    for one in form["pages"]:
        for item in one["items"]:
            for facet in item["facets"]:
                scale = form["scales"][facet["scale"]]
                if scale["kind"] == "text":
                    continue
                number += 1
                given = value(number)
                known = {c["value"] for c in scale["choices"] + scale["ways_out"]}
                if scale["kind"] == "pick":
                    options = [c["value"] for c in scale["choices"]]
                    given = " ".join(sorted(options[:3], key=options.index))
                    known = {given}
                told = page.say(
                    "answer",
                    key=facet["key"],
                    value=given if given in known else min(known),
                    was=[None],
                    stamp=number,
                )
                assert told is not None and told["type"] == "saved"


def test_thirty_phones_see_their_own_answers_and_nothing_else(room: Room) -> None:
    w1 = room.engagement.wave().id
    codes = [
        *room.store.hand_out(w1, Slip("care-north", "leader"), 20),
        *room.store.hand_out(w1, Slip("all", "hr"), 10),
    ]
    pages = [room.join(code, ["da", "en", "nl"][i % 3]) for i, code in enumerate(codes)]
    for i, page in enumerate(pages):
        answer_all(page, lambda n, i=i: str((n * 7 + i * 3) % 5 + 1))
        page.say("answer", key="open.01", value=f"SECRET-{i}-WORDS", was=[None], stamp=999)
    room.hub.count()
    assert room.hub.done == 30
    for i, page in enumerate(pages):
        for j in range(30):
            assert (f"SECRET-{j}-WORDS" in page.text) is False
        for j, code in enumerate(codes):
            assert (code in page.text) is (i == j)
        # To what was saved the reply is the same whatever the answer was.
        shapes = {frozenset(f) for f in page.frames if f["type"] == "saved"}
        assert shapes == {frozenset({"type", "key", "stamp", "view"})}
    for page in (room.wall, room.host):
        assert "SECRET" not in page.text and not any(code in page.text for code in codes)
        assert all("profile" not in frame for frame in page.frames)
        assert "care-north" not in page.text and "Nord" not in page.text
    # No person, code, unit or answer in what the room remembers.
    kept = room.book.path.read_text("utf-8")
    assert not any(word in kept for word in ("SECRET", "leader", "care", *codes))

    # Back after a lost line: one's own answers, in the words one chose.
    again = room.join(codes[4], "en")
    opened = again.frames[-1]
    assert opened["answers"]["open.01"] == "SECRET-4-WORDS"
    assert "SECRET-5-WORDS" not in again.text


def test_nothing_of_a_value_leaves_before_it_is_revealed(tmp_path: Path) -> None:
    engagement = synthetic.build(synthetic.client("firm"), tmp_path / "firm")
    with open_store(engagement, held=True) as store:
        room = Room(engagement, store)
        late = Page(room.hub, "phone")
        late.say("hello")
        for command in ("reveal", "reopen", "closed", "nothing"):
            assert room.give(command)["type"] == "state"
        room.host.say("show", what="profile", rev=room.book.round.rev)
        assert not store.releases()
        room.give("close")
        room.hub.closed()
        room.give("reopen", reason="two are missing")
        room.give("close")
        room.hub.closed()
        before = len(room.wall.frames)
        assert all(not _means(page) for page in (room.wall, room.host, late))
        assert not store.releases()

        state = room.give("reveal")
        assert state["step"] == "released"
        (kept,) = store.releases()
        assert room.book.round.version == kept.number
        shown = room.wall.frames[-1]["profile"]
        assert len(room.wall.frames) == before + 1
        assert shown == state["wall"]["profile"]
        # What the wall shows are released means, and nothing but those.
        released = kept.audit["released"]
        means = {f"{s['mean']:.1f}".replace(".", ",") for s in released["scores"] if s.get("mean")}
        told = {v["text"] for row in shown["rows"] for v in row["values"] if v["mean"] is not None}
        assert told and told <= means
        # Exactly the wall, for who cannot read it; and no more answers.
        late.hub.phone(late.line, {"type": "wall", "language": "da"})
        assert late.frames[-1]["show"]["profile"] == shown
        refused = late.say("answer", key="trust.01", value="1", was=[None], stamp=1)
        assert refused is not None and refused["final"] is True
        assert room.give("reopen", reason="one came late")["step"] == "released"


def test_who_was_not_done_is_a_number_and_only_until_something_is_shown(room: Room) -> None:
    codes = room.store.hand_out("w2", Slip("care-north", "leader"), 3)
    pages = [room.join(code) for code in codes]
    stranger = Page(room.hub, "phone")
    stranger.say("hello")
    assert pages[0].say("late") == {"type": "noted", "view": "v"}
    room.give("close")
    room.hub.closed()
    for page in (*pages[:2], pages[0], stranger):  # said twice is once; who never joined is none
        assert page.say("late") == {"type": "noted", "view": "v"}
    room.hub.count()
    assert room.host.frames[-1]["late"] == 2
    assert not any("late" in frame for page in (room.wall, *pages) for frame in page.frames)
    kept = room.book.path.read_text("utf-8")
    assert "late" not in kept and not any(code in kept + room.host.text for code in codes)
    room.give("reopen", reason="two were not done")
    assert room.host.frames[-1]["late"] == 0
    room.give("close")
    room.hub.closed()
    assert room.host.frames[-1]["late"] == 0


def _means(page: Page) -> list[Any]:
    return [frame for frame in page.frames if "profile" in frame or '"mean":' in json.dumps(frame)]


def test_keys_open_their_own_side_only(room: Room) -> None:
    host, screen = room.book.new_key("host"), room.book.new_key("screen")
    for kind, key in (("wall", host), ("host", screen), ("host", ""), ("wall", "guess")):
        page = Page(room.hub, kind)
        told = {
            "type": "refused",
            "said": "Siden åbnes med det link, der blev vist, da rummet blev åbnet. Åbn det link igen.",
        }
        assert page.say("hello", key=key) == told
        page.say("command", do="close", rev=0) if kind == "host" else None
        room.hub.tell()
        assert page.frames == [told]
    assert room.book.round.step == "open"


def test_two_hosts_never_act_on_different_pictures(room: Room) -> None:
    other = Page(room.hub, "host")
    other.say("hello", key=room.book.new_key("host"))
    rev = room.book.round.rev
    room.give("close")
    other.say("command", do="end", rev=rev)
    assert [frame["type"] for frame in other.frames[-2:]] == ["refused", "state"]
    assert other.frames[-1]["step"] == room.host.frames[-1]["step"] == "closing"


def test_without_a_code_nobody_begins_and_another_ones_page_is_not_spoken_for(room: Room) -> None:
    page = Page(room.hub, "phone")
    page.say("hello")
    refused = page.say("begin", perspective="leader", unit="care-north")
    assert refused is not None and refused["problems"]["code"]
    (code,) = room.store.hand_out("w2", Slip("care-north", "leader"), 1)
    mine = room.join(code)
    # The same name of a page, from another connection: no session of mine.
    told = page.say("answer", key="trust.01", value="1", was=[None], stamp=1)
    assert told is not None and told["type"] == "error"
    assert mine.say("answer", key="trust.01", value="4", was=[None], stamp=1)["type"] == "saved"


def test_codes_cannot_be_tried_out(room: Room) -> None:
    page = Page(room.hub, "phone")
    page.say("hello")
    for _ in range(40):
        page.say("resume", code="K7MQ-4XRT-9B")
    told = [frame["problems"]["code"] for frame in page.frames if frame["type"] == "refused"]
    assert len({*told}) == 2
    assert told[-1] != told[0]


def test_a_room_that_was_killed_goes_on_where_it_stood(tmp_path: Path) -> None:
    engagement = synthetic.build(synthetic.client("firm"), tmp_path / "firm")
    with open_store(engagement, held=True) as store:
        room = Room(engagement, store)
        room.give("close")
    with open_store(engagement, held=True) as store:
        room = Room(engagement, store)
        assert room.book.round.step == "closed"
        room.give("reveal")
        shown = room.wall.frames[-1]["profile"]
    with open_store(engagement, held=True) as store:
        # Answers that were imported meanwhile do not change what stands on the wall.
        key = store.begin("w1", "montage", "leader")
        for question in engagement.instrument.questions("leader"):
            if question.facet.scale.kind == "rating":
                store.save(key, question.item.id, question.facet.id, "1")
        again = Room(engagement, store)
        assert again.wall.frames[-1]["profile"] == shown
        assert len(store.releases()) == 1


def test_done_is_something_on_every_page(engagement: Engagement) -> None:
    progress = Progress(engagement.instrument)
    first: dict[str, tuple[str, str]] = {}
    for question in engagement.instrument.questions("hr"):
        if question.facet.scale.kind != "text":
            first.setdefault(question.section.id, (question.item.id, question.facet.id))
    *most, last = first.values()
    for asked in most:
        progress.saved("a", "hr", asked, True)
    assert (progress.begun, progress.done) == (1, 0)
    progress.saved("a", "hr", last, True)
    assert (progress.begun, progress.done) == (1, 1)
    progress.saved("a", "hr", last, False)
    assert (progress.begun, progress.done) == (1, 0)


def test_totals_are_the_same_once_they_are_read_anew(tmp_path: Path) -> None:
    """After a kill, and beside a program that writes: who chose one of three has not chosen."""
    engagement = engagements.load(make_folder(tmp_path / "acme"))
    with open_store(engagement, held=True) as store:
        room = Room(engagement, store)
        one, two, three = store.hand_out("w2", Slip("care-north", "leader"), 3)
        answer_all(room.join(one), lambda n: "3")
        for code, options in ((two, "roles"), (three, "")):
            page = room.join(code)
            answer_all(page, lambda n: "3")
            page.say("answer", key="matters.01", value=options or None, was=None, stamp=900)
        page = room.join(store.hand_out("w2", Slip("care-north", "leader"), 1)[0])
        page.say("answer", key="matters.01", value="roles", was=[None], stamp=1)
        told = room.hub.begun, room.hub.done
        assert told == (3, 1)
        room.hub.recount()
        assert (room.hub.begun, room.hub.done) == told


def test_forms_that_are_typed_in_beside_the_room_are_in_its_totals(tmp_path: Path) -> None:
    """By another program, over a connection of its own; nothing is told that nobody wrote."""
    engagement = engagements.load(make_folder(tmp_path / "acme"))
    with open_store(engagement, held=True) as store:
        room = Room(engagement, store)
        (code,) = store.hand_out("w2", Slip("care-north", "leader"), 1)
        answer_all(room.join(code), lambda n: "3")
        room.hub.count()
        frames = len(room.host.frames)
        room.hub.count()
        assert len(room.host.frames) == frames and room.host.frames[-1]["begun"] == 1
        with open_store(engagement) as theirs:
            key = theirs.begin("w2", "care-north", "hr")
            for question in engagement.instrument.questions("hr"):
                if question.facet.scale.kind == "rating":
                    theirs.save(key, question.item.id, question.facet.id, "2")
        assert room.host.frames[-1]["begun"] == 1
        room.hub.count()
        assert room.host.frames[-1]["begun"] == 2
