"""One side of A4 for a board or a committee: what is proposed and what to decide, before any figure.

Made of the same findings and the same decision list as the report, so that both say the same.
"""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Grid,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
    b,
)
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.charts.marks import Row
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context
from hrkit.report.handouts.answered import answered
from hrkit.report.sections.headline import headline
from hrkit.report.steps import first_steps

__all__ = ["board"]

#: Proposals: more than three are decided by nobody.
PROPOSED = 3


def board(ctx: Context) -> tuple[Block, ...]:
    """The page; where nothing may be shown, it says so and why."""
    if not ctx.instrument.dimensions:
        return ()
    w = ctx.words
    wave = ctx.wave.name.get(ctx.language) or next(iter(ctx.wave.name.values()))
    kicker = w("sheets.board.kicker", wave=wave)
    if not findings.with_figures(ctx.released, ctx.instrument, ctx.root):
        title = Heading(w("report.summary.title"), kicker=kicker)
        return (title, Callout(ctx.nothing, "warning"), *_limits(ctx))
    subjects, rows = _proposals(ctx)
    # Without any action nothing is proposed: the list is all there is.
    advised = bool(first_steps(ctx, PROPOSED)) or not rows
    targets = any(ctx.engagement.target(section.id) is not None for section in subjects)
    asks = [
        w(f"sheets.board.{'note' if advised else 'note_plain'}"),
        *([w("sheets.board.targets")] * targets),
        w("sheets.board.follow"),
    ]
    return (
        Heading(w("report.summary.title"), kicker=kicker),
        Paragraph(headline(ctx), lead=True),
        Grid(
            (
                (Card(w("sheets.board.decide"), (Bullets(tuple(asks), ordered=True),), "accent"),),
                _limits(ctx),
            ),
            (1.0, 1.5),
        ),
        Heading(w(f"sheets.board.{'proposed' if advised else 'first'}"), level=2),
        *(rows or (Paragraph(w("sheets.board.nothing")),)),
        *_picture(ctx, subjects),
        Note(
            ("" if len(ctx.sides or ctx.series) < 2 else w("report.bands_short") + " ")
            + "; ".join(answered(ctx, 2 if ctx.sides else 4))
            + ". "
            + w("sheets.employees.who_free")
        ),
    )


def _proposals(ctx: Context) -> tuple[list[Section], tuple[Block, ...]]:
    """The first subjects of the decision list, and what is proposed for each."""
    w = ctx.words
    by = {section.id: section for section in ctx.instrument.dimensions}
    steps = {step.section.id: step.action for step in first_steps(ctx, PROPOSED)}
    listed = [one.measure for one in findings.to_take_up(ctx.released) if one.measure in by]
    # With advice, those that have some; without a library, the list alone.
    subjects = [by[id] for id in (steps or listed)][:PROPOSED]
    rows: list[tuple[Text, ...]] = []
    for section in subjects:
        action = steps.get(section.id)
        said = (Span(f"\n{ctx.text(action.text)}"),) if action else ()
        target = ctx.engagement.target(section.id)
        rows.append(
            (
                (b(ctx.name(section)), *said),
                ctx.owner(action.owner) if action else "",
                _today(ctx, section),
                w.number(target, 0 if target == int(target) else 1) if target is not None else "–",
                ctx.text(action.sign) if action else "",
            )
        )
    if not rows:
        return [], ()
    low, high = ctx.scale
    columns: list[tuple[str, float]] = [
        (w(f"sheets.board.{'subject' if steps else 'first_subject'}"), 3.4),
        (w("sheets.board.owner"), 1.4),
        (w("sheets.board.today", low=low, high=high), 2.1 if steps else 3.0),
        (w("sheets.board.target"), 0.6),
        (w("sheets.board.sign"), 2.3),
    ]
    used = [i for i in range(len(columns)) if steps or any(row[i] for row in rows)]
    return subjects, (
        Table(
            tuple(columns[i][0] for i in used),
            tuple(tuple(row[i] for i in used) for row in rows),
            widths=tuple(columns[i][1] for i in used),
            compact=True,
            summary=w(f"sheets.board.{'proposed' if steps else 'first'}"),
        ),
    )


def _today(ctx: Context, section: Section) -> str:
    """What each side says today; every group where there are no sides."""
    series = ctx.sides or ctx.series
    return "\n".join(f"{one.label} {ctx.mean(ctx.score(section, one.group))}" for one in series)


def _picture(ctx: Context, subjects: list[Section]) -> tuple[Block, ...]:
    shown = (
        subjects or list(findings.with_figures(ctx.released, ctx.instrument, ctx.root))[:PROPOSED]
    )
    series = ctx.sides or ctx.series
    low, high = ctx.scale
    names = (
        tuple(ctx.level_name(i) for i in range(low, high + 1)) if ctx.instrument.has_grid else ()
    )
    chart = dots(
        ctx.theme,
        ctx.words,
        [Row(ctx.name(s), tuple(ctx.score(s, one.group) for one in series)) for s in shown],
        series,
        scale=ctx.scale,
        row_height=0.42,
        ends=names or ctx.ends(shown[0]),
    )
    return (Heading(ctx.words("sheets.board.picture"), level=2), chart)


def _limits(ctx: Context) -> tuple[Block, ...]:
    w = ctx.words
    return (Card(w("sheets.board.limits_title"), (Paragraph(w("sheets.board.limits")),), "quiet"),)
