"""Who answered, and why some figures are missing."""

from __future__ import annotations

from hrkit.blocks import Note, Table
from hrkit.blocks.slides import Slide
from hrkit.report.context import Context
from hrkit.report.slides.figures import in_profile
from hrkit.report.turnout import few

__all__ = ["answered"]


def answered(ctx: Context) -> tuple[Slide, ...]:
    """A line a group; what is small or hidden says so in words."""
    if not in_profile(ctx, "summary", "response", "method"):
        return ()
    w = ctx.words
    rows = []
    for one in ctx.released.answering:
        if one.unit != ctx.root:
            continue
        hidden = one.answered is None
        known = not hidden and one.invited
        rows.append(
            (
                ctx.label(one.group),
                few(ctx, one) if hidden else str(one.answered),
                w("report.method.unknown") if one.invited is None else str(one.invited),
                w.percent((one.answered or 0) / one.invited) if known and one.invited else "–",
            )
        )
    if not rows:
        return ()
    title = w("slides.answered")
    names = ("group", "answered", "invited", "share")
    table = Table(
        tuple(w(f"report.method.turnout_{name}") for name in names),
        tuple(rows),
        caption=title,
        align=("left", "right", "right", "right"),
        widths=(3.0, 1.4, 1.2, 1.0),
        summary=title,
    )
    protect = w("report.method.protect", k=ctx.released.threshold, details=ctx.released.details)
    said = [protect, *([w("report.method.synthetic")] if ctx.engagement.synthetic else [])]
    if ctx.released.state != "final":
        said.append(w("report.method.draft"))
    return (Slide(title, (table, *map(Note, said)), (w("slides.notes.answered"),)),)
