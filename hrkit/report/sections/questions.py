"""Whatever no dimension page prints, section by section: what was asked, of whom, and the figures.

For an instrument without dimensions this is the whole picture; beside dimensions it holds what
stands apart from them: sections without a score, and further facets of a statement.  Every
question of an instrument is found here, on a dimension's page, on the page of importance, among
the comments or, if open and without a printed answer, on the page of method; where nothing of it
may be shown, it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from hrkit.blocks import (
    Block,
    Bullets,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Together,
)
from hrkit.blocks.svg import aspect
from hrkit.model.instrument import Question, Section
from hrkit.report.chapter import Chapter, charted
from hrkit.report.charts.base import TEXT_WIDTH
from hrkit.report.context import Context
from hrkit.report.sections.comments import comments_asked
from hrkit.report.sections.picked import picked_of
from hrkit.report.sections.question_figures import by_group, figures_of, row_name
from hrkit.report.sections.read_out import lists
from hrkit.report.worksheets.questions import counted, rated, shared, unfigured

__all__ = ["elsewhere", "questions", "questions_left", "questions_unanswered"]

#: Most inches of a chart that the head of a section finds room beside on a page begun.
BESIDE = 4.4


@dataclass(frozen=True, slots=True)
class Left:
    """A section and those of its questions that are printed nowhere else."""

    section: Section
    questions: tuple[Question, ...]


def questions(ctx: Context) -> Chapter:
    """A part per section of the instrument, with worksheets of means, shares and counts."""
    left = questions_left(ctx)
    blocks: list[Block] = []
    for i, one in enumerate(left, 1):
        blocks += _section(ctx, one, i, len(left))
    asked = [question for one in left for question in one.questions]
    asked += questions_unanswered(ctx)
    sheets = (rated(ctx, asked), shared(ctx, asked), counted(ctx, asked), unfigured(ctx, asked))
    return Chapter(tuple(blocks), charted(tuple(blocks), [s for s in sheets if s.rows]))


def questions_left(ctx: Context) -> tuple[Left, ...]:
    """Sections with questions that no other page prints, in the order asked."""
    known = elsewhere(ctx) | {question.key for question in questions_unanswered(ctx)}
    found = (
        Left(section, tuple(q for q in asked if q.key not in known))
        for section, asked in groupby(ctx.instrument.questions(), lambda q: q.section)
    )
    return tuple(one for one in found if one.questions)


def questions_unanswered(ctx: Context) -> tuple[Question, ...]:
    """Open questions beside dimensions of which no answer is printed; the page of method names them.

    A list of questions without an answer is no page of a report.
    """
    if not ctx.instrument.dimensions or not lists(ctx, "method"):
        return ()
    spoken = comments_asked(ctx)
    told = {question.key for question in (*spoken.told, *spoken.rest)}
    themed = {comment.question for comment in ctx.released.comments}
    return tuple(
        question
        for question in ctx.instrument.questions()
        if question.facet.release == "texts"
        and question.key not in told
        and question.item.id not in themed
    )


def elsewhere(ctx: Context) -> frozenset[str]:
    """Keys of the questions that a dimension, the page of importance or the comments print."""
    keys: set[str] = set()
    for section in ctx.instrument.dimensions:
        keys |= {section.measure(item) for item in section.scored}
        keys |= {section.importance.id} if section.importance else set()
    keys |= {ctx.instrument.ballot.key} if ctx.instrument.ballot else set()
    spoken = comments_asked(ctx)
    return frozenset(keys) | {question.key for question in (*spoken.told, *spoken.rest)}


def _section(ctx: Context, left: Left, i: int, n: int) -> list[Block]:
    w, section = ctx.words, left.section
    scored = section.score_facet is not None
    head: list[Block] = [
        Heading(
            ctx.name(section),
            # One part of one is no numbering.
            kicker=w("general.kicker_more") if scored or n == 1 else w("general.kicker", i=i, n=n),
        ),
        *(() if scored else (Paragraph(ctx.text(section.about), lead=True),)),
        Note(_asked(ctx, left.questions)),
    ]
    figures = [*figures_of(ctx, left.questions), *picked_of(ctx, left.questions)]
    figures += _counts(ctx, left)
    parts = [*figures, *_texts(ctx, left), *_nothing(ctx, left)]
    # The heading stays with the first figure, each figure with its own.
    parts = _said_once(parts)
    first = parts[0] if parts else ()
    # Head and figure stay together; where they would fill a page, the section begins one.
    # A list of questions and nothing else shares the page before it.
    page = (PageBreak(),) if (i == 1 and (figures or n > 1)) or _tall(first) else ()
    return [*page, Together((*head, *first)), *(Together(part) for part in parts[1:])]


def _tall(part: Sequence[Block]) -> bool:
    figure = next((block for block in part if isinstance(block, Figure)), None)
    return figure is not None and aspect(figure.svg) * TEXT_WIDTH > BESIDE


def _said_once(parts: Sequence[tuple[Block, ...]]) -> list[tuple[Block, ...]]:
    """The same small print stands under the first figure only."""
    said: set[object] = set()
    found = []
    for part in parts:
        kept = tuple(b for b in part if not (isinstance(b, Note) and b.text in said))
        said |= {b.text for b in part if isinstance(b, Note)}
        found.append(kept)
    return found


def _asked(ctx: Context, asked: Sequence[Question]) -> str:
    """Of whom, how much, and how many answered."""
    w = ctx.words
    names = dict.fromkeys(p for p in ctx.instrument.perspectives for q in asked if p in q.item.ask)
    said = [
        w("general.asked", n=len(asked), perspectives=w.join([ctx.perspective(p) for p in names]))
    ]
    answered = [
        w("general.answers", group=ctx.label(g.id), low=min(n), high=max(n))
        if min(n) != max(n)
        else w("general.answers_even", group=ctx.label(g.id), n=n[0])
        for g in ctx.released.groups
        if (n := _numbers(ctx, asked, g.id))
    ]
    few = [
        ctx.label(g.id)
        for g in ctx.released.groups
        if not _numbers(ctx, asked, g.id)
        and any(set(g.perspectives) & set(q.item.ask) for q in asked)
    ]
    if answered:
        said.append(w("general.answered", list=" · ".join(answered)))
    if few and any(q.facet.release in ("means", "shares", "picks") for q in asked):
        said.append(w("general.few", list=w.join(few)))
    return " ".join(said)


def _numbers(ctx: Context, asked: Iterable[Question], group: str) -> list[int]:
    found = []
    for question in asked:
        row = ctx.released
        shown = (
            ctx.score(question.key, group).n
            if ctx.score(question.key, group).shown
            else row.share(question.key, group).n or row.ballot(question.key, group).n
        )
        found += [shown] if shown else []
    return found


def _counts(ctx: Context, left: Left) -> list[tuple[Block, ...]]:
    """How many answered, where the instrument shows no more than that."""
    asked = [q for q in left.questions if q.facet.release == "counts"]
    if not asked:
        return []
    w = ctx.words
    table: Mapping[tuple[str, str], int | None] = {
        (c.measure, c.group): c.n for c in ctx.released.counts
    }
    groups = [g.id for g in ctx.released.groups if any((q.key, g.id) in table for q in asked)]
    few = w("report.summary.few", k=ctx.released.threshold)
    rows = tuple(
        (
            _full(ctx, q),
            *(
                "–"
                if (q.key, g) not in table
                else few
                if (n := table[q.key, g]) is None
                else str(n)
                for g in groups
            ),
        )
        for q in asked
    )
    title = w("general.counts")
    listed = by_group(ctx, groups, rows, 1.0, title)
    return [(Heading(title, level=2), listed, Note(w("general.counts_note")))]


def _full(ctx: Context, question: Question) -> str:
    """An item with its facet, where it has several."""
    name = row_name(ctx, question.item)
    if len(question.item.facets) == 1:
        return name
    return ctx.words("general.full", item=name, facet=ctx.text(question.facet.label))


def _texts(ctx: Context, left: Left) -> list[tuple[Block, ...]]:
    """Open questions whose answers are not printed under the question's own words."""
    asked = [q for q in left.questions if q.facet.release == "texts"]
    if not asked:
        return []
    said = any(c.question in {q.item.id for q in asked} for c in ctx.released.comments)
    note = ctx.words("general.texts_themes" if said else "general.texts_none")
    return [_listed(ctx, asked, ctx.words("general.texts"), note)]


def _nothing(ctx: Context, left: Left) -> list[tuple[Block, ...]]:
    """Questions of which the instrument shows nothing."""
    asked = [q for q in left.questions if q.facet.release == "nothing"]
    if not asked:
        return []
    return [_listed(ctx, asked, ctx.words("general.nothing"), ctx.words("general.nothing_note"))]


def _listed(ctx: Context, asked: Sequence[Question], title: str, note: str) -> tuple[Block, ...]:
    names = tuple(dict.fromkeys(_full(ctx, q) for q in asked))
    return (Heading(title, level=2), Bullets(names), Note(note))
