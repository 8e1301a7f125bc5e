"""What each screen may know, state by state, and what each message carries: held by what the wire carries.

A whole room of thirty is played over real lines (`tests.room.table`), and once more with other answers,
votes and replies of others.  What the first table says is the whole list: a field more than it has, or
a number at another place, fails.  What the second playing changed may be seen by nobody else before it
is released, in no frame, page, header or file, nor by its length.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hrkit.room.messages import HOST, PHONE, WALL
from tests.forms.conftest import make_folder
from tests.room.table import STATES, TOP, TOP_ID, Plan, Played, built, played
from tests.room.test_server import Port, hear, play, tell

PLAN = Plan()
#: These say the same in every playing: what they get of others is compared.
OBSERVERS = {0, 20, 27}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("table") / "acme")


@pytest.fixture(scope="module")
def room(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(folder, tmp_path_factory.mktemp("room"), PLAN)


def messages(room: Played, end: str, *states: str) -> Iterator[dict[str, Any]]:
    for text in room.of(end, *states):
        message = json.loads(text)
        if message["type"] != "alive":
            yield message


# ------------------------------------------------------------------------ what each screen may know

_SHELL = "type language client title ui step rev "
_STATE = (
    "type language client title ui wave step rev shows showable allowed taken coded revealing unsaved phones "
    "begun late count reach wall meeting"
)
_LEADS = "running say step at shows showable topics more sorts fresh parties phones"
_TOPIC = _LEADS + " topic actions owners horizons"
_VOTE = "kind name vote id levels first mine closing"

#: State → what the wall shows (its kind and fields), what phones show (their kinds and fields), what the
#: host has of the meeting, and which fields of each there may be no more than.
SCREENS: dict[str, tuple[dict[str, str], dict[str, str], str]] = {
    "prepared": ({"join": "join count"}, {}, "running grid say"),
    "joining": ({"join": "join count"}, {"": ""}, "running grid say"),
    "round open": ({"join": "join count"}, {"": ""}, "running grid say"),
    "round closing": ({"closed": ""}, {"": ""}, "running grid say"),
    "round closed": ({"closed": ""}, {"": ""}, "running grid say"),
    "round released": ({"profile": "profile"}, {"": ""}, "running grid say"),
    "agenda": (
        {"closed": "", "profile": "profile", "agenda": "kind say agenda"},
        {"": "", "look": "kind"},
        _LEADS + " grid",  # until it begins
    ),
    "placement asking": (
        {"agenda": "kind say agenda"},
        {"look": "kind", "consent": "kind party title said"},
        _LEADS,
    ),
    "placement told": ({"agenda": "kind say agenda"}, {"look": "kind consented"}, _LEADS),
    "first vote open": (
        {"topic": "kind say topic", "levels": "kind say levels"},
        {"talk": "kind name consented", "vote": _VOTE + " consented"},
        _TOPIC,
    ),
    "first vote closed": (
        {"levels": "kind say levels", "topic": "kind say topic"},
        {"vote": _VOTE + " consented", "talk": "kind name consented"},
        _TOPIC,
    ),
    "second vote open": (
        {"levels": "kind say levels"},
        {"vote": _VOTE + " consented"},
        _TOPIC,
    ),
    "second vote closed": (
        {"levels": "kind say levels", "topic": "kind say topic"},
        {"vote": _VOTE + " consented", "look": "kind name consented"},
        _TOPIC,
    ),
    "votes released": ({"votes": "kind say votes"}, {"look": "kind name consented"}, _TOPIC),
    "placement placed": ({"placed": "kind say placed"}, {"look": "kind name"}, _TOPIC),
    "agreement draft": (
        {"placed": "kind say placed", "agreed": "kind say agreed"},
        {"look": "kind name"},
        _TOPIC,
    ),
    "agreement locked": ({"agreed": "kind say agreed"}, {"look": "kind name"}, _TOPIC),
    "actions": (
        {"actions": "kind say actions again"},
        {"look": "kind name", "records": "kind agreed actions"},
        _TOPIC,
    ),
    "ended": ({"end": ""}, {"": ""}, "running grid say"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_screen_knows_what_its_row_says_and_nothing_else(room: Played, state: str) -> None:
    wall, phone, host = SCREENS[state]
    seen = set()
    for show in messages(room, "wall", state):
        assert show["type"] == "show"
        _shows(show, wall)
        seen.add(show["step"] if show["step"] != "meeting" else show["meeting"]["kind"])
    assert seen == set(wall), "the wall comes by everything that the row says"
    seen = set()
    for end in room.ends():
        if not end.startswith("phone "):
            continue
        for told in messages(room, end, state):
            if told["type"] == "wall":
                _shows(told["show"], wall)
            if told["type"] != "room":
                continue
            words = {"ui", "client", "plain", "say"}
            assert set(told) - words == {"type", "step", "rev", "round", "count", "meeting"}
            meeting = told["meeting"] or {}
            assert set(meeting) <= set(phone[meeting.get("kind", "")].split()), (end, meeting)
            seen.add(meeting.get("kind", ""))
            if meeting.get("kind") == "consent":
                assert int(end.split()[1]) in TOP and meeting["party"] == TOP_ID
            assert "consented" not in meeting or int(end.split()[1]) in TOP
    assert seen == set(phone)
    for told in messages(room, "host", state):
        if told["type"] != "state":
            continue
        assert set(told) == set(_STATE.split())
        assert set(told["meeting"]) <= set(host.split())
        # The host sees what the wall shows, and nothing of a value beside it.
        _shows(told["wall"], {**wall, **_before(state)})
    assert all("200" in text[:5] or "204" in text[:5] or "404" in text[:5]
               for end in room.ends() if end.startswith("page") for text in room.of(end, state))  # fmt: skip


def _before(state: str) -> dict[str, str]:
    """While a result is made the host is told what the wall has shown until then."""
    place = STATES.index(state)
    return SCREENS[STATES[place - 1]][0] if place else {}


def _shows(show: dict[str, Any], wall: dict[str, str]) -> None:
    if show["step"] == "meeting":
        fields = wall[show["meeting"]["kind"]]
        assert set(show) == {*_SHELL.split(), "meeting"} - ({"type"} - set(show))
        assert set(show["meeting"]) == set(fields.split()), show["meeting"]["kind"]
    else:
        fields = wall[show["step"]]
        assert set(show) - {"type"} == set(f"{_SHELL}{fields}".split()) - {"type"}


#: Every place at which a number may stand in what a phone, the wall or the host is told: totals of the whole
#: room, the room's own counters, words that the questionnaire asks in, and what was released or said aloud.
_NUMBERS = {
    "phone": r"(rev|stamp|longest|count\.(done|of|share)|meeting\.(levels\[\]\.level|first|mine|agreed\[\]\.level)"
    r"|form\..*|pages\..*|show\..*)",
    "wall": r"(rev|join\..*|count\.(done|of|share)|profile\.(low|high|rows\[\]\.values\[\]\.mean)|meeting\."
    r"(agenda\..*|levels\.rows\[\]\.level|topic\.clock\.left|votes\.(first|second)\.(tenths\[\])|agreed\.rows\[\]\.level"
    r"|placed\.placed\.level|clock\.left))",
    "host": r"(rev|taken|phones|begun|late|count\.(done|of|share)|wall\..*|meeting\.(at|topics\[\]\."
    r"(minutes|pause|gap|spread)|topic\.(voted|of|question|clock\.left|levels\[\]\.level|records\[\]\.level)))",
}  # fmt: skip


def numbers(value: Any, place: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from numbers(one, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for one in value:
            yield from numbers(one, f"{place}[]")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield place


def test_a_number_stands_only_where_one_may(room: Played) -> None:
    for end in room.ends():
        kind = end.split()[0]
        if kind == "page":
            continue
        allowed = re.compile(_NUMBERS[kind])
        for message in messages(room, end):
            for place in numbers({k: v for k, v in message.items() if k not in ("ui", "say")}):
                assert allowed.fullmatch(place), (end, message["type"], place)


def test_never_anywhere(room: Played) -> None:
    """A name with an answer, a code after joining, another's words: in no frame, page, file or journal."""
    for end in room.ends():
        text = "".join(room.of(end))
        mine = int(end.split()[1]) if end.startswith("phone") else -1
        for number, code in enumerate(room.codes):
            found = [one for one in room.of(end) if code in one]
            assert all(number == mine and '"opened"' in one for one in found), (end, number)
        for word in PLAN.words:
            assert word not in text or word == PLAN.words[mine], (
                end
            )  # its own, to who changed it elsewhere
        assert not re.search(r"127\.0\.0\.1|::1", text.replace("http://room/", "")), end
    for name in ("room.json",):
        kept = room.files[name].decode("utf-8")
        assert not any(one in kept for one in (*room.codes, *PLAN.words, "leader", "care-north"))
        assert not re.search(r'"(level|value|voter|party)"', kept)
    assert room.codes[0].encode() not in room.files["answers.sqlite"]
    assert "room-votes.sqlite" not in room.files  # nobody's vote is left
    for entry in room.journal:
        assert set(entry) <= {
            "at", "by", "what", "rev", "begun", "done", "invited", "scores", "details", "languages", "joined",
            "version", "what_is", "voted", "of", "reason",
        }, entry  # fmt: skip
        assert entry["by"] in ("host", "server")


