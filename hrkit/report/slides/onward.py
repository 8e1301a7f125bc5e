"""The last slides: what has changed, what to decide on, and the way from here."""

from __future__ import annotations

from hrkit.blocks import Bullets, Card, Table, Text
from hrkit.blocks.slides import Part, Slide
from hrkit.disclosure.released import Certainty
from hrkit.report.actions import HORIZONS
from hrkit.report.charts.slope import Slope, moved
from hrkit.report.context import Context
from hrkit.report.followed import called
from hrkit.report.planned_work import tool_steps
from hrkit.report.slides.figures import in_profile
from hrkit.report.steps import by_horizon, first_steps, rests_on

__all__ = ["change", "decisions", "roadmap"]

#: Steps of tools that a slide holds.
_ASKED = 6


def change(ctx: Context) -> tuple[Slide, ...]:
    """Before and now as the first side sees it, and what became of what was agreed."""
    if not in_profile(ctx, "change"):
        return ()
    w = ctx.words
    since = next(
        (
            wave.id
            for wave in reversed(ctx.engagement.waves)
            if any(c.since == wave.id for c in ctx.released.changes)
        ),
        "",
    )
    found = {(c.measure, c.group): c for c in ctx.released.changes if c.since == since}
    groups = [one.group for one in (*(ctx.sides or ()), *ctx.series)]
    first = next((g for g in groups if any(group == g for _, group in found)), None)
    if first is None:
        return ()
    slopes = [
        Slope(ctx.name(s), found[s.id, first])
        for s in ctx.instrument.dimensions
        if (s.id, first) in found
    ]
    if not slopes:
        return ()
    waves = (_wave(ctx, since), _wave(ctx, ctx.released.wave))
    name = f"{ctx.label(first)}: {w('charts.change', before=waves[0], now=waves[1])}"
    plot = moved(ctx.theme, w, name, slopes, waves, ctx.scale)
    certain: dict[str, list[str]] = {}
    for one in slopes:
        certain.setdefault(one.change.certainty.value, []).append(one.name)
    parts: list[Part] = [plot]
    for certainty in (Certainty.CLEAR, Certainty.TENDS, Certainty.UNKNOWN):
        if names := certain.get(certainty.value):
            said = w(f"sections.change.certainty.{certainty.value}")
            title = said[:1].upper() + said[1:]
            tone = "quiet" if certainty is Certainty.UNKNOWN else "brand"
            parts.append(Card(title, (Bullets(tuple(names)),), tone))  # type: ignore[arg-type]
    notes = [w("slides.notes.change")]
    for agreed in ctx.engagement.followed_before(ctx.released.wave):
        text = called(ctx.library, agreed.action, ctx.language)
        notes.append(f"{w(f'sections.change.status.{agreed.status}')}: {text}")
    return (Slide(name, tuple(parts), tuple(notes)),)


def _wave(ctx: Context, id: str) -> str:
    name = ctx.engagement.wave(id).name
    return name.get(ctx.language) or next(iter(name.values()))


def decisions(ctx: Context) -> tuple[Slide, ...]:
    """The first steps of the decision list: what, why, who, when, and how one sees that it works."""
    if not in_profile(ctx, "summary", "dimensions", "roadmap"):
        return ()
    w, steps = ctx.words, first_steps(ctx, 3)
    if not steps:
        return ()
    columns = (
        "",
        w("report.action.column.action"),
        w("slides.why"),
        w("report.action.column.owner"),
        w("report.action.column.horizon"),
        w("slides.sign"),
    )
    rows: list[tuple[Text, ...]] = []
    for n, step in enumerate(steps, 1):
        action = step.action
        why = rests_on(ctx, action, step.section)
        rows.append(
            (
                str(n),
                ctx.text(action.text),
                ctx.name(step.section) + (f": {why}" if why else ""),
                ctx.owner(action.owner),
                w(f"report.action.horizon.{action.horizon}"),
                ctx.text(action.sign) if action.sign else "–",
            )
        )
    title = w("slides.decide")
    table = Table(
        columns,
        tuple(rows),
        caption=title,
        widths=(0.4, 3.4, 2.6, 1.5, 1.1, 2.8),
        row_headers=False,
        summary=title,
    )
    return (Slide(title, (table,), (w("slides.notes.decide"),)),)


def roadmap(ctx: Context) -> tuple[Slide, ...]:
    """A line a dimension, a column a horizon."""
    if not in_profile(ctx, "roadmap") or ctx.library is None:
        return ()
    w, steps = ctx.words, by_horizon(ctx, int(ctx.profile.get("steps", 4)))
    sections = {step.section.id: step.section for mine in steps.values() for step in mine}
    if not sections:
        return _tools(ctx)
    used = [horizon for horizon in HORIZONS if steps[horizon]]
    rows = []
    for id, section in sections.items():
        cells = [
            "\n".join(
                f"{ctx.text(s.action.text)} ({ctx.owner(s.action.owner)})"
                for s in steps[horizon]
                if s.section.id == id
            )
            or "–"
            for horizon in used
        ]
        rows.append((ctx.name(section), *cells))
    title = w("slides.later")
    table = Table(
        (w("report.profile.dimension"), *(w(f"report.action.horizon.{h}") for h in used)),
        tuple(rows),
        caption=title,
        widths=(1.5, *[3.0] * len(used)),
        summary=title,
    )
    return (Slide(title, (table,), (w("slides.notes.later"),)), *_tools(ctx))


def _tools(ctx: Context) -> tuple[Slide, ...]:
    """What the tools ask for, a line a step; nothing where they ask for nothing."""
    w, asked = ctx.words, tool_steps(ctx)[:_ASKED]
    if not asked:
        return ()
    title = w("roadmap.tools.title")
    table = Table(
        tuple(w(f"roadmap.tools.{one}") for one in ("step", "why", "owner", "when")),
        tuple(
            (
                step.text,
                step.why,
                ctx.owner(step.owner),
                w(f"report.action.horizon.{step.horizon}"),
            )
            for step in asked
        ),
        caption=title,
        widths=(3.6, 3.6, 1.6, 1.2),
        row_headers=False,
        summary=title,
    )
    return (Slide(title, (table,), (w("slides.notes.later"),)),)
