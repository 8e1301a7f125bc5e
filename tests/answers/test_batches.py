"""An import is undone whole, and what it had replaced stands again; a frozen wave stays as it is."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrkit.answers.codes import token
from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import Slip, open_store
from hrkit.commands.imports import imports
from hrkit.commands.undo import TakenBack, undo
from hrkit.errors import AnswersError, StoreError
from hrkit.model import engagement_file as engagements

from . import sample
from .sample import HEADER

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(engagement):
    with open_store(engagement) as opened:
        yield opened


@pytest.fixture
def take(engagement, write_csv):
    return lambda rows, **how: read_answers(write_csv(rows, **how), engagement)


def dump(engagement):
    """Every row of every table, but for the record of what was done."""
    return [line for line in sample.dump(engagement) if '{"act": ' not in line]


def row(code, first="4", words="NA", wave="w1"):
    return [code, wave, "north", "leader", first, "Enig", "dk", words]


def test_an_import_is_listed_and_undone_whole(store, engagement, take):
    store.add(take([HEADER, row("001"), row("002", "3")]), name="spring")
    before = dump(engagement)
    reading = take([HEADER, row("003", "2", "Kort."), row("004", "1", wave="w2")])
    added = store.add(reading)
    assert added.batch == str(dt.date.today())
    listed = store.imports()
    assert [one.name for one in listed] == ["spring", added.batch]
    assert listed[1].waves == ("w1", "w2") and (listed[1].new, listed[1].here) == (2, 2)
    assert f"{added.batch}  {added.batch}  w1, w2: 2 rows, 2 new" in str(imports(engagement.folder))
    done = store.undo(added.batch)
    assert (done.gone, done.back, done.left, done.issued) == (2, 0, 0, 0)
    assert dump(engagement) == before
    assert b"Kort." not in (engagement.folder / "answers.sqlite").read_bytes()
    # The file may come again: it was never there.
    assert store.add(reading).new == 2
    assert "2 people of it went" in str(undo(engagement.folder))
    assert dump(engagement) == before


def test_words_that_were_passed_go_with_their_import(store, engagement, take):
    store.add(take([HEADER, row("001", words="Bliver.")]))
    stays = set(store.comments()["id"])
    store.add(take([HEADER, row("002", words="Går.")]))
    path = engagement.folder / "engagement.yml"
    before = path.read_text("utf-8")
    listed = [f'  - {{id: "{id}", text: "Kort."}}\n' for id in sorted(set(store.comments()["id"]))]
    path.write_text(f"{before}\ncomments:\n{''.join(listed)}", "utf-8")
    undo(engagement.folder)
    assert {one.id for one in engagements.load(engagement.folder).comments} == stays


def test_what_brings_nothing_new_is_no_batch(store, take):
    reading = take([HEADER, row("001")])
    store.add(reading)
    assert store.add(reading).batch == "" and len(store.imports()) == 1


def test_answers_that_were_replaced_stand_again(store, engagement, take):
    store.add(take([HEADER, row("001", "4", "Først."), row("002")]))
    before = dump(engagement)
    changed = [HEADER, row("001", "5", "Siden."), row("002"), row("003")]
    second = store.add(take(changed), replace=True)
    assert (second.new, second.replaced, second.same) == (1, 1, 1)
    done = store.undo()
    assert (done.gone, done.back, done.left) == (1, 1, 0)
    assert dump(engagement) == before
    assert b"Siden." not in (engagement.folder / "answers.sqlite").read_bytes()


def test_a_later_import_over_an_earlier_one_is_undone_first(store, engagement, take):
    stages = [dump(engagement)]
    for first in ("1", "2", "3"):
        store.add(take([HEADER, row("001", first)]), replace=True, name=f"number {first}")
        stages.append(dump(engagement))
    with pytest.raises(StoreError, match="number 3, number 2|number 2 came later"):
        store.undo("number 1")
    assert dump(engagement) == stages[-1]
    for stage in reversed(stages[:-1]):
        store.undo()
        assert dump(engagement) == stage


def test_who_has_gone_on_by_themselves_stays(store, engagement, take):
    store.add(take([HEADER, row("001"), row("002", "2")]))
    (key,) = store.find("001")
    store.save(key, "trust.01", "agreement", "4")  # what stands there: nothing was answered
    assert store.imports()[0].here == 2
    store.save(key, "trust.01", "agreement", "1")
    done = store.undo()
    assert (done.gone, done.left) == (1, 1)
    assert store.find("001") == (key,) and store.find("002") == ()
    assert "1 person of it answered on by themselves" in str(TakenBack(done))


def test_a_code_stays_good_and_a_void_one_void(store, engagement, take):
    first, lost = store.hand_out("w1", Slip("north", "leader"), 2)
    store.add(take([HEADER, row(first), row(lost, "2")]))
    store.add(take([HEADER, row(first), row(lost, "1")]), replace=True)
    store.replace_code(lost, "w1")
    store.undo()
    assert store.find(lost) == (), "a code that was lost opens nothing, whatever is undone"
    store.undo()
    assert len(store.read()) == 0
    assert store.handed(first, "w1") == Slip("north", "leader")


def test_a_frozen_wave_stays_and_keeps_nothing_for_undoing(store, engagement, take):
    store.add(take([HEADER, row("001", "4", "Først.")]))
    store.add(take([HEADER, row("001", "5", "Siden."), row("002", wave="w2")]), replace=True)
    store.freeze("w1", "abc", DAY)
    before = dump(engagement)
    assert not any("Først." in line for line in before)
    for name in ("", store.imports()[0].name):
        with pytest.raises(StoreError, match="w1 was released and is frozen"):
            store.undo(name)
    assert dump(engagement) == before
    assert all(one.frozen == ("w1",) for one in store.imports())


def test_names(store, take, engagement):
    with pytest.raises(StoreError, match="Nothing was imported"):
        store.undo()
    store.add(take([HEADER, row("001")]), name=" spring\u200b ")
    with pytest.raises(AnswersError, match="an import called 'spring' already"):
        store.add(take([HEADER, row("002", "1")]), name="spring")
    with pytest.raises(StoreError, match="no import 'autumn'; there are spring"):
        store.undo("autumn")
    assert len(store.read()) == 1
    store.undo("spring")
    assert store.imports() == ()


def test_whoever_asks_is_shown_what_stood_before_too(store, take):
    store.add(take([HEADER, row("001", "4", "Først.")]))
    store.add(take([HEADER, row("001", "5", "Siden.")]), replace=True)
    (one,) = store.subject("001")
    assert one.answers["trust.01", "agreement"] == "5"
    assert [before["trust.01", "agreement"] for before in one.earlier] == ["4"]
    assert {"Først.", "Siden."} <= store.traces([one.key])[2]


def test_erasure_and_purge_leave_nothing_to_undo(store, engagement, take):
    store.add(take([HEADER, row("001", "4", "Først."), row("002", wave="w2")]))
    store.add(take([HEADER, row("001", "5", "Siden.")]), replace=True)
    store.erase(store.find("001")[:1])
    assert not any("Først." in line for line in dump(engagement))
    store.purge("w1")
    assert [one.waves for one in store.imports()] == [("w2",)]
    store.purge("w2")
    assert store.imports() == ()


def test_undone_answers_leave_what_was_issued_as_an_erased_person_does(store, engagement, take):
    """The gate is told the same, and that they may come again: see `tests/disclosure/test_undone.py`."""
    store.add(take([HEADER, row("001")]))
    store.add(take([HEADER, row("002", "2", "Ord.")]))
    keys = [store.find(code)[0] for code in ("001", "002")]
    people = [
        {"id": token(key), "perspective": "leader", "answers": "4", "counts": "1"} for key in keys
    ]
    shown = {"engagement": "acme", "comments": [{"question": "open.good", "text": "Ord."}]}
    for audit in ({"released": shown, "format": 2, "people": people}, {"note": "no version"}):
        store.record_release("w1", dt.date.today(), audit)
    assert store.undo().issued == 1
    kept = store.releases("w1")[0].audit
    assert kept["people"] == people[:1] and kept["released"]["comments"] == []
    assert kept["undone"] == ["leader"]


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from("12345")),
            min_size=1, max_size=3, unique_by=lambda one: one[0],
        ),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_undoing_all_gives_every_state_back(store, engagement, take, files):
    states = [dump(engagement)]
    for file in files:
        store.add(take([HEADER, *(row(*one) for one in file)]), replace=True)
        states.append(dump(engagement))
    kept = [after for before, after in pairwise([None, *states]) if before != after]
    for state in reversed(kept[:-1]):
        store.undo()
        assert dump(engagement) == state
    assert store.imports() == ()
