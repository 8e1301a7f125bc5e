"""Who was invited, and who answered, group by group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hrkit.disclosure.cells import inside
from hrkit.disclosure.released import Group, Turnout
from hrkit.disclosure.wave import PRESENCE, WaveAnswers
from hrkit.model.engagement import Engagement

__all__ = ["invited_of", "turnout_of"]


def invited_of(
    engagement: Engagement, id: str, groups: Sequence[Group]
) -> dict[tuple[str, str], int | None]:
    """Unit and group to the number invited, None where it is not known."""
    return {
        (unit.id, group.id): engagement.invited_to(id, unit.id, group.perspectives)
        for unit in engagement.units
        for group in groups
    }


def turnout_of(
    wave: WaveAnswers, engagement: Engagement, id: str, groups: Sequence[Group], k: int
) -> tuple[Turnout, ...]:
    """How many answered, group by group, as the groups stand: late people of a few are not counted.

    The number invited stays beside a number withheld; nobody is counted twice, and no total is
    given over groups of which one is withheld.
    """
    found = []
    counted = wave.counted(PRESENCE)
    for group in groups:
        n = len(
            {wave.token[i] for i in np.flatnonzero(inside(wave, group) & counted)}
            if wave.token
            else np.flatnonzero(inside(wave, group))
        )
        invited = engagement.invited_to(id, engagement.root.id, group.perspectives)
        found.append(
            Turnout(
                engagement.root.id,
                group.id,
                n if n == 0 or n >= k else None,
                invited if invited is not None and invited >= n else None,
            )
        )
    return tuple(found)
