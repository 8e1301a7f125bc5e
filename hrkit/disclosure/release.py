"""From a wave's raw answers to the tables that may be shown: the one door.

``release(engagement, wave)`` opens the store, measures, decides measure by measure what may
be published (`protect`) and rounds it.  What comes out is a `Released`; what went in stays here.

For each dimension the candidates are, in this order of importance: each perspective in the
whole organisation, the mean over perspectives, then each perspective in each unit from the
top of the tree down.  Statements and importance ratings are wanted for the whole organisation
only.  The mean over perspectives rests on the perspectives that are released.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.details import agreements, distributions, gaps, priorities, reliabilities
from hrkit.disclosure.means import Draft, Measure, decide, scores_of
from hrkit.disclosure.released import (
    ALL,
    Band,
    Change,
    Comment,
    Group,
    Released,
    Score,
    Turnout,
    Why,
)
from hrkit.disclosure.trend import changes
from hrkit.disclosure.versions import NONE_BEFORE, Versions, hold_back, record, versions_of
from hrkit.disclosure.wave import (
    Wave,
    cells_of,
    groups_of,
    inside,
    other_ratings,
    section_items,
    wave_of,
)
from hrkit.measure import Scores, level_band, moments
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question

if TYPE_CHECKING:
    from hrkit.answers.store import Store

__all__ = ["release", "release_wave"]

Floats = npt.NDArray[np.float64]


def release(engagement: Engagement, wave: str) -> Released:
    """Everything of one wave that may be shown.

    A frozen wave comes as it was kept.  Of an open one, a version that differs from the last
    is remembered in the store, so that no later version says too much beside it.

    Parameters
    ----------
    engagement
        Its store is opened.
    wave
        Id of the wave.

    Raises
    ------
    StoreError
        If the store cannot be used.
    """
    from hrkit.answers.store import open_store

    with open_store(engagement, create=False) as store:
        frozen = store.frozen(wave)
        kept = [one.audit for one in store.releases(wave) if "released" in one.audit]
        within = {unit.id: frozenset(engagement.within(unit.id)) for unit in engagement.units}
        before = versions_of(kept, within)
        if frozen is not None and before.versions:
            return replace(before.versions[-1].released, draft=False, frozen=frozen)
        units = [unit.id for unit in engagement.units]
        data = wave_of(store.read(wave), engagement.instrument, units)
        data, waiting = hold_back(data, before, engagement.protection.scores)
        comments = _comments(engagement, store.comments(wave), len(data))
        found = release_wave(
            data, engagement, wave, frozen=frozen, comments=comments, before=before,
            since=_since(engagement, store, wave, within),
        )  # fmt: skip
        found = replace(found, waiting=waiting)
        valid = {
            measure.id: np.isfinite(measure.values)
            for measure in measures_of(
                data, engagement, found.groups, usual_variance(data, found.groups)
            )
        }
        version = json.loads(json.dumps(record(found, data, valid)))
        if not kept or kept[-1] != version:
            store.record_release(wave, dt.date.today(), version)
    return found


def _since(
    engagement: Engagement, store: Store, wave: str, within: Mapping[str, frozenset[str]]
) -> tuple[Wave, Released] | None:
    """The last frozen wave before this one, if its answers are still those that were released."""
    names = [one.id for one in engagement.waves]
    for name in reversed(names[: names.index(wave)]):
        if store.frozen(name) is None:
            continue
        kept = [one.audit for one in store.releases(name) if "released" in one.audit]
        versions = versions_of(kept[-1:], within).versions
        units = [unit.id for unit in engagement.units]
        data = wave_of(store.read(name), engagement.instrument, units)
        if versions and set(data.person) == set(versions[0].people):
            return data, versions[0].released
    return None


def _comments(engagement: Engagement, texts: Any, people: int) -> tuple[Comment, ...]:
    """Comments that a person has passed, if there are enough people for any to be shown.

    They are printed without the group they come from, in the order of their words.
    """
    cleared = {comment.id: comment for comment in engagement.comments}
    if people < engagement.protection.details:
        return ()
    rows: list[Any] = [row for row in texts.itertuples(index=False) if row.id in cleared]
    return tuple(
        Comment(row.item, cleared[row.id].theme, cleared[row.id].text or row.text)
        for row in sorted(rows, key=lambda row: (row.item, row.text))
    )


def release_wave(
    wave: Wave,
    engagement: Engagement,
    id: str,
    *,
    frozen: Any = None,
    comments: tuple[Comment, ...] = (),
    before: Versions = NONE_BEFORE,
    since: tuple[Wave, Released] | None = None,
) -> Released:
    """Release a wave that is in memory already; see `release`.

    ``before`` are the versions of this wave that were released earlier, ``since`` is the wave to
    compare with and what was released of it.
    """
    k, root = engagement.protection.scores, engagement.root.id
    groups = groups_of(wave, k)
    usual = usual_variance(wave, groups)
    drafts = [
        decide(measure, wave.atom, root, k, before.rows(measure.id, wave.person))
        for measure in measures_of(wave, engagement, groups, usual)
    ]
    invited = _invited(engagement, id, groups)
    scores = scores_of(drafts, root, k, invited)
    shown = {(s.measure, s.group): s for s in scores if s.unit == root}
    details = engagement.protection.details
    dimensions = engagement.instrument.dimensions if engagement.instrument.has_grid else ()
    return Released(
        engagement=engagement.id,
        wave=id,
        instrument=engagement.instrument.id,
        version=engagement.instrument.version,
        draft=frozen is None,
        threshold=k,
        details=details,
        groups=groups,
        scores=scores,
        gaps=gaps(wave, engagement, groups, shown, usual["dimension"]),
        bands=tuple(_band(section.id, shown, engagement) for section in dimensions),
        distributions=distributions(wave, groups, shown, details, before),
        agreements=agreements(wave, groups, shown, details, before),
        turnout=_turnout(wave, engagement, id, groups, k),
        reliability=reliabilities(wave),
        priorities=priorities(wave, engagement, groups, shown),
        changes=_changes(drafts, engagement, groups, since),
        comments=comments,
        frozen=frozen,
    )


def _changes(
    drafts: list[Draft],
    engagement: Engagement,
    groups: tuple[Group, ...],
    since: tuple[Wave, Released] | None,
) -> tuple[Change, ...]:
    """Changes since a frozen wave of the same instrument and version."""
    if since is None or since[1].version != engagement.instrument.version:
        return ()
    earlier, released = since
    root, k = engagement.root.id, engagement.protection.scores
    usual = usual_variance(earlier, released.groups)
    then = [
        decide(measure, earlier.atom, root, k)
        for measure in measures_of(earlier, engagement, released.groups, usual)
    ]
    names = [section.id for section in engagement.instrument.dimensions]
    return changes(drafts, then, released, groups, root, names)


def measures_of(
    wave: Wave, engagement: Engagement, groups: tuple[Group, ...], usual: Mapping[str, float]
) -> Iterator[Measure]:
    """Everything that is measured: dimensions by unit and chain level; pillars, statements and
    importance ratings in the whole organisation.
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


