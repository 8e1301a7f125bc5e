"""Words for people and places that a client may call otherwise, in the forms its sentences need.

A text of the kit never says "HR partner" itself but ``{term.hr_partner.one}``; `Terms` puts the
word there, the kit's or the client's own.  A language has forms that cannot be guessed (Danish
definite and plural, Dutch de or het), so a client gives all of them or none: a sentence with half
of its grammar is refused when the engagement is checked, not found in a printed report.

    {term.unit.def}     the form          {Term.unit.def}    with a capital
    {term.unit:min|mit} a word before it that agrees: Danish en|et, Dutch de|het or zij|hij|het
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model.figures import enumeration
from hrkit.model.glossary import glossaries
from hrkit.model.languages import Forms, codes, grammar
from hrkit.model.yamlfile import read_yaml

__all__ = ["PLACE", "Terms", "expanded", "kit_terms", "term_problems", "terms_of"]

#: Longest form taken; a word, not a sentence.
_LONGEST = 60

#: A placeholder: ``{term.unit.def}`` or ``{term.unit:min|mit}``.
PLACE = re.compile(
    r"\{(?P<case>[tT])erm\.(?P<id>\w+)(?:\.(?P<form>\w+)|:(?P<agree>[^{}|]*(?:\|[^{}|]*)+))\}"
)


@dataclass(frozen=True)
class Terms:
    """Every term in every form, by language; hashable by what a client changed.

    Attributes
    ----------
    own
        The client's words as given in ``engagement.yml``, flat and sorted:
        ``(term, language, form, text)``.
    """

    own: tuple[tuple[str, str, str, str], ...] = ()

    @functools.cached_property
    def forms(self) -> Mapping[str, Mapping[str, Forms]]:
        """Term to language to form to text."""
        changed: dict[tuple[str, str], dict[str, str]] = {}
        for term, language, form, text in self.own:
            changed.setdefault((term, language), {})[form] = text
        found: dict[str, dict[str, Forms]] = {}
        for term, spec in _kit().items():
            found[term] = {}
            for language in codes():
                given = changed.get((term, language))
                parts = spec.get("of", ())
                if given is None and any((part, language) in changed for part in parts):
                    first, second = (found[part][language] for part in parts)
                    found[term][language] = _joined(first, second, language, spec["by"])
                else:
                    found[term][language] = grammar(language).complete(given or spec[language])
        return found

    def form(self, term: str, form: str, language: str) -> str:
        """One form of a term.

        Raises
        ------
        KeyError
            If there is no such term or form.
        """
        return self.forms[term][language][form]

    def fill(self, text: str, language: str) -> str:
        """A text with its placeholders filled in; everything else stays what it is."""
        if "{term." not in text and "{Term." not in text:
            return text
        return PLACE.sub(lambda match: self._one(match, language), text)

    def problem(self, text: str, language: str) -> str:
        """What is wrong with a text's placeholders, in words; empty for nothing."""
        try:
            rest = self.fill(text, language)
        except KeyError as error:
            return str(error.args[0])
        return "holds a {term.…} that is not written as one" if "{term." in rest.lower() else ""

    def _one(self, match: re.Match[str], language: str) -> str:
        forms = self.forms.get(match["id"], {}).get(language)
        if forms is None:
            raise KeyError(f"no term {match['id']!r}")
        if match["form"]:
            text = forms.get(match["form"])
            if text is None:
                raise KeyError(f"the term {match['id']!r} has no form {match['form']!r}")
        else:
            words = match["agree"].split("|")
            text = grammar(language).agreeing(words, forms)
            if text is None:
                raise KeyError(f"{len(words)} alternatives do not fit the language {language}")
        return text[:1].upper() + text[1:] if match["case"] == "T" else text


def _joined(first: Forms, second: Forms, language: str, by: str) -> Forms:
    """Two terms named together: ``HR-konsulenten og lønpartneren``."""
    both = {
        form: enumeration((first[form], second[form]), language, either=by == "or")
        for form in first
        if form in second
        and form not in ("article", "pronoun", "short", "gen", "gen_def")
        and not form.startswith("gen_")
    }
    both |= {form: first[form] for form in ("article", "pronoun") if form in first}
    return grammar(language).complete(both)


