"""What the room promises in every state, and which test holds it.

1. Nobody gets a foreign value, nor a count by side: `test_a_screen_knows_what_its_row_says_and_nothing_else`,
   `test_answers_of_others_are_in_nothing_before_the_result_is_shown`,
   `test_votes_of_others_are_in_nothing_before_they_are_shown`, `test_thirty_phones_see_their_own_answers_and_nothing_else`,
   `test_from_slips_to_printed_agreements`, `test_whole_sessions_survive_a_server_that_is_killed`.
2. What was released is not opened again, by message or button: `test_a_released_round_is_never_opened_again`,
   `test_in_every_state_the_room_is_what_it_was`.
3. Both votes are of the same people: `test_both_votes_are_of_the_same_people`,
   `test_whoever_did_not_vote_at_first_does_not_count_later`.
4. One mind, or all but one or two, is words: `test_a_level_of_one_or_two_is_never_alone_and_one_mind_is_a_word`.
5. Who comes late looks on, and the wall stays as it is: `test_in_every_state_the_room_is_what_it_was`.
6. A vote that comes after the closing is refused, erased and told: `test_a_vote_that_comes_too_late_is_refused`,
   `test_every_screen_of_a_meeting`.
7. Of two hosts on one picture one is refused: `test_two_hosts_and_an_old_picture`,
   `test_two_hosts_never_act_on_different_pictures`.
8. A killed room is the same in each state: `test_in_every_state_the_room_is_what_it_was`,
   `test_whoever_was_gone_is_back_by_itself`.
9. Yes, no and silence look alike to everybody else:
   `test_no_and_silence_look_alike_to_everybody_and_so_does_yes_until_it_is_told`, `test_a_side_that_is_too_small_is_placed_only_by_all_of_it`.
10. Replies are as long whatever was said: `test_replies_are_as_long_whatever_was_said`, `test_every_reply_is_as_long_whatever_was_said`.
11. A phone reads exactly the wall: `test_the_wall_and_a_phone_that_reads_it_are_equal`, `test_in_every_state_the_room_is_what_it_was`.
12. Turning the wall releases nothing: `test_turning_the_wall_publishes_nothing`, `test_showing_is_not_releasing`.
13. What a room showed is in the audit of the next release: `test_what_was_shown_is_held_against_what_comes_next`.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit import synthetic
from hrkit.answers.store import Slip, open_store
from hrkit.disclosure.release import issue
from hrkit.model import engagement_file as engagements
from hrkit.room.messages import HOST, PHONE, parsed
from tests.room.test_hub import Page
from tests.room.test_meeting import Gathered

TESTS = Path(__file__).parents[1]


def test_every_promise_has_a_test() -> None:
    code = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", __doc__))
    assert len(named) >= 15
    assert named <= set(re.findall(r"(?m)^def (test_\w+)", code))
    assert re.findall(r"(?m)^(\d+)\. ", __doc__) == [str(n) for n in range(1, 14)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("states") / "firm"
    synthetic.build(synthetic.client("firm"), folder)
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "firm"))


def walk(room: Gathered, pages: list[Page]) -> Iterator[str]:
    """A meeting through all of its states, one name each."""
    yield "open"
    room.give("close")
    yield "closing"
    room.hub.closed()
    yield "closed"
    room.give("reveal")
    yield "released"
    room.meet("begin")
    yield "agenda"
    first, second, *_ = (one.dimension for one in room.hub.meeting.talk.topics)
    room.meet("order", order=[f"{first}:30:10", f"{second}:20"])
    room.meet("pause")
    yield "break"
    room.meet("topic", topic=first)
    yield "talk"
    room.meet("open")
    room.ballot(pages, "first", [2] * 6 + [3] * 6)
    yield "first vote"
    room.meet("close")
    yield "first vote closing"
    room.hub.closed()
    yield "first vote closed"
    room.meet("open")
    room.ballot(pages, "second", [3] * 6 + [4] * 6)
    yield "second vote"
    room.meet("close")
    room.hub.closed()
    yield "second vote closed"
    room.meet("reveal")
    yield "votes shown"
    room.meet("agree", level=3, evidence="what we saw", shift="what we heard", what="lock")
    yield "agreed"
    room.meet("actions")
    yield "actions"
    room.give("end")
    yield "ended"


#: Where a room that was killed meanwhile finds that what was closing is closed.
SHUT = {"closing", "first vote closing"}


def still(frame: dict[str, Any]) -> str:
    """A picture without what time alone changes."""
    told = {k: v for k, v in frame.items() if k not in ("rev", "type", "phones")}
    return re.sub(r'"left": \d+', "", json.dumps(told, sort_keys=True))


def test_in_every_state_the_room_is_what_it_was(folder: Path) -> None:
    engagement = engagements.load(folder)
    wave = engagement.wave().id
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        codes = store.hand_out(wave, Slip(engagement.root.id, "leader"), 40)
        pages = [room.join(code) for code in codes[:12]]
        spare = iter(codes[12:])
        for state in walk(room, pages):
            room.hub.count()  # totals are told every other second
            wall, host = still(room.wall.frames[-1]), room.host.frames[-1]
            # A phone reads exactly the wall.
            pages[0].hub.phone(pages[0].line, {"type": "wall", "language": "da"})
            assert still(pages[0].frames[-1]["show"]) == wall, state
            # Who comes late is in where something may still be said, looks on elsewhere, and changes nothing.
            late = Page(room.hub, "phone", "da")
            late.say("hello")
            late.say("resume", code=next(spare))
            seen = next(f for f in reversed(late.frames) if f["type"] == "room")
            kind = (seen["meeting"] or {}).get("kind")
            # The votes themselves know who they are of; a vote that waits for the last few counts them in.
            expected = {
                "first vote": "vote", "first vote closing": "vote", "second vote": "spectator",
                "actions": "records", "talk": "talk",
            }  # fmt: skip
            assert kind in (expected.get(state, "look"), "talk", None), (state, kind)
            if state == "second vote":
                assert kind == "spectator"
            room.hub.phones.pop(late.line.id)
            assert still(room.wall.frames[-1]) == wall, state
            # What was released is not opened again, and no button says so.
            if room.book.round.version:
                assert "reopen" not in host["allowed"], state
                before = len(store.releases())
                assert room.give("reopen", reason="one came late")["step"] in ("released", "ended")
                assert len(store.releases()) == before
            # A room that is killed here is the same when it is back: wall, host, and one's own phone.
            if state in SHUT or state == "ended":
                continue
            again = Gathered(engagement, store)
            assert still(again.wall.frames[-1]) == wall, state
            told = [{**one.host.frames[-1], "wall": 0, "late": 0} for one in (room, again)]
            for one in told:
                (one["meeting"].get("topic") or {}).pop("of", None)  # phones come back one by one
            assert still(told[0]) == still(told[1]), state
            page = again.join(codes[1])
            assert own(again, page) == own(room, pages[1]), state


def own(room: Gathered, page: Page) -> Any:
    """What a phone has to do, and its own votes."""
    frames = [f for f in page.frames if f["type"] == "room"]
    return {k: v for k, v in (frames[-1]["meeting"] or {}).items() if k != "say"}


@pytest.mark.parametrize("seed", range(4))
def test_both_votes_are_of_the_same_people(folder: Path, seed: int) -> None:
    """Whoever comes, goes, sits out or votes twice between the two: the second is of the first's people."""
    draw = random.Random(seed)
    engagement = engagements.load(folder)
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        room.reveal()
        room.meet("begin")
        topic = room.hub.meeting.talk.topics[0].dimension
        room.meet("topic", topic=topic)
        pages = room.people(16)
        late = room.people(3)
        room.meet("open")
        for page in draw.sample(pages, 13):
            page.say("vote", vote=f"{topic} first", level=draw.choice((0, 1, 2, 3, 4, 5)), stamp=1)
        room.meet("close")
        room.hub.closed()
        electorate = set(room.hub.meeting.ballots.votes(topic, "first"))
        for page in draw.sample(pages, 4):
            room.hub.phones.pop(page.line.id)  # lost between the two votes
        room.meet("open")
        for page in (*draw.sample(pages, 9), *late):
            if page.line.id in room.hub.phones:
                page.say("vote", vote=f"{topic} second", level=draw.choice((1, 3, 5)), stamp=2)
        assert room.hub.meeting.totals()[1] == len(electorate)
        assert set(room.hub.meeting.ballots.votes(topic, "second")) <= electorate
        room.meet("close")
        room.hub.closed()
        assert room.hub.meeting.totals()[1] == len(electorate)


