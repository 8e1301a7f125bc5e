"""What may be written in a cell, in three languages, and what it stands for.

People type answers as they think of them: ``4``, ``4,0``, ``Enig``, ``4 – Enig``, ``Ved ikke``.
Each of these has one meaning on the question's scale or it is refused; nothing is rounded, and a
word that means one thing in one language and another in the next is refused too.  What makes no
difference to a reader's eye makes none here (`hrkit.text`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hrkit.answers.ballots import CHOSEN, LEFT
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Scale
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.text import Lookup, clean, nearest, normal, shown

__all__ = ["Values", "Wrong", "close_to", "no_codes"]

_NUMBER = re.compile(r"([+-]?\d{1,15})(?:[.,](\d{0,20}))?")
_NUMBERED = re.compile(r"(\d{1,6})\s*[-–—:=.)/]\s*(.+)")
#: And the other way round: ``Enig (4)``.
_BEHIND = re.compile(r"(.+?)\s*[(\[](\d{1,6})[)\]]")


class Wrong(NamedTuple):
    """Why a cell cannot be taken, and what to do."""

    what: str
    fix: str


def close_to(text: str, known: Iterable[str]) -> str:
    """The nearest of the known texts, for a message; empty if none is near."""
    return ", ".join(map(shown, nearest(text, known)))


class Values:
    """What may be written as an answer on one scale."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self._meanings = _meanings(scale)
        self._numbers = Lookup({choice.value: choice.value for choice in scale.choices})
        self._found: dict[str, str | Wrong] = {}

    def find(self, text: str) -> str | Wrong:
        """The stored value of what stands in a cell that is not blank."""
        if self.scale.kind == "text":
            return clean(text)
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> str | Wrong:
        found = self._meanings.get(normal(text), frozenset())
        if not found and (same := self._numbers.get(text)) is not None:
            return same
        if len(found) > 1:
            means = " or ".join(sorted(found))
            return Wrong(f"“{shown(text)}” may mean {means}", "write the number or the code")
        if found <= {DONT_KNOW, NOT_RELEVANT} and not found <= self.scale.answers:
            return Wrong(f"“{shown(text)}” is not offered here", "leave it blank instead")
        return next(iter(found)) if found else self._other(text)

    def _other(self, text: str) -> str | Wrong:
        scale, plain = self.scale, normal(text)
        values = [choice.value for choice in scale.choices]
        both = _NUMBERED.fullmatch(plain)
        if both and both[1] in values and both[1] in self._meanings.get(both[2], frozenset()):
            return both[1]
        both = _BEHIND.fullmatch(plain)
        if both and both[2] in values and both[2] in self._meanings.get(both[1], frozenset()):
            return both[2]
        number = _NUMBER.fullmatch(plain)
        if number:
            whole = str(int(number[1]))
            if not (number[2] or "").strip("0"):
                if whole in values:
                    return whole
                if scale.kind == "rating":
                    return Wrong(
                        f"{shown(text)} is outside {scale.low}–{scale.high}",
                        "correct it or leave it blank",
                    )
            elif scale.kind == "rating":
                return Wrong(
                    f"{shown(text)} is not a whole number",
                    f"give one from {scale.low} to {scale.high} or leave it blank",
                )
        rated = scale.kind == "rating"
        # "1 to 5" says its numbers; only words are worth naming beside it.
        spoken = ((() if rated else (c.value,), c.label.values()) for c in scale.choices)
        near = close_to(text, (label for pair in spoken for labels in pair for label in labels))
        known = f"{scale.low} to {scale.high}" if rated else ", ".join(values)
        fix = f"use {known}" + (f" or words such as {near}" if near else "") + ", or leave it blank"
        return Wrong(f"“{shown(text)}” is none of its answers", fix)


def _meanings(scale: Scale) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}

    def means(text: str, stored: str) -> None:
        found.setdefault(normal(text), set()).add(stored)

    for choice in scale.choices:
        for text in choice.label.values():
            means(text, choice.value)
    for text in (DONT_KNOW, *_ways("dont_know"), *_ways("joint"), *(scale.joint or {}).values()):
        means(text, DONT_KNOW)
    if scale.kind == "tick":
        for kind, stored in (("chosen", CHOSEN), ("left", LEFT)):
            for text in _ways(kind):
                means(text, stored)
    # Where both are one answer, whoever writes one of them has given it.
    apart = NOT_RELEVANT if scale.not_relevant else DONT_KNOW
    for text in (NOT_RELEVANT, *_ways("not_relevant")):
        means(text, apart)
    for way in scale.ways_out:  # the scale's own label means what it says
        for text in way.label.values():
            found[normal(text)] = {way.value}
    for choice in scale.choices:  # a code always means itself, even where it is a word elsewhere
        found[normal(choice.value)] = {choice.value}
    return {text: frozenset(stored) for text, stored in found.items()}


@functools.cache
def _ways(kind: str) -> tuple[str, ...]:
    """What people write for one of the ways out."""
    texts: list[str] = []
    for language in codes():
        entries = words(language).entries
        texts += [text for key, text in entries.items() if key.startswith(f"answers.{kind}.")]
    return tuple(texts)


def no_codes() -> tuple[str, ...]:
    """What people write in place of a code where they have none."""
    return tuple(text for kind in ("no_code", "dont_know", "not_relevant") for text in _ways(kind))
