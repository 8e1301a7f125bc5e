"""Everything of a wave that is measured, with whom it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.means import Measure
from hrkit.disclosure.released import (
    Group,
)
from hrkit.disclosure.wave import Wave, cells_of, inside, other_ratings, section_items
from hrkit.measure import Scores, moments
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question

if TYPE_CHECKING:
    pass

__all__ = ["Floats", "measures_of", "usual_variance"]


Floats = npt.NDArray[np.float64]


def measures_of(
    wave: Wave, engagement: Engagement, groups: tuple[Group, ...], usual: Mapping[str, float]
) -> Iterator[Measure]:
    """Everything that has a mean: dimensions by unit and chain level; pillars, statements,
    importance and every other rating in the whole organisation.
    """  # noqa: D205
    cells = cells_of(wave, engagement, groups)
    root = engagement.root.id
    whole = [cell for cell in cells if cell.unit == root and not cell.part]
    for d, section in enumerate(engagement.instrument.dimensions):
        assert section.score_facet is not None
        scale = (float(section.score_facet.scale.low), float(section.score_facet.scale.high))
        yield Measure(section.id, wave.scores.score[:, d], _dont_know(wave.scores, d), scale,
                      usual["dimension"], cells)  # fmt: skip
    pillars, found = wave.pillars
    for d, pillar in enumerate(pillars):
        yield Measure(
            pillar, found.score[:, d], _dont_know(found, d), scale, usual["dimension"], whole
        )
    for _, item, key in section_items(engagement.instrument):
        facet = item.facets[0] if len(item.facets) == 1 else engagement.instrument.keys[key].facet
        j = wave.column[key]
        answered = wave.asked[wave.perspective, j] & wave.given[:, j]
        silent = np.where(answered, np.isnan(wave.values[:, j]), np.nan).astype(float)
        scale = (float(facet.scale.low), float(facet.scale.high))
        yield Measure(key, wave.turned[:, j], silent, scale, usual[item.role], whole)
    for question in other_ratings(engagement.instrument):
        j = wave.column[question.key]
        ends = question.facet.scale
        answered = wave.asked[wave.perspective, j] & wave.given[:, j]
        silent = np.where(answered, np.isnan(wave.values[:, j]), np.nan).astype(float)
        yield Measure(question.key, wave.turned[:, j], silent, (float(ends.low), float(ends.high)),
                      usual[_kind(question)], whole)  # fmt: skip


def _kind(question: Question) -> str:
    """Ratings outside the dimensions share a usual variance where they share a scale."""
    return f"{question.facet.scale.low} to {question.facet.scale.high}"


def _dont_know(scores: Scores, d: int) -> Floats:
    """Shape (R,): share of "don't know" among what each was asked and answered in a dimension."""
    answered = (scores.valid[:, d] + scores.dont_know[:, d]).astype(float)
    return np.divide(scores.dont_know[:, d], answered, out=np.full(len(answered), np.nan),
                     where=answered > 0)  # fmt: skip


def usual_variance(wave: Wave, groups: tuple[Group, ...]) -> Mapping[str, float]:
    """Variance usual within a group: of dimension scores, statements and importance ratings.

    Pooled over all groups *and* all measures of the kind, so that from an interval of a small
    group nobody learns how that group's own answers are spread on this one measure.
    """
    members = [inside(wave, group) for group in groups]
    roles: dict[str, str] = {key: item.role for _, item, key in section_items(wave.instrument)}
    roles |= {question.key: _kind(question) for question in other_ratings(wave.instrument)}
    tables = {"dimension": wave.scores.score} | {
        role: wave.turned[:, [wave.column[key] for key, its in roles.items() if its == role]]
        for role in set(roles.values())
    }
    found = {}
    for kind, table in tables.items():
        squares, freedom = 0.0, 0
        for who in members:
            spread = moments(table[who], np.zeros(int(who.sum()), dtype=int), 1)
            squares += float(spread.m2.sum())
            freedom += int(np.maximum(spread.n - 1, 0).sum())
        found[kind] = squares / freedom if freedom else float("nan")
    return found
