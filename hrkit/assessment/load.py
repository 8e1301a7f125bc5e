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
    total: dict[str, float] = {}
    at = engagement.wave(wave or None).id
    for id, instrument in (("", engagement.instrument), *_asked(engagement)):
        rounds = engagement.asked.get(id or instrument.id)
        if rounds is not None and at not in rounds:
            continue
        for perspective in instrument.perspectives:
            said = form_minutes(instrument, perspective)
            total[perspective] = total.get(perspective, 0) + said
    return total


def _asked(engagement: Engagement) -> tuple[tuple[str, Instrument], ...]:
    return tuple((id, part.instrument) for id, part in parts_of(engagement).items())


def told(engagement: Engagement) -> tuple[str, ...]:
    """What the forms ask of people, and tools that still have no folder; nothing where there are no tools."""
    if not engagement.tools:
        return ()
    each = ", ".join(
        f"{perspective} {ceil(one)} min in {_sittings(one)}"
        for perspective, one in minutes(engagement).items()
    )
    missing = without_part(engagement)
    notes = [f"the forms take each person: {each}"]
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
            f"{perspective} ({ceil(one)} min)"
            for perspective, one in minutes(engagement, wave.id).items()
            if one > most
        )
        for wave in engagement.waves
        if engagement.tools
    }
    return {wave: long for wave, long in found.items() if long}


def _sittings(one: float) -> str:
    count = max(1, ceil(round(one, 1) / SITTING))
    return "one sitting" if count == 1 else f"{count} sittings"
