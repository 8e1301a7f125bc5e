"""The desk: what it saves, what it refuses, and what it never tells."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.store import Slip, Store, open_store
from hrkit.errors import StoreError
from hrkit.forms.session import LONGEST, Desk
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

from .conftest import BELONGING, make_folder

Tell = Callable[..., Any]


def begin(
    tell: Tell, view: str = "a", perspective: str = "leader", unit: str = "care-north"
) -> str:
    opened = tell("begin", view, perspective=perspective, unit=unit)
    assert opened["type"] == "opened", opened
    return str(opened["code"])


def held(engagement: Engagement) -> list[tuple[str, str, str]]:
    """The store's answers, read past the package."""
    with sqlite3.connect(engagement.folder / "answers.sqlite") as connection:
        rows = connection.execute(
            "SELECT item, facet, value FROM answers ORDER BY item, facet, value"
        )
        return [tuple(row) for row in rows]


def test_welcome_says_who_sees_what_in_every_language(tell: Tell) -> None:
    welcome = tell("hello")
    assert welcome["view"] == "a"
    assert list(welcome["pages"]) == ["da", "en", "nl"]
    assert welcome["language"] == "da"
    danish = json.dumps(welcome["pages"]["da"], ensure_ascii=False)
    for told in (
        "mindst 5",
        "mindst 10",
        "Topledelsen og HR-chefen",
        "Kim Holm",
        "personoplysninger",
    ):
        assert told in danish
    assert [unit["name"] for unit in welcome["pages"]["en"]["units"]] == [
        "Åkær Kommune (the whole organisation)",
        "Sundhed og ældre",
        "Sundhed og ældre › Nord",
        "Skole og dagtilbud",
    ]


def test_an_answer_is_in_the_store_when_it_is_called_saved(
    tell: Tell, engagement: Engagement
) -> None:
    begin(tell)
    assert held(engagement) == []
    reply = tell("answer", key="trust.01", value="4", stamp=7)
    assert reply == {"view": "a", "type": "saved", "key": "trust.01", "stamp": 7}
    assert held(engagement) == [("trust.01", "agree", "4")]
    tell("answer", key="trust.01", value="dk")
    assert held(engagement) == [("trust.01", "agree", "dk")]
    tell("answer", key="trust.01", value=None)
    assert held(engagement) == []


def test_who_only_looks_leaves_nothing_in_the_store(tell: Tell, engagement: Engagement) -> None:
    begin(tell)
    tell("answer", key="trust.01", value=None)
    tell("leave")
    with sqlite3.connect(engagement.folder / "answers.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM respondents").fetchone() == (0,)


def test_who_answers_is_who_was_chosen(tell: Tell, store: Store) -> None:
    begin(tell)
    tell("answer", key="trust.01", value="4")
    (person,) = store.read("w2").people.to_dict("records")
    assert (person["unit"], person["perspective"], person["wave"]) == ("care-north", "leader", "w2")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("trust.01", "6"), ("trust.01", "0"), ("trust.01", 4), ("trust.01", ["4"]),
        ("trust.01", "4 "), ("trust.01", ""), ("trust.99", "4"), ("trust.01:agree", "4"),
        (None, "4"), ({}, "4"), ("open.01", 3), ("open.01", "x" * (LONGEST + 1)),
    ],
)  # fmt: skip
def test_what_is_off_the_scale_is_refused_in_words(
    tell: Tell, engagement: Engagement, key: object, value: object
) -> None:
    begin(tell)
    reply = tell("answer", key=key, value=value, stamp=1, language="nl")
    assert reply["type"] == "error"
    assert reply["message"].startswith("Niet opgeslagen")
    assert held(engagement) == []


def test_a_question_of_another_perspective_is_refused(tell: Tell, engagement: Engagement) -> None:
    begin(tell, perspective="employee")
    others = [q.key for q in engagement.instrument.questions() if "employee" not in q.item.ask]
    assert tell("answer", key=others[0], value="4")["type"] == "error"
    assert held(engagement) == []


