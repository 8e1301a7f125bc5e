"""One thing in several columns, and several things in one, as survey programs write them.

A cell may hold more than one option of a list (``a;b;``, ``a, b``, ``1 4 7``); and a form that
branches has a column for one question under each branch.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from hrkit.answers.ballots import CHOSEN, LEFT
from hrkit.answers.readers.vocabulary import Values, Wrong
from hrkit.answers.tool_codes import answer_codes, answer_numbers, options_by_code
from hrkit.errors import Problem
from hrkit.model.instrument import Choice, Question, Scale
from hrkit.text import Lookup, normal, shown

__all__ = ["coded", "is_chosen", "once", "options_in"]

#: What programs write between options; a comma or a space may be part of a label, so these come last.
_SIGNS = ("\n", ";", "|", ",", " ")


def options_in(
    scale: Scale, text: str, parted: str = "", others: bool = False
) -> tuple[frozenset[str], tuple[str, ...]] | Wrong:
    """The options that a cell names, and parts of it that are none.

    Parameters
    ----------
    scale
        What may be chosen from.
    text
        The cell.
    parted
        The sign between them; the usual ones are tried if it is empty.
    others
        Whether parts that are no option (words of one's own) are let pass.
    """
    known = _known(scale)
    whole = known(text)
    if whole:
        return frozenset((whole,)), ()
    left: list[str] = []
    for sign in (parted,) if parted else _SIGNS:
        parts = [part for part in text.split(sign) if normal(part)]
        found = [known(part) for part in parts]
        if parts and all(found):
            return frozenset(option for option in found if option), ()
        if any(found) or parted:
            left = left or [part for part, option in zip(parts, found, strict=True) if not option]
            if others and any(found):
                return frozenset(option for option in found if option), tuple(left)
    rest, chosen = _read_off(normal(text), scale)
    if not rest.strip(" ,;|"):
        return frozenset(chosen), ()
    if others:
        return frozenset(chosen), (rest.strip(" ,;|"),)
    wrong = shown(left[0].strip() if left else text)
    return Wrong(
        f"“{wrong}” is none of the options to choose from",
        f"use {', '.join(scale.options)}, with a semicolon between them",
    )


def _known(scale: Scale) -> Callable[[str], str | None]:
    by_code = options_by_code(scale)
    words = Lookup(
        {option: option for option in scale.options}
        | {label: one.value for one in scale.choices for label in one.label.values()}
    )

    def find(part: str) -> str | None:
        found = words.get(part)
        if found:
            return found
        plain = normal(part)
        return by_code.get(plain) if plain.isascii() and plain.isalnum() else None

    return find


def _read_off(text: str, scale: Scale) -> tuple[str, Iterable[str]]:
    """A text without the labels in it, the longest first, and their options: labels may hold commas."""
    labels = {normal(one): c.value for c in scale.choices for one in c.label.values()}
    found = []
    for label in sorted(labels, key=len, reverse=True):
        if len(label) > 2 and label in text:
            text = text.replace(label, " ")
            found.append(labels[label])
    return text, found


@functools.cache
def _tick() -> Values:
    return Values(Scale("tick", "tick", (Choice(CHOSEN, {}), Choice(LEFT, {}))))


def is_chosen(text: str) -> bool | None:
    """Whether what stands in the column of an option says that it is chosen; None if it says neither."""
    found = _tick().find(text)
    return None if isinstance(found, Wrong) else found == CHOSEN


def once(
    where: str, given: list[tuple[Question, str]]
) -> tuple[list[tuple[Question, str]], list[Problem]]:
    """The answers of a row, each question once; words of one's own are put together.

    Two columns of one question with an answer in one row are a problem, also where they agree: one of
    them may ask something else.
    """
    found: dict[str, tuple[Question, str]] = {}
    twice: dict[str, Problem] = {}
    for question, value in given:
        if question.key not in found:
            found[question.key] = (question, value)
            continue
        first = found[question.key]
        if question.facet.scale.kind == "text":
            found[question.key] = (question, f"{first[1]}\n{value}")
        else:
            twice[question.key] = Problem(
                where,
                f"two columns answer {question.key}, with {first[1]} and {value}",
                "keep one of the two answers, or correct what the columns are taken for",
            )
    return list(found.values()), list(twice.values())


_TICKED = ("1", "Y", "J", "checked", "selected", "valgt", "gekozen", "markeret", "aangevinkt")
_UNTICKED = ("0", "N", "unchecked", "not selected", "ikke valgt", "niet gekozen", "ikke markeret")


def coded(question: Question) -> Lookup[str]:
    """Another program's codes for the answers of a question, and what they store."""
    scale = question.facet.scale
    if scale.kind == "text":
        return Lookup({})
    if scale.kind == "tick":
        # A program may write the option itself where it was chosen.
        words = dict.fromkeys(question.facet.label.values(), CHOSEN)
        return Lookup(words | dict.fromkeys(_TICKED, CHOSEN) | dict.fromkeys(_UNTICKED, LEFT))
    found: dict[str, str] = {}
    for codes in (answer_numbers(scale), answer_codes(scale)):
        found |= {code: value for value, code in codes.items()}
    return Lookup(found)
