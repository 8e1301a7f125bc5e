"""What the mirror says of a statement: the sides' names, its theme, its figures, and a small side's card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.blocks import Block, Bullets, Note, Span, Text
from hrkit.disclosure.released import Score
from hrkit.model.language import Name
from hrkit.report.context import Context
from hrkit.report.group_card import cards_of, on_card
from hrkit.tools.mirror.findings import Mirrored

__all__ = ["asked_of", "figure", "figures", "names", "openly", "theme"]


def names(ctx: Context, one: Mirrored) -> Mapping[str, object]:
    """The two sides as sentences name them, the theme and the statement."""
    about, other = (
        ctx.named(side, "in_text") for side in (one.statement.about, one.statement.other)
    )
    return {
        "about": about,
        "About": Name(about[:1].upper() + about[1:], plural=about.plural),
        "other": other,
        "theme": theme(ctx, one),
        "statement": ctx.wording(one.statement.view),
    }


def figures(ctx: Context, one: Mirrored) -> Mapping[str, str]:
    """The three means as sentences print them."""
    return {
        "own": ctx.mean(one.own),
        "theirs": ctx.mean(one.theirs),
        "guess": ctx.mean(one.guess),
    }


def theme(ctx: Context, one: Mirrored) -> str:
    """The name of a statement's theme."""
    return ctx.words(f"mirror.theme.{one.statement.theme}")


def asked_of(one: Mirrored) -> tuple[tuple[str, Score], ...]:
    """The three figures of a statement, each with the side whose it is."""
    about, other = one.statement.about, one.statement.other
    return (about, one.own), (other, one.theirs), (about, one.guess)


def figure(ctx: Context, side: str, score: Score) -> str:
    """A mean; of a side too small for one what its card says, in a mark of its own."""
    said = "" if score.shown else on_card(ctx, side, score.measure)
    return said or ctx.mean(score)


def openly(ctx: Context, mine: Sequence[Mirrored]) -> tuple[Block, ...]:
    """What a small side has seen of these statements, as its card says."""
    w = ctx.words
    lines: list[Text] = []
    for side, card in cards_of(ctx).items():
        for one in mine:
            for key in (one.own.measure, one.guess.measure):
                line = card.get(key)
                if line and line.field("because"):
                    said = (Span(f"{theme(ctx, one)}, {ctx.named(side, 'in_text')}: "),)
                    lines.append((*said, Span(line.field("because"))))
    used = any(key in card for card in cards_of(ctx).values() for one in mine for key in _keys(one))
    return (
        *((Bullets(tuple(lines)),) if lines else ()),
        *((Note(w("openform.card.note")),) if used else ()),
    )


def _keys(one: Mirrored) -> tuple[str, str]:
    return one.own.measure, one.guess.measure
