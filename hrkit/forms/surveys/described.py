"""A survey as another program is to ask it: its questions, their answers, who is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from hrkit.model.language import Texts

__all__ = ["HINTS", "Option", "SurveyOutline", "SurveyPage", "SurveyQuestion"]

Kind = Literal["one", "many", "words", "line"]
#: What is said below a question that is answered by typing, by its kind.
HINTS: Mapping[Kind, str] = {"words": "forms.survey.names", "line": "forms.survey.code"}


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose: as it is stored, its code in letters, its number, its label."""

    value: str
    code: str
    number: str
    label: Texts


@dataclass(frozen=True)
class SurveyQuestion:
    """A question as some people are asked it.

    Attributes
    ----------
    key
        Of the question; empty for what is asked about the person.
    code
        What it is called in the other program, and there as a column.
    roles
        Perspectives that are asked; everybody if empty.
    kind
        One of its options, so many of them (``exactly``) or up to so many (``at_most``), words of
        one's own, or one line (a code).
    options
        Its own, in their order; ways out last.
    scale
        Id of the scale: questions with the same options share it.
    required
        Without an answer nobody can be told apart: role and unit.
    by_role
        Role to the code under which it is asked where each role has questions of its own.
    """

    key: str
    code: str
    texts: Texts
    kind: Kind
    roles: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    scale: str = ""
    exactly: int = 0
    at_most: int = 0
    required: bool = False
    by_role: Mapping[str, str] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """How many of its options may be chosen, where several may."""
        return self.exactly or self.at_most

    @property
    def how_many(self) -> str:
        """The key of the text that says so."""
        return "forms.survey.exactly" if self.exactly else "forms.survey.at_most"


@dataclass(frozen=True)
class SurveyPage:
    """A page of questions."""

    id: str
    name: Texts
    about: Texts
    questions: tuple[SurveyQuestion, ...]


@dataclass(frozen=True)
class SurveyOutline:
    """All that another program is to ask.

    Attributes
    ----------
    engagement, wave
        Ids.
    language, languages
        The engagement's own, which comes first, and all it speaks.
    intro, thanks
        Paragraphs before the first and after the last question, by language.
    hidden
        Code of a field nobody sees to the value it always has: whose answers these are.
    person
        What is asked about the person.
    round
        The round as a question with one answer, for a program that hides nothing; None where the
        engagement has one round only.
    """

    engagement: str
    client: str
    wave: str
    language: str
    languages: tuple[str, ...]
    title: Texts
    intro: Mapping[str, tuple[str, ...]]
    thanks: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, str]
    person: tuple[SurveyQuestion, ...]
    parts: tuple[SurveyPage, ...]
    round: SurveyQuestion | None = None

    @property
    def coded(self) -> bool:
        """Whether people are asked for their personal code."""
        return any(one.kind == "line" for one in self.person)

    @property
    def everything(self) -> tuple[SurveyQuestion, ...]:
        """Every question, those about the person first."""
        return (*self.person, *(one for part in self.parts for one in part.questions))

    @property
    def several(self) -> SurveyQuestion | None:
        """The question of which several answers are chosen; None without."""
        return next((one for one in self.everything if one.kind == "many"), None)

    @property
    def roles(self) -> tuple[Option, ...]:
        """The perspectives, as one chooses among them."""
        return self.person[0].options

    def asked_of(self, role: str) -> SurveyOutline:
        """The survey for one role alone: it is the one thing one can answer about the role."""

        def mine(one: SurveyQuestion) -> bool:
            return not one.roles or role in one.roles

        first = self.person[0]
        own = replace(first, options=tuple(o for o in first.options if o.value == role))
        parts = tuple(
            replace(part, questions=tuple(filter(mine, part.questions))) for part in self.parts
        )
        return replace(
            self,
            person=(own, *filter(mine, self.person[1:])),
            parts=tuple(part for part in parts if part.questions),
        )
