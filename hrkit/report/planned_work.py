"""The roadmap as work: every step that stands on it, whose it is, how many days it takes and when.

Steps are what was agreed (from the records), what the report advises, and what the tools ask for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hrkit.model.followed import Followed
from hrkit.report.actions import HORIZONS, OWNERS
from hrkit.report.capacity import DAYS, EFFECTS, QUARTERS, Work
from hrkit.report.context import Context
from hrkit.report.followed import called
from hrkit.report.running import report_date
from hrkit.report.steps import by_horizon
from hrkit.report.tool_steps import ToolStep
from hrkit.report.turnout import whole
from hrkit.text import normal

__all__ = [
    "PER_PERSON",
    "RoadmapRow",
    "capacities",
    "carriers",
    "first_day",
    "rows",
    "tool_steps",
    "work",
]

#: Days that a person has for the plan in a quarter, where the engagement does not say (our judgement).
PER_PERSON = 3.0
_DAY_COUNT = 92


@dataclass(frozen=True, slots=True)
class RoadmapRow:
    """A step of the roadmap.

    Attributes
    ----------
    owner
        Id of who answers for it, or the client's own words.
    agreed
        Somebody has said that it is done; a proposal otherwise.
    yes
        Who of the owner has said yes, as it was written.
    helpers, needs
        Who helps, as it was written; what it takes before it can begin.
    duty
        It has to be done, and is never proposed to wait.
    own
        It is the client's own decision and rests on no answer.
    """

    id: str
    text: str
    owner: str
    horizon: str
    days: float
    effect: int
    agreed: bool = False
    yes: str = ""
    quarters: tuple[int, ...] = ()
    helpers: str = ""
    needs: str = ""
    duty: bool = False
    own: bool = False


def first_day(ctx: Context) -> dt.date:
    """The first day of the coming quarter: of the month after the report's."""
    day = report_date(ctx)
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def tool_steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What the tools ask for and nobody has agreed on, done or dropped yet."""
    taken = {one.rests_on for one in ctx.engagement.followed if one.rests_on}
    return tuple(one for one in ctx.steps if one.id not in taken)


def rows(ctx: Context) -> tuple[RoadmapRow, ...]:
    """Everything that stands on the roadmap and is still to be carried; what was agreed comes first."""
    agreed = tuple(_agreed(ctx))
    there = {one.id for one in agreed}
    advised = tuple(one for one in _advised(ctx) if one.id not in there)
    asked = tuple(
        RoadmapRow(
            s.id,
            s.text,
            s.owner,
            s.horizon,
            DAYS[s.effort],
            EFFECTS[s.effect],
            s.agreed,
            needs=s.needs,
        )
        for s in tool_steps(ctx)
    )
    return (*agreed, *advised, *asked)


def _agreed(ctx: Context) -> Iterator[RoadmapRow]:
    for one in ctx.engagement.followed:
        if one.status in ("done", "dropped"):
            continue
        known = ctx.library.find(one.action) if ctx.library else None
        horizon = one.horizon or (known.horizon if known else HORIZONS[0])
        effort = one.effort or (known.effort if known else "small")
        effect = one.effect or (known.effect if known else "medium")
        yield RoadmapRow(
            one.action,
            called(ctx.library, one.action, ctx.language),
            _owner_id(ctx, one.owner) or (known.owner if known else ""),
            horizon,
            DAYS[effort] if effort in DAYS else float(effort),
            EFFECTS[effect],
            True,
            one.yes,
            _quarters(ctx, one),
            one.helpers,
            one.needs,
            one.duty,
            one.own and known is None,
        )


def _quarters(ctx: Context, one: Followed) -> tuple[int, ...]:
    """The coming quarters between the days that were agreed; empty where none was."""
    if not one.due:
        return ()
    begin = first_day(ctx)

    def place(said: str) -> int:
        return max(0, (dt.date.fromisoformat(said) - begin).days // _DAY_COUNT)

    first = place(one.start) if one.start else 0
    return tuple(range(first, max(first, place(one.due)) + 1))


def _advised(ctx: Context) -> Iterator[RoadmapRow]:
    taken = {
        (one.dimension, one.horizon or HORIZONS[0])
        for one in ctx.engagement.followed
        if one.status not in ("done", "dropped")
    }
    for horizon, mine in by_horizon(ctx, int(ctx.profile.get("steps", 4))).items():
        for step in mine:
            action = step.action
            if (step.section.id, horizon) not in taken:
                yield RoadmapRow(
                    action.id,
                    ctx.text(action.text),
                    action.owner,
                    horizon,
                    DAYS[action.effort],
                    EFFECTS[action.effect],
                )


def _owner_id(ctx: Context, said: str) -> str:
    """The id of an owner that was chosen from the list, in any language; else the words as they are."""
    if not said:
        return ""
    for id in (*OWNERS, *ctx.instrument.perspectives):
        names = [id, ctx.owner(id)]
        if id in ctx.instrument.perspectives:
            one = ctx.instrument.people.one(id)
            names += [one.name("owner", code) for code in ctx.instrument.languages]
        if normal(said) in map(normal, names):
            return id
    return said


def carriers(ctx: Context, owner: str) -> tuple[str, ...]:
    """Who carries what an owner answers for: of what sides do together, each of them the whole of it."""
    partners, pair, _ = OWNERS
    sides = ctx.instrument.sides
    if len(sides) < 2 or owner in ctx.engagement.capacity:
        return (owner,)
    return {partners: sides[1:], pair: sides}.get(owner, (owner,))


def work(ctx: Context) -> tuple[Work, ...]:
    """The roadmap's rows as what each carrier is asked for."""
    return tuple(
        Work(
            row.id,
            carrier,
            row.days,
            row.effect,
            row.quarters or QUARTERS[row.horizon],
            row.duty,
        )
        for row in rows(ctx)
        if row.owner
        for carrier in carriers(ctx, row.owner)
    )


def capacities(ctx: Context) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Days each owner has in a quarter: as the engagement says, and by the usual days of those invited.

    How many were invited is taken from what is released of it, never from the engagement: beside a group
    that is not shown even that is a number too many.
    """
    said = {id: one.total for id, one in ctx.engagement.capacity.items()}
    alone = {
        group.id: group.perspectives[0]
        for group in ctx.released.groups
        if len(group.perspectives) == 1
    }
    usual = {
        alone[one.group]: PER_PERSON * one.invited
        for one in whole(ctx)
        if one.invited and one.group in alone and alone[one.group] not in said
    }
    *_, head = OWNERS
    if head not in said:
        usual[head] = PER_PERSON
    return said, usual
