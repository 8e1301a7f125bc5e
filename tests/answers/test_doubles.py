"""The same people twice, without codes: named, refused, and a way out."""

from __future__ import annotations

import random

import pytest

from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import Added, open_store
from hrkit.errors import AnswersError
from hrkit.model import engagement_file as engagements

from .sample import ENGAGEMENT

ASKED = ["roles", "trust", "presence", "expertise", "direction"]
KEYS = [f"{section}.0{i}" for section in ASKED for i in range(1, 6)]
HEADER = ["code", "wave", "unit", "perspective", *KEYS]


@pytest.fixture
def engagement(folder):
    path = folder / "engagement.yml"
    path.write_text(ENGAGEMENT.replace("instrument: small", "instrument: partnership"), "utf-8")
    return engagements.load(folder)


def people(count, seed=1):
    draw = random.Random(seed)
    return [
        ["", "w1", "north", "leader", *(str(draw.randint(1, 5)) for _ in KEYS)]
        for _ in range(count)
    ]


@pytest.fixture
def take(engagement, write_csv):
    return lambda rows, header=HEADER: read_answers(write_csv([header, *rows]), engagement)


def grown(change):
    """The old rows as an export holds them later, and nine new ones."""
    return [change(list(row)) for row in people(8)] + people(9, seed=2)


def corrected(row):
    return [*row[:9], "1" if row[9] != "1" else "2", *row[10:]]


CHANGES = {
    "as it was": lambda row: row, "one answer corrected": corrected, "another unit": lambda row: [*row[:2], "south", *row[3:]],
    "with codes now": lambda row: ["".join(row[4:14]), *row[1:]], "an answer taken back": lambda row: [*row[:6], "", *row[7:]],
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_grown_export_is_refused_with_a_way_out(engagement, take, name):
    rows = grown(CHANGES[name])
    random.Random(3).shuffle(rows)
    with open_store(engagement) as store:
        store.add(take(people(8)))
        for rehearse in (True, False):
            with pytest.raises(AnswersError, match="8 of 17 rows .*--doubles same") as caught:
                store.add(take(rows), rehearse=rehearse)
            assert len(caught.value.problems) == 8
        added = store.add(take(rows), doubles="same")
        assert (added.new, added.same + added.replaced) == (9, 8)
        assert len(store.read()) == 17


def test_a_column_that_was_added(engagement, take):
    header = [*HEADER, "roles.importance"]
    rows = [[*row, "3"] for row in grown(lambda row: row)]
    with open_store(engagement) as store:
        store.add(take(people(8)))
        before = set(store.read().people["respondent"])
        with pytest.raises(AnswersError, match="8 of 17 rows"):
            store.add(take(rows, header))
        assert store.add(take(rows, header), doubles="same") == Added(9, 0, 8)
        stored = store.read()
        assert before < set(stored.people["respondent"])
        assert (stored.answers["item"] == "roles.importance").sum() == 17


def test_one_old_row_among_many_new(engagement, take):
    with open_store(engagement) as store:
        store.add(take(people(8)))
        with pytest.raises(AnswersError, match="1 of 10 rows"):
            store.add(take([people(8)[3], *people(9, seed=2)]))


def test_others_may_answer_alike(engagement, take):
    with open_store(engagement) as store:
        store.add(take(people(8)))
        assert store.add(take(grown(lambda row: row)), doubles="other") == Added(17, 0, 0, alike=8)


def test_people_who_agree_with_everything_are_not_taken_for_one(engagement, take):
    flat = [["", "w1", "north", "leader", *["4"] * len(KEYS)]]
    with open_store(engagement) as store:
        store.add(take(people(8) + flat))
        assert store.add(take(people(9, seed=2) + flat)) == Added(10, 0, 0, alike=1)


def test_new_people_are_new(engagement, take):
    with open_store(engagement) as store:
        for seed in range(3):
            assert store.add(take(people(60, seed))) == Added(60, 0, 0)


def test_doubles_in_one_file_are_named(take):
    rows = people(6)
    notes = take([*rows, rows[2]]).notes
    assert any("rows 4, 8 are exactly alike" in note for note in notes)
    notes = take([*rows, corrected(list(rows[1]))]).notes
    assert any("rows 3, 8 are nearly alike" in note for note in notes)
    flat = ["", "w1", "north", "leader", *["4"] * len(KEYS)]
    (note,) = [
        note for note in take([*rows, flat, flat]).notes if "alike" in note or "like" in note
    ]
    assert "2 rows without a code are exactly like another row, which may be chance: 8–9" in note
    assert not any("like" in note for note in take(rows).notes)
