"""Two pages for everybody: what was asked, what was heard and what happens now, in words that need no explanation.

No mean, no interval, no level is on them.  What is said to work, and where the two sides see it
differently, follows the same rules as in the report; what is proposed comes from the same list.
"""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Text,
    b,
)
from hrkit.model.figures import join
from hrkit.model.letters import BLANK
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.handouts.answered import answered
from hrkit.report.left_out import more, no_gap
from hrkit.report.standing import next_step
from hrkit.report.steps import Step, first_steps
from hrkit.report.turnout import whole

__all__ = ["employees"]

#: Subjects of each kind.
MOST = 3


def employees(ctx: Context) -> tuple[Block, ...]:
    """The two pages; where nothing may be shown, it says so and keeps what everyone may know."""
    if not ctx.instrument.dimensions:
        return ()
    w = ctx.words
    wave = ctx.wave.name.get(ctx.language) or next(iter(ctx.wave.name.values()))
    asked = [ctx.in_text(one.group) for one in whole(ctx)] or [
        ctx.in_text(group.id) for group in ctx.released.groups
    ]
    head: tuple[Block, ...] = (
        Heading(
            w("sheets.employees.title"),
            kicker=w("sheets.employees.kicker", client=ctx.engagement.client, wave=wave),
        ),
        Paragraph(w("sheets.employees.lead", asked=join(asked, ctx.language)), lead=True),
    )
    if not findings.with_figures(ctx.released, ctx.instrument, ctx.root):
        return (*head, Callout(ctx.nothing, "warning"), *_you(ctx), *_about(ctx))
    steps = first_steps(ctx, MOST)
    return (
        *head,
        *_works(ctx),
        *_differ(ctx),
        *_seen(ctx, steps),
        PageBreak(),
        *_better(ctx, steps),
        *_dates(ctx),
        *_you(ctx),
        *_about(ctx),
    )


def _works(ctx: Context) -> tuple[Block, ...]:
    w = ctx.words
    head = Heading(w("sheets.employees.works"), level=2)
    found = findings.strengths(ctx.released, ctx.instrument, ctx.root, MOST)
    if not found:
        none = "differ" if ctx.released.strengths else "none"
        return (head, Paragraph(w(f"sheets.employees.works_{none}")))
    who = "both" if ctx.instrument.sides else "one"
    lines = tuple(
        _named(ctx.name(one.section), f": {ctx.text(one.section.about)}") for one in found
    )
    rest = more(ctx, "strengths", len(found))
    return (head, Paragraph(w(f"sheets.employees.works_{who}")), Bullets(lines), *rest)


def _differ(ctx: Context) -> tuple[Block, ...]:
    w = ctx.words
    if not ctx.instrument.sides:
        return ()
    head = Heading(w("sheets.employees.differ"), level=2)
    if not any(gap.shown for gap in ctx.released.gaps):
        return (head, Paragraph(no_gap(ctx)))
    found = findings.gaps_that_matter(ctx.released, ctx.instrument, ctx.root, MOST)
    if not found:
        return (head, Paragraph(w("sheets.employees.differ_none")))
    lines = []
    for one in found:
        high, low = sorted(one.scores, key=lambda s: -(s.mean or 0))
        names = {"higher": ctx.in_text(high.group), "lower": ctx.in_text(low.group)}
        said = w("sheets.employees.differ_line", **names)
        lines.append(_named(ctx.name(one.section), f": {ctx.text(one.section.about)} {said}"))
    rest = more(ctx, "gaps", len(found))
    return (head, Paragraph(w("sheets.employees.differ_lead")), Bullets(tuple(lines)), *rest)


def _seen(ctx: Context, steps: tuple[Step, ...]) -> tuple[Block, ...]:
    """What one would see if each of the first subjects got a step further: the grid's own words."""
    lines = []
    for step in steps:
        level = next_step(ctx.released, ctx.engagement, step.section)
        row = next((one for one in step.section.grid if one.level == level), None)
        if row:
            lines.append(_named(ctx.name(step.section), f": {ctx.text(row.text)}"))
    if not lines:
        return ()
    return (Heading(ctx.words("sheets.employees.seen"), level=2), Bullets(tuple(lines)))


def _better(ctx: Context, steps: tuple[Step, ...]) -> tuple[Block, ...]:
    w = ctx.words
    head = Heading(w("sheets.employees.better"), level=2)
    if not steps:
        # Of what is below its target the list may have no advice; then nothing is said of it.
        below = bool(findings.to_take_up(ctx.released)) or not ctx.released.priorities
        return () if below else (head, Paragraph(w("sheets.employees.better_none")))
    rows: tuple[tuple[Text, ...], ...] = tuple(
        ((b(ctx.name(one.section)),), ctx.text(one.action.text), ctx.owner(one.action.owner))
        for one in steps
    )
    columns = tuple(w(f"sheets.employees.{name}") for name in ("subject", "proposal", "begins"))
    return (
        head,
        Paragraph(w("sheets.employees.better_lead")),
        Table(columns, rows, widths=(1.9, 4.0, 1.4), summary=w("sheets.employees.better")),
    )


def _dates(ctx: Context) -> tuple[Block, ...]:
    """What happens when; a day that nobody has set is a blank to write in."""
    w, days = ctx.words, ctx.engagement.letters
    rows: list[tuple[Text, ...]] = [
        ((b(w.date(day) if day else BLANK),), w(f"sheets.employees.{name}"))
        for name, day in (("meeting", days.meeting), ("told", days.told))
    ]
    rows.append(((b(w("sheets.employees.after")),), w("sheets.employees.again")))
    return (
        Heading(w("sheets.employees.dates"), level=2),
        Table(
            (w("sheets.employees.day"), w("sheets.employees.happens")),
            tuple(rows),
            widths=(1.5, 5.6),
            summary=w("sheets.employees.dates"),
        ),
    )


def _you(ctx: Context) -> tuple[Block, ...]:
    w = ctx.words
    lines = tuple(w(f"sheets.employees.you_{name}") for name in ("tell", "ask", "guess"))
    return (Heading(w("sheets.employees.you"), level=2), Bullets(lines))


def _about(ctx: Context) -> tuple[Block, ...]:
    """Who answered, and who can see what."""
    w, rules, person = ctx.words, ctx.engagement.protection, ctx.engagement.consultant
    reached = ", ".join(x for x in (person.email, person.phone) if x)
    contact = person.name + (f" ({reached})" if reached else "")
    who = Card(
        w("sheets.employees.who"),
        (Bullets(answered(ctx)), Paragraph(w("sheets.employees.who_free"))),
        "quiet",
    )
    mine = Card(
        w("sheets.employees.mine"),
        (
            Paragraph(w("sheets.employees.mine_text", k=rules.scores, details=rules.details)),
            Paragraph(w("sheets.employees.contact", contact=contact)),
        ),
        "quiet",
    )
    return (Grid(((who,), (mine,)), (1.0, 1.4)),)


def _named(name: str, rest: str) -> Text:
    return (b(name), Span(rest))
