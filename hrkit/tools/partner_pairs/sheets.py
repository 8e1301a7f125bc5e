"""The pairs' sheets: set-up, four cards for a hand-over, the log on paper, and a page of its own for each pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrkit.blocks import Block, Bullets, Card, Heading, Note, Paragraph, Table, Text, b
from hrkit.records.values import OpenLine
from hrkit.report.context import Context
from hrkit.report.handouts.room import BOX, GROUND, room
from hrkit.tools.partner_pairs.forms import LISTS, TOOL, pairs_of
from hrkit.tools.partner_pairs.log import MISSING, TYPES, hand_over, mostly_missing, rate
from hrkit.tools.partner_pairs.setup import GOALS, PROFILE, SHARED, open_of, profiles

__all__ = ["SHEETS", "opened", "said_of"]

_CARDS, _LINES = 4, 18


def said_of(ctx: Context, complete: int, n: int) -> str:
    """A share with its interval; below twenty only how many of how many."""
    w, found = ctx.words, rate(complete, n)
    if found is None:
        return "–"
    one, low, high = (w.percent(value) for value in found)
    return w("pairs.handed.interval", share=one, low=low, high=high)


def opened(ctx: Context, rule: str, row: str, side: str) -> str:
    """What is open of a set-up, in a sentence."""
    w = ctx.words
    who = w(f"pairs.side.{side}") if side else ""
    what = w(f"pairs.row.{row}") if row else ""
    label = w(f"pairs.column.{side}") if side else ""
    return w(f"pairs.open.{rule}", who=who, label=label, what=what)


def setup_sheet(ctx: Context) -> tuple[Block, ...]:
    """One page for one pair: profiles, what both say, and the leader's goals."""
    w = ctx.words
    profile: tuple[tuple[Text, ...], ...] = tuple(
        ((b(w(f"pairs.row.{row}")),), room(2), room(2)) for row in PROFILE
    )
    shared: tuple[tuple[Text, ...], ...] = tuple(
        ((b(w(f"pairs.row.{row}")),), room(2)) for row in SHARED
    )
    goals = tuple((room(3), room(3), room(3)) for _ in GOALS)
    return (
        Heading(w("pairs.setup.title"), kicker=w("pairs.setup.kicker")),
        Paragraph(w("pairs.setup.rule"), lead=True),
        Table(
            ("", w("pairs.column.hr"), w("pairs.column.pay")),
            profile,
            widths=(1.6, 2.4, 2.4),
            shades=tuple(("", GROUND, GROUND) for _ in profile),
            compact=True,
            summary=w("pairs.setup.title"),
        ),
        Table(
            ("", w("pairs.column.both")),
            shared,
            widths=(2.6, 3.8),
            shades=tuple(("", GROUND) for _ in shared),
            compact=True,
            summary=w("pairs.column.both"),
        ),
        Table(
            tuple(w(f"pairs.setup.{one}") for one in ("goal", "told", "ours")),
            goals,
            widths=(2.4, 1.6, 2.4),
            row_headers=False,
            shades=((GROUND,) * 3,) * len(goals),
            compact=True,
            summary=w("pairs.setup.goal"),
        ),
        Note(w("pairs.setup.seen_by")),
    )


def cards_sheet(ctx: Context) -> tuple[Block, ...]:
    """Four cards of a quarter of a page: one goes with each case.

    Where the pairs have agreed what a type of case needs, a card for each such type; four blank ones else.
    """
    w = ctx.words
    agreed = {line.row: line for line in ctx.records.sheet(TOOL, LISTS)}
    types = [one for one in TYPES if one in agreed]
    cards = [_card(ctx, w(f"pairs.type.{one}"), _ticks(agreed[one])) for one in types]
    cards += [_card(ctx, "", ("______________",) * 3) for _ in range(-len(cards) % _CARDS)]
    cards = cards or [_card(ctx, "", ("______________",) * 3) for _ in range(_CARDS)]
    return (
        Heading(w("pairs.card.heading"), kicker=w("pairs.card.kicker")),
        Paragraph(w("pairs.log.rule")),
        *cards,
        Note(w("pairs.card.seen_by")),
    )


