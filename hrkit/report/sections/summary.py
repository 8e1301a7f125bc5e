"""One page a director can act on: a sentence with a verb, the profile, three cards, who answered."""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Fact,
    Facts,
    Grid,
    Heading,
    Note,
    Paragraph,
    Span,
    Text,
    b,
)
from hrkit.disclosure.released import ALL, Certainty, Turnout
from hrkit.report import findings
from hrkit.report.charts.marks import Row, Series
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context
from hrkit.report.sections.overview import essentials
from hrkit.report.steps import first_steps

__all__ = ["headline", "summary"]


def summary(ctx: Context) -> tuple[Block, ...]:
    """The essentials; where nothing may be shown, it says so and stops."""
    w = ctx.words
    ranked = findings.ranking(ctx.released, ctx.instrument, ctx.root)
    head = Heading(w("report.summary.title"), new_page=True)
    if not ctx.instrument.dimensions and ctx.figures:
        lead, *cards = essentials(ctx)
        return (head, lead, *_turnout(ctx), *cards)
    if not ranked:
        return (head, Callout(ctx.nothing, "warning"), *_turnout(ctx))
    rows = [Row(ctx.name(s), (ctx.score(s),)) for s in ctx.instrument.dimensions]
    chart = dots(
        ctx.theme,
        w,
        rows,
        (Series(ALL, ctx.label(ALL)),),
        scale=ctx.scale,
        width=3.1,
        labels=1.5,
        row_height=0.46,
        values=True,
        alt="report.alt.profile_total",
    )
    # Of a single dimension the sentence above has said it all.
    cards = [_carries(ctx)] if len(ranked) > 1 else []
    if ctx.instrument.sides:
        cards.append(_divides(ctx))
    elif len(ranked) > 1:
        cards.append(_lowest(ctx))
    advice = _advice(ctx)
    if advice:
        cards.append(advice)
    left: tuple[Block, ...] = (
        Paragraph((b(w("report.summary.chart")),)),
        chart,
        Note(w("report.summary.chart_note")),
    )
    picture = (Grid((left, tuple(cards)), (1.0, 1.0)),) if cards else left
    return (
        head,
        Paragraph(headline(ctx), lead=True),
        *picture,
        *_turnout(ctx),
    )


def headline(ctx: Context) -> Text:
    """A sentence with a verb, from the strongest dimension and the gap (or weakness) that matters most."""
    ranked = findings.ranking(ctx.released, ctx.instrument, ctx.root)
    w = ctx.words
    best, worst = ranked[0], ranked[-1]
    high, low = best.scores[0].mean or 0.0, worst.scores[0].mean or 0.0
    if len(ranked) == 1:
        return w(
            "report.summary.head.one",
            dimension=ctx.name(best.section),
            mean=w.number(high),
            low=ctx.scale[0],
            high=ctx.scale[1],
        )
    gaps = findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root, 1)
    if gaps and gaps[0].section.id != best.section.id:
        return w(
            "report.summary.head.strength_gap",
            strength=ctx.name(best.section),
            gap=ctx.name(gaps[0].section),
        )
    if high - low < 0.3:
        return w("report.summary.head.even", low=w.number(low), high=w.number(high))
    return w(
        "report.summary.head.strength_weak",
        strength=ctx.name(best.section),
        weak=ctx.name(worst.section),
    )


def _line(name: str, rest: str) -> Text:
    return (b(name), Span(f" {rest}"))


def _carries(ctx: Context) -> Card:
    lines = tuple(
        Paragraph(
            _line(
                ctx.name(f.section),
                f"{ctx.mean(f.scores[0])}. {ctx.said(f.section, 'strength')}".rstrip(),
            )
        )
        for f in findings.strengths(ctx.released, ctx.instrument, ctx.root)
    )
    return Card(ctx.words("report.summary.carries"), lines)


def _lowest(ctx: Context) -> Card:
    ranked = findings.ranking(ctx.released, ctx.instrument, ctx.root)
    lines = tuple(
        Paragraph(_line(ctx.name(f.section), f"{ctx.mean(f.scores[0])}."))
        for f in reversed(ranked[(len(ranked) + 1) // 2 :][-3:])
    )
    return Card(ctx.words("report.summary.lowest"), lines, "accent")


def _divides(ctx: Context) -> Card:
    w = ctx.words
    found = findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root)
    if found:
        lines: tuple[Block, ...] = tuple(Paragraph(_gap_line(ctx, f)) for f in found)
    else:
        any_gap = any(g.shown for g in ctx.released.gaps)
        lines = (
            Paragraph(w("report.summary.no_gaps" if any_gap else "report.summary.gaps_hidden")),
        )
    return Card(w("report.summary.divides"), lines, "accent")


def _gap_line(ctx: Context, finding: findings.Finding) -> Text:
    gap = finding.gap
    assert gap is not None
    first, second = finding.scores
    text = ctx.words(
        "report.summary.gap_line",
        first=ctx.label(gap.first, short=True),
        a=ctx.mean(first),
        second=ctx.label(gap.second, short=True),
        b=ctx.mean(second),
    )
    tail = (
        ""
        if gap.certainty is Certainty.CLEAR
        else f" ({ctx.words(f'report.certainty.{gap.certainty.value}')})"
    )
    return (b(f"{ctx.name(finding.section)}:"), Span(f" {text}{tail}."))


def _advice(ctx: Context) -> Card | None:
    steps = first_steps(ctx, 3)
    if not steps:
        return None
    return Card(
        ctx.words("report.summary.advise"),
        (Bullets(tuple(ctx.text(step.action.text) for step in steps), ordered=True),),
    )


def _turnout(ctx: Context) -> tuple[Block, ...]:
    """Who answered, the two sides first, and how sure a mean of the first side is."""
    rows = [one for one in ctx.released.turnout if one.unit == ctx.root]
    sides = [side.group for side in ctx.sides or ()]
    # There is room for four: the sides first, then those whose number may be told.
    rows.sort(
        key=lambda one: (
            sides.index(one.group) if one.group in sides else len(sides),
            not sides and one.answered is None,
        )
    )
    facts = [_answered(ctx, one) for one in rows[:4]]
    first = next(
        (g.id for g in ctx.groups if g.id in sides), ctx.groups[0].id if ctx.groups else ""
    )
    halves = sorted(
        (score.high - score.low) / 2
        for section in ctx.instrument.dimensions
        if (score := ctx.score(section, first)).shown
        and score.high is not None
        and score.low is not None
    )
    middle = ctx.words.number(halves[len(halves) // 2]) if halves else ""
    if middle and middle != ctx.words.number(0.0):
        facts.append(
            Fact(f"±{middle}", ctx.words("report.summary.uncertainty", group=ctx.in_text(first)))
        )
    return (Facts(tuple(facts)),) if facts else ()


def _answered(ctx: Context, one: Turnout) -> Fact:
    w, group = ctx.words, ctx.label(one.group)
    if one.answered is None:
        few = w("report.summary.few", k=ctx.released.threshold)
        return Fact(few, w("report.summary.answered", group=group))
    if not one.invited:
        return Fact(str(one.answered), w("report.summary.answered", group=group))
    of = w("report.summary.of", n=one.invited)
    if one.answered == one.invited:
        return Fact(str(one.answered), w("report.summary.everyone", group=group), of)
    share = w.percent(one.answered / one.invited)
    return Fact(str(one.answered), w("report.summary.answered_share", group=group, share=share), of)
