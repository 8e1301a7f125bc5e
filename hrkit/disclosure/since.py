"""An earlier wave to compare with: what was kept of it, and what its answers still give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hrkit.answers.codes import token
from hrkit.disclosure.crossed import crossed
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.kept.record import versions_of
from hrkit.disclosure.kept.versions import NONE_BEFORE, Version, Versions
from hrkit.disclosure.keys import keys_of
from hrkit.disclosure.least import PLAIN, Least, marked
from hrkit.disclosure.linked import Again, Links, linked
from hrkit.disclosure.means import decide
from hrkit.disclosure.measures import measures_of, usual_variance
from hrkit.disclosure.released import ALL, Change, Group, Released, Score
from hrkit.disclosure.trend import Sides, alike, changes, sides_of
from hrkit.disclosure.wave import WaveAnswers, wave_of
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses

__all__ = ["EarlierWave", "Since", "changes_since", "since_of", "told_sides"]


@dataclass(frozen=True)
class EarlierWave:
    """A wave that was frozen before: what is kept of its last version, its answers, its settings.

    ``links`` are respondents of the present wave, by key, to theirs in this one.
    """

    kept: Mapping[str, Any]
    responses: Responses
    content: str
    then: Engagement
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Since:
    """An earlier wave to compare with: what was released of it, its sides, who is linked to it."""

    released: Released
    sides: Sides
    then: Engagement
    again: Again | None = None


def since_of(earlier: EarlierWave | None) -> Since | None:
    """An earlier wave with its sides: as they were kept, or as its answers still give them."""
    if earlier is None:
        return None
    then, kept = earlier.then, earlier.kept
    (last,) = versions_of([kept], keys_of(then.instrument)).versions
    if "sides" in kept:
        sides = {
            m: {g: (line[0], line[1], line[2], int(line[3])) for g, line in by.items()}
            for m, by in kept["sides"].items()
        }
        return Since(last.released, sides, then, _again(earlier, last))
    found = _sides_again(earlier, last)
    return None if found is None else Since(last.released, found, then, _again(earlier, last))


def _again(earlier: EarlierWave, last: Version) -> Again | None:
    """The earlier wave's answers for those who are linked; None where they are too few anyway."""
    if len(earlier.links) < last.released.details:
        return None
    then = earlier.then
    data = wave_of(earlier.responses, then.instrument, [unit.id for unit in then.units])
    pairs = {token(now): token(key) for now, key in earlier.links.items()}
    return Again(data, pairs, last.own)


def _sides_again(earlier: EarlierWave, last: Version) -> Sides | None:
    """The sides of a version that kept none; None where the answers do not give what was printed.

    Somebody was erased since, or waited when the wave was frozen: then there is no telling.
    """
    then, root = earlier.then, earlier.then.root.id
    data = wave_of(earlier.responses, then.instrument, [unit.id for unit in then.units])
    groups = last.released.groups
    usual = usual_variance(data, groups, last.released.details)
    drafts = []
    for measure in measures_of(data, then, groups, usual):
        printed = {
            (s.unit, s.group): (s.n, s.mean or 0.0)
            for s in last.scores.get(measure.id, ())
            if s.unit == root and s.group != ALL and "/" not in s.group
        }
        draft = decide(measure, data.atom, root, last.released.threshold)
        now = dict(
            zip(
                (cell.id for cell in measure.cells),
                zip(draft.n, draft.mean, strict=True),
                strict=True,
            )
        )
        for cell, (n, mean) in printed.items():
            if cell not in now or now[cell][0] != n or abs(now[cell][1] - mean) > 0.0501:
                return None
        drafts.append(replace(draft, shown=frozenset(printed)))
    return sides_of(drafts, root)


def changes_since(
    drafts: Mapping[str, Draft],
    wave: WaveAnswers,
    engagement: Engagement,
    groups: Sequence[Group],
    since: Since | None,
    shown: Mapping[tuple[str, str], Score],
    before: Versions = NONE_BEFORE,
    least: Least = PLAIN,
) -> tuple[Change, ...]:
    """Changes since a frozen wave, of what was asked alike; the wave is read as it was then.

    Parameters
    ----------
    drafts
        Measure to what was decided about it now.
    wave, engagement, groups
        The answers of now, whose they are, and in which groups they are reported.
    since
        The earlier wave; None for none.
    shown
        Measure and group to the score that is released now.
    before
        Versions of this wave that were shown.
    least
        The fewest answers behind anything.
    """
    if since is None:
        return ()
    same = alike(engagement.instrument, since.then.instrument, groups)
    if not same:
        asked = (engagement.instrument, since.then.instrument)
        return crossed(*asked, groups, shown, since.released, since.then.root.id)
    names = dict.fromkeys(name for name, _ in same)
    root, old = engagement.root.id, since.then.root.id
    now = sides_of([drafts[name] for name in names], root)
    links: Links = {}
    if since.again is not None and wave.token:
        both = [group for group in groups if group in since.released.groups]
        details = max(engagement.protection.details, since.released.details)
        links = linked(drafts, wave, since.again, since.released, both, same, (root, old), details)
        links = _steady(links, before, details)
        sensitive = marked(since.then.instrument, [since.released])
        plain = {(s.measure, s.group) for s in shown.values() if s.told is None}
        plain &= {
            (s.measure, s.group)
            for s in since.released.scores
            if s.unit == old and s.shown and s.told is None
        }
        # Where "at least so many" is said of a mean, the number of those linked would say more.
        links = {
            cell: one
            for cell, one in links.items()
            if cell in plain and cell[0] not in sensitive and cell[0] not in least.sensitive
        }
    return changes(
        now,
        since.sides,
        shown,
        since.released,
        groups,
        old,
        same,
        engagement.instrument,
        links,
    )


def _steady(links: Links, before: Versions, details: int) -> Links:
    """Links of as many people as every version printed, or of ``details`` more or fewer."""
    printed: dict[tuple[str, str], set[int]] = {}
    for version in before.versions:
        for row in version.released.changes:
            if row.linked is not None:
                printed.setdefault((row.measure, row.group), set()).add(row.linked)
    return {
        id: link
        for id, link in links.items()
        if not any(0 < abs(link.people - then) < details for then in printed.get(id, ()))
    }


def told_sides(sides: Sides) -> Sides:
    """What is kept of sides for a later wave: those of which mean, error and freedom are known."""
    return {
        m: {g: line for g, line in by.items() if np.isfinite(line[:3]).all()}
        for m, by in sides.items()
    }
