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
from hrkit.disclosure.released import Turnout
from hrkit.report import findings
from hrkit.report.charts.marks import Row
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context
from hrkit.report.sections.overview import essentials
from hrkit.report.steps import first_steps
from hrkit.report.turnout import few, too_few

__all__ = ["headline", "summary"]


def summary(ctx: Context) -> tuple[Block, ...]:
    """The essentials; where nothing may be shown, it says so and stops."""
    w = ctx.words
    sections = findings.with_figures(ctx.released, ctx.instrument, ctx.root)
    head = Heading(w("report.summary.title"), new_page=True)
    if not ctx.instrument.dimensions and ctx.figures:
        lead, *cards = essentials(ctx)
        return (head, lead, *_turnout(ctx), *cards)
    if not sections:
        return (head, Callout(ctx.nothing, "warning"), *_turnout(ctx))
    series = ctx.sides or ctx.series
    chart = dots(
        ctx.theme,
        w,
        [Row(ctx.name(s), tuple(ctx.score(s, one.group) for one in series)) for s in sections],
        series,
        scale=ctx.scale,
        width=3.1,
        labels=1.5,
        row_height=0.46,
        values=len(series) == 1,
    )
    cards = [_divides(ctx)] if ctx.instrument.sides else []
    # Of a single dimension the sentence above has said it all.
    cards += [_carries(ctx)] if len(sections) > 1 else []
    advice = _advice(ctx)
    if advice:
        cards.append(advice)
    left: tuple[Block, ...] = (
        Paragraph(
            (b(w("report.summary.chart" if len(series) > 1 else "report.summary.chart_one")),)
        ),
        chart,
        Note(w("report.summary.chart_note" if not ctx.sides else "report.bands_note")),
    )
    picture = (Grid((left, tuple(cards)), (1.0, 1.0)),) if cards else left
    return (
        head,
        Paragraph(headline(ctx), lead=True),
        *picture,
        *_turnout(ctx),
    )


def headline(ctx: Context) -> Text:
    """What comes first: sides that lie apart, then what differs, then what carries; else none."""
    w, released = ctx.words, ctx.released
    sections = findings.with_figures(released, ctx.instrument, ctx.root)
    apart = findings.divided(released, ctx.instrument, ctx.root)
    gaps = findings.gaps_that_matter(released, ctx.instrument, ctx.root)
    strong = findings.strengths(released, ctx.instrument, ctx.root)
    if apart:
        return w(
            "report.summary.head.divided",
            n=len(apart),
            of=len(sections),
            gap=ctx.name(apart[0].section),
            **_two(ctx, apart[0]),
        )
    if gaps and strong:
        return w(
            f"report.summary.head.strength_gap.{_sure(gaps[0])}",
            strength=ctx.name(strong[0].section),
            gap=ctx.name(gaps[0].section),
            **_two(ctx, gaps[0]),
        )
    if gaps:
        key = f"report.summary.head.gap.{_sure(gaps[0])}"
        return w(key, gap=ctx.name(gaps[0].section), **_two(ctx, gaps[0]))
    if strong:
        key = "strength" if ctx.instrument.sides else "strength_one"
        return w(f"report.summary.head.{key}", strength=ctx.name(strong[0].section))
    if len(sections) == 1:
        (only,) = sections
        scores = [s for one in ctx.series if (s := ctx.score(only, one.group)).shown]
        return w(
            "report.summary.head.one",
            dimension=ctx.name(only),
            mean=", ".join(f"{ctx.label(s.group)} {ctx.mean(s)}" for s in scores)
            if len(scores) > 1
            else ctx.mean(scores[0]),
            low=ctx.scale[0],
            high=ctx.scale[1],
        )
    first = (ctx.sides or ctx.series)[0].group
    spread = findings.named_apart(released, "dimensions", "", first)
    if spread:
        names = {section.id: ctx.name(section) for section in sections}
        return w(
            "report.summary.head.spread",
            group=ctx.in_text(first),
            high=names[spread.high],
            a=ctx.mean(ctx.score(spread.high, first)),
            low=names[spread.low],
            b=ctx.mean(ctx.score(spread.low, first)),
        )
    means = [m for s in sections if (m := ctx.score(s, first).mean) is not None]
    if not means:
        return w("report.summary.head.nothing_stands_out")
    return w(
        "report.summary.head.even",
        group=ctx.in_text(first),
        low=w.number(min(means)),
        high=w.number(max(means)),
    )


