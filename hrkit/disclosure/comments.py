"""Answers in own words go through the same door as numbers.

A comment is printed only if a person has passed it, if whoever wrote it stands in the version
(a late person's comment waits as their answers do), and if the side they answered from is as large
as everything needs that says more than a mean.  It is printed without its side; but who reads it
often knows whose view it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hrkit.answers.codes import token
from hrkit.disclosure.released import Comment, Group
from hrkit.disclosure.wave import PRESENCE, Wave, inside
from hrkit.model.engagement import Engagement

__all__ = ["comments_of", "sides_of_comments"]


def sides_of_comments(wave: Wave, groups: Sequence[Group]) -> Mapping[str, int]:
    """Token of everybody who stands in a version to how many stand in their group."""
    counted = wave.counted(PRESENCE)
    found: dict[str, int] = {}
    for group in groups:
        rows = np.flatnonzero(inside(wave, group) & counted).tolist() if wave.token else []
        people = {wave.token[i] for i in rows}
        found |= dict.fromkeys(people, len(people))
    return found


def comments_of(
    engagement: Engagement, texts: Any, wave: Wave, groups: Sequence[Group], details: int
) -> tuple[Comment, ...]:
    """Comments to print, in the order of their words.

    Parameters
    ----------
    texts
        Columns ``id, item, text, respondent``; None for no comments.
    """
    if texts is None:
        return ()
    cleared = {comment.id: comment for comment in engagement.comments}
    # A question whose answers are only counted, or not even that, prints none.
    kept_back = {
        question.item.id
        for question in engagement.instrument.questions()
        if question.facet.scale.kind == "text" and question.facet.release != "texts"
    }
    sides = sides_of_comments(wave, groups)
    rows: list[Any] = [
        row
        for row in texts.itertuples(index=False)
        if row.id in cleared
        and row.item not in kept_back
        and sides.get(token(row.respondent), 0) >= details
    ]
    return tuple(
        Comment(row.item, cleared[row.id].theme, cleared[row.id].text or row.text)
        for row in sorted(rows, key=lambda row: (row.item, row.text))
    )
