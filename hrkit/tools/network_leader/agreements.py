"""How many pairs have agreed: an open sheet on which a pair ticks that it has, and nothing of what.

A pair is on it by its own wish and without a name.  What is counted is told from five pairs, of which none is left
alone: two or fewer are *at most two*, all but two or more are *at least so many*; and lines are taken in
five at a time, so that two printings do not tell one pair (`hrkit.records.together`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.blocks import Block, Heading, Note, Paragraph
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.records.together import taken_together
from hrkit.records.values import OpenLine
from hrkit.report.context import Context
from hrkit.report.open_form import Fault, FormMaker, OpenField, OpenForm

__all__ = ["FEWEST", "FORMS", "AgreementsTold", "agreements_told", "told_block"]

TOOL, SHEET = "network-leader", "pairs"
#: Pairs from which anything is counted, and how many of them at least stay together.
FEWEST, TOGETHER = 5, 3
ASKED = ("written", "review")
LINES = 20


@dataclass(frozen=True, slots=True)
class AgreementsTold:
    """Of so many pairs, how many have each of `ASKED`."""

    pairs: int
    counts: Mapping[str, int]


def agreements_told(past: Sequence[tuple[str, OpenLine]]) -> AgreementsTold | None:
    """What may be told of the sheet; None where fewer than five pairs are counted."""

    def enough(before: Sequence[OpenLine], now: Sequence[OpenLine]) -> bool:
        return len({(one.wave, one.row) for one in {*before} ^ {*now}}) >= FEWEST

    mine = [one for one in past if (one[1].tool, one[1].sheet) == (TOOL, SHEET)]
    lines = taken_together(mine, enough)
    if len(lines) < FEWEST:
        return None
    counts = {name: sum(line.field(name) == "yes" for line in lines) for name in ASKED}
    return AgreementsTold(len(lines), counts)


def told_block(ctx: Context) -> tuple[Block, ...]:
    """Two counts in a sentence; nothing where there are none."""
    w, told = ctx.words, agreements_told(ctx.records.past)
    if told is None:
        return ()
    said = {name: _count(w, count, told.pairs) for name, count in told.counts.items()}
    return (
        Heading(w("network.pairs.told"), level=2),
        Paragraph(w("network.pairs.count", n=told.pairs, **said)),
        Note(w("network.pairs.note", n=FEWEST)),
    )


def _count(words: Words, count: int, of: int) -> str:
    """A count, with which nobody is left alone."""
    if count < TOGETHER:
        return words("network.pairs.few", n=TOGETHER - 1)
    if count > of - TOGETHER:
        return words("network.pairs.most", n=of - TOGETHER + 1)
    return words.number(count)


def pairs_form(engagement: Engagement, words: Words) -> OpenForm:
    """A line a pair that wishes to be counted: two ticks and no name."""
    yes_no = tuple((one, words(f"network.pairs.answer.{one}")) for one in ("yes", "no"))
    return OpenForm(
        TOOL,
        SHEET,
        words("network.pairs.title"),
        (words("network.pairs.help"),),
        (),
        (),
        tuple(OpenField(one, words(f"network.pairs.{one}"), yes_no, 30) for one in ASKED),
        free=LINES,
        faults=_half_said,
    )


def _half_said(lines: Sequence[OpenLine]) -> Sequence[Fault]:
    """Whoever ticks one ticks both; a day to look again needs an agreement."""
    found: list[Fault] = []
    for line in lines:
        if not line:
            continue
        found += [
            (line.scope, line.row, name, "is empty", "choose yes or no, or clear the line")
            for name in ASKED
            if not line.field(name)
        ]
        if line.field("written") == "no" and line.field("review") == "yes":
            what = "has a day to look again, and no agreement"
            found.append((line.scope, line.row, "review", what, "correct one of them"))
    return found


FORMS: Mapping[str, FormMaker] = {SHEET: pairs_form}
