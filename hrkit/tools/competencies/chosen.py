"""What the room chose to develop: at most three competencies, from a workbook that comes back into the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.blocks import Block, Heading, Note, Table
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.records.values import OpenLine
from hrkit.report.context import Context
from hrkit.report.open_form import Fault, FormMaker, OpenField, OpenForm, OpenRow
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.competencies.findings import PRIORITIES, asked, first, page
from hrkit.tools.competencies.names import leaders, name

__all__ = ["FORMS", "chosen_blocks", "steps"]

_TOOL, _FORM = "competencies", "priorities"
#: Fields that the chapter prints.
_PRINTED = ("later", "step", "who", "sign", "back")


def priorities_form(engagement: Engagement, words: Words) -> OpenForm:
    """Three lines: which competency, what one sees, who owes what, the first step."""
    language = words.language
    competencies = tuple(
        (one.item.id, engagement.instrument.label(one.item, language))
        for one in asked(engagement.instrument)
    )
    rows = tuple(
        OpenRow(f"priority-{i}", (words("competencies.form.row", n=i, count=PRIORITIES),))
        for i in range(1, PRIORITIES + 1)
    )
    texts = ("today", "later", "doing", "above", "owes", "step", "who", "sign", "back")
    return OpenForm(
        _TOOL,
        _FORM,
        words("competencies.sheet.title"),
        (words("competencies.sheet.rule"), words("competencies.page.rule")),
        (words("competencies.form.head"),),
        rows,
        (
            OpenField("competency", words("competencies.table.name"), competencies, 30),
            *(OpenField(one, words(f"competencies.form.{one}"), width=26) for one in texts),
        ),
        faults=_faults,
    )


def _faults(lines: Sequence[OpenLine]) -> Sequence[Fault]:
    """A line without its competency, and one that stands twice."""
    found: list[Fault] = []
    seen: set[str] = set()
    for line in lines:
        chosen = line.field("competency")
        if not chosen:
            what = "does not say which competency the line is about"
            found.append((line.scope, line.row, "competency", what, "choose one"))
        elif chosen in seen:
            found.append((line.scope, line.row, "competency", "stands twice", "keep one line"))
        seen.add(chosen)
    return found


def _lines(ctx: Context) -> tuple[OpenLine, ...]:
    known = ctx.instrument.items
    return tuple(
        line for line in ctx.records.sheet(_TOOL, _FORM) if line.field("competency") in known
    )


def _called(ctx: Context, line: OpenLine) -> str:
    return ctx.wording(ctx.instrument.items[line.field("competency")]).rstrip(".")


def chosen_blocks(ctx: Context) -> tuple[Block, ...]:
    """What was chosen, as the chapter prints it; nothing where nothing was."""
    w, lines = ctx.words, _lines(ctx)
    if not lines:
        return ()
    return (
        Heading(w("competencies.form.title"), level=2),
        Table(
            (w("competencies.table.name"), *(w(f"competencies.form.{one}") for one in _PRINTED)),
            tuple(
                (_called(ctx, line), *(line.field(one) or "–" for one in _PRINTED))
                for line in lines
            ),
            widths=(1.4, 1.6, 1.4, 0.9, 1.2, 0.9),
            compact=True,
            summary=w("competencies.form.title"),
        ),
        Note(w("competencies.form.note")),
    )


def steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What was chosen, agreed; before that, a meeting for what is surely among the first ten."""
    w = ctx.words
    if lines := _lines(ctx):
        return tuple(
            ToolStep(
                f"{_TOOL}:chosen:{line.field('competency')}",
                ctx.instrument.sides[-1],
                line.field("step") or w("competencies.step.page", name=_called(ctx, line)),
                w("competencies.step.chosen", name=_called(ctx, line)),
                horizon="year",
                effect="large",
                agreed=bool(line.field("who")),
            )
            for line in lines
        )
    some = first(page(ctx, leaders(ctx)))[:PRIORITIES]
    return tuple(
        ToolStep(
            f"{_TOOL}:first:{one.asked.item.id}",
            ctx.instrument.sides[-1],
            w("competencies.step.page", name=name(ctx, one)),
            w("competencies.step.first", name=name(ctx, one)),
            horizon="year",
        )
        for one in some
    )


FORMS: Mapping[str, FormMaker] = {_FORM: priorities_form}
