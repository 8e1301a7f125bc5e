"""The sentence a report begins with: the first thing found, with the words its certainty allows."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import Text
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.context import Context

__all__ = ["headline"]


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
            # Of those on which the two can be compared.
            of=sum(gap.shown for gap in released.gaps),
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
    first = _speaks(ctx, sections)
    spread = findings.named_apart(released, "dimensions", "", first)
    if spread:
        names = {section.id: ctx.name(section) for section in sections}
        return w(
            "report.summary.head.spread",
            group=ctx.as_subject(first),
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


def _speaks(ctx: Context, sections: Sequence[Section]) -> str:
    """Whose view the headline gives where nothing is told of both sides: the first who has a figure."""
    known = [one.group for one in (*(ctx.sides or ()), *ctx.series)]
    known += [group.id for group in ctx.groups]
    shown = (g for g in known if any(ctx.score(s, g).shown for s in sections))
    return next(shown, known[0])


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
