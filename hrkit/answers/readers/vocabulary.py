"""What may be written in a cell or a heading, in three languages, and what it stands for.

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

from hrkit.answers.ballots import CHOSEN, LEFT, answer_columns
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Instrument, Question, Scale
from hrkit.model.language import words
from hrkit.model.languages import codes, languages
from hrkit.model.places import unit_name
from hrkit.text import Lookup, clean, nearest, normal, shown

__all__ = [
    "PERSON",
    "Choices",
    "Headings",
    "Values",
    "Wrong",
    "close_to",
    "heading",
    "no_codes",
    "people",
    "perspective_name",
    "wordings",
]

#: Columns about the respondent; the first is the personal code.
PERSON = ("code", "wave", "unit", "perspective", "level", "pair", "language")
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


# ------------------------------------------------------------------------------- answers


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


# ----------------------------------------------------------------------- who, where, when


class Choices:
    """Ids that a cell may name, by id or by a name in any language.

    Parameters
    ----------
    kind
        What they are ids of, for messages.
    named
        Id to its names in any language.
    shown_as
        Id to the name that messages show.
    """

    def __init__(
        self, kind: str, named: Mapping[str, Iterable[str]], shown_as: Mapping[str, str]
    ) -> None:
        self.kind, self.ids, self._shown_as = kind, tuple(named), shown_as
        names: dict[str, set[str]] = {}
        for id, texts in named.items():
            for text in (id, *texts):
                names.setdefault(normal(text), set()).add(id)
        self._names = {text: tuple(sorted(ids)) for text, ids in names.items()}
        self._texts: dict[str, list[str]] = {}
        for id, texts in named.items():
            for text in dict.fromkeys((id, *texts)):
                self._texts.setdefault(text, []).append(id)
        self._numbers = Lookup({id: id for id in self.ids})
        self._found: dict[str, str | Wrong] = {}

    def find(self, text: str) -> str | Wrong:
        """The id that a cell names."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> str | Wrong:
        if text.strip() in self.ids:
            return text.strip()
        found = self._names.get(normal(text), ())
        if len(found) == 1:
            return found[0]
        if found:
            which = " or ".join(found)
            return Wrong(f"the {self.kind} “{shown(text)}” may be {which}", "write the id instead")
        if (same := self._numbers.get(text)) is not None:
            return same
        near = dict.fromkeys(id for name in nearest(text, self._texts) for id in self._texts[name])
        meant = " or ".join(map(self._named, near))
        fix = f"did you mean {meant}? " if meant else ""
        return Wrong(f"there is no {self.kind} “{shown(text)}”", f"{fix}use {self.known()}")

    def respelled(self, text: str) -> bool:
        """Whether a cell that was understood is a number written in another way than the id."""
        found = self.find(text)
        return isinstance(found, str) and normal(text) not in self._names

    def known(self) -> str:
        """The ids with their names, as a message lists them."""
        few = ", ".join(map(self._named, self.ids[:20]))
        return few + (f" or one of {len(self.ids) - 20} more" * (len(self.ids) > 20))

    def _named(self, id: str) -> str:
        name = shown(self._shown_as.get(id, id))
        return f"{id} ({name})" if normal(name) != normal(id) else id


def people(engagement: Engagement) -> Mapping[str, Choices]:
    """What the columns about a person may say in an engagement; tier and pair where it lists them."""
    instrument = engagement.instrument
    perspectives = {id: list(instrument.people.spoken(id)) for id in instrument.perspectives}
    spoken = dict.fromkeys((engagement.language, *engagement.languages))

    def said(texts: Mapping[str, str]) -> str:
        return " / ".join(
            dict.fromkeys(texts[language] for language in spoken if language in texts)
        )

    listed = {
        "level": Choices(
            "tier",
            {tier.id: list(tier.name.values()) for tier in engagement.tiers},
            {tier.id: said(tier.name) for tier in engagement.tiers},
        ),
        "pair": Choices(
            "pair",
            {pair.id: [pair.name] for pair in engagement.pairs},
            {pair.id: pair.name for pair in engagement.pairs},
        ),
    }
    # Where an engagement lists none, a file may say either in its own words.
    return {name: one for name, one in listed.items() if one.ids} | {
        "wave": Choices(
            "wave",
            {wave.id: [*wave.name.values(), *wave.was] for wave in engagement.waves},
            {wave.id: said(wave.name) for wave in engagement.waves},
        ),
        "unit": Choices(
            "unit", _units(engagement), {unit.id: unit.name for unit in engagement.units}
        ),
        "perspective": Choices(
            "perspective",
            perspectives,
            {
                id: said(
                    {language: perspective_name(instrument, id, language) for language in spoken}
                )
                for id in instrument.perspectives
            },
        ),
        "language": Choices(
            "language", _languages(), {id: one.name for id, one in languages().items()}
        ),
    }


def _languages() -> Mapping[str, list[str]]:
    """Languages by their own name and by what each of the others calls them."""
    found = {}
    for id, language in languages().items():
        said = [words(other) for other in codes()]
        key = f"answers.languages.in_{id}"
        found[id] = [language.name, *(one(key) for one in said if key in one)]
    return found


