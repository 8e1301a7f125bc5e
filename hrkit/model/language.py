"""Three languages: texts that exist in all of them, numbers and dates as each writes them.

A text is a mapping from language to words.  A missing translation is an error when a
file is loaded, never an English word in a Danish report.  The kit's own words stand in
``data/templates/texts/*.yml`` and are fetched by key through `Words`.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model.yamlfile import read_yaml

__all__ = [
    "LANGUAGES",
    "NAMES",
    "Texts",
    "Words",
    "date",
    "join",
    "number",
    "percent",
    "signed",
    "words",
]

#: Everything a respondent or client reads exists in each of these.
LANGUAGES = ("en", "da", "nl")
#: Each language's name for itself.
NAMES = {"en": "English", "da": "Dansk", "nl": "Nederlands"}

Texts: TypeAlias = Mapping[str, str]

_LOCALES = {"en": "en_GB", "da": "da_DK", "nl": "nl_NL"}
_MINUS = "\N{MINUS SIGN}"
_HARD_SPACE = "\N{NO-BREAK SPACE}"


def _half_up(value: float, decimals: int) -> float:
    """Round as people do: a half goes away from zero (2.25 is 2.3), also where binary falls short."""
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)


def number(value: float, language: str, decimals: int = 1) -> str:
    """A number with a fixed count of decimals, as the language writes it.

    Parameters
    ----------
    value
        Finite; a NaN is an error, since a number that may not be shown has words instead.
    language
        ``en``, ``da`` or ``nl``.
    decimals
        Digits after the separator; a half is rounded away from zero.
    """
    from babel.numbers import format_decimal

    if not math.isfinite(value):
        raise ValueError("a missing number has no digits; say in words why it is not shown")
    rounded = _half_up(value, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), format=pattern, locale=_LOCALES[language])
    return (_MINUS + text) if rounded < 0 else text


def signed(value: float, language: str, decimals: int = 1) -> str:
    """A difference with its sign: ``+0,4``, ``−1,2``; exactly nothing has none: ``0,0``."""
    text = number(value, language, decimals)
    return f"+{text}" if _half_up(value, decimals) > 0 else text


def percent(share: float, language: str, decimals: int = 0) -> str:
    """A share (0–1) in per cent, with the language's spacing."""
    text = number(100 * share, language, decimals)
    return f"{text}%" if language in ("en", "nl") else f"{text}{_HARD_SPACE}%"


def date(value: dt.date, language: str) -> str:
    """A date in words: ``21 November 2026``, ``21. november 2026``, ``21 november 2026``."""
    from babel.dates import format_date

    return format_date(value, format="long", locale=_LOCALES[language])


def join(parts: tuple[str, ...] | list[str], language: str) -> str:
    """An enumeration: ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    conjunction = {"en": "and", "da": "og", "nl": "en"}[language]
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Words:
    """The kit's own words in one language.

    ``words("chart.n", n=12)`` fetches a text and fills its ``{n}``.  A text may have a
    form for exactly one (``one``) and another for every other count (``other``), chosen by
    the field ``n``: never "1 persons".
    """

    language: str
    entries: Mapping[str, Any]

    def __call__(self, key: str, /, **fields: object) -> str:
        """The text of a key with its fields filled in."""
        entry = self.entries.get(key)
        if entry is None:
            raise KeyError(f"no text {key!r} in the kit's words")
        if isinstance(entry, Mapping):
            entry = entry["one" if fields.get("n") in (1, "1") else "other"]
        missing = set(_FIELD.findall(entry)) - set(fields)
        if missing:
            raise KeyError(f"text {key!r} wants {', '.join(sorted(missing))}")
        # Not str.format: a filled-in name may hold braces, and they must stay what they are.
        return _FIELD.sub(lambda match: str(fields[match.group(1)]), entry)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def number(self, value: float, decimals: int = 1) -> str:
        """`number` in this language."""
        return number(value, self.language, decimals)

    def signed(self, value: float, decimals: int = 1) -> str:
        """`signed` in this language."""
        return signed(value, self.language, decimals)

    def percent(self, share: float, decimals: int = 0) -> str:
        """`percent` in this language."""
        return percent(share, self.language, decimals)

    def date(self, value: dt.date) -> str:
        """`date` in this language."""
        return date(value, self.language)

    def join(self, parts: tuple[str, ...] | list[str]) -> str:
        """`join` in this language."""
        return join(parts, self.language)


def _flatten(data: Any, prefix: str = "") -> dict[str, Any]:
    """``{"chart": {"n": {en:…}}}`` as ``{"chart.n": {en:…}}``; a leaf has a language key."""
    if not isinstance(data, Mapping) or set(data) & set(LANGUAGES):
        return {prefix: data}
    flat: dict[str, Any] = {}
    for key, value in data.items():
        flat |= _flatten(value, f"{prefix}.{key}" if prefix else str(key))
    return flat


def _leaf_problem(name: str, key: str, leaf: Any) -> Problem | None:
    where = f"{name}, {key}"
    if not isinstance(leaf, Mapping):
        return Problem(where, "is not a text in languages", f"give {', '.join(LANGUAGES)}")
    missing = [language for language in LANGUAGES if not leaf.get(language)]
    if missing:
        return Problem(where, f"has no text in {', '.join(missing)}", "translate it")
    fields = []
    for language in LANGUAGES:
        text = leaf[language]
        if isinstance(text, Mapping):
            if set(text) != {"one", "other"}:
                return Problem(where, "needs the forms one and other", "give both")
            text = text["other"]
        if not isinstance(text, str):
            return Problem(where, f"{text!r} is not text", "put it in quotes")
        fields.append(set(_FIELD.findall(text)))
    if any(found != fields[0] for found in fields):
        return Problem(where, "has other {fields} in one language than in another", "use the same")
    return None


@functools.cache
def _catalogue() -> Mapping[str, Texts]:
    entries: dict[str, Texts] = {}
    problems: list[Problem] = []
    for path in sorted((kit.templates() / "texts").glob("*.yml")):
        source = read_yaml(path)
        problems += source.problems
        for key, leaf in _flatten(source.data or {}).items():
            full = f"{path.stem}.{key}"
            # A list of texts (talk questions) becomes numbered keys.
            for name, one in (
                [(f"{full}.{i}", x) for i, x in enumerate(leaf, 1)]
                if isinstance(leaf, list)
                else [(full, leaf)]
            ):
                problem = _leaf_problem(path.name, name, one)
                if problem:
                    problems.append(problem)
                else:
                    entries[name] = one
    if problems:
        raise HrkitError("The kit's own texts are incomplete.", problems)
    return entries


@functools.cache
def words(language: str) -> Words:
    """The kit's words in a language; loaded once, complete in all three or not at all.

    Raises
    ------
    HrkitError
        If the language is not one of `LANGUAGES`, or a text is missing in any of them.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise HrkitError(f"The language {language!r} is not known; use one of {known}.")
    return Words(language, {key: leaf[language] for key, leaf in _catalogue().items()})
