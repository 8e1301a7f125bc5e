"""The same person under another spelling of the code; and never another person."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest

from hrkit.answers.codes import canonical, new_code, rounded, scramble
from hrkit.answers.readers.template import read_answers
from hrkit.answers.store import Added, open_store
from hrkit.errors import AnswersError

from .sample import HEADER, ROW


@pytest.fixture
def take(engagement, write_csv):
    return lambda *codes, wave="w1", **how: read_answers(
        write_csv([HEADER, *([code, wave, *ROW[2:]] for code in codes)], **how), engagement
    )


PAIRS = [
    ("0001", "1"), ("1", "0001"), ("0012", "12.0"), ("0012", "12,0"), ("0012", "'0012"), ("0012", '="0012"'),
    ("0000", "0"), ("Kim@X.example", "kim@x.EXAMPLE"), ("A1", "a1"), ("k7mq4xrt9b", "K7MQ-4XRT-9B"),
    ("Åse 1", unicodedata.normalize("NFD", "åse\xa01")), ("P\u200b1", "p1"), ("１２", "12"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_one_person_in_two_spellings(engagement, take, first, second):
    assert canonical(first) == canonical(second)
    with open_store(engagement) as store:
        assert store.add(take(first)) == Added(1, 0, 0)
        assert store.add(take(second)) == Added(0, 1, 0)
        assert store.add(take(second, wave="w2")) == Added(1, 0, 0)
        assert len(store.links("w1", "w2")) == 1
        assert store.find(first) == store.find(second) != ()
    with pytest.raises(AnswersError, match=r"row 3.* stands in row 2 already"):
        take(first, second)


@pytest.mark.parametrize(("one", "other"), [
    ("A1", "A01"), ("1", "10"), ("001", "1a"), ("1", "1.5"), ("a b", "ab"), ("1000", "1.000"), ("x-1", "x1")])  # fmt: skip
def test_two_people_stay_two(engagement, take, one, other):
    with open_store(engagement) as store:
        assert store.add(take(one, other)) == Added(2, 0, 0)


@pytest.mark.parametrize("code", ["1,23E+15", "1.23457E+15", "2E+15", "1,23450e+15", "'1,2E+09"])
def test_a_rounded_code_is_refused(take, code):
    assert rounded(code)
    with pytest.raises(AnswersError, match="that a spreadsheet has rounded"):
        take(code)


@pytest.mark.parametrize("code", ["2E10", "E15", "12E", "1E5B"])
def test_a_code_that_only_looks_a_little_like_it_is_taken(take, code):
    assert take(code).rows == 1


def test_a_number_of_sixteen_digits_in_a_workbook_is_refused(engagement, write_xlsx):
    path = write_xlsx([HEADER, [1234567890123456, *ROW[1:]]])
    with pytest.raises(AnswersError, match="keeps only fifteen digits"):
        read_answers(path, engagement)


def _older(engagement, *codes):
    """A store in which codes lie as the first version kept them: as they were typed."""
    with sqlite3.connect(engagement.folder / "answers.sqlite") as db:
        (salt,) = db.execute("SELECT salt FROM meta").fetchone()
        keys = [key for (key,) in db.execute("SELECT key FROM respondents ORDER BY key")]
        for key, code in zip(keys, codes, strict=True):
            db.execute(
                "UPDATE respondents SET code_hash = ? WHERE key = ?", (scramble(code, salt), key)
            )
    db.close()


@pytest.mark.parametrize(("typed", "now"), [
    ("0001", "1"), ("0001", "0001"), ("kim@x.example", "Kim@X.example"), ("Kim@X.example", "Kim@X.example"),
    ("007", "07"), ("1.0", "1")])  # fmt: skip
def test_codes_of_an_older_store_are_found(engagement, take, typed, now):
    with open_store(engagement) as store:
        store.add(take("x"))
    _older(engagement, typed)
    with open_store(engagement) as store:
        assert store.add(take(now)) == Added(0, 1, 0)
        assert store.add(take(now, wave="w2")) == Added(1, 0, 0)
        assert len(store.links("w1", "w2")) == 1
        assert len(store.find(now)) == 2


def test_an_older_store_that_holds_both_spellings_keeps_two_people(engagement, take):
    with open_store(engagement) as store:
        store.add(take("x", "y"))
    _older(engagement, "A1", "a1")
    with open_store(engagement) as store:
        assert store.add(take("a1")) == Added(0, 1, 0)
        assert store.add(take("A1")) == Added(0, 1, 0)
        assert store.find("A1") != store.find("a1")
    _older(engagement, "01", "001")
    with open_store(engagement) as store, pytest.raises(AnswersError, match="one of several"):
        store.add(take("1"))


def test_a_drawn_code_resumes_however_it_is_typed(engagement):
    code = new_code()
    with open_store(engagement) as store:
        key = store.begin("w1", "north", "hr", code=code)
        found = store.resume(code.lower().replace("-", "\xa0"), "w1")
        assert found is not None and found.respondent == key