@pytest.mark.parametrize(
    "message",
    [None, 3, [], {}, {"type": "answer"}, {"view": "a"}, {"view": "a", "type": "drop"},
     {"view": 3, "type": "hello"}, {"view": "a", "type": ["hello"]}],
)  # fmt: skip
def test_noise_is_met_with_silence(desk: Desk, message: object) -> None:
    assert desk.handle(message) is None


@pytest.mark.parametrize("language", ["sv", None, 3, {}, "../da"])
def test_an_unknown_language_is_the_questionnaires_own(tell: Tell, language: object) -> None:
    reply = tell("begin", perspective="leader", unit="care", language=language)
    assert reply["form"]["language"] == "da"


def test_role_and_unit_are_asked_for(tell: Tell) -> None:
    reply = tell("begin", perspective="king", unit="", language="en")
    assert set(reply["problems"]) == {"role", "unit"}


def test_a_second_click_on_begin_changes_nothing(tell: Tell) -> None:
    begin(tell)
    assert tell("begin", perspective="hr", unit="care") is None


def test_the_code_brings_back_the_answers_and_nothing_else(
    tell: Tell, desk: Desk, engagement: Engagement, store: Store
) -> None:
    code = begin(tell)
    tell("answer", key="trust.01", value="4")
    tell("answer", key="open.01", value="Ærligt sagt: godt.\r\nOg mere.")
    begin(tell, "b", perspective="hr")
    tell("answer", "b", key="trust.01", value="2")
    later = Desk(engagement, engagement.wave(), store, "nl")
    typed = f" {code.lower().replace('-', ' ')} "
    opened = later.handle({"type": "resume", "view": "c", "code": typed})
    assert opened is not None
    assert opened["answers"] == {"trust.01": "4", "open.01": "Ærligt sagt: godt.\nOg mere."}
    assert opened["code"] == code
    assert opened["fresh"] is False
    assert opened["form"]["language"] == "nl"
    later.handle({"type": "answer", "view": "c", "key": "trust.01", "value": "5"})
    assert held(engagement)[1:] == [("trust.01", "agree", "2"), ("trust.01", "agree", "5")]


def test_nobody_gets_in_with_a_wrong_code(tell: Tell, store: Store) -> None:
    store.begin("w2", "care", "leader", code="001")
    for typed, said in (
        ("", "Type"),
        ("001", "ten letters"),
        ("K7MQ-4XRT-9B", "No answers"),
        (7, "Type"),
    ):
        reply = tell("resume", code=typed, language="en")
        assert reply["type"] == "refused"
        assert reply["problems"]["code"].startswith((said, "A code has " + said))


def test_a_code_of_another_round_is_not_known(
    tell: Tell, engagement: Engagement, store: Store
) -> None:
    first = Desk(engagement, engagement.wave("w1"), store, "da")
    opened = first.handle({"type": "begin", "view": "x", "perspective": "hr", "unit": "care"})
    assert opened is not None
    first.handle({"type": "answer", "view": "x", "key": "trust.01", "value": "1"})
    assert tell("resume", code=opened["code"])["type"] == "refused"


def test_pages_open_at_once_see_only_their_own(tell: Tell, engagement: Engagement) -> None:
    begin(tell, "a")
    tell("answer", "a", key="trust.01", value="4")
    assert begin(tell, "b")
    reply = tell("language", "b", language="en")
    assert '"4"' not in json.dumps(
        [item for page in reply["form"]["pages"] for item in page["items"]]
    )
    # A page that was reloaded is a new one, and has nothing.
    assert tell("answer", "c", key="trust.01", value="1")["type"] == "error"
    assert tell("hello", "a")["type"] == "welcome"
    assert tell("answer", "a", key="trust.01", value="1")["type"] == "error"
    assert held(engagement) == [("trust.01", "agree", "4")]


