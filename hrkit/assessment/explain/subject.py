"""What is asked about: one measure, of whom, in which part of the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hrkit.assessment.explain.arithmetic import Addend, Sums, part
from hrkit.disclosure.derived.contrasts import leaves
from hrkit.disclosure.derived.derive import scales_of
from hrkit.disclosure.derived.gaps import sides_of
from hrkit.disclosure.released import Between, Group, Released, Score
from hrkit.model.instrument import Section
from hrkit.report.context import Context

__all__ = ["Subject"]


@dataclass(frozen=True)
class Subject:
    """One measure of one group in one unit, as a report is at hand.

    Attributes
    ----------
    measure, group, unit
        As in `hrkit.disclosure.released.Score`.
    before
        What was released of the wave before; None where there is none to compare with.
    """

    ctx: Context
    measure: str
    group: str
    unit: str
    before: Released | None = None

    @property
    def sums(self) -> Sums:
        """Sums in the report's language."""
        return Sums(self.ctx.words)

    @cached_property
    def section(self) -> Section | None:
        """The dimension, if the measure is one."""
        return next((s for s in self.ctx.instrument.dimensions if s.id == self.measure), None)

    @property
    def pillar(self) -> bool:
        """Whether the measure is a pillar."""
        return self.measure in self.ctx.instrument.pillars

    @property
    def elsewhere(self) -> bool:
        """Whether it is about a unit and not about the whole organisation."""
        return self.unit != self.ctx.root

    @property
    def score(self) -> Score:
        """The released score."""
        return self.ctx.score(self.measure, self.group, self.unit)

    @property
    def member(self) -> Group | None:
        """The group, if it is one and no level of the chain."""
        return next((g for g in self.ctx.released.groups if g.id == self.group), None)

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """Groups in which the two sides are reported."""
        return sides_of(self.ctx.instrument, self.ctx.released.groups)

    @cached_property
    def first(self) -> str:
        """The group that units are compared in."""
        groups = self.ctx.released.groups
        return self.sides[0] if self.sides else groups[0].id if groups else ""

    @cached_property
    def scale(self) -> tuple[float, float]:
        """Lowest and highest value of the measure."""
        found = scales_of(self.ctx.instrument, self.ctx.released.scores)
        return found.get(self.measure, found.get("", (1.0, 5.0)))

    @cached_property
    def between(self) -> Between | None:
        """How far units differ on the measure in the group."""
        made = self.ctx.released.between
        return next((b for b in made if (b.measure, b.group) == (self.measure, self.group)), None)

    def leaves(self, measure: str) -> dict[str, Addend]:
        """Units that are compared on a measure in the group; no two count the same people."""
        ctx = self.ctx
        within = {u.id: frozenset(ctx.engagement.within(u.id)) for u in ctx.engagement.units}
        found = leaves(ctx.released.scores, measure, self.group, within, ctx.root)
        return {u: one for u in found if (one := part(ctx.score(measure, self.group, u)))}

    def name(self, measure: str) -> str:
        """What a dimension, pillar or statement is called."""
        ctx = self.ctx
        for section in ctx.instrument.dimensions:
            if section.id == measure:
                return ctx.name(section)
        if measure in ctx.instrument.pillars:
            return ctx.text(ctx.instrument.pillars[measure]["name"])
        question = ctx.instrument.measured[measure]
        name = ctx.wording(question.item)
        return name + (
            f" – {ctx.text(question.facet.label)}" if len(question.item.facets) > 1 else ""
        )

    def place(self, unit: str) -> str:
        """A unit's name."""
        return self.ctx.engagement.unit(unit).name

    def label(self, group: str) -> str:
        """A group's name, a level of the leadership chain's too."""
        head, _, part = group.partition("/")
        if not part:
            return self.ctx.label(group)
        if part.isdigit():
            return self.ctx.words("sections.chain.level", level=part)
        return f"{self.ctx.label(head)}: {part}"
