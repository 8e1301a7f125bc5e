"""Change since an earlier wave, in words that follow how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrkit.blocks import Block, Callout, Heading, Note, Paragraph, Span, Table, Text
from hrkit.disclosure.released import ALL, Certainty, Change
from hrkit.model.crosswalk import Crosswalk, crosswalk
from hrkit.model.engagement import Followed
from hrkit.report.charts.slope import Slope, slope
from hrkit.report.context import Context, fill
from hrkit.report.followed import about, called
from hrkit.report.sections.change_chosen import chosen_then, of_dimensions
from hrkit.report.sections.change_map import cell, heat_map, signed
from hrkit.report.sections.naming import fill_names
from hrkit.report.sections.titles import opening

__all__ = ["change", "earlier", "wave_name"]

#: How many changes are told in a sentence each; the table has them all.
TOLD = 3


def change(ctx: Context) -> tuple[Block, ...]:
    """The change page, side by side; nothing where no change may be shown."""
    w = ctx.words
    since = earlier(ctx)
    dimensions = {section.id for section in ctx.instrument.dimensions}
    told = (c for c in ctx.released.changes if c.since == since and c.measure in dimensions)
    changes = {(c.measure, c.group): c for c in told}
    groups = _groups(ctx, changes)
    if not groups:
        return _nothing(ctx)
    before, now = wave_name(ctx, since), wave_name(ctx, ctx.released.wave)
    found = list(changes.values())
    first = groups[0]
    slopes = [
        Slope(ctx.name(s), changes[s.id, first])
        for s in ctx.instrument.dimensions
        if (s.id, first) in changes
    ]
    chart = slope(ctx.theme, w, slopes, scale=ctx.scale, before=before, now=now)
    return (
        *opening(w("sections.change.title"), _lead(ctx, found, before), "change"),
        *(Paragraph(text) for text in _told(ctx, found, groups)),
        *(Paragraph(text) for text in _seen(ctx, changes, groups)),
        # The heat map below has every figure: nobody hears them twice.
        replace(chart, alt=w("report.alt.in_table", title=w("sections.change.title"))),
        Note(" ".join(_note(ctx, changes, groups))),
        *_uncompared(ctx),
        *heat_map(ctx, changes, groups),
        *chosen_then(ctx, since, before),
        *_followed(ctx, changes, groups),
    )


def _note(
    ctx: Context, changes: Mapping[tuple[str, str], Change], groups: Sequence[str]
) -> list[str]:
    """What the chart shows, and for whom the two waves are compared as the same people."""
    w = ctx.words
    said = [w("sections.change.note", group=ctx.in_text(groups[0]))]
    for group in groups:
        linked = [c.linked for (_, g), c in changes.items() if g == group and c.linked]
        if linked:
            said.append(w("sections.change.linked", n=max(linked), group=ctx.in_text(group)))
    return [*said, w("sections.change.strangers" if len(said) == 1 else "sections.change.others")]


def _groups(ctx: Context, changes: Mapping[tuple[str, str], Change]) -> list[str]:
    """The sides with a change, first; else every group with one."""
    with_one = {group for _, group in changes}
    sides = [one.group for one in ctx.sides or () if one.group in with_one]
    return sides or [g.id for g in ctx.groups if g.id in with_one]


def _nothing(ctx: Context) -> tuple[Block, ...]:
    """A page that says so where there is an earlier wave, and what was asked has changed altogether.

    What became of what was agreed is told all the same.
    """
    followed = _followed(ctx, {}, ())
    told = any(one.kind == "dimension" for one in ctx.released.uncompared)
    chosen = chosen_then(ctx, earlier(ctx), wave_name(ctx, earlier(ctx))) if earlier(ctx) else ()
    if not told and not followed and not chosen:
        return ()
    w, since = ctx.words, wave_name(ctx, earlier(ctx))
    statements = _statements(ctx)
    said = "edition" if statements else "nothing"
    return (
        Heading(w("sections.change.title"), new_page=True),
        Callout(w(f"sections.change.{said}", since=since)),
        *_uncompared(ctx),
        *statements,
        *chosen,
        *followed,
    )


def _statements(ctx: Context) -> tuple[Block, ...]:
    """Statements that another edition of the instrument asked as well, before and now."""
    w, table = ctx.words, _crosswalk(ctx)
    found = {(c.measure, c.group): c for c in ctx.released.changes if c.since == earlier(ctx)}
    groups = _groups(ctx, found)
    keys = [key for key in ctx.instrument.keys if any((key, g) in found for g in groups)]
    if not keys:
        return ()
    rows = []
    for key in keys:
        item = ctx.instrument.keys[key].item
        same = "same" if item.id in table.same else "reworded"
        cells = (_before_and_now(ctx, found.get((key, g))) for g in groups)
        rows.append((ctx.wording(item).rstrip("."), w(f"sections.change.words.{same}"), *cells))
    title = w("sections.change.statements")
    return (
        Heading(title, level=2),
        Table(
            (
                w("report.dimension.statement"),
                w("sections.change.words.title"),
                *(ctx.label(g, short=True) for g in groups),
            ),
            tuple(rows),
            align=("left", "left", *["right"] * len(groups)),  # type: ignore[arg-type]
            widths=(3.6, 1.2, *[1.7] * len(groups)),
            compact=True,
            summary=title,
        ),
        Note(w("sections.change.statements_note")),
    )


def _crosswalk(ctx: Context) -> Crosswalk:
    """What may be followed from the edition before."""
    now = ctx.instrument.edition
    return crosswalk(ctx.instrument.id, now - 1, now)


def _before_and_now(ctx: Context, one: Change | None) -> Text:
    if one is None:
        return "–"
    a, b_ = ctx.words.number(one.before), ctx.words.number(one.now)
    told = signed(ctx, one)
    return (Span(f"{a} → {b_} "), *(told if isinstance(told, tuple) else (Span(told),)))


def _followed(
    ctx: Context, changes: Mapping[tuple[str, str], Change], groups: Sequence[str]
) -> tuple[Block, ...]:
    """What was agreed after the earlier wave and what became of it, beside its dimension's change."""
    w, since = ctx.words, earlier(ctx)
    by = {section.id: section for section in ctx.instrument.dimensions}
    names = {id: ctx.name(section) for id, section in by.items()}
    known = ctx.engagement.followed_before(ctx.released.wave)
    rows = tuple(
        (
            _agreed(ctx, one),
            about(w, one, names),
            w(f"sections.change.status.{one.status}"),
            *(cell(ctx, changes.get((one.dimension, g)), full=True) for g in groups),
        )
        for one in known
        if one.since == since and (one.dimension in by or not one.dimension)
    )
    if not rows:
        return ()
    title = w("sections.change.followed")
    return (
        Heading(title, level=2),
        Table(
            (
                *(w(f"report.action.column.{name}") for name in ("action", "dimension")),
                w("sections.change.became"),
                *(ctx.label(g, short=True) for g in groups),
            ),
            rows,
            align=("left", "left", "left", *["right"] * len(groups)),  # type: ignore[arg-type]
            widths=(3.6, 1.6, 1.0, *[1.2] * len(groups)),
            row_headers=False,
            compact=True,
            summary=title,
        ),
        Note(w("sections.change.followed_note")),
    )