def test_a_vote_that_comes_too_late_is_refused(folder: Path) -> None:
    engagement = engagements.load(folder)
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        room.reveal()
        room.meet("begin")
        topic = room.hub.meeting.talk.topics[0].dimension
        room.meet("topic", topic=topic)
        pages = room.people(6)
        room.meet("open")
        room.meet("close")
        # What was on its way has its five seconds.
        assert pages[0].say("vote", vote=f"{topic} first", level=3, stamp=1)["type"] == "got"
        room.hub.closed()
        for vote in (f"{topic} first", f"{topic} second", f"{topic} third", "first", "", " "):
            told = pages[1].say("vote", vote=vote, level=3, stamp=2)
            assert (told["type"], told["stamp"]) == ("missed", 2)
        assert len(room.hub.meeting.ballots.votes(topic, "first")) == 1
        assert pages[1].say("vote", vote=f"{topic} first", level=9, stamp=3)["type"] == "missed"


def test_every_reply_is_as_long_whatever_was_said(folder: Path) -> None:
    """Who only sees how long a message is learns nothing of an answer or a vote."""
    engagement = engagements.load(folder)
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        pages = room.people(6)
        key = next(
            q for q in engagement.instrument.questions("leader") if q.facet.scale.kind == "rating"
        ).key
        lengths = {
            len(json.dumps(page.say("answer", key=key, value=str(i + 1), was=[None], stamp=1)))
            for i, page in enumerate(pages[:5])
        }
        assert len(lengths) == 1
        room = Gathered(engagement, store)


