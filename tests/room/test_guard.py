"""What strangers may send: hosts, messages, keys, tries."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrkit.errors import HrkitError
from hrkit.room.book import FILE, Book
from hrkit.room.guard import LARGEST, Patience, is_loopback, known_host
from hrkit.room.messages import HOST, PHONE, WALL, parsed


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("192.168.8.2:8700", True),
        ("room.example:8700", True),
        ("ROOM.example.:8700", True),
        ("192.168.8.2", False),
        ("192.168.8.2:80", False),
        ("192.168.8.2:8700.evil.example", False),
        ("evil.example:8700", False),
        ("192.168.8.2:8700@evil.example", False),
        ("", False),
        ("a b:8700", False),
        ("[::1]:8700", False),
    ],
)
def test_only_this_room_is_asked_for(header: str, known: bool) -> None:
    assert known_host(header, {"192.168.8.2", "room.example"}, 8700) is known


def test_this_machine_alone() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "::1", "localhost", "127.8.8.8")))
    assert not any(map(is_loopback, ("0.0.0.0", "192.168.8.2", "::", "localhost.evil.example", "")))


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "7", '"hello"', "{", "{}", '{"type": 7}', '{"type": "nothing"}',
        '{"type": "answer", "view": 7}', '{"type": "answer", "view": "a", "more": "b"}',
        '{"type": "answer", "view": "a", "was": [1]}', '{"type": "answer", "view": "a", "was": [["a"]]}',
        '{"type": "answer", "view": "a", "stamp": true}', '{"type": "hello", "key": "host"}',
        json.dumps({"type": "answer", "view": "a", "was": [None] * 51}),
        json.dumps({"type": "answer", "view": "x" * LARGEST}), "[" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_message_is_none(text: str) -> None:
    assert parsed(text, PHONE) is None
    assert parsed(text.encode(), PHONE) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10,
).map(json.dumps))  # fmt: skip
def test_whatever_comes_is_a_known_message_or_none(text: str) -> None:
    for kinds in (PHONE, WALL, HOST):
        found = parsed(text, kinds)
        assert found is None or found["type"] in kinds


def test_tries_run_out_and_come_back() -> None:
    now = [0.0]
    patience = Patience(3, 5.0, lambda: now[0])
    assert [patience.allows() for _ in range(4)] == [True, True, True, False]
    now[0] = 4.9
    assert not patience.allows()
    now[0] = 10.5
    assert [patience.allows() for _ in range(2)] == [True, False] or patience.allows() is False


def test_the_book_holds_no_key_and_opens_with_those_of_before(tmp_path) -> None:
    book = Book.open(tmp_path, "acme", "w1")
    keys = [book.new_key("host") for _ in range(3)]
    text = (tmp_path / FILE).read_text()
    assert not any(key in text for key in keys)
    again = Book.open(tmp_path, "acme", "w1")
    assert all(again.opens("host", key) for key in keys)
    assert not any(again.opens("screen", key) for key in keys)
    assert not again.opens("host", "x" * 5000)
    assert not again.opens("host", None)
    for _ in range(6):
        again.new_key("host")
    assert not again.opens("host", keys[0])


def test_a_screen_that_stays_open_heals_after_any_number_of_restarts(tmp_path) -> None:
    key = Book.open(tmp_path, "acme", "w1").new_key("host")
    unused = Book.open(tmp_path, "acme", "w1").new_key("host")
    for _ in range(50):
        book = Book.open(tmp_path, "acme", "w1")
        book.new_key("host")
        assert book.opens("host", key)
    assert not Book.open(tmp_path, "acme", "w1").opens("host", unused)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 99}', "\x00"])
def test_a_book_that_cannot_be_read_is_a_sentence(tmp_path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(HrkitError, match=FILE):
        Book.open(tmp_path, "acme", "w1")


def test_somebody_elses_book_is_refused_and_an_ended_one_begins_anew(tmp_path) -> None:
    book = Book.open(tmp_path, "acme", "w1")
    book.round = book.round.after("end")
    book.note("host", "end", done=3)
    with pytest.raises(HrkitError, match="acme"):
        Book.open(tmp_path, "other", "w1")
    fresh = Book.open(tmp_path, "acme", "w1")
    assert (fresh.round.step, fresh.keys) == ("open", {"host": [], "screen": []})
    assert [entry["what"] for entry in fresh.journal] == ["end"]
