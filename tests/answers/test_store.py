"""The store: once is once, frozen is frozen, and nothing tells who came first."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import pickle
import random
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, Text, create_engine, select

from hrkit.answers.codes import ALPHABET, new_code
from hrkit.answers.doubles import Said
from hrkit.answers.files.table import ERROR_VALUES
from hrkit.answers.imports import _conflict
from hrkit.answers.readers.template import read_answers
from hrkit.answers.responses import content_digest, of_given, tables
from hrkit.answers.store import Added, Store, open_store
from hrkit.errors import AnswersError, StoreError
from hrkit.storage.bulk import insert_rows
from hrkit.text import clean

from .sample import HEADER, ROW, dump

DAY = dt.date(2026, 11, 21)
LONG = [*HEADER[:7], "trust.importance", "pay.slip:importance", "open.good"]


@pytest.fixture
def store(engagement):
    with open_store(engagement) as opened:
        yield opened


@pytest.fixture
def take(engagement, write_csv):
    return lambda rows, **how: read_answers(write_csv(rows, **how), engagement)


def test_a_second_read_changes_nothing(store, engagement, take, write_xlsx):
    rows = [HEADER, ROW, ["", *ROW[1:]]]
    assert store.add(take(rows)) == Added(2, 0, 0)
    before = dump(engagement)
    assert store.add(take(rows)) == Added(0, 2, 0)
    assert store.add(take([rows[0], rows[2], rows[1]], encoding="utf-16")) == Added(0, 2, 0)
    assert store.add(read_answers(write_xlsx(rows), engagement)) == Added(0, 2, 0)
    assert dump(engagement) == before


def test_what_is_read_is_what_was_given(store, take):
    reading = take([HEADER, ROW, ["002", *ROW[1:]]])
    store.add(reading)
    stored = store.read("w1")
    given = reading.responses
    assert sorted(stored.answers["value"]) == sorted(given.answers["value"])
    assert set(stored.people["respondent"]).isdisjoint(given.people["respondent"])
    assert stored.people["respondent"].tolist() == sorted(stored.people["respondent"])
    assert stored.people["level"].tolist() == [None, None]
    assert len(store.read("w2")) == 0
    assert content_digest(stored) == content_digest(given)


def test_a_conflict_names_the_first_of_what_differs():
    person = ("w1", "north", "leader", None, None)
    before = Said(person, {(f"trust.{i:02}", "score"): ("3", "") for i in range(40)})
    now = Said(person, {(f"trust.{i:02}", "score"): ("4", "") for i in range(40)})
    said = _conflict("a.csv row 2", now, before).what
    assert "differing: trust.00, " in said and "trust.05 and 34 more" in said


def test_a_coded_row_with_other_answers_is_a_conflict(store, engagement, take):
    store.add(take([HEADER, ROW]))
    before, old = dump(engagement), store.comments().iloc[0]["id"]
    changed = [HEADER, ["001", *ROW[1:4], "5", *ROW[5:]], ["002", *ROW[1:]]]
    with pytest.raises(AnswersError) as caught:
        store.add(take(changed))
    (problem,) = caught.value.problems
    assert problem.where == "answers.csv row 2"
    assert "differing: trust.01" in problem.what and "--replace" in problem.fix
    assert dump(engagement) == before
    assert store.add(take(changed), replace=True) == Added(1, 0, 1)
    assert store.add(take(changed), replace=True) == Added(0, 2, 0)
    assert sorted(store.read().answers.query("item == 'trust.01'")["value"]) == ["4", "5"]
    # The comment's words did not change, so what was cleared for print stays cleared.
    assert old in set(store.comments()["id"])


def test_the_same_person_in_a_second_wave(store, take):
    store.add(take([HEADER, ROW]))
    assert store.add(take([HEADER, ["001", "w2", *ROW[2:]]])) == Added(1, 0, 0)
    links = store.links("w1", "w2")
    assert links["first"].tolist() == store.read("w1").people["respondent"].tolist()
    assert links["second"].tolist() == store.read("w2").people["respondent"].tolist()
    assert store.find("001") == (links["first"][0], links["second"][0])


def test_a_grown_list_without_codes_is_refused(store, engagement, take):
    rows = [LONG] + [
        ["", "w1", "north", "hr", str(1 + i % 5), str(1 + i // 5), "2", "3", "4", ""]
        for i in range(10)
    ]
    assert store.add(take(rows)) == Added(10, 0, 0)
    before = dump(engagement)
    more = [*rows, ["", "w1", "south", "hr", "1", "1", "1", "1", "1", ""]]
    with pytest.raises(AnswersError) as caught:
        store.add(take(more))
    assert len(caught.value.problems) == 10
    assert dump(engagement) == before
    # One twin among many may be chance: taken, and counted.
    twin = [LONG, rows[1]] + [["", "w1", "south", "hr", *r[4:]] for r in rows[1:]]
    assert store.add(take(twin)) == Added(11, 0, 0, alike=1)


def test_a_frozen_wave_takes_nothing(store, engagement, take):
    store.add(take([HEADER, ROW]))
    code = new_code()
    key = store.begin("w1", "north", "hr", code=code)
    store.freeze("w1", "abc", DAY)
    store.freeze("w1", "abc", DAY)
    assert store.frozen("w1") == DAY and store.frozen("w2") is None
    before = dump(engagement)
    for act in (
        lambda: store.add(take([HEADER, ["002", *ROW[1:]]])),
        lambda: store.add(take([HEADER, ["001", *ROW[1:4], "5"]]), replace=True),
        lambda: store.begin("w1", "north", "hr"),
        lambda: store.save(key, "trust.01", "agreement", "4"),
        lambda: store.resume(code, "w1"),
        lambda: store.freeze("w1", "other", DAY),
    ):
        with pytest.raises(StoreError, match=r"frozen|released"):
            act()
    assert store.add(take([HEADER, ROW])) == Added(0, 1, 0)
    assert dump(engagement) == before
    assert store.add(take([HEADER, ["001", "w2", *ROW[2:]]])) == Added(1, 0, 0)


def test_a_session(store):
    code = new_code()
    key = store.begin("w1", "north", "hr", "2", "p1", code=code, language="da")
    store.save(key, "trust.01", "agreement", "4")
    store.save(key, "trust.01", "agreement", "5")
    store.save(key, "trust.02", "agreement", "dk")
    store.save(key, "trust.03", "agreement", "1")
    store.save(key, "trust.03", "agreement", None)
    store.save(key, "open.good", "words", "Godt")
    found = store.resume(f" {code.lower().replace('-', ' ')}", "w1")
    assert found == (
        key,
        "hr",
        "north",
        {
            ("trust.01", "agreement"): "5",
            ("trust.02", "agreement"): "dk",
            ("open.good", "words"): "Godt",
        },
    )
    assert store.resume(code, "w2") is None
    assert store.read().people.iloc[0].tolist() == [key, "w1", "north", "hr", "2", "p1", "da", None]
    store.answers_how(key, language="nl", hasty=True)
    assert store.read().people.iloc[0].tolist()[6:] == ["nl", "1"]
    first = store.comments("w1").iloc[0].tolist()
    assert first[1:] == ["open.good", "hr", "Godt", key] and len(first[0]) == 16
    store.save(key, "open.good", "words", "Godt")
    assert store.comments()["id"].tolist() == [first[0]]
    store.save(key, "open.good", "words", "Skidt")
    assert store.comments()["id"].tolist() != [first[0]]


def test_a_session_refuses(store):
    code = new_code()
    key = store.begin("w1", "north", "top", code=code)
    for act, said in (
        (lambda: store.begin("w1", "north", "hr", code=code), "in use"),
        (lambda: store.begin("w1", "east", "hr"), "no unit 'east'"),
        (lambda: store.begin("w1", "north", "chef"), "does not ask 'chef'"),
        (lambda: store.save(key, "trust.01", "agreement", "4"), "top is not asked trust.01"),
        (lambda: store.save(key, "trust.02", "agreement", "6"), "'6' is not on its scale"),
        (lambda: store.save(key, "pay.slip", "used", "dk"), "not on its scale"),
        (lambda: store.save("nobody", "trust.02", "agreement", "4"), "not in the store"),
    ):
        with pytest.raises(StoreError, match=said):
            act()


def test_codes_are_readable_and_not_in_the_file(store, engagement, take):
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert [len(part) for part in code.split("-")] == [4, 4, 2]
        assert set(code) <= {*ALPHABET, "-"}
    store.add(take([HEADER, ["SECRETCODE77", *ROW[1:]]]))
    store.begin("w1", "north", "hr", code=(code := new_code()))
    for file in engagement.folder.glob("answers.sqlite*"):
        data = file.read_bytes()
        assert b"SECRETCODE77" not in data and code.encode() not in data


def test_no_order_of_arrival_in_the_file(store, engagement):
    keys = [store.begin("w1", "north", "hr") for _ in range(20)]
    with sqlite3.connect(engagement.folder / "answers.sqlite") as connection:
        stored = [row[0] for row in connection.execute("SELECT key FROM respondents")]
        for table in ("respondents", "answers", "imports", "waves"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                connection.execute(f"SELECT rowid FROM {table}")
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert stored == sorted(keys) != keys
    assert store.read().people["respondent"].tolist() == sorted(keys)


def test_releases(store):
    assert store.record_release("w1", DAY, {"groups": ["north"], "ø": 1}) == 1
    assert store.record_release("w2", DAY, {}) == 2
    assert [release.wave for release in store.releases()] == ["w1", "w2"]
    (release,) = store.releases("w1")
    assert release.day == DAY and release.audit == {"groups": ["north"], "ø": 1}


def test_erasing_reaches_the_file(store, engagement, take):
    store.add(take([HEADER, [*ROW[:7], "Hemmelig sætning"], ["002", *ROW[1:]]]))
    store.freeze("w1", "abc", DAY)
    assert store.erase(store.find("001")) == 1
    assert len(store.read()) == 1
    for file in engagement.folder.glob("answers.sqlite*"):
        assert b"Hemmelig" not in file.read_bytes()
    assert store.purge("w1") == 1
    assert len(store.read()) == 0 and store.read().answers.empty


def test_files_that_are_no_store(engagement, tmp_path):
    path = engagement.folder / "answers.sqlite"
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(StoreError, match=r"answers.sqlite is not a SQLite database"):
        open_store(engagement)
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (x)")
    with pytest.raises(StoreError, match="database of something else.*recipes"):
        open_store(engagement)
    for url, said in (("sqlite://[nonsense", "is no URL"), ("sqlite:////none/x.sqlite", "folder is not there"),
                      ("oracle9://x", "cannot be opened"), ("postgresql+nodriver://u:pw@h/d", "cannot be opened")):  # fmt: skip
        with pytest.raises(StoreError, match=said) as caught:
            Store.open(url)
        assert "pw" not in str(caught.value)
    with pytest.raises(StoreError, match="There are no answers yet"):
        Store.open(f"sqlite:///{tmp_path}/none.sqlite", create=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_a_damaged_store_says_so_whatever_was_hit(engagement, take):
    with open_store(engagement) as store:
        store.add(take([HEADER, *([f"{i:03}", *ROW[1:]] for i in range(40))]))
    path = engagement.folder / "answers.sqlite"
    whole = path.read_bytes()
    rng = random.Random(7)
    hits = [whole[:at] for at in (15, 100, 512, 4096, len(whole) // 2, len(whole) - 4096)]
    # What the tables are called and made of is text of SQLite's own.
    hits += [
        whole.replace(word, b"\xe1" * len(word)) for word in (b"CREATE", b"respondents", b"w1")
    ]
    for _ in range(30):
        hit = bytearray(whole)
        for at in rng.sample(range(len(hit)), 6):
            hit[at] ^= 1 << rng.randrange(8)
        hits.append(bytes(hit))
    said = set()
    for hit in hits:
        path.write_bytes(hit)
        for beside in engagement.folder.glob("answers.sqlite-*"):
            beside.unlink()
        try:
            with open_store(engagement, create=False, write=False) as store:
                store.read()
        except StoreError as error:
            said.add(str(error))
    assert "The store answers.sqlite is damaged; restore a backup. Nothing was changed." in said
    assert not any("codec" in one or "Could not decode" in one for one in said)


def test_a_newer_store_is_left_alone(store, engagement):
    with sqlite3.connect(engagement.folder / "answers.sqlite") as connection:
        connection.execute("UPDATE meta SET schema_version = 99")
    with pytest.raises(StoreError, match="newer hrkit .*Update hrkit"):
        open_store(engagement)


def test_a_relative_url_starts_at_the_folder(engagement):
    mine = dataclasses.replace(engagement, store="sqlite:///own.sqlite")
    with open_store(mine) as store:
        store.begin("w1", "north", "hr")
    assert (engagement.folder / "own.sqlite").is_file()


def test_in_memory(take):
    with Store.open("sqlite://") as store:
        assert store.add(take([HEADER, ROW]).responses) == Added(1, 0, 0)
        assert len(store.read("w1")) == 1
        assert store.comments().columns.tolist() == [
            "id",
            "item",
            "perspective",
            "text",
            "respondent",
        ]


def test_hostile_text_is_data(store, take):
    bad = "'); DROP TABLE answers;-- =cmd|' /C calc'!A0 ${x} {{y}}"
    store.add(take([HEADER, ["o'b\"1", *ROW[1:7], bad]]))
    assert store.comments()["text"].tolist() == [bad]
    assert len(store.find("o'b\"1")) == 1


def test_errors_survive_pickling(store, take):
    store.add(take([HEADER, ROW]))
    with pytest.raises(AnswersError) as caught:
        store.add(take([HEADER, ["001", *ROW[1:4], "5"]]))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_the_tables_exist_in_other_dialects_too():
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    from hrkit.answers import schema

    for table in (schema.meta, schema.respondents, schema.answers, schema.imports, schema.waves):
        assert "WITHOUT ROWID" not in str(CreateTable(table).compile(dialect=postgresql.dialect()))


CELL = st.sampled_from(["", "1", "2", "3", "4", "5", "dk"])
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["w1", "w2"]),
        st.sampled_from(["north", "south2"]),
        CELL,
        CELL,
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20),
    ).filter(lambda row: any(cell.strip() for cell in row[2:])),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=PEOPLE, coded=st.booleans())
def test_whatever_is_given_is_read_back(engagement, write_csv, people, coded):
    header = ["code", "wave", "unit", "perspective", "trust.01", "trust.02", "open.good"]
    rows = [
        [f"{i:03}" if coded else "", w, u, "hr", *rest] for i, (w, u, *rest) in enumerate(people)
    ]
    if any(row[-1].strip() in ERROR_VALUES for row in rows):
        return
    reading = read_answers(write_csv([header, *rows]), engagement)
    assert reading.rows == len(rows)
    with Store.open("sqlite://", engagement=engagement) as store:
        assert store.add(reading) == Added(len(rows), 0, 0)
        assert store.add(reading) == Added(0, len(rows), 0)
        assert content_digest(store.read()) == content_digest(reading.responses)
        texts = sorted(clean(row[-1]) for row in rows if row[-1].strip())
        assert sorted(store.comments()["text"]) == texts


def test_what_tells_a_file_is_the_same_in_every_version_of_the_kit():
    people = [("b", "w1", "all", "hr", None, "p"), ("a", "w1", "all", "leader", None, None)]
    answers = [("a", "x", "f", "Ægte “ord”"), ("b", "y", "f", "4"), ("a", "w", "g", "dk")]
    written = [
        json.dumps(["K1", list(people[1][1:]), [["w", "g", "dk"], ["x", "f", "Ægte “ord”"]]]),
        json.dumps([None, list(people[0][1:]), [["y", "f", "4"]]]),
    ]
    expected = hashlib.sha256("\n".join(sorted(written)).encode()).hexdigest()
    said = {"b": {("y", "f"): "4"}, "a": {("x", "f"): answers[0][3], ("w", "g"): "dk"}}
    for made in (tables(people, answers), of_given(people, said)):
        assert content_digest(made, {"a": "K1"}) == expected
        assert made.given == said
        assert sorted(made.answers.itertuples(index=False, name=None)) == sorted(answers)


@pytest.mark.parametrize("named", [False, True], ids=["SQLite", "another database"])
def test_many_rows_at_once_stay_as_they_are(monkeypatch, named):
    table = Table("some", MetaData(), Column("id", Text, primary_key=True), Column("order", Text))
    rows = [(str(n), None if n % 7 else "'; --") for n in range(1100)]
    with create_engine("sqlite://").begin() as connection:
        table.create(connection)
        if named:
            monkeypatch.setattr(connection.dialect, "name", "another")
        insert_rows(connection, table, ("id", "order"), rows)
        insert_rows(connection, table, ("id",), [])
        assert sorted(map(tuple, connection.execute(select(table)))) == sorted(rows)
