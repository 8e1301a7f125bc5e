"""What to do next: a subject a row, a horizon a column, each step with owner, effort, effect and first sign."""

from __future__ import annotations

import datetime as dt

from hrkit.blocks import Block, Callout, Heading, Paragraph, Span, Table, Text, b
from hrkit.model.followed import Followed
from hrkit.model.instrument import Section
from hrkit.report.actions import HORIZONS, Action
from hrkit.report.context import Context
from hrkit.report.followed import called
from hrkit.report.handouts.agreed import due_of
from hrkit.report.planned_work import tool_steps
from hrkit.report.running import report_date
from hrkit.report.sections.roadmap_fit import carried, from_tools, phases, since_last
from hrkit.report.sections.summary import why
from hrkit.report.sections.titles import message
from hrkit.report.steps import Step, by_horizon

__all__ = ["follow_up", "roadmap"]

#: Months until the first signs are looked for.
MONTHS = 3

#: Where steps without a dimension stand: a tool's finding, the client's own decision; the end of their words' id.
_NOWHERE = (".name", ".own")


def roadmap(ctx: Context) -> tuple[Block, ...]:
    """The steps of the first subjects on the decision list: now, within a year, in two to three years."""
    w = ctx.words
    if ctx.library is None:
        return ()
    steps = by_horizon(ctx, int(ctx.profile.get("steps", 4)))
    agreed = _agreed(ctx)
    if not any(steps.values()) and not agreed and not tool_steps(ctx):
        head = Heading(w("report.roadmap.title"), new_page=True, id="roadmap")
        return (head, Callout(w("report.roadmap.nothing")))
    by: dict[str, dict[str, Step]] = {}
    for horizon, mine in steps.items():
        for step in mine:
            by.setdefault(step.section.id, {})[horizon] = step
    order = [p.measure for p in sorted(ctx.released.priorities, key=lambda p: p.rank)]
    sections = {section.id: section for section in ctx.instrument.dimensions}
    talked = dict.fromkeys(id for id, _ in agreed if id in sections)
    order += [id for id in talked if id not in order]
    subjects = [id for id in order if id in by or id in talked]
    heads: dict[str, Text] = {
        id: _subject(ctx, i, sections[id]) for i, id in enumerate(subjects, 1)
    }
    # What was agreed on a tool's finding or on nobody's answers has no dimension to stand under.
    heads |= {
        id: (b(w(f"roadmap.tools{id}")),) for id in _NOWHERE if any(key == id for key, _ in agreed)
    }
    rows = tuple(
        (
            head,
            *(_cell(ctx, agreed.get((id, h), ()), by.get(id, {}).get(h)) for h in HORIZONS),
        )
        for id, head in heads.items()
    )
    cells = {(id, h) for id, found in by.items() for h in found} | set(agreed)
    title = w("report.roadmap.message", n=len(subjects), steps=len(cells))
    # Where nobody has answered, all that stands here is what the tools ask for.
    plain = Heading(w("report.roadmap.title"), new_page=True, id="roadmap")
    table = Table(
        (w("report.roadmap.subject"), *(w(f"report.action.horizon.{h}") for h in HORIZONS)),
        rows,
        widths=(1.5, 3.0, 3.0, 3.0),
        compact=True,
        summary=title,
    )
    return (
        message(w("report.roadmap.title"), title, "roadmap") if subjects else plain,
        Paragraph(f"{w('report.roadmap.lead')} {w('report.roadmap.note')}"),
        *since_last(ctx),
        *phases(ctx),
        *_met(ctx, sum(len(x) for x in agreed.values())),
        *((table,) if rows else ()),
        # Beneath the steps that it is about, where it is never alone on a page.
        Paragraph((b(w("report.roadmap.follow_up", date=w.date(follow_up(ctx)), months=MONTHS)),)),
        *from_tools(ctx),
        *carried(ctx),
    )


def follow_up(ctx: Context) -> dt.date:
    """The day on which to look for the first signs: some months after the report's own."""
    day = report_date(ctx)
    month = day.month - 1 + MONTHS
    return day.replace(year=day.year + month // 12, month=month % 12 + 1, day=min(day.day, 28))


def _agreed(ctx: Context) -> dict[tuple[str, str], tuple[Followed, ...]]:
    """What was agreed, by subject and horizon; what was dropped is no step.

    Without a dimension the subject is one of `_NOWHERE`.
    """
    known = {section.id for section in ctx.instrument.dimensions}
    found: dict[tuple[str, str], tuple[Followed, ...]] = {}
    for one in ctx.records.actions:
        action = ctx.library.find(one.action) if ctx.library else None
        horizon = one.horizon or (action.horizon if action else HORIZONS[0])
        subject = one.dimension or _NOWHERE[one.own]
        if (subject in known or not one.dimension) and one.status != "dropped":
            place = (subject, horizon)
            found[place] = (*found.get(place, ()), one)
    return found


def _met(ctx: Context, count: int) -> tuple[Block, ...]:
    if not count:
        return ()
    said = ctx.words("workshop.report.steps", n=count)
    return (Paragraph((b(ctx.words("workshop.report.roadmap", n=said)),)),)


def _cell(ctx: Context, agreed: tuple[Followed, ...], step: Step | None) -> Text:
    """What was agreed takes the place of what is advised."""
    if not agreed:
        return _step(ctx, step)
    w = ctx.words
    spans: tuple[Span, ...] = ()
    for one in agreed:
        text = called(ctx.library, one.action, ctx.language)
        sign = w("report.action.sign", text=one.sign) if one.sign else ""
        rest = " · ".join(part for part in (one.owner, due_of(ctx, one)) if part)
        spans += (b(f"{w('workshop.report.agreed')}: "), Span(f"{text}\n"), b(f"{rest}\n"))
        spans += (Span(f"{sign}\n", "mute"),) if sign else ()
    return spans


def _subject(ctx: Context, place: int, section: Section) -> Text:
    name, said = ctx.name(section), why(ctx, section)
    return (b(f"{place} {name}"), Span("\n" + said.removeprefix(name).lstrip(": "), "mute"))


def _step(ctx: Context, step: Step | None) -> Text:
    """What to do, who answers for it, what it takes and brings, how it begins, how one sees it works."""
    if step is None:
        return "–"
    w, action = ctx.words, step.action
    first = w("report.action.first", text=ctx.text(action.first)) if action.first else ""
    sign = w("report.action.sign", text=ctx.text(action.sign)) if action.sign else ""
    rest = "\n".join(part for part in (first, sign) if part)
    return (
        Span(ctx.text(action.text)),
        b(f"\n{ctx.owner(action.owner)}. "),
        Span(f"{_sizes(ctx, action)}\n{rest}", "mute"),
    )


def _sizes(ctx: Context, action: Action) -> str:
    w = ctx.words
    return w(
        "report.action.sizes",
        effort=w(f"report.action.effort.{action.effort}").lower(),
        effect=w(f"report.action.effect.{action.effect}").lower(),
    )
