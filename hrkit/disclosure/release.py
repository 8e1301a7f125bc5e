"""From a wave's raw answers to the tables that may be shown: the one door.

Whoever looks gets a *preview*: read and decided like what is handed on, recorded nowhere, marked
on every part, and never to be handed on.  What leaves the house is *issued*: read, decided and
recorded in one transaction (`hrkit.answers.rounds`), so that no two versions say too much beside
each other, however many ask at once.  The same answers under the same rules are the version that
is kept, at once.  A frozen wave comes as it was kept.

What is decided, and how, stands in `hrkit.disclosure.tables`; what comes out is a `Released`, and
what went in stays here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hrkit.disclosure.kept.audit import audit_of
from hrkit.disclosure.kept.basis import basis_of
from hrkit.disclosure.kept.elsewhere import elsewhere
from hrkit.disclosure.kept.snapshot import from_snapshot
from hrkit.disclosure.released import Released
from hrkit.disclosure.since import EarlierWave
from hrkit.disclosure.tables import Made, make
from hrkit.errors import EngagementError, StoreError
from hrkit.model.engagement import Engagement
from hrkit.model.family import dropped, whole_of
from hrkit.model.settings import as_asked, as_of, engagement_settings
from hrkit.storage.turns import in_turn

if TYPE_CHECKING:
    from hrkit.answers.rounds import Release, Round

__all__ = ["Frozen", "freeze", "issue", "preview", "version"]


@dataclass(frozen=True)
class Frozen:
    """A frozen wave: its audit, its day, and whether it was frozen before already."""

    audit: Mapping[str, Any]
    day: dt.date
    already: bool


def preview(engagement: Engagement, wave: str) -> Released:
    """What may be shown of a wave, to be looked at; nothing is recorded.

    Parameters
    ----------
    engagement
        Its store is opened for reading.
    wave
        Id of the wave.

    Raises
    ------
    StoreError
        If the store cannot be used, is another engagement's, or the wave has no answers.
    """
    from hrkit.answers.store import open_store

    with open_store(engagement, create=False, write=False) as store, store.looking(wave) as round:
        final = _final(round)
        if final is not None:
            return final
        earlier = _earlier(engagement, round)
        last = round.last()
        if last is not None and last.basis == basis_of(engagement, round, earlier):
            return replace(_read(last), state="preview")
        return replace(_made(engagement, round, earlier).released, state="preview")


def issue(engagement: Engagement, wave: str) -> Released:
    """What is shown of a wave from now on: decided and recorded in one transaction.

    Parameters
    ----------
    engagement
        Its store is opened for writing, unless the wave is frozen.
    wave
        Id of the wave.

    Raises
    ------
    StoreError
        If the store cannot be used or written, is another engagement's, or the wave has no
        answers.
    """
    from hrkit.answers.store import open_store

    with open_store(engagement, create=False, write=False) as store, store.looking(wave) as round:
        final = _final(round)
    if final is not None:
        return final
    with (
        _taking_turns(engagement),
        open_store(engagement, create=False) as store,
        store.issuing(wave) as round,
    ):
        return _final(round) or _issued(engagement, round)


def version(engagement: Engagement, wave: str, number: int) -> Released:
    """A version that was issued, as it was kept.

    Raises
    ------
    StoreError
        If there is no such version, or it was kept without what it showed.
    """
    from hrkit.answers.store import open_store

    with open_store(engagement, create=False, write=False) as store:
        for kept in store.releases(wave):
            if kept.number == number and "released" in kept.audit:
                return _read(kept)
    raise StoreError(f"There is no version {number} of the wave {wave} in the store any more.")


def freeze(
    engagement: Engagement,
    wave: str,
    day: dt.date,
    settings: Mapping[str, Any] | None = None,
) -> Frozen:
    """Issue the last version of a wave and freeze it, with its audit, in one transaction.

    Parameters
    ----------
    engagement, wave
        Which wave; one that is frozen already is left as it is.
    day
        Of the freeze.
    settings
        Kept with the wave; those of the engagement as it is (`engagement_settings`) if None.

    Raises
    ------
    StoreError
        As of `issue`.
    """
    from hrkit.answers.store import open_store

    with (
        _taking_turns(engagement),
        open_store(engagement, create=False) as store,
        store.issuing(wave) as round,
    ):
        if round.frozen is not None:
            final = _final(round) or _issued(engagement, round)
            audit = round.audit or audit_of(final)[0]
            return Frozen(audit, round.frozen, already=True)
        audit, digest = audit_of(_issued(engagement, round))
        round.freeze(digest, day, audit, settings or engagement_settings(engagement, wave))
    return Frozen(audit, day, already=False)


def _taking_turns(engagement: Engagement) -> AbstractContextManager[None]:
    """No two questionnaires of an engagement are issued at once: the later one sees what the earlier prints."""
    whole = whole_of(engagement)
    if whole.id == engagement.id and not (engagement.tools or dropped(whole)):
        return nullcontext()
    return in_turn(whole.store or "", whole.folder, whole.id)


def _final(round: Round) -> Released | None:
    """A frozen wave as it was kept; None while it is open, or where nothing was kept."""
    if round.frozen is None:
        return None
    last = round.last()
    if last is None or "released" not in last.audit:
        return None
    return replace(
        _read(last), draft=False, frozen=round.frozen, state="final", settings=round.settings
    )


def _issued(engagement: Engagement, round: Round) -> Released:
    """The version that is kept, if nothing changed since; else a new one, recorded."""
    earlier = _earlier(engagement, round)
    basis = basis_of(engagement, round, earlier)
    last = round.last()
    if last is None or last.basis != basis:
        made = _made(engagement, round, earlier)
        last = round.record(made.record, basis, dt.date.today())
    found = _read(last)
    return found if found.frozen is None else replace(found, state="final")


def _read(last: Release) -> Released:
    found = from_snapshot(last.audit["released"])
    return replace(found, state="draft", issued=last.number, day=last.day)


def _made(engagement: Engagement, round: Round, earlier: Round | None) -> Made:
    from hrkit.answers.fit import fitted, nothing_there

    written, engagement = engagement, as_asked(engagement, round.begun)
    responses = round.responses()
    if not len(responses):
        raise nothing_there(engagement, round.wave, round.waves())
    return make(
        fitted(responses, engagement, round.wave),
        engagement,
        round.wave,
        texts=round.comments(),
        kept=[one.audit for one in round.kept()],
        since=_compared(engagement, round, earlier),
        frozen=round.frozen,
        content=round.content(),
        elsewhere=elsewhere(written, round.wave),
    )


def _earlier(engagement: Engagement, round: Round) -> Round | None:
    """The last wave before this one that was frozen."""
    names = [wave.id for wave in engagement.waves]
    before = (
        round.of(name, *engagement.stored_under(name)[:-1])
        for name in reversed(names[: names.index(round.wave)])
    )
    return next((one for one in before if one.frozen is not None), None)


def _compared(engagement: Engagement, round: Round, earlier: Round | None) -> EarlierWave | None:
    """The earlier wave as it was released; None where it cannot be read any more."""
    from hrkit.answers.fit import fitted

    last = earlier.last() if earlier is not None else None
    if earlier is None or last is None or "released" not in last.audit:
        return None
    units = [score["unit"] for score in last.audit["released"].get("scores", ())]
    then = as_of(engagement, earlier.wave, earlier.settings, units)
    if earlier.settings is None:
        then = as_asked(then, earlier.begun)
    try:
        responses = fitted(earlier.responses(), then, earlier.wave)
    except EngagementError:
        return None  # asked something else than is written down now, and nothing was kept of it
    links = round.links(earlier)
    return EarlierWave(last.audit, responses, earlier.content(), then, links)
