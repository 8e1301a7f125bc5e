"""The steps the answers point to, each with the findings it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.blocks import Span, Text
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.actions import HORIZONS, Action, choose, weakest
from hrkit.report.context import Context

__all__ = ["Step", "action_text", "by_horizon", "first_steps", "rests_on"]


@dataclass(frozen=True, slots=True)
class Step:
    """An action and the dimension it is for."""

    section: Section
    action: Action


def _order(ctx: Context) -> tuple[Section, ...]:
    """Dimensions by what matters: gaps that stand out first, then the lowest means."""
    gaps = [f.section for f in findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root)]
    low = [f.section for f in reversed(findings.ranking(ctx.released, ctx.instrument, ctx.root))]
    ordered: list[Section] = []
    for section in [x for pair in zip(gaps, low, strict=False) for x in pair] + gaps + low:
        if section not in ordered:
            ordered.append(section)
    return tuple(ordered)


def _pools(ctx: Context) -> dict[str, list[Action]]:
    if ctx.library is None:
        return {}
    return {
        section.id: list(choose(ctx.library, ctx.released, ctx.instrument, section, 4, ctx.root))
        for section in _order(ctx)
    }


def first_steps(ctx: Context, count: int) -> tuple[Step, ...]:
    """The first action of each dimension that matters most; the soonest of those advised."""
    pools = _pools(ctx)
    found = [
        Step(section, pools[section.id][0]) for section in _order(ctx) if pools.get(section.id)
    ]
    return tuple(found[:count])


def by_horizon(ctx: Context, each: int) -> dict[str, tuple[Step, ...]]:
    """Up to ``each`` steps per horizon, from the dimensions that matter most, one a dimension."""
    pools = _pools(ctx)
    found: dict[str, tuple[Step, ...]] = {}
    for horizon in HORIZONS:
        steps = [
            Step(section, action)
            for section in _order(ctx)
            if (
                action := next((a for a in pools.get(section.id, ()) if a.horizon == horizon), None)
            )
        ]
        found[horizon] = tuple(steps[:each])
    return found


def rests_on(ctx: Context, action: Action, section: Section) -> str:
    """The statements an action works on, with the lowest mean among them: why it is advised."""
    if not action.items:
        return ""
    numbers = [section.items.index(i) + 1 for i in section.items if i.id in action.items]
    items = ctx.words(
        "report.action.item", n=len(numbers), items=ctx.words.join([str(i) for i in numbers])
    )
    keys = [section.measure(i) for i in section.items if i.id in action.items]
    low = weakest(ctx.released, keys, ctx.root)
    if low is None:
        return items
    _, group, mean = low
    return ctx.words(
        "report.action.rests_score",
        items=items,
        group=ctx.label(group, short=True),
        mean=ctx.words.number(mean),
    )


def action_text(ctx: Context, action: Action) -> Text:
    """What to do, and how it begins or shows."""
    return (Span(ctx.text(action.text)), Span(f" {ctx.text(action.how)}", "mute"))
