"""What is kept of one person, as a page for that person: what, what became of it, what nobody can say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.blocks import Block, Bullets, Heading, Paragraph, Table
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words

__all__ = ["KeptOfSubject", "subject_blocks"]


@dataclass(frozen=True, slots=True)
class KeptOfSubject:
    """What is kept of somebody in one wave, in words; empty texts are not known.

    Attributes
    ----------
    questionnaire
        What was asked, by its title.
    answers
        Rows with ``question`` and ``answer``.
    earlier
        The same of what stood before imports took its place.
    versions, frozen
        How many versions were issued, and the day the wave was released.
    printed
        Own words that stood in a version that was issued.
    """

    questionnaire: str
    wave: str
    unit: str
    perspective: str
    tier: str
    pair: str
    language: str
    hasty: bool | None
    source: str
    answers: Sequence[Mapping[str, str]]
    earlier: Sequence[Sequence[Mapping[str, str]]]
    versions: int
    frozen: str
    printed: Sequence[str]


def subject_blocks(
    kept: Sequence[KeptOfSubject], words: Words, engagement: Engagement, day: dt.date
) -> tuple[Block, ...]:
    """The page, from what is kept in each wave."""
    w = words
    blocks: list[Block] = [
        Heading(w("duties.subject.title")),
        Paragraph(w("duties.subject.lead", client=engagement.client, date=w.date(day)), lead=True),
    ]
    for one in kept:
        blocks += [Heading(f"{one.questionnaire} · {one.wave}", level=2), _about(one, w)]
        blocks.append(_answers(one.answers, w))
        for before in one.earlier:
            blocks += [Paragraph(w("duties.subject.earlier")), _answers(before, w)]
        blocks.append(Paragraph(" ".join(_became(one, w, engagement))))
    cannot = ("without_code", "room", "records", "copies")
    blocks += [
        Heading(w("duties.subject.cannot_title"), level=2),
        Bullets(tuple(w(f"duties.subject.cannot.{name}") for name in cannot)),
        Paragraph(w("duties.subject.rights")),
    ]
    return tuple(blocks)


def _answers(given: Sequence[Mapping[str, str]], w: Words) -> Table:
    rows = tuple((row["question"], row["answer"]) for row in given)
    columns = (w("duties.subject.question"), w("duties.subject.answer"))
    return Table(columns, rows, widths=(3.2, 2.0), summary=w("duties.subject.summary"))


def _about(one: KeptOfSubject, w: Words) -> Table:
    known = (
        ("perspective", one.perspective),
        ("unit", one.unit),
        ("tier", one.tier),
        ("pair", one.pair),
        ("language", one.language),
        ("source", one.source),
        ("hasty", "" if one.hasty is None else w(f"duties.subject.{'yes' if one.hasty else 'no'}")),
    )
    rows = tuple((w(f"duties.subject.{name}"), text) for name, text in known if text)
    columns = (w("duties.subject.what"), w("duties.subject.kept"))
    return Table(columns, rows, widths=(2.0, 3.2), summary=w("duties.subject.summary"))


def _became(one: KeptOfSubject, w: Words, engagement: Engagement) -> list[str]:
    """What became of the answers in this wave."""
    k = engagement.protection.scores
    if one.frozen:
        day = w.date(dt.date.fromisoformat(one.frozen))
        found = [w("duties.subject.frozen", date=day, k=k)]
    elif one.versions:
        found = [w("duties.subject.issued", k=k)]
    else:
        found = [w("duties.subject.unissued")]
    if one.printed:
        found.append(w("duties.subject.printed"))
    return found
