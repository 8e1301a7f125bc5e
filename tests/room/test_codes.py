"""Slips: as many as are invited, once; the store keeps no code, and a lost one is replaced."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.commands.codes import codes
from hrkit.errors import HrkitError
from hrkit.forms.session import Desk
from hrkit.model import engagement_file as engagements
from tests.forms.conftest import BELONGING, make_folder
from tests.pages import text_of
from tests.room.test_meeting import Gathered

INVITED = """\
invited:
  - {wave: w2, unit: care-north, perspective: leader, n: 3}
  - {wave: w2, unit: all, perspective: hr, n: 2}
  - {wave: w1, unit: all, perspective: hr, n: 9}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = make_folder(tmp_path / "acme")
    path = place / "engagement.yml"
    path.write_text(path.read_text("utf-8") + INVITED, "utf-8")
    return place


def printed(path: Path | None) -> list[str]:
    """The codes on slips."""
    assert path is not None
    return [word for word in text_of(path).split() if len(word) == 12 and word[4] == word[9] == "-"]


def test_those_invited_get_a_code_each_and_once(folder: Path) -> None:
    done = codes(folder)
    assert dict(done.counts) == {Slip("care-north", "leader"): 3, Slip("all", "hr"): 2}
    found = printed(done.file)
    assert len(set(found)) == 5
    # Whoever draws a slip reads it, whatever they speak.
    text = " ".join(text_of(done.file).split())
    for said in (
        "Din kode · Your code · Je code",
        "Personaleleder · People leader · Leidinggevende",
    ):
        assert said in text, said
    # Somebody is invited later: one slip more, and no slip of before is printed again.
    path = folder / "engagement.yml"
    path.write_text(path.read_text("utf-8").replace("leader, n: 3", "leader, n: 4"), "utf-8")
    more = codes(folder)
    assert dict(more.counts) == {Slip("care-north", "leader"): 1}
    assert more.file != done.file
    assert not set(printed(more.file)) & set(found)
    assert codes(folder).counts == ()


def test_the_store_holds_no_code(folder: Path) -> None:
    found = printed(codes(folder).file)
    data = b"".join(path.read_bytes() for path in folder.glob("answers.sqlite*"))
    assert found and not any(code.encode() in data for code in found)


def test_a_slip_says_from_which_chair(folder: Path) -> None:
    (code,) = printed(codes(folder, perspective="leader", unit="care-north", count=1).file)
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        desk = Desk(engagement, engagement.wave(), store, "da", coded=True)
        opened = desk.handle({"type": "resume", "view": "a", "code": code.lower()})
        assert opened is not None and opened["type"] == "opened"
        assert "Personaleleder" in opened["form"]["who"]
        desk.handle({"type": "answer", "view": "a", "key": "open.01", "value": "ja"})
        (row,) = store.read("w2").people.itertuples()
        assert (row.unit, row.perspective) == ("care-north", "leader")
        # From another page it goes on, and is no second person.
        again = desk.handle({"type": "resume", "view": "b", "code": code})
        assert again is not None and again["answers"] == {"open.01": "ja"}
        # Who is erased cannot come back with the slip.
        store.erase(store.find(code))
        gone = desk.handle({"type": "resume", "view": "c", "code": code})
        assert gone is not None and gone["type"] == "refused"


def test_a_lost_code_is_withdrawn_unless_it_was_used(folder: Path) -> None:
    one, two = printed(codes(folder, perspective="hr", count=2).file)
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        store.begin("w2", "all", "hr", code=two)
    assert codes(folder, withdraw=one, perspective="hr", count=1).withdrawn
    assert not codes(folder, withdraw=two, perspective="hr", count=1).withdrawn
    with open_store(engagement) as store:
        assert store.handed(one, "w2") is None and store.handed(two, "w2") is not None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"perspective": "king", "count": 2}, "king"),
        ({"perspective": "leader", "unit": "moon", "count": 2}, "moon"),
        ({"perspective": "leader"}, "how many"),
        ({"perspective": "leader", "count": -1}, "between"),
        ({"perspective": "leader", "count": 99999}, "between"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"wave": "w9"}, "w9"),
    ],
)
def test_what_cannot_be_is_said_and_draws_nothing(folder: Path, wrong: dict, said: str) -> None:
    with pytest.raises(HrkitError, match=said):
        codes(folder, **wrong)
    assert not (folder / "papers").exists()
    if (folder / "answers.sqlite").exists():
        with sqlite3.connect(folder / "answers.sqlite") as connection:
            assert connection.execute("SELECT count(*) FROM codes").fetchone() == (0,)