def test_a_frozen_round_says_so_and_takes_nothing(
    tell: Tell, engagement: Engagement, store: Store
) -> None:
    code = begin(tell)
    tell("answer", key="trust.01", value="4")
    store.freeze("w2", "d" * 64, dt.date(2026, 11, 21))
    reply = tell("answer", key="trust.01", value="1")
    assert (reply["type"], reply["message"]) == ("error", "Ikke gemt: Målingen er blevet lukket.")
    for reply in (tell("hello"), tell("resume", "b", code=code),
                  tell("begin", "b", perspective="hr", unit="care")):  # fmt: skip
        assert reply["type"] == "welcome"
        assert "efteråret 2026" in reply["pages"]["da"]["closed"]["text"]
        assert "roles" not in reply["pages"]["da"]
    assert held(engagement) == [("trust.01", "agree", "4")]


def test_a_store_that_fails_is_told_without_the_answer(
    tell: Tell, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tell)

    def full(*_: object, **__: object) -> None:
        raise StoreError("The store answers.sqlite cannot grow: the disk is full.")

    monkeypatch.setattr(store, "save", full)
    reply = tell("answer", key="open.01", value="secret words", language="en", stamp=3)
    assert reply["message"].startswith("Not saved.")
    assert reply["detail"] == "The store answers.sqlite cannot grow: the disk is full."
    assert reply["stamp"] == 3
    monkeypatch.setattr(store, "save", lambda *_: 1 / 0)
    reply = tell("answer", key="open.01", value="secret words")
    assert reply["type"] == "error"
    assert "secret" not in json.dumps(reply)


def test_text_loses_control_characters_and_blank_takes_it_back(
    tell: Tell, engagement: Engagement
) -> None:
    begin(tell)
    tell("answer", key="open.01", value="  a\x00b\x1b[31m\n\tc  ")
    assert held(engagement) == [("open.01", "comment", "ab[31m\n\tc")]
    tell("answer", key="open.01", value=" \n ")
    assert held(engagement) == []


def test_what_is_settled_is_neither_asked_nor_overruled(
    engagement: Engagement, store: Store
) -> None:
    desk = Desk(engagement, engagement.wave(), store, "en", "hr", "care-north")
    hello = desk.handle({"type": "hello", "view": "a"})
    assert hello is not None
    page = hello["pages"]["en"]
    assert (page["roles"], page["units"]) == ([], [])
    assert page["settled"] == "HR partner · Sundhed og ældre › Nord"
    opened = desk.handle({"type": "begin", "view": "a", "perspective": "leader", "unit": "all"})
    assert opened is not None
    assert opened["form"]["who"] == "HR partner · Sundhed og ældre › Nord"


@pytest.mark.parametrize("instrument", ["service-check", "role-blueprint"])
def test_several_facets_are_several_questions(tmp_path: Path, instrument: str) -> None:
    engagement = engagements.load(make_folder(tmp_path / "acme", instrument))
    with open_store(engagement) as store:
        desk = Desk(engagement, engagement.wave(), store, "en")
        opened = desk.handle({"type": "begin", "view": "a", "perspective": "leader", "unit": "all"})
        assert opened is not None
        form = opened["form"]
        asked = [q.key for q in engagement.instrument.questions("leader")]
        shown = [f["key"] for p in form["pages"] for i in p["items"] for f in i["facets"]]
        assert shown == asked
        item = form["pages"][0]["items"][0]
        assert len(item["facets"]) > 3
        for facet in item["facets"]:
            value = form["scales"][facet["scale"]]["choices"][0]["value"]
            reply = desk.handle(
                {"type": "answer", "view": "a", "key": facet["key"], "value": value}
            )
            assert reply is not None
            assert reply["type"] == "saved"
            wrong = {"type": "answer", "view": "a", "key": facet["key"], "value": "perhaps"}
            reply = desk.handle(wrong)
            assert reply is not None
            assert reply["type"] == "error"
        assert len(held(engagement)) == len(item["facets"])


@pytest.mark.parametrize("perspective", ["top", "leader", "hr", "pay", "network", "employee"])
@pytest.mark.parametrize("language", ["en", "da", "nl"])
def test_every_perspective_reads_its_own_words(
    tell: Tell, engagement: Engagement, perspective: str, language: str
) -> None:
    instrument = engagement.instrument
    opened = tell("begin", perspective=perspective, unit="care", language=language)
    shown = [item["text"] for page in opened["form"]["pages"] for item in page["items"]]
    items = dict.fromkeys(q.item.id for q in instrument.questions(perspective))
    assert shown == [instrument.wording(instrument.items[i], perspective, language) for i in items]


