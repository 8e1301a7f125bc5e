"""A round that went wrong is taken back whole, before anything of it was shown; a lost code is replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrkit.answers.codes import new_code
from hrkit.answers.responses import tables
from hrkit.answers.store import Slip, Store, open_store
from hrkit.commands.imports import imports
from hrkit.disclosure.release import issue
from hrkit.errors import StoreError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from tests.forms.conftest import make_folder
from tests.room.test_hub import Page, Room, answer_all
from tests.room.test_meeting import Gathered


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    return engagements.load(make_folder(tmp_path / "acme"))


@pytest.fixture
def room(engagement: Engagement) -> Iterator[Gathered]:
    with open_store(engagement, held=True) as store:
        yield Gathered(engagement, store)


def rating(room: Room) -> tuple[str, str, str]:
    questions = room.engagement.instrument.questions("leader")
    found = next(q for q in questions if q.facet.scale.kind == "rating")
    return found.key, found.item.id, found.facet.id


def earlier(room: Room, value: str = "2") -> tuple[str, str]:
    """Somebody who had answered before the room: their code, and key."""
    code, wave = new_code(), room.engagement.wave().id
    key = room.store.begin(wave, "care-north", "leader", code=code, language="nl")
    room.store.save(key, *rating(room)[1:], value)
    room.hub.recount()
    return code, key


def of(store: Store, wave: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in store.read(wave).answers.itertuples():
        found.setdefault(row.respondent, []).append(row.value)
    return found


def closed(room: Gathered) -> None:
    room.give("close")
    room.hub.closed()


def test_what_was_answered_in_the_room_goes_and_what_stood_before_stands_again(
    room: Gathered,
) -> None:
    wave, key = room.engagement.wave().id, rating(room)[0]
    code, before = earlier(room)
    _, untouched = earlier(room, "3")
    pages = room.people(6)
    for page in pages:
        answer_all(page, lambda n: str(n % 5 + 1))
        page.say("answer", key="open.01", value="SECRET words", was=[None], stamp=1)
    mine = room.join(code, "da")
    assert mine.say("answer", key=key, value="5", was=["2"], stamp=1)["type"] == "saved"
    room.hub.count()
    assert room.hub.begun == 8 and room.store.resume(code, wave).answers == {rating(room)[1:]: "5"}
    assert "void" not in room.host.frames[-1]["allowed"]  # not while people answer
    assert room.give("void", reason="x")["step"] == "open"
    closed(room)
    # Seven answered in the room; the eighth was there before, and never came.
    assert room.host.frames[-1]["taken"] == 7 and "void" in room.host.frames[-1]["allowed"]
    listed = imports(room.engagement.folder).batches
    assert [(one.in_room, one.here) for one in listed] == [(True, 7)]
    told = room.give("void", reason="the wrong people")
    assert told["step"] == "void" and told["allowed"] == ["anew", "end"] and told["taken"] == 0
    assert of(room.store, wave) == {before: ["2"], untouched: ["3"]}
    assert list(room.store.read(wave).people["language"]) == ["nl", "nl"]
    assert room.hub.begun == 2 and not imports(room.engagement.folder).batches
    assert not room.store.comments()["id"].size
    raw = b"".join(p.read_bytes() for p in room.engagement.folder.glob("answers.sqlite*"))
    assert b"SECRET" not in raw
    # Wall and phones say so; the journal says how many and why, and no person.
    assert room.wall.frames[-1]["step"] == "void"
    assert all(page.frames[-1]["step"] == "void" for page in pages)
    last = room.book.journal[-1]
    assert (last["what"], last["taken"], last["reason"]) == ("void", 7, "the wrong people")
    assert [act.what for act in room.store.acts()].count("undo") == 1
    # Nothing is taken while it is so, and nobody goes on where they were.
    assert pages[0].say("answer", key=key, value="4", was=[None], stamp=2)["final"]
    assert pages[0].frames[-1]["type"] == "error"


def test_everybody_can_begin_anew_with_the_same_code_and_that_round_counts(room: Gathered) -> None:
    wave, key = room.engagement.wave().id, rating(room)[0]
    codes = room.store.hand_out(wave, Slip("care-north", "leader"), 6)
    pages = [room.join(code) for code in codes]
    for page in pages:
        page.say("answer", key=key, value="1", was=[None], stamp=1)
    rounds = {next(f for f in page.frames if f["type"] == "room")["round"] for page in pages}
    closed(room)
    room.give("void", reason="a rehearsal")
    room.give("anew")
    assert room.wall.frames[-1]["step"] == "join" and room.hub.begun == 0
    # An open page of the round before is no page of this one.
    late = pages[0].say("answer", key=key, value="1", was=["1"], stamp=2)
    assert late["type"] == "error" and room.hub.begun == 0
    again = [room.join(code) for code in codes]
    for page in again:
        opened = next(f for f in page.frames if f["type"] == "opened")
        assert opened["answers"] == {}
        assert page.say("answer", key=key, value="4", was=[None], stamp=1)["type"] == "saved"
        # By this a phone knows that what it kept is of another round.
        assert next(f for f in page.frames if f["type"] == "room")["round"] not in rounds
    closed(room)
    assert room.host.frames[-1]["taken"] == 6
    assert sorted(v for one in of(room.store, wave).values() for v in one) == ["4"] * 6


def test_nothing_is_taken_back_once_it_was_shown_or_issued(room: Gathered) -> None:
    wave = room.engagement.wave().id
    for page in room.people(6):
        answer_all(page, lambda n: str(n % 5 + 1))
    closed(room)
    stood = of(room.store, wave)
    # A report printed beside the room is a version of these answers.
    issue(room.engagement, wave)
    room.host.say("command", do="void", rev=room.book.round.rev, reason="late")
    assert room.host.frames[-2]["type"] == "refused" and room.host.frames[-1]["taken"] == 0
    assert of(room.store, wave) == stood
    room.give("reveal")
    assert "void" not in room.host.frames[-1]["allowed"]
    room.host.say("command", do="void", rev=room.book.round.rev, reason="late")
    assert room.host.frames[-2]["type"] == "refused" and of(room.store, wave) == stood
    # And nobody is known any more to have answered here.
    assert not imports(room.engagement.folder).batches
    with pytest.raises(StoreError):
        room.store.undo("")


def test_a_room_that_ended_forgets_who_answered_in_it(room: Gathered) -> None:
    wave = room.engagement.wave().id
    code, _ = earlier(room)
    room.join(code).say("answer", key=rating(room)[0], value="5", was=["2"], stamp=1)
    closed(room)
    assert imports(room.engagement.folder).batches
    room.give("end")
    assert not imports(room.engagement.folder).batches
    assert list(of(room.store, wave).values()) == [["5"]]


def test_a_room_that_was_killed_still_knows_what_it_can_take_back(
    room: Gathered, engagement: Engagement
) -> None:
    for page in room.people(3):
        page.say("answer", key=rating(room)[0], value="1", was=[None], stamp=1)
    closed(room)
    again = Gathered(engagement, room.store)
    assert again.host.frames[-1]["taken"] == 3
    assert again.give("void", reason="killed")["step"] == "void"
    third = Gathered(engagement, room.store)
    assert third.book.round.step == "void" and third.hub.begun == 0
    assert third.give("anew")["step"] == "open"


def test_an_import_is_undone_as_before_beside_a_room(room: Gathered) -> None:
    """Without a name it is the last import that is undone, never what people answered in a room."""
    wave = room.engagement.wave().id
    item, facet = rating(room)[1:]
    said = tables([("r1", wave, "care-north", "leader", None, None)], [("r1", item, facet, "3")])
    room.store.add(said)
    for page in room.people(2):
        page.say("answer", key=rating(room)[0], value="1", was=[None], stamp=1)
    assert room.store.undo().gone == 1
    assert len(of(room.store, wave)) == 2


def test_what_a_file_took_the_place_of_goes_once_that_is_undone(room: Gathered) -> None:
    wave = room.engagement.wave().id
    item, facet = rating(room)[1:]
    (code, other) = room.store.hand_out(wave, Slip("care-north", "leader"), 2)
    for one in (code, other):
        room.join(one).say("answer", key=rating(room)[0], value="1", was=[None], stamp=1)
    said = tables([("r1", wave, "care-north", "leader", None, None)], [("r1", item, facet, "3")])
    room.store.add(said, codes={"r1": code}, replace=True)
    closed(room)
    room.host.say("command", do="void", rev=room.book.round.rev, reason="x")
    refused = room.host.frames[-2]
    assert refused["type"] == "refused"
    assert refused["why"] in {
        room.engagement.words(one)("room.host.refused.import_over") for one in ("da", "nl", "en")
    }
    assert room.book.round.step == "closed" and len(of(room.store, wave)) == 2
    room.store.undo()
    assert room.give("void", reason="x")["step"] == "void" and of(room.store, wave) == {}


# ------------------------------------------------------------------------------- a lost code


def ask(room: Room, **fields: object) -> dict[str, object]:
    """The first thing that the host's page is told."""
    before = len(room.host.frames)
    room.host.say("code", **{"rev": room.book.round.rev, **fields})
    return room.host.frames[before]


