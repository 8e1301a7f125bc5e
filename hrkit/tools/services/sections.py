"""The service check's chapter, its sheet for the meeting, the page for leaders and the worksheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrkit.blocks import Block, Bullets, Callout, Heading, Note, Paragraph, Table, Text, Together
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.derived.frame import PAGE, each
from hrkit.disclosure.derived.portions import portion
from hrkit.report.chapter import Recipe, recipe
from hrkit.report.context import Context
from hrkit.report.tool_steps import ToolStep
from hrkit.report.worksheets.cells import columns, count, interval, share
from hrkit.tools.services.chart import Placed, service_map
from hrkit.tools.services.claims import CLAIMS
from hrkit.tools.services.decided import FORMS, decided_blocks, decided_on, decided_steps
from hrkit.tools.services.findings import (
    SATISFIED,
    Quadrant,
    Service,
    believed,
    first,
    line_of,
    page,
    services,
)
from hrkit.tools.services.names import full, short, users
from hrkit.tools.services.sheets import SHEETS

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "SHEETS", "STEPS"]

#: Steps that the check asks for, and who answers for what leaders are offered.
STEPS_AT_MOST, _OWNER = 3, "hr_head"

#: Quadrants in the order in which they are told; what is on the line is not.
_ORDER = (Quadrant.IMPROVE, Quadrant.KEEP, Quadrant.LIGHTEN, Quadrant.ASK)


def chapter(ctx: Context) -> tuple[Block, ...]:
    """What is told of the services, the map, the table, and what others believe."""
    w, group = ctx.words, users(ctx)
    found = page(ctx, group)
    if not any(one.importance.shown for one in found):
        return (
            Heading(w("services.title.hidden"), new_page=True),
            Callout(w("services.hidden", k=ctx.released.threshold)),
            *decided_blocks(ctx),
        )
    return (
        Heading(_title(ctx, found), new_page=True),
        Paragraph(w("services.lead"), lead=True),
        *_told(ctx, found),
        *_as_said(ctx, group),
        *decided_blocks(ctx),
        Together((Heading(w("services.map.title"), level=2), *_map(ctx, found, group))),
        *_beliefs(ctx, group),
        Heading(w("services.table.title"), level=2),
        _table(ctx, found),
        Note(w("services.table.note", details=ctx.released.details)),
    )


def _sure(found: Sequence[Service], kind: Quadrant) -> tuple[Service, ...]:
    return tuple(one for one in first(found, kind) if one.sure)


def _title(ctx: Context, found: Sequence[Service]) -> str:
    """The first of what the page says; where it says none of it, what cannot be told."""
    w = ctx.words
    told = {
        name: tuple(one for one in found if name in one.told)
        for name in ("unknown", "needed", "misfit")
    }
    for name, some in (
        ("improve", _sure(found, Quadrant.IMPROVE)),
        ("unknown", told["unknown"]),
        ("keep", _sure(found, Quadrant.KEEP)),
        ("needed", told["needed"]),
        ("misfit", told["misfit"]),
    ):
        if some:
            return w(f"services.title.{name}", n=len(some), service=short(ctx, some[0]))
    return w("services.title.none")


def _told(ctx: Context, found: Sequence[Service]) -> tuple[Block, ...]:
    w = ctx.words
    lines: list[Text] = [
        w(f"services.told.{kind.value}", list=w.join([short(ctx, one) for one in some]))
        for kind in _ORDER
        if (some := _sure(found, kind))
    ]
    for name in ("unknown", "needed"):
        named = [_portion(ctx, one, name) for one in found if name in one.told]
        if named:
            lines.append(w(f"services.told.{name}", list="; ".join(named)))
    misfit = [one for one in found if "misfit" in one.told]
    if misfit:
        lines.append(w("services.told.misfit", list=w.join([short(ctx, one) for one in misfit])))
    return (Bullets(tuple(lines)),) if lines else (Paragraph(w("services.none")),)


def _portion(ctx: Context, one: Service, name: str) -> str:
    """A service with the share of leaders, and at least how many it is of leaders like these.

    The bound is the one by which it is told: it holds over both shares of all services.
    """
    w, value = ctx.words, one.unknown if name == "unknown" else one.needed
    assert value is not None  # it is told of a printed share only
    assert one.use.n
    low = portion(value, one.use.n, each(PAGE, 2 * len(services(ctx.instrument))))[0]
    return w(
        "services.told.item", service=short(ctx, one), share=w.percent(value), low=w.percent(low)
    )


def _map(ctx: Context, found: Sequence[Service], group: str) -> tuple[Block, ...]:
    w = ctx.words
    line = line_of(one.importance for one in found)
    points = [
        Placed(i, short(ctx, one), one.importance.mean, one.satisfaction.mean, one.sure)
        for i, one in enumerate(found, 1)
        if one.importance.mean is not None and one.satisfaction.mean is not None
    ]
    if line is None or not points:
        return ()
    scale = ctx.instrument.keys[found[0].asked.importance].facet.scale
    figure = service_map(
        ctx.theme, w, points, scale=(scale.low, scale.high), lines=(line, SATISFIED)
    )
    note = w("services.map.note", line=w.number(line), satisfied=w.number(SATISFIED))
    # The table has every figure: nobody hears them twice.
    return (
        replace(figure, alt=w("report.alt.in_table", title=w("services.map.title"))),
        Note(note),
    )


def _shows(ctx: Context, one: Service) -> str:
    """What a service shows, in the table's words; what stands alone is a question."""
    w = ctx.words
    said: list[str] = []
    if one.quadrant is not Quadrant.LINE:
        what = w(f"services.group.{one.quadrant.value}")
        if not (one.quadrant is Quadrant.ASK and one.asked.duty):
            said.append(what if one.sure else w("services.table.question", what=what))
    for name, word in (
        ("unknown", "unknown_word"),
        ("needed", "needed_word"),
        ("misfit", "misfit"),
    ):
        if name in one.findings:
            what = w(f"services.table.{word}")
            said.append(what if name in one.told else w("services.table.question", what=what))
    return " · ".join(said) or "–"


