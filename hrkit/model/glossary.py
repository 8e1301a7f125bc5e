"""One file of words per language: what things are called, what that means, and what they are not called.

``data/templates/glossary/CODE.yml`` is where a language's terms come from: the words for people and
places in every form (`people`), what the report's list of words prints (`explained`), and the words
and phrases that no text of that language uses (`Avoided`).  The tests hold every text of the kit
against the last; a client's own texts are the client's business.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model.languages import Forms, codes
from hrkit.model.yamlfile import read_yaml

__all__ = ["Avoided", "Entry", "Glossary", "explained", "glossaries", "listed"]

#: Where the texts of a term stand among the kit's words.
_KEYS = "sections.glossary.terms"


@dataclass(frozen=True)
class Avoided:
    """Words and phrases that are not written, and why.

    Attributes
    ----------
    say
        The phrases; ``*`` stands for any ending.
    why
        The reason, with what is written instead, in the language itself.
    """

    say: tuple[str, ...]
    why: str

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds one of the phrases, as whole words."""
        return _finder(self.say)


def _finder(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds phrases as whole words; what is written in capitals only in capitals."""

    def part(text: str) -> str:
        return {"*": r"\w*", " ": r"\s+"}.get(text, re.escape(text))

    def one(phrase: str) -> str:
        found = "".join(map(part, re.split(r"(\*| )", phrase)))
        return found if phrase.isupper() else f"(?i:{found})"

    return re.compile(rf"(?<!\w)(?:{'|'.join(map(one, phrases))})(?!\w)")


@dataclass(frozen=True)
class Entry:
    """A term: its word, what it means, and in which instruments.

    Attributes
    ----------
    text
        What it means, as the report lists it; None for a term that is not listed.
    tools
        Ids of the instruments that speak of it; empty for all.
    others
        Instrument to what is said otherwise there: ``term``, ``text``.
    """

    term: str
    text: str | None = None
    tools: tuple[str, ...] = ()
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Glossary:
    """The words of one language.

    Attributes
    ----------
    touches_law, remark
        What finds words that touch the law, and what sends the reader to an adviser about it.
    """

    people: Mapping[str, Forms]
    terms: Mapping[str, Entry]
    avoided: tuple[Avoided, ...]
    touches_law: re.Pattern[str]
    remark: re.Pattern[str]


@functools.cache
def glossaries() -> Mapping[str, Glossary]:
    """The glossary of every language of the kit.

    Raises
    ------
    HrkitError
        If a file is missing, or one language has a term that another has not.
    """
    found: dict[str, Glossary] = {}
    problems: list[Problem] = []
    for code in codes():
        source = read_yaml(kit.templates() / "glossary" / f"{code}.yml")
        problems += source.problems
        found[code] = _glossary(source.data or {})
    first, *others = found
    for code in others:
        for what, one, other in (
            ("people", found[first].people, found[code].people),
            ("terms", found[first].terms, found[code].terms),
        ):
            problems += (
                Problem(f"glossary/{code}.yml, {what}", f"{id} stands in one language", "add it")
                for id in sorted({*one} ^ {*other})
            )
    if problems:
        raise HrkitError("The kit's glossaries do not fit together.", problems)
    return found


def _glossary(data: Mapping[str, Any]) -> Glossary:
    terms = data.get("terms", {})
    avoided = [*data.get("never", ()), *(a for t in terms.values() for a in t.get("never", ()))]
    return Glossary(
        data.get("people", {}),
        {
            id: Entry(t["term"], t.get("text"), tuple(t.get("tools", ())), t.get("for", {}))
            for id, t in terms.items()
        },
        tuple(Avoided(tuple(one["say"]), one["why"]) for one in avoided),
        *(_finder(data["legal"][part]) for part in ("touches", "remark")),
    )


def listed() -> tuple[str, ...]:
    """Ids of the terms that a report may list, in the order of the first language's file."""
    first = next(iter(glossaries().values()))
    return tuple(id for id, entry in first.terms.items() if entry.text)


def explained(tool: str | None = None) -> dict[str, dict[str, str]]:
    """Terms and what they mean, by the keys of the kit's words, then by language.

    Parameters
    ----------
    tool
        An instrument: what it alone speaks of, or calls otherwise.  Without it, what all speak of.
    """
    found: dict[str, dict[str, str]] = {}
    for code, one in glossaries().items():
        for id, entry in one.terms.items():
            said: dict[str, str | None] = {}
            if entry.text and (tool in entry.tools if tool else not entry.tools):
                said = {"term": entry.term, "text": entry.text}
            if tool:
                said |= entry.others.get(tool, {})
            for part, text in said.items():
                if text:
                    found.setdefault(f"{_KEYS}.{id}.{part}", {})[code] = text
    return found
