"""A paper to write on, as blocks: what an action hands over, with room for what is agreed.

In: a `Paper` and words.  Out: blocks of one sheet.  No figure of a survey is ever on it, so it may be
printed, copied and given away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hrkit.blocks import (
    Block,
    Bullets,
    Grid,
    Heading,
    Note,
    Paragraph,
    Table,
    Text,
    Together,
)
from hrkit.model.language import Words
from hrkit.model.papers import Paper, Piece, Prompt
from hrkit.report.handouts.room import BOX, GROUND, box, room

__all__ = ["paper_blocks"]

#: Cards on a sheet.
CARDS = 2
#: Lines of a sheet that still leave two lines to every cell of a table.
LOOSE, LOOSE_LINES = 32, 2


def paper_blocks(paper: Paper, words: Words, who: Callable[[str], str]) -> tuple[Block, ...]:
    """One sheet of paper.

    Parameters
    ----------
    paper
        What stands on it.
    words
        Of the language it is printed in.
    who
        An owner or a perspective as it is called.
    """
    language = words.language
    loose = _height(paper) <= (LOOSE if paper.size == "page" else LOOSE / 2)
    lines = LOOSE_LINES if loose else 1
    told = [words("papers.filled", who=words.join([who(one) for one in paper.who]))]
    told += [words("papers.about", minutes=paper.minutes)] if paper.minutes else []
    head: tuple[Block, ...] = (
        Heading(paper.title[language]),
        Paragraph(paper.use[language], lead=lines == LOOSE_LINES),
        Note(" · ".join(told)),
    )
    parts = tuple(block for part in paper.parts for block in _part(part, words, lines))
    foot: list[Block] = []
    if paper.note:
        foot.append(Note(paper.note[language]))
    if paper.legal:
        foot.append(Note(words("papers.legal")))
    if paper.size == "cards":
        card = (Heading(paper.title[language], level=2), *parts, *foot)
        return (*head, Grid((card,) * CARDS, (1.0,) * CARDS))
    return (*head, *parts, *foot)


def _height(paper: Paper) -> int:
    """About how many lines a sheet takes if each cell of its tables has two."""
    return sum(
        2 + sum(prompt.lines + 1 for prompt in part.items) + 2 * (len(part.rows) + part.blank)
        for part in paper.parts
    )


def _part(part: Piece, words: Words, lines: int) -> Iterator[Block]:
    language = words.language
    made = tuple(_KINDS[part.kind](part, words, lines))
    if part.title is None:
        yield from made
    else:
        yield Together((Heading(part.title[language], level=2), *made))


def _questions(part: Piece, words: Words, lines: int) -> Iterator[Block]:
    """Prompts with room to write under them."""
    for prompt in part.items:
        yield box(prompt.text[words.language], max(prompt.lines, 1), compact=True)


def _table(part: Piece, words: Words, lines: int) -> Iterator[Block]:
    language = words.language
    columns = tuple(column.text[language] for column in part.columns)
    lines = part.lines or lines
    empty = (room(lines),) * (len(columns) - 1)
    rows: tuple[tuple[Text, ...], ...] = tuple((name[language], *empty) for name in part.rows)
    rows += tuple((room(lines), *empty) for _ in range(part.blank))
    named = bool(part.rows)
    yield Table(
        columns,
        rows,
        widths=tuple(column.width for column in part.columns),
        row_headers=named,
        shades=tuple(
            ("" if named and i < len(part.rows) else GROUND, *(GROUND,) * len(empty))
            for i in range(len(rows))
        ),
        compact=True,
        summary=_summary(part, words),
    )


def _checklist(part: Piece, words: Words, lines: int) -> Iterator[Block]:
    yield Paragraph("\n".join(f"{BOX}  {prompt.text[words.language]}" for prompt in part.items))


def _steps(part: Piece, words: Words, lines: int) -> Iterator[Block]:
    """Numbered steps; with who and when where any of them says so."""
    language = words.language
    if not any(prompt.who or prompt.when for prompt in part.items):
        yield Bullets(tuple(prompt.text[language] for prompt in part.items), ordered=True)
        return
    yield Table(
        ("#", words("papers.step"), words("papers.who"), words("papers.when")),
        tuple(_step(i, prompt, language) for i, prompt in enumerate(part.items, 1)),
        widths=(0.3, 3.0, 1.8, 1.4),
        compact=True,
        summary=_summary(part, words),
    )


def _step(i: int, prompt: Prompt, language: str) -> tuple[Text, ...]:
    return (
        str(i),
        prompt.text[language],
        prompt.who[language] if prompt.who else "",
        prompt.when[language] if prompt.when else "",
    )


def _text(part: Piece, words: Words, lines: int) -> Iterator[Block]:
    yield Paragraph(part.items[0].text[words.language])


def _signatures(part: Piece, words: Words, lines: int) -> Iterator[Block]:
    """Who agrees, and when it is looked at again."""
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (prompt.text[words.language], room(lines)) for prompt in part.items
    )
    rows += ((words("papers.again"), room(lines)),)
    yield Table(
        (words("papers.agreed"), words("papers.signed")),
        rows,
        widths=(1.5, 3.0),
        shades=tuple(("", GROUND) for _ in rows),
        compact=True,
        summary=words("papers.agreed"),
    )


def _summary(part: Piece, words: Words) -> str:
    if part.title is not None:
        return part.title[words.language]
    return ", ".join(column.text[words.language] for column in part.columns) or words("papers.step")


#: A kind of part to what makes its blocks, with how many lines a cell to write in has.
_KINDS: Mapping[str, Callable[[Piece, Words, int], Iterator[Block]]] = {
    "questions": _questions,
    "table": _table,
    "checklist": _checklist,
    "steps": _steps,
    "text": _text,
    "signatures": _signatures,
}
