"""How many do we need: what can be seen with the people who are invited, before anybody answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.errors import EngagementError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE

if TYPE_CHECKING:
    from hrkit.disclosure.derived.planned_choice import Choosing
    from hrkit.disclosure.derived.seen import Outlook

__all__ = ["Plan", "plan"]


@dataclass(frozen=True)
class Plan:
    """What could be seen of a wave, at each of several assumed responses.

    Attributes
    ----------
    wave
        Its id.
    outlooks
        One for each assumed response, the largest last.
    text
        The same in words; what the command prints.
    choice
        From how many what is chosen of a list is shown; None where nothing is chosen.
    """

    wave: str
    outlooks: tuple[Outlook, ...]
    text: str
    choice: Choosing | None = None

    def __str__(self) -> str:
        return self.text


def plan(folder: str | Path, *, wave: str = "", language: str = "") -> Plan:
    """What can be seen with the people who are invited: differences, changes, levels, units, choices.

    Parameters
    ----------
    folder
        An engagement folder; no answers are read.
    wave
        Id of the wave whose invited count; the latest if empty.
    language
        ``en``, ``da`` or ``nl``; the engagement's own if empty.

    Raises
    ------
    HrkitError
        If the engagement cannot be used, or does not say whom the wave invites.
    """
    from hrkit.disclosure.chosen.picks import standing_alone
    from hrkit.disclosure.chosen.shares import behind
    from hrkit.disclosure.derived.planned import outlooks
    from hrkit.disclosure.derived.planned_choice import choosing
    from hrkit.model.language import known as known_language
    from hrkit.report.planning import told

    engagement = engagements.load(folder)
    language = language or engagement.language
    known_language(language)
    id = engagement.wave(wave or None).id
    if not any(row.wave == id and row.n for row in engagement.invited):
        raise EngagementError(
            f"{FILE} does not say how many are invited in {id}: fill in invited: first, by unit "
            "and perspective."
        )
    engagement = engagement.as_in(id)
    found = outlooks(engagement, id)
    asked = engagement.instrument.choice
    fewest = behind(engagement.protection.insider)
    limit = asked.facet.scale.at_most if asked else 0
    choice = choosing(engagement, id, found, partial(standing_alone, at_most=limit, least=fewest))
    return Plan(id, found, told(engagement, id, found, engagement.words(language), choice), choice)