#: A change of the room → what the journal says of it.
RECORDED = {
    "start": {"begun", "done", "invited", "scores", "details", "languages"},
    "close": {"begun", "done"},
    "closed": {"joined", "begun", "done"},
    "reveal": {"version"},
    "show": {"what_is"},
    "begin the meeting": set(),
    "meeting: party": set(),
    "meeting: topic": set(),
    "meeting: open": {"voted", "of"},
    "meeting: close": set(),
    "vote closed": {"voted", "of"},
    "meeting: reveal": set(),
    "meeting: agree": set(),
    "meeting: look": set(),
    "meeting: action": set(),
    "meeting: actions": set(),
    "end": {"begun", "done"},
}


def test_what_is_recorded_of_each_change(room: Played) -> None:
    found: dict[str, set[str]] = {}
    revisions = []
    for entry in room.journal:
        found.setdefault(entry["what"], set()).update(set(entry) - {"at", "by", "what", "rev"})
        revisions.append(entry["rev"])
    assert found == RECORDED
    assert revisions == sorted(revisions)


# ------------------------------------------------------------------------------------ the messages

#: What a server says, to whom, with every field that it may have. What must not be in it follows from
#: that, from the places of numbers, and from the second playing.
SAID: dict[str, dict[str, str]] = {
    "phone": {
        "welcome": "view type language pages",
        "opened": "view type fresh code answers form longest",
        "room": "type step rev round count meeting ui client plain say",
        "saved": "view type key stamp",
        "stale": "view type key stamp value",
        "error": "view type key stamp message final",
        "noted": "view type",
        "got": "view type vote stamp",
        "missed": "view type vote stamp",
        "wall": "type show",
    },
    "wall": {"show": f"{_SHELL} join count profile meeting"},
    "host": {
        "state": _STATE,
        "done": "type rev stamp",
        "chairs": "type roles units erase stamp",
    },
}


