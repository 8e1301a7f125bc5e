"""A wave in memory to the tables that may be shown of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hrkit.disclosure.choices import counts, shares
from hrkit.disclosure.details import agreements, distributions, gaps, priorities, reliabilities
from hrkit.disclosure.kept.snapshot import from_snapshot
from hrkit.disclosure.kept.versions import NONE_BEFORE, Versions, hold_back, record, versions_of
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
from hrkit.disclosure.trend import alike, changes, uncompared
from hrkit.disclosure.wave import Wave, groups_of, inside, wave_of
from hrkit.measure import level_band
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses

__all__ = ["Earlier", "Made", "make", "release_wave"]

#: An earlier wave, what was released of it, and the engagement as it was then.
Since = tuple[Wave, Released, Engagement]


@dataclass(frozen=True)
class Earlier:
    """A wave that was frozen before: what is kept of its last version, its answers, its settings."""

    kept: Mapping[str, Any]
    responses: Responses
    content: str
    then: Engagement


@dataclass(frozen=True)
class Made:
    """A version: its tables, and what the store keeps of it."""

    released: Released
    record: Mapping[str, Any]


def make(
    responses: Responses,
    engagement: Engagement,
    wave: str,
    *,
    texts: Any,
    kept: Sequence[Mapping[str, Any]] = (),
    since: Earlier | None = None,
    frozen: dt.date | None = None,
    content: str = "",
) -> Made:
    """Decide what may be shown of a wave, beside what was shown of it before.

    Parameters
    ----------
    responses
        Of everybody who has answered.
    engagement, wave
        Whose, and which round.
    texts
        Answers in own words; see `hrkit.answers.store.Store.comments`.
    kept
        What is kept of the versions before this one, oldest first.
    since
        The wave to compare with.
    frozen
        The day the wave was frozen.
    content
        Digest of the wave's answers; kept where the version shows all of them.
    """
    written, engagement = engagement, engagement.as_in(wave)
    within = {unit.id: frozenset(engagement.within(unit.id)) for unit in engagement.units}
    before = versions_of(kept, within)
    units = [unit.id for unit in engagement.units]
    whole = wave_of(responses, engagement.instrument, units)
    data, waiting = hold_back(whole, before, engagement.protection.scores)
    found = release_wave(
        data, engagement, wave, frozen=frozen, before=before,
        comments=_comments(engagement, texts, len(data)), since=_since(since),
    )  # fmt: skip
    left_out = () if since is None else uncompared(
        written, wave, since.then, found.groups, from_snapshot(since.kept["released"])
    )  # fmt: skip
    found = replace(found, waiting=waiting, uncompared=left_out)
    usual = usual_variance(data, found.groups)
    measures = measures_of(data, engagement, found.groups, usual)
    version = record(found, data, {m.id: np.isfinite(m.values) for m in measures})
    version["content"] = content if set(whole.person) == set(data.person) else ""
    return Made(found, json.loads(json.dumps(version)))


def _since(earlier: Earlier | None) -> Since | None:
    """An earlier wave, if its answers are still those that were released."""
    if earlier is None:
        return None
    then = earlier.then
    data = wave_of(earlier.responses, then.instrument, [unit.id for unit in then.units])
    if "content" in earlier.kept:
        same = earlier.kept["content"] == earlier.content
    else:
        same = {one["id"] for one in earlier.kept.get("people", ())} == set(_first_ids(data))
    return (data, from_snapshot(earlier.kept["released"]), then) if same else None


def _first_ids(wave: Wave) -> tuple[str, ...]:
    """Respondents as the first format of a version names them: by a fingerprint of their answers."""
    said = zip(wave.key, wave.values.tolist(), wave.given.tolist(), strict=True)
    return tuple(hashlib.sha256(repr(one).encode()).hexdigest()[:20] for one in said)


def _comments(engagement: Engagement, texts: Any, people: int) -> tuple[Comment, ...]:
    """Comments that a person has passed, if there are enough people for any to be shown.

    They are printed without the group they come from, in the order of their words.
    """
    cleared = {comment.id: comment for comment in engagement.comments}
    if people < engagement.protection.details:
        return ()
    # A question whose answers are only counted, or not even that, prints none.
    kept_back = {
        question.item.id
        for question in engagement.instrument.questions()
        if question.facet.scale.kind == "text" and question.facet.release != "texts"
    }
    rows: list[Any] = [
        row
        for row in texts.itertuples(index=False)
        if row.id in cleared and row.item not in kept_back
    ]
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
    since: Since | None = None,
) -> Released:
    """Release a wave that is in memory already; see `release`.

    ``before`` are the versions of this wave that were released earlier, ``since`` is the wave to
    compare with, what was released of it, and the engagement as it was then.
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
    since: Since | None,
) -> tuple[Change, ...]:
    """Changes since a frozen wave, of what was asked alike; the wave is read as it was then."""
    if since is None:
        return ()
    earlier, released, then = since
    same = alike(engagement.instrument, then.instrument, groups)
    if not same:
        return ()
    root, root_then, k = engagement.root.id, then.root.id, engagement.protection.scores
    usual = usual_variance(earlier, released.groups)
    drafts_then = [
        decide(measure, earlier.atom, root_then, k)
        for measure in measures_of(earlier, then, released.groups, usual)
    ]
    return changes(drafts, drafts_then, released, groups, root, root_then, same)


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
