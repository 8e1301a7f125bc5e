"""The workbook of actions: what the report advises and what was agreed, to be followed line by line."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.blocks.fillable import Fillable, FormColumn
from hrkit.model.engagement import Followed
from hrkit.model.followed import NEEDS
from hrkit.model.instrument import Section
from hrkit.report.actions import HORIZONS, OWNERS, SIZES, Action
from hrkit.report.context import Context
from hrkit.report.followed import about, called
from hrkit.report.planned_work import tool_steps
from hrkit.report.steps import first_steps
from hrkit.report.tool_steps import ToolStep
from hrkit.report.worksheets.advice import advised

__all__ = ["COLUMNS", "STATUSES", "actions"]

#: Columns in their order, with their widths; the first ones are given.  A tool's finding stands in words,
#: and its id, by which it is read back, in a column that nobody sees.
COLUMNS: Mapping[str, float] = {
    "id": 13,
    "since": 8,
    "dimension": 20,
    "action": 46,
    "first": 30,
    "sign": 30,
    "horizon": 13,
    "effort": 12,
    "effect": 12,
    "duty": 11,
    "status": 13,
    "owner": 20,
    "yes": 22,
    "helpers": 20,
    "needs": 13,
    "start": 12,
    "due": 12,
    "note": 34,
    "why": 24,
    "rests": 22,
}
_GIVEN = frozenset({"id", "since", "action", "first", "sign", "horizon", "why", "rests"})
_HIDDEN = frozenset({"rests"})
#: Lists that may be left for words of one's own.
_OPEN = frozenset({"owner", "effort"})
STATUSES = ("open", "done", "moved", "dropped")


def actions(ctx: Context, whose: tuple[str, str]) -> Fillable:
    """A line for each action that the report advises and for each that is followed already."""
    w, wave = ctx.words, ctx.engagement.wave(ctx.released.wave).id
    known = {(one.action, one.since): one for one in ctx.engagement.followed}
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    rows: list[tuple[str, ...]] = []
    seen: set[tuple[str, str]] = set()
    for section, action in _all(ctx):
        seen.add((action.id, wave))
        agreed = known.get((action.id, wave))
        rows.append(_advice(ctx, wave, section, action, agreed))
    for one in ctx.engagement.followed:
        # What is done or dropped since an earlier wave needs no line any more.
        if (one.action, one.since) not in seen and (
            one.since == wave or one.status in ("open", "moved")
        ):
            rows.append(_agreed(ctx, one, about(w, one, names)))
    rows += (_asked(ctx, wave, step) for step in tool_steps(ctx))
    owners = dict.fromkeys(ctx.owner(id) for id in (*OWNERS, *ctx.instrument.perspectives))
    choices = {
        "dimension": (*names.values(), w("roadmap.tools.name"), w("roadmap.tools.own")),
        "duty": (w("plan_of_action.duty.yes"),),
        "needs": tuple(w(f"plan_of_action.needs.{one}") for one in NEEDS),
        "status": tuple(w(f"sections.change.status.{status}") for status in STATUSES),
        "owner": tuple(owners),
        "horizon": tuple(w(f"report.action.horizon.{one}") for one in HORIZONS),
        **{
            name: tuple(w(f"report.action.{name}.{size}") for size in SIZES)
            for name in ("effort", "effect")
        },
    }
    columns = tuple(
        FormColumn(
            w(f"plan_of_action.column.{name}"),
            width,
            "fixed"
            if name in _GIVEN
            else "date"
            if name in ("start", "due")
            else "list"
            if name in choices
            else "text",
            choices.get(name, ()),
            open=name in _OPEN,
            hidden=name in _HIDDEN,
        )
        for name, width in COLUMNS.items()
    )
    helps = ("fill", "why", "owner", "effort", "duty", "dates", "own", "leave", "back")
    return Fillable(
        w("plan_of_action.sheet"),
        w("plan_of_action.guide"),
        w("plan_of_action.lists"),
        w("plan_of_action.title"),
        columns,
        tuple(rows),
        tuple(w(f"plan_of_action.help.{name}") for name in helps),
        whose=whose,
    )


def _all(ctx: Context) -> list[tuple[Section, Action]]:
    """The first steps of the decision list, then all else that the report advises; each once."""
    found = {step.action.id: (step.section, step.action) for step in first_steps(ctx, 3)}
    for section, action in advised(ctx):
        found.setdefault(action.id, (section, action))
    return list(found.values())


def _advice(
    ctx: Context, wave: str, section: Section, action: Action, agreed: Followed | None
) -> tuple[str, ...]:
    w = ctx.words
    return (
        action.id,
        wave,
        ctx.name(section),
        ctx.text(action.text),
        ctx.text(action.first),
        ctx.text(action.sign),
        w(f"report.action.horizon.{action.horizon}"),
        _size(ctx, "effort", (agreed and agreed.effort) or action.effort),
        _size(ctx, "effect", (agreed and agreed.effect) or action.effect),
        _duty(ctx, agreed),
        w(f"sections.change.status.{agreed.status}") if agreed else "",
        agreed.owner if agreed and agreed.owner else ctx.owner(action.owner),
        agreed.yes if agreed else "",
        agreed.helpers if agreed else "",
        _needs(ctx, agreed.needs if agreed else ""),
        agreed.start if agreed else "",
        agreed.due if agreed else "",
        agreed.note if agreed else "",
        *_rests(ctx, agreed.rests_on if agreed else ""),
    )


def _asked(ctx: Context, wave: str, step: ToolStep) -> tuple[str, ...]:
    """What a tool asks for, not agreed on yet: in the words of the report, with the finding it rests on."""
    w = ctx.words
    return (
        "",
        wave,
        w("roadmap.tools.name"),
        step.text,
        "",
        "",
        w(f"report.action.horizon.{step.horizon}"),
        _size(ctx, "effort", step.effort),
        _size(ctx, "effect", step.effect),
        "",
        "",
        ctx.owner(step.owner),
        "",
        "",
        _needs(ctx, step.needs),
        "",
        "",
        "",
        step.why,
        step.id,
    )


def _rests(ctx: Context, finding: str) -> tuple[str, str]:
    """A tool's finding in words, where the tool still says it, and its id."""
    return next((one.why for one in ctx.steps if one.id == finding), ""), finding


