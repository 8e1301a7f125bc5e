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
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hrkit.disclosure.comments import still_there
from hrkit.disclosure.kept.snapshot import from_snapshot
from hrkit.disclosure.released import Released
from hrkit.disclosure.tables import Since, make, since_of
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
        if frozen is not None and kept:
            found = replace(from_snapshot(kept[-1]["released"]), draft=False, frozen=frozen)
            return still_there(found, engagement, store.comments(wave))
        made = make(
            engagement, wave, store.read(wave), kept=kept, texts=store.comments(wave),
            since=_since(engagement, store, wave), frozen=frozen,
        )  # fmt: skip
        if not kept or kept[-1] != made.record:
            store.record_release(wave, dt.date.today(), made.record)
    return made.released


def _since(engagement: Engagement, store: Store, wave: str) -> Since | None:
    """The last frozen wave before this one."""
    names = [one.id for one in engagement.waves]
    for name in reversed(names[: names.index(wave)]):
        if store.frozen(name) is None:
            continue
        kept = [one.audit for one in store.releases(name) if "released" in one.audit]
        return since_of(engagement, kept, partial(store.read, name))
    return None
