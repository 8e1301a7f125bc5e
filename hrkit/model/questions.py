"""What is asked: sections of items, each answered on one or more facets, each of these on a scale.

An instrument (`hrkit.model.instrument`) is made of these, and names them for whoever uses it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hrkit.model.ballot import answers_to
from hrkit.model.facets import DONT_KNOW, NOT_RELEVANT, ReleasedAs
from hrkit.model.language import Texts

__all__ = ["Choice", "Facet", "Item", "Level", "Question", "Reference", "Scale", "Section"]


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
