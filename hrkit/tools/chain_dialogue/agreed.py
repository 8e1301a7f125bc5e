"""What a meeting of the chain agreed on: which time is protected, back from its workbook into the records.

What a leader and the leader's own manager agree on by themselves is theirs and comes back nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.report.context import Context
from hrkit.report.decided import WHAT, DecisionSheet
from hrkit.report.open_form import OpenRow
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.chain_dialogue.findings import rooms

__all__ = ["AGREED", "agreed_on", "agreed_steps"]

#: What a meeting may agree on beside the rooms that are asked about, and the finding that each answers.
_WAYS = {"leading": "steering:talk", "answer": "unheard:up", "down": ""}


def _rows(engagement: Engagement, words: Words) -> Sequence[OpenRow]:
    instrument, language = engagement.instrument, words.language
    asked = [(q.item.id, instrument.label(q.item, language)) for q in rooms(instrument)]
    return (
        *(OpenRow(id, (words(f"dialogue.agreed.{id}"),)) for id in _WAYS),
        *(OpenRow(id, (words("dialogue.agreed.room", room=name),)) for id, name in asked),
    )


AGREED = DecisionSheet("chain-dialogue", "agreed", "dialogue.agreed", _rows)


def agreed_on(ctx: Context) -> frozenset[str]:
    """Findings for which something is agreed, as a step names them."""
    return frozenset(_WAYS.get(line.row, f"missing:{line.row}") for _, line in AGREED.lines(ctx))


def agreed_steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What was agreed, as steps of those who lead leaders."""
    why = ctx.words("openform.decided.why")
    return tuple(
        AGREED.step(line, ctx.instrument.sides[1], f"{about}: {line.field(WHAT)}", why)
        for about, line in AGREED.lines(ctx)
        if line.field(WHAT)
    )