def _table(ctx: Context, found: Sequence[Service]) -> Table:
    w = ctx.words
    names = ("number", "service", "importance", "satisfaction", "fit", "unknown", "needed", "shows")
    rows = tuple(
        (
            str(i),
            full(ctx, one),
            *(ctx.mean(score) for score in (one.importance, one.satisfaction, one.fit)),
            _percent(ctx, one, one.unknown),
            _percent(ctx, one, one.needed),
            _shows(ctx, one),
        )
        for i, one in enumerate(found, 1)
    )
    return Table(
        tuple(w(f"services.table.{name}") for name in names),
        rows,
        align=("right", "left", *("right",) * 5, "left"),
        widths=(0.4, 3.0, 0.75, 0.75, 0.65, 0.75, 0.8, 1.7),
        compact=True,
        summary=w("services.worksheet_title"),
    )


def _percent(ctx: Context, one: Service, value: float | None) -> str:
    """A share as printed, or in words why it does not stand by itself."""
    if not one.use.shown:
        return ctx.words(f"report.why.{one.use.why.value}")
    return "–" if value is None else ctx.words.percent(value)


def _otherwise(ctx: Context, group: str) -> Mapping[str, list[tuple[str, str]]]:
    """Of each group that can be compared what it believes otherwise than the leaders say."""
    others = [g.id for g in ctx.released.groups if g.id != group]
    compared = {other: said for other in others if (said := believed(ctx, group, other))}
    return {other: [key for key, (_, sure) in s.items() if sure] for other, s in compared.items()}


def _as_said(ctx: Context, group: str) -> tuple[Block, ...]:
    """That nobody believes otherwise, where somebody could be compared: one sentence, no page of its own."""
    told = _otherwise(ctx, group)
    alike = bool(told) and not any(told.values())
    return (Paragraph(ctx.words("services.believed_none")),) if alike else ()


def _beliefs(ctx: Context, group: str) -> tuple[Block, ...]:
    """Where other groups believe otherwise than the leaders say: a row a service and question."""
    w, told = ctx.words, _otherwise(ctx, group)
    shown = [other for other, some in told.items() if some]
    if not shown:
        return ()
    rows = []
    for one in services(ctx.instrument):
        for facet in ("importance", "satisfaction", "fit"):
            if not any((one.item.id, facet) in told[other] for other in shown):
                continue
            key = getattr(one, facet)
            rows.append(
                (
                    ctx.wording(one.item).partition(":")[0].rstrip("."),
                    w(f"services.facet.{facet}"),
                    ctx.mean(ctx.score(key, group)),
                    # What is no finding is not printed beside one.
                    *(
                        ctx.mean(ctx.score(key, o)) if (one.item.id, facet) in told[o] else "–"
                        for o in shown
                    ),
                )
            )
    columns = (group, *shown)
    return (
        Heading(w("services.believed"), level=2),
        Paragraph(w("services.believed_lead")),
        Table(
            (
                w("services.table.service"),
                w("services.believed_question"),
                *(ctx.label(one, short=True) for one in columns),
            ),
            tuple(rows),
            align=("left", "left", *("right",) * len(columns)),  # type: ignore[arg-type]
            widths=(3.6, 2.0, *(1.0,) * len(columns)),
            compact=True,
            summary=w("services.believed"),
        ),
    )


def worksheet(ctx: Context) -> Worksheet:
    """A row a service: three means with their intervals, shares, and what it shows."""
    w = ctx.words
    head = [w("services.table.number"), w("services.table.service")]
    for name in ("importance", "satisfaction", "fit"):
        mean, low, high, n = columns(ctx, "mean", "low", "high", "n")
        facet = w(f"services.facet.{name}")
        head += [f"{facet}: {one}" for one in (mean, low, high, n)]
    head += [w("services.table.unknown"), w("services.table.needed"), w("services.table.shows")]
    rows: list[tuple[Cell, ...]] = []
    for i, one in enumerate(page(ctx, users(ctx)), 1):
        cells: list[Cell] = [str(i), full(ctx, one)]
        for score in (one.importance, one.satisfaction, one.fit):
            cells += [*interval(ctx, score), count(ctx, score)]
        cells += [
            share(value) if value is not None else _percent(ctx, one, None)
            for value in (one.unknown, one.needed)
        ]
        rows.append((*cells, _shows(ctx, one)))
    return Worksheet(
        w("services.worksheet"), w("services.worksheet_title"), tuple(head), tuple(rows)
    )


def steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What is told of services asks HR for: mend what matters, tell of what is not known."""
    w, found = ctx.words, page(ctx, users(ctx))
    asks = [("improve", one) for one in _sure(found, Quadrant.IMPROVE)]
    asks += [("unknown", one) for one in found if "unknown" in one.told]
    settled = decided_on(ctx)
    asks = [(kind, one) for kind, one in asks if one.asked.item.id not in settled]
    return decided_steps(ctx) + tuple(
        ToolStep(
            f"services:{kind}:{one.asked.item.id}",
            _OWNER,
            w(f"services.step.{kind}", service=short(ctx, one)),
            w(f"services.title.{kind}", n=1, service=short(ctx, one)),
            effort="medium" if kind == "improve" else "small",
        )
        for kind, one in asks[:STEPS_AT_MOST]
    )


CHAPTER: Recipe = recipe(chapter, worksheet)
STEPS = steps
