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
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hrkit.disclosure.kept.versions import hold_back, record, versions_of
from hrkit.disclosure.measures import measures_of, usual_variance
from hrkit.disclosure.released import (
    Comment,
    Released,
)
from hrkit.disclosure.tables import release_wave
from hrkit.disclosure.wave import Wave, wave_of
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from hrkit.answers.store import Store

__all__ = ["release"]


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
