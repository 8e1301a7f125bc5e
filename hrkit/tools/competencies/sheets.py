"""The competencies' sheets: the meeting's list, and a page for each of at most three that the room develops."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, Text, b
from hrkit.report.context import Context
from hrkit.report.handouts.room import BOX, GROUND, room
from hrkit.tools.competencies.findings import PRIORITIES, asked, first, page
from hrkit.tools.competencies.names import leaders, name, tens

__all__ = ["SHEETS", "WAYS"]

#: Ways in which people develop at work.
WAYS = ("task", "feedback", "coaching", "mobility", "course")
_LISTED = 10


def choose_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the meeting: the first ten with room for dots, and what was chosen."""
    w = ctx.words
    found = page(ctx, leaders(ctx))
    listed = found.ordered[:_LISTED]
    names = [name(ctx, one) for one in listed]
    names = names or [ctx.wording(one.item).rstrip(".") for one in asked(ctx.instrument)[:_LISTED]]
    chance = [tens(ctx, one.probability) for one in listed] or ["–"] * len(names)
    rows: tuple[tuple[Text, ...], ...] = tuple(
        ((b(each),), one, room(1)) for each, one in zip(names, chance, strict=True)
    )
    steps = tuple(w(f"competencies.sheet.step.{i}") for i in range(1, 6))
    return (
        Heading(w("competencies.sheet.title"), kicker=w("competencies.sheet.kicker")),
        Paragraph(w("competencies.sheet.rule"), lead=True),
        Table(
            (
                w("competencies.table.name"),
                w("competencies.table.first"),
                w("competencies.sheet.dots"),
            ),
            rows,
            widths=(4.2, 1.0, 1.2),
            shades=tuple(("", "", GROUND) for _ in rows),
            compact=True,
            summary=w("competencies.sheet.title"),
        ),
        Table(
            (
                w("competencies.sheet.chosen"),
                w("competencies.sheet.who"),
                w("competencies.sheet.when"),
            ),
            tuple((room(2), room(2), room(2)) for _ in range(PRIORITIES)),
            widths=(3.4, 1.6, 1.4),
            row_headers=False,
            shades=((GROUND,) * 3,) * PRIORITIES,
            summary=w("competencies.sheet.chosen"),
        ),
        Heading(w("competencies.sheet.steps"), level=2),
        Bullets(steps),
        Note(w("competencies.sheet.seen_by")),
    )


def pages_sheet(ctx: Context) -> tuple[Block, ...]:
    """A page for each of at most three competencies; blank ones where nothing is among the first."""
    found = page(ctx, leaders(ctx))
    some = (first(found) or found.ordered)[:PRIORITIES]
    names = [name(ctx, one) for one in some] or [room(1)]
    return tuple(block for i, one in enumerate(names) for block in _page(ctx, one, new_page=i > 0))


def _page(ctx: Context, title: str, *, new_page: bool) -> tuple[Block, ...]:
    w = ctx.words
    seen = tuple((room(3), room(3)) for _ in range(1))
    ways: tuple[tuple[Text, ...], ...] = tuple(
        ((b(w(f"competencies.page.way.{way}")),), room(2), room(2), room(2)) for way in WAYS
    )
    return (
        Heading(title, kicker=w("competencies.page.kicker"), new_page=new_page),
        Paragraph(w("competencies.page.rule"), lead=True),
        Table(
            (w("competencies.page.today"), w("competencies.page.later")),
            seen,
            widths=(1.0, 1.0),
            row_headers=False,
            shades=((GROUND, GROUND),),
        ),
        Heading(w("competencies.page.ways"), level=2),
        Table(
            (
                "",
                w("competencies.page.doing"),
                w("competencies.page.above"),
                w("competencies.page.owes"),
            ),
            ways,
            widths=(1.6, 1.7, 1.6, 1.5),
            shades=tuple(("", GROUND, GROUND, GROUND) for _ in ways),
            summary=w("competencies.page.ways"),
        ),
        Table(
            (w("competencies.page.step"), w("competencies.page.sign"), w("competencies.page.back")),
            ((room(3), room(3), room(3)),),
            widths=(2.4, 2.4, 1.2),
            row_headers=False,
            shades=((GROUND,) * 3,),
        ),
        Note(f"{BOX} " + w("competencies.page.seen_by")),
    )


SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "choose": choose_sheet,
    "pages": pages_sheet,
}