def test_a_session_is_resumed_where_its_unit_and_its_wave_have_other_ids(
    folder: Path, tell: Tell, engagement: Engagement
) -> None:
    code = begin(tell, unit="school")
    key = next(
        q.key for q in engagement.instrument.questions("leader") if q.facet.scale.kind == "rating"
    )
    tell("answer", key=key, value="4")
    path = folder / "engagement.yml"
    text = path.read_text("utf-8").replace("{id: school,", "{id: learning, was: school,")
    path.write_text(text.replace("{id: w2,", "{id: autumn, was: [w2],"), "utf-8")
    later = engagements.load(folder)
    with open_store(later) as again:
        desk = Desk(later.as_in("autumn"), later.wave(), again, "da")
        reply = desk.handle({"type": "resume", "view": "b", "code": code})
        assert reply is not None and reply["type"] == "opened", reply
        assert "Skole og dagtilbud" in str(reply)
        assert len(again.read("autumn")) == 1


def how(engagement: Engagement) -> list[tuple[str | None, int | None]]:
    """How people answered, read past the package."""
    with sqlite3.connect(engagement.folder / "answers.sqlite") as connection:
        return [tuple(r) for r in connection.execute("SELECT language, hasty FROM respondents")]


def test_the_language_of_the_last_answer_is_kept(tell: Tell, engagement: Engagement) -> None:
    begin(tell)
    tell("answer", key="roles.01", value="4", stamp=1, language="nl")
    assert how(engagement) == [("nl", None)]
    tell("answer", key="roles.02", value="nr", stamp=2, language="da")
    assert how(engagement) == [("da", None)]
    assert held(engagement)[-1][2] == "nr"


@pytest.mark.parametrize(("seconds", "hasty"), [(1.5, 1), (4.0, 0)])
def test_only_whether_nobody_reads_so_fast_is_kept(
    tell: Tell, desk: Desk, engagement: Engagement, seconds: float, hasty: int
) -> None:
    ticks = iter(range(1000))
    desk._clock = lambda: next(ticks) * seconds
    begin(tell)
    keys = [q.key for q in engagement.instrument.questions("leader")][:20]
    for i, key in enumerate(keys):
        tell("answer", key=key, value="4", stamp=i)
    assert [row[1] for row in how(engagement)] == [hasty]


def test_an_answer_that_was_changed_elsewhere_is_not_overwritten(
    tell: Tell, engagement: Engagement
) -> None:
    code = begin(tell)
    tell("answer", key="trust.01", value="4", was=[None])
    assert tell("resume", "b", code=code)["answers"] == {"trust.01": "4"}
    assert tell("answer", "b", key="trust.01", value="2", was=["4"])["type"] == "saved"
    # The first page still shows 4, and thinks so.
    told = tell("answer", key="trust.01", value="5", was=["4"], stamp=9)
    assert told == {"view": "a", "type": "stale", "key": "trust.01", "stamp": 9, "value": "2"}
    assert held(engagement) == [("trust.01", "agree", "2")]
    # The same answer from both is no conflict, nor is one that is sent twice.
    assert tell("answer", key="trust.01", value="2", was=["4"])["type"] == "saved"
    # Who has seen what stands decides; two on their way may overtake each other.
    assert tell("answer", key="trust.01", value="5", was=["2"])["type"] == "saved"
    assert tell("answer", key="trust.01", value="1", was=["2", "5"])["type"] == "saved"
    assert tell("answer", key="trust.01", value=None, was=["5"])["value"] == "1"
    assert held(engagement) == [("trust.01", "agree", "1")]
    # What was taken back elsewhere is changed, too.
    tell("answer", "b", key="trust.01", value=None, was=["1"])
    gone = tell("answer", key="trust.01", value="3", was=["1"])
    assert (gone["type"], gone["value"]) == ("stale", None)
    assert held(engagement) == []


