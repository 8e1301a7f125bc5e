"""The questionnaire on paper, in the wording of one perspective.

In: an engagement and words.  Out: blocks.  Each statement has the number and the digits under which
the keying page types it in (`hrkit.model.digits`).  No name is asked, and no code stands on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from hrkit.blocks import Block, Heading, Note, Paragraph, Table, Text, Together, b
from hrkit.model.belonging import asked_of
from hrkit.model.digits import digits, numbered
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question, Scale
from hrkit.model.language import Words
from hrkit.model.told import groups_told
from hrkit.report.handouts.room import BOX, GROUND, room

__all__ = ["form_pages"]

#: Lines for an answer in own words.
_LINES = 5
#: Most digits that stand in a row beside a statement.
_WIDEST = 12
_LEFT: tuple[Literal["left"], ...] = ("left", "left")
_CENTRE: tuple[Literal["center"], ...] = ("center",)


def form_pages(engagement: Engagement, perspective: str, words: Words) -> tuple[Block, ...]:
    """All that a perspective is asked, to be ringed and written in.

    Parameters
    ----------
    engagement
        As the wave is asked, with its units.
    """
    instrument, language = engagement.instrument, words.language
    role = str(instrument.people.one(perspective).name("role", language))
    audience = engagement.audience.get(language, "")
    told = groups_told(engagement, words, perspective)
    found: list[Block] = [
        Heading(instrument.title[language]),
        Paragraph(instrument.intro[language]),
        Paragraph((b(words("papers.form.as", role=role)),)),
        Paragraph(
            " ".join(part for part in (told, audience, words("forms.welcome.law.text")) if part)
        ),
        Paragraph(words("papers.form.how")),
        *_belongs(engagement, perspective, words),
    ]
    number = 0
    for section, every in groupby(instrument.questions(perspective), lambda q: q.section):
        found.append(Heading(section.name[language], level=2))
        asked = list(every)
        if _side_by_side(asked):
            found += _beside(engagement, asked, perspective, number, words)
            number += len(asked)
            continue
        for scale, some in groupby(asked, lambda q: q.facet.scale):
            questions = list(some)
            if scale.kind == "text":
                found += [_words(one, perspective, engagement, words) for one in questions]
                continue
            if scale.kind == "pick":
                for one in questions:
                    number += 1
                    found.append(_choice(engagement, one, perspective, number, words))
                continue
            found += _rings(engagement, questions, perspective, scale, number, words)
            number += len(questions)
    found.append(Note(words("papers.form.back", who=_contact(engagement))))
    return tuple(found)


def _belongs(engagement: Engagement, perspective: str, words: Words) -> Iterator[Block]:
    """Where somebody works, and what else is asked of them: a box each."""
    language = words.language
    units = [unit.name for unit in engagement.units]
    tiers = [one.name[language] for one in asked_of(engagement.tiers, perspective)]
    pairs = [one.name for one in asked_of(engagement.pairs, perspective)]
    pairs += [words("forms.ui.no_pair")] if pairs else []
    asked = (("unit", units if len(units) > 1 else []), ("tier", tiers), ("pair", pairs))
    for name, listed in asked:
        if listed:
            boxes = "    ".join(f"{BOX}\N{NO-BREAK SPACE}{one}" for one in listed)
            yield Together((Paragraph((b(words(f"forms.ui.{name}")),)), Paragraph(boxes)))


def _rings(
    engagement: Engagement,
    questions: list[Question],
    perspective: str,
    scale: Scale,
    before: int,
    words: Words,
) -> Iterator[Block]:
    language = words.language
    keys = digits(scale)
    named = {one.value: one.label[language] for one in (*scale.choices, *scale.ways_out)}
    # Nothing breaks between a digit and its words.
    legend = [
        f"{key} = {named[value]}".replace(" ", "\N{NO-BREAK SPACE}") for key, value in keys.items()
    ]
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (f"{number}. {_said(engagement, one, perspective, language)}", *keys)
        for number, one in enumerate(questions, before + 1)
    )
    table = Table(
        (words("papers.form.statement"), *keys),
        rows,
        align=("left", *_CENTRE * len(keys)),
        widths=(9.0, *(0.75,) * len(keys)),
        shades=tuple(("", *(GROUND,) * len(keys)) for _ in rows),
        compact=True,
        summary=words("papers.form.summary"),
    )
    yield Together((Note("   ".join(legend)), table))


def _side_by_side(asked: Sequence[Question]) -> bool:
    """Whether each statement is answered in the same ways, which stand beside each other then.

    One below the other they would be a table a question: twelve pages where two are enough.
    """
    items = _by_item(asked)
    ways = [tuple(q.facet.id for q in some) for some in items]
    if len(set(ways)) != 1 or len(ways[0]) < 2:
        return False
    return all(q.facet.scale.kind in ("rating", "category") for q in items[0])


def _by_item(asked: Sequence[Question]) -> list[list[Question]]:
    return [list(some) for _, some in groupby(asked, lambda q: q.item.id)]


def _beside(
    engagement: Engagement,
    asked: Sequence[Question],
    perspective: str,
    before: int,
    words: Words,
) -> Iterator[Block]:
    """A row a statement: its numbers, and the digits of each way in which it is answered.

    Where these are too many for a row there is a box a way instead, for the digit.
    """
    language = words.language
    items = _by_item(asked)
    keys = [digits(one.facet.scale) for one in items[0]]
    ring = sum(map(len, keys)) <= _WIDEST
    legend: dict[str, list[str]] = {}
    for one, mine in zip(items[0], keys, strict=True):
        named = {
            c.value: c.label[language]
            for c in (*one.facet.scale.choices, *one.facet.scale.ways_out)
        }
        said = "   ".join(
            f"{key} = {named[value]}".replace(" ", "\N{NO-BREAK SPACE}")
            for key, value in mine.items()
        )
        legend.setdefault(said, []).append(one.facet.label[language])
    notes = [Note(f"{' · '.join(names)}: {said}") for said, names in legend.items()]
    if ring:
        # An empty column keeps the ways apart.
        head = [cell for mine in keys for cell in ("", *mine)][1:]
        cells, wide = head, [0.75 if key else 0.35 for key in head]
    else:
        head = [one.facet.label[language] for one in items[0]]
        cells, wide = [""] * len(head), [2.2] * len(head)
    rows: list[tuple[Text, ...]] = []
    number = before
    for some in items:
        first, number = number + 1, number + len(some)
        text = engagement.instrument.wording(some[0].item, perspective, language)
        rows.append((f"{first}–{number}. {' '.join(text.split())}", *cells))
    shade = ("", *(GROUND if key or not ring else "" for key in cells))
    table = Table(
        (words("papers.form.statement"), *head),
        tuple(rows),
        align=("left", *_CENTRE * len(head)),
        widths=(9.0, *wide),
        shades=(shade,) * len(rows),
        compact=True,
        summary=words("papers.form.summary"),
    )
    yield Together((*notes, Note(words(f"papers.form.{'beside' if ring else 'boxes'}")), table))


def _choice(
    engagement: Engagement, one: Question, perspective: str, number: int, words: Words
) -> Block:
    """A box for each option; its number is what the keying page takes."""
    scale, language = one.facet.scale, words.language
    named = {choice.value: choice.label[language] for choice in scale.choices}
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (key, named[option], BOX) for key, option in numbered(scale).items()
    )
    said = f"{number}. {_said(engagement, one, perspective, language)}"
    table = Table(
        ("", said, ""),
        rows,
        align=("left", "left", "center"),
        widths=(0.5, 9.0, 0.75),
        row_headers=False,
        compact=True,
        summary=words("papers.form.summary"),
    )
    return Together((table,))


def _said(engagement: Engagement, one: Question, perspective: str, language: str) -> str:
    text = engagement.instrument.wording(one.item, perspective, language)
    if len(one.item.facets) > 1:
        text = f"{text} – {one.facet.label[language]}"
    return " ".join(text.split())


def _words(one: Question, perspective: str, engagement: Engagement, words: Words) -> Block:
    return Table(
        (_said(engagement, one, perspective, words.language),),
        ((room(_LINES),),),
        widths=(1.0,),
        row_headers=False,
        shades=((GROUND,),),
        compact=True,
    )


def _contact(engagement: Engagement) -> str:
    who = engagement.consultant
    return ", ".join(part for part in (who.name, who.organisation, who.email, who.phone) if part)