def test_what_was_shown_is_held_against_what_comes_next(folder: Path) -> None:
    engagement = engagements.load(folder)
    wave = engagement.wave().id
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        room.reveal()
        assert [one.number for one in store.releases()] == [1]
        # A report of the same answers is what the room showed, and no second release.
        assert issue(engagement, wave).issued == room.book.round.version == 1
        key = store.begin(wave, engagement.root.id, "leader")
        for question in engagement.instrument.questions("leader"):
            if question.facet.scale.kind == "rating":
                store.save(key, question.item.id, question.facet.id, "2")
        later = issue(engagement, wave)
        assert later.issued == 2
        first, second = store.releases()
        assert (first.number, second.number) == (1, 2)
        # One answer more is not to be read off the two: wherever both print a mean, it is the same.
        means = [
            {(s["measure"], s["group"], s["unit"]): s["mean"] for s in one.audit["released"]["scores"]}
            for one in (first, second)
        ]  # fmt: skip
        shown = [k for k, v in means[0].items() if v is not None and means[1].get(k) is not None]
        assert all(means[0][k] == means[1][k] for k in shown)


WORDS = ("", "begin", "close", "reveal", "reopen", "end", "closed", "open", "void", "topic", "order", "sort",
         "agree", "lock", "draft", "action", "drop", "party", "ask", "see", "look", "clock", "cards", "skip",
         "agenda", "actions", "pause", "question", "words", "start", "add", "profile", "votes", "hr", "room",
         "table:1", "party:hr", "table:", "trust", "roles", "2-3", "9", "-1", "\x00", "☃" * 50, "x" * 399)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_no_message_breaks_the_room_or_shows_what_it_should_not(folder: Path, seed: int) -> None:
    """Messages of every known form with whatever in them, from hosts and phones: a refusal, or what was asked."""
    draw = random.Random(seed)
    engagement = engagements.load(folder)
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        pages = room.people(3)
        stranger = Page(room.hub, "phone", "da")
        intruder = Page(room.hub, "host", "da")  # has no key

        def made(kinds: Any) -> tuple[str, dict[str, Any]]:
            kind = draw.choice([one for one in kinds if one != "hello"])
            fields: dict[str, Any] = {}
            for name, types in kinds[kind].items():
                if draw.random() < 0.6:
                    value: Any = draw.choice(WORDS)
                    if int in types and (str not in types or draw.random() < 0.5):
                        value = draw.choice((-(2**40), -1, 0, 1, 3, 5, 6, 2**40))
                    if list in types:
                        value = [draw.choice((*WORDS, "trust:5", "roles:5:5")) for _ in range(3)]
                    if type(None) in types and draw.random() < 0.2:
                        value = None
                    fields[name] = value
            if "rev" in kinds[kind] and draw.random() < 0.9:
                fields["rev"] = room.book.round.rev
            fields.pop("view", None)
            assert parsed(json.dumps({"type": kind, **fields}), kinds) is not None
            return kind, fields

        before = len(store.releases())
        for _ in range(250):
            kind, fields = made(HOST)
            if (kind, fields.get("do")) != ("command", "reveal"):  # that one is allowed to publish
                room.host.say(kind, **fields)
            intruder.say(*(one := made(HOST))[:1], **one[1])
            for page in (*pages, stranger):
                kind, fields = made(PHONE)
                page.say(kind, **{k: v for k, v in fields.items() if k != "language"})
            room.hub.count()
        assert len(store.releases()) == before
        assert not intruder.frames
        assert not any('"mean":' in json.dumps(f) for p in (room.wall, room.host) for f in p.frames)
        # It still does what it is there for.
        fresh = Page(room.hub, "phone", "da")
        assert fresh.say("hello")["type"] == "welcome"
