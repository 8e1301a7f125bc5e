"""Answers in own words go through the same door as numbers.

A comment is printed only if a person has passed it, if whoever wrote it stands in the version
(a late person's comment waits as their answers do), and if the side they answered from is as large
as everything needs that says more than a mean.  It is printed without its side; but who reads it
often knows whose view it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hrkit.answers.codes import token
from hrkit.disclosure.cells import groups_of, inside
from hrkit.disclosure.kept.hold import NOTHING, hold_back
from hrkit.disclosure.kept.record import versions_of
from hrkit.disclosure.kept.versions import thresholds
from hrkit.disclosure.keys import keys_of
from hrkit.disclosure.least import least_of
from hrkit.disclosure.released import Comment, Group
from hrkit.disclosure.wave import PRESENCE, WaveAnswers, wave_of
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from pandas import DataFrame

    from hrkit.answers.responses import Responses

__all__ = ["Remark", "comments_of", "for_review", "sides_of_comments"]


@dataclass(frozen=True)
class Remark:
    """A comment as the person who passes comments sees it.

    Attributes
    ----------
    side
        How many people stand in the reported group it comes from.
    stands
        Whether its writer's answers are in what is shown now.
    rated
        Whether its writer rated anything, so that a mean can count them.
    printed
        Whether it would be printed if it were passed, as far as these tell.  Which means may be
        shown is decided when a version is made: where every mean of the writer is withheld, it waits.
    """

    id: str
    item: str
    text: str
    side: int
    stands: bool
    rated: bool
    printed: bool


def sides_of_comments(wave: WaveAnswers, groups: Sequence[Group]) -> Mapping[str, int]:
    """Token of everybody who stands in a version to how many stand in their group."""
    counted = wave.counted(PRESENCE)
    found: dict[str, int] = {}
    for group in groups:
        rows = np.flatnonzero(inside(wave, group) & counted).tolist() if wave.token else []
        people = {wave.token[i] for i in rows}
        found |= dict.fromkeys(people, len(people))
    return found


def comments_of(
    engagement: Engagement,
    texts: DataFrame | None,
    wave: WaveAnswers,
    groups: Sequence[Group],
    details: int,
    told: Sequence[npt.NDArray[np.bool_]] | None = None,
    sensitive: Mapping[str, int] = NOTHING,
) -> tuple[Comment, ...]:
    """Comments to print, in the order of their words.

    Parameters
    ----------
    texts
        Columns ``id, item, text, respondent``; None for no comments.
    told
        The rows behind each mean of the whole organisation that is shown: who stands in none of
        them waits.  None where nothing of the wave has a mean.
    sensitive
        Question to how large the writer's side has to be, where that is more than ``details``.
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
    if told is not None:
        those = np.flatnonzero(np.logical_or.reduce([np.zeros(len(wave), dtype=bool), *told]))
        stand = {wave.token[i] for i in those.tolist()} if wave.token else set()
        sides = {who: n for who, n in sides.items() if who in stand}
    every: list[Any] = list(texts.itertuples(index=False))
    rows = [
        row
        for row in every
        if row.id in cleared
        and row.item not in kept_back
        and sides.get(token(row.respondent), 0) >= max(details, sensitive.get(row.item, 0))
    ]
    return tuple(
        Comment(row.item, cleared[row.id].theme, cleared[row.id].text or row.text)
        for row in sorted(rows, key=lambda row: (row.item, row.text))
    )


def for_review(
    responses: Responses,
    engagement: Engagement,
    wave: str,
    texts: DataFrame,
    kept: Sequence[Mapping[str, Any]] = (),
) -> tuple[Remark, ...]:
    """The comments of a wave for the person who passes them, with the size of their side.

    Parameters are those of `hrkit.disclosure.tables.make`.
    """
    engagement = engagement.as_in(wave)
    measures = keys_of(engagement.instrument)
    before = versions_of(kept, measures)
    engagement = thresholds(engagement, before)
    k, details = engagement.protection.scores, engagement.protection.details
    data = wave_of(responses, engagement.instrument, [unit.id for unit in engagement.units])
    groups = before.groups(groups_of(data, k), data.perspectives)
    least = least_of(engagement, before.released)
    past, _ = hold_back(
        data,
        before,
        groups,
        measures,
        k,
        details=details,
        sensitive=least.sensitive,
        root=engagement.root.id,
        within={},
    )
    standing = sides_of_comments(past.wave, groups)
    size = {
        perspective: next(
            (
                standing[t]
                for t, its in zip(past.wave.token, past.wave.perspective, strict=True)
                if t in standing and past.wave.perspectives[its] in group.perspectives
            ),
            0,
        )
        for group in groups
        for perspective in group.perspectives
    }
    keys = engagement.instrument.keys
    ratings = [j for j, key in enumerate(past.wave.keys) if keys[key].facet.scale.kind == "rating"]
    rows = np.flatnonzero(np.isfinite(past.wave.turned[:, ratings]).any(axis=1)).tolist()
    # Where nothing is rated, nobody has to have rated anything.
    rating = {past.wave.token[i] for i in rows} if ratings else set(standing)
    found = []
    row: Any  # a named tuple of the table's columns, all text
    for row in texts.itertuples(index=False):
        writer, side = token(row.respondent), size.get(row.perspective, 0)
        stands, rated = writer in standing, writer in rating
        printed = stands and rated and side >= least.more(row.item)
        found.append(Remark(row.id, row.item, row.text, side, stands, rated, printed))
    return tuple(found)
