"""A paper about the duties as blocks, and the impact assessment as the CNIL tool's JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hrkit.blocks import Block, Callout, Heading, Paragraph, Table
from hrkit.model.duty_papers import Duty, DutyRow
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words

__all__ = ["cnil", "duty_blocks"]

#: Questions of the CNIL tool that are answered with a list.
_LISTS = frozenset(n + kind for n in (320, 330, 340) for kind in (1, 2, 3))
#: Questions there for which safeguards are chosen.
_CHOSEN = (324, 334, 344)


def duty_blocks(paper: Duty, words: Words) -> tuple[Block, ...]:
    """A paper: what it is, that it has to be checked, its points, part by part."""
    columns = (words("duties.papers.what"), words("duties.papers.said"))
    blocks: list[Block] = [
        Heading(paper.title, kicker=paper.to),
        Callout(words("duties.papers.mark"), "warning"),
    ]
    if paper.intro:
        blocks.append(Paragraph(paper.intro, lead=True))
    for part in paper.parts:
        rows = tuple((row.label, row.text) for row in part.rows)
        blocks += [
            Heading(part.title, level=2),
            Table(columns, rows, widths=(1.4, 3.6), summary=words("duties.papers.summary")),
        ]
    if paper.closing:
        blocks.append(Paragraph(paper.closing))
    return tuple(blocks)


def cnil(
    paper: Duty, words: Words, engagement: Engagement, day: dt.date
) -> Mapping[str, Any] | None:
    """A paper as an export of the CNIL's tool, to be imported there; None if it answers none of its questions.

    The numbers of questions and the shape are those of the tool (LINCnil/pia): an answer has a text, a
    gauge from 1 to 4 or none, and a list; safeguards stand by themselves and are named where they are chosen.
    """
    asked = [row for row in paper.rows if row.pia]
    if not asked:
        return None
    stamp = f"{day.isoformat()}T00:00:00.000Z"
    safeguards = [row for row in paper.rows if row.measure]
    answers: list[dict[str, Any]] = [
        {
            "id": n,
            "pia_id": 1,
            "reference_to": row.pia,
            "data": _answer(row),
            "created_at": stamp,
            "updated_at": stamp,
        }
        for n, row in enumerate(asked, 1)
    ]
    answers += [
        {
            "id": len(asked) + n,
            "pia_id": 1,
            "reference_to": number,
            "data": {"text": None, "gauge": None, "list": [row.label for row in safeguards]},
            "created_at": stamp,
            "updated_at": stamp,
        }
        for n, number in enumerate(_CHOSEN, 1)
        if safeguards
    ]
    measures = [
        {
            "id": n,
            "pia_id": 1,
            "title": row.label,
            "content": row.text,
            "placeholder": "measures.default_placeholder",
            "created_at": stamp,
            "updated_at": stamp,
        }
        for n, row in enumerate(safeguards, 1)
    ]
    about = {
        "id": 1,
        "status": 0,
        "name": f"{paper.title} – {engagement.client}",
        "category": words("duties.papers.mark"),
        "author_name": engagement.consultant.name,
        "evaluator_name": engagement.duties.officer,
        "validator_name": "",
        "dpo_status": None,
        "dpo_opinion": "",
        "concerned_people_opinion": "",
        "concerned_people_status": None,
        "concerned_people_searched_opinion": None,
        "concerned_people_searched_content": "",
        "rejected_reason": "",
        "applied_adjustements": "",
        "dpos_names": engagement.duties.officer,
        "people_names": "",
        "is_example": 0,
        "created_at": stamp,
        "updated_at": stamp,
    }
    return {
        "pia": about,
        "answers": answers,
        "measures": measures,
        "evaluations": [],
        "comments": [],
    }


def _answer(row: DutyRow) -> dict[str, Any]:
    if row.pia in _LISTS:
        told = [one.strip(" .") for one in row.text.split(";")]
        return {"text": None, "gauge": None, "list": [one for one in told if one]}
    return {"text": row.text, "gauge": row.gauge or None, "list": []}
