"""The report's figures as sheets of a workbook: exactly those that the report shows, no more.

A section's figures are taken from the released tables, but only where a chart or table of that
section stands in the document: what a profile leaves out, or a consultant's own text replaces,
is not in the workbook either.  Numbers are as they were released; where there is none, the cell
says why in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrkit.blocks import Block, DocumentInfo, Figure, Table, walk
from hrkit.blocks.worksheets import Cell, Sheet
from hrkit.report.context import Context
from hrkit.report.running import confidentiality, marks, report_date, subtitle, title
from hrkit.report.sections.dimensions import dimension
from hrkit.report.sections.questions import questions
from hrkit.report.worksheets.results import gaps, levels, profile, reliability, statements, turnout
from hrkit.report.worksheets.views import chain, change, importance, units
from hrkit.tools import SECTIONS
from hrkit.tools.partnership.worksheets import pillars

__all__ = ["tables"]

_MORE: Mapping[str, Callable[[Context], Sheet]] = {
    "importance": importance,
    "units": units,
    "pillars": pillars,
    "chain": chain,
    "change": change,
}


def tables(ctx: Context, blocks: Sequence[Block]) -> tuple[Sheet, ...]:
    """The sheets of the appendix; the first explains the others.

    Parameters
    ----------
    ctx
        The released tables and the words.
    blocks
        The document they belong to: an executed notebook's blocks, or `Assessment.blocks`.
    """
    shown = _data(blocks)
    dimensions = _dimensions(ctx, shown)

    def stands(section: str) -> bool:
        return bool(shown & _data(SECTIONS[section](ctx)))

    found: list[Sheet | None] = []
    if stands("profile"):
        found += [profile(ctx, dimensions), levels(ctx)]
    if stands("gaps"):
        found.append(gaps(ctx))
    found.append(statements(ctx, dimensions))
    found += questions(ctx).worksheets if stands("questions") else ()
    for section, make in _MORE.items():
        if stands(section):
            found.append(make(ctx))
    if stands("method"):
        found += [turnout(ctx), reliability(ctx)]
    sheets = [sheet for sheet in found if sheet is not None and sheet.rows]
    return (_about(ctx, sheets), *sheets)


def _data(blocks: Sequence[Block]) -> set[object]:
    """What carries figures: charts by what they say, tables by what stands in them."""
    return {
        block.alt if isinstance(block, Figure) else (block.columns, block.rows)
        for block in walk(tuple(b for b in blocks if not isinstance(b, DocumentInfo)))
        if isinstance(block, (Figure, Table))
    }


def _dimensions(ctx: Context, shown: set[object]) -> frozenset[str]:
    """Dimensions whose chart of statements stands in the document."""
    sections = ctx.instrument.dimensions
    return frozenset(
        section.id
        for i, section in enumerate(sections, 1)
        if shown & {
            block.alt
            for block in walk(dimension(ctx, section, i, len(sections)))
            if isinstance(block, Figure)
        }
    )  # fmt: skip


def _scale(ctx: Context) -> str:
    """The dimensions' scale; without dimensions each row names its own."""
    if not ctx.instrument.dimensions:
        return ""
    low, high = ctx.scale
    return ctx.words("appendix.about.scale_text", low=low, high=high)


def _about(ctx: Context, sheets: Sequence[Sheet]) -> Sheet:
    w, released = ctx.words, ctx.released
    whys = {name: w(f"report.why.{name}") for name in ("small", "protected", "nobody")}
    status = [w(f"report.method.{name}") for name, holds in
              (("synthetic", ctx.engagement.synthetic), ("draft", released.draft)) if holds]  # fmt: skip
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
    rows += [(sheet.name, sheet.title) for sheet in sheets]
    return Sheet(
        name=w("appendix.sheet.about"),
        title=w("appendix.title.about"),
        columns=(w("appendix.column.what"), w("appendix.column.explained")),
        rows=tuple(rows),
        widths=(28.0, 90.0),
    )
