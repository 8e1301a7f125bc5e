"""Open answers in themes: only those a person has passed for print, without their group."""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.blocks import Block, Bullets, Card, Grid, Heading, Note, Paragraph, Quote, Together
from hrkit.model.instrument import Question
from hrkit.report.chapter import Chapter
from hrkit.report.context import Context
from hrkit.report.worksheets.questions import unfigured

__all__ = ["OpenQuestions", "comments", "comments_asked"]


#: At most so many comments do not start a page of their own.
FEW = 3


def comments(ctx: Context) -> tuple[Chapter, ...]:
    """The comments, with a sheet of what was asked for them; nothing where there are none."""
    blocks, asked = _page(ctx), comments_asked(ctx)
    sheet = unfigured(ctx, (*asked.told, *asked.rest))
    return (Chapter(blocks, (sheet,) if blocks and sheet.rows else ()),)


def _page(ctx: Context) -> tuple[Block, ...]:
    """The comments by theme, by question where they have none."""
    w = ctx.words
    if not ctx.released.comments:
        return ()
    # A few comments share the page before them, where there is room.
    few = len(ctx.released.comments) <= FEW
    blocks: list[Block] = [
        Heading(w("sections.comments.title"), new_page=not few),
        Paragraph(w("sections.comments.lead"), lead=True),
    ]
    for title, texts in _themes(ctx).items():
        rows = [
            Grid(tuple((Quote(text),) for text in pair), (1.0,) * len(pair))
            if len(pair) > 1
            else Quote(pair[0])
            for pair in _rows(texts)
        ]
        # The heading stays with its first quotes.
        blocks += [Together((Heading(title, level=2), rows[0])), *rows[1:]]
    talk = Bullets(tuple(w(f"sections.comments.talks.{i}") for i in (1, 2, 3)))
    card = Together((Card(w("sections.comments.talk"), (talk,)),))
    note = w("sections.comments.note")
    spoken = {ctx.language, ctx.engagement.language, *ctx.engagement.languages}
    if len(spoken) > 1:
        note += " " + w("sections.comments.language")
    page = (*blocks, Note(note), *_rest(ctx), card)
    return (Together(page),) if few else page


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Open questions that the page of comments speaks of: with their answers, and without any."""

    told: tuple[Question, ...]
    rest: tuple[Question, ...]


def comments_asked(ctx: Context) -> OpenQuestions:
    """Questions whose answers are printed as their own, and those of the same sections of which none is."""
    asked = [q for q in ctx.instrument.questions() if q.facet.release == "texts"]
    released = {c.question for c in ctx.released.comments}
    own = {c.question for c in ctx.released.comments if not c.theme}
    told = tuple(q for q in asked if q.item.id in own)
    sections = {q.section.id for q in told}
    rest = tuple(q for q in asked if q.section.id in sections and q.item.id not in released)
    return OpenQuestions(told, rest)


def _rest(ctx: Context) -> tuple[Block, ...]:
    """The questions without a printed answer: what was asked is not lost."""
    names = tuple(dict.fromkeys(ctx.wording(q.item) for q in comments_asked(ctx).rest))
    if not names:
        return ()
    return (Together((Bullets(names), Note(ctx.words("general.texts_none")))),)


def _themes(ctx: Context) -> dict[str, list[str]]:
    """Comments by title: themes in the order they first occur, then questions as asked."""
    items = ctx.instrument.items
    themes: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {id: [] for id in items}
    for comment in ctx.released.comments:
        if comment.theme:
            themes.setdefault(comment.theme, []).append(comment.text)
        else:
            asked.setdefault(comment.question, []).append(comment.text)
    for id, texts in asked.items():
        if texts:
            title = ctx.wording(items[id]) if id in items else ctx.words("sections.comments.title")
            themes.setdefault(title, []).extend(texts)
    return themes


#: Longest comment that stands beside another, in characters.
_SHORT = 140


def _rows(texts: list[str]) -> list[tuple[str, ...]]:
    """Short comments two by two, long ones alone, in the order given."""
    rows: list[tuple[str, ...]] = []
    for text in texts:
        fits = rows and len(rows[-1]) == 1 and max(len(text), len(rows[-1][0])) <= _SHORT
        if fits:
            rows[-1] = (*rows[-1], text)
        else:
            rows.append((text,))
    return rows
