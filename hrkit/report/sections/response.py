"""Who was invited, who answered, and how far those who did not could move the figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from hrkit.blocks import (
    Block,
    Bullets,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
    b,
)
from hrkit.blocks.worksheets import Worksheet
from hrkit.disclosure.derived.silence import Silent
from hrkit.disclosure.released import Turnout
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.sections.units import indented, tree
from hrkit.report.turnout import (
    few,
    in_any,
    in_units,
    moves,
    silent_of,
    speaking,
    whole,
    with_means,
)

__all__ = ["in_profile", "response", "turnout_table", "unless_told"]

_RIGHT: tuple[Literal["right"]] = ("right",)
_HARD = "\N{NO-BREAK SPACE}"


def response(ctx: Context) -> tuple[Block, ...]:
    """The page; nothing where nobody is reported."""
    w, table = ctx.words, turnout_table(ctx)
    if not table:
        return ()
    said = tuple(_said(ctx, one) for one in speaking(ctx)) if with_means(ctx) else ()
    return (
        Heading(w("sections.response.title"), new_page=True),
        Paragraph(_lead(ctx), lead=True),
        *table,
        *((Bullets(said),) if said else ()),
        *_bounds(ctx),
        *_by_unit(ctx),
    )


def in_profile(ctx: Context) -> bool:
    """Whether the report has this page: then the method page does not give the table again."""
    return any("response" in sections for sections in ctx.profile["parts"].values())


def unless_told(
    worksheet: Callable[[Context], Worksheet | None],
) -> Callable[[Context], Worksheet | None]:
    """A worksheet for a report without this page."""
    return lambda ctx: None if in_profile(ctx) else worksheet(ctx)


def _lead(ctx: Context) -> str:
    rows = whole(ctx)
    counts = [one.answered for one in rows]
    if all(one.answered is not None and one.answered == one.invited for one in rows):
        return ctx.words("sections.response.lead_all")
    figures = bool(with_means(ctx))
    if None in counts:
        # The number of all would count those who are too few to be counted.
        return ctx.words(f"sections.response.lead_{'plain' if figures else 'few'}")
    key = "lead" if figures else "lead_who"
    return ctx.words(f"sections.response.{key}", n=sum(n or 0 for n in counts))


def turnout_table(ctx: Context) -> tuple[Block, ...]:
    """Invited and answered by perspective in the whole organisation."""
    w, rows = ctx.words, []
    for one in whole(ctx):
        hidden = one.answered is None
        rows.append(
            (
                ctx.label(one.group),
                few(ctx, one) if hidden else str(one.answered),
                w("report.method.unknown") if one.invited is None else str(one.invited),
                "–" if hidden or not one.invited else w.percent((one.answered or 0) / one.invited),
            )
        )
    if not rows:
        return ()
    names = ("group", "answered", "invited", "share")
    return (
        Table(
            tuple(w(f"report.method.turnout_{n}") for n in names),
            tuple(rows),
            align=("left", "right", "right", "right"),
            compact=True,
            summary=w("report.method.asked_title"),
        ),
    )


# ------------------------------------------------------------------------------- the silent


def _said(ctx: Context, one: Turnout) -> Text:
    """A sentence about the silent of one group, on what is to be taken up first."""
    w = ctx.words
    name = b(ctx.label(one.group))

    def say(key: str, **fields: object) -> Text:
        return (name, Span(": "), Span(w(f"sections.response.{key}", **fields)))

    if one.invited is None:
        return say("unknown")
    first = [p.measure for p in findings.to_take_up(ctx.released)]
    by = {section.id: section for section in ctx.instrument.dimensions}
    order = [by[id] for id in dict.fromkeys([*first, *by]) if id in by]
    found = [
        (section, silent)
        for section in order
        if (silent := silent_of(ctx, section, one)) is not None
    ]
    if one.answered == one.invited:
        return say("all_some" if any(silent.silent for _, silent in found) else "all")
    if not found:
        return say("hidden")
    section, silent = next(
        (pair for pair in found if moves(pair[1])),
        next((pair for pair in found if pair[1].silent), found[0]),
    )
    return say(
        _moving(silent),
        n=silent.silent,
        invited=silent.invited,
        dimension=ctx.name(section),
        group=ctx.in_text(one.group),
        lower=w.number(silent.lower),
        mean=w.number(silent.mean),
        higher=w.number(silent.higher),
    )


def _moving(silent: Silent) -> str:
    """The text for what the silent could do to a mean: at an end of the scale, one thing only."""
    if not moves(silent):
        return "silent_none"
    if silent.higher == silent.mean:
        return "silent_lower"
    return "silent_higher" if silent.lower == silent.mean else "silent"


def _bounds(ctx: Context) -> tuple[Block, ...]:
    """Every dimension of both sides, a point lower and a point higher."""
    w = ctx.words
    told = [one for one in speaking(ctx) if any(silent_of(ctx, s, one) for s in with_means(ctx))]
    if not told or not any(
        moves(silent) for s in with_means(ctx) for one in told if (silent := silent_of(ctx, s, one))
    ):
        return ()
    rows = []
    for section in with_means(ctx):
        cells = []
        for one in told:
            silent = silent_of(ctx, section, one)
            numbers = (
                {n: w.number(getattr(silent, n)) for n in ("lower", "mean", "higher")}
                if silent
                else {}
            )
            cells.append(w("sections.response.bounds_cell", **numbers) if numbers else "–")
        rows.append((ctx.name(section), *cells))
    return (
        Heading(w("sections.response.bounds"), level=2),
        Table(
            (w("report.profile.dimension"), *(ctx.label(one.group) for one in told)),
            tuple(rows),
            align=("left", *_RIGHT * len(told)),
            compact=True,
            summary=w("sections.response.bounds"),
        ),
        Note(w("sections.response.bounds_note")),
    )


# ------------------------------------------------------------------------------- units


def _by_unit(ctx: Context) -> tuple[Block, ...]:
    w, found = ctx.words, in_units(ctx)
    groups = in_any(ctx, found)
    if not groups:
        return ()
    rows = []
    by = {
        unit.id: [found.get((unit.id, group)) for group in groups]
        for unit, _ in tree(ctx)
        if unit.parent
    }
    for unit, depth in indented(ctx, {id for id, its in by.items() if any(its)}):
        name: Text = (Span(_HARD * 3 * depth), Span(unit.name))
        rows.append((name, *(_cell(ctx, one) for one in by[unit.id])))
    return (
        Heading(w("sections.response.units"), level=2),
        Table(
            (w("appendix.column.unit"), *(ctx.label(group, short=True) for group in groups)),
            tuple(rows),
            align=("left", *_RIGHT * len(groups)),
            compact=True,
            summary=w("sections.response.units"),
        ),
        Note(w("sections.response.units_note", k=ctx.released.threshold)),
    )


def _cell(ctx: Context, one: Turnout | None) -> str:
    w = ctx.words
    if one is None:
        return "–"
    if one.answered is None:
        if one.invited is None:
            return w("sections.response.not_shown_plain")
        return w("sections.response.not_shown", invited=one.invited)
    if one.invited is None:
        return str(one.answered)
    return w("sections.response.of", n=one.answered, invited=one.invited)
