"""A host's command that comes twice is carried out once, and answered as it was the first time.

Over real lines, and over a room that is killed in between; and with a real double click on every button.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.websocket import WebSocketClientConnection

from hrkit.answers.store import Slip, Store, open_store
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.records.store import records_of
from hrkit.room.book import Book
from hrkit.room.net import addresses
from hrkit.room.repeats import Repeats
from hrkit.room.wire import Wire
from tests.forms import lab
from tests.forms.conftest import make_folder
from tests.room.bots import Network, Served, opened
from tests.room.test_meeting import Gathered
from tests.room.test_server import Port, hear, play, tell

PROGRAM = lab.chromium()
browser = pytest.mark.skipif(
    PROGRAM is None, reason="no Chromium here; install it or set HRKIT_CHROMIUM"
)


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    return engagements.load(make_folder(tmp_path / "acme"))


def drawn(store: Store, engagement: Engagement) -> int:
    return sum(store.handed_out(engagement.wave().id).values())


async def led(port: Port) -> tuple[WebSocketClientConnection, dict[str, Any]]:
    host = await port.line("/host/line")
    await tell(host, type="hello", key=port.hub.book.new_key("host"), language="en")
    return host, await hear(host, "state")


async def reply(line: WebSocketClientConnection) -> dict[str, Any]:
    """The next reply to a command: no state."""
    while True:
        text = await asyncio.wait_for(line.read_message(), 20)
        assert text is not None
        if (message := dict(json.loads(text)))["type"] != "state":
            return message


def every(dimension: str) -> list[dict[str, Any]]:
    """One of every command that changes anything, in an order in which each is allowed."""

    def meet(do: str, **fields: Any) -> dict[str, Any]:
        return {"type": "meeting", "do": do, **fields}

    return [
        {"type": "chairs"},
        {"type": "reach"},
        {"type": "code", "unit": "care-north", "perspective": "leader"},
        {"type": "show", "what": "count"},
        {"type": "command", "do": "close"},
        {"type": "closed"},
        {"type": "command", "do": "reopen", "reason": "two are missing"},
        {"type": "command", "do": "close"},
        {"type": "closed"},
        meet("begin"),
        meet("order", order=[f"{dimension}:30:10"]),
        meet("pause"),
        meet("topic", topic=dimension),
        meet("clock", what="add", seconds=120),
        meet("question", question=1),
        meet("look", what="levels"),
        meet("words", what="what we saw"),
        meet("agree", level=3, evidence="what we saw", what="draft", scope="room"),
        meet("action", what="Begin each talk so", owner="HR", due="2027-01-31", topic=dimension),
        meet("cards", first="2-3", second="3"),
        meet("actions"),
        {"type": "command", "do": "end"},
    ]


def test_every_command_that_comes_twice_is_carried_out_once(engagement: Engagement) -> None:
    """Twice on one line, and again on the next: the same reply, and nothing is done again."""

    async def script(port: Port) -> None:
        host, _state = await led(port)
        book, store = port.hub.book, port.hub.store
        dimension = engagement.instrument.dimensions[0].id
        for number, command in enumerate(every(dimension)):
            if command["type"] == "closed":
                port.hub.closed()
                continue
            given = {**command, "rev": book.round.rev, "stamp": f"mark{number}"}
            await tell(host, **given)
            first = [await reply(host)]
            if first[0]["type"] == "code":
                first.append(await reply(host))
            assert first[-1]["type"] in ("done", "chairs"), (command, first)
            assert all(one["stamp"] == given["stamp"] for one in first)
            rev, journal, codes = book.round.rev, len(book.journal), drawn(store, engagement)
            talk = json.dumps(book.talk)
            kept = [len(part) for part in _records(engagement)]
            other, _ = await led(port)
            for line in (host, other):
                await tell(line, **given)
                assert [await reply(line) for _ in first] == first, command
            other.close()
            assert (book.round.rev, len(book.journal)) == (rev, journal), command
            assert drawn(store, engagement) == codes and json.dumps(book.talk) == talk, command
            assert [len(part) for part in _records(engagement)] == kept, command
        assert book.round.step == "ended"

    play(engagement.folder, script)


def _records(engagement: Engagement) -> tuple[Any, ...]:
    found = records_of(engagement)
    return found.agreed, found.words, found.actions, found.votes


def test_a_command_that_was_refused_is_refused_again_and_one_on_an_old_picture_is(
    engagement: Engagement,
) -> None:
    async def script(port: Port) -> None:
        host, _state = await led(port)
        for kind in ({"type": "command", "do": "close"}, {"type": "show", "what": "count"},
                     {"type": "code", "unit": "all", "perspective": "hr"}):  # fmt: skip
            old = {**kind, "rev": port.hub.book.round.rev - 1, "stamp": f"old {kind['type']}"}
            for _ in range(2):
                await tell(host, **old)
                told = await reply(host)
                assert (told["type"], told["stamp"]) == ("refused", old["stamp"])
                assert "somebody else" in told["why"]
        assert drawn(port.hub.store, engagement) == 0 and port.hub.book.round.step == "open"
        # A code for nobody is none, and the picture is the same as before.
        rev = port.hub.book.round.rev
        await tell(host, type="code", unit="x", perspective="hr", rev=rev, stamp="nobody")
        assert (await reply(host))["type"] == "refused" and port.hub.book.round.rev == rev
        # A mark that is no mark is none: the command is carried out without.
        await tell(host, type="show", what="count", rev=rev, stamp="x" * 5000)
        while port.hub.book.round.shows != "count":
            await asyncio.sleep(0.01)
        assert len(json.dumps(port.hub.book.done)) < 200

    play(engagement.folder, script)


def test_after_a_kill_a_command_is_known_and_a_code_is_not_drawn_again(tmp_path: Path) -> None:
    """The reply was lost with the room: the same command on the next line does nothing, and says so."""
    folder = make_folder(tmp_path / "acme")
    served = Served(folder, tmp_path / "log")
    engagement = engagements.load(folder)

    async def play_on() -> None:
        async def line() -> tuple[WebSocketClientConnection, dict[str, Any]]:
            made = await opened(served.base, "/host/line")
            key = served.links["host"].partition("#")[2]
            await made.write_message(json.dumps({"type": "hello", "key": key, "language": "da"}))
            return made, await hear(made, "state")

        host, state = await line()
        assert state["coded"] is False
        with open_store(engagement) as store:
            before = drawn(store, engagement)
        given = {"type": "command", "do": "close", "rev": state["rev"], "stamp": "a1"}
        await tell(host, **given)
        assert (await hear(host, "done"))["stamp"] == "a1"
        served.kill()
        served.start()
        host, state = await line()
        journal = len(Book.open(folder, engagement.id, engagement.wave().id).journal)
        await tell(host, **given)
        assert (await reply(host))["type"] == "done"
        assert len(Book.open(folder, engagement.id, engagement.wave().id).journal) == journal
        with open_store(engagement) as store:
            assert drawn(store, engagement) == before

    try:
        asyncio.run(play_on())
    finally:
        served.kill()


def test_a_code_of_a_room_that_was_killed_is_said_to_be_unseen(engagement: Engagement) -> None:
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        rev = room.book.round.rev
        given = {"unit": "care-north", "perspective": "leader", "rev": rev, "stamp": "c1"}
        first = room.host.say("code", **given)
        assert first is not None and first["type"] == "code"
        assert room.host.frames[-1] == {"type": "done", "rev": rev + 1, "stamp": "c1"}
        again = Gathered(engagement, store)  # as after a kill
        told = again.host.say("code", **given)
        w = engagement.words("da")
        assert told == {
            "type": "refused",
            "why": w("room.host.refused.code_unseen"),
            "stamp": "c1",
        }
        assert drawn(store, engagement) == 1
        kept = again.book.path.read_text("utf-8")
        assert "c1" in kept and first["code"] not in kept


def test_what_was_replied_is_held_for_a_minute(tmp_path: Path) -> None:
    now = [0.0]
    book = Book(Path(), "acme", "w1")
    repeats = Repeats(book, clock=lambda: now[0])
    got: list[dict[str, Any]] = []
    line = Wire(got.append, "da")
    assert repeats.before("m", line) is None
    repeats.carried_out("m")
    repeats.reply("m", line, {"type": "code", "code": "SECRET"})
    assert [one["type"] for one in repeats.before("m", line) or ()] == ["code"]
    now[0] = 61.0
    assert [one["type"] for one in repeats.before("m", line) or ()] == ["done"]
    assert "SECRET" not in repr(vars(repeats)) and "SECRET" not in repr(book)
    for n in range(200):
        repeats.carried_out(str(n))
    assert len(book.done) == 50


# --------------------------------------------------------------------------- on the host's page


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[Served]:
    """A room that others could reach, so that one needs a code."""
    if not addresses():
        pytest.skip("this machine has no address that others reach")
    folder = make_folder(tmp_path / "acme")
    with open_store(engagements.load(folder)) as store:
        store.hand_out("w2", Slip("care-north", "leader"), 2)
    room = Served(folder, tmp_path / "log", "--address", addresses()[0])
    yield room
    room.kill()


def twice(page: Any, selector: str, pause: float = 120) -> None:
    """As a hand does it: two clicks at one place, a tenth of a second apart."""
    page.locator(selector).click(trial=True)  # waits until it is there, still, and not covered
    x, y = page.locator(selector).evaluate(
        """node => { // in one: the page may be drawn anew in between
            const box = node.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )
    page.mouse.move(x, y)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(pause)


