"""Whether the roadmap can be carried, what it rests on beside the questionnaire, and where the way begins."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence

from hrkit import kit
from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Span, Table, Text, Together, b
from hrkit.model.process import BANDS
from hrkit.model.yamlfile import read_yaml
from hrkit.report.actions import HORIZONS, OWNERS
from hrkit.report.capacity import DAYS, Fit, Strain, fit, loads, strained
from hrkit.report.context import Context
from hrkit.report.planned_work import (
    PER_PERSON,
    RoadmapRow,
    capacities,
    first_day,
    rows,
    tool_steps,
    work,
)
from hrkit.report.standing import today

__all__ = [
    "carried",
    "days",
    "from_tools",
    "known_phases",
    "owner_name",
    "phases",
    "since_last",
    "strip",
]

#: Quarters that the strip shows.
SHOWN = 4
#: The level below which a dimension has its phase begin.
_LEVEL = 3
#: Steps of tools that a page tells.
_TOLD = 8


def owner_name(ctx: Context, owner: str) -> str:
    """Who answers for a step, as it is printed."""
    known = owner in OWNERS or owner in ctx.instrument.perspectives
    return ctx.owner(owner) if known else owner


def days(ctx: Context, count: float) -> str:
    """A number of days, with no more digits than it has."""
    return ctx.words.number(count, 0 if abs(count - round(count)) < 0.05 else 1)


def from_tools(ctx: Context) -> tuple[Block, ...]:
    """What the tools ask for, a row a step; nothing where they ask for nothing."""
    w, asked = ctx.words, tool_steps(ctx)[:_TOLD]
    if not asked:
        return ()
    title = w("roadmap.tools.title")
    table = tuple(
        (
            step.text,
            step.why,
            (b(owner_name(ctx, step.owner)),),
            w(f"report.action.horizon.{step.horizon}")
            + (f"\n{w('roadmap.tools.agreed')}" if step.agreed else ""),
        )
        for step in asked
    )
    return (
        Together(
            (
                Heading(title, level=2),
                Table(
                    tuple(w(f"roadmap.tools.{one}") for one in ("step", "why", "owner", "when")),
                    table,
                    widths=(3.2, 3.4, 1.4, 1.2),
                    compact=True,
                    summary=title,
                ),
            )
        ),
    )


def carried(ctx: Context) -> tuple[Block, ...]:
    """Days asked of each owner by quarter, what could wait, and what the plan leaves out."""
    w, planned = ctx.words, rows(ctx)
    if not planned:
        return ()
    said, usual = capacities(ctx)
    found = strained(work(ctx), {**usual, **said})
    over = [one for one in found if one.quarter < SHOWN]
    lines = _gaps(ctx, planned)
    sizes = {name: days(ctx, DAYS[name]) for name in DAYS}
    notes = [w("roadmap.fit.note", **sizes)]
    notes += [w("roadmap.fit.usual", days=days(ctx, PER_PERSON))] if usual else []
    table = strip(ctx)
    return (
        Heading(w(f"roadmap.fit.title.{'over' if over else _fits(ctx)}"), level=2),
        *((table,) if table else ()),
        Note(" ".join(notes)),
        *_waiting(ctx, over, planned),
        *((Bullets(tuple(lines)),) if lines else ()),
    )


def _fits(ctx: Context) -> str:
    """What may be said where nobody is asked for too much: of those alone whose room is known."""
    said, usual = capacities(ctx)
    asked = {owner for owner, quarter in loads(work(ctx)) if quarter < SHOWN}
    known = asked & {*usual, *said}
    return "fits" if known == asked else "partly" if known else "unknown"


def strip(ctx: Context) -> Table | None:
    """Load and capacity of every owner who is asked for anything within a year."""
    w, asked = ctx.words, loads(work(ctx))
    said, usual = capacities(ctx)
    capacity = {**usual, **said}
    owners = dict.fromkeys(owner for owner, quarter in asked if quarter < SHOWN)
    if not owners:
        return None

    def cell(owner: str, quarter: int) -> Text:
        load = asked.get((owner, quarter), 0.0)
        if not load:
            return "–"
        kind = fit(load, capacity.get(owner))
        if kind is Fit.UNKNOWN:
            return w("roadmap.fit.alone", load=days(ctx, load))
        key = "roadmap.fit.tight" if kind is Fit.TIGHT else "roadmap.fit.of"
        text = w(key, load=days(ctx, load), capacity=days(ctx, capacity[owner]))
        return (b(text),) if kind is Fit.OVER else text

    return Table(
        (w("roadmap.fit.owner"), *(_quarter(ctx, i) for i in range(SHOWN))),
        tuple(
            (owner_name(ctx, owner), *(cell(owner, i) for i in range(SHOWN))) for owner in owners
        ),
        align=("left", *("right",) * SHOWN),  # type: ignore[arg-type]
        widths=(1.8, *(1.9,) * SHOWN),
        compact=True,
        summary=w("roadmap.fit.owner"),
    )


def _month(ctx: Context, ahead: int) -> dt.date:
    """A month of the plan, counted from its first."""
    begin = first_day(ctx)
    at = begin.month - 1 + ahead
    return dt.date(begin.year + at // 12, at % 12 + 1, 1)


def _quarter(ctx: Context, number: int) -> str:
    """The three months of a coming quarter."""
    first, last = (ctx.words.month(_month(ctx, 3 * number + ahead)) for ahead in (0, 2))
    return ctx.words("roadmap.fit.quarter", first=first, last=last)


def _waiting(
    ctx: Context, over: Sequence[Strain], planned: tuple[RoadmapRow, ...]
) -> tuple[Block, ...]:
    """What could wait, a row an owner and quarter; quarters that say the same are one row."""
    if not over:
        return ()
    w = ctx.words
    texts = {row.id: row.text for row in planned}
    alike: dict[tuple[object, ...], list[Strain]] = {}
    for one in over:
        key = (one.owner, days(ctx, one.load), days(ctx, one.capacity), one.wait)
        alike.setdefault(key, []).append(one)
    title = w("roadmap.fit.wait.title")
    of = "roadmap.fit.of"
    return (
        Heading(title, level=3),
        Table(
            tuple(w(f"roadmap.fit.wait.{name}") for name in ("who", "days", "what", "left")),
            tuple(
                (
                    (
                        b(owner_name(ctx, one.owner)),
                        Span(f"\n{_when(ctx, [each.quarter for each in same])}", "mute"),
                    ),
                    w(of, load=days(ctx, one.load), capacity=days(ctx, one.capacity)),
                    "\n".join(f"– {texts[id].rstrip('.')}" for id in one.wait)
                    or w("roadmap.fit.wait.nothing"),
                    w(of, load=days(ctx, one.left), capacity=days(ctx, one.capacity)),
                )
                for same in alike.values()
                for one in same[:1]
            ),
            align=("left", "right", "left", "right"),
            widths=(2.1, 0.9, 5.2, 0.9),
            compact=True,
            summary=title,
        ),
    )


def _when(ctx: Context, quarters: Sequence[int]) -> str:
    """A quarter by its months; of several from the first month to the last."""
    w, first, last = ctx.words, min(quarters), max(quarters)
    if len(quarters) == 1:
        return _quarter(ctx, first)
    if last - first + 1 == len(quarters):
        begin, end = (w.month(_month(ctx, 3 * q + ahead)) for q, ahead in ((first, 0), (last, 2)))
        return w("roadmap.fit.wait.each", first=begin, last=end)
    return "; ".join(_quarter(ctx, one) for one in quarters)


def _gaps(ctx: Context, planned: tuple[RoadmapRow, ...]) -> list[str]:
    """What the plan leaves out: nothing far ahead, nobody who answers, no yes, no finding."""
    w, found = ctx.words, []
    if not any(row.horizon == HORIZONS[-1] for row in planned):
        found.append(w("roadmap.gap.empty"))
    if n := sum(not row.owner for row in planned):
        found.append(w("roadmap.gap.orphan", n=n))
    if n := sum(row.agreed and bool(row.owner) and not row.yes for row in planned):
        found.append(w("roadmap.gap.unasked", n=n))
    if n := sum(row.own for row in planned):
        found.append(w("roadmap.gap.baseless", n=n))
    return found


def since_last(ctx: Context) -> tuple[Block, ...]:
    """What became of what was agreed after earlier rounds; nothing where nothing was."""
    before = ctx.engagement.followed_before(ctx.released.wave)
    if not before:
        return ()
    counts = {
        status: sum(one.status == status for one in before)
        for status in ("done", "moved", "dropped", "open")
    }
    return (Paragraph((b(ctx.words("roadmap.since", **counts)),)),)


@functools.cache
def known_phases() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The phases of a way by instrument, each with the dimensions that it begins with; read once."""
    data = read_yaml(kit.templates() / "phases.yml").data["phases"]
    return {
        instrument: {phase: tuple(ids) for phase, ids in found.items()}
        for instrument, found in data.items()
    }