def _agreed(ctx: Context, one: Followed) -> Text:
    text = called(ctx.library, one.action, ctx.language)
    return (Span(text), Span(f"\n{one.note}", "mute")) if one.note else (Span(text),)


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


def earlier(ctx: Context) -> str:
    """The latest earlier wave that anything is compared with."""
    known = {one.since for one in ctx.released.changes}
    known |= {one.since for one in of_dimensions(ctx)}
    known |= {one.since for one in ctx.released.uncompared}
    if not known:
        known = {one.since for one in ctx.engagement.followed_before(ctx.released.wave)}
    return next((wave.id for wave in reversed(ctx.engagement.waves) if wave.id in known), "")


def wave_name(ctx: Context, id: str) -> str:
    """What a wave is called, in the report's language where it has a name there."""
    name = ctx.engagement.wave(id).name
    return name.get(ctx.language) or next(iter(name.values()))


def _moved(changes: list[Change]) -> list[Change]:
    return [c for c in changes if c.certainty is not Certainty.UNKNOWN]


def _lead(ctx: Context, changes: list[Change], since: str) -> str:
    """How many are marked in the heat map, whoever's they are: the rule is held over all of them."""
    n = len(_moved(changes))
    key = "some" if n else "none"
    return ctx.words(f"sections.change.lead.{key}", n=n, since=since)


def _told(ctx: Context, changes: list[Change], sides: Sequence[str]) -> list[Text]:
    """One sentence for each change that stands out, those of the two sides, the surest and largest first.

    The total is of what the others say: it is marked in the heat map and told nowhere.
    """
    w = ctx.words
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    sure = sorted(
        (c for c in _moved(changes) if c.group != ALL),
        key=lambda c: (
            c.group not in sides,
            c.certainty is not Certainty.CLEAR,
            -abs(c.difference),
        ),
    )
    return [
        fill(
            w,
            f"sections.change.{'up' if c.difference >= 0 else 'down'}.{c.certainty.value}",
            ("dimension",),
            dimension=names[c.measure],
            group=ctx.in_text(c.group),
            a=w.number(c.before),
            b=w.number(c.now),
            d=w.signed(c.difference),
            low=w.signed(c.low),
            high=w.signed(c.high),
        )
        for c in sure[:TOLD]
    ]


def _seen(
    ctx: Context, changes: Mapping[tuple[str, str], Change], groups: Sequence[str]
) -> list[str]:
    """For each side how large a change must be to be seen; most of all where none was."""
    said = []
    for group in groups:
        sizes = sorted(c.detectable for (_, g), c in changes.items() if g == group)
        middle = ctx.words.number(sizes[len(sizes) // 2])
        said.append(ctx.words("sections.change.seen", group=ctx.in_text(group), detectable=middle))
    return said
