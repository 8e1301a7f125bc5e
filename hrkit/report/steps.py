"""The steps the answers point to, each with the findings it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.blocks import Span, Text
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.actions import HORIZONS, Action, choose
from hrkit.report.context import Context
from hrkit.report.standing import weakest

__all__ = ["Step", "action_text", "by_horizon", "chosen", "first_steps", "rests_on"]


@dataclass(frozen=True, slots=True)
class Step:
    """An action and the dimension it is for."""

    section: Section
    action: Action


#: Actions of a dimension where a profile does not say how many: one a horizon.
_EACH = 3


def chosen(ctx: Context, section: Section) -> tuple[Action, ...]:
    """The actions of a dimension, the same ones wherever any of them is printed; one a horizon at least."""
    if ctx.library is None:
        return ()
    if section.id not in ctx.advised:
        count = max(_EACH, int(ctx.profile.get("actions", _EACH)))
        ctx.advised[section.id] = choose(ctx.library, ctx.released, ctx.engagement, section, count)
    return ctx.advised[section.id]


def _pools(ctx: Context) -> dict[str, tuple[Section, tuple[Action, ...]]]:
    """The actions of every dimension on the decision list, in its order."""
    by = {section.id: section for section in ctx.instrument.dimensions}
    return {
        one.measure: (by[one.measure], chosen(ctx, by[one.measure]))
        for one in findings.to_take_up(ctx.released)
        if one.measure in by
    }


def first_steps(ctx: Context, count: int) -> tuple[Step, ...]:
    """The soonest action of each of the first dimensions on the decision list."""
    found = [Step(section, pool[0]) for section, pool in _pools(ctx).values() if pool]
    return tuple(found[:count])


def by_horizon(ctx: Context, each: int) -> dict[str, tuple[Step, ...]]:
    """Steps per horizon from the first ``each`` dimensions on the decision list, in its order."""
    pools = list(_pools(ctx).values())[:each]
    return {
        horizon: tuple(
            Step(section, action)
            for section, pool in pools
            for action in [next((a for a in pool if a.horizon == horizon), None)]
            if action
        )
        for horizon in HORIZONS
    }


def rests_on(ctx: Context, action: Action, section: Section) -> str:
    """The statements an action works on, with both sides' means of the lowest: why it is advised."""
    if not action.items:
        return ""
    numbers = [section.items.index(i) + 1 for i in section.items if i.id in action.items]
    items = ctx.words(
        "report.action.item", n=len(numbers), items=ctx.words.join([str(i) for i in numbers])
    )
    keys = [section.measure(i) for i in section.items if i.id in action.items]
    low = weakest(ctx.released, ctx.engagement, keys)
    if not low:
        return items
    means = ", ".join(
        f"{ctx.label(s.group, short=True)}\u00a0{ctx.words.number(s.mean or 0.0)}" for s in low
    )
    # Of several statements the figures are those of the lowest.
    key = "rests_score" if len(numbers) == 1 else "rests_lowest"
    return ctx.words(f"report.action.{key}", items=items, means=means)


def action_text(ctx: Context, action: Action) -> Text:
    """What to do, and how it begins or shows."""
    first = ctx.words("report.action.first", text=ctx.text(action.first))
    sign = ctx.words("report.action.sign", text=ctx.text(action.sign)) if action.sign else ""
    return (Span(ctx.text(action.text)), Span(f"\n{first} {sign}".rstrip(), "mute"))
