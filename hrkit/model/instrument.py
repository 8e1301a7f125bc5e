"""An instrument: what is asked, of whom, in which words — as data.

A question is *item × facet*.  An agreement statement has one facet; a service has
several (known, used, importance, satisfaction, fits my day); a task has one per actor on
a categorical scale.  Code never names an item: it asks the instrument for its sections,
items and facets.  `load` checks a whole file and reports everything that is wrong.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrkit.model.beside import reader_beside
from hrkit.model.facets import DONT_KNOW, NOT_RELEVANT
from hrkit.model.language import Texts
from hrkit.model.perspectives import People
from hrkit.model.questions import (
    Choice,
    Facet,
    Item,
    Level,
    Question,
    Reference,
    Scale,
    Section,
)

__all__ = [
    "DONT_KNOW",
    "FEWEST",
    "NOT_RELEVANT",
    "Choice",
    "Facet",
    "Instrument",
    "Item",
    "Level",
    "Question",
    "Reference",
    "Scale",
    "Section",
]


#: A score is made of at least so many statements, where a section has five or more; of at least half
#: of them, where it has fewer.  One or two of five say what they say, and nothing of a dimension (our
#: judgement).
FEWEST = 3


@dataclass(frozen=True)
class Instrument:
    """A whole instrument, checked.

    Attributes
    ----------
    perspectives
        Who may be asked, in the order in which they are shown.
    fallback
        Perspective to the one whose wording it reads where it has none of its own.
    sources
        Source id to its title, author and language.
    has_grid
        The instrument declares a maturity grid, and every scored section has one.
    sides
        The two perspectives between which gaps are shown; empty for none.
    pool
        Perspective to the one it is reported with while either is too small to stand alone.
    names
        Names of perspectives that are this instrument's own.
    data
        What it was built from, kept with a wave that was asked it.
    people
        What every perspective is called in every place, and how it is drawn.
    speaks
        Ids of the instruments whose words and advice it speaks: a kit instrument its own, one
        that extends another those of its base, a client's own none.
    """

    id: str
    version: str
    languages: tuple[str, ...]
    title: Texts
    intro: Texts
    perspectives: tuple[str, ...]
    fallback: Mapping[str, str]
    sources: Mapping[str, Mapping[str, Any]]
    scales: Mapping[str, Scale]
    facets: Mapping[str, Facet]
    sections: tuple[Section, ...]
    levels: tuple[Level, ...] = ()
    blocks: Mapping[str, Texts] = field(default_factory=dict)
    pillars: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    has_grid: bool = False
    sides: tuple[str, ...] = ()
    pool: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Texts] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    people: People = field(default_factory=People)
    speaks: tuple[str, ...] = ()

    @property
    def edition(self) -> int:
        """The first number of its version; of what it extends, where two versions stand together."""
        return int(self.version.partition("+")[0].partition(".")[0])

    @functools.cached_property
    def dimensions(self) -> tuple[Section, ...]:
        """The sections that have a score."""
        return tuple(section for section in self.sections if section.score_facet)

    @functools.cached_property
    def choice(self) -> Question | None:
        """The question by which one chooses of a list, the dimensions' or one of its own; None without."""
        return next((q for q in self.questions() if q.facet.scale.kind == "pick"), None)

    @property
    def ballot(self) -> Question | None:
        """The question by which so many of the dimensions are chosen; None where they are rated, or neither."""
        return self.choice if self.choice and self.choice.facet.scale.exactly else None

    @functools.cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by id, importance ratings and open questions too."""
        return {question.item.id: question.item for question in self.questions()}

    @functools.cached_property
    def keys(self) -> Mapping[str, Question]:
        """Every question by its `Question.key`, in the order asked."""
        return {question.key: question for question in self.questions()}

    @functools.cached_property
    def measured(self) -> Mapping[str, Question]:
        """`keys`, and what is made of two answers to one item; nobody is asked that."""
        made = [facet for facet in self.facets.values() if facet.made_of]
        found = dict(self.keys)
        for question in self.questions():
            for facet in made:
                if facet.made_of[-1] == question.facet.id:
                    names = {one.id for one in question.item.facets}
                    if set(facet.made_of) <= names:
                        new = Question(question.item, facet, question.section)
                        found[new.key] = new
        return found

    def questions(self, perspective: str | None = None) -> Iterator[Question]:
        """Item × facet in the order asked; of one perspective only, if given."""
        for section in self.sections:
            items = section.items + ((section.importance,) if section.importance else ())
            for item in items:
                if perspective is None or perspective in item.ask:
                    for facet in item.facets:
                        yield Question(item, facet, section)

    def level_name(self, level: int, section: Section | None = None) -> Texts:
        """What a level is called; in a section's block, if one is given: what carries has names of its own.

        Raises
        ------
        KeyError
            If there is no such level.
        """
        named = {one.level: one for one in self.levels}[level]
        second = section is not None and section.block in list(self.blocks)[1:]
        return named.carries if second and named.carries else named.text

    def wording(self, item: Item, perspective: str, language: str) -> str:
        """The words in which a perspective is asked an item.

        Raises
        ------
        KeyError
            If the perspective is not asked this item.
        """
        for name in self._chain(perspective):
            if name in item.wordings:
                return item.wordings[name][language]
        raise KeyError(f"{item.id} has no wording for {perspective}")

    def label(self, item: Item, language: str) -> str:
        """The words by which a report names an item: its label, or what the leaders were asked if they were."""
        if item.label is not None:
            return item.label[language]
        names = ("any", self.sides[0] if self.sides else "", *item.ask)
        name = next(name for name in names if name == "any" or name in item.ask)
        if name == "any" and "any" not in item.wordings:
            name = next(name for name in names[1:] if name in item.ask)
        return self.wording(item, name, language)

    def scored_items(self, section: Section) -> tuple[Item, ...]:
        """The items that make a section's score: where there are two sides, those both are asked.

        A gap compares like with like only if both sides answered the same statements; the
        score uses the same ones, so that a report never has two figures for one thing.  Where the
        sides share fewer than `FEWEST`, no gap can be drawn, and all of them count.  What a client
        added to a core dimension is shown there and leaves its score as it was.
        """
        core = _core(section)
        common = tuple(i for i in core if set(self.sides) <= set(i.ask))
        return common if len(common) >= _least(core) else core

    def counted(self, section: Section, perspective: str) -> tuple[Item, ...]:
        """The items that make a section's score for a perspective; none where it has no score there.

        Those of `scored_items` that it is asked, if they are at least `FEWEST`.  Who is no side, and
        asked fewer of those, is scored on all it is asked, if that is enough: employees see other
        acts of a leader than HR does.
        """
        items, core = self.scored_items(section), _core(section)
        shared = tuple(item for item in items if perspective in item.ask)
        if len(shared) >= _least(core):
            return shared
        own = tuple(item for item in core if perspective in item.ask)
        enough = perspective not in self.sides and len(own) >= _least(core)
        return own if enough else ()

    def _chain(self, perspective: str) -> Iterator[str]:
        seen: set[str] = set()
        name: str | None = perspective
        while name and name not in seen:
            yield name
            seen.add(name)
            name = self.fallback.get(name)
        yield "any"


def _least(items: tuple[Item, ...]) -> int:
    """How many of a section's items a score needs at least."""
    return min(FEWEST, (len(items) + 1) // 2)


def _core(section: Section) -> tuple[Item, ...]:
    """The scored items that are the instrument's own; a client's where there are no others."""
    return tuple(item for item in section.scored if not item.added) or section.scored


__getattr__ = reader_beside(__name__, "available", "check", "load")
