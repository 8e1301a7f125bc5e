"""What a pair has said of itself at the start: profiles, goals known, rhythm; and what is still open of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hrkit.records.values import OpenLine

__all__ = ["GOALS", "PHASES", "PROFILE", "SHARED", "Profile", "open_of", "profiles"]

#: What each of the two says of the own part; what both say; the leader's goals; phases of the journey.
PROFILE = ("decides", "does", "advises", "speciality", "learning", "substitute")
SHARED = ("area", "days", "answer", "frame", "environment", "ties", "ambassador")
GOALS = ("goal-1", "goal-2", "goal-3")
PHASES = ("0", "1", "2", "3", "4")
_SIDES = ("hr", "pay")
#: Of a profile that says nothing of these nothing can be handed over.
_CORE = ("decides", "does", "advises", "speciality")


@dataclass(frozen=True)
class Profile:
    """A pair's set-up: what stands in each row, by column (``hr``, ``pay``, ``both``)."""

    pair: str
    said: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.said)

    def field(self, row: str, column: str) -> str:
        """What stands there; empty where nothing does."""
        return self.said.get((row, column), "")


def profiles(lines: Sequence[OpenLine]) -> Mapping[str, Profile]:
    """Pairs by id, from the lines of the set-up sheet."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for line in lines:
        pair, _, row = line.row.partition(".")
        for column in (*_SIDES, "both"):
            if text := line.field(column):
                found.setdefault(pair, {})[row, column] = text
    return {pair: Profile(pair, said) for pair, said in found.items()}


def open_of(one: Profile) -> tuple[tuple[str, str, str], ...]:
    """What is open: a rule, the row it is about, and the side (empty for both).

    ``empty-profile`` a side that says nothing of what it does · ``no-substitute`` · ``goal-unknown`` a goal of
    the leader that one of the two has not been told · ``no-rhythm`` no days on site, or no time to answer.
    """
    found: list[tuple[str, str, str]] = []
    for side in _SIDES:
        if not any(one.field(row, side) for row in _CORE):
            found.append(("empty-profile", "", side))
        elif not one.field("substitute", side):
            found.append(("no-substitute", "substitute", side))
    if not any(one.field(goal, "both") for goal in GOALS):
        found.append(("no-goal", GOALS[0], ""))
    for goal in GOALS:
        if one.field(goal, "both"):
            found += [("goal-unknown", goal, side) for side in _SIDES if not one.field(goal, side)]
    if not (one.field("days", "both") and one.field("answer", "both")):
        found.append(("no-rhythm", "days", ""))
    return tuple(found)
