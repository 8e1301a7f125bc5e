"""The chain dialogue's chapter, the sheet for a leader and her own manager, and the worksheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hrkit.blocks import Block, Bullets, Callout, Heading, Note, Paragraph, Table, Text, b
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.model.instrument import Question
from hrkit.report.chapter import Chapter, Recipe, charted
from hrkit.report.charts.marks import Row, Series
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.handouts.room import GROUND, room
from hrkit.report.sections.chain import chain
from hrkit.report.sections.chain import worksheet as tiers
from hrkit.report.sections.dotted import dotted
from hrkit.report.sections.question_figures import figures_of
from hrkit.report.tool_steps import ToolStep
from hrkit.report.worksheets.cells import columns, count, interval
from hrkit.tools.chain_dialogue.agreed import AGREED, agreed_on, agreed_steps
from hrkit.tools.chain_dialogue.findings import rooms, told

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "SHEETS", "STEPS"]


def dialogue(ctx: Context) -> tuple[Block, ...]:
    """What is told, the talks, the rooms, the ways down and up, and the tiers where they may be shown."""
    w, group = ctx.words, _leaders(ctx)
    rated = _rated(ctx)
    if not any(ctx.score(q.key, group).shown for q in rated):
        return (
            Heading(w("dialogue.title.hidden"), new_page=True),
            Callout(w("dialogue.hidden", k=ctx.released.threshold)),
            *AGREED.blocks(ctx),
        )
    talk = [q for q in rated if q.section.score_facet is None]
    ways = [q for q in rated if q.section.score_facet is not None]
    open_ = any(q.facet.scale.kind == "text" for q in ctx.instrument.questions())
    return (
        Heading(_title(ctx, group), new_page=True),
        Paragraph(w("dialogue.lead"), lead=True),
        *_said(ctx, group),
        *AGREED.blocks(ctx),
        *_means(ctx, w("dialogue.talk"), talk),
        Heading(w("dialogue.room"), level=2),
        *(block for figure in figures_of(ctx, rooms(ctx.instrument)) for block in figure),
        *_means(ctx, w("dialogue.ways"), ways),
        Note(w("dialogue.note")),
        *((Note(w("dialogue.words")),) if open_ else ()),
        *chain(ctx),
    )


def _leaders(ctx: Context) -> str:
    """The group the dialogue is about: the instrument's first side."""
    found = ctx.released.group(ctx.instrument.sides[0])
    return found.id if found else ctx.instrument.sides[0]


def _rated(ctx: Context) -> list[Question]:
    return [q for q in ctx.instrument.questions() if q.facet.scale.kind == "rating"]


def _title(ctx: Context, group: str) -> str:
    found = told(ctx, group)
    kinds = (
        ("steering", found.steering),
        ("missing", found.missing),
        ("unheard", found.unheard),
    )
    name = next((name for name, there in kinds if there), "none")
    return ctx.words(f"dialogue.title.{name}")


def _said(ctx: Context, group: str) -> tuple[Block, ...]:
    w, found = ctx.words, told(ctx, group)
    lines: list[Text] = []
    if found.steering:
        much, little = found.steering
        lines.append(
            w(
                "dialogue.told.steering",
                much=ctx.wording(much.item),
                little=ctx.wording(little.item),
                **_two(ctx, found.steering, group),
            )
        )
    for one in found.missing:
        lines.append(
            w(
                "dialogue.told.missing",
                room=ctx.wording(one.item),
                share=w.percent(one.share),
                low=w.percent(one.low),
            )
        )
    if found.unheard:
        lines.append(w("dialogue.told.unheard", **_two(ctx, found.unheard, group)))
    return (Bullets(tuple(lines)),) if lines else (Paragraph(w("dialogue.none")),)


def _two(ctx: Context, pair: tuple[Question, Question], group: str) -> Mapping[str, str]:
    a, c = (ctx.mean(ctx.score(q.key, group)) for q in pair)
    return {"a": a, "b": c}


def _means(ctx: Context, title: str, asked: Sequence[Question]) -> tuple[Block, ...]:
    """A chart of means by group, and the same in a table."""
    w = ctx.words
    groups = [g.id for g in ctx.released.groups if any(ctx.score(q.key, g.id).shown for q in asked)]
    series = tuple(Series(g, ctx.label(g, short=True)) for g in groups)
    scale = asked[0].facet.scale
    rows = [Row(_name(ctx, q), tuple(ctx.score(_measure(q), g) for g in groups)) for q in asked]
    chart = dotted(ctx, title, rows, series, scale)
    table = Table(
        (w("dialogue.statement"), *(one.label for one in series)),
        tuple(
            (_name(ctx, q), *(ctx.with_interval(ctx.score(_measure(q), g)) for g in groups))
            for q in asked
        ),
        align=("left", *("right",) * len(groups)),  # type: ignore[arg-type]
        widths=(4.0, *(1.3,) * len(groups)),
        compact=True,
        summary=title,
    )
    return (
        Heading(title, level=2),
        chart,
        table,
    )


