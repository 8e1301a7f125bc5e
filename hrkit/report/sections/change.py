"""Change since an earlier wave, in words that follow how sure it is."""

from __future__ import annotations

from hrkit.blocks import Block, Callout, Heading, Note, Paragraph, Table, Text, b
from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.disclosure.released import ALL, Certainty, Change
from hrkit.model.instrument import Section
from hrkit.report.charts.slope import Slope, slope
from hrkit.report.context import Context, fill
from hrkit.report.sections.naming import fill_names
from hrkit.report.worksheets.cells import columns

__all__ = ["change", "worksheet"]

#: How many changes are told in a sentence each; the table has them all.
TOLD = 3


def change(ctx: Context) -> tuple[Block, ...]:
    """The change page; nothing where no change may be shown."""
    w = ctx.words
    since = _since(ctx)
    changes = {(c.measure, c.group): c for c in ctx.released.changes if c.since == since}
    found = [(s, changes[s.id, ALL]) for s in ctx.instrument.dimensions if (s.id, ALL) in changes]
    if not found:
        return _nothing(ctx)
    before, now = _wave(ctx, since), _wave(ctx, ctx.released.wave)
    chart = slope(
        ctx.theme,
        w,
        [Slope(ctx.name(s), c) for s, c in found],
        scale=ctx.scale,
        before=before,
        now=now,
    )
    return (
        Heading(w("sections.change.title"), new_page=True),
        Paragraph(_lead(ctx, [c for _, c in found], before), lead=True),
        *(Paragraph(text) for text in _told(ctx, found)),
        chart,
        Note(w("sections.change.note")),
        *_uncompared(ctx),
        *_table(ctx, found, changes),
    )


def _nothing(ctx: Context) -> tuple[Block, ...]:
    """A page that says so where there is an earlier wave, and what was asked has changed altogether."""
    if not any(one.kind == "dimension" for one in ctx.released.uncompared):
        return ()
    w, since = ctx.words, _wave(ctx, _since(ctx))
    return (
        Heading(w("sections.change.title"), new_page=True),
        Callout(w("sections.change.nothing", since=since)),
        *_uncompared(ctx),
    )


def _uncompared(ctx: Context) -> tuple[Block, ...]:
    """What was not the same in both waves: one line for dimensions, perspectives and units each."""
    sections = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    told: dict[str, list[str]] = {"dimension": [], "perspective": [], "unit": []}
    for one in ctx.released.uncompared:
        if one.kind == "perspective":
            told[one.kind].append(ctx.perspective(one.id))
        elif one.kind in told:
            told[one.kind].append(one.name or sections.get(one.id, one.id))
    return tuple(
        Paragraph(fill_names(ctx.words, f"sections.change.uncompared.{kind}", "names", names))
        for kind, names in told.items()
        if names
    )


def _since(ctx: Context) -> str:
    """The latest earlier wave that anything is compared with."""
    known = {one.since for one in ctx.released.changes}
    known |= {one.since for one in ctx.released.uncompared}
    return next((wave.id for wave in reversed(ctx.engagement.waves) if wave.id in known), "")


def _wave(ctx: Context, id: str) -> str:
    name = ctx.engagement.wave(id).name
    return name.get(ctx.language) or next(iter(name.values()))


def _moved(changes: list[Change]) -> list[Change]:
    return [c for c in changes if c.certainty is not Certainty.UNKNOWN]


def _lead(ctx: Context, changes: list[Change], since: str) -> str:
    w, moved = ctx.words, _moved(changes)
    up = sum(c.difference > 0 for c in moved)
    down = len(moved) - up
    if not moved:
        return w("sections.change.lead.none", since=since)
    way = "up" if not down else "down" if not up else "both"
    if len(moved) == 1:
        return w(f"sections.change.lead.one_{way}", of=len(changes), since=since)
    fields = {"up": up, "down": down} if way == "both" else {}
    return w(
        f"sections.change.lead.{way}", count=len(moved), of=len(changes), since=since, **fields
    )