def test_a_wave_that_is_released_gets_no_codes(folder: Path) -> None:
    import datetime as dt

    with open_store(engagements.load(folder)) as store:
        store.freeze("w2", "x", dt.date(2026, 1, 1))
    with pytest.raises(HrkitError, match="released"):
        codes(folder)
    assert not (folder / "papers").exists()


LIST = """\
Navn;Enhed;perspective;Ledelsesled
Kim Åse;Nord;Personaleleder;Direktion
=cmd|'/c calc'!A1;care-north;leader;t2
Bo;all;hr;
"""


@pytest.fixture
def listed(folder: Path, tmp_path: Path) -> Path:
    path = folder / "engagement.yml"
    path.write_text(path.read_text("utf-8") + BELONGING, "utf-8")
    (tmp_path / "mine").mkdir()
    found = tmp_path / "mine" / "people.csv"
    found.write_text(LIST, "utf-8")
    return found


def rows(path: Path) -> list[tuple[str, ...]]:
    from hrkit.answers.files.read import read_table

    table = read_table(path)
    assert not table.odd  # no formula
    return [table.header.cells, *(row.cells for row in table.rows)]


def test_a_list_of_names_gets_a_code_each_and_no_name_lies_beside_the_answers(
    folder: Path, listed: Path
) -> None:
    done = codes(folder, list=listed, output=listed.parent)
    assert done.names is not None and done.names.parent == listed.parent
    assert dict(done.counts) == {
        Slip("care-north", "leader", "t1"): 1,
        Slip("care-north", "leader", "t2"): 1,
        Slip("all", "hr"): 1,
    }
    found = rows(done.names)
    assert [row[0] for row in found[1:]] == ["Kim Åse", "=cmd|'/c calc'!A1", "Bo"]
    given = [row[-1] for row in found[1:]]
    assert len(set(given)) == 3 and sorted(given) == sorted(printed(done.file))
    assert "Kim Åse" in text_of(done.file)
    with open_store(engagements.load(folder)) as store:
        assert store.handed(given[0], "w2") == Slip("care-north", "leader", "t1")
    for path in folder.rglob("*"):
        if path.is_file():
            assert "Kim Åse".encode() not in path.read_bytes() and b"calc" not in path.read_bytes()
    # Gone on with later: who has a code keeps it, and no slip of theirs is printed again.
    assert codes(folder, list=done.names, output=listed.parent).file is None


def test_names_are_refused_beside_the_answers(folder: Path, listed: Path) -> None:
    inside = folder / "people.csv"
    inside.write_text(LIST, "utf-8")
    for wrong in (
        {"list": inside, "output": listed.parent},
        {"list": listed, "output": folder / "papers"},
        {"list": listed, "output": folder},
        {"list": listed},
        {"list": inside, "nameless": True},
    ):
        with pytest.raises(HrkitError, match="beside the answers"):
            codes(folder, **wrong)
    with open_store(engagements.load(folder)) as store:
        assert store.handed_out("w2") == {}


def test_a_list_may_be_counted_only(folder: Path, listed: Path) -> None:
    done = codes(folder, list=listed, nameless=True)
    assert done.names is None and sum(n for _, n in done.counts) == 3
    assert "Kim" not in text_of(done.file) and len(printed(done.file)) == 3


