"""Which question another program's column asks: by the kit's code for it, or by its words.

Words are found as any role reads them in any language, under all that programs put around them: a
number or a code or the title of a grid in front (``Title.Statement``, ``Title - Statement``), an option
behind (``… [Trust]``, ``… (choice=Trust)``, ``… - Trust``), a number where a heading stands twice
(``Statement2``), another sign or none at the end.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, NamedTuple

from hrkit.answers.ballots import answer_columns
from hrkit.answers.readers.headings import Headings
from hrkit.answers.readers.surveys.endings import ended
from hrkit.answers.readers.vocabulary import Values, Wrong
from hrkit.answers.tool_codes import (
    MARK,
    PERSON_CODES,
    AskedAs,
    QuestionCodes,
    bare,
    options_by_code,
)
from hrkit.model.engagement import Engagement
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.text import normal

__all__ = ["Columns", "Meant"]

_PERSON = {code: name for name, code in PERSON_CODES.items()}
#: A code or a number in front of a question.
_FRONT = re.compile(r"(?:[\w.:\[\]-]{1,40}|q\s?\d{1,3}[a-z]?)(?:\.|\)|:|,| -|/)\s+(.+)", re.DOTALL)
#: What stands between a title and a statement, or a question and its option.
_BETWEEN = " .:-–—/|>?!])"
#: Some exports keep the look of a question.
_TAGS = re.compile(r"<[/a-zA-Z][^<>]{0,300}>")
#: Words of a statement are looked for at the end of a heading if they are so long.
_LONG = 16
#: A heading that stands twice gets a number.
_AGAIN = re.compile(r"(.*[^\d\s.#_])[\s.#_]*\d{1,2}", re.DOTALL)
#: A number in front of a question about the person.
_TITLED = re.compile(r"^\s*\d{1,3}\s*[.):]\s+")
#: An option behind it.
_BEHIND = (
    re.compile(r"(.+?)\s*\[([^\[\]]+)\]", re.DOTALL),
    re.compile(r"(.+?)\s*\((?:choice|valg|keuze)\s*=\s*(.+)\)", re.DOTALL),
    re.compile(r"(.+?)\s*[-/:]\s*(?:selected choice\s*-\s*)?([^-/:]+)", re.DOTALL),
)


#: What stands around an option behind its question.
_FILLER = re.compile(
    r"^[\s.:/|>\[(–—-]*(?:selected choice\s*[-–]\s*)?(?:(?:choice|valg|keuze)\s*=\s*)?|[\s\])]+$"
)


def _asked_of_people(engagement: Engagement) -> dict[str, str]:
    """How forms ask who somebody is, in any language, to the fact it is."""
    found: dict[str, str] = {}
    for said in (*map(words, codes()), *map(engagement.words, engagement.languages)):
        for key, name in (
            ("role", "perspective"),
            ("unit", "unit"),
            ("tier", "level"),
            ("pair", "pair"),
            ("code", "code"),
            ("slip", "code"),
        ):
            if f"forms.ui.{key}" in said:
                found[ended(said(f"forms.ui.{key}"))] = name
    return found


class Meant(NamedTuple):
    """What a column was found to be: a fact about the person, a question, or the engagement's mark.

    ``sure`` is how it was found: ``code``, ``words``, or ``near`` where the words are nearly these.
    """

    person: str = ""
    asked: AskedAs | None = None
    mark: bool = False
    sure: str = "code"


class Columns:
    """Finds what columns ask, for one engagement."""

    _latest: ClassVar[tuple[Engagement, Columns] | None] = None

    @classmethod
    def of(cls, engagement: Engagement) -> Columns:
        """The finder of an engagement; one that is asked for several times in a row is made once.

        Making it takes longer than reading most files, and a file is looked at three times: what it
        is, which rows are whose, what it says.
        """
        latest = cls._latest
        if latest is None or latest[0] is not engagement:
            cls._latest = latest = engagement, cls(engagement)
        return latest[1]

    def __init__(self, engagement: Engagement) -> None:
        instrument = engagement.instrument
        self._instrument = instrument
        self.codes = QuestionCodes(instrument)
        self._headings = Headings(instrument, engagement)
        self._keys = answer_columns(instrument)
        self._languages = (engagement.language, *engagement.languages)
        self._person = _asked_of_people(engagement)
        self._wordings: dict[str, set[AskedAs]] = {}
        for key, question in {**instrument.keys, **self._keys}.items():
            for who in question.item.ask:
                for language in instrument.languages:
                    text = instrument.wording(question.item, who, language)
                    facet = question.facet.label.get(language, "")
                    texts = [text] if len(question.item.facets) == 1 else []
                    texts += [f"{text} – {facet}", f"{text} [{facet}]", f"{text} ({facet})"]
                    for one in texts:
                        self._wordings.setdefault(ended(one), set()).add(AskedAs(key, who))
        self._options = {
            key: options_by_code(question.facet.scale)
            for key, question in instrument.keys.items()
            if question.facet.scale.kind == "pick"
        }

    def answers(self, asked: AskedAs, text: str) -> bool | None:
        """Whether a text is an answer to a question; None where any text would be one."""
        question = self._keys.get(asked.key) or self._instrument.keys[asked.key]
        if question.facet.scale.kind == "text":
            return None
        return not isinstance(Values(question.facet.scale).find(text), Wrong)

    def find(self, names: Iterable[str]) -> Meant | None:
        """What a column is, by any of its names; None if it is nothing that is asked here."""
        shown = (html.unescape(_TAGS.sub(" ", n)) if "<" in n or "&" in n else n for n in names)
        names = tuple(name for name in shown if name.strip())
        for name in names:
            plain = bare(name)
            if plain == MARK and normal(name).startswith(MARK):
                return Meant(mark=True)
            if plain in _PERSON:
                return Meant(person=_PERSON[plain])
            if asked := self.codes.find(name):
                return Meant(asked=asked)
        for name in names:
            found = self._headings.meant(name)
            if (asks := self._person.get(ended(_TITLED.sub("", name)))) is not None:
                return Meant(person=asks, sure="words")
            if isinstance(found, tuple):
                key, _ = found
                if key not in self._keys:
                    return Meant(person=key, sure="words")
                if not self._wordings.get(ended(name)):
                    return Meant(asked=AskedAs(key))
            for text in self._plain(name):
                if asked := self._by_words(text):
                    return Meant(asked=asked, sure="words")
            # A title may stand in a line of its own.
            *before, last = name.strip().splitlines()
            if before and (asked := self._by_words(normal(last))):
                return Meant(asked=asked, sure="words")
        return None

    def readers(self, asked: AskedAs) -> frozenset[str]:
        """The roles that read a question in the same words as the one it names; nobody if it names none."""
        if not asked.perspective:
            return frozenset()
        question = self._keys.get(asked.key) or self._instrument.keys[asked.key]
        item, wording = question.item, self._instrument.wording

        def words(who: str) -> list[str]:
            return [wording(item, who, language) for language in self._languages]

        own = words(asked.perspective)
        return frozenset(who for who in item.ask if words(who) == own)

    def roles_of(self, heading: str) -> frozenset[str]:
        """The roles in whose words a heading asks; nobody if it is read by all, or is no question."""
        found = self.find((heading,))
        return self.readers(found.asked) if found and found.asked else frozenset()

    def near(self, names: Iterable[str]) -> Meant | None:
        """A question whose words are nearly those of a column."""
        from difflib import SequenceMatcher

        for name in names:
            text = normal(name)[:400]
            parts = frozenset(re.findall(r"\w+", text))
            if not 3 <= len(parts) <= 80:
                continue
            # Comparing letter by letter takes long: only what has most words in common is compared.
            common = sorted(
                ((len(parts & own) / len(parts | own), one) for one, own in self._parts.items()),
                reverse=True,
            )[:3]
            for share, one in common:
                if share > 0.5 and SequenceMatcher(None, text, one[:400]).ratio() > 0.8:
                    found = self._one(self._wordings[one])
                    if found:
                        return Meant(asked=found, sure="near")
        return None

    @functools.cached_property
    def _parts(self) -> Mapping[str, frozenset[str]]:
        return {text: frozenset(re.findall(r"\w+", text)) for text in self._wordings}

    def _plain(self, name: str) -> Iterator[str]:
        text = normal(name)
        for _ in range(3):
            yield text
            front = _FRONT.fullmatch(text)
            if front is None:
                return
            text = front[1]

    @functools.cached_property
    def _by_end(self) -> Mapping[str, list[str]]:
        """Long wordings by their last signs, the longest first."""
        found: dict[str, list[str]] = {}
        for text in sorted(self._wordings, key=len, reverse=True):
            if len(text) >= _LONG:
                found.setdefault(text[-_LONG:], []).append(text)
        return found

    @functools.cached_property
    def _picks(self) -> Mapping[str, set[AskedAs]]:
        """Wordings of the questions that are answered by choosing of a list."""
        return {
            text: asked
            for text, asked in self._wordings.items()
            if all(one.key in self._options for one in asked)
        }

    def _by_words(self, text: str) -> AskedAs | None:
        again = _AGAIN.fullmatch(text)
        for one in (text, again[1]) if again else (text,):
            if found := self._wordings.get(ended(one)):
                return self._one(found)
            if found := self._behind_a_title(ended(one)):
                return self._one(found)
        for question, asked in self._picks.items():
            if text.startswith(question) and (whole := self._one(asked)):
                rest = text.removeprefix(question)
                option = self._options[whole.key].get(bare(_FILLER.sub("", rest)))
                if option and rest[0] in f"{_BETWEEN}[(":
                    return AskedAs(f"{whole.key}:{option}", whole.perspective)
        for pattern in _BEHIND:
            parts = pattern.fullmatch(text)
            # A statement in a grid stands behind the grid's title, an option behind its question.
            if parts and (rows := self._wordings.get(ended(parts[2]))):
                return self._one(rows)
            whole = self._one(self._wordings.get(ended(parts[1]), set())) if parts else None
            if parts and whole and whole.key in self._options:
                option = self._options[whole.key].get(bare(parts[2]))
                if option:
                    return AskedAs(f"{whole.key}:{option}", whole.perspective)
        return None

    def _behind_a_title(self, text: str) -> set[AskedAs]:
        """A statement in a grid stands behind the grid's title."""
        for wording in self._by_end.get(text[-_LONG:], ()):
            title = text.removesuffix(wording) if text.endswith(wording) else ""
            if title.strip() and title[-1] in _BETWEEN and title.rstrip()[-1] in _BETWEEN:
                return self._wordings[wording]
        return set()

    @staticmethod
    def _one(found: set[AskedAs]) -> AskedAs | None:
        """The one question that is meant; with the role, if only one reads it so."""
        keys = {asked.key for asked in found}
        if len(keys) != 1:
            return None
        return next(iter(found)) if len(found) == 1 else AskedAs(keys.pop())

    def short(self, headings: Iterable[str]) -> Mapping[str, AskedAs]:
        """Variable names that a program has cut to eight signs, to what they begin; where that is one."""
        begins: dict[str, set[AskedAs]] = {}
        for code, asked in self.codes.items():
            begins.setdefault(code[:8], set()).add(asked)
        return {
            heading: next(iter(found))
            for heading in headings
            if len(found := begins.get(bare(heading), set())) == 1
        }