def test_a_lost_code_is_replaced_on_the_host_s_page_and_nothing_links_the_two(
    room: Gathered,
) -> None:
    wave, key = room.engagement.wave().id, rating(room)[0]
    (lost,) = room.store.hand_out(wave, Slip("care-north", "leader"), 1)
    page = room.join(lost)
    page.say("answer", key=key, value="4", was=[None], stamp=1)
    other = Page(room.hub, "host")
    other.say("hello", key=room.book.new_key("host"))
    told = ask(room, lost=lost.lower().replace("-", " "))
    assert told["type"] == "code" and told["void"] and str(told["qr"]).startswith("<svg")
    new = str(told["code"])
    # It stands on the page that asked, and nowhere else: no other page, no file, no journal.
    everywhere = other.text + room.wall.text + json.dumps(room.book.journal)
    assert new not in everywhere + page.text and lost not in everywhere + room.host.text
    raw = b"".join(p.read_bytes() for p in room.engagement.folder.rglob("*") if p.is_file())
    assert new.encode() not in raw and lost.encode() not in raw
    # The old one opens nothing, on whatever page it is open; what was said with it counts.
    assert page.say("answer", key=key, value="5", was=["4"], stamp=2)["final"]
    assert Page(room.hub, "phone").say("resume", code=lost)["type"] == "refused"
    fresh = room.join(new)
    assert next(f for f in fresh.frames if f["type"] == "opened")["answers"] == {}
    assert [v for one in of(room.store, wave).values() for v in one] == ["4"]