def _told(ctx: Context, found: list[tuple[Section, Change]]) -> list[Text]:
    """One sentence for each of the largest changes that stand out, one for all the others."""
    w = ctx.words
    sure = [(s, c) for s, c in found if c.certainty is not Certainty.UNKNOWN]
    sure.sort(key=lambda x: (x[1].certainty is not Certainty.CLEAR, -abs(x[1].difference)))
    texts: list[Text] = []
    for section, c in sure[:TOLD]:
        way = "up" if c.difference >= 0 else "down"
        texts.append(
            fill(
                w,
                f"sections.change.{way}.{c.certainty.value}",
                ("dimension",),
                dimension=ctx.name(section),
                a=w.number(c.before),
                b=w.number(c.now),
                d=w.signed(c.difference),
                low=w.signed(c.low),
                high=w.signed(c.high),
            )
        )
    rest = [c.detectable for _, c in found if c.certainty is Certainty.UNKNOWN]
    if rest and sure:
        middle = sorted(rest)[len(rest) // 2]
        texts.append(w("sections.change.rest", detectable=w.number(middle)))
    return texts


def _table(
    ctx: Context, found: list[tuple[Section, Change]], changes: dict[tuple[str, str], Change]
) -> tuple[Block, ...]:
    w = ctx.words
    groups = [g for g in ctx.groups if any((s.id, g.id) in changes for s, _ in found)]
    columns = (
        w("report.profile.dimension"),
        ctx.label(ALL, short=True),
        w("sections.change.interval"),
        *(ctx.label(g.id, short=True) for g in groups),
    )
    rows = tuple(
        (
            ctx.name(s),
            _signed(ctx, c),
            w("sections.change.range", low=w.signed(c.low), high=w.signed(c.high)),
            *(_signed(ctx, changes.get((s.id, g.id))) for g in groups),
        )
        for s, c in found
    )
    title = w("sections.change.table")
    others = len(columns) - 1
    return (
        Heading(title, level=2),
        Table(
            columns,
            rows,
            align=("left", *["right"] * others),  # type: ignore[arg-type]
            widths=(3.4, 0.8, 1.6, *[1.0] * len(groups)),
            compact=True,
            summary=title,
        ),
        Note(w("sections.change.table_note")),
    )


def _signed(ctx: Context, one: Change | None) -> Text:
    if one is None:
        return "–"
    text = ctx.words.signed(one.difference)
    return text if one.certainty is Certainty.UNKNOWN else (b(text),)


def worksheet(ctx: Context) -> Worksheet:
    """Differences to the earlier wave: in full over all perspectives, alone for each of them."""
    w, since = ctx.words, _since(ctx)
    found = {(c.measure, c.group): c for c in ctx.released.changes if c.since == since}
    rows = tuple(
        _row(ctx, ctx.name(section), found[section.id, group])
        for section in ctx.instrument.dimensions
        for group in (ALL, *(g.id for g in ctx.groups))
        if (section.id, group) in found and (section.id, ALL) in found
    )
    return Worksheet(
        w("appendix.sheet.change"),
        w("appendix.title.change", since=_wave(ctx, since) if since else ""),
        (
            w("report.profile.dimension"),
            *columns(ctx, "perspective"),
            *columns(ctx, "before", "now"),
            *columns(ctx, "difference", "low", "high", "certainty"),
        ),
        rows,
    )


def _row(ctx: Context, name: str, one: Change) -> tuple[Cell, ...]:
    difference = Number(one.difference, 1, "signed")
    if one.group != ALL:
        sure = one.certainty is not Certainty.UNKNOWN
        told = ctx.words(f"report.certainty.{one.certainty.value}") if sure else None
        return (name, ctx.label(one.group), None, None, difference, None, None, told)
    ends = (Number(end, 1, "signed") for end in (one.low, one.high))
    certainty = ctx.words(f"report.certainty.{one.certainty.value}")
    return (name, ctx.label(ALL), Number(one.before), Number(one.now), difference, *ends, certainty)