def phases(ctx: Context) -> tuple[Block, ...]:
    """The way, and the phase in which this organisation begins: the first that stands low anywhere."""
    known = next((known_phases()[id] for id in ctx.instrument.speaks if id in known_phases()), None)
    if known is None or not ctx.instrument.has_grid:
        return ()
    w = ctx.words
    by = {section.id: section for section in ctx.instrument.dimensions}
    levels = {
        id: today(ctx.released, ctx.engagement, by[id])
        for ids in known.values()
        for id in ids
        if id in by
    }
    if not any(levels.values()):
        return ()
    line = w("roadmap.phase.line", list=" → ".join(_phase(ctx, one) for one in known))
    for phase, ids in known.items():
        low = [ctx.name(by[id]) for id in ids if (level := levels.get(id)) and level < _LEVEL]
        if low:
            begin = w("roadmap.phase.start", phase=_phase(ctx, phase), dimensions=w.join(low))
            return (Paragraph(f"{line} {begin}"),)
    *_, last = known
    return (Paragraph(f"{line} {w('roadmap.phase.kept', phase=_phase(ctx, last))}"),)


def _phase(ctx: Context, phase: str) -> str:
    """A phase's name, without the number of S2's step."""
    w = ctx.words
    if phase in BANDS:
        return w(f"process.band.{phase}").partition(": ")[2]
    return w(f"roadmap.phase.{phase}")