def _units(engagement: Engagement) -> Mapping[str, list[str]]:
    """Units by every name and id they have or had; one that is listed itself keeps its id."""
    listed = {unit.id for unit in engagement.units}
    spoken = [engagement.words(code) for code in engagement.languages]
    return {
        unit.id: [
            *(unit.name, *unit.names.values()),
            # As whoever answers chose it: with the units around it.
            *(unit_name(engagement, unit, w) for w in spoken),
            *(id for id in unit.was if id not in listed),
        ]
        for unit in engagement.units
    }


def perspective_name(instrument: Instrument, id: str, language: str) -> str:
    """A perspective's name as one respondent's role; its id where there are no words for it."""
    return str(instrument.people.one(id).name("role", language))


# ------------------------------------------------------------------------------ headings


def heading(
    instrument: Instrument, question: Question, language: str, perspective: str = ""
) -> str:
    """``trust.01 · I talk difficult cases through …``; with the facet where there are several.

    In the wording of a perspective; of the first that is asked if none is named.
    """
    asked = perspective or question.item.ask[0]
    return f"{question.key} · {_words(instrument, question, asked, language)}"


def _words(instrument: Instrument, question: Question, perspective: str, language: str) -> str:
    text = instrument.wording(question.item, perspective, language)
    if len(question.item.facets) > 1:
        text = f"{text} – {question.facet.label[language]}"
    return " ".join(text.split())


def wordings(instrument: Instrument) -> Mapping[str, frozenset[str]]:
    """By key, all that the kit calls a question, in the form in which it is compared."""
    return {
        key: frozenset(
            normal(_words(instrument, question, perspective, language))
            for perspective in question.item.ask
            for language in instrument.languages
        )
        for key, question in answer_columns(instrument).items()
    }


class Headings:
    """The headings that are understood: keys, generated headings, wordings, and who answers."""

    def __init__(self, instrument: Instrument, engagement: Engagement | None = None) -> None:
        self.questions = answer_columns(instrument)
        self._keys = {normal(key): key for key in self.questions}
        self._wordings: dict[str, set[str]] = {}
        for key, texts in wordings(instrument).items():
            for text in texts:
                self._wordings.setdefault(text, set()).add(key)
        self._person = {name: name for name in PERSON}
        #: Finding the nearest known heading takes long; a file of unknown ones gets no hints.
        self._hints = 60
        for language in codes():
            for name in PERSON:
                self._person[normal(words(language)(f"answers.columns.{name}"))] = name
        for language in codes():  # what earlier templates called them, where nothing else is meant
            for name in PERSON:
                key, spoken = f"answers.before.{name}", words(language)
                if key in spoken:
                    self._person.setdefault(normal(spoken(key)), name)
        # A client's own words for the columns come on top of the kit's.
        for language in engagement.languages if engagement else ():
            for name in PERSON:
                own = engagement.words(language) if engagement else words(language)
                self._person[normal(own(f"answers.columns.{name}"))] = name

    def find(self, text: str) -> tuple[str, bool] | Wrong:
        """The column's key and whether its words are the instrument's own.

        Person columns come back as ``code``, ``wave`` …; questions by their key.
        """
        found = self.meant(text)
        if isinstance(found, tuple):
            return found
        plain = normal(text)
        before = plain.partition(" · ")[0]
        if found:
            which = " or ".join(sorted(found))
            return Wrong(f"the heading “{shown(text)}” may be {which}", "write the key instead")
        self._hints -= 1
        near = ""
        if self._hints >= 0:
            names = (*self.questions, *PERSON, *self._person)
            near = close_to(before, names) or close_to(plain, self._wordings)
        fix = f"did you mean {near}? Otherwise delete the column" if near else "delete the column"
        return Wrong(f"the heading “{shown(text)}” is not known", fix)

    def meant(self, text: str) -> tuple[str, bool] | set[str]:
        """As `find`; what it may be where that is open, and nothing where it is not known."""
        plain = normal(text)
        if plain in self._person:
            return self._person[plain], True
        if plain in self._keys:
            return self._keys[plain], True
        before, mark, after = plain.partition(" · ")
        if mark and before in self._keys:
            key = self._keys[before]
            return key, key in self._wordings.get(after, ())
        first = plain.partition(" ")[0]
        if first != plain and first in self._keys:  # with another sign between key and words
            return self._keys[first], False
        found = self._wordings.get(plain, set())
        return (next(iter(found)), True) if len(found) == 1 else found

    def by_key(self, text: str) -> bool:
        """Whether a heading names its column by a key or a word of the kit's, and not by a question."""
        plain = normal(text)
        return plain in self._person or plain.partition(" ")[0] in self._keys

    def knows(self, text: str) -> bool:
        """Whether a heading is understood."""
        plain = normal(text)
        return (
            plain in self._person
            or plain in self._wordings
            or plain.partition(" · ")[0] in self._keys
        )
