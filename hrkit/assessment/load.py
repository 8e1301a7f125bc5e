"""How long the forms of an engagement take each perspective, over all its tools.

Nobody is asked for more than `SITTING` minutes of anonymous forms at a time, and for `SITTINGS` such
times in a wave: whoever is asked for more answers with less care, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from hrkit.assessment.parts import parts_of, without_part
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument
from hrkit.model.tool import SITTING, SITTINGS, form_minutes

__all__ = ["minutes", "told", "too_long"]


def minutes(engagement: Engagement, wave: str = "") -> Mapping[str, float]:
    """Minutes of anonymous forms by perspective, in the order in which they are asked.

    Parameters
    ----------
    wave
        The round in which they are asked; the latest if empty.
    """
    return {who: sum(each.values()) for who, each in _forms(engagement, wave).items()}


def _forms(engagement: Engagement, wave: str) -> Mapping[str, Mapping[str, float]]:
    """Minutes by perspective and form, as `minutes`."""
    found: dict[str, dict[str, float]] = {}
    at = engagement.wave(wave or None).id
    for id, instrument in (("", engagement.instrument), *_asked(engagement)):
        rounds = engagement.asked.get(id or instrument.id)
        if rounds is not None and at not in rounds:
            continue
        for perspective in instrument.perspectives:
            said = form_minutes(instrument, perspective)
            found.setdefault(perspective, {})[id or instrument.id] = said
    return found


def _asked(engagement: Engagement) -> tuple[tuple[str, Instrument], ...]:
    return tuple((id, part.instrument) for id, part in parts_of(engagement).items())


def told(engagement: Engagement) -> tuple[str, ...]:
    """What the forms ask of people, and tools that still have no folder; nothing where there are no tools."""
    if not engagement.tools:
        return ()
    rounds = [wave.id for wave in engagement.waves] if engagement.asked else [""]
    notes = []
    for wave in rounds:
        each = ", ".join(
            f"{perspective} {ceil(one)} min in {_sittings(one)}"
            for perspective, one in minutes(engagement, wave).items()
        )
        at = f"in {wave} " if wave else ""
        notes += [f"{at}the forms take each person: {each}"] if each else []
    missing = without_part(engagement)
    if missing:
        notes.append(
            f"{', '.join(missing)} {'has' if len(missing) == 1 else 'have'} no folder yet; make it with: hrkit tools DIR"
        )
    if engagement.synthetic and too_long(engagement):
        # A demonstration shows every tool at once; nobody is asked by it.
        notes.append(
            f"a demonstration of all tools in one round: where people are asked, spread what takes more than "
            f"{SITTINGS} sittings over rounds (asked: {{TOOL: [ROUND]}})"
        )
    return tuple(notes)


def too_long(engagement: Engagement) -> Mapping[str, tuple[str, ...]]:
    """Rounds in which some are asked for more than all sittings hold: the perspectives, with their minutes."""
    most = SITTING * SITTINGS
    found = {
        wave.id: tuple(
            f"{perspective} ({ceil(sum(each.values()))} min: {_listed(each)})"
            for perspective, each in _forms(engagement, wave.id).items()
            if sum(each.values()) > most
        )
        for wave in engagement.waves
        if engagement.tools
    }
    return {wave: long for wave, long in found.items() if long}


def _listed(each: Mapping[str, float]) -> str:
    """Which form takes how long, the longest first."""
    ordered = sorted(each.items(), key=lambda one: -one[1])
    return ", ".join(f"{id} {ceil(one)}" for id, one in ordered)


def _sittings(one: float) -> str:
    count = max(1, ceil(round(one, 1) / SITTING))
    return "one sitting" if count == 1 else f"{count} sittings"