@browser
@pytest.mark.browser
def test_a_double_click_is_one_click(coded: Served) -> None:
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    room = coded
    engagement = engagements.load(room.folder)
    with lab.browser(PROGRAM, viewport={"width": 1280, "height": 900}, locale="da-DK") as page:
        page.goto(room.links["host"])
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        with open_store(engagement) as store:
            before = drawn(store, engagement)
        twice(page, "[data-name=lost]")
        expect(page.locator("dialog")).to_have_count(1)
        page.locator("#lost-role").select_option("leader")
        page.locator("#lost-unit").select_option("school")
        twice(page, "dialog .main")
        expect(page.locator("dialog .code")).to_be_visible()
        page.wait_for_timeout(500)
        expect(page.locator("dialog .code")).to_be_visible()  # the second click has not closed it
        page.locator("dialog .main").click()
        with open_store(engagement) as store:
            assert drawn(store, engagement) == before + 1
        # A meeting: what stands where the button stood is not pressed by the second click.
        twice(page, "[data-name=begin]")
        expect(page.locator("ol.plan li")).to_have_count(9)
        name = page.locator("ol.plan li [data-name^=topic-]").first.get_attribute("data-name")
        twice(page, f"[data-name={name}]")
        twice(page, "[data-name=open]")
        expect(page.locator("[data-name=close]")).to_be_visible()
        twice(page, "[data-name=close]")
        expect(page.locator("[data-name=agenda]")).to_be_enabled(timeout=15_000)
        page.locator("[data-name=what]").fill("Hver samtale begynder med spørgsmålet")
        page.locator("[data-name=owner]").fill("HR-partner")
        page.locator("[data-name=due]").fill("2027-01-31")
        twice(page, "[data-name=action]")
        expect(page.locator("[data-name=what]")).to_have_value("")
        assert page.locator("[role=alert]").count() == 0
        assert len(records_of(engagement).actions) == 1
        # Two minutes more are meant as often as they are pressed; and a clock that was started runs.
        clock = page.locator("p.clock")
        expect(clock).to_have_text("25:00")
        # Also where the room has not replied to the first yet.
        twice(page, "[data-name=longer]", 0)
        expect(clock).to_have_text("29:00")
        twice(page, "[data-name=clock]")
        expect(page.locator("[data-name=clock]")).to_have_text(
            engagement.words("da")("workshop.ui.pause")
        )
        expect(clock).to_have_text(re.compile(r"28:5[0-8]"))
        assert not errors, errors


