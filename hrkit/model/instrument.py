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
from typing import Any, Literal

from hrkit.model.ballot import answers_to
from hrkit.model.beside import reader_beside
from hrkit.model.facets import DONT_KNOW, NOT_RELEVANT, ReleasedAs
from hrkit.model.language import Texts
from hrkit.model.perspectives import People

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


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a scale: ``value`` as stored (``"4"``, ``"decides"``), its label, what it is about."""

    value: str
    label: Texts
    about: Texts | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """How an answer is given.

    ``rating`` values are whole numbers in rising order; ``category`` values are codes
    without order; ``text`` has no values.  Of the options of a ``pick`` so many are chosen, or up to
    so many, and they are one answer (`hrkit.model.ballot`); in a file each option has a column, a
    ``tick``.

    Attributes
    ----------
    dont_know
        Label of "don't know", where it is offered; of "don't know / not relevant" where both are
        one answer.
    not_relevant
        Label of "not relevant to me", where it is an answer of its own.
    joint
        Label under which both were one answer in earlier versions.
    exactly
        How many options of a ``pick`` are chosen; 0 where it is up to so many.
    at_most
        Up to how many of them may be chosen; 0 where it is exactly so many.
    """

    id: str
    kind: Literal["rating", "category", "text", "pick", "tick"]
    choices: tuple[Choice, ...] = ()
    dont_know: Texts | None = None
    not_relevant: Texts | None = None
    joint: Texts | None = None
    exactly: int = 0
    at_most: int = 0

    @property
    def most(self) -> int:
        """How many options of a ``pick`` may be chosen; 0 of any other scale."""
        return self.exactly or self.at_most

    @property
    def fewest(self) -> int:
        """With how many options a ``pick`` is done and counts; 0 of any other scale."""
        return self.exactly or min(1, self.at_most)

    @property
    def ways_out(self) -> tuple[Choice, ...]:
        """The answers that rate nothing, as stored and with their labels: don't know, not relevant."""
        offered = ((DONT_KNOW, self.dont_know), (NOT_RELEVANT, self.not_relevant))
        return tuple(Choice(value, label) for value, label in offered if label)

    @property
    def answers(self) -> frozenset[str]:
        """Every value that may be stored, ways out among them; empty for words of one's own."""
        if self.kind == "text":
            return frozenset()
        if self.kind == "pick":
            return answers_to(self.options, self.most)
        return frozenset(choice.value for choice in (*self.choices, *self.ways_out))

    @property
    def options(self) -> tuple[str, ...]:
        """The values one may choose from, in their order."""
        return tuple(choice.value for choice in self.choices)

    @property
    def low(self) -> int:
        """Lowest value of a rating."""
        return int(self.choices[0].value)

    @property
    def high(self) -> int:
        """Highest value of a rating."""
        return int(self.choices[-1].value)


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of an item that is answered on its own: agreement, importance, satisfaction.

    Attributes
    ----------
    release
        What of its answers may be shown, see `RELEASES`.
    stands_for
        Facet whose place it takes: a statement that is rated on it, how often something happens
        say, counts in the score that the other facet makes.
    made_of
        One or two facets of which it is made; it is never asked itself.  Of one rating whether it is
        the lowest answer, of two how the second lies to the first (`hrkit.disclosure.chosen.joint`).
    """

    id: str
    scale: Scale
    label: Texts
    release: ReleasedAs = "means"
    stands_for: str = ""
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Where an item's idea comes from: one or more source ids and the idea in a few words."""

    refs: tuple[str, ...]
    idea: str = ""


