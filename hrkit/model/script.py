"""The script of the meeting about the results: agendas, house rules, cards, and what the facilitator says.

It is data (`data/templates/workshop/INSTRUMENT/script.yml`) and holds no figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrkit import kit
from hrkit.model.engagement import Engagement
from hrkit.model.language import Texts
from hrkit.model.terms import expanded
from hrkit.model.yamlfile import read_yaml

__all__ = ["CARDS", "Moment", "Script", "script_of"]

#: Sub-folder of the kit with the scripts, and the cards a script has.
FOLDER, FILE = "workshop", "script.yml"
CARDS = ("guess", "vote", "agreement")


@dataclass(frozen=True, slots=True)
class Moment:
    """One item of an agenda: from which minute to which, what, how, and the paper it needs."""

    start: int
    end: int
    what: Texts
    how: Texts
    paper: Texts | None


@dataclass(frozen=True)
class Script:
    """A script, its terms filled in.

    Attributes
    ----------
    agendas
        By length in minutes.
    said
        The rest as the file has it: title, aim, prepare, rules, opening, objections, grid and cards.
    """

    agendas: Mapping[int, tuple[Moment, ...]]
    said: Mapping[str, Any]

    def agenda(self, minutes: int) -> tuple[int, tuple[Moment, ...]]:
        """The longest agenda that is no longer than so many minutes; the shortest if none is."""
        fitting = [length for length in self.agendas if length <= minutes]
        length = max(fitting) if fitting else min(self.agendas)
        return length, self.agendas[length]


def script_of(engagement: Engagement) -> Script | None:
    """The script for an engagement's instrument; None where it has none."""
    for id in engagement.instrument.speaks:
        path = kit.templates() / FOLDER / id / FILE
        if path.is_file():
            raw = expanded(read_yaml(path).data, engagement.terms)
            return Script(
                {one["minutes"]: _moments(raw, one["items"]) for one in raw["agendas"]}, raw
            )
    return None


def _moments(raw: Any, items: Any) -> tuple[Moment, ...]:
    found: list[Moment] = []
    for item in items:
        start = found[-1].end if found else 0
        moment = raw["moments"][item["moment"]]
        end = start + item["minutes"]
        found.append(Moment(start, end, moment["what"], moment["how"], moment.get("paper")))
    return tuple(found)
