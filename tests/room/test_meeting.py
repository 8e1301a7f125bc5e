"""The meeting, frame by frame: votes nobody else sees, what becomes a record, who may do what."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hrkit import synthetic
from hrkit.answers.store import Slip, open_store
from hrkit.disclosure.chosen.votes import VoteFigure
from hrkit.model import engagement_file as engagements
from hrkit.records.store import records_of
from hrkit.room.agenda import proposed
from hrkit.room.ballots import FILE
from hrkit.room.sitting import NotNow
from hrkit.room.talk import Clock, Talk, Topic
from tests.forms.conftest import make_folder
from tests.room.test_hub import Page, Room

K, D = 5, 10


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("meeting") / "firm"
    synthetic.build(synthetic.client("firm"), folder)
    return folder


class Gathered(Room):
    """A room whose result is shown and whose meeting has begun."""

    def meet(self, do: str, **fields: Any) -> dict[str, Any]:
        self.host.say("meeting", do=do, rev=self.book.round.rev, **fields)
        return self.host.frames[-1]

    def refused(self, do: str, **fields: Any) -> bool:
        before, rev = len(self.host.frames), self.book.round.rev
        self.meet(do, **fields)
        assert self.book.round.rev == rev or len(self.host.frames) == before + 1
        return self.host.frames[before]["type"] == "refused"

    def reveal(self) -> None:
        self.give("close")
        self.hub.closed()
        self.give("reveal")

    def people(self, count: int, perspective: str = "leader") -> list[Page]:
        unit, wave = self.engagement.root.id, self.engagement.wave().id
        codes = self.store.hand_out(wave, Slip(unit, perspective), count)
        return [self.join(code) for code in codes]

    def join(self, code: str, language: str = "da") -> Page:
        page = Page(self.hub, "phone", language)
        page.say("hello")
        page.say("resume", code=code)
        assert any(frame["type"] == "opened" for frame in page.frames), page.frames[-1]
        return page

    def seen(self, page: Page) -> dict[str, Any]:
        return next(f for f in reversed(page.frames) if f["type"] == "room")["meeting"] or {}

    @property
    def on_wall(self) -> dict[str, Any]:
        return self.wall.frames[-1]["meeting"]

    def ballot(self, pages: list[Page], which: str, levels: list[int]) -> None:
        topic = self.hub.meeting.talk.topic.dimension
        for i, (page, level) in enumerate(zip(pages, levels, strict=True)):
            told = page.say("vote", vote=f"{topic} {which}", level=level, stamp=i)
            assert told["type"] == "got"


def gathered(folder: Path) -> Iterator[Gathered]:
    engagement = engagements.load(folder)
    with open_store(engagement, held=True) as store:
        yield Gathered(engagement, store)


@pytest.fixture
def room(built: Path, tmp_path: Path) -> Iterator[Gathered]:
    folder = tmp_path / "firm"
    shutil.copytree(built, folder)
    for room in gathered(folder):
        room.reveal()
        room.meet("begin")
        yield room


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Gathered]:
    """Nobody was asked anything before."""
    yield from gathered(make_folder(tmp_path / "acme"))


def first_topic(room: Gathered) -> str:
    dimension = room.hub.meeting.talk.topics[0].dimension
    room.meet("topic", topic=dimension)
    return dimension


def test_the_agenda_is_the_reports_list_and_the_host_reorders(room: Gathered) -> None:
    released = room.hub.meeting.released()
    topics = [one.dimension for one in room.hub.meeting.talk.topics]
    from hrkit.report.findings import to_take_up

    listed = [one.measure for one in to_take_up(released, 4)]
    assert topics[: len(listed)] == listed
    assert [row["name"] for row in room.on_wall["agenda"]["rows"]]
    room.meet("order", order=[f"{topics[1]}:30", f"{topics[0]}:20"])
    talk = room.hub.meeting.talk
    assert [(one.dimension, one.minutes) for one in talk.topics] == [
        (topics[1], 30),
        (topics[0], 20),
    ]
    for wrong in (["nothing:5"], [f"{topics[0]}:5", f"{topics[0]}:5"], [f"{topics[0]}:-1"], []):
        assert room.refused("order", order=wrong)
    room.meet("sort", what="gap")
    gaps = proposed(room.engagement, released, "gap")
    assert [one.dimension for one in room.hub.meeting.talk.topics] == list(gaps[:2])


def test_a_break_is_a_line_of_the_agenda_with_its_time(room: Gathered) -> None:
    first, second, *_ = [one.dimension for one in room.hub.meeting.talk.topics]
    assert room.refused("pause")  # none is planned
    room.meet("order", order=[f"{first}:30:10", f"{second}:20"])
    w = room.engagement.words(room.engagement.language)
    assert room.on_wall["agenda"]["pauses"] == [w("workshop.minutes", n=10), ""]
    state = room.meet("pause")["meeting"]
    assert room.on_wall["kind"] == "pause" and "pause" in state["showable"]
    assert room.on_wall["clock"] == {"left": 600, "running": True}
    # Who looks at a phone sees that there is nothing to do there.
    assert room.seen(room.people(1)[0])["kind"] == "look"
    room.meet("topic", topic=first)
    assert room.on_wall["kind"] == "topic" and room.on_wall["topic"]["clock"]["left"] == 30 * 60
    assert room.refused("pause")  # a subject is open
    room.meet("look", what="pause")
    assert room.on_wall["kind"] == "topic"
    for wrong in (f"{first}:5:-1", f"{first}:5:x", f"{first}::"):
        assert room.refused("order", order=[wrong, f"{second}:20"])


def test_words_of_a_record_are_told_in_which_language_they_were_written(room: Gathered) -> None:
    dimension = first_topic(room)
    room.host.line.language = "da"
    room.meet("agree", level=3, evidence="Fredagsrunden", what="lock")
    room.meet("action", topic=dimension, what="Fast dag", owner="HR", due="2027-01-15", horizon="")
    (agreed,) = records_of(room.engagement).agreed
    assert agreed.language == "da" and records_of(room.engagement).actions[0].language == "da"
    from hrkit.room import said

    assert "written" not in said.one_agreed(room.engagement, agreed, "da")
    english = said.one_agreed(room.engagement, agreed, "en")
    assert (english["lang"], english["written"]) == ("da", "Written in Danish.")
    # Another level or status is no other word: it stays in the language in which it was written.
    room.host.line.language = "en"
    room.meet("agree", level=4, evidence="Fredagsrunden", what="lock", reason="HR came late")
    assert records_of(room.engagement).agreed[0].language == "da"
    room.meet("agree", level=4, evidence="The Friday round", what="lock", reason="said anew")
    assert records_of(room.engagement).agreed[0].language == "en"


def test_a_vote_leaves_the_phone_only_as_a_picture_of_all(room: Gathered) -> None:
    dimension = first_topic(room)
    pages = room.people(24)
    late = Page(room.hub, "phone")
    room.meet("open")
    assert {room.seen(page)["kind"] for page in pages} == {"vote"}
    begin = {id(page): len(page.frames) for page in [*pages, room.wall, room.host]}
    room.ballot(pages[:22], "first", [2] * 11 + [3] * 6 + [4] * 5)
    room.ballot(pages[22:23], "first", [0])
    shapes = {
        json.dumps({**f, "stamp": 0}) for page in pages for f in page.frames if f["type"] == "got"
    }
    assert len(shapes) == 1  # whatever the vote was
    room.hub.count()
    assert room.hub.meeting.totals() == (23, 24)
    room.meet("close")
    room.hub.closed()
    late.say("hello")
    # Nothing of a level in any frame but in one's own.
    for i, page in enumerate(pages):
        for frame in page.frames[begin[id(page)] :]:
            meeting = frame.get("meeting") or {}
            own = {meeting.get("mine"), meeting.get("first")} - {None}
            assert own <= {([2] * 11 + [3] * 6 + [4] * 5 + [0])[i] if i < 23 else None}
            assert "tenths" not in json.dumps(frame) and "votes" not in meeting
    for page in (room.wall, room.host):
        told = json.dumps(page.frames[begin[id(page)] :])
        assert "tenths" not in told.replace('"tenth"', "") and '"votes"' not in told
    assert not records_of(room.engagement).votes

    room.meet("open")
    assert room.seen(pages[23])["kind"] == "spectator"  # sat out, or did not vote
    assert room.seen(pages[22])["kind"] == "spectator"
    told = pages[23].say("vote", vote=f"{dimension} second", level=3, stamp=9)
    assert told["type"] == "missed"
    room.ballot(pages[:16], "second", [3] * 11 + [4] * 5)
    assert room.hub.meeting.totals() == (16, 22)
    room.meet("close")
    room.hub.closed()
    assert room.refused("cards", first="2", second="3")
    room.meet("reveal")
    (kept,) = records_of(room.engagement).votes
    first, second = VoteFigure.read(kept.first), VoteFigure.read(kept.second)
    assert room.on_wall["votes"]["first"]["form"] == first.form
    assert {first.form, second.form} == {"tenths"} and kept.shift == "higher"
    assert sum(x or 0 for x in second.tenths) == 10
    # The picture is one of the whole room, exact numbers are none of it, and the ballots are gone.
    assert "22" not in json.dumps({k: v for k, v in room.on_wall.items() if k != "say"})
    assert room.hub.meeting.ballots.votes(dimension, "first") == {}
    assert room.refused("reveal") and room.refused("void", reason="again") and room.refused("open")


def test_few_votes_are_a_word_or_nothing_and_one_change_is_not_seen(room: Gathered) -> None:
    first_topic(room)
    pages = room.people(8)
    room.meet("open")
    room.ballot(pages, "first", [2, 2, 2, 3, 3, 3, 3, 4])
    room.meet("close")
    room.hub.closed()
    room.meet("reveal")
    assert room.on_wall["votes"]["first"]["form"] == "middle"
    before = json.dumps(room.on_wall["votes"])
    room.meet("open")
    room.ballot(pages[:1], "second", [5])
    room.meet("close")
    room.hub.closed()
    room.meet("reveal")
    votes = room.on_wall["votes"]
    assert votes["second"]["form"] == "few" and votes["first"] == json.loads(before)["first"]
    # A change is said openly, or not at all.
    said = {room.engagement.words(one)("workshop.ask_few") for one in ("da", "en", "nl")}
    assert votes["ask"] in said
    assert not re.search(r'"tenths"', json.dumps(votes))


def test_fewer_than_the_threshold_leave_nothing(room: Gathered) -> None:
    first_topic(room)
    pages = room.people(4)
    room.meet("open")
    room.ballot(pages, "first", [1, 1, 1, 1])
    room.meet("close")
    room.hub.closed()
    room.meet("reveal")
    assert room.on_wall["votes"]["first"]["form"] == "none"


def test_a_topic_that_is_left_takes_its_votes_along(room: Gathered) -> None:
    dimension = first_topic(room)
    pages = room.people(12)
    room.meet("open")
    room.ballot(pages, "first", [3] * 12)
    assert room.refused("agenda")  # while a vote is open
    room.meet("close")
    room.hub.closed()
    room.meet("agenda")
    assert room.hub.meeting.ballots.votes(dimension, "first") == {}
    room.meet("topic", topic=dimension)
    assert room.hub.meeting.talk.topic.vote == "" and not records_of(room.engagement).votes


def test_showing_is_not_releasing(room: Gathered) -> None:
    first_topic(room)
    pages = room.people(10)
    room.meet("open")
    room.ballot(pages, "first", [2] * 5 + [3] * 5)
    for what in ("votes", "placed", "nothing", "profile", "agenda", "topic", "levels", "agreed"):
        room.meet("look", what=what)
        assert "tenths" not in json.dumps(
            room.on_wall if "meeting" in room.wall.frames[-1] else {}
        ).replace('"tenth"', "")
    assert not records_of(room.engagement).votes


def test_a_room_that_was_killed_knows_votes_and_where_it_stood(room: Gathered) -> None:
    dimension = first_topic(room)
    codes = room.store.hand_out(
        room.engagement.wave().id, Slip(room.engagement.root.id, "leader"), 6
    )
    pages = [room.join(code) for code in codes]
    room.meet("open")
    room.ballot(pages, "first", [2, 2, 3, 3, 3, 4])
    again = Gathered(room.engagement, room.store)
    page = again.join(codes[5])
    seen = again.seen(page)
    assert seen["kind"] == "vote" and seen["mine"] == 4
    assert again.hub.meeting.ballots.given(dimension, "first") == 6
    again.meet("close")
    killed = Gathered(room.engagement, room.store)  # in the five seconds of closing
    assert killed.hub.meeting.talk.topic.vote == "first-closed"
    assert again.book.path.read_text("utf-8").count(codes[0]) == 0


def test_a_side_that_is_too_small_is_placed_only_by_all_of_it(plain: Gathered) -> None:
    room = plain
    leaders, hr = room.people(12), room.people(3, "hr")
    for i, page in enumerate([*leaders, *hr]):
        form = next(f for f in page.frames if f["type"] == "opened")["form"]
        for one in form["pages"]:
            for item in one["items"]:
                for facet in item["facets"]:
                    if form["scales"][facet["scale"]]["kind"] != "text":
                        page.say(
                            "answer",
                            key=facet["key"],
                            value=str((i + len(item["facets"])) % 5 + 1),
                            was=[None],
                            stamp=1,
                        )
    room.reveal()
    room.meet("begin")
    assert room.hub.meeting.small() == ("hr",)
    dimension = first_topic(room)
    draft = {"scope": "party:hr", "level": 3, "evidence": "Fredagsmødet", "what": "lock"}
    assert room.refused("agree", **draft)
    assert room.refused("party", party="leader", what="ask")
    frames: list[list[str]] = []
    others = [room.wall, *leaders]
    for replies in ([1, 1, 0], [1, 1, None], []):
        room.meet("party", party="hr", what="ask")
        assert room.seen(hr[0])["kind"] == "consent"
        assert room.seen(leaders[0])["kind"] != "consent"
        before = [len(page.frames) for page in others]
        host = len(room.host.frames)
        for page, yes in zip(hr, replies, strict=False):
            if yes is not None:
                assert page.say("consent", party="hr", yes=yes)["type"] == "got"
        assert len(room.host.frames) == host  # nobody hears who said what, or that anybody did
        room.meet("party", party="hr", what="see")
        told = [
            re.sub(r'"rev": \d+', "", json.dumps(p.frames[n:]))
            for p, n in zip(others, before, strict=True)
        ]
        frames.append([re.sub(r'"left": \d+', "", one) for one in told])
        assert room.hub.meeting.talk.parties["hr"] == "declined"
    assert frames[0] == frames[1] == frames[2]
    assert leaders[0].say("consent", party="hr", yes=1)["type"] == "missed"
    room.meet("party", party="hr", what="ask")
    for page in hr:
        page.say("consent", party="hr", yes=1)
    room.meet("party", party="hr", what="see")
    assert room.meet("agree", **draft)["type"] == "state"
    shown = room.on_wall
    assert shown["kind"] == "placed" and shown["placed"]["placed"]["level"] == 3
    assert [one["text"] for one in shown["placed"]["measured"]]
    kept = room.book.path.read_text("utf-8")
    assert "Fredagsmødet" not in kept and dimension in kept


def test_a_vote_does_not_wait_for_who_has_not_replied(plain: Gathered) -> None:
    """Of a side that is asked whether it places itself, nobody misses a vote that is opened meanwhile."""
    room = plain
    room.people(6)
    asked = room.people(3, "hr")
    room.meet("begin")
    first_topic(room)
    talk = room.hub.meeting.talking
    room.hub.meeting.talk = replace(talk, parties={**talk.parties, "hr": "asking"})
    room.hub.tell()
    assert room.seen(asked[0])["kind"] == "consent"
    room.meet("open")
    assert room.seen(asked[0])["kind"] == "vote"
    room.ballot(asked, "first", [3] * 3)
    room.meet("close")
    room.hub.closed()
    assert room.seen(asked[0])["kind"] == "consent"
    room.meet("actions")
    assert room.seen(asked[0])["kind"] == "records"


def test_what_is_too_long_for_the_wall_is_said_and_not_cut(room: Gathered) -> None:
    first_topic(room)
    w = room.engagement.words(room.engagement.language)
    at = len(room.host.frames)
    assert room.refused("agree", level=3, evidence="x" * 401, what="draft")
    assert room.host.frames[at]["why"] == w("room.host.refused.too_long")
    assert not room.refused("agree", level=3, evidence="x" * 400, what="draft")


def test_what_is_agreed_needs_evidence_and_a_reason_for_the_shift(room: Gathered) -> None:
    dimension = first_topic(room)
    assert room.refused("agree", level=3, what="lock")
    assert room.refused("agree", level=9, evidence="x", what="lock")
    assert room.refused("agree", level=0, evidence="x", what="lock")  # no level, no views
    room.meet("cards", first="2", second="3")
    w = room.engagement.words(room.engagement.language)
    assert room.on_wall["votes"]["note"] == w("workshop.by_hand")
    assert room.refused("agree", level=3, evidence="Fredagsrunden", what="lock")
    room.meet("agree", level=3, evidence="Fredagsrunden", shift="Ingen kendte den", what="lock")
    room.meet("agree", scope="table:3", level=2, evidence="Hos os ikke", what="lock")
    assert room.refused("agree", scope="desk:3", level=2, evidence="x", what="lock")
    records = records_of(room.engagement)
    assert records.level(dimension).beside == room.book.round.version
    assert records.level(dimension, "table:3").level == 2
    assert [row["whose"] for row in room.on_wall["agreed"]["rows"]] == [
        w("workshop.scope.room"),
        w("workshop.scope.table", name="3"),
    ]
    assert room.refused(
        "agree", level=4, evidence="y", shift="z", what="draft"
    )  # locked, no reason
    room.meet("agree", level=4, evidence="y", shift="z", what="draft", reason="HR blev ikke hørt")
    assert records_of(room.engagement).level(dimension) is None


def test_without_a_questionnaire_nine_rows_are_voted_on(plain: Gathered) -> None:
    room = plain
    pages = room.people(12)
    state = room.meet("begin")
    assert state["meeting"]["running"] and len(room.hub.meeting.talk.topics) == 9
    assert all(room.seen(page)["kind"] == "look" for page in pages)
    # The questionnaire has given way: nothing is answered any more.
    assert pages[0].say("answer", key="trust.01", value="1", was=[None], stamp=1)["final"]
    first_topic(room)
    room.meet("open")
    room.ballot(pages, "first", [2] * 6 + [3] * 6)
    room.meet("close")
    room.hub.closed()
    room.meet("reveal")
    assert room.on_wall["votes"]["first"]["tenths"] == [0, 5, 5, 0, 0]


def test_two_hosts_and_an_old_picture(room: Gathered) -> None:
    other = Page(room.hub, "host")
    other.say("hello", key=room.book.new_key("host"))
    rev = room.book.round.rev
    first_topic(room)
    other.say("meeting", do="actions", rev=rev)
    assert [frame["type"] for frame in other.frames[-2:]] == ["refused", "state"]
    assert room.hub.meeting.talk.step == "topic"
    for do in ("_leave", "__init__", "", "put", "x.y"):
        assert room.refused(do)


def test_end_leaves_no_vote_behind(room: Gathered) -> None:
    first_topic(room)
    pages = room.people(6)
    room.meet("open")
    room.ballot(pages, "first", [3] * 6)
    # Not in the middle of a vote: what is on its way has its time first.
    assert "end" not in room.give("end")["allowed"] and room.host.frames[-2]["type"] == "refused"
    room.meet("close")
    room.hub.closed()
    room.give("end")
    assert room.book.round.step == "ended"
    assert not list(room.engagement.folder.glob(f"{FILE}*"))
    assert pages[0].say("vote", vote="x first", level=3, stamp=1)["type"] == "missed"


def test_a_round_is_closed_before_the_room_ends_and_a_vote_is_void_for_a_reason(
    plain: Gathered,
) -> None:
    """Whoever ends in the middle would have refused what is still on the phones."""
    page = plain.people(1)[0]
    key = next(
        q for q in plain.engagement.instrument.questions("leader") if q.facet.scale.kind == "rating"
    ).key
    assert "end" in plain.host.frames[-1]["allowed"]  # nobody has answered
    page.say("answer", key=key, value="3", was=[None], stamp=1)
    assert "end" not in plain.give("end")["allowed"] and plain.book.round.step == "open"
    refused = plain.host.frames[-2]
    assert refused["why"] == plain.engagement.words("da")("room.host.refused.close_first")
    plain.give("close")
    plain.hub.closed()
    assert "end" in plain.host.frames[-1]["allowed"]
    plain.give("end")
    assert plain.book.round.step == "ended"


def test_why_a_vote_was_void_is_in_the_journal(room: Gathered) -> None:
    first_topic(room)
    room.meet("open")
    room.meet("close")
    room.hub.closed()
    room.meet("void", reason="half of them had the wrong row")
    last = room.book.journal[-1]
    assert (last["what"], last["reason"]) == ("meeting: void", "half of them had the wrong row")


def test_a_clock_stands_runs_and_is_longer() -> None:
    clock = Clock(60).set("start", 0, 100.0)
    assert clock.now(130.0) == 30
    assert clock.set("add", 120, 130.0).now(140.0) == 140
    assert clock.set("pause", 0, 130.0).now(999.0) == 30
    with pytest.raises(NotNow):
        clock.set("stop", 0, 1.0)


def test_a_meeting_is_read_as_it_was_kept() -> None:
    talk = Talk(
        (Topic("trust"), Topic("roles", 10)),
        "topic",
        1,
        "topic",
        2,
        Clock(5, 1.5),
        {"hr": "asking"},
    )
    assert Talk.read(json.loads(json.dumps(talk.data()))) == talk
