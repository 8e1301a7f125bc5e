"""A store on a PostgreSQL server: what holds for a file holds there, and what only servers have.

The first tests are those of the file, collected here a second time with an engagement whose answers
lie on a server.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from hrkit.answers import schema
from hrkit.answers.codes import new_code
from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import Added, Slip, Store, open_store
from hrkit.commands.duties import encrypt, erase
from hrkit.errors import StoreError
from hrkit.model import engagement_file as engagements
from hrkit.storage import database
from tests import postgres

from .sample import ENGAGEMENT, HEADER, ROW, dump
from .test_batches import (  # noqa: F401
    test_a_code_stays_good_and_a_void_one_void,
    test_a_frozen_wave_stays_and_keeps_nothing_for_undoing,
    test_a_later_import_over_an_earlier_one_is_undone_first,
    test_erasure_and_purge_leave_nothing_to_undo,
    test_names,
    test_undone_answers_leave_what_was_issued_as_an_erased_person_does,
    test_what_brings_nothing_new_is_no_batch,
    test_who_has_gone_on_by_themselves_stays,
    test_whoever_asks_is_shown_what_stood_before_too,
)
from .test_codes import test_a_drawn_code_resumes_however_it_is_typed  # noqa: F401
from .test_processes import (  # noqa: F401
    test_a_store_may_cross_a_fork,
    test_killed_in_the_middle_of_an_import,
)
from .test_store import (  # noqa: F401
    DAY,
    store,
    take,
    test_a_coded_row_with_other_answers_is_a_conflict,
    test_a_frozen_wave_takes_nothing,
    test_a_grown_list_without_codes_is_refused,
    test_a_second_read_changes_nothing,
    test_a_session,
    test_a_session_refuses,
    test_errors_survive_pickling,
    test_hostile_text_is_data,
    test_releases,
    test_the_same_person_in_a_second_wave,
    test_what_is_read_is_what_was_given,
)


@pytest.fixture(scope="module")
def server():
    with postgres.running() as server:
        yield server


@pytest.fixture
def url(server, request):
    name = f"s{abs(hash(request.node.nodeid)):x}"
    server.do(f"CREATE SCHEMA {name}")
    yield server.url(name)
    server.do(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def folder(tmp_path: Path, url: str) -> Path:
    """An engagement whose answers lie on the server; in place of the one beside a file."""
    place = tmp_path / "acme"
    place.mkdir()
    text = f"{ENGAGEMENT}store: {json.dumps(url)}\n"
    (place / "engagement.yml").write_text(text, encoding="utf-8")
    (place / "small.yml").write_bytes((Path(__file__).parent / "small.yml").read_bytes())
    return place


def test_nothing_of_the_answers_lies_in_the_folder(store, engagement, take):  # noqa: F811
    store.add(take([HEADER, ROW]))
    assert sorted(one.name for one in engagement.folder.iterdir()) == [
        "engagement.yml",
        "small.yml",
    ]


def test_ten_writers_at_once_in_a_new_store(engagement):
    """Ten processes, forked from this one so that nothing is imported ten times over."""
    begin, go = os.pipe()
    crowd = []
    for _ in range(10):
        if (child := os.fork()) == 0:
            try:
                os.close(go)
                os.read(begin, 1)  # until the other end is closed: all at once
                for _ in range(2):
                    with open_store(engagement) as opened:
                        key = opened.begin("w1", "north", "hr")
                        for i in range(5):
                            opened.save(key, "trust.02", "agreement", str(1 + i % 5))
                            opened.save(key, "open.good", "words", f"{i}")
                os._exit(0)
            finally:
                os._exit(1)
        crowd.append(child)
    os.close(begin)
    os.close(go)
    assert [os.waitpid(child, 0)[1] for child in crowd] == [0] * 10
    with open_store(engagement) as opened:
        responses = opened.read("w1")
        assert len(responses) == 20
        assert sorted(responses.answers["value"]) == ["4"] * 20 + ["5"] * 20


def test_the_same_code_is_begun_once_whoever_is_quicker(engagement):
    code, said = new_code(), []
    with open_store(engagement, held=True) as held:

        def begin():
            try:
                said.append(held.begin("w1", "north", "hr", code=code))
            except StoreError as error:
                said.append(str(error))

        crowd = [threading.Thread(target=begin) for _ in range(10)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        assert len(held.read()) == 1
    assert sum("in use" in one for one in said) == 9


def test_a_reader_sees_one_state_throughout(store, engagement, take):  # noqa: F811
    """A report reads many tables: an import in between would show half of itself."""
    with store.looking("w1") as round:
        connection = round._connection
        count = sa.select(sa.func.count()).select_from(schema.respondents)
        assert connection.scalar(count) == 0
        with open_store(engagement) as other:
            assert other.add(take([HEADER, ROW])) == Added(1, 0, 0)
        assert connection.scalar(count) == 0
        with pytest.raises(sa.exc.DBAPIError, match="read-only"):
            connection.execute(schema.respondents.delete())
    assert len(store.read()) == 1


def test_a_version_is_issued_of_what_stands_when_it_is_written(store, engagement, take):  # noqa: F811
    """Who waits to write sees, at the first look, all that was written before."""
    seen, inside = [], threading.Event()

    def issue():
        with open_store(engagement) as other, other.issuing("w1") as round:
            seen.append(len(round.responses()))

    with store._write() as connection:
        thread = threading.Thread(target=issue)
        thread.start()
        inside.wait(0.3)
        assert seen == []
        row = {"key": "0" * 32, "wave": "w1", "unit": "north", "perspective": "hr"}
        connection.execute(schema.respondents.insert().values(**row))
        said = {"respondent": row["key"], "item": "trust.02", "facet": "agreement", "value": "4"}
        connection.execute(schema.answers.insert().values(**said))
    thread.join()
    assert seen == [1]


def test_what_was_erased_is_out_of_the_tables(store, server, folder, take):  # noqa: F811
    secret = "En sætning som ingen anden har sagt"
    store.add(take([HEADER, ["001", *ROW[1:7], secret], ["002", *ROW[1:]]]))
    assert server.tables_hold(secret.encode())
    store.close()
    erase(folder, "001")
    assert not server.tables_hold(secret.encode())
    assert len(store.read()) == 1
    store.purge("w1")
    assert len(store.read()) == 0


def test_rows_lie_in_the_order_of_random_keys_once_rewritten(store, url):  # noqa: F811
    keys = [store.begin("w1", "north", "hr") for _ in range(20)]
    store.tidy()
    engine = database.connect(database.locate(url, Path()))
    with database.reading(engine, "store") as connection:
        lying, ordered = (
            [
                row[0]
                for row in connection.exec_driver_sql(f"SELECT key FROM respondents ORDER BY {by}")
            ]
            for by in ("ctid", "key")  # in Danish, as this server has it, aa comes last
        )
        assert lying == ordered != keys and sorted(ordered) == sorted(keys)


def test_the_steps_of_older_tables_run_there(url, server):
    """Tables that were brought up to date step by step are those that are made at once."""

    def shape(address):
        look = sa.inspect(database.connect(database.locate(address, Path())))
        return {
            name: sorted((c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(name))
            for name in look.get_table_names()
        }

    engine = database.connect(database.locate(url, Path()))
    with database.writing(engine, "store") as connection:
        assert schema.upgrade(connection, schema.STEPS, 0) == schema.VERSION
    stepped = shape(url)
    server.do("CREATE SCHEMA at_once")
    try:
        Store.open(server.url("at_once")).close()
        assert shape(server.url("at_once")) == stepped
    finally:
        server.do("DROP SCHEMA at_once CASCADE")


def test_another_s_database_and_another_engagement_s_are_refused(store, engagement, server, url):  # noqa: F811
    store.begin("w1", "north", "hr")
    path = engagement.folder / "engagement.yml"
    path.write_text(path.read_text("utf-8").replace("id: acme", "id: beta"), "utf-8")
    with pytest.raises(StoreError, match="acme"):
        open_store(engagements.load(engagement.folder))
    server.do("CREATE SCHEMA kitchen", "CREATE TABLE kitchen.recipes (x int)")
    try:
        with pytest.raises(StoreError, match="database of something else.*recipes"):
            Store.open(server.url("kitchen"))
    finally:
        server.do("DROP SCHEMA kitchen CASCADE")


def test_a_newer_store_and_an_empty_one_are_left_alone(engagement, url):
    with pytest.raises(StoreError, match="There are no answers yet"):
        open_store(engagement, create=False)
    assert dump(engagement) == []
    open_store(engagement).close()
    engine = database.connect(database.locate(url, Path()))
    with database.writing(engine, "store") as connection:
        connection.execute(sa.update(schema.meta).values(schema_version=99))
    with pytest.raises(StoreError, match="newer hrkit .*Update hrkit"):
        open_store(engagement)


def test_a_server_that_is_away_or_refuses_is_said_in_words(server):
    gone = f"postgresql://hrkit:secret@/answers?host={server.place}/nobody"
    for address, said in (
        (gone, "cannot be reached"),
        ("postgresql://hrkit:secret@127.0.0.1:1/answers?password=secret", "cannot be reached"),
        (server.url("x").replace("/answers", "/cellar"), "knows no such database"),
        (server.url("nowhere"), "has no schema"),
    ):
        with pytest.raises(StoreError, match=said) as caught:
            Store.open(address)
        assert "secret" not in str(caught.value)


def test_a_server_encrypts_by_itself(folder):
    with pytest.raises(StoreError, match="by itself: ask whoever runs it"):
        encrypt(folder)


def test_a_backup_restored_is_the_same_store(store, engagement, server, take, tmp_path, url):  # noqa: F811
    """As docs/postgresql.md says it: pg_dump, then psql into an empty schema."""
    code = store.hand_out("w1", Slip("north", "leader"), 1)[0]
    store.add(take([HEADER, ROW]))
    store.freeze("w1", "abc", DAY)
    name = url.rpartition("%3D")[2]
    before = dump(engagement)
    binaries, own = postgres._binaries(), ["-h", server.place, "-U", "hrkit", "-d", "answers"]
    saved = subprocess.run(
        [binaries / "pg_dump", *own, "-n", name], capture_output=True, check=True
    )
    server.do(f"DROP SCHEMA {name} CASCADE")
    subprocess.run(
        [binaries / "psql", "-q", "-v", "ON_ERROR_STOP=1", *own],
        input=saved.stdout, capture_output=True, check=True,
    )  # fmt: skip
    assert dump(engagement) == before
    with open_store(engagement) as again:
        assert again.handed(code, "w1") == Slip("north", "leader")
        assert again.add(read_answers(tmp_path / "answers.csv", engagement)) == Added(0, 1, 0)
