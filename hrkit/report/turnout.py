"""Who answered, as the page and its worksheets read it from the released tables."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.disclosure.derived.silence import Silent, answered_in_units, if_they_differed
from hrkit.disclosure.released import Turnout
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.counting import asked_of

__all__ = [
    "few",
    "in_any",
    "in_units",
    "moves",
    "silent_of",
    "speaking",
    "too_few",
    "whole",
    "with_means",
]


def whole(ctx: Context) -> list[Turnout]:
    """Every group in the whole organisation."""
    return [one for one in ctx.released.answering if one.unit == ctx.root]


def speaking(ctx: Context) -> list[Turnout]:
    """The two sides; every group where there are none."""
    sides = [one.group for one in ctx.sides or ()] or [group.id for group in ctx.groups]
    return [one for group in sides for one in whole(ctx) if one.group == group]


def silent_of(ctx: Context, section: Section, one: Turnout) -> Silent | None:
    """Where a group's mean on a dimension would stand if the silent differed.

    None where only some of those reported together were asked: the others are not silent.
    """
    group = ctx.released.group(one.group)
    if group and set(asked_of(ctx, section.id, group.id)) != set(group.perspectives):
        return None
    assert section.score_facet is not None
    scale = section.score_facet.scale
    return if_they_differed(
        ctx.score(section, one.group), one.invited, (float(scale.low), float(scale.high))
    )


def moves(one: Silent) -> bool:
    """Whether the silent could move a printed mean at all."""
    return one.lower != one.mean or one.higher != one.mean


def too_few(ctx: Context, one: Turnout) -> bool:
    """Whether a group was too few to be counted from the start: then nothing says how many answered."""
    known = one.invited is not None and one.invited < ctx.released.threshold
    return one.answered is None and one.told is None and known


def few(ctx: Context, one: Turnout) -> str:
    """What stands for a number of people who are too few; "fewer than 5" of three invited says nothing.

    Where another questionnaire prints a number beside which theirs would count a few, it is at least how many.
    """
    if one.told is not None:
        return ctx.words("report.at_least", n=one.told)
    if too_few(ctx, one):
        return ctx.words("report.summary.not_shown")
    return ctx.words("report.summary.few", k=ctx.released.threshold)


def with_means(ctx: Context) -> tuple[Section, ...]:
    """Dimensions of which any group has a mean."""
    return findings.with_figures(ctx.released, ctx.instrument, ctx.root)


def in_units(ctx: Context) -> dict[tuple[str, str], Turnout]:
    """What may be told of units, by unit and group."""
    engagement, root = ctx.engagement, ctx.root
    order = engagement.within(root)
    invited = {
        (unit, group.id): engagement.invited_to(ctx.released.wave, unit, group.perspectives)
        for unit in order
        for group in ctx.released.groups
    }
    found = answered_in_units(
        ctx.released.scores,
        whole(ctx),
        [section.id for section in ctx.instrument.dimensions],
        {unit: None if unit == root else engagement.unit(unit).parent for unit in order},
        invited,
        ctx.released.threshold,
    )
    return {(one.unit, one.group): one for one in found}


def in_any(ctx: Context, found: Mapping[tuple[str, str], Turnout]) -> list[str]:
    """Groups that are shown in any unit: another's column would be blank."""
    shown = {group for (_, group), one in found.items() if one.answered is not None}
    return [one.group for one in whole(ctx) if one.group in shown]
