"""One way to compare text from outside, one to keep it, one to print it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrkit.text import Lookup, clean, normal, normal_number, oddities, shown, visible

SAME = {
    "I trust my partner": [
        "I\xa0trust my\xa0partner", "I trust my partner\u200b", "\ufeffI trust my partner", " i  TRUST my partner ",
        "I trust\r\nmy partner", "I trust_x000D_\nmy partner", "I tru\xadst my partner", "'I trust my partner",
        "Ｉ trust my partner", "I trust\u202fmy partner", "I\u2060 trust my partner", "\u202aI trust my partner\u202c",
        "I trust my\tpartner", "I trust\u2028my partner", '="I trust my partner"', "I trust\ufe0f my partner",
    ],
    "Spørgsmål – så": ["SPØRGSMÅL - SÅ", unicodedata.normalize("NFD", "Spørgsmål — så")],
    "don't know": ["Don’t know", "don´t know", "don`t know"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "spelled"), [(a, b) for a, many in SAME.items() for b in many])
def test_what_looks_the_same_is_the_same(text: str, spelled: str) -> None:
    assert normal(text) == normal(spelled)
    assert Lookup({text: 1}).get(spelled) == 1


@pytest.mark.parametrize(
    "other", ["I trust my partners", "Itrust my partner", "", "I trust my partner 1"]
)
def test_what_looks_different_is_not_the_same(other: str) -> None:
    assert normal(other) != normal("I trust my partner")


@given(st.text(max_size=40))
def test_comparing_twice_is_comparing_once(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert clean(clean(text)) == clean(text)
    assert all(
        c in "\n\t" or unicodedata.category(c) not in ("Cc", "Zl", "Zp", "Cs")
        for c in visible(text)
    )
    assert "\n" not in shown(text) and len(shown(text)) <= 60


def test_numbers() -> None:
    four = {
        normal_number(text)
        for text in ("4", "4,0", "4.0", "04", "４", "'4", " 4\xa0", "+4", '="4"')
    }
    assert four == {"4"}
    assert len({normal_number(text) for text in ("1.000", "1", "1000")}) == 3


def test_entries_that_only_their_spelling_tells_apart_are_found_by_it() -> None:
    table = Lookup({"A": 1, "a": 2, "01": 3, "b": 4})
    assert [table.get(text) for text in ("A", "a", "ａ", "1", "B\u200b", "c")] == [
        1,
        2,
        None,
        3,
        4,
        None,
    ]


def test_words_are_kept_as_they_are_seen() -> None:
    assert clean("Tak\xa0!\r\nJa_x000D_\n\x1b[2J\u202eok ") == "Tak\xa0!\nJa\n[2Jok"
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}"
    assert clean(family) == family
    assert clean("A\N{COMBINING RING ABOVE}rhus") == "Århus"


def test_what_is_disregarded_is_said() -> None:
    assert oddities("plain text, så") == ()
    assert set(oddities("a\xa0b\u200bc\xadd\ufeff\x07 A\u030a ５")) == {
        "no-break spaces",
        "zero-width characters",
        "soft hyphens",
        "byte order marks",
        "control characters",
        "letters in two pieces",
        "full-width characters",
    }


def test_nothing_steers_a_terminal() -> None:
    assert visible("\x1b]0;x\x07\x9b31m\u202e\u2066\r\x08\u2028") == (
        "\\x1b]0;x\\x07\\x9b31m\\u202e\\u2066\\r\\x08\\u2028"
    )
    assert visible("Så\xa0er det\n\t– ☃") == "Så\xa0er det\n\t– ☃"