def _ticks(line: OpenLine) -> tuple[str, ...]:
    return tuple(text for _, text in line.said)


def _card(ctx: Context, case: str, complete: Sequence[str]) -> Card:
    """A card; of a type of case where it says which."""
    w = ctx.words
    missing = "  ".join(f"{BOX} {w(f'pairs.missing.{one}')}" for one in MISSING)
    lines = [
        f"{w(f'pairs.card.{one}')}: ______________________________________________"
        for one in (*(() if case else ("case",)), "way", "asked", "when")
    ]
    ticks = "  ".join(f"{BOX} {one}" for one in complete)
    body: tuple[Text, ...] = (
        *lines,
        f"{w('pairs.card.complete')}: {ticks}",
        f"{w('pairs.card.missing')}: {missing}",
    )
    title = w("pairs.card.title")
    return Card(f"{title}: {case}" if case else title, (Bullets(body),))


def log_sheet(ctx: Context) -> tuple[Block, ...]:
    """The log on paper: a line a hand-over, and nothing in it that names anybody."""
    w = ctx.words
    names = ("week", "type", "from", "to", "complete", "missing", "returned", "ontime")
    rows = tuple(tuple(room(2) for _ in names) for _ in range(_LINES))
    return (
        Heading(w("pairs.log.title"), kicker=w("pairs.log.kicker")),
        Paragraph(w("pairs.log.rule"), lead=True),
        Table(
            tuple(w(f"pairs.log.{one}") for one in names),
            rows,
            widths=(0.7, 1.1, 0.8, 0.8, 0.9, 1.0, 0.9, 0.7),
            row_headers=False,
            shades=((GROUND,) * len(names),) * len(rows),
            compact=True,
            summary=w("pairs.log.title"),
        ),
        Note(w("pairs.log.seen_by")),
    )


def own_sheet(ctx: Context) -> tuple[Block, ...]:
    """A page for each pair, to be handed to that pair alone: its own hand-overs, and what its set-up leaves open."""
    w = ctx.words
    found = profiles(ctx.records.sheet(TOOL, "setup"))
    logged = [one for line in ctx.records.sheet(TOOL, "log") if (one := hand_over(line))]
    blocks: list[Block] = []
    for i, (pair, name) in enumerate(pairs_of(ctx.engagement, w).items()):
        mine = [one for one in logged if one.pair == pair]
        complete, n = sum(one.complete for one in mine), len(mine)
        lines: list[Text] = [w("pairs.own.rate", k=complete, n=n)] if n else [w("pairs.own.none")]
        if rate(complete, n):
            lines.append(w("pairs.own.share", share=said_of(ctx, complete, n)))
        if missing := mostly_missing(mine):
            lines.append(w("pairs.own.missing", what=w(f"pairs.mostly.{missing}")))
        if pair in found:
            lines += [opened(ctx, *one) for one in open_of(found[pair])]
        steps = tuple(w(f"pairs.own.step.{j}") for j in range(1, 6))
        blocks += [
            Heading(w("pairs.own.title"), kicker=w("pairs.own.kicker", name=name), new_page=i > 0),
            Paragraph(w("pairs.own.rule"), lead=True),
            Bullets(tuple(lines)),
            Heading(w("pairs.own.steps"), level=2),
            Bullets(steps),
            Table(
                (w("pairs.own.list"), w("pairs.own.date")),
                ((room(9), room(9)),),
                widths=(4.4, 1.8),
                row_headers=False,
                shades=((GROUND, GROUND),),
            ),
            Note(w("pairs.own.seen_by")),
        ]
    return tuple(blocks)


SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "setup": setup_sheet,
    "cards": cards_sheet,
    "log": log_sheet,
    "pairs": own_sheet,
}