def test_every_fault_of_a_list_is_named(folder: Path, listed: Path) -> None:
    listed.write_text("Navn;Enhed;perspective\n;Nord;leader\nBo;Mars;leader\nBo;Nord;konge\n")
    with pytest.raises(HrkitError) as error:
        codes(folder, list=listed, output=listed.parent)
    said = str(error.value)
    assert all(word in said for word in ("name is blank", "Mars", "konge", "row 3 already"))
    listed.write_text("Enhed;perspective\nNord;leader\n")
    with pytest.raises(HrkitError, match="no column name"):
        codes(folder, list=listed, output=listed.parent)


@pytest.mark.parametrize("erase", [False, True])
def test_a_lost_code_is_void_and_nothing_links_the_new_one(folder: Path, erase: bool) -> None:
    (lost,) = printed(codes(folder, perspective="leader", unit="care-north", count=1).file)
    engagement = engagements.load(folder)

    def come(desk: Desk, code: str) -> dict:
        return desk.handle({"type": "resume", "view": code, "code": code})

    with open_store(engagement) as store:
        desk = Desk(engagement, engagement.wave(), store, "da", coded=True)
        come(desk, lost)
        desk.handle({"type": "answer", "view": lost, "key": "trust.01", "value": "2"})
        (old,) = store.read("w2").people["respondent"]
    done = codes(folder, again=lost, erase=erase)
    assert done.withdrawn and done.counts == ((Slip("care-north", "leader"), 1),)
    (new,) = printed(done.file)
    with open_store(engagement) as store:
        desk = Desk(engagement, engagement.wave(), store, "da", coded=True)
        assert come(desk, lost)["type"] == "refused"
        opened = come(desk, new)
        assert opened["type"] == "opened" and opened["answers"] == {}
        # The half-filled form stays as somebody's, or is gone.
        assert (old in set(store.read("w2").people["respondent"])) is not erase
        assert store.find(lost) == ()
    with sqlite3.connect(folder / "answers.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM codes").fetchone() == (1,)
        kept = connection.execute("SELECT code_hash FROM respondents").fetchall()
        assert kept == ([] if erase else [(None,)])
    with pytest.raises(HrkitError, match="Nobody was given"):
        codes(folder, again=lost)


def test_whoever_has_a_lost_code_open_can_do_nothing_with_it_any_more(folder: Path) -> None:
    """Neither with the first answer nor with a later one, nor with a vote: nobody counts twice."""
    engagement = engagements.load(folder)
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        fresh, begun, other = store.hand_out("w2", Slip("care-north", "leader"), 3)
        pages = {code: room.join(code) for code in (fresh, begun, other)}

        def answered(code: str, key: str) -> dict[str, Any]:
            pages[code].say("answer", key=key, value="3", was=[None], stamp=1)
            return pages[code].frames[-1]

        assert answered(begun, "roles.01")["type"] == "saved"
        for lost in (fresh, begun):
            codes(folder, again=lost)
        for lost, key in ((fresh, "roles.01"), (begun, "roles.02")):
            told = answered(lost, key)
            assert (
                told["type"] == "error"
                and told["final"]
                and "gælder ikke længere" in told["message"]
            )
        assert answered(other, "roles.01")["type"] == "saved"
        assert len(store.read("w2").people) == 2 and len(store.read("w2").answers) == 2


def test_a_vote_under_a_code_that_was_made_void_is_not_taken(folder: Path) -> None:
    engagement = engagements.load(folder)
    with open_store(engagement, held=True) as store:
        room = Gathered(engagement, store)
        drawn = store.hand_out("w2", Slip("care-north", "leader"), 6)
        pages = [room.join(code) for code in drawn]
        room.meet("begin")
        room.meet("topic", topic=room.hub.meeting.talk.topics[0].dimension)
        room.meet("open")
        codes(folder, again=drawn[0])
        vote = f"{room.hub.meeting.talk.topic.dimension} first"
        told = [page.say("vote", vote=vote, level=3, stamp=1)["type"] for page in pages]
        assert told == ["missed", *["got"] * 5]
