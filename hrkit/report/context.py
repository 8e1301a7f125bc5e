"""What every section of a report reads: the engagement, the released tables, the words, the look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from hrkit.blocks import Span, Text, b
from hrkit.disclosure.released import ALL, ComparedWith, Group, Priority, Released, Score, Why
from hrkit.model.engagement import Engagement, Wave
from hrkit.model.instrument import Instrument, Item, Scale, Section
from hrkit.model.language import Name, Texts, Words
from hrkit.records.values import Records
from hrkit.report.actions import Action, Library
from hrkit.report.charts.marks import Series
from hrkit.report.theme import Theme
from hrkit.report.tool_steps import ToolStep

__all__ = ["Context", "fill"]


@dataclass(frozen=True)
class Context:
    """Everything a section may read; nothing here is a raw answer.

    ``profile`` is the report profile's data (counts and switches), ``library`` the actions of
    the instrument, if it has any, ``records`` what was agreed aloud beside this wave.  ``parts``
    are the contexts of the engagement's tools that the wave was asked with, in their order, and
    ``steps`` is what its tools ask for; ``compared`` is what is told of the other organisations of its
    portfolio, where that was asked for.
    """

    engagement: Engagement
    released: Released
    words: Words
    theme: Theme
    profile: Mapping[str, Any]
    library: Library | None
    records: Records = field(default_factory=Records)
    parts: tuple[Context, ...] = ()
    steps: tuple[ToolStep, ...] = ()
    compared: ComparedWith | None = None

    @property
    def language(self) -> str:
        """Language of the report."""
        return self.words.language

    @property
    def instrument(self) -> Instrument:
        """The instrument asked."""
        return self.engagement.instrument

    @property
    def root(self) -> str:
        """Id of the unit that is the whole organisation."""
        return self.engagement.root.id

    @property
    def wave(self) -> Wave:
        """The wave reported."""
        return self.engagement.wave(self.released.wave)

    @cached_property
    def scale(self) -> tuple[int, int]:
        """Lowest and highest value of the scale that scores are made on."""
        facet = self.instrument.dimensions[0].score_facet
        assert facet is not None  # a dimension has one by definition
        return facet.scale.low, facet.scale.high

    @cached_property
    def advised(self) -> dict[str, tuple[Action, ...]]:
        """The actions of each dimension, chosen once for all pages (`hrkit.report.steps.chosen`)."""
        return {}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Groups with at least one number in the whole organisation, in the instrument's order."""
        return tuple(
            group
            for group in self.released.groups
            if any(
                self.score(measure, group.id).shown
                for s in self.instrument.dimensions
                for measure in (s.id, *(s.measure(item) for item in s.scored))
            )
        )

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """`groups` as charts name them."""
        return tuple(Series(group.id, self.label(group.id, short=True)) for group in self.groups)

    @cached_property
    def sides(self) -> tuple[Series, Series] | None:
        """The two sides of the gap as charts name them; None where the instrument has none."""
        found = [self.released.group(side) for side in self.instrument.sides]
        if len(found) != 2 or None in found:
            return None
        first, second = (Series(g.id, self.label(g.id, short=True)) for g in found if g)
        return first, second

    def score(self, section: Section | str, group: str = ALL, unit: str = "") -> Score:
        """A released score of a dimension or question key; of the whole organisation if no unit is given."""
        measure = section if isinstance(section, str) else section.id
        return self.released.score(measure, group, unit or self.root)

    def text(self, texts: Texts | None) -> str:
        """A text of the instrument or engagement in the report's language; empty for None."""
        return texts[self.language] if texts else ""

    def name(self, section: Section) -> str:
        """A dimension's name."""
        return self.text(section.name)

    def wording(self, item: Item) -> str:
        """The words by which the report names a statement."""
        return self.instrument.label(item, self.language)

    def label(self, group: str, *, short: bool = False) -> str:
        """A group's name in charts and tables."""
        return self._group("short" if short else "label", group)

    def in_text(self, group: str) -> str:
        """A group's name inside a sentence: "the leaders"."""
        return self._group("in_text", group)

    def as_subject(self, group: str) -> Name:
        """A group's name at the beginning of a sentence: "The leaders"."""
        name = self.in_text(group)
        return Name(name[:1].upper() + name[1:], plural=getattr(name, "plural", True))

    def owner(self, name: str) -> str:
        """Who takes the first step of an action: a perspective, or both sides together."""
        key = f"report.action.owner.{name}"
        return self.words(key) if key in self.words else self.named(name, "owner")

    def named(self, perspective: str, form: str) -> Name:
        """A single perspective's name in one of its forms, whatever group it is reported in."""
        return self.instrument.people.one(perspective).name(form, self.language)

    def _group(self, form: str, id: str) -> str:
        if id == ALL:
            return self.words(f"report.group.{'short' if form == 'short' else 'label'}.{ALL}")
        found = next((g for g in self.released.groups if g.id == id), None)
        members = found.perspectives if found else (id,)
        return self.instrument.people.name(members, form, self.language)

    def source(self, ref: str) -> str:
        """A source's title; those that are no publication have one in each language."""
        title = self.instrument.sources[ref]["title"]
        return title if isinstance(title, str) else self.text(title)

    def cited(self, ref: str) -> bool:
        """Whether a source is a publication, cited by its id."""
        return self.instrument.sources[ref].get("kind") == "text"

    def talk(self, section: Section, count: int) -> tuple[str, ...]:
        """The instrument's first questions for a talk about a dimension; empty where it has none."""
        keys = [f"talk.dimensions.{section.id}.questions.{i}" for i in range(1, count + 1)]
        return tuple(self.words(key) for key in keys if key in self.words)

    def said(self, section: Section, which: str) -> str:
        """The instrument's own sentence about a dimension (``strength``, ``weak``, …), or nothing."""
        key = f"talk.dimensions.{section.id}.{which}"
        return self.words(key) if key in self.words else ""

    def weight(self, one: Priority) -> str:
        """How important a dimension is as it was asked: a mean, or the share who chose it; a dash for unknown."""
        if one.chosen is not None:
            return str(self.words.percent(one.chosen))
        return "–" if one.importance is None else str(self.words.number(one.importance))

    def mean(self, score: Score) -> str:
        """A mean as printed, or in words why there is none."""
        if score.shown and score.mean is not None:
            return self.words.number(score.mean)
        return self.words(f"report.why.{score.why.value}")

    def with_interval(self, score: Score) -> str:
        """``3.0 (2.8–3.2)``; the mean alone where there is no interval."""
        if score.mean is None or score.low is None or score.high is None or score.low == score.high:
            return self.mean(score)
        low, high = self.words.number(score.low), self.words.number(score.high)
        return self.words("report.profile.with_interval", mean=self.mean(score), low=low, high=high)

    def missing(self, score: Score) -> str:
        """What a narrow cell says in place of a mean: a dash, or a word or two why there is none."""
        return "–" if score.why.absent else self.words(f"report.why.short.{score.why.value}")

    def perspective(self, id: str) -> str:
        """A single perspective's name, whatever group it is reported in."""
        return self.named(id, "label")

    def reason(self, score: Score) -> str:
        """A sentence that says why there is no number."""
        return self.words(f"report.why.sentence.{score.why.value}", **self._k(score))

    def _k(self, score: Score) -> dict[str, int]:
        return {"k": self.released.least(score.measure)}

    @property
    def figures(self) -> bool:
        """Whether there is any mean or share, or the instrument asks for none."""
        asked = {question.facet.release for question in self.instrument.questions()}
        return self.released.any_figure or not asked & {"means", "shares", "picks"}

    @property
    def nothing(self) -> str:
        """A sentence that says why there is no total of any dimension, or no figure at all."""
        if not self.instrument.dimensions:
            found = {score.why for score in self.released.scores}
            found |= {share.why for share in self.released.shares}
            if Why.PROTECTED in found:
                return self.words("general.nothing_protected")
            return self.words("report.summary.head.nothing")
        scores = [
            self.score(section, group.id)
            for section in self.instrument.dimensions
            for group in self.released.groups
        ]
        whys = {score.why for score in scores}
        if any(score.shown for score in scores):
            why = "nothing_total"
        elif Why.PROTECTED in whys:
            why = "nothing_protected"
        elif Why.PARTIAL in whys:
            why = "nothing_partial"
        elif Why.SILENT in whys:
            why = "nothing_silent"
        elif Why.SMALL not in whys:
            why = "nothing_nobody"
        else:
            why = "nothing"
        return self.words(f"report.summary.head.{why}")

    def level_name(self, level: int, section: Section | None = None) -> str:
        """The name of a level; as it reads in a section's block, if one is given."""
        known = any(one.level == level for one in self.instrument.levels)
        return self.text(self.instrument.level_name(level, section)) if known else ""

    def ends_of(self, scale: Scale) -> tuple[str, ...]:
        """Names of a scale's two ends, empty between them, for a chart's axis."""
        last = len(scale.choices) - 1
        return tuple(
            self.text(one.label) if i in (0, last) else "" for i, one in enumerate(scale.choices)
        )

    def ends(self, section: Section) -> tuple[str, ...]:
        """Names of the scale's two ends, empty between them, for a chart's axis."""
        scales = section.score_scales
        return tuple(
            " / ".join(dict.fromkeys(self.text(one.label) for one in answers))
            if i in (0, len(scales[0].choices) - 1)
            else ""
            for i, answers in enumerate(zip(*(s.choices for s in scales), strict=True))
        )


def _marked(value: object) -> Name:
    """A value between two marks, still of its own number."""
    plain = str(value).replace(chr(0xE000), "").replace(chr(0xE001), "")
    return Name(f"\ue000{plain}\ue001", plural=getattr(value, "plural", True))


def fill(words: Words, key: str, strong: tuple[str, ...] = (), **fields: object) -> Text:
    """A text of the kit with its fields filled in, some of them set in strong type.

    The filled-in values stay values: whatever markup a name holds, it is printed as it is.
    """
    if not strong:
        return words(key, **fields)
    # Private-use characters mark where a strong field begins and ends; names cannot hold them.
    marked = {name: _marked(value) if name in strong else value for name, value in fields.items()}
    spans: list[Span] = []
    for i, part in enumerate(words(key, **marked).replace("\ue000", "\ue001").split("\ue001")):
        if part:
            spans.append(b(part) if i % 2 else Span(part))
    return tuple(spans)
