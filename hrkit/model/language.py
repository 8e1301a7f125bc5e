"""Texts that exist in every language of the kit, and the kit's own words in one of them.

A text is a mapping from language to words.  A missing translation is an error when a
file is loaded, never an English word in a Danish report.  The kit's own words stand in
``data/templates/texts/*.yml`` and are fetched by key through `Words`; what an instrument or a
client says otherwise is laid over them in `hrkit.model.wording`.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model.figures import date, holds_joint, join, month, number, percent, signed
from hrkit.model.glossary import explained
from hrkit.model.languages import codes
from hrkit.model.terms import Terms, kit_terms
from hrkit.model.yamlfile import read_yaml

__all__ = [
    "Name",
    "Texts",
    "Words",
    "catalogue",
    "date",
    "join",
    "known",
    "leaf_problem",
    "leaves",
    "number",
    "percent",
    "signed",
    "spoken",
    "words",
]

Texts: TypeAlias = Mapping[str, str]

_FIELD = re.compile(r"\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")


class Name(str):
    """A name that knows its grammatical number, so that the verb of a sentence can agree.

    ``{group:ziet|zien}`` in a text takes the first word for a singular name, else the second.
    """

    __slots__ = ("plural",)
    plural: bool

    def __new__(cls, text: str, *, plural: bool = True) -> Name:
        """A text with its number."""
        name = super().__new__(cls, text)
        name.plural = plural
        return name


def _fields(text: str) -> set[str]:
    return {match[1] for match in _FIELD.finditer(text)}


@dataclass(frozen=True)
class Words:
    """The kit's own words in one language.

    ``words("chart.n", n=12)`` fetches a text and fills its ``{n}``.  A text may have a
    form for exactly one (``one``) and another for every other count (``other``), chosen by
    the field ``n``: never "1 persons".
    """

    language: str
    entries: Mapping[str, Any]
    _found: dict[str, dict[str, Any]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def under(self, prefix: str) -> dict[str, Any]:
        """Words that a page fetches itself, by what comes after the prefix; looked for once."""
        if prefix not in self._found:
            self._found[prefix] = {
                key.removeprefix(prefix): text
                for key, text in self.entries.items()
                if key.startswith(prefix)
            }
        return dict(self._found[prefix])

    def __call__(self, key: str, /, **fields: object) -> str:
        """The text of a key with its fields filled in."""
        entry = self.entries.get(key)
        if entry is None:
            raise KeyError(f"no text {key!r} in the kit's words")
        if isinstance(entry, Mapping):
            entry = entry["one" if fields.get("n") in (1, "1") else "other"]
        missing = _fields(entry) - set(fields)
        if missing:
            raise KeyError(f"text {key!r} wants {', '.join(sorted(missing))}")

        def value(match: re.Match[str]) -> str:
            given = fields[match[1]]
            if match[2] is None:
                return str(given)
            return match[3] if getattr(given, "plural", True) else match[2]

        # Not str.format: a filled-in name may hold braces, and they must stay what they are.
        return _FIELD.sub(value, entry)

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

    def month(self, value: dt.date) -> str:
        """`month` in this language."""
        return month(value, self.language)

    def join(self, parts: tuple[str, ...] | list[str]) -> str:
        """`join` in this language; parts in quotes where one of them would read as several."""
        return join([self.in_list(part, parts) for part in parts], self.language)

    def in_list(self, part: str, parts: Sequence[str]) -> str:
        """A part as it stands in an enumeration: in quotes where one of all has a joint of its own."""
        plain = len(parts) > 1 and any(map(holds_joint, parts))
        return self("report.list.name", name=part) if plain else part


def leaves(data: Any, prefix: str = "") -> dict[str, Any]:
    """``{"chart": {"n": {en:…}}}`` as ``{"chart.n": {en:…}}``; a leaf has a language key.

    A list of texts (talk questions) becomes numbered keys.
    """
    if isinstance(data, list):
        return {f"{prefix}.{i}": one for i, one in enumerate(data, 1)}
    if not isinstance(data, Mapping) or set(data) & set(codes()):
        return {prefix: data}
    flat: dict[str, Any] = {}
    for key, value in data.items():
        flat |= leaves(value, f"{prefix}.{key}" if prefix else str(key))
    return flat


def leaf_problem(where: str, leaf: Any, languages: tuple[str, ...] = ()) -> Problem | None:
    """What is wrong with one text: a language missing, forms or fields that do not match.

    Without ``languages`` it must stand in every language of the kit.
    """
    languages = languages or codes()
    if not isinstance(leaf, Mapping):
        return Problem(where, "is not a text in languages", f"give {', '.join(languages)}")
    missing = [language for language in languages if not leaf.get(language)]
    if missing:
        return Problem(where, f"has no text in {', '.join(missing)}", "translate it")
    fields = []
    for language, text in leaf.items():
        forms = text if isinstance(text, Mapping) else {"other": text}
        if isinstance(text, Mapping) and set(text) != {"one", "other"}:
            return Problem(where, "needs the forms one and other", "give both")
        for one in forms.values():
            if not isinstance(one, str):
                return Problem(where, f"{one!r} is not text", "put it in quotes")
            wrong = kit_terms().problem(one, language)
            if wrong:
                return Problem(where, wrong, "see terms.yml and glossary/ of the kit")
        fields.append(_fields(forms["other"]))
    if any(found != fields[0] for found in fields):
        return Problem(where, "has other {fields} in one language than in another", "use the same")
    return None


@functools.cache
def catalogue() -> Mapping[str, Texts]:
    """The kit's own texts by key, in every language, their terms not filled in yet.

    Raises
    ------
    HrkitError
        If a text is missing in any language.
    """
    entries: dict[str, Texts] = {}
    problems: list[Problem] = []
    named: dict[str, tuple[str, Any]] = {
        key: ("glossary", leaf) for key, leaf in explained().items()
    }
    for path in sorted((kit.templates() / "texts").glob("*.yml")):
        source = read_yaml(path)
        problems += source.problems
        named |= {
            key: (path.name, leaf) for key, leaf in leaves(source.data or {}, path.stem).items()
        }
    for key, (file, leaf) in named.items():
        problem = leaf_problem(f"{file}, {key}", leaf)
        if problem:
            problems.append(problem)
        else:
            entries[key] = leaf
    if problems:
        raise HrkitError("The kit's own texts are incomplete.", problems)
    return entries


def spoken(entries: Mapping[str, Texts], language: str, terms: Terms) -> Words:
    """A catalogue's words in one language, with its terms filled in."""

    def filled(text: Any) -> Any:
        if isinstance(text, Mapping):
            return {form: terms.fill(one, language) for form, one in text.items()}
        return terms.fill(text, language)

    return Words(
        language,
        {key: filled(leaf[language]) for key, leaf in entries.items() if language in leaf},
    )


def known(language: str) -> str:
    """The language, if the kit has it.

    Raises
    ------
    HrkitError
        If it is not one of the kit's.
    """
    if language not in codes():
        listed = ", ".join(codes())
        raise HrkitError(f"The language {language!r} is not known; use one of {listed}.")
    return language


@functools.cache
def words(language: str) -> Words:
    """The kit's words in a language; loaded once, complete in every language or not at all.

    What an instrument or a client says otherwise is not among them: see `hrkit.model.wording`.

    Raises
    ------
    HrkitError
        If the language is not one of the kit's, or a text is missing in any of them.
    """
    return spoken(catalogue(), known(language), kit_terms())
