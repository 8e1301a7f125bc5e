"""The service check's chapter, its sheet for the meeting, the page for leaders and the worksheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hrkit.blocks import Block, Bullets, Callout, Heading, Note, Paragraph, Table, Text, b
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.derived.portions import portion
from hrkit.report.chapter import Recipe, recipe
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.handouts.room import GROUND, room
from hrkit.report.worksheets.cells import columns, count, interval, share
from hrkit.tools.services.chart import Placed, service_map
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

__all__ = ["CHAPTER", "CLAIMS", "SHEETS"]

#: Quadrants in the order in which they are told; what is on the line is not.
_ORDER = (Quadrant.IMPROVE, Quadrant.KEEP, Quadrant.LIGHTEN, Quadrant.ASK)
#: Services that a sheet names from the answers.
NAMED = 4


def chapter(ctx: Context) -> tuple[Block, ...]:
    """What is told of the services, the map, the table, and what others believe."""
    w, group = ctx.words, _users(ctx)
    found = page(ctx, group)
    if not any(one.importance.shown for one in found):
        return (
            Heading(w("services.title.hidden"), new_page=True),
            Callout(w("services.hidden", k=ctx.released.threshold)),
        )
    return (
        Heading(_title(ctx, found), new_page=True),
        Paragraph(w("services.lead"), lead=True),
        *_told(ctx, found),
        Heading(w("services.map.title"), level=2, new_page=True),
        *_map(ctx, found, group),
        *_beliefs(ctx, group),
        Heading(w("services.table.title"), level=2, new_page=True),
        _table(ctx, found),
        Note(w("services.table.note", details=ctx.released.details)),
    )


def _users(ctx: Context) -> str:
    """The group of those whom the services are for: the instrument's first side."""
    side = ctx.instrument.sides[0]
    found = ctx.released.group(side)
    return found.id if found else side


def _name(ctx: Context, one: Service) -> str:
    return ctx.wording(one.asked.item).rstrip(".")


def _short(ctx: Context, one: Service) -> str:
    """A service's name up to its colon: what follows are examples."""
    return _name(ctx, one).partition(":")[0]


def _sure(found: Sequence[Service], kind: Quadrant) -> tuple[Service, ...]:
    return tuple(one for one in first(found, kind) if one.sure)


def _title(ctx: Context, found: Sequence[Service]) -> str:
    w = ctx.words
    unknown = [one for one in found if "unknown" in one.told]
    for name, some in (
        ("improve", _sure(found, Quadrant.IMPROVE)),
        ("unknown", unknown),
        ("keep", _sure(found, Quadrant.KEEP)),
    ):
        if some:
            return w(f"services.title.{name}", n=len(some), service=_short(ctx, some[0]))
    return w("services.title.none")


def _told(ctx: Context, found: Sequence[Service]) -> tuple[Block, ...]:
    w = ctx.words
    lines: list[Text] = [
        w(f"services.told.{kind.value}", list=w.join([_short(ctx, one) for one in some]))
        for kind in _ORDER
        if (some := _sure(found, kind))
    ]
    for name in ("unknown", "needed"):
        named = [_portion(ctx, one, name) for one in found if name in one.told]
        if named:
            lines.append(w(f"services.told.{name}", list="; ".join(named)))
    misfit = [one for one in found if "misfit" in one.told]
    if misfit:
        lines.append(w("services.told.misfit", list=w.join([_short(ctx, one) for one in misfit])))
    return (Bullets(tuple(lines)),) if lines else (Paragraph(w("services.none")),)


def _portion(ctx: Context, one: Service, name: str) -> str:
    """A service with the share of leaders, and at least how many it is of leaders like these."""
    w, value = ctx.words, one.unknown if name == "unknown" else one.needed
    assert value is not None  # it is told of a printed share only
    assert one.use.n
    low = portion(value, one.use.n)[0]
    return w(
        "services.told.item", service=_short(ctx, one), share=w.percent(value), low=w.percent(low)
    )


