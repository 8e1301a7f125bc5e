"""What stands where something is left out: why sides are not compared, and how many more there are."""

from __future__ import annotations

from hrkit.blocks import Paragraph
from hrkit.disclosure.released import Why
from hrkit.report import findings
from hrkit.report.context import Context

__all__ = ["more", "no_gap"]


def no_gap(ctx: Context) -> str:
    """Why no difference between the sides is told; a group of enough people is not called too small."""
    if any(gap.shown for gap in ctx.released.gaps):
        return ctx.words("report.summary.no_gaps")
    if ctx.sides is None:
        return ctx.words("report.summary.gaps_one")
    for side in ctx.sides:
        scores = [ctx.score(section, side.group) for section in ctx.instrument.dimensions]
        if all(s.why in (Why.SMALL, Why.NOBODY, Why.FEW) for s in scores):
            return ctx.words("report.summary.gaps_hidden")
    return ctx.words("report.summary.gaps_held")


def more(ctx: Context, kind: str, told: int, page: str = "") -> tuple[Paragraph, ...]:
    """How many differences (``gaps``) or strengths are not told here, and where they stand."""
    found = {
        "gaps": findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root),
        "strengths": findings.strengths(ctx.released, ctx.instrument, ctx.root, None),
    }[kind]
    n = len(found) - told
    if told == 0 or n < 1:
        return ()
    key = f"report.summary.more_{kind}" if page or kind == "strengths" else "report.summary.more"
    return (Paragraph(ctx.words(key, n=n, page=page)),)