def _size(ctx: Context, what: str, size: str) -> str:
    """A size in words; days as they were written."""
    return ctx.words(f"report.action.{what}.{size}") if size in SIZES else size


def _duty(ctx: Context, one: Followed | None) -> str:
    return ctx.words("plan_of_action.duty.yes") if one and one.duty else ""


def _needs(ctx: Context, needs: str) -> str:
    return ctx.words(f"plan_of_action.needs.{needs}") if needs else ""


def _agreed(ctx: Context, one: Followed, dimension: str) -> tuple[str, ...]:
    found = ctx.library.find(one.action) if ctx.library else None
    return (
        one.action if found else "",
        one.since,
        dimension,
        called(ctx.library, one.action, ctx.language),
        ctx.text(found.first) if found else "",
        ctx.text(found.sign) if found else one.sign,
        _horizon(ctx, found.horizon if found else one.horizon),
        _size(ctx, "effort", one.effort or (found.effort if found else "")),
        _size(ctx, "effect", one.effect or (found.effect if found else "")),
        _duty(ctx, one),
        ctx.words(f"sections.change.status.{one.status}"),
        one.owner,
        one.yes,
        one.helpers,
        _needs(ctx, one.needs),
        one.start,
        one.due,
        one.note,
        *_rests(ctx, one.rests_on),
    )


def _horizon(ctx: Context, horizon: str) -> str:
    return ctx.words(f"report.action.horizon.{horizon}") if horizon else ""