def test_a_message_has_the_fields_of_its_row_and_every_row_is_said(room: Played) -> None:
    found: dict[str, dict[str, set[str]]] = {"phone": {}, "wall": {}, "host": {}}
    for end in room.ends():
        if not end.startswith("page"):
            for message in messages(room, end):
                fields = found[end.split()[0]].setdefault(message["type"], set())
                fields |= set(message)
    assert found == {
        end: {kind: set(fields.split()) for kind, fields in kinds.items()}
        for end, kinds in SAID.items()
    }


def test_replies_are_as_long_whatever_was_said(room: Played) -> None:
    for kind, state in (("saved", "round open"), ("got", "first vote open"), ("got", "second vote open"),
                        ("got", "placement asking")):  # fmt: skip
        lengths: dict[tuple[Any, Any], set[int]] = {}
        for end in room.ends():
            if end.startswith("phone"):
                for text in room.of(end, state):
                    message = json.loads(text)
                    if message["type"] == kind:
                        at = message.get("key"), message["stamp"]
                        lengths.setdefault(at, set()).add(len(text))
        assert lengths and all(len(one) == 1 for one in lengths.values()), (kind, lengths)


def test_the_wall_and_a_phone_that_reads_it_are_equal(room: Played) -> None:
    (read,) = (m["show"] for m in messages(room, "phone 0") if m["type"] == "wall")
    wall = list(messages(room, "wall", "votes released"))[-1]
    assert {**wall, "type": ""} == {**read, "type": ""}


#: One of every kind, as a page may send it.
_WHOLE = {str: "x", int: 1, list: ["x"], type(None): None}


