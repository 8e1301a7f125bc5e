from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrkit.publish.fonts import coverage
from hrkit.publish.normalise import clean_svg_text, clean_text

INVISIBLE = {"\n", "\u200b", "\u00ad", "\u2060"}


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("Nærvær – 1,2 ± 0,3", "Nærvær – 1,2 ± 0,3"),
        ("Łukasz Gülşen Ěva Ελλάδα Москва", "Łukasz Gülşen Ěva Ελλάδα Москва"),
        ("a\u030a", "å"),
        ("a\x00b\x07c\ud800d\ufdd0e\uffff", "abcde"),
        ("\u202eabc\u202c\u2066\u200f", "abc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("Godt gået 👍🏽", "Godt gået [thumbs up sign]"),
        ("🇩🇰", "DK"),
        ("漢字", "□□"),
        ("\ue000", "□"),
        ("ﬁ ½ ①", "ﬁ ½ ①"),
        ("a\u3000b", "a b"),
        ("𝐁𝐨𝐥𝐝", "Bold"),
    ],
)
def test_outside_text_becomes_printable(given_text: str, printed: str) -> None:
    assert clean_text(given_text) == printed


def test_a_word_longer_than_a_line_may_break() -> None:
    broken = clean_text("x" * 4000)
    assert broken.replace("\u200b", "") == "x" * 4000
    assert max(map(len, broken.split("\u200b"))) <= 20
    address = clean_text("https://example.org/a/very/long/path?with=many&parts=in-it")
    assert "/\u200ba" in address


@given(st.text(st.characters(codec=None)))
@settings(max_examples=200, deadline=None)
def test_every_character_has_a_glyph_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert all(ord(c) in coverage() or c in INVISIBLE for c in once)
    assert clean_text(once) == once
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in once)


def test_an_svgs_character_references_are_cleaned_and_its_markup_stays() -> None:
    svg = "<text>&#128077; &#x6f22; &lt;b&gt; &#60; 👍 \ud800é&#7;</text>"
    assert clean_svg_text(svg) == (
        "<text>[thumbs up sign] □ &lt;b&gt; &#60; [thumbs up sign] é</text>"
    )


def test_what_is_taken_as_it_is_is_what_would_be_printed() -> None:
    """The short way round gives what the long way gives, for each sign that it is for."""
    from hrkit.publish.normalise import _AS_IT_IS, _printable

    signs = [chr(code) for code in range(0x110000) if _AS_IT_IS.fullmatch(chr(code))]
    assert {"\n", "å", "ë", "…", "\xa0"} <= set(signs) and "\xad" not in signs
    for sign in signs:
        assert unicodedata.normalize("NFC", sign) == sign == _printable(sign)
    # A run without a place to break is broken all the same.
    assert "\u200b" in clean_text("å" * 60) and "\u200b" not in clean_text("å" * 39)