def _sure(finding: findings.Finding) -> str:
    """The word for how sure a gap is: ``tends`` or ``clear``."""
    assert finding.gap is not None
    return finding.gap.certainty.value


def _two(ctx: Context, finding: findings.Finding) -> dict[str, object]:
    """The two sides of a gap, the higher first."""
    high, low = sorted(finding.scores, key=lambda s: -(s.mean or 0))
    return {
        "higher": ctx.in_text(high.group),
        "a": ctx.mean(high),
        "lower": ctx.in_text(low.group),
        "b": ctx.mean(low),
    }


def _line(name: str, rest: str) -> Text:
    return (b(name), Span(f" {rest}"))


def _carries(ctx: Context) -> Card:
    w = ctx.words
    found = findings.strengths(ctx.released, ctx.instrument, ctx.root)
    lines = tuple(
        Paragraph(
            _line(
                ctx.name(f.section),
                f"{_means(ctx, f)}. {ctx.said(f.section, 'strength')}".rstrip(),
            )
        )
        for f in found
    )
    more = len(ctx.released.strengths) - len(found)
    if found and more > 0:
        lines = (*lines, Paragraph(w("report.summary.more_strengths", n=more)))
    none = "none" if ctx.sides else "none_one" if ctx.instrument.sides else "none_plain"
    return Card(
        w("report.summary.carries"), lines or (Paragraph(w(f"report.summary.carries_{none}")),)
    )


def _means(ctx: Context, finding: findings.Finding) -> str:
    if len(finding.scores) == 1:
        return ctx.mean(finding.scores[0])
    return ", ".join(f"{ctx.label(s.group, short=True)} {ctx.mean(s)}" for s in finding.scores)


def _divides(ctx: Context) -> Card:
    w = ctx.words
    found = findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root, 4)
    if found:
        lines: tuple[Block, ...] = tuple(Paragraph(_gap_line(ctx, f)) for f in found)
    else:
        any_gap = any(g.shown for g in ctx.released.gaps)
        key = "no_gaps" if any_gap else "gaps_hidden" if ctx.sides else "gaps_one"
        lines = (Paragraph(w(f"report.summary.{key}")),)
    more = len(findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root)) - len(found)
    if more:
        said = w("report.summary.more_gaps", n=more, page=w("report.gaps.title"))
        lines = (*lines, Paragraph(said))
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
    tail = f" ({ctx.words(f'report.certainty.{gap.certainty.value}')})"
    return (b(f"{ctx.name(finding.section)}:"), Span(f" {text}{tail}."))


def _advice(ctx: Context) -> Card | None:
    steps = first_steps(ctx, 3)
    if not steps:
        return None
    return Card(
        ctx.words("report.summary.advise"),
        (
            Bullets(
                tuple(
                    (b(f"{ctx.owner(s.action.owner)}: "), Span(ctx.text(s.action.text)))
                    for s in steps
                ),
                ordered=True,
            ),
        ),
    )


def _turnout(ctx: Context) -> tuple[Block, ...]:
    """Who answered, the two sides first."""
    rows = [one for one in ctx.released.turnout if one.unit == ctx.root]
    sides = [side.group for side in ctx.sides or ()]
    # There is room for four: the sides first, then those whose number may be told.
    rows.sort(
        key=lambda one: (
            sides.index(one.group) if one.group in sides else len(sides),
            one.answered is None,
        )
    )
    facts = [_answered(ctx, one) for one in rows[:4]]
    return (Facts(tuple(facts)),) if facts else ()


def _answered(ctx: Context, one: Turnout) -> Fact:
    w, group = ctx.words, ctx.in_text(one.group)
    if one.answered is None:
        if too_few(ctx, one):
            return Fact("–", w("report.summary.too_few", group=group, n=one.invited))
        return Fact(few(ctx, one), w("report.summary.answered", group=group))
    if not one.invited:
        return Fact(str(one.answered), w("report.summary.answered", group=group))
    of = w("report.summary.of", n=one.invited)
    if one.answered == one.invited:
        return Fact(str(one.answered), w("report.summary.everyone", group=group), of)
    share = w.percent(one.answered / one.invited)
    return Fact(str(one.answered), w("report.summary.answered_share", group=group, share=share), of)