@browser
@pytest.mark.browser
def test_what_was_refused_stays_to_be_read(served: tuple[Served, Network]) -> None:
    """Two hosts: whoever was refused reads why, also when the room goes on telling its totals."""
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    room, network = served
    engagement = engagements.load(room.folder)
    stale = engagement.words("da")("room.host.refused.stale")
    with lab.browser(PROGRAM, viewport={"width": 1280, "height": 900}, locale="da-DK") as page:
        page.goto(room.links["host"])
        title = page.locator("h1").first
        expect(title).to_have_text("Åbent for svar")
        # The other host closes while this one is asked whether the room is to end.
        page.locator("[data-name=end]").click()
        other = page.context.new_page()
        other.goto(room.links["host"])
        other.locator("[data-name=close]").click()
        other.locator("dialog .main").click()
        expect(other.locator("h1").first).to_have_text("Lukket for svar")
        other.close()
        page.locator("dialog .main").click()
        expect(page.locator("[role=alert]")).to_have_text(stale)
        expect(title).to_have_text("Lukket for svar")
        # A phone comes, so that the room tells everybody where it is: the text stays.
        phone = page.context.new_page()
        phone.goto(room.links["phones"])
        expect(page.locator("dl.facts dd").first).to_have_text("1")
        phone.close()
        expect(page.locator("[role=alert]")).to_have_text(stale)
        page.locator("[data-name=reopen]").click()
        page.locator("#why").fill("to mangler")
        page.locator("dialog .main").click()
        expect(title).to_have_text("Åbent for svar")
        expect(page.locator("[role=alert]")).to_have_count(0)
        # What is final and did not come is not said again by the page, and whoever leads is told.
        page.locator("[data-name=end]").click()
        network.go_dark()
        page.locator("dialog .main").click()
        expect(page.locator("[role=alert]").first).to_contain_text("Rummet svarer ikke")
        network.come_back()
        expect(page.locator("[role=alert]")).to_have_text(engagement.words("da")("room.ui.not_got"))
        expect(title).to_have_text("Åbent for svar")