@dataclass(frozen=True)
class Item:
    """Something that is asked about.

    Attributes
    ----------
    ask
        Perspectives it is asked of; nobody else sees it.
    wordings
        Words by perspective; ``any`` where all read the same.
    reversed
        A satisfied respondent rates it low; scored as low + high − answer.
    label
        What a report calls it: for a reversed one what is so when all is well, so that its turned
        figure reads the right way.  Nobody is asked it in these words.
    sensitive
        So many have to answer before anything of it is shown, its section's mark included; 0 where
        the thresholds of the engagement are enough.
    added
        A client added it to a dimension of the instrument extended: shown there, not counted.
    role
        ``score`` counts in its section's score; ``importance`` is the section's one
        importance rating; ``other`` is neither.
    """

    id: str
    section: str
    ask: tuple[str, ...]
    facets: tuple[Facet, ...]
    wordings: Mapping[str, Texts]
    source: Reference
    tags: tuple[str, ...] = ()
    reversed: bool = False
    label: Texts | None = None
    role: Literal["score", "importance", "other"] = "score"
    added: bool = False
    sensitive: int = 0

    @property
    def marked(self) -> bool:
        """Whether a report must say that its figure is turned: it stands there as it was asked."""
        return self.reversed and self.label is None

    def key(self, facet: Facet) -> str:
        """Stable name of item × facet: ``trust.01``, ``payroll:satisfaction`` where there are several facets."""
        alone = len(self.facets) == 1 and not facet.made_of
        return self.id if alone else f"{self.id}:{facet.id}"


@dataclass(frozen=True, slots=True)
class Level:
    """A maturity level (1–5), or what one would see at it in one dimension.

    ``strands`` are the parts of the description, one for each of `Section.strands`; ``text`` has them
    all.
    """

    level: int
    text: Texts
    carries: Texts | None = None
    strands: tuple[Texts, ...] = ()


@dataclass(frozen=True)
class Section:
    """A dimension (it has a score) or another group of items (it has none).

    Attributes
    ----------
    score_facet
        Facet from which the section's score is made; None where there is no score.
    self_raters
        Perspectives that rate their own work here; they weigh in no total.
    grid
        What one would see at levels 1–5; empty where the instrument has no grid.
    strands
        What the parts of each level of the grid are about; empty where a level is one description.
    """

    id: str
    name: Texts
    about: Texts
    block: str
    items: tuple[Item, ...]
    importance: Item | None = None
    grid: tuple[Level, ...] = ()
    score_facet: Facet | None = None
    self_raters: tuple[str, ...] = ()
    strands: tuple[Texts, ...] = ()

    def scoring(self, item: Item) -> Facet | None:
        """The facet on which an item counts in the score: the section's, or one that stands for it."""
        known = self._scoring.get(item.id)
        return known[1] if known and known[0] is item else self._scores(item)

    @functools.cached_property
    def _scoring(self) -> Mapping[str, tuple[Item, Facet | None]]:
        """The section's own items, each with the facet on which it counts: asked for all the time."""
        return {item.id: (item, self._scores(item)) for item in self.items}

    def _scores(self, item: Item) -> Facet | None:
        if self.score_facet is None:
            return None
        names = (self.score_facet.id,)
        return next(
            (facet for facet in item.facets if facet.id in names or facet.stands_for in names), None
        )

    def measure(self, item: Item) -> str:
        """Key of an item's answer on the facet that makes the score."""
        known = self._measured.get(item.id)
        return known[1] if known and known[0] is item else self._key(item)

    @functools.cached_property
    def _measured(self) -> Mapping[str, tuple[Item, str]]:
        """The section's own items with these keys: asked for all the time, too."""
        return {item.id: (item, self._key(item)) for item in self.items}

    def _key(self, item: Item) -> str:
        facet = self.scoring(item) or self.score_facet
        return item.key(facet) if facet else item.id

    @property
    def score_scales(self) -> tuple[Scale, ...]:
        """The scales on which its score is rated, in the order in which they are met."""
        facets = (self.scoring(item) for item in self.scored)
        return tuple({facet.scale.id: facet.scale for facet in facets if facet}.values())

    @property
    def scored(self) -> tuple[Item, ...]:
        """The items whose answers make the section's score."""
        return tuple(item for item in self.items if item.role == "score")

    @functools.cached_property
    def statements(self) -> tuple[tuple[str, str, bool], ...]:
        """Those items as they are asked: item, the facet that counts, and whether it is turned."""
        return tuple(
            (item.id, facet.id, item.reversed)
            for item in self.scored
            if (facet := self.scoring(item))
        )


@dataclass(frozen=True, slots=True)
class Question:
    """An item × facet as one person is asked it; ``key`` is its stable name in files."""

    item: Item
    facet: Facet
    section: Section

    @property
    def key(self) -> str:
        """``trust.01``, or ``payroll:satisfaction`` where the item has several facets."""
        return self.item.key(self.facet)


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
