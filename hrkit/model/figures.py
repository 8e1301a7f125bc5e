"""Numbers, shares, dates and lists as each language writes them.

The Unicode CLDR (through Babel) says how; a half is rounded away from zero, as people do.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re

from hrkit.model.languages import codes, languages
from hrkit.rounding import half_up

__all__ = [
    "date",
    "decimal_mark",
    "enumeration",
    "holds_joint",
    "join",
    "month",
    "number",
    "percent",
    "practise",
    "signed",
]

#: The digits of a CLDR pattern, which may hold spaces of its own around the sign.
_DIGITS = re.compile(r"[#0,.]+")
_MINUS = "\N{MINUS SIGN}"


def _locale(language: str) -> str:
    return languages()[language].locale


def number(value: float, language: str, decimals: int = 1) -> str:
    """A number with a fixed count of decimals, as the language writes it.

    Parameters
    ----------
    value
        Finite; a NaN is an error, since a number that may not be shown has words instead.
    language
        The code of a language of the kit.
    decimals
        Digits after the separator; a half is rounded away from zero.

    Raises
    ------
    ValueError
        If the value is not finite.
    """
    if not math.isfinite(value):
        raise ValueError("a missing number has no digits; say in words why it is not shown")
    return _written(half_up(value, decimals), language, decimals)


@functools.lru_cache(maxsize=4096)
def _written(rounded: float, language: str, decimals: int) -> str:
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), format=pattern, locale=_locale(language))
    return (_MINUS + text) if rounded < 0 else text


def signed(value: float, language: str, decimals: int = 1) -> str:
    """A difference with its sign: ``+0,4``, ``−1,2``; exactly nothing has none: ``0,0``."""
    text = number(value, language, decimals)
    return f"+{text}" if half_up(value, decimals) > 0 else text


def percent(share: float, language: str, decimals: int = 0) -> str:
    """A share (0–1) in per cent, with the language's spacing."""
    from babel import Locale

    pattern = str(Locale.parse(_locale(language)).percent_formats[None].pattern)
    return _DIGITS.sub(lambda _: number(100 * share, language, decimals), pattern, count=1)


def month(value: dt.date, language: str) -> str:
    """A month of a year: ``March 2027``, ``marts 2027``, ``maart 2027``."""
    from babel.dates import format_date

    return format_date(value, format="LLLL y", locale=_locale(language))


def date(value: dt.date, language: str) -> str:
    """A date in words: ``21 November 2026``, ``21. november 2026``, ``21 november 2026``."""
    from babel.dates import format_date

    return format_date(value, format="long", locale=_locale(language))


def join(parts: tuple[str, ...] | list[str], language: str) -> str:
    """An enumeration: ``a, b and c``."""
    return enumeration(parts, language)


def enumeration(parts: tuple[str, ...] | list[str], language: str, *, either: bool = False) -> str:
    """``a, b and c``; with ``either`` ``a, b or c``."""
    from babel.lists import format_list

    if len(parts) < 2:
        return "".join(parts)
    return str(format_list(parts, "or" if either else "standard", _locale(language)))


def holds_joint(part: str) -> bool:
    """Whether a part of an enumeration holds what would join it to others: a comma, an "and", an "&".

    In any language of the kit: a unit's name is the client's, whatever language a report is in.
    """
    words = set(part.casefold().split())
    return bool(_joints(codes()) & words) or any(mark in part for mark in (", ", "; "))


@functools.cache
def _joints(known: tuple[str, ...]) -> frozenset[str]:
    ands = (enumeration(["\0", "\0"], language) for language in known)
    return frozenset({"&", "+", *(text.replace("\0", "").strip().casefold() for text in ands)})


def decimal_mark(language: str) -> str:
    """What stands before the decimals: ``.`` or ``,``."""
    from babel.numbers import get_decimal_symbol

    return str(get_decimal_symbol(_locale(language)))


def practise() -> None:
    """Write one of everything in every language, so that what the CLDR says of it has been read."""
    day = dt.date(2026, 11, 21)
    for language in codes():
        signed(0.5, language)
        percent(0.5, language)
        month(day, language)
        date(day, language)
        decimal_mark(language)
        for either in (False, True):
            enumeration(("a", "b"), language, either=either)
