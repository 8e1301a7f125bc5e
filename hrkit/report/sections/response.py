"""Who was invited, who answered, and how far those who did not could move the figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.disclosure.derived.silence import Silent, answered_in_units, if_they_differed
from hrkit.disclosure.released import Turnout
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.sections.units import tree
from hrkit.report.worksheets.cells import columns, number, share

__all__ = ["in_profile", "response", "silence", "turnout_table", "units", "unless_told"]

_RIGHT: tuple[Literal["right"]] = ("right",)
_HARD = "\N{NO-BREAK SPACE}"


def response(ctx: Context) -> tuple[Block, ...]:
    """The page; nothing where nobody is reported."""
    w, table = ctx.words, turnout_table(ctx)
    if not table:
        return ()
    said = tuple(_said(ctx, one) for one in _told(ctx)) if _sections(ctx) else ()
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


def _rows(ctx: Context) -> list[Turnout]:
    return [one for one in ctx.released.turnout if one.unit == ctx.root]


def _lead(ctx: Context) -> str:
    rows = _rows(ctx)
    counts = [one.answered for one in rows]
    if all(one.answered is not None and one.answered == one.invited for one in rows):
        return ctx.words("sections.response.lead_all")
    figures = bool(_sections(ctx))
    if None in counts:
        # The number of all would count those who are too few to be counted.
        return ctx.words(f"sections.response.lead_{'plain' if figures else 'few'}")
    key = "lead" if figures else "lead_who"
    return ctx.words(f"sections.response.{key}", n=sum(n or 0 for n in counts))


def turnout_table(ctx: Context) -> tuple[Block, ...]:
    """Invited and answered by perspective in the whole organisation."""
    w, rows = ctx.words, []
    for one in _rows(ctx):
        few = one.answered is None
        rows.append(
            (
                ctx.label(one.group),
                w("report.summary.few", k=ctx.released.threshold) if few else str(one.answered),
                w("report.method.unknown") if one.invited is None else str(one.invited),
                "–" if few or not one.invited else w.percent((one.answered or 0) / one.invited),
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


def _told(ctx: Context) -> list[Turnout]:
    """The two sides; every group where there are none."""
    sides = [one.group for one in ctx.sides or ()] or [group.id for group in ctx.groups]
    return [one for group in sides for one in _rows(ctx) if one.group == group]


def _silent(ctx: Context, section: Section, one: Turnout) -> Silent | None:
    assert section.score_facet is not None
    scale = section.score_facet.scale
    return if_they_differed(
        ctx.score(section, one.group), one.invited, (float(scale.low), float(scale.high))
    )


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
        (section, silent) for section in order if (silent := _silent(ctx, section, one)) is not None
    ]
    if one.answered == one.invited:
        return say("all_some" if any(silent.silent for _, silent in found) else "all")
    if not found:
        return say("hidden")
    section, silent = found[0]
    return say(
        "silent",
        n=silent.silent,
        invited=silent.invited,
        dimension=ctx.name(section),
        group=ctx.in_text(one.group),
        lower=w.number(silent.lower),
        mean=w.number(silent.mean),
        higher=w.number(silent.higher),
    )


def _bounds(ctx: Context) -> tuple[Block, ...]:
    """Every dimension of both sides, a point lower and a point higher."""
    w = ctx.words
    told = [one for one in _told(ctx) if any(_silent(ctx, s, one) for s in _sections(ctx))]
    if not told or not any(
        silent.silent for s in _sections(ctx) for one in told if (silent := _silent(ctx, s, one))
    ):
        return ()
    rows = []
    for section in _sections(ctx):
        cells = []
        for one in told:
            silent = _silent(ctx, section, one)
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


def _sections(ctx: Context) -> tuple[Section, ...]:
    return findings.with_figures(ctx.released, ctx.instrument, ctx.root)


def silence(ctx: Context) -> Worksheet:
    """A row per dimension and group: the mean, and where it would stand if the silent differed."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = []
    for section in _sections(ctx):
        for one in _told(ctx):
            silent = _silent(ctx, section, one)
            if silent is None:
                continue
            rows.append(
                (
                    ctx.name(section),
                    ctx.label(one.group),
                    Number(silent.invited, 0),
                    Number(silent.silent, 0),
                    number(silent.lower),
                    number(silent.mean),
                    number(silent.higher),
                )
            )
    names = ("perspective", "invited", "silent", "lower", "mean", "higher")
    return Worksheet(
        w("appendix.sheet.silence"),
        w("appendix.title.silence"),
        (w("report.profile.dimension"), *columns(ctx, *names)),
        tuple(rows),
        (w("sections.response.bounds_note"),),
    )


# ------------------------------------------------------------------------------- units


def _in_units(ctx: Context) -> dict[tuple[str, str], Turnout]:
    """What may be told of units, by unit and group."""
    engagement, root = ctx.engagement, ctx.root
    order = engagement.within(root)
    invited = {
        (unit, group.id): engagement.invited_to(ctx.released.wave, unit, group.perspectives)
        for unit in order
        for group in ctx.released.groups
    }
    found = answered_in_units(
        ctx.released.scores,
        _rows(ctx),
        [section.id for section in ctx.instrument.dimensions],
        {unit: None if unit == root else engagement.unit(unit).parent for unit in order},
        invited,
        ctx.released.threshold,
    )
    return {(one.unit, one.group): one for one in found}


def _in_any(ctx: Context, found: Mapping[tuple[str, str], Turnout]) -> list[str]:
    """Groups that are shown in any unit: another's column would be blank."""
    shown = {group for (_, group), one in found.items() if one.answered is not None}
    return [one.group for one in _rows(ctx) if one.group in shown]


def _by_unit(ctx: Context) -> tuple[Block, ...]:
    w, found = ctx.words, _in_units(ctx)
    groups = _in_any(ctx, found)
    if not groups:
        return ()
    rows = []
    for unit, depth in tree(ctx)[1:]:
        its = [found.get((unit.id, group)) for group in groups]
        if any(its):
            name: Text = (Span(_HARD * 3 * max(0, depth - 1)), Span(unit.name))
            rows.append((name, *(_cell(ctx, one) for one in its)))
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


def units(ctx: Context) -> Worksheet:
    """A row per unit and perspective."""
    w, found = ctx.words, _in_units(ctx)
    rows: list[tuple[Cell, ...]] = []
    for unit, _ in tree(ctx)[1:]:
        above = ctx.engagement.unit(unit.parent).name if unit.parent else None
        for group in _in_any(ctx, found):
            one = found.get((unit.id, group))
            if one is None:
                continue
            known = one.answered is not None and one.invited
            rows.append(
                (
                    unit.name,
                    above,
                    ctx.label(one.group),
                    w("sections.response.not_shown_plain")
                    if one.answered is None
                    else Number(one.answered, 0),
                    w("report.method.unknown") if one.invited is None else Number(one.invited, 0),
                    share(round((one.answered or 0) / (one.invited or 1), 2)) if known else None,
                )
            )
    names = ("group", "answered", "invited", "share")
    return Worksheet(
        w("appendix.sheet.response"),
        w("appendix.title.response"),
        (*columns(ctx, "unit", "part_of"), *(w(f"report.method.turnout_{n}") for n in names)),
        tuple(rows),
        (w("sections.response.units_note", k=ctx.released.threshold),),
    )
