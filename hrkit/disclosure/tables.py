"""A wave in memory to the tables that may be shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hrkit.disclosure.choices import counts, shares
from hrkit.disclosure.details import agreements, distributions, gaps, priorities, reliabilities
from hrkit.disclosure.kept.versions import NONE_BEFORE, Versions
from hrkit.disclosure.means import Draft, decide, scores_of
from hrkit.disclosure.measures import measures_of, usual_variance
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
from hrkit.disclosure.wave import Wave, groups_of, inside
from hrkit.measure import level_band
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    pass

__all__ = ["release_wave"]


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
        shares=shares(wave, groups, details, before),
        counts=counts(wave, groups, k),
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


def _invited(
    engagement: Engagement, id: str, groups: tuple[Group, ...]
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
    wave: Wave, engagement: Engagement, id: str, groups: tuple[Group, ...], k: int
) -> tuple[Turnout, ...]:
    found = []
    for group in groups:
        n = int(inside(wave, group).sum())
        invited = engagement.invited_to(id, engagement.root.id, group.perspectives)
        found.append(Turnout(engagement.root.id, group.id, n if n == 0 or n >= k else None,
                             invited if invited is not None and invited >= n else None))  # fmt: skip
    return tuple(found)