def _measure(question: Question) -> str:
    """The measure of a question: what makes a score is measured turned the right way."""
    section = question.section
    return section.measure(question.item) if section.score_facet else question.key


def _name(ctx: Context, question: Question) -> str:
    mark = "↓ " if question.item.marked else ""
    return mark + ctx.wording(question.item).rstrip(".")


def worksheet(ctx: Context) -> Worksheet:
    """A row a question and group: mean, interval, answers."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = []
    for question in _rated(ctx):
        for group in ctx.released.groups:
            score = ctx.score(_measure(question), group.id)
            if not score.why.absent:
                rows.append(
                    (
                        ctx.name(question.section),
                        _name(ctx, question),
                        ctx.label(group.id),
                        *interval(ctx, score),
                        count(ctx, score),
                    )
                )
    head = columns(ctx, "section", "statement", "perspective", "mean", "low", "high", "n")
    return Worksheet(w("dialogue.worksheet"), w("dialogue.worksheet_title"), head, tuple(rows))


def _chapters(ctx: Context) -> tuple[Chapter, ...]:
    blocks = dialogue(ctx)
    if any(isinstance(block, Callout) for block in blocks):
        return (Chapter(blocks),)
    # The report's own page of the chain has a sheet of that name already.
    by_tier = replace(tiers(ctx), name=ctx.words("dialogue.worksheet_tiers"))
    sheets = [sheet for sheet in (worksheet(ctx), by_tier) if sheet.rows]
    return (Chapter(blocks, charted(blocks, sheets)),)


def pair_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for a leader and the leader's own manager: each a column, and what they agree."""
    w = ctx.words
    rows = tuple(((b(w(f"dialogue.sheet.row.{i}")),), room(3), room(3)) for i in range(1, 5))
    steps = tuple(w(f"dialogue.sheet.step.{i}") for i in range(1, 5))
    return (
        Heading(w("dialogue.sheet.title"), kicker=w("dialogue.sheet.kicker")),
        Paragraph(w("dialogue.sheet.rule"), lead=True),
        Table(
            ("", w("dialogue.sheet.mine"), w("dialogue.sheet.theirs")),
            rows,
            widths=(1.8, 2.3, 2.3),
            shades=tuple(("", GROUND, GROUND) for _ in rows),
            summary=w("dialogue.sheet.title"),
        ),
        Table(
            (w("dialogue.sheet.agree"),),
            ((room(2),),),
            widths=(1.0,),
            row_headers=False,
            shades=((GROUND,),),
        ),
        Heading(w("dialogue.sheet.steps"), level=2),
        Bullets(steps),
        Note(w("dialogue.sheet.seen_by")),
    )


def steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What is told asks for: a room where one is missing, an answer where none comes, a talk about leading."""
    w, found = ctx.words, told(ctx, _leaders(ctx))
    asks = [(f"missing:{one.item.id}", "missing", ctx.wording(one.item)) for one in found.missing]
    asks += [("unheard:up", "unheard", "")] if found.unheard else []
    asks += [("steering:talk", "steering", "")] if found.steering else []
    settled = agreed_on(ctx)
    asks = [one for one in asks if one[0] not in settled]
    return agreed_steps(ctx) + tuple(
        ToolStep(
            f"chain-dialogue:{id}",
            ctx.instrument.sides[1],
            w(f"dialogue.step.{kind}", room=room_),
            w(f"dialogue.title.{kind}"),
        )
        for id, kind, room_ in asks
    )


CHAPTER = Recipe(_chapters)
FORMS = AGREED.forms
STEPS = steps
SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {"pair": pair_sheet}

_FAMILY = "talks and answers: 5 % of pages; rooms: 5 % of pages"
CLAIMS: tuple[Claim, ...] = (
    Claim(
        "dialogue.steering",
        "dialogue",
        "the talks are about steering more often than about leading",
        "the whole interval of the one lies above the whole interval of the other",
        _FAMILY,
        "both equal",
        ("dialogue.title.steering", "dialogue.told.steering"),
    ),
    Claim(
        "dialogue.missing",
        "dialogue",
        "at least a fifth of leaders like these have no such room and need one",
        "the lower end of the share's interval over all rooms is 20 % or more",
        _FAMILY,
        "a fifth of leaders, for every room",
        ("dialogue.title.missing", "dialogue.told.missing"),
    ),
    Claim(
        "dialogue.unheard",
        "dialogue",
        "leaders say how it is and get no answer",
        "the whole interval of what is told lies above 3.5, that of what is heard below",
        _FAMILY,
        "both at 3.5",
        ("dialogue.title.unheard", "dialogue.told.unheard"),
    ),
)
