"""The first sheet of a workbook: whose figures these are, and how to read them."""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.report.context import Context
from hrkit.report.running import confidentiality, marks, report_date, subtitle, title

__all__ = ["about"]


def _scale(ctx: Context) -> str:
    """The dimensions' scale; without dimensions each row names its own."""
    if not ctx.instrument.dimensions:
        return ""
    low, high = ctx.scale
    return ctx.words("appendix.about.scale_text", low=low, high=high)


def about(ctx: Context) -> Worksheet:
    """Of whom and what a workbook tells; `workbook` adds which sheets it has."""
    w, released = ctx.words, ctx.released
    whys = {
        name: w(f"report.why.{name}")
        for name in ("small", "partial", "silent", "protected", "few", "nobody")
    }
    status = [
        w(f"report.method.{name}")
        for name, holds in (("synthetic", ctx.engagement.synthetic), ("draft", released.draft))
        if holds
    ]
    status += [w("report.cover.preview")] if released.state == "preview" else []
    audience = ctx.engagement.audience.get(ctx.language)
    told: list[tuple[str, str]] = [
        ("client", ctx.engagement.client),
        ("report", f"{title(ctx)}. {subtitle(ctx)}"),
        ("date", w.date(report_date(ctx))),
        ("author", ctx.engagement.consultant.signature),
        ("secret", ". ".join(text for text in (confidentiality(ctx), audience) if text)),
        ("status", " ".join([marks(ctx), *status])),
        ("what", w("appendix.about.what_text")),
        ("scale", _scale(ctx)),
        ("words", w("appendix.about.words_text", k=released.threshold, **whys)),
        ("persons", w("appendix.about.persons_text")),
    ]
    rows: list[tuple[Cell, ...]] = [
        (w(f"appendix.about.{name}"), text) for name, text in told if text.strip()
    ]
    return Worksheet(
        name=w("appendix.sheet.about"),
        title=w("appendix.title.about"),
        columns=(w("appendix.column.what"), w("appendix.column.explained")),
        rows=tuple(rows),
        widths=(28.0, 90.0),
        lists=True,
    )
