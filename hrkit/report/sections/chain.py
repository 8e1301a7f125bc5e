"""The leadership chain: how each dimension looks from level to level, and where most is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hrkit.blocks import Block, Heading, Note, Paragraph, Text
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.released import Certainty, Contrast, Score
from hrkit.model.instrument import Section
from hrkit.report.charts.chain import Link, descent
from hrkit.report.charts.marks import Row
from hrkit.report.context import Context, fill
from hrkit.report.worksheets.cells import mean

__all__ = ["chain", "worksheet"]

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
        Heading(w("sections.chain.title"), new_page=True),
        Paragraph(told[0], lead=True),
        *(Paragraph(text) for text in told[1:]),
        *((Paragraph(w("sections.chain.question")),) if ordered else ()),
        descent(ctx.theme, w, rows, links, scale=ctx.scale, ends=ends, joined=ordered),
        Note(w("sections.chain.note" if ordered else "sections.chain.note_words")),
    )


def _score(ctx: Context, section: Section, step: Tier) -> Score:
    return ctx.score(section, step.id)


def _counted(ctx: Context, sections: list[Section], step: Tier) -> str:
    n = max(_score(ctx, s, step).n or 0 for s in sections)
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
    return [_say(ctx, section, one, steps, ordered) for one, section in found[:TOLD]]


def _say(
    ctx: Context, section: Section, one: Contrast, steps: tuple[Tier, ...], ordered: bool
) -> Text:
    names = {step.id: step for step in steps}
    place = [step.id for step in steps]
    falls = ordered and place.index(one.high) < place.index(one.low)
    key = "lower" if falls else "higher" if ordered else "apart.tends"
    return fill(
        ctx.words,
        f"sections.chain.{key}",
        ("dimension",),
        dimension=ctx.name(section),
        high=names[one.high].in_text,
        a=ctx.mean(_score(ctx, section, names[one.high])),
        low=names[one.low].in_text,
        b=ctx.mean(_score(ctx, section, names[one.low])),
    )


def worksheet(ctx: Context) -> Worksheet:
    """Levels of the leadership chain across, dimensions down."""
    w = ctx.words
    steps, _ordered = _steps(ctx)
    rows: list[tuple[Cell, ...]] = []
    for section in ctx.instrument.dimensions:
        scores = [_score(ctx, section, step) for step in steps]
        if sum(score.shown for score in scores) > 1:
            rows.append((ctx.name(section), *(mean(ctx, score) for score in scores)))
    return Worksheet(
        w("appendix.sheet.chain"),
        w("appendix.title.chain"),
        (w("report.profile.dimension"), *(step.label for step in steps)),
        tuple(rows),
    )
