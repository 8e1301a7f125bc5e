"""Open records: versions with reasons, whose they are, and nothing left of what is taken back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from hrkit.errors import StoreError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.followed import Followed
from hrkit.records.schema import TABLES
from hrkit.records.store import FILE, open_records, overlay, records_of
from hrkit.records.values import Agreed, GroupWords, Records, VotesMoved
from hrkit.storage.migrations import latest, upgrade
from tests.forms.conftest import make_folder

AGREED = Agreed("trust", "w2", level=3, evidence="The Friday round", locked=True, beside=1)


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    return engagements.load(make_folder(tmp_path / "acme"))


def test_what_is_kept_comes_back_as_it_was(engagement: Engagement) -> None:
    values = [
        AGREED,
        replace(AGREED, scope="table:3", level=None, views="Both: “yes” and 'no'; =1+1"),
        Agreed("trust", "w2", scope="party:hr", level=2),
        VotesMoved("trust", "w2", "middle 2-3", "middle 3", "higher"),
        GroupWords("Vi prøver", "w2", "trust", "table:3"),
        Followed("A talk", "trust", "open", "w2", due="2027-01-01", horizon="now", sign="It is"),
    ]
    with open_records(engagement) as keeper:
        for value in values:
            keeper.put(value)
    found = records_of(engagement)
    assert [*found.agreed, *found.votes, *found.words, *found.actions] == values
    assert found.level("trust") == AGREED
    assert found.level("trust", "party:hr") is None  # a draft is not what was agreed
    assert found.moved("trust") == values[3]
    assert not found.of(("w1",)) and found.of(("w2",)) == found


def test_what_was_agreed_changes_only_with_a_reason_and_the_old_stays(
    engagement: Engagement,
) -> None:
    with open_records(engagement) as keeper:
        first = keeper.put(AGREED)
        assert keeper.put(AGREED) == first  # the same again is no version
        with pytest.raises(StoreError, match="reason"):
            keeper.put(replace(AGREED, level=4))
        keeper.put(replace(AGREED, locked=False), reason="HR was not heard")
        keeper.put(replace(AGREED, level=4))
        history = keeper.history(first.id)
    assert [one.value.level for one in history] == [3, 3, 4]  # type: ignore[union-attr]
    assert [one.reason for one in history] == ["", "HR was not heard", ""]
    assert records_of(engagement).level("trust") == replace(AGREED, level=4)


def test_of_what_is_taken_back_nothing_is_left_in_the_file(engagement: Engagement) -> None:
    with open_records(engagement) as keeper:
        kept = keeper.put(replace(AGREED, evidence="Gitte-from-payroll said so"))
        keeper.put(replace(AGREED, evidence="Gitte-from-payroll wrote so"), reason="x")
        keeper.put(replace(AGREED, dimension="roles"))
        assert keeper.take_back(kept.id) == 2
    left = [p.read_bytes() for p in engagement.folder.glob(f"{FILE}*")]
    assert left and not any(b"Gitte" in data for data in left)
    assert [one.dimension for one in records_of(engagement).agreed] == ["roles"]


def test_another_clients_records_are_refused(engagement: Engagement, tmp_path: Path) -> None:
    with open_records(engagement) as keeper:
        keeper.put(AGREED)
    other = tmp_path / "other"
    shutil.copytree(engagement.folder, other)
    text = (other / "engagement.yml").read_text("utf-8")
    (other / "engagement.yml").write_text(text.replace("id: acme", "id: globex"), "utf-8")
    for write in (True, False):
        with (
            pytest.raises(StoreError, match="records of another engagement, acme"),
            open_records(engagements.load(other), write=write),
        ):
            pass
    copy = tmp_path / "copy"
    shutil.copytree(engagement.folder, copy)
    text = (copy / "engagement.yml").read_text("utf-8")
    (copy / "engagement.yml").write_text(text.replace("Åkær Kommune", "Globex"), "utf-8")
    with pytest.raises(StoreError, match="holds the records of Åkær Kommune"):
        records_of(engagements.load(copy))


def test_looking_makes_nothing(engagement: Engagement) -> None:
    assert not records_of(engagement)
    with open_records(engagement, write=False) as keeper:
        assert keeper.records() == Records()
    assert not (engagement.folder / FILE).exists()


def test_the_first_step_makes_the_tables_of_today(tmp_path: Path) -> None:
    made, stepped = (create_engine(f"sqlite:///{tmp_path / n}.sqlite") for n in "ab")
    with made.begin() as connection:
        TABLES.prepare(connection, "a")
    with stepped.begin() as connection:
        assert upgrade(connection, TABLES.steps, 0) == TABLES.version == latest(TABLES.steps)
    for name in inspect(made).get_table_names():
        columns = [[c["name"] for c in inspect(e).get_columns(name)] for e in (made, stepped)]
        assert columns[0] == columns[1], name


def test_another_programs_file_is_left_alone(engagement: Engagement) -> None:
    path = engagement.folder / FILE
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (a)")
    engine.dispose()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="something else"), open_records(engagement):
        pass
    assert path.read_bytes()[100:] == before[100:]


def test_a_line_of_the_records_stands_for_that_of_the_settings(engagement: Engagement) -> None:
    old = Followed("A  talk", "trust", "open", "w1")
    other = Followed("Lunch", "trust", "open", "w1")
    now = Followed("A talk", "trust", "done", "w1")
    engagement = replace(engagement, followed=(old, other))
    assert overlay(engagement, Records(actions=(now,))).followed == (other, now)


@pytest.mark.parametrize(
    "wrong", [{"level": 6}, {"level": 0}, {"scope": "desk:1"}, {"scope": "table:"}]
)
def test_what_is_no_level_or_scope_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        replace(AGREED, **wrong)  # type: ignore[arg-type]
