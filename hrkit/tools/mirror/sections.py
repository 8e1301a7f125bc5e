"""The mirror's chapter, its sheet for the meeting and its worksheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
    Together,
    b,
)
from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.disclosure.derived.frame import printed
from hrkit.disclosure.released import Certainty
from hrkit.report.chapter import Recipe, recipe
from hrkit.report.charts.marks import Row, Series
from hrkit.report.context import Context
from hrkit.report.group_card import cards_of
from hrkit.report.handouts.room import GROUND, room
from hrkit.report.sections.dotted import dotted
from hrkit.report.tool_steps import ToolStep
from hrkit.report.worksheets.cells import count, mean
from hrkit.tools.mirror.claims import CLAIMS
from hrkit.tools.mirror.findings import Mirrored, Pattern, all_mirrored, cards
from hrkit.tools.mirror.said import asked_of, figure, figures, names, openly, theme
from hrkit.tools.mirror.tried import TRIED, tried_steps, tried_themes

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "PRINTS_CARDS", "SHEETS", "STEPS"]

#: What a small side said openly stands in the tables of the statements.
PRINTS_CARDS = True

#: The id under which the guess is drawn: no group's mark, since it is no group's view.
GUESS = "guess"
#: Steps that the mirror asks for.
STEPS_AT_MOST = 3


def mirror(ctx: Context) -> tuple[Block, ...]:
    """The chapter: what is told, the cards, and both charts with their figures."""
    w, found = ctx.words, all_mirrored(ctx)
    told = [one for one in found if one.told]
    return (
        Heading(_title(ctx, found, told), new_page=True),
        Paragraph(w("mirror.lead"), lead=True),
        *_told(ctx, found, told),
        *_cards(ctx, found),
        *TRIED.blocks(ctx),
        *(block for side in ctx.instrument.sides for block in _side(ctx, side, found)),
    )


def _compared(found: Sequence[Mirrored]) -> bool:
    return any(one.a is not None for one in found)


def _title(ctx: Context, found: Sequence[Mirrored], told: Sequence[Mirrored]) -> str:
    if not _compared(found):
        return ctx.words("mirror.title.hidden")
    if not told:
        return ctx.words("mirror.title.none")
    first = max(told, key=lambda one: one.largest)
    return ctx.words(f"mirror.title.{first.pattern.value}", **names(ctx, first))


def _told(ctx: Context, found: Sequence[Mirrored], told: Sequence[Mirrored]) -> tuple[Block, ...]:
    if not _compared(found):
        card = [Paragraph(ctx.words("mirror.card"))] if cards_of(ctx) else []
        return (Callout(ctx.words("mirror.hidden")), *card)
    if not told:
        return (Paragraph(ctx.words("mirror.none")),)
    lines = [
        ctx.words(f"mirror.told.{one.pattern.value}", **names(ctx, one), **figures(ctx, one))
        for one in sorted(told, key=lambda one: -one.largest)
    ]
    return (Bullets(tuple(lines)),)


def _side(ctx: Context, side: str, found: Sequence[Mirrored]) -> tuple[Block, ...]:
    """The statements about one side: a chart, and the same in figures."""
    w = ctx.words
    mine = [one for one in found if one.statement.about == side]
    series = (
        Series(mine[0].own.group, ctx.label(mine[0].own.group, short=True)),
        Series(mine[0].theirs.group, ctx.label(mine[0].theirs.group, short=True)),
        Series(GUESS, w("mirror.guess_short")),
    )
    rows = [
        Row(ctx.wording(one.statement.view).rstrip("."), (one.own, one.theirs, one.guess))
        for one in mine
    ]
    scale = mine[0].statement.view.facets[0].scale
    title = w(f"mirror.about.{side}")
    shown = any(score.shown for row in rows for score in row.scores)
    chart = dotted(ctx, title, rows, series, scale, alt="mirror.alt")
    note = w("mirror.note", low=scale.low, high=scale.high, about=ctx.named(side, "in_text"))
    return (
        Heading(title, level=2),
        *((chart,) if shown else ()),
        _table(ctx, mine, series),
        *openly(ctx, mine),
        Note(note + (" " + w("mirror.pattern_note") if any(map(_asked, mine)) else "")),
    )


def _asked(one: Mirrored) -> bool:
    """Whether its pattern is a question: it stands alone, and not over the family."""
    return not one.told and one.pattern in (Pattern.BLIND, Pattern.OPEN, Pattern.UNFOUNDED)


def _pattern(ctx: Context, one: Mirrored) -> str:
    w = ctx.words
    said = w(f"mirror.pattern.{one.pattern.value}")
    return w("mirror.pattern.question", pattern=said) if _asked(one) else said


def _table(ctx: Context, mine: Sequence[Mirrored], series: Sequence[Series]) -> Table:
    w = ctx.words
    rows = tuple(
        (
            ctx.wording(one.statement.view).rstrip("."),
            *(figure(ctx, who, score) for who, score in asked_of(one)),
            _pattern(ctx, one),
        )
        for one in mine
    )
    return Table(
        (w("mirror.statement"), *(one.label for one in series), w("mirror.shows")),
        rows,
        align=("left", "right", "right", "right", "left"),
        widths=(3.2, 0.95, 0.95, 0.8, 1.7),
        compact=True,
        summary=w("mirror.worksheet_title"),
    )


def steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What is told asks for: each of the first differences is talked through once."""
    w = ctx.words
    told = sorted((one for one in all_mirrored(ctx) if one.told), key=lambda one: -one.largest)
    settled = tried_themes(ctx)
    told = [one for one in told if one.statement.theme not in settled]
    return tried_steps(ctx) + tuple(
        ToolStep(
            f"mirror:{one.pattern.value}:{one.statement.theme}.{one.statement.about}",
            "partners",
            w("mirror.step", theme=theme(ctx, one)),
            w(f"mirror.title.{one.pattern.value}", **names(ctx, one)),
        )
        for one in told[:STEPS_AT_MOST]
    )


