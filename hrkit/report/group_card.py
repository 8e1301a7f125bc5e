"""The group card: what a side that is too small for figures answers openly, and together.

One answer a statement, under the side's own name and by consent.  It goes into the records, is printed
in a mark of its own beside the released figures of others, and nothing is ever reckoned with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.blocks import Block, Heading, Note, Paragraph, Table, Text
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question
from hrkit.model.language import Words
from hrkit.records.values import OpenLine
from hrkit.report.context import Context
from hrkit.report.open_form import OpenField, OpenForm, OpenRow

__all__ = ["CARD", "MARK", "card_form", "card_sheet", "cards_of", "on_card", "said_openly"]

#: Name of the sheet, in every tool.
CARD = "card"
#: What stands before what a card says.
MARK = "◇"


def card_form(engagement: Engagement, words: Words) -> OpenForm:
    """The card of every side that is asked: a row for each rating."""
    instrument, language = engagement.instrument, words.language
    ends = {_ends(q, language) for q in instrument.questions() if q.facet.scale.kind == "rating"}
    rows = tuple(
        OpenRow(
            question.key,
            (
                instrument.people.one(side).name("label", language),
                _asked(engagement, question, side, language, len(ends) > 1),
            ),
            f"party:{side}",
        )
        for side in instrument.perspectives
        for question in instrument.questions(side)
        if question.facet.scale.kind == "rating"
    )
    values = sorted(
        {
            value
            for question in instrument.questions()
            if question.facet.scale.kind == "rating"
            for value in range(question.facet.scale.low, question.facet.scale.high + 1)
        }
    )
    return OpenForm(
        instrument.speaks[0],
        CARD,
        words("openform.card.title", name=instrument.title[language]),
        (
            words("openform.card.help.fill"),
            *(ends if len(ends) == 1 else ()),
            words("openform.card.help.open"),
        ),
        (words("openform.card.who"), words("openform.card.statement")),
        rows,
        (
            OpenField(
                "answer",
                words("openform.card.answer"),
                tuple((str(value), str(value)) for value in values),
                12,
            ),
            OpenField("because", words("openform.card.because"), width=40),
        ),
    )


def _ends(question: Question, language: str) -> str:
    """What the lowest and the highest answer say."""
    choices = question.facet.scale.choices
    return " … ".join(f"{one.value} {one.label[language]}" for one in (choices[0], choices[-1]))


def _asked(
    engagement: Engagement, question: Question, side: str, language: str, scaled: bool
) -> str:
    """A question in the side's own words; its facet and scale where not all have the same."""
    said = engagement.instrument.wording(question.item, side, language)
    facets = [f for f in question.item.facets if f.scale.kind == "rating"]
    facet = f" – {question.facet.label[language]}" if len(facets) > 1 else ""
    return f"{said}{facet}" + (f" ({_ends(question, language)})" if scaled else "")


def cards_of(ctx: Context) -> Mapping[str, Mapping[str, OpenLine]]:
    """What small sides said openly, by side and question; a side that has figures has no card here."""
    found: dict[str, dict[str, OpenLine]] = {}
    for line in ctx.records.sheet(ctx.instrument.speaks[0], CARD):
        side = line.scope.removeprefix("party:")
        if line.row in ctx.instrument.keys and not _shown(ctx, side):
            found.setdefault(side, {})[line.row] = line
    return found


def _shown(ctx: Context, side: str) -> bool:
    """Whether any figure of a side's group is printed."""
    group = ctx.released.group(side)
    asked = [_measure(question) for question in ctx.instrument.questions(side)]
    return group is not None and any(ctx.score(one, group.id).shown for one in asked)


def _measure(question: Question) -> str:
    """What a question is measured by: one that makes a score is turned the right way."""
    section = question.section
    return section.measure(question.item) if section.score_facet else question.key


def on_card(ctx: Context, side: str, key: str) -> str:
    """A side's open answer as it is printed; empty where there is none."""
    line = cards_of(ctx).get(side, {}).get(key)
    value = line.field("answer") if line else ""
    return ctx.words("openform.card.mark", value=value) if value else ""


def said_openly(ctx: Context) -> tuple[Block, ...]:
    """The cards of small sides, each answer beside what others' figures say of the same question."""
    w = ctx.words
    blocks: list[Block] = []
    for side, card in cards_of(ctx).items():
        others = [
            group.id
            for group in ctx.released.groups
            if side not in group.perspectives
            and any(ctx.score(_measure(ctx.instrument.keys[key]), group.id).shown for key in card)
        ]
        rows: list[tuple[Text, ...]] = []
        for key, line in card.items():
            question = ctx.instrument.keys[key]
            facets = [f for f in question.item.facets if f.scale.kind == "rating"]
            named = ctx.wording(question.item).rstrip(".")
            said = f"{named} – {ctx.text(question.facet.label)}" if len(facets) > 1 else named
            scores = [ctx.score(_measure(question), g) for g in others]
            figures = (ctx.with_interval(one) if one.shown else "–" for one in scores)
            value = line.field("answer")
            mark = w("openform.card.mark", value=value) if value else MARK
            rows.append((said, *figures, mark, line.field("because") or "–"))
        names = (ctx.label(g, short=True) for g in others)
        blocks += [
            Heading(w("openform.card.heading", group=ctx.named(side, "in_text")), level=2),
            Table(
                (
                    w("openform.card.statement"),
                    *names,
                    w("openform.card.seen"),
                    w("openform.card.because"),
                ),
                tuple(rows),
                align=("left", *("right",) * len(others), "right", "left"),  # type: ignore[arg-type]
                widths=(3.0, *(1.2,) * len(others), 0.8, 2.6),
                compact=True,
                summary=w("openform.card.heading", group=ctx.named(side, "in_text")),
            ),
            Note(w("openform.card.note")),
        ]
    return tuple(blocks)


def card_sheet(ctx: Context, side: str) -> tuple[Block, ...]:
    """A side's card to write on."""
    w = ctx.words
    form = card_form(ctx.engagement, w).of(f"party:{side}")
    alone = OpenForm(
        form.tool,
        form.name,
        form.title,
        form.help,
        form.heads[1:],
        tuple(OpenRow(row.id, row.about[1:], row.scope) for row in form.rows),
        form.fields,
    )
    return (
        Heading(
            form.title, kicker=w("openform.card.sheet.kicker", group=ctx.named(side, "in_text"))
        ),
        *(Paragraph(text) for text in form.help),
        alone.paper(about=60),
        Note(w("openform.card.sheet.seen_by")),
    )
