"""Which way out people took on a statement, where its scale offers two: don't know, not relevant.

The two say different things.  "Don't know" is about information: from this chair it cannot be
seen.  "Not relevant" is about work: it is no part of what this person does.  So they are told
apart, and as cautiously as any answer by choice (`hrkit.disclosure.chosen.shares`): a table of three
categories, *rated*, *don't know* and *not relevant*, from ten answers, in which nothing stands
alone that is about one or two people, and which follows an earlier one only after ten changes.

One thing is different from other tables: how many rated may stand beside it as the ``n`` of a mean,
so that it cannot hide the size of a way out.  Where hiding would need that, nothing is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from hrkit.disclosure.cells import inside
from hrkit.disclosure.chosen.shares import LEAST, may_follow, told
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.kept.versions import NONE_BEFORE, Version, Versions
from hrkit.disclosure.keys import section_items
from hrkit.disclosure.released import Group, Silence, tidy
from hrkit.disclosure.wave import BLANK, IRRELEVANT, SILENT, WaveAnswers
from hrkit.disclosure.why import Why

__all__ = ["silences"]

#: Places of the categories.
_RATED, _UNKNOWN, _ASIDE = range(3)


def silences(
    drafts: Mapping[str, Draft],
    wave: WaveAnswers,
    root: str,
    groups: tuple[Group, ...],
    details: Callable[[str], int],
    before: Versions = NONE_BEFORE,
    behind: int = LEAST,
) -> tuple[Silence, ...]:
    """The ways out taken on every statement of a dimension whose scale offers two.

    Parameters
    ----------
    drafts
        Measures with what was decided about them: whose ``n`` stands beside.
    wave
        The answers.
    root
        Unit that is the whole organisation.
    groups
        In which perspectives are reported.
    details
        Statement to the fewest answers its table rests on.
    before
        Versions that were shown.
    behind
        The fewest people behind a printed share.
    """
    found = []
    for section, item, key in section_items(wave.instrument):
        facet = section.scoring(item) if item.role == "score" else item.facets[0]
        if facet is None or facet.scale.not_relevant is None:
            continue
        for group in groups:
            if set(group.perspectives) & set(item.ask):
                counted = (root, group.id) in drafts[key].shown
                found.append(_row(wave, key, group, counted, details(key), before, behind))
    return tuple(found)


def _row(
    wave: WaveAnswers,
    key: str,
    group: Group,
    counted: bool,
    details: int,
    before: Versions,
    behind: int,
) -> Silence:
    j = wave.column[key]
    who = inside(wave, group) & wave.counted(key) & wave.asked[wave.perspective, j]
    place = {i: _place(int(wave.codes[i, j])) for i in np.flatnonzero(who & wave.given[:, j])}
    table = np.bincount(list(place.values()), minlength=3).tolist()
    found = told(table, details, behind)
    if not found.shown:
        return Silence(key, group.id, found.why)
    if counted and _RATED in found.together:
        return Silence(key, group.id, Why.PROTECTED)
    now = {wave.token[i]: p for i, p in place.items()} if wave.token else {}
    for then in _shown_before(before, key, group):
        if then is None or not may_follow(now, then, 3, details, behind):
            return Silence(key, group.id, Why.PROTECTED)
    n = sum(table)

    def share(*places: int) -> float:
        return tidy(sum(table[p] for p in places) / n, 2)

    both = {_UNKNOWN, _ASIDE} <= set(found.together)
    return Silence(
        key,
        group.id,
        Why.SHOWN,
        n,
        share(_UNKNOWN) if _UNKNOWN in found.alone else None,
        share(_ASIDE) if _ASIDE in found.alone else None,
        share(_UNKNOWN, _ASIDE) if both and _RATED in found.alone else None,
    )


def _place(code: int) -> int:
    return {SILENT: _UNKNOWN, IRRELEVANT: _ASIDE}.get(code, _RATED)


def _shown_before(before: Versions, key: str, group: Group) -> Iterator[Mapping[str, int] | None]:
    """Who took which way out in each version that told it; None where it is not known any more."""
    for version in before.versions:
        row = version.released.silence(key, group.id)
        if row.shown:
            yield _then(version, key, group.id, row.n or 0)


def _then(version: Version, key: str, group: str, n: int) -> Mapping[str, int] | None:
    then = version.group(group)
    if then is None or key not in version.keys:
        return None
    which = version.of(then) & (version.counted(key) > 0)
    column = version.codes[:, version.keys.index(key)]
    found = {
        version.tokens[e]: _place(int(column[e]))
        for e in np.flatnonzero(which & version.known & (column != BLANK)).tolist()
    }
    # Whoever was erased is missing from the number that was printed.
    return found if len(found) >= n else None