def _cards(ctx: Context, found: Sequence[Mirrored]) -> tuple[Block, ...]:
    """The cards to talk about; one that holds over the family only by itself is a question."""
    w, chosen = ctx.words, cards(found)
    if not _compared(found):
        return ()
    if not chosen:
        return (Paragraph(w("mirror.cards.none")),)
    title = (
        w("mirror.cards.title") if len(chosen) == 3 else w("mirror.cards.title_n", n=len(chosen))
    )
    return (
        Heading(title, level=2),
        Paragraph(w("mirror.cards.lead", n=len(chosen))),
        *(Together((_card(ctx, one),)) for one in chosen),
    )


def _card(ctx: Context, one: Mirrored) -> Card:
    w = ctx.words
    said: list[Text] = [w("mirror.cards.seen"), w("mirror.cards.changed"), w("mirror.cards.repeat")]
    return Card(
        theme(ctx, one),
        (
            Paragraph((b(ctx.wording(one.statement.view)),)),
            Paragraph(w("mirror.cards.figures", **names(ctx, one), **figures(ctx, one))),
            *(() if one.told else (Note(w("mirror.cards.question")),)),
            Bullets(tuple(said)),
        ),
        tone="brand" if one.told else "quiet",
    )


def cards_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the meeting: how the talk goes, the cards, and what is tried for four weeks."""
    w = ctx.words
    steps = tuple(w(f"mirror.sheet.step.{i}") for i in range(1, 6))
    blank: tuple[tuple[Text, ...], ...] = (
        (room(3),),
        ((b(w("mirror.sheet.back")), Span(f"\n{room(1)}")),),
    )
    return (
        Heading(w("mirror.cards.title"), kicker=w("mirror.sheet.kicker")),
        Paragraph(w("mirror.sheet.rule"), lead=True),
        *_cards(ctx, all_mirrored(ctx))[1:],
        Heading(w("mirror.sheet.steps"), level=2),
        Bullets(steps),
        Table(
            (w("mirror.sheet.try"),),
            blank,
            widths=(1.0,),
            row_headers=False,
            shades=((GROUND,), (GROUND,)),
        ),
        Note(w("mirror.sheet.seen_by")),
    )


def worksheet(ctx: Context) -> Worksheet:
    """A row a statement: three means, agreement and knowing with their intervals, the pattern."""
    w = ctx.words
    names = (
        "about",
        "theme",
        "statement",
        "own",
        "theirs",
        "guess",
        "n_own",
        "n_theirs",
        "a",
        "a_low",
        "a_high",
        "m",
        "m_low",
        "m_high",
        "pattern",
    )
    columns = tuple(
        w("mirror.statement") if name == "statement" else w(f"mirror.column.{name}")
        for name in names
    )
    rows = []
    for one in all_mirrored(ctx):
        differences: list[Cell] = []
        for found in (one.a, one.m):
            if found is None:
                differences += [None, None, None]
            else:
                sure = Certainty.TENDS if abs(found.value) > found.half else Certainty.UNKNOWN
                differences += [Number(value, 1, "signed") for value in printed(found, sure)]
        rows.append(
            (
                ctx.named(one.statement.about, "label"),
                theme(ctx, one),
                ctx.wording(one.statement.view),
                *(mean(ctx, score) for score in (one.own, one.theirs, one.guess)),
                count(ctx, one.own),
                count(ctx, one.theirs),
                *differences,
                _pattern(ctx, one),
            )
        )
    return Worksheet(w("mirror.worksheet"), w("mirror.worksheet_title"), columns, tuple(rows))


CHAPTER: Recipe = recipe(mirror, worksheet)
SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {"cards": cards_sheet}
FORMS = TRIED.forms
STEPS = steps
