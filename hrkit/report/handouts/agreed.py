"""What was agreed at the meeting, beside what was measured: open words and averages, each as what it is."""

from __future__ import annotations

import datetime as dt

from hrkit.blocks import Block, Heading, Note, PageBreak, Paragraph, Span, Table, Text, b
from hrkit.disclosure.chosen.votes import VoteFigure
from hrkit.model.followed import Followed
from hrkit.model.instrument import Section
from hrkit.records.values import ROOM, Agreed, VotesMoved, scope_of
from hrkit.report.context import Context
from hrkit.report.followed import about, called

__all__ = ["agreed_page", "due_of", "has_agreed"]


def has_agreed(ctx: Context) -> bool:
    """Whether anything was agreed and read aloud: drafts are none."""
    return any(one.locked for one in ctx.records.agreed) or bool(ctx.records.actions)


def agreed_page(ctx: Context) -> tuple[Block, ...]:
    """Levels that were agreed on, with both sides' averages, the votes, and what is done."""
    w = ctx.words
    blocks: list[Block] = [
        PageBreak(),
        Heading(w("workshop.report.title")),
        Paragraph(w("workshop.report.lead"), lead=True),
    ]
    rows = _levels(ctx)
    if rows:
        names = ("subject", "surveyed", "voted", "agreed", "rests")
        blocks.append(
            Table(
                tuple(w(f"workshop.report.{name}") for name in names),
                rows,
                widths=(1.5, 1.3, 1.6, 2.2, 3.2),
                compact=True,
                summary=w("workshop.report.summary"),
            )
        )
    if ctx.records.actions:
        names = ("action", "subject", "owner", "due", "status")
        blocks += [
            Heading(w("workshop.report.actions"), level=2),
            Table(
                tuple(w(f"workshop.report.{name}") for name in names),
                tuple(_action(ctx, one) for one in ctx.records.actions),
                widths=(4.0, 1.7, 1.6, 1.3, 1.1),
                row_headers=False,
                compact=True,
                summary=w("workshop.report.actions"),
            ),
        ]
    if ctx.records.words:
        blocks.append(Heading(w("workshop.report.words"), level=2))
        blocks += [
            Paragraph((b(f"{_whose(ctx, one.scope)}: "), Span(one.text)))
            for one in ctx.records.words
        ]
    others = _languages(ctx)
    if others:
        named = ctx.words.join([ctx.words(f"answers.languages.in_{one}") for one in others])
        blocks.append(Note(ctx.words("workshop.report.written", languages=named)))
    return tuple(blocks)


def _languages(ctx: Context) -> list[str]:
    """Languages in which what is printed here was written, other than the report's."""
    own = [one.language for one in ctx.records.agreed if one.locked]
    own += [one.language for one in ctx.records.words]
    for one in ctx.records.actions:
        if called(ctx.library, one.action, ctx.language) == one.action:
            own.append(one.language)
    return sorted({one for one in own if one not in ("", ctx.language)})


def _levels(ctx: Context) -> tuple[tuple[Text, ...], ...]:
    rows: list[tuple[Text, ...]] = []
    for section in ctx.instrument.dimensions:
        mine = [a for a in ctx.records.agreed if a.dimension == section.id and a.locked]
        votes = ctx.records.moved(section.id)
        if not mine and votes is None:
            continue
        mine.sort(key=lambda one: one.scope != ROOM)
        agreed: tuple[Span, ...] = ()
        rests: tuple[Span, ...] = ()
        for one in mine:
            agreed += _level(ctx, section, one)
            rests += (Span(f"{one.evidence}\n"),)
            rests += (Span(f"{one.shift}\n", "mute"),) if one.shift else ()
        rows.append(
            (
                (b(ctx.name(section)),),
                _surveyed(ctx, section),
                _voted(ctx, votes) if votes else "–",
                agreed or "–",
                rests or "–",
            )
        )
    return tuple(rows)


def _level(ctx: Context, section: Section, one: Agreed) -> tuple[Span, ...]:
    """A group's level by name, or both its views."""
    w = ctx.words
    if one.level is None:
        said: tuple[Span, ...] = (b(w("workshop.parted")), Span(f": {one.views}"))
    else:
        name = ctx.text(ctx.instrument.level_name(one.level, section))
        said = (b(w("workshop.level", level=one.level, name=name)),)
    return (*said, Span(f"\n{_whose(ctx, one.scope)}\n", "mute"))


def _whose(ctx: Context, scope: str) -> str:
    kind, which = scope_of(scope)
    if kind == "party":
        return ctx.words("workshop.scope.party", name=ctx.perspective(which))
    return ctx.words(f"workshop.scope.{kind}", name=which)


def _surveyed(ctx: Context, section: Section) -> Text:
    sides = ctx.sides or ctx.series
    return "\n".join(f"{one.label} {ctx.mean(ctx.score(section, one.group))}" for one in sides)


def _voted(ctx: Context, votes: VotesMoved) -> Text:
    """Both votes as they were released, in words."""
    found = [_figure(ctx, code) for code in (votes.first, votes.second) if code]
    hand = ctx.words("workshop.by_hand") if votes.by_hand else ""
    return (Span(" → ".join(found)), Span(f"\n{hand}", "mute"))


def _figure(ctx: Context, code: str) -> str:
    figure = VoteFigure.read(code)
    if figure.middle:
        return ctx.words("workshop.figure.middle", level=figure.middle.replace("-", "–"))
    return ctx.words(f"workshop.figure.{figure.form}")


def _action(ctx: Context, one: Followed) -> tuple[Text, ...]:
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    text = called(ctx.library, one.action, ctx.language)
    sign = ctx.words("report.action.sign", text=one.sign) if one.sign else ""
    rest = "\n".join(part for part in (sign, one.note) if part)
    said: Text = (Span(text), Span(f"\n{rest}", "mute")) if rest else text
    status = ctx.words(f"sections.change.status.{one.status}")
    return (said, about(ctx.words, one, names), one.owner, due_of(ctx, one), status)


def due_of(ctx: Context, one: Followed) -> str:
    """The day by which an action is done."""
    return ctx.words.date(dt.date.fromisoformat(one.due)) if one.due else ""
