"""A page over all tools of an engagement: what each is for, who answered, and what stands out.

A tool that was asked in an earlier round (``asked:`` of the engagement) has no chapter here: its
figures are that round's, under that round's thresholds and people, and were issued with its report.
The page says where they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, b, plain
from hrkit.model.tool import SITTING, SITTINGS, form_minutes, tool
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
    before = _before(ctx, seen)
    if not rows:
        return (Heading(w("general.tools.title")), *before) if before else ()
    return (
        Heading(w("general.tools.title"), new_page=True),
        Paragraph(w("general.tools.lead"), lead=True),
        Table(
            tuple(w(f"general.tools.{name}") for name in ("name", "purpose", "shows", "answered")),
            tuple(rows),
            widths=(1.2, 2.1, 2.0, 1.3),
            summary=w("general.tools.title"),
        ),
        *before,
        *_at_once(ctx),
    )


def _before(ctx: Context, seen: Collection[str]) -> tuple[Block, ...]:
    """A line for each tool that was asked in an earlier round and not in this one."""
    w, rounds = ctx.words, [wave.id for wave in ctx.engagement.waves]
    earlier = rounds[: rounds.index(ctx.wave.id)] if ctx.wave.id in rounds else []
    lines = []
    for id in ctx.engagement.tools:
        known, asked = tool(id), ctx.engagement.asked.get(id, ())
        last = next((wave for wave in reversed(earlier) if wave in asked), None)
        if known is None or last is None or id in seen or ctx.wave.id in asked:
            continue
        name = ctx.text(ctx.engagement.wave(last).name)
        lines.append(w("general.tools.before", tool=ctx.text(known.title), round=name))
    return (Heading(w("general.tools.earlier"), level=2), Bullets(tuple(lines))) if lines else ()


def _at_once(ctx: Context) -> tuple[Block, ...]:
    """That a demonstration asks for more at once than people may be asked for."""
    if not ctx.engagement.synthetic:
        return ()
    asked = (ctx, *ctx.parts)
    longest = max(
        sum(
            form_minutes(one.instrument, who) for one in asked if who in one.instrument.perspectives
        )
        for one in asked
        for who in one.instrument.perspectives
    )
    if longest <= SITTING * SITTINGS:
        return ()
    fields = {"minutes": ceil(longest), "sitting": SITTING, "sittings": SITTINGS}
    return (Note(ctx.words("general.tools.at_once", **fields)),)


def _answered(part: Context) -> str:
    """Who answered a tool's part, a group a line."""
    return "\n".join(
        f"{part.label(one.group, short=True)} "
        f"{few(part, one) if one.answered is None else one.answered}"
        for one in whole(part)
    )
