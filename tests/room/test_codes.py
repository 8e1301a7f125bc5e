"""Slips: as many as are invited, once; the store keeps no code, and a lost one is replaced."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from hrkit.answers.store import Slip, open_store
from hrkit.commands.codes import codes
from hrkit.errors import HrkitError
from hrkit.forms.session import Desk
from hrkit.model import engagement_file as engagements
from tests.forms.conftest import make_folder
from tests.pages import text_of

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
