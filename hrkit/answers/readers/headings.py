"""What may be written as a heading, in three languages, and which column it names."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.answers.ballots import answer_columns
from hrkit.answers.readers.vocabulary import Wrong, close_to
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument, Question
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.text import normal, shown

__all__ = ["PERSON", "Headings", "heading", "wordings"]

#: Columns about the respondent; the first is the personal code.
PERSON = ("code", "wave", "unit", "perspective", "level", "pair", "language")


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
