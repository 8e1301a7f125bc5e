"""The languages of the kit, as ``data/templates/languages.yml`` lists them.

What one language does otherwise than another is written there: its name, its place in the Unicode
CLDR (how numbers, dates and lists are written) and the grammar of its words for people and places.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model.yamlfile import Source, read_yaml

__all__ = ["Forms", "Grammar", "Language", "codes", "grammar", "languages"]

Forms = Mapping[str, str]


@dataclass(frozen=True)
class Grammar:
    """What a language needs of a word for people or places; see ``languages.yml``.

    Attributes
    ----------
    forms, mass
        Forms that are given, of a word and of one without a plural.
    more
        Forms that may be given.
    articles, pronouns
        Values of forms that choose among words rather than being one.
    made
        Form to the text it is made from, or to the form and its values that decide.
    genitive
        What is added to a word, and what instead after some last letters; None for no genitive.
    """

    forms: tuple[str, ...]
    mass: tuple[str, ...]
    more: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    made: Mapping[str, str | Mapping[str, Forms]] = field(default_factory=dict)
    genitive: tuple[str, Forms] | None = None

    def complete(self, given: Forms) -> dict[str, str]:
        """The given forms of a word with those that follow from them."""
        forms = dict(given)
        for form, rule in self.made.items():
            text = _made(rule, forms)
            if text is not None:
                forms.setdefault(form, text)
        if self.genitive:
            for form in ("one", "def", "many", "def_many"):
                if form in forms:
                    name = "gen" if form == "one" else f"gen_{form}"
                    forms.setdefault(name, self._genitive(forms[form], *self.genitive))
        name = forms.get("many", forms["one"])
        forms.setdefault("short", name[:1].upper() + name[1:])
        return forms

    @staticmethod
    def _genitive(word: str, add: str, after: Forms) -> str:
        return word + after.get(word[-1:].casefold(), add)

    def agreeing(self, words: list[str], forms: Forms) -> str | None:
        """The alternative that agrees with a word, by its pronoun or article; None if they do not fit."""
        for form, values in (("pronoun", self.pronouns), ("article", self.articles)):
            if form in forms and len(words) == len(values):
                return words[values.index(forms[form])]
        return None


def _made(rule: str | Mapping[str, Forms], forms: Forms) -> str | None:
    if isinstance(rule, str):
        try:
            return rule.format_map(forms)
        except KeyError:
            return None
    ((by, values),) = rule.items()
    return values.get(forms.get(by, ""))


@dataclass(frozen=True)
class Language:
    """A language: its code, its name for itself, its CLDR locale and its grammar."""

    code: str
    name: str
    locale: str
    grammar: Grammar

    @property
    def tag(self) -> str:
        """The language with its country as BCP 47 writes it, ``da-DK``."""
        return self.locale.replace("_", "-")


@functools.cache
def languages() -> Mapping[str, Language]:
    """Every language of the kit by its code, in the order of the file.

    Raises
    ------
    HrkitError
        If an entry lacks something, with every problem.
    """
    source = read_yaml(kit.templates() / "languages.yml")
    data: Mapping[str, Any] = source.data if isinstance(source.data, Mapping) else {}
    problems = [*source.problems, *(p for code in data for p in _problems(source, code))]
    if problems or not data:
        raise HrkitError("The kit's languages cannot be read.", problems)
    return {code: _language(code, one) for code, one in data.items()}


@functools.cache
def codes() -> tuple[str, ...]:
    """The codes of the kit's languages; the first speaks where none is chosen yet."""
    return tuple(languages())


def grammar(code: str) -> Grammar:
    """The grammar of a language of the kit."""
    return languages()[code].grammar


def _problems(source: Source, code: str) -> Iterator[Problem]:
    one = source.data[code]
    if not isinstance(one, Mapping):
        yield Problem(source.where((code,)), "is no language", "give name, locale and terms")
        return
    for key in ("name", "locale"):
        if not isinstance(one.get(key), str) or not one[key].strip():
            yield Problem(source.where((code,)), f"has no {key}", "give it as text")
    if isinstance(one.get("locale"), str) and not _in_cldr(one["locale"]):
        what = f"{one['locale']!r} is no locale of the Unicode CLDR"
        yield Problem(source.where((code, "locale")), what, "write it like en_GB")
    terms = one.get("terms")
    terms = terms if isinstance(terms, Mapping) else {}
    for key in ("forms", "mass"):
        if "one" not in (terms.get(key) or ()):
            what = f"has no terms.{key} with the form one"
            yield Problem(source.where((code,)), what, "list the forms a word needs")


def _in_cldr(locale: str) -> bool:
    from babel import localedata

    return localedata.exists(locale)


def _language(code: str, data: Mapping[str, Any]) -> Language:
    terms = data["terms"]
    genitive = terms.get("genitive")

    def listed(key: str) -> tuple[str, ...]:
        return tuple(terms.get(key, ()))

    return Language(
        code,
        data["name"],
        data["locale"],
        Grammar(
            forms=listed("forms"),
            mass=listed("mass"),
            more=listed("more"),
            articles=listed("article"),
            pronouns=listed("pronoun"),
            made=terms.get("made", {}),
            genitive=(genitive["add"], genitive.get("after", {})) if genitive else None,
        ),
    )