@functools.cache
def _kit() -> Mapping[str, Mapping[str, Any]]:
    """How the terms hang together, with their words from the glossary of every language."""
    source = read_yaml(kit.templates() / "terms.yml")
    problems = list(source.problems)
    words = {language: glossary.people for language, glossary in glossaries().items()}
    data = {
        term: {**(spec or {}), **{code: people.get(term, {}) for code, people in words.items()}}
        for term, spec in (source.data or {}).items()
    }
    for term, spec in data.items():
        for language in codes():
            where = f"glossary/{language}.yml, {term}"
            problems += _form_problems(where, spec.get(language, {}), language, spec)
    if problems:
        raise HrkitError("The kit's own terms are incomplete.", problems)
    return data


@functools.cache
def kit_terms() -> Terms:
    """The kit's own words."""
    return Terms()


def terms_of(data: Mapping[str, Any] | None) -> Terms:
    """The terms with a client's words in them, as `term_problems` has checked them."""
    return Terms(
        tuple(
            sorted(
                (term, language, form, text)
                for term, by_language in (data or {}).items()
                for language, forms in by_language.items()
                for form, text in forms.items()
            )
        )
    )


def term_problems(
    data: Any, languages: tuple[str, ...], where: str = "engagement.yml, terms"
) -> Iterator[Problem]:
    """Everything that is missing or wrong in a client's words.

    Parameters
    ----------
    data
        What stands under ``terms:``.
    languages
        The engagement's; a renamed term needs its forms in each of them.
    """
    if data is None:
        return
    if not isinstance(data, Mapping):
        yield Problem(where, "is not a list of terms", "write TERM: {LANGUAGE: {FORM: word}}")
        return
    known = _kit()
    for term, given in data.items():
        here = f"{where}.{term}"
        if term not in known:
            names = ", ".join(known)
            yield Problem(here, "is no term of the kit", f"use {names}")
            continue
        if not isinstance(given, Mapping):
            yield Problem(here, "has no languages", f"give its forms in {', '.join(languages)}")
            continue
        for other in known[term].get("needs", ()):
            if other not in data:
                yield Problem(here, f"is renamed and {other} is not", f"name {other} as well")
        for language in (*languages, *(str(one) for one in given if one not in languages)):
            if language not in codes():
                known_languages = ", ".join(codes())
                yield Problem(
                    here, f"{language} is no language of the kit", f"use {known_languages}"
                )
                continue
            forms = given.get(language)
            if forms is None:
                need = ", ".join(_needed(known[term], language))
                yield Problem(here, f"has no forms in {language}", f"give {need}")
                continue
            yield from _form_problems(f"{here}.{language}", forms, language, known[term])


def _needed(spec: Mapping[str, Any], language: str) -> tuple[str, ...]:
    rules = grammar(language)
    return rules.mass if spec.get("mass") else rules.forms


def _form_problems(
    where: str, forms: Any, language: str, spec: Mapping[str, Any]
) -> Iterator[Problem]:
    needed, rules = _needed(spec, language), grammar(language)
    if not isinstance(forms, Mapping):
        yield Problem(where, "is not a list of forms", f"give {', '.join(needed)}")
        return
    missing = [form for form in needed if not str(forms.get(form) or "").strip()]
    if missing:
        yield Problem(
            where, f"has no {', '.join(missing)}", "a word is taken in all its forms or not at all"
        )
    for form, text in forms.items():
        if form not in needed and form not in rules.more:
            known = ", ".join((*needed, *(f for f in rules.more if f not in needed)))
            yield Problem(f"{where}.{form}", "is no form of this word", f"use {known}")
        elif not isinstance(text, str):
            yield Problem(f"{where}.{form}", f"{text!r} is not text", "put it in quotes")
        elif form == "article" and text not in rules.articles:
            yield Problem(
                f"{where}.{form}",
                f"{text!r} is no article",
                f"use {' or '.join(rules.articles)}",
            )
        elif form == "pronoun" and text not in rules.pronouns:
            yield Problem(
                f"{where}.{form}", f"{text!r} is no pronoun", f"use {', '.join(rules.pronouns)}"
            )
        elif len(text) > _LONGEST or any(c in text for c in "{}\n\r\t") or not text.isprintable():
            yield Problem(
                f"{where}.{form}",
                "is not a word",
                f"write up to {_LONGEST} characters without braces",
            )


def expanded(node: Any, terms: Terms, language: str = "") -> Any:
    """YAML data with the placeholders of its texts filled in.

    A mapping from language to words says in which language its words are filled.
    """
    if isinstance(node, str):
        return terms.fill(node, language) if language else node
    if isinstance(node, Mapping):
        return {
            key: expanded(value, terms, key if key in codes() else language)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [expanded(value, terms, language) for value in node]
    return node