@browser
@pytest.mark.browser
def test_a_vote_that_was_kept_is_nobody_elses_and_dies_with_its_vote(
    served: tuple[Served, Network],
) -> None:
    """Another slip on the same phone sends nothing of the last one; whose vote came too late is told."""
    from playwright.sync_api import expect

    expect.set_options(timeout=30_000)
    room, _ = served
    links = dict(room.links)
    engagement = engagements.load(room.folder)
    missed = engagement.words("da")("workshop.ui.vote_missed")
    got = engagement.words("da")("workshop.ui.vote_got")
    with open_store(engagement) as store:
        *codes, last = store.hand_out("w2", Slip("care-north", "leader"), 3)
    with lab.browser(PROGRAM, viewport={"width": 390, "height": 844}, locale="da-DK") as phone:
        host = phone.context.new_page()
        host.set_viewport_size({"width": 1280, "height": 900})
        host.goto(links["host"])
        host.locator("[data-name=begin]").click()
        host.locator("ol.plan li [data-name^=topic-]").first.click()
        host.locator("[data-name=open]").click()
        voted = host.locator("dl.facts dd").first
        # A page that stays open sends it by itself, and says so, when the room is back.
        phone.goto(f"{links['phones']}#{last}")
        phone.locator("#level-3").wait_for()
        room.kill()
        phone.locator("label:has(#level-3)").click()
        phone.locator("#give").click()
        expect(phone.locator("#net")).to_contain_text("Ingen forbindelse")
        room.start()
        expect(voted).to_have_text("1")
        expect(phone.locator("p[role=status]", has_text=got)).to_be_visible()
        for code, level in zip(codes, (2, 4), strict=True):
            phone.goto(f"{links['phones']}#{code}")
            phone.locator(f"#level-{level}").wait_for()
            if level == 4:
                # Who came before on this phone has sent nothing by coming back as somebody else.
                expect(phone.locator(f"#level-{level}")).not_to_be_checked()
                assert phone.evaluate("localStorage.getItem('hrkit vote vote')") is None
                expect(voted).to_have_text("1")
            room.kill()
            phone.locator(f"label:has(#level-{level}), #level-{level}").first.click()
            phone.locator("#give").click()
            assert phone.evaluate("localStorage.getItem('hrkit vote vote')")
            phone.close()
            room.start()
            expect(host.locator("[data-name=close]")).to_be_visible()
            phone = host.context.new_page()
            phone.set_viewport_size({"width": 390, "height": 844})
        host.locator("[data-name=close]").click()
        expect(host.locator("[data-name=agenda]")).to_be_enabled(timeout=15_000)
        phone.goto(f"{links['phones']}#{codes[1]}")
        expect(phone.locator("[role=status]", has_text=missed)).to_be_visible()
        assert phone.evaluate("localStorage.getItem('hrkit vote vote')") is None
