"""Numbers, dates and the kit's words in three languages."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from hrkit.errors import HrkitError
from hrkit.model import language
from hrkit.model.language import Words, words
from hrkit.model.languages import codes

MINUS, HARD = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "en", "da", "nl"),
    [
        (3.14, 1, "3.1", "3,1", "3,1"),
        (4, 1, "4.0", "4,0", "4,0"),
        (4, 0, "4", "4", "4"),
        (1234567.5, 1, "1,234,567.5", "1.234.567,5", "1.234.567,5"),
        (-1.26, 1, f"{MINUS}1.3", f"{MINUS}1,3", f"{MINUS}1,3"),
        (0.005, 2, "0.01", "0,01", "0,01"),
    ],
)
def test_number(value: float, decimals: int, en: str, da: str, nl: str) -> None:
    assert [language.number(value, each, decimals) for each in ("en", "da", "nl")] == [en, da, nl]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (2.25, "2.3"), (2.35, "2.4"), (2.45, "2.5"), (3.05, "3.1"), (1.15, "1.2"), (0.05, "0.1"),
        (2.2499, "2.2"), (4.95, "5.0"), (1.005, "1.0"),
        (-2.25, f"{MINUS}2.3"), (-0.05, f"{MINUS}0.1"),
        # nothing is left of these, not even a sign
        (-0.04, "0.0"), (-0.0, "0.0"), (0.0, "0.0"),
    ],
)  # fmt: skip
def test_a_half_goes_away_from_zero(value: float, rounded: str) -> None:
    assert language.number(value, "en") == rounded


def test_every_half_of_two_decimals_goes_away_from_zero() -> None:
    for hundredths in range(105, 505, 10):
        expected = f"{(hundredths + 5) // 100}.{(hundredths + 5) // 10 % 10}"
        assert language.number(hundredths / 100, "en") == expected


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("write", [language.number, language.signed, language.percent])
def test_a_missing_number_is_an_error(write: object, value: float) -> None:
    with pytest.raises(ValueError, match="missing number"):
        write(value, "en")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("value", "en", "da"),
    [
        (0.4, "+0.4", "+0,4"),
        (-1.2, f"{MINUS}1.2", f"{MINUS}1,2"),
        (0, "0.0", "0,0"),
        (0.04, "0.0", "0,0"),
        (-0.04, "0.0", "0,0"),
        (0.05, "+0.1", "+0,1"),
    ],
)
def test_signed(value: float, en: str, da: str) -> None:
    assert language.signed(value, "en") == en
    assert language.signed(value, "da") == language.signed(value, "nl") == da


@pytest.mark.parametrize(
    ("share", "decimals", "en", "da", "nl"),
    [
        (0.62, 0, "62%", f"62{HARD}%", "62%"),
        (1, 0, "100%", f"100{HARD}%", "100%"),
        (0.125, 1, "12.5%", f"12,5{HARD}%", "12,5%"),
        (0.005, 0, "1%", f"1{HARD}%", "1%"),
        (0.145, 0, "15%", f"15{HARD}%", "15%"),
    ],
)
def test_percent(share: float, decimals: int, en: str, da: str, nl: str) -> None:
    assert [language.percent(share, each, decimals) for each in ("en", "da", "nl")] == [en, da, nl]


def test_date() -> None:
    day = dt.date(2026, 3, 1)
    assert language.date(day, "en") == "1 March 2026"
    assert language.date(day, "da") == "1. marts 2026"
    assert language.date(day, "nl") == "1 maart 2026"


@pytest.mark.parametrize(
    ("parts", "en", "da", "nl"),
    [
        ((), "", "", ""),
        (("a",), "a", "a", "a"),
        (("a", "b"), "a and b", "a og b", "a en b"),
        (["a", "b", "c"], "a, b and c", "a, b og c", "a, b en c"),
    ],
)
def test_join(parts: tuple[str, ...], en: str, da: str, nl: str) -> None:
    assert [language.join(parts, each) for each in ("en", "da", "nl")] == [en, da, nl]


# ------------------------------------------------------------------------------- words

SOME = Words(
    "da",
    {
        "plain": "Hej",
        "named": "Hej, {name}!",
        "people": {"one": "Én person i {unit}", "other": "{n} personer i {unit}"},
    },
)


def test_words_fill_their_fields() -> None:
    assert SOME("plain") == "Hej"
    assert SOME("named", name="Åse") == "Hej, Åse!"
    assert "plain" in SOME
    assert "plane" not in SOME


@pytest.mark.parametrize(
    ("n", "says"),
    [(1, "Én person i Nord"), ("1", "Én person i Nord"), (0, "0 personer i Nord"),
     (2, "2 personer i Nord"), (11, "11 personer i Nord"), ("1,0", "1,0 personer i Nord")],
)  # fmt: skip
def test_one_person_is_not_one_persons(n: object, says: str) -> None:
    assert SOME("people", n=n, unit="Nord") == says


@pytest.mark.parametrize(
    "name", ["{n}", "{0}", "{", "}{", "{name}", "{name.__class__}", "%s", "\\1"]
)
def test_braces_in_a_name_are_inert(name: str) -> None:
    assert SOME("named", name=name) == f"Hej, {name}!"
    assert SOME("people", n=2, unit=name) == f"2 personer i {name}"


def test_a_missing_field_is_named() -> None:
    with pytest.raises(KeyError, match="named.*wants name"):
        SOME("named")
    with pytest.raises(KeyError, match="people.*wants n, unit"):
        SOME("people")


def test_a_missing_text_is_named() -> None:
    with pytest.raises(KeyError, match="no text 'nothing'"):
        SOME("nothing")


def test_words_know_their_language() -> None:
    assert SOME.number(1.25) == "1,3"
    assert SOME.signed(1) == "+1,0"
    assert SOME.percent(0.5) == f"50{HARD}%"
    assert SOME.date(dt.date(2026, 11, 21)) == "21. november 2026"
    assert SOME.join(["a", "b"]) == "a og b"


def test_the_kits_words_are_loaded_once_in_each_language() -> None:
    for each in codes():
        assert words(each) is words(each)
        assert words(each).language == each
        assert set(words(each).entries) == set(words("en").entries)


@pytest.mark.parametrize("name", ["", "de", "DA", "en_GB"])
def test_an_unknown_language_is_refused(name: str) -> None:
    with pytest.raises(HrkitError, match="use one of en, da, nl"):
        words(name)
