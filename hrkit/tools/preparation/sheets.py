"""The checklist's sheets: a leader's own, the meeting's, and what HR answers openly."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.report.context import Context
from hrkit.report.handouts.room import BOX, box
from hrkit.report.open_form import FormMaker, OpenField, OpenForm, OpenRow
from hrkit.tools.preparation.findings import need_labels

__all__ = ["ANSWERS", "FORMS", "SHEETS", "answers_form"]

#: The sheet on which HR answers each need.
ANSWERS = "answers"


def answers_form(engagement: Engagement, words: Words) -> OpenForm:
    """A row for each need: yes, later or no, what, and from when."""
    listed = need_labels(engagement.instrument)
    rows = tuple(OpenRow(id, (label[words.language],)) for id, label in listed.items())
    says = tuple((one, words(f"prepare.answer.{one}")) for one in ("yes", "later", "no"))
    return OpenForm(
        "preparation",
        ANSWERS,
        words("prepare.answer.title"),
        (words("prepare.answer.help"),),
        (words("prepare.answer.need"),),
        rows,
        (
            OpenField("says", words("prepare.answer.says"), says, 10),
            OpenField("what", words("prepare.answer.what"), width=34),
            OpenField("from", words("prepare.answer.from"), width=14),
        ),
    )


def personal_sheet(ctx: Context) -> tuple[Block, ...]:
    """A leader's own sheet: twelve ways to tick, the two used least, one sentence; nothing is stored."""
    w = ctx.words
    items = [item for item in ctx.instrument.items.values() if "way" in item.tags]
    marks = ("0", "1", "2", "3", "4", "–", w("prepare.personal.more"))
    rows = tuple((ctx.wording(item).rstrip("."), *(BOX for _ in marks)) for item in items)
    return (
        Heading(w("prepare.personal.title"), kicker=w("prepare.personal.kicker")),
        Paragraph(w("prepare.personal.rule"), lead=True),
        Note(w("prepare.personal.scale")),
        Table(
            (w("prepare.table.way"), *marks),
            rows,
            align=("left", *("center",) * len(marks)),  # type: ignore[arg-type]
            widths=(6.4, *(0.42,) * 6, 0.85),
            compact=True,
            summary=w("prepare.personal.title"),
        ),
        box(w("prepare.personal.least"), 2, compact=True),
        box(w("prepare.personal.promise"), 2, compact=True),
        Note(w("prepare.personal.seen_by")),
    )


def meeting_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the meeting: its course, and room for HR's answer to every need."""
    w = ctx.words
    form = answers_form(ctx.engagement, w)
    steps = tuple(w(f"prepare.meeting.step.{i}") for i in range(1, 5))
    return (
        Heading(w("prepare.meeting.title"), kicker=w("prepare.meeting.kicker")),
        Paragraph(w("prepare.meeting.rule"), lead=True),
        Heading(w("prepare.meeting.steps"), level=2),
        Bullets(steps),
        Heading(form.title, level=2),
        form.paper(lines=2),
        Note(w("prepare.meeting.seen_by")),
    )


SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "personal": personal_sheet,
    "meeting": meeting_sheet,
}
FORMS: Mapping[str, FormMaker] = {ANSWERS: answers_form}
