"""What the program says in English, in the language of the page.

A message is made where something is wrong, far from any page, and travels as a sentence (through
processes, too).  Here it is recognised by its words: `data/templates/messages/problems.yml` has the English
of the commonest as it is written in the code, with fields, beside Danish and Dutch, `rarer.yml` the others,
`own.yml` what is said of an instrument, a language or a mapping of somebody's own.  A sentence that is put
together from pieces has fields that begin with ``part``: what stands there is looked up as well, whole or as
a list.  What is not listed is shown as it is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from hrkit import kit
from hrkit.errors import Problem
from hrkit.model.yamlfile import read_yaml

__all__ = ["filled", "messages", "spoken_problem", "translated"]

_FIELD = re.compile(r"\{(\w+)\}")
_GROUPS = ("said", "settings", "units", "answers", "notes", "parts")
_PLACE = re.compile(
    r"\b(?:(?P<a>line|rows?|cell|byte) (?P<x>\d+)|(?P<b>column|cells) (?P<y>[A-Z]{1,3}\d*)"
    r"|(?P<c>answers of) (?P<z>\S+))\b"
)
#: Fields in which a place stands, and one in which several ids, keys or places do.
_PLACES = frozenset({"first", "where", "cell", "which"})
#: What stands between several.
_BETWEEN = re.compile(r"(, | and )")


@functools.cache
def messages() -> Mapping[str, Mapping[str, Any]]:
    """What the program says, group by group: English as it is in the code, with the other languages."""
    folder = kit.templates() / "messages"
    data = {**read_yaml(folder / "problems.yml").data}
    for name in ("rarer", "own"):
        for group, rarer in read_yaml(folder / f"{name}.yml").data.items():
            numbered = {f"{name}{i}": one for i, one in enumerate(rarer)}
            data[group] = {**data.get(group, {}), **numbered}
    return data


@functools.cache
def _known() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    """Every English message as a pattern, the ones with most words of their own first."""
    found = []
    for group in _GROUPS:
        for one in messages()[group].values():
            pieces = _FIELD.split(one["en"])
            said = "".join(
                (f"(?P={piece})" if piece in pieces[1:i:2] else f"(?P<{piece}>.+?)")
                if i % 2
                else re.escape(piece)
                for i, piece in enumerate(pieces)
            )
            own = sum(map(len, pieces[::2]))
            found.append((own, re.compile(said, re.DOTALL), one))
    return tuple((pattern, one) for _, pattern, one in sorted(found, key=lambda it: -it[0]))


def translated(said: str, language: str) -> str:
    """A sentence or half of one in a language; as it is where it is not among the known ones.

    >>> translated("is empty", "da"), translated("the unit hr is not there", "nl")
    ('er tom', 'de afdeling hr bestaat niet')
    """
    if language == "en" or not said:
        return said
    for pattern, one in _known():
        if language in one and (match := pattern.fullmatch(said)) is not None:
            return filled(one[language], match.groupdict(), language)
    return said


def filled(text: str, fields: Mapping[str, str], language: str) -> str:
    """A message with what stood in it; the kit's own kinds of things by their names."""
    kinds = messages()["kind"]

    def value(match: re.Match[str]) -> str:
        given = fields[match[1]]
        if match[1].startswith("part"):
            return _pieces(given, language)
        if match[1] in _PLACES:
            # Ids, keys and places have no such word in them.
            either = messages()["joined"]["or"].get(language, "or")
            whole = given.replace(" or ", f" {either} ") if match[1] == "which" else given
            return _placed(whole, language)
        if match[1] in ("language", "languages"):
            names = messages()["language"]
            parts = [str(names.get(one, {}).get(language, one)) for one in given.split(", ")]
            return ", ".join(parts)
        return str(kinds[given].get(language, given)) if given in kinds else given

    return _FIELD.sub(value, text)


def _placed(where: str, language: str) -> str:
    """A place in a file: lines, rows and columns by their names."""
    places = messages()["place"]

    def named(at: re.Match[str]) -> str:
        kind, n = at["a"] or at["b"] or at["c"], at["x"] or at["y"] or at["z"]
        return filled(places[kind].get(language, at[0]), {"n": n}, language)

    return _PLACE.sub(named, where)


def _pieces(given: str, language: str) -> str:
    """What other sentences hold, in a language: one piece, or several with commas or *and* between them."""
    several = _BETWEEN.split(given)
    told = [translated(one, language) for one in several[::2]]
    if any(one == same for one, same in zip(several[::2], told, strict=True)):
        return translated(given, language)
    joined = messages()["joined"]["and"].get(language, "and")
    between = [one.replace("and", joined) for one in several[1::2]]
    return "".join(a + b for a, b in zip(told, [*between, ""], strict=True))


def spoken_problem(one: Problem, language: str) -> Problem:
    """A problem in a language: where (lines and rows), what, and what to do."""
    if language == "en":
        return one
    where = _placed(one.where, language)
    return Problem(where, translated(one.what, language), translated(one.fix, language))
