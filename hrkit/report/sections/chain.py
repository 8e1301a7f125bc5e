"""The leadership chain: how each dimension looks from level to level, and where most is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrkit.blocks import Block, Note, Paragraph, Span, Table, Text
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.released import Certainty, Contrast, Score
from hrkit.model.instrument import Section
from hrkit.report.charts.chain import Link, descent
from hrkit.report.charts.marks import Row
from hrkit.report.context import Context, fill
from hrkit.report.counting import most
from hrkit.report.sections.read_out import as_table
from hrkit.report.sections.titles import opening
from hrkit.report.worksheets.cells import mean

__all__ = ["chain", "tiers_table", "worksheet"]

#: Dimensions of which a sentence is told; the chart has them all.
TOLD = 3


@dataclass(frozen=True, slots=True)
class Tier:
    """One level of the chain: the group id under which it is released, and its names."""

    id: str
    group: str
    label: str
    in_text: str
    sign: str = ""


def chain(ctx: Context) -> tuple[Block, ...]:
    """The chain's page; nothing where fewer than two levels may be shown."""
    w = ctx.words
    steps, ordered = _steps(ctx)
    if sum("/" in step.id for step in steps) < 2:
        return ()
    sections = [
        s for s in ctx.instrument.dimensions if sum(_score(ctx, s, x).shown for x in steps) > 1
    ]
    if not sections:
        return ()
    rows = []
    for section in sections:
        shown = [x for x in steps if _score(ctx, section, x).shown]
        ends_ = _contrast(ctx, section, shown[0], shown[-1])
        first, last = (_score(ctx, section, x).mean or 0.0 for x in (shown[0], shown[-1]))
        row = Row(ctx.name(section), tuple(_score(ctx, section, x) for x in steps))
        sure = ends_ is not None and ends_.certainty is not Certainty.UNKNOWN
        rows.append((row, round(last - first, 1) if ordered else None, ordered and sure))
    low, high = ctx.scale
    ends = (
        tuple(ctx.level_name(i) for i in range(low, high + 1))
        if ctx.instrument.has_grid
        else ctx.ends(sections[0])
    )
    links = [Link(step.group, _counted(ctx, sections, step), step.sign) for step in steps]
    told = _told(ctx, sections, steps, ordered)
    return (
        *opening(w("sections.chain.title"), told[0], "chain"),
        *(Paragraph(text) for text in told[1:]),
        *((Paragraph(w("sections.chain.question")),) if ordered else ()),
        as_table(
            ctx,
            descent(ctx.theme, w, rows, links, scale=ctx.scale, ends=ends, joined=ordered),
            w("sections.chain.alt_short", low=low, high=high),
        ),
        Note(
            " ".join(
                [
                    w("sections.chain.note" if ordered else "sections.chain.note_words"),
                    *_own_work(ctx, sections, steps),
                ]
            )
        ),
    )


def _score(ctx: Context, section: Section, step: Tier) -> Score:
    return ctx.score(section, step.id)


def _counted(ctx: Context, sections: list[Section], step: Tier) -> str:
    # Where no dimension has two levels to show there is no row either, and the head is of none.
    n = most(ctx, [_score(ctx, s, step) for s in sections]) or "0"
    return ctx.words("sections.chain.named", name=step.label, n=n)


def _steps(ctx: Context) -> tuple[tuple[Tier, ...], bool]:
    """The levels with a number, top first, and whether they have an order.

    Levels are written by people in their own words.  They have an order where each holds one
    number of its own ("2", "tier 3"); otherwise they stand as they are and are not joined.
    """
    w = ctx.words
    dimensions = {s.id for s in ctx.instrument.dimensions}
    found = dict.fromkeys(
        s.group
        for s in ctx.released.scores
        if "/" in s.group and s.unit == ctx.root and s.shown and s.measure in dimensions
    )
    parts = [(id, *id.split("/", 1)) for id in found]
    digits = [re.findall(r"\d+", part) for *_, part in parts]
    numbers = [int(d[0]) for d in digits if len(d) == 1]
    ordered = len(numbers) == len(parts) == len(set(numbers))
    if ordered:
        parts = [part for _, part in sorted(zip(numbers, parts, strict=True))]
    steps = []
    for i, (id, group, part) in enumerate(parts):
        if part.isdigit():
            names = (
                w("sections.chain.level", level=part),
                w("sections.chain.level_in_text", level=part),
            )
        else:
            names = (part, w("sections.chain.own", name=part))
        sign = part if part.isdigit() and len(part) < 3 else "" if ordered else chr(97 + i % 26)
        steps.append(Tier(id, group, names[0] if ordered else f"{sign} {names[0]}", names[1], sign))
    # The perspective at the head of the chain stands before its first level.
    top = ctx.released.group(ctx.instrument.people.head)
    if top and any(ctx.score(s, top.id).shown for s in ctx.instrument.dimensions):
        steps.insert(0, Tier(top.id, top.id, ctx.label(top.id), ctx.in_text(top.id)))
    return tuple(steps), ordered


def _contrast(ctx: Context, section: Section, one: Tier, other: Tier) -> Contrast | None:
    """The comparison of two levels on a dimension."""
    pair = {one.id, other.id}
    made = ctx.released.contrasted("tiers", section.id)
    return next((c for c in made if {c.high, c.low} == pair), None)