def _map(ctx: Context, found: Sequence[Service], group: str) -> tuple[Block, ...]:
    w = ctx.words
    line = line_of(one.importance for one in found)
    points = [
        Placed(i, _short(ctx, one), one.importance.mean, one.satisfaction.mean, one.sure)
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
    return "; ".join(said) or "–"


def _table(ctx: Context, found: Sequence[Service]) -> Table:
    w = ctx.words
    names = ("number", "service", "importance", "satisfaction", "fit", "unknown", "needed", "shows")
    rows = tuple(
        (
            str(i),
            _name(ctx, one),
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


def _beliefs(ctx: Context, group: str) -> tuple[Block, ...]:
    """Where other groups believe otherwise than the leaders say."""
    w = ctx.words
    lines: list[Text] = []
    others = [g.id for g in ctx.released.groups if g.id != group]
    compared = False
    asked = {one.item.id: one for one in services(ctx.instrument)}
    for other in others:
        found = believed(ctx, group, other)
        compared = compared or bool(found)
        for (id, facet), (_, told) in found.items():
            if told:
                key = getattr(asked[id], facet)
                lines.append(
                    w(
                        "services.told.believed",
                        service=ctx.wording(asked[id].item).partition(":")[0].rstrip("."),
                        facet=w(f"services.facet.{facet}"),
                        group=ctx.named(other, "in_text"),
                        theirs=ctx.mean(ctx.score(key, other)),
                        mine=ctx.mean(ctx.score(key, group)),
                    )
                )
    if not compared:
        return ()
    said: Block = Bullets(tuple(lines)) if lines else Paragraph(w("services.believed_none"))
    return (Heading(w("services.believed"), level=2), said)


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
    for i, one in enumerate(page(ctx, _users(ctx)), 1):
        cells: list[Cell] = [str(i), _name(ctx, one)]
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


def decide_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the meeting: keep, improve, stop, start, with what the answers name."""
    w = ctx.words
    found = page(ctx, _users(ctx))
    kinds = (("keep", Quadrant.KEEP), ("improve", Quadrant.IMPROVE), ("ask", Quadrant.ASK))
    rows: list[tuple[Text, ...]] = []
    for name, kind in kinds:
        named = [_short(ctx, one) for one in first(found, kind)][:NAMED]
        listed = w("services.decide.candidates", list="; ".join(named)) if named else ""
        rows.append(((b(w(f"services.group.{name}")),), f"{listed}\n{room(2)}", room(2)))
    for key in ("start", "leaders"):
        rows.append(((b(w(f"services.decide.{key}")),), room(3), room(3)))
    steps = tuple(w(f"services.decide.step.{i}") for i in range(1, 6))
    return (
        Heading(w("services.decide.title"), kicker=w("services.decide.kicker")),
        Paragraph(w("services.decide.rule"), lead=True),
        Table(
            ("", w("services.decide.ours"), w("services.decide.owner")),
            tuple(rows),
            widths=(1.2, 3.6, 1.6),
            shades=tuple(("", GROUND, GROUND) for _ in rows),
            summary=w("services.decide.title"),
        ),
        Heading(w("services.decide.steps"), level=2),
        Bullets(steps),
        Note(w("services.decide.seen_by")),
    )


def catalogue_sheet(ctx: Context) -> tuple[Block, ...]:
    """The page for leaders: every service with room for whom to ask and how soon."""
    w = ctx.words
    rows = tuple(
        (ctx.wording(one.item).rstrip("."), room(1), room(1)) for one in services(ctx.instrument)
    )
    return (
        Heading(w("services.catalogue.title")),
        Paragraph(w("services.catalogue.lead"), lead=True),
        Table(
            (
                w("services.table.service"),
                w("services.catalogue.who"),
                w("services.catalogue.how"),
            ),
            rows,
            widths=(3.4, 1.5, 1.5),
            compact=True,
            shades=tuple(("", GROUND, GROUND) for _ in rows),
            summary=w("services.catalogue.title"),
        ),
        Note(w("services.catalogue.seen_by")),
    )


CHAPTER: Recipe = recipe(chapter, worksheet)
SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "decide": decide_sheet,
    "catalogue": catalogue_sheet,
}

_LINES = "both lines of all services: 5 % of pages"
_SHARES = "two shares of all services: 5 % of pages"
CLAIMS: tuple[Claim, ...] = (
    Claim(
        "services.quadrant",
        "services",
        "a service matters more or less than the others, and is or is not good enough",
        "the whole intervals of importance and of satisfaction clear their lines over the family",
        _LINES,
        "every service on both lines",
        (
            "services.title.improve",
            "services.title.keep",
            "services.told.keep",
            "services.told.improve",
            "services.told.lighten",
            "services.told.ask",
        ),
    ),
    Claim(
        "services.share",
        "services",
        "at least a fifth of leaders like these do not know a service, or need it and cannot use it",
        "the lower end of the share's interval over the family is 20 % or more",
        _SHARES,
        "a fifth of leaders, for every service",
        ("services.title.unknown", "services.told.unknown", "services.told.needed"),
    ),
    Claim(
        "services.misfit",
        "services",
        "a service that is used does not fit the working day",
        "the whole interval of fit lies below 3 over all services",
        "all services: 5 % of pages",
        "every service at 3",
        ("services.told.misfit",),
    ),
    Claim(
        "services.believed",
        "services",
        "a group believes otherwise than the leaders say",
        "the difference is 0.75 or more and off zero over the family",
        "three facets of all services, a group: 5 % of pages a group",
        "both groups equal on every facet",
        ("services.told.believed",),
    ),
)