def test_two_pages_opened_with_one_slip_before_either_answered_are_one_person(
    tell: Tell, store: Store, engagement: Engagement
) -> None:
    """A camera opens a tab each time, and a slip is tried on two phones."""
    (code,) = store.hand_out("w2", Slip("school", "leader"), 1)
    for view in ("a", "b"):
        assert tell("resume", view, code=code)["type"] == "opened"
    assert tell("answer", key="trust.01", value="4", was=[None])["type"] == "saved"
    told = tell("answer", "b", key="trust.01", value="2", was=[None], stamp=1)
    assert (told["type"], told["value"]) == ("stale", "4")
    assert tell("answer", "b", key="trust.05", value="2", was=[None])["type"] == "saved"
    assert tell("answer", "b", key="trust.01", value=None, was=[None])["type"] == "stale"
    assert held(engagement) == [("trust.01", "agree", "4"), ("trust.05", "agree", "2")]
    assert len(how(engagement)) == 1


@pytest.mark.parametrize("was", ["4", {"4": 1}, ["4"] * 51, 7])
def test_nonsense_about_what_stands_is_not_believed(tell: Tell, was: object) -> None:
    begin(tell)
    tell("answer", key="trust.01", value="4")
    assert tell("answer", key="trust.01", value="2", was=was)["type"] == "saved"


@pytest.fixture
def belonging(folder: Path) -> Iterator[Desk]:
    """A desk of an engagement that lists tiers and pairs."""
    with (folder / "engagement.yml").open("a", encoding="utf-8") as file:
        file.write(BELONGING)
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        yield Desk(engagement, engagement.wave(), store, "da")


def test_tier_and_pair_are_asked_of_whom_they_are_listed_for(belonging: Desk) -> None:
    def say(type: str, **content: str) -> Any:
        return belonging.handle({"type": type, "view": "a", **content})

    page = say("hello")["pages"]["nl"]
    assert [one["name"] for one in page["tiers"]] == ["Directie", "Gebiedshoofden"]
    chair = {"perspective": "leader", "unit": "school"}
    assert set(say("begin", **chair)["problems"]) == {"tier", "pair"}
    assert set(say("begin", **chair, tier="t1")["problems"]) == {"pair"}
    assert set(say("begin", **chair, tier="t9", pair="p9")["problems"]) == {"tier", "pair"}
    # HR partners have no tier here; top management is asked neither.
    assert set(say("begin", perspective="hr", unit="school")["problems"]) == {"pair"}
    assert say("begin", perspective="top", unit="school")["type"] == "opened"
    say("leave")
    assert say("begin", **chair, tier="t1", pair="p1")["type"] == "opened"
    say("answer", key="trust.01", value="4")
    (row,) = belonging._store.read("w2").people.itertuples()
    assert (row.level, row.pair) == ("t1", "p1")


def test_a_slip_is_asked_only_what_it_does_not_say(belonging: Desk) -> None:
    def come(code: str, **content: str) -> Any:
        return belonging.handle({"type": "resume", "view": "a", "code": code, **content})

    store = belonging._store
    (whole,) = store.hand_out("w2", Slip("school", "leader", "t2", "p1"), 1)
    assert come(whole)["type"] == "opened"
    (half,) = store.hand_out("w2", Slip("school", "leader", "t2"), 1)
    asked = come(half)
    assert asked["type"] == "needs" and asked["needs"] == ["pair"] and asked["code"] == half
    assert come(half, tier="", pair="p7")["problems"].keys() == {"pair"}
    assert come(half, tier="t1", pair="-")["type"] == "opened"
    belonging.handle({"type": "answer", "view": "a", "key": "trust.01", "value": "4"})
    (row,) = store.read("w2").people.itertuples()
    # What a slip says counts; who is in no pair has none.
    assert (row.level, row.pair) == ("t2", None)
    # Who has answered is asked nothing any more.
    assert come(half)["type"] == "opened"