@pytest.mark.parametrize("path", ["/phone/line", "/screen/line", "/host/line"])
def test_another_field_or_kind_is_refused_by_ending_the_line(tmp_path: Path, path: str) -> None:
    kinds = {"/phone/line": PHONE, "/screen/line": WALL, "/host/line": HOST}[path]
    cases: list[dict[str, Any]] = [{"type": "answers"}, {"type": ""}, {}]
    for kind, fields in kinds.items():
        whole = {name: _WHOLE[types[0]] for name, types in fields.items()}
        cases.append({"type": kind, **whole, "more": 1})
        cases += [{"type": kind, **whole, name: {"x": 1}} for name in fields]

    async def script(port: Port) -> None:
        for case in cases:
            line = await port.line(path)
            await tell(line, **case)
            while (text := await asyncio.wait_for(line.read_message(), 20)) is not None:
                assert json.loads(text)["type"] in ("room", "show", "state"), (case, text)
            assert line.close_code == 1008, case
        assert port.hub.book.round.rev == 0 and not port.hub.book.journal
        line = await port.line()
        await tell(line, type="hello", view="v")
        await hear(line, "welcome")

    play(make_folder(tmp_path / "acme"), script)


# --------------------------------------------------------------------- what others said changes nothing

_RELEASED = STATES.index("round released")


def others(values: tuple[int, ...], to: Any) -> tuple[int, ...]:
    return tuple(one if n in OBSERVERS else to(n, one) for n, one in enumerate(values))


def same(one: Played, two: Played, states: tuple[str, ...], ends: list[str]) -> None:
    for state in states:
        for end in ends:
            first, second = (played.frames[state].get(end, []) for played in (one, two))
            assert first == second, (state, end)
            # Byte by byte is length by length, too.
            assert list(map(len, first)) == list(map(len, second))


def watching(room: Played, numbers: set[int]) -> list[str]:
    """Wall, host, every page, and phones of these."""
    return [
        one for one in room.ends() if not one.startswith("phone") or int(one.split()[1]) in numbers
    ]


def journal(room: Played, until: str) -> list[dict[str, Any]]:
    entries = [{k: v for k, v in one.items() if k != "at"} for one in room.journal]
    last = max(i for i, one in enumerate(entries) if one["what"] == until)
    return entries[: last + 1]


def test_answers_of_others_are_in_nothing_before_the_result_is_shown(
    room: Played, folder: Path, tmp_path: Path
) -> None:
    words = tuple(
        one if n in OBSERVERS else f"OTHER-{n}-{'Y' * n}" for n, one in enumerate(PLAN.words)
    )
    other = played(
        folder,
        tmp_path,
        replace(PLAN, answers=others(PLAN.answers, lambda n, one: (one + n) % 5), words=words),
    )
    same(room, other, STATES[:_RELEASED], watching(room, OBSERVERS))
    assert journal(room, "closed") == journal(other, "closed")
    # What somebody else is told of their own answers is as long as ever: no reply holds one.
    for end in room.ends():
        same(room, other, STATES[1:_RELEASED], [end])
    # And they were others: the results differ.
    assert room.of("wall", "round released") != other.of("wall", "round released")


def test_votes_of_others_are_in_nothing_before_they_are_shown(
    room: Played, folder: Path, tmp_path: Path
) -> None:
    other = played(
        folder,
        tmp_path,
        replace(
            PLAN,
            first=others(PLAN.first, lambda n, one: (one + n) % 5 + 1),
            second=others(PLAN.second, lambda n, one: n % 5 + 1),
        ),
    )
    before = STATES[: STATES.index("votes released")]
    same(room, other, before, watching(room, OBSERVERS))
    assert journal(room, "meeting: close") == journal(other, "meeting: close")
    assert room.of("wall", "votes released") != other.of("wall", "votes released")


def test_no_and_silence_look_alike_to_everybody_and_so_does_yes_until_it_is_told(
    room: Played, folder: Path, tmp_path: Path
) -> None:
    found = {}
    for name, consents in {"no": (1, 0, 1), "silent": (1, None, 1)}.items():
        place = tmp_path / name
        place.mkdir()
        found[name] = played(folder, place, replace(PLAN, consents=consents))
    everybody = watching(room, set(range(30)) - {TOP[1]})
    until = STATES[: STATES.index("placement told") + 1]
    same(found["no"], found["silent"], until, everybody)
    same(room, found["no"], until[:-1], everybody)
    assert journal(found["no"], "meeting: party") == journal(found["silent"], "meeting: party")
    assert all(b'"declined"' in one.files["room.json"] for one in found.values())
    assert room.of("host", "placement told") != found["no"].of("host", "placement told")
