"""A page over all tools of an engagement: what each is for, who answered, and what stands out."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import Block, Heading, Paragraph, Table, b, plain
from hrkit.model.tool import tool
from hrkit.report.chapter import Chapter
from hrkit.report.context import Context
from hrkit.report.turnout import few, whole

__all__ = ["at_a_glance"]


def at_a_glance(ctx: Context, made: Sequence[tuple[str, Context, Chapter]]) -> tuple[Block, ...]:
    """The page, from the chapters that follow, each with its tool: its own heading says what stands out."""
    w = ctx.words
    rows = []
    seen: set[str] = set()
    for id, part, chapter in made:
        known = tool(id)
        head = next((block for block in chapter.blocks if isinstance(block, Heading)), None)
        if known is None or head is None or known.id in seen:
            continue
        seen.add(known.id)
        rows.append(
            (
                (b(ctx.text(known.title)),),
                ctx.text(known.purpose),
                plain(head.text),
                _answered(part) if known.asks else w("general.tools.open"),
            )
        )
    if not rows:
        return ()
    return (
        Heading(w("general.tools.title"), new_page=True),
        Paragraph(w("general.tools.lead"), lead=True),
        Table(
            tuple(w(f"general.tools.{name}") for name in ("name", "purpose", "shows", "answered")),
            tuple(rows),
            widths=(1.2, 2.1, 2.0, 1.3),
            summary=w("general.tools.title"),
        ),
    )


def _answered(part: Context) -> str:
    """Who answered a tool's part, a group a line."""
    return "\n".join(
        f"{part.label(one.group, short=True)} "
        f"{few(part, one) if one.answered is None else one.answered}"
        for one in whole(part)
    )
