"""What the meeting tries for four weeks: a row a theme, back from its workbook into the records."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.report.context import Context
from hrkit.report.decided import WHAT, DecisionSheet
from hrkit.report.open_form import OpenRow
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.mirror.findings import statements

__all__ = ["TRIED", "tried_steps", "tried_themes"]


def _rows(engagement: Engagement, words: Words) -> Sequence[OpenRow]:
    themes = dict.fromkeys(one.theme for one in statements(engagement.instrument))
    return tuple(OpenRow(theme, (words(f"mirror.theme.{theme}"),)) for theme in themes)


TRIED = DecisionSheet("mirror", "try", "mirror.try", _rows)


def tried_themes(ctx: Context) -> frozenset[str]:
    """Themes on which something is tried: nothing else is asked for them."""
    return frozenset(line.row for _, line in TRIED.lines(ctx))


def tried_steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What is tried, as steps of both sides."""
    why = ctx.words("openform.decided.why")
    return tuple(
        TRIED.step(line, "partners", line.field(WHAT), why)
        for _, line in TRIED.lines(ctx)
        if line.field(WHAT)
    )