def _told(
    ctx: Context, sections: list[Section], steps: tuple[Tier, ...], ordered: bool
) -> list[Text]:
    """The widest difference on each of the first dimensions where any two levels surely differ.

    It names the two levels that differ, wherever in the chain they stand.
    """
    found = [
        (c, section)
        for section in sections
        if (c := next(iter(ctx.released.contrasted("tiers", section.id)), None))
        and c.certainty is not Certainty.UNKNOWN
    ]
    found.sort(key=lambda pair: -pair[0].difference)
    if not found:
        return [ctx.words("sections.chain.unknown" if ordered else "sections.chain.apart.unknown")]
    told = [_say(ctx, section, one, steps, ordered) for one, section in found[:TOLD]]
    more = len(found) - TOLD
    return [*told, ctx.words("sections.chain.more", n=more)] if more > 0 else told


def _say(
    ctx: Context, section: Section, one: Contrast, steps: tuple[Tier, ...], ordered: bool
) -> Text:
    """The two levels that differ; of equal ones, all of them, as far as they differ as surely."""
    place = {step.id: i for i, step in enumerate(steps)}
    names = {step.id: step.in_text for step in steps}

    def mean(tier: str) -> str:
        return ctx.mean(ctx.score(section, tier))

    def falls(c: Contrast) -> bool:
        return place[c.high] < place[c.low]

    alike = [
        c
        for c in ctx.released.contrasted("tiers", section.id)
        if c.certainty is not Certainty.UNKNOWN
        and {c.high, c.low} <= place.keys()
        and (mean(c.high), mean(c.low)) == (mean(one.high), mean(one.low))
        and (not ordered or falls(c) == falls(one))
    ]
    highs = [t for t in place if all((t, c.low) in _pairs(alike) for c in alike)]
    highs = highs or [one.high]
    lows = [t for t in place if all((high, t) in _pairs(alike) for high in highs)] or [one.low]
    key = "apart.tends" if not ordered else "lower" if falls(one) else "higher"
    said = fill(
        ctx.words,
        f"sections.chain.{key}",
        ("dimension",),
        dimension=ctx.name(section),
        high=_names([names[t] for t in highs], ctx),
        a=mean(one.high),
        low=_names([names[t] for t in lows], ctx),
        b=mean(one.low),
    )
    own = [step for step in steps if step.id in (*highs, *lows) and _rates_itself(step, section)]
    if not own or len(own) == len(highs) + len(lows):
        return said
    whose = ctx.words("sections.chain.self_there", group=_whose(ctx, own[0]))
    return (*((Span(said),) if isinstance(said, str) else said), Span(f" {whose}"))


def _pairs(contrasts: list[Contrast]) -> set[tuple[str, str]]:
    return {(c.high, c.low) for c in contrasts}


def _names(names: list[str], ctx: Context) -> str:
    return names[0] if len(names) == 1 else ctx.words.join(names)


def _rates_itself(step: Tier, section: Section) -> bool:
    return step.id.partition("/")[0] in section.self_raters


def _whose(ctx: Context, step: Tier) -> str:
    """The group of a level in a sentence: of levels of leaders, the leaders."""
    return ctx.in_text(step.id.partition("/")[0])


def _own_work(ctx: Context, sections: list[Section], steps: tuple[Tier, ...]) -> list[str]:
    """Where some of those who are set side by side rate their own work, and others do not."""
    named: dict[str, list[str]] = {}
    for section in sections:
        shown = [step for step in steps if _score(ctx, section, step).shown]
        own = [step for step in shown if _rates_itself(step, section)]
        if own and len(own) < len(shown):
            named.setdefault(own[0].id.partition("/")[0], []).append(ctx.name(section))
    return [
        ctx.words("sections.chain.self_note", group=ctx.in_text(group), names=ctx.words.join(names))
        for group, names in named.items()
    ]


def tiers_table(ctx: Context) -> Table | None:
    """The chart's averages: a dimension a row, a level of the chain a column."""
    steps, _ = _steps(ctx)
    if sum("/" in step.id for step in steps) < 2:
        return None
    shown = [
        s for s in ctx.instrument.dimensions if sum(_score(ctx, s, x).shown for x in steps) > 1
    ]
    if not shown:
        return None
    rows = tuple(
        (
            ctx.name(section),
            *(
                ctx.mean(score) if score.shown else ctx.missing(score)
                for score in (_score(ctx, section, step) for step in steps)
            ),
        )
        for section in shown
    )
    return Table(
        (ctx.words("report.profile.dimension"), *(_counted(ctx, shown, step) for step in steps)),
        rows,
        align=("left", *["right"] * len(steps)),  # type: ignore[arg-type]
        widths=(3.4, *(1.4 for _ in steps)),
        compact=True,
        summary=ctx.words("sections.chain.title"),
    )


def worksheet(ctx: Context) -> Worksheet:
    """Levels of the leadership chain across, dimensions down."""
    w = ctx.words
    steps, _ordered = _steps(ctx)
    rows: list[tuple[Cell, ...]] = []
    shown = [
        s for s in ctx.instrument.dimensions if sum(_score(ctx, s, x).shown for x in steps) > 1
    ]
    for section in ctx.instrument.dimensions:
        scores = [_score(ctx, section, step) for step in steps]
        if sum(score.shown for score in scores) > 1:
            rows.append((ctx.name(section), *(mean(ctx, score) for score in scores)))
    return Worksheet(
        w("appendix.sheet.chain"),
        w("appendix.title.chain"),
        (w("report.profile.dimension"), *(_counted(ctx, shown, step) for step in steps)),
        tuple(rows),
    )