def _invited(
    engagement: Engagement, id: str, groups: tuple[Group, ...]
) -> dict[tuple[str, str], int | None]:
    return {
        (unit.id, group.id): engagement.invited_to(id, unit.id, group.perspectives)
        for unit in engagement.units
        for group in groups
    }


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


def _band(measure: str, shown: Mapping[tuple[str, str], Score], engagement: Engagement) -> Band:
    total = shown[measure, ALL]
    if total.mean is None:
        return Band(measure, total.why)
    sides = {
        score.group: (score.low, score.high)
        for side in engagement.instrument.sides
        if (score := shown.get((measure, side)))
        and score.low is not None
        and score.high is not None
    }
    low, high = (float("nan") if end is None else end for end in (total.low, total.high))
    found = level_band(total.mean, low, high, sides)
    by = str(found.by[0]) if found.by else ""
    return Band(measure, Why.SHOWN, found.low, found.high, found.held_back, by)


def _turnout(
    wave: Wave, engagement: Engagement, id: str, groups: tuple[Group, ...], k: int
) -> tuple[Turnout, ...]:
    found = []
    for group in groups:
        n = int(inside(wave, group).sum())
        invited = engagement.invited_to(id, engagement.root.id, group.perspectives)
        found.append(Turnout(engagement.root.id, group.id, n if n == 0 or n >= k else None,
                             invited if invited is not None and invited >= n else None))  # fmt: skip
    return tuple(found)
