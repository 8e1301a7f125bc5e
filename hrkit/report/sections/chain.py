"""The leadership chain: how each dimension looks from level to level, and where most is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise

from hrkit.blocks import Block, Heading, Note, Paragraph, Text
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.released import Score
from hrkit.model.instrument import Section
from hrkit.report.charts.chain import Link, descent
from hrkit.report.charts.marks import Row
from hrkit.report.context import Context, fill
from hrkit.report.worksheets.cells import mean

__all__ = ["apart", "chain", "worksheet"]


@dataclass(frozen=True, slots=True)
class Tier:
    """One level of the chain: the group id under which it is released, and its names."""

    id: str
    group: str
    label: str
    in_text: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Fall:
    """Two shown scores of one dimension, the one further up the chain first."""

    section: Section
    first: tuple[Tier, Score]
    last: tuple[Tier, Score]

    @property
    def difference(self) -> float:
        """Last minus first, as printed."""
        return round((self.last[1].mean or 0) - (self.first[1].mean or 0), 1)

    @property
    def stands_out(self) -> bool:
        """Whether the two intervals lie apart."""
        return apart(self.first[1], self.last[1])


def apart(one: Score, other: Score) -> bool:
    """Whether two shown means have intervals that do not overlap.

    With intervals of 95 % this is stricter than a test at 5 %; it allows "tends to be", never
    "clearly", since no test was made.
    """
    if None in (one.low, one.high, other.low, other.high):
        return False
    return (one.low or 0) > (other.high or 0) or (other.low or 0) > (one.high or 0)


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
    falls = [_fall(ctx, s, steps) for s in sections]
    rows = [
        (
            Row(ctx.name(f.section), tuple(_score(ctx, f.section, x) for x in steps)),
            f.difference if ordered else None,
            ordered and f.stands_out,
        )
        for f in falls
    ]
    low, high = ctx.scale
    ends = (
        tuple(ctx.level_name(i) for i in range(low, high + 1))
        if ctx.instrument.has_grid
        else ctx.ends(sections[0])
    )
    links = [Link(step.group, _counted(ctx, sections, step), step.sign) for step in steps]
    told = _told(ctx, falls, steps) if ordered else [_widest(ctx, sections, steps)]
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


def _shown(ctx: Context, section: Section, steps: tuple[Tier, ...]) -> list[tuple[Tier, Score]]:
    return [(x, score) for x in steps if (score := _score(ctx, section, x)).shown]


def _fall(ctx: Context, section: Section, steps: tuple[Tier, ...]) -> Fall:
    shown = _shown(ctx, section, steps)
    return Fall(section, shown[0], shown[-1])


def _say(ctx: Context, key: str, fall: Fall) -> Text:
    (first, one), (last, other) = fall.first, fall.last
    return fill(
        ctx.words,
        f"sections.chain.{key}",
        ("dimension",),
        dimension=ctx.name(fall.section),
        first=first.in_text,
        a=ctx.mean(one),
        last=last.in_text,
        b=ctx.mean(other),
    )


def _told(ctx: Context, falls: list[Fall], steps: tuple[Tier, ...]) -> list[Text]:
    """Where most is lost and at which step; what goes the other way."""
    # Only falls over the whole shown chain are compared with one another.
    whole = [f for f in falls if f.first[0] == steps[0] and f.last[0] == steps[-1]] or falls
    lost = min(whole, key=lambda f: (not (f.stands_out and f.difference < 0), f.difference))
    gained = max(whole, key=lambda f: (f.stands_out, f.difference))
    texts: list[Text] = []
    if lost.difference < 0:
        texts.append(_say(ctx, f"lost.{'tends' if lost.stands_out else 'unknown'}", lost))
        shown = _shown(ctx, lost.section, steps)
        single = [Fall(lost.section, a, b) for a, b in pairwise(shown)]
        step = min(single, key=lambda f: f.difference)
        if lost.stands_out and len(single) > 1 and step.difference < 0:
            (first, one), (last, other) = step.first, step.last
            texts.append(
                ctx.words(
                    "sections.chain.step",
                    first=first.in_text,
                    a=ctx.mean(one),
                    last=last.in_text,
                    b=ctx.mean(other),
                )
            )
    else:
        texts.append(
            ctx.words(
                "sections.chain.lost.none", first=lost.first[0].in_text, last=lost.last[0].in_text
            )
        )
    if gained.stands_out and gained.difference > 0:
        texts.append(_say(ctx, "gained", gained))
    return texts


def _widest(ctx: Context, sections: list[Section], steps: tuple[Tier, ...]) -> Text:
    """Where levels without an order lie furthest apart, the higher one first."""
    pairs = [
        Fall(s, *sorted(pair, key=lambda x: -(x[1].mean or 0)))
        for s in sections
        for pair in combinations(_shown(ctx, s, steps), 2)
    ]
    widest = min(pairs, key=lambda f: (not f.stands_out, f.difference))
    return _say(ctx, f"apart.{'tends' if widest.stands_out else 'unknown'}", widest)


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