def test_what_was_said_with_a_lost_code_can_be_erased(room: Gathered) -> None:
    wave, key = room.engagement.wave().id, rating(room)[0]
    (lost,) = room.store.hand_out(wave, Slip("care-north", "leader"), 1)
    room.join(lost).say("answer", key=key, value="4", was=[None], stamp=1)
    room.hub.count()
    assert room.hub.begun == 1
    assert ask(room, lost=lost, erase=1)["type"] == "code"
    assert not of(room.store, wave) and room.hub.begun == 0
    assert room.book.journal[-1] | {"at": "", "rev": 0} == {
        "at": "", "by": "host", "what": "code", "rev": 0, "void": 1, "erased": 1}  # fmt: skip


def test_a_code_for_a_chair_where_the_lost_one_is_not_known(room: Gathered) -> None:
    told = ask(room, unit="care-north", perspective="leader")
    assert told["type"] == "code" and not told["void"]
    room.join(str(told["code"]))
    room.host.say("chairs")
    chairs = room.host.frames[-1]
    assert {one["id"] for one in chairs["roles"]} >= {"leader", "hr"}
    for wrong in ({}, {"unit": "care-north"}, {"unit": "x", "perspective": "leader"},
                  {"lost": "nobody-has-this"}, {"lost": "ABCD-EFGH-JK"}):  # fmt: skip
        before = sum(room.store.handed_out(room.engagement.wave().id).values())
        assert ask(room, **wrong)["type"] == "refused", wrong
        assert sum(room.store.handed_out(room.engagement.wave().id).values()) == before
    stranger = Page(room.hub, "host")
    stranger.say("code", unit="care-north", perspective="leader")
    assert not stranger.frames


def test_a_vote_under_a_lost_code_goes_while_the_vote_is_open(room: Gathered) -> None:
    """Whoever votes again under the new code does not count twice."""
    wave = room.engagement.wave().id
    (lost,) = room.store.hand_out(wave, Slip("care-north", "leader"), 1)
    page = room.join(lost)
    room.meet("begin")
    topic = room.hub.meeting.talk.topics[0].dimension
    room.meet("topic", topic=topic)
    room.meet("open")
    assert page.say("vote", vote=f"{topic} first", level=2, stamp=1)["type"] == "got"
    new = room.join(str(ask(room, lost=lost)["code"]))
    assert page.say("vote", vote=f"{topic} first", level=3, stamp=2)["type"] == "missed"
    assert new.say("vote", vote=f"{topic} first", level=4, stamp=1)["type"] == "got"
    assert list(room.hub.meeting.ballots.votes(topic, "first").values()) == [4]


def test_where_nobody_needs_a_code_none_is_given(engagement: Engagement) -> None:
    with open_store(engagement, held=True) as store:
        room = Room(engagement, store, coded=False)
        assert room.host.frames[-1]["coded"] is False
        assert room.host.say("chairs")["type"] == "refused"
        assert ask(room, unit="care-north", perspective="leader")["type"] == "refused"
