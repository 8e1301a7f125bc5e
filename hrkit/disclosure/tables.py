"""A wave in memory to the tables that may be shown of it.

``make`` is all that the door calls: everybody's answers and what was kept of earlier versions go
in, what may be shown and what is to be kept of it come out.  Nothing here opens a store.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hrkit.disclosure.comments import comments_of
from hrkit.disclosure.details import agreements, distributions, gaps, priorities, reliabilities
from hrkit.disclosure.kept.hold import hold_back
from hrkit.disclosure.kept.past import Past
from hrkit.disclosure.kept.versions import NONE_BEFORE, Versions, record, versions_of
from hrkit.disclosure.means import Before, Draft, Measure, decide, scores_of
from hrkit.disclosure.measures import measures_of, usual_variance
from hrkit.disclosure.released import (
    ALL,
    Band,
    Comment,
    Released,
    Score,
    Turnout,
    Why,
)
from hrkit.disclosure.together import Asked, hidden_together
from hrkit.disclosure.trend import Sides, changes, sides_of
from hrkit.disclosure.wave import PRESENCE, Wave, groups_of, inside, keys_of, wave_of
from hrkit.measure import level_band
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses

__all__ = ["Made", "Since", "make", "release_wave", "since_of", "thresholds"]


@dataclass(frozen=True)
class Since:
    """An earlier wave to compare with: what was released of it, and its sides unrounded."""

    released: Released
    sides: Sides
    root: str


@dataclass(frozen=True)
class Made:
    """What may be shown of a wave, and what is to be kept of it, as plain JSON."""

    released: Released
    record: Mapping[str, Any]


@dataclass(frozen=True)
class _Decided:
    released: Released
    past: Past
    drafts: Mapping[str, Draft]


def make(
    engagement: Engagement,
    wave: str,
    responses: Responses,
    *,
    kept: Sequence[Mapping[str, Any]] = (),
    texts: Any = None,
    since: Since | None = None,
    frozen: Any = None,
) -> Made:
    """What may be shown of a wave beside everything shown of it before.

    Parameters
    ----------
    responses
        Everybody's answers in this wave.
    kept
        Records of its earlier versions, oldest first.
    texts
        Its answers in own words, as the store gives them for review.
    since
        An earlier wave to compare with.
    frozen
        The day on which the wave was frozen.

    Returns
    -------
    Made
        The same in the same order for the same input.
    """
    before = versions_of(kept, keys_of(engagement.instrument))
    data = wave_of(responses, engagement.instrument, [unit.id for unit in engagement.units])
    decided = _decided(data, engagement, wave, frozen, before, since, texts)
    past, measures = decided.past, keys_of(engagement.instrument)
    drafts = decided.drafts
    kept_now = record(
        decided.released,
        past.wave,
        tree={unit.id: unit.parent for unit in engagement.units},
        measures=measures,
        valid={name: np.isfinite(drafts[name].measure.values) for name in measures},
        own=frozenset((name, cell[1]) for name, draft in drafts.items() for cell in draft.own),
        sides=_finite(sides_of(list(drafts.values()), engagement.root.id)),
    )
    return Made(decided.released, json.loads(json.dumps(kept_now)))


def release_wave(
    wave: Wave,
    engagement: Engagement,
    id: str,
    *,
    frozen: Any = None,
    comments: tuple[Comment, ...] = (),
    before: Versions = NONE_BEFORE,
    since: Since | None = None,
) -> Released:
    """Release a wave that is in memory already; see `make`.

    ``before`` are the versions of this wave that were issued earlier, ``since`` is the wave to
    compare with; ``comments`` are printed as they are.
    """
    found = _decided(wave, engagement, id, frozen, before, since, None).released
    return replace(found, comments=comments) if comments else found


def thresholds(engagement: Engagement, before: Versions) -> Engagement:
    """An engagement with the thresholds that hold: they never sink after a version."""
    scores, details = before.thresholds(engagement.protection.scores, engagement.protection.details)
    return replace(
        engagement, protection=replace(engagement.protection, scores=scores, details=details)
    )


def since_of(
    engagement: Engagement,
    kept: Sequence[Mapping[str, Any]],
    read: Callable[[], Responses] | None = None,
) -> Since | None:
    """An earlier frozen wave to compare with.

    Parameters
    ----------
    kept
        Records of its versions; the last one counts.
    read
        Gives its answers, where the record is of the first format and holds no sides: then they
        are used if they give the figures that were printed.
    """
    versions = versions_of(kept[-1:], keys_of(engagement.instrument)).versions
    if not versions:
        return None
    last = versions[0]
    if kept[-1].get("format", 1) >= 2:
        sides = {
            m: {g: (line[0], line[1], line[2], int(line[3])) for g, line in by.items()}
            for m, by in kept[-1]["sides"].items()
        }
        return Since(last.released, sides, last.root(engagement.root.id))
    if read is None or last.released.version != engagement.instrument.version:
        return None
    data = wave_of(read(), engagement.instrument, [unit.id for unit in engagement.units])
    root, groups = engagement.root.id, last.released.groups
    usual = usual_variance(data, groups, last.released.details)
    drafts = []
    for measure in measures_of(data, engagement, groups, usual):
        draft = decide(measure, data.atom, root, last.released.threshold)
        printed = {
            (s.unit, s.group): (s.n, s.mean)
            for s in last.scores.get(measure.id, ())
            if s.unit == root and s.group != ALL and "/" not in s.group
        }
        now = {
            cell.id: (draft.n[i], round(draft.mean[i], 6))
            for i, cell in enumerate(measure.cells)
            if cell.id in printed
        }
        if any(
            n != now.get(id, (0, 0.0))[0] or abs((mean or 0.0) - now[id][1]) > 0.0501
            for id, (n, mean) in printed.items()
        ):
            # Somebody was erased, or waited when it was frozen: then there is no telling.
            return None
        drafts.append(replace(draft, shown=frozenset(printed)))
    return Since(last.released, sides_of(drafts, root), root)


def _finite(sides: Sides) -> Sides:
    return {
        m: {g: line for g, line in by.items() if np.isfinite(line[:3]).all()}
        for m, by in sides.items()
    }


def _decided(
    wave: Wave,
    engagement: Engagement,
    id: str,
    frozen: Any,
    before: Versions,
    since: Since | None,
    texts: Any,
) -> _Decided:
    engagement = thresholds(engagement, before)
    k, details = engagement.protection.scores, engagement.protection.details
    root = engagement.root.id
    groups = before.groups(groups_of(wave, k), wave.perspectives)
    past, waiting = hold_back(
        wave, before, groups, keys_of(engagement.instrument), k, root=root,
        within={unit.id: frozenset(engagement.within(unit.id)) for unit in engagement.units},
    )  # fmt: skip
    wave = past.wave
    usual = usual_variance(wave, groups, details)
    measures = list(measures_of(wave, engagement, groups, usual))

    def one(measure: Measure, closed: frozenset[str] = frozenset()) -> Draft:
        return _draft(measure, past, engagement, groups, closed)

    drafts = {measure.id: one(measure) for measure in measures}
    asked = Asked(engagement, groups, past, since.sides if since else {})
    closed: dict[str, set[str]] = {}
    while found := hidden_together(drafts, asked):
        for measure_id, group in found:
            closed.setdefault(measure_id, set()).add(group)
        for measure_id in {m for m, _ in found}:
            drafts[measure_id] = one(drafts[measure_id].measure, frozenset(closed[measure_id]))
    scores = scores_of(list(drafts.values()), root, k, _invited(engagement, id, groups))
    shown = {(s.measure, s.group): s for s in scores if s.unit == root}
    dimensions = engagement.instrument.dimensions if engagement.instrument.has_grid else ()
    released = Released(
        engagement=engagement.id,
        wave=id,
        instrument=engagement.instrument.id,
        version=engagement.instrument.version,
        draft=frozen is None,
        threshold=k,
        details=details,
        groups=groups,
        scores=scores,
        gaps=gaps(drafts, engagement, groups, shown, usual["dimension"]),
        bands=tuple(_band(section.id, shown, engagement) for section in dimensions),
        distributions=distributions(drafts, wave, root, groups, details, past),
        agreements=agreements(drafts, wave, root, groups, details, past),
        turnout=_turnout(wave, engagement, id, groups, k),
        reliability=reliabilities(drafts, wave, root, groups),
        priorities=priorities(drafts, wave, engagement, groups, shown, past.owner),
        changes=_changes(drafts, engagement, groups, since),
        comments=comments_of(engagement, texts, wave, groups, details),
        frozen=frozen,
        waiting=waiting,
    )
    return _Decided(released, past, drafts)


def _draft(
    measure: Measure,
    past: Past,
    engagement: Engagement,
    groups: Sequence[Any],
    closed: frozenset[str],
) -> Draft:
    root, protection = engagement.root.id, engagement.protection
    before = Before()
    if past.versions:
        rows, lost = past.rows(measure.id, measure.values)
        before = Before(rows, past.same(measure.id), past.owner, lost)
    draft = decide(
        measure, past.wave.atom, root, protection.scores, before,
        details=protection.details, closed=closed,
    )  # fmt: skip
    own = frozenset(
        (root, group.id)
        for group in groups
        if (root, group.id) in draft.shown
        and int(draft.rows((root, group.id)).sum()) >= protection.details
        and past.settled(
            "own", measure.id, group, inside(past.wave, group) & measure.use, protection.details
        )
    )
    return replace(draft, own=own)


def _changes(
    drafts: Mapping[str, Draft],
    engagement: Engagement,
    groups: Sequence[Any],
    since: Since | None,
) -> tuple[Any, ...]:
    """Changes since a frozen wave of the same instrument and version."""
    if since is None or since.released.version != engagement.instrument.version:
        return ()
    names = [section.id for section in engagement.instrument.dimensions]
    now = sides_of([drafts[name] for name in names], engagement.root.id)
    return changes(now, since.sides, since.released, groups, since.root, names)


def _invited(
    engagement: Engagement, id: str, groups: Sequence[Any]
) -> dict[tuple[str, str], int | None]:
    return {
        (unit.id, group.id): engagement.invited_to(id, unit.id, group.perspectives)
        for unit in engagement.units
        for group in groups
    }


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
    wave: Wave, engagement: Engagement, id: str, groups: Sequence[Any], k: int
) -> tuple[Turnout, ...]:
    """How many answered, group by group, as the groups stand: late people of a few are not counted.

    The number invited stays beside a number withheld; nobody is counted twice, and no total is
    given over groups of which one is withheld.
    """
    found = []
    counted = wave.counted(PRESENCE)
    for group in groups:
        n = len({wave.token[i] for i in np.flatnonzero(inside(wave, group) & counted)}
                if wave.token else np.flatnonzero(inside(wave, group)))  # fmt: skip
        invited = engagement.invited_to(id, engagement.root.id, group.perspectives)
        found.append(Turnout(engagement.root.id, group.id, n if n == 0 or n >= k else None,
                             invited if invited is not None and invited >= n else None))  # fmt: skip
    return tuple(found)
