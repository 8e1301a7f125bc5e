"""One page a director can act on: what was found, both sides, three decisions, who answered."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import (
    Block,
    Callout,
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    b,
)
from hrkit.disclosure.released import ALL, Priority, Turnout
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.charts.gaps import dumbbell
from hrkit.report.charts.marks import Row
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context
from hrkit.report.left_out import no_gap
from hrkit.report.sections.headline import headline
from hrkit.report.sections.overview import essentials
from hrkit.report.sections.read_out import as_table
from hrkit.report.sections.titles import message
from hrkit.report.steps import first_steps
from hrkit.report.turnout import few, too_few

__all__ = ["summary", "why"]

#: Decisions a director is asked for on one page, and series a chart can bear.
DECISIONS = 3
MOST = 4


def summary(ctx: Context) -> tuple[Block, ...]:
    """The essentials; where nothing may be shown, it says so and stops."""
    w = ctx.words
    sections = findings.with_figures(ctx.released, ctx.instrument, ctx.root)
    head = Heading(w("report.summary.title"), new_page=True, id="summary")
    if not ctx.instrument.dimensions and ctx.figures:
        lead, *cards = essentials(ctx)
        return (head, lead, *_turnout(ctx), *cards)
    if not sections:
        return (head, Callout(ctx.nothing, "warning"), *_turnout(ctx))
    return (
        message(w("report.summary.title"), headline(ctx), "summary"),
        *_picture(ctx, sections),
        *_decisions(ctx),
        *_strengths(ctx, sections),
        *_turnout(ctx),
    )


def _picture(ctx: Context, sections: Sequence[Section]) -> tuple[Block, ...]:
    """The two sides on every dimension, the widest difference first; else whoever is shown."""
    w = ctx.words
    found = [(s, gap) for s in sections if (gap := ctx.released.gap(s.id, ctx.root)) is not None]
    if ctx.sides and any(gap.shown for _, gap in found):
        found.sort(key=lambda pair: (not pair[1].shown, -abs(pair[1].difference or 0)))
        rows = [
            (Row(ctx.name(s), tuple(ctx.score(s, g) for g in (gap.first, gap.second))), gap)
            for s, gap in found
        ]
        chart = dumbbell(
            ctx.theme,
            w,
            rows,
            ctx.sides,
            scale=ctx.scale,
            ends=_ends(ctx, sections),
            row_height=0.26,
        )
        first, second = ctx.sides
        told = as_table(
            ctx, chart, w("report.alt.gaps_short", first=first.label, second=second.label)
        )
        return (
            told,
            Note(
                w(
                    "report.summary.key",
                    first=ctx.in_text(first.group),
                    second=ctx.in_text(second.group),
                )
            ),
        )
    series = ctx.series[:MOST]
    chart = dots(
        ctx.theme,
        w,
        [Row(ctx.name(s), tuple(ctx.score(s, one.group) for one in series)) for s in sections],
        series,
        scale=ctx.scale,
        ends=_ends(ctx, sections),
        row_height=0.3,
        values=len(series) == 1,
    )
    why = (Paragraph(no_gap(ctx)),) if ctx.instrument.sides else ()
    low, high = ctx.scale
    names = w.join([one.label for one in series])
    told = as_table(ctx, chart, w("report.alt.dots_short", low=low, high=high, groups=names))
    return (told, Note(w("report.summary.chart_note")), *why)


def _ends(ctx: Context, sections: Sequence[Section]) -> tuple[str, ...]:
    low, high = ctx.scale
    if ctx.instrument.has_grid:
        return tuple(ctx.level_name(level) for level in range(low, high + 1))
    return ctx.ends(sections[0])


def _decisions(ctx: Context) -> tuple[Block, ...]:
    """What to decide, from the one decision list: what and why, who, how it begins, the first sign."""
    w, steps = ctx.words, first_steps(ctx, DECISIONS)
    if not steps:
        return ()
    rows = tuple(
        (
            (b(f"{i} {ctx.text(step.action.text)}"), Span(f"\n{why(ctx, step.section)}", "mute")),
            ctx.owner(step.action.owner),
            ctx.text(step.action.first),
            ctx.text(step.action.sign),
        )
        for i, step in enumerate(steps, 1)
    )
    names = ("what", "owner", "first", "sign")
    title = w("report.summary.decide", n=len(steps))
    return (
        Heading(title, level=2),
        Table(
            tuple(w(f"report.summary.decision.{name}") for name in names),
            rows,
            widths=(4.3, 1.35, 2.15, 2.15),
            row_headers=False,
            compact=True,
            summary=title,
        ),
    )


def why(ctx: Context, section: Section) -> str:
    """Why a dimension is on the decision list: where the two sides stand, and how important it is."""
    w, released = ctx.words, ctx.released
    one = next((p for p in released.priorities if p.measure == section.id), None)
    if one is None:
        return ctx.name(section)  # talked about, and nothing of it may be shown
    shown = [s.group for s in ctx.sides or () if ctx.score(section, s.group).shown] or [one.group]
    means = ", ".join(
        f"{ctx.label(g, short=True)}\u00a0{ctx.mean(ctx.score(section, g))}" for g in shown
    )
    fields = {"dimension": ctx.name(section), "means": means}
    if one.weight is None:
        return w("report.summary.why_plain", **fields)
    fields["importance"] = ctx.weight(one)
    if one.chosen is None:
        return w("report.summary.why", **fields)
    ballot = ctx.instrument.ballot
    assert ballot is not None  # somebody has chosen
    scale, whose = ballot.facet.scale, chooser(ctx, one)
    fields["k"] = str(scale.exactly or scale.at_most)
    if not whose:
        return w("report.summary.why_chosen_all", **fields)
    return w("report.summary.why_chosen", group=ctx.in_text(whose), **fields)


def chooser(ctx: Context, one: Priority) -> str:
    """Whose choice weighs: that of the side whose figure it is, or of the one group shown; empty for several."""
    told = [b.group for b in ctx.released.ballots if b.shown and b.group != ALL]
    return one.group if one.group in told else told[0] if len(told) == 1 else ""


def _strengths(ctx: Context, sections: Sequence[Section]) -> tuple[Block, ...]:
    """What carries, in one line; of a single dimension the title has said it all."""
    w = ctx.words
    if len(sections) < 2:
        return ()
    every = findings.strengths(ctx.released, ctx.instrument, ctx.root, None)
    found = every[:3]
    if not found:
        none = "none" if ctx.sides else "none_one" if ctx.instrument.sides else "none_plain"
        none = "differ" if ctx.released.strengths else none
        said = w(f"report.summary.carries_{none}")
    else:
        said = "; ".join(f"{ctx.name(f.section)} ({_means(ctx, f)})" for f in found) + "."
        more = len(every) - len(found)
        said += " " + w("report.summary.more_strengths", n=more) if more > 0 else ""
    return (Paragraph((b(f"{w('report.summary.carries')}: "), Span(said))),)


def _means(ctx: Context, finding: findings.Finding) -> str:
    if len(finding.scores) == 1:
        return ctx.mean(finding.scores[0])
    return ", ".join(f"{ctx.label(s.group, short=True)} {ctx.mean(s)}" for s in finding.scores)


def _turnout(ctx: Context) -> tuple[Block, ...]:
    """Who answered, the two sides first."""
    rows = [one for one in ctx.released.answering if one.unit == ctx.root]
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
