"""What a wave was asked and shown under: kept with its release, so that it prints as it was.

``engagement.yml`` goes on living after a wave is frozen: units close, names change, an item leaves
the instrument.  A frozen wave is read with the settings that were kept of it (`as_of`); the look of
the page, the consultant and the consultant's own texts are always today's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hrkit.model import editions
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Engagement, Invited, Protection, Wave
from hrkit.model.instrument import Instrument
from hrkit.model.lineage import Unit
from hrkit.model.terms import Terms

__all__ = ["as_asked", "as_of", "differences", "engagement_settings", "settings_digest"]


def engagement_settings(engagement: Engagement, wave: str) -> dict[str, Any]:
    """Everything of an engagement that a wave's figures and words rest on, as JSON values.

    Parameters
    ----------
    engagement
        As it is written now.
    wave
        Id of the wave; the units are those of it.
    """
    then = engagement.as_in(wave)
    return {
        "client": then.client,
        "language": then.language,
        "units": [{"id": u.id, "name": u.name, "parent": u.parent} for u in then.units],
        "waves": [{"id": w.id, "name": dict(w.name), "was": list(w.was)} for w in then.waves],
        "invited": [[row.unit, row.perspective, row.n] for row in then.invited if row.wave == wave],
        "protection": _protection(then.protection),
        "targets": dict(then.targets),
        "audience": dict(then.audience),
        "synthetic": then.synthetic,
        "instrument": {
            "id": then.instrument.id,
            "version": then.instrument.version,
            "digest": instrument_digest(then.instrument),
            "speaks": list(then.instrument.speaks),
            "data": then.instrument.data,
        },
        "terms": [list(one) for one in then.terms.own],
    }


def _protection(protection: Protection) -> list[int | bool]:
    """The thresholds as they hold; what nobody asked for is not written down."""
    found: list[int | bool] = [protection.scores, protection.details]
    return [*found, True] if protection.insider else found


def instrument_digest(instrument: Instrument) -> str:
    """A digest of everything an instrument says."""
    return _digest(instrument.data)


def settings_digest(settings: Mapping[str, Any]) -> str:
    """A digest that changes when anything does that a wave's figures and words rest on."""
    return _digest(settings)


def _digest(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def as_of(
    engagement: Engagement,
    wave: str,
    settings: Mapping[str, Any] | None,
    units: Iterable[str] = (),
) -> Engagement:
    """The engagement as it was when a wave was released.

    Parameters
    ----------
    engagement
        As it is written now.
    wave
        Id of the wave.
    settings
        What was kept; None for a wave that was released before settings were kept, which is
        read with what ``engagement.yml`` says of it now.
    units
        Ids of the units in what was released, the whole organisation first; for a wave without
        kept settings, so that a unit that is written down no more has its id for a name.
    """
    if not settings:
        return _guessed(engagement.as_in(wave), list(dict.fromkeys(units)))
    found = tuple(Unit(u["id"], u["name"], u["parent"]) for u in settings["units"])
    # Waves as they were called then, a removed one too; those that came later as they are now.
    today = {id: one for one in engagement.waves for id in (one.id, *one.was)}
    waves = [
        replace(today.get(w["id"], Wave(w["id"], {})), id=w["id"], name=w["name"], was=(*w["was"],))
        for w in settings["waves"]
    ]
    waves += [one for one in engagement.waves if not {one.id, *one.was} & {w.id for w in waves}]
    kept = settings["instrument"]
    terms = Terms(tuple((a, b, c, d) for a, b, c, d in settings.get("terms", ())))
    return replace(
        engagement,
        client=settings["client"],
        units=found,
        waves=tuple(waves),
        invited=tuple(Invited(wave, *row) for row in settings["invited"]),
        protection=Protection(*settings["protection"]),
        targets=dict(settings["targets"]),
        audience=dict(settings["audience"]) or engagement.audience,
        synthetic=settings["synthetic"],
        terms=terms,
        instrument=instruments.build(kept["data"], terms, tuple(kept["speaks"])),
    )


def as_asked(engagement: Engagement, version: str) -> Engagement:
    """The engagement with its instrument's ways out as a wave was asked them."""
    found = editions.as_asked(engagement.instrument, version, engagement.terms)
    return engagement if found is engagement.instrument else replace(engagement, instrument=found)


def _guessed(engagement: Engagement, units: list[str]) -> Engagement:
    known = {unit.id for unit in engagement.units}
    lost = [id for id in units if id not in known]
    if not lost:
        return engagement
    if units[0] in known:
        more = tuple(Unit(id, id, units[0]) for id in lost)
        return replace(engagement, units=(*engagement.units, *more))
    # The whole organisation had another id: what was released knows it by that one.
    was, now = units[0], engagement.root
    kept = tuple(
        replace(u, id=was, name=now.name)
        if u is now
        else replace(u, parent=was)
        if u.parent == now.id
        else u
        for u in engagement.units
    )
    more = tuple(Unit(id, id, was) for id in lost[1:])
    return replace(engagement, units=(*kept, *more))


#: Parts of the settings as a person calls them.
_CALLED = {
    "client": "the client's name",
    "units": "units",
    "waves": "names of waves",
    "invited": "how many were invited",
    "protection": "protection",
    "targets": "targets",
    "audience": "audience",
    "synthetic": "synthetic",
    "terms": "the client's words",
    "instrument": "the instrument",
}


def differences(engagement: Engagement, wave: str, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """What ``engagement.yml`` says of a frozen wave otherwise than it was kept, by name."""
    now = json.loads(json.dumps(engagement_settings(engagement, wave)))
    then = dict(settings)
    ids = [w["id"] for w in then["waves"]]
    now["waves"] = [w for w in now["waves"] if w["id"] in ids]
    for one in (now, then):
        one["waves"] = [{"id": w["id"], "name": w["name"]} for w in one["waves"]]
        one["instrument"] = one["instrument"]["digest"]
    if not then["audience"]:
        now["audience"] = then["audience"]  # it was left open then, and is printed as it is now
    return tuple(called for key, called in _CALLED.items() if now[key] != then.get(key))
