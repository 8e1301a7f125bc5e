"""What the group agreed, task by task; and what two actors promised each other.

A task is *agreed* where exactly one decides, somebody does it, it has a day, and whoever decides or
does has said yes; else it is *proposed*, or *parked*.  A promise stands only when both have said yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.records.values import OpenLine, Records
from hrkit.tools.blueprint.findings import Sheet, deciders, doers, heavier, load
from hrkit.tools.blueprint.tasks import MARKS, TENSES

__all__ = [
    "AGREEMENT",
    "EXCHANGE",
    "GAINS",
    "PARTY",
    "AgreedTask",
    "changed",
    "more_without_less",
    "promises",
    "settled",
    "sheets",
]

TOOL = "blueprint"
PARTY, AGREEMENT, EXCHANGE, GAINS = "party", "agreement", "exchange", "gains"


@dataclass(frozen=True, slots=True)
class AgreedTask:
    """What the group wrote down about a task, and how far it stands: ``agreed``, ``proposed``, ``parked``."""

    line: OpenLine
    state: str

    @property
    def task(self) -> str:
        """Its id."""
        return self.line.row

    @property
    def decides(self) -> str:
        """Who decides."""
        return self.line.field("decides")

    @property
    def does(self) -> str:
        """Who carries it out."""
        return self.line.field("does")


def sheets(records: Records) -> Mapping[str, Sheet]:
    """Each party's sheet, as it was filled in."""
    found: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for line in records.sheet(TOOL, PARTY):
        party = line.scope.removeprefix("party:")
        task, _, tense = line.row.rpartition(" ")
        cells = {actor: mark for actor, mark in line.said if mark in MARKS}
        if tense in TENSES and cells:
            found.setdefault(party, {})[task, tense] = cells
    return found


def settled(records: Records) -> tuple[AgreedTask, ...]:
    """What was written down of each task."""
    return tuple(AgreedTask(line, _state(line)) for line in records.sheet(TOOL, AGREEMENT))


def _state(line: OpenLine) -> str:
    if line.field("parked"):
        return "parked"
    said = all(line.field(name) for name in ("decides", "does", "from", "yes-decides"))
    same = line.field("decides") == line.field("does")
    return "agreed" if said and (same or line.field("yes-does")) else "proposed"


def promises(records: Records) -> tuple[tuple[OpenLine, bool], ...]:
    """What is asked of each other, and whether both have said yes."""
    return tuple(
        (line, bool(line.field("yes-from") and line.field("yes-to")))
        for line in records.sheet(TOOL, EXCHANGE)
    )


def changed(one: AgreedTask, now: Mapping[str, Sheet]) -> bool:
    """Whether a task is agreed otherwise than the sheets say it is, or as some of them do not see it."""
    seen = [sheet[one.task, "now"] for sheet in now.values() if (one.task, "now") in sheet]
    return (
        any(deciders(cells) != {one.decides} or one.does not in doers(cells) for cells in seen)
        or not seen
    )


def more_without_less(records: Records) -> Mapping[str, tuple[int, int]]:
    """Parties that would carry a quarter more than today, with both loads, and are promised no less.

    What a party does today is read from its own sheet; only tasks that the group settled are weighed.
    """
    now, done = sheets(records), settled(records)
    weights = {one.task: int(one.line.field("weight") or 1) for one in done}
    relieved = {
        line.field("from")
        for line, both in promises(records)
        if both and line.field("kind") == "less"
    }
    found = {}
    for party, sheet in now.items():
        mine = {one.task: party in doers(sheet.get((one.task, "now"), {})) for one in done}
        then = {one.task: one.does == party for one in done}
        before, after = load(mine, weights), load(then, weights)
        if heavier(before, after) and party not in relieved:
            found[party] = (before, after)
    return found


def rights(done: Sequence[AgreedTask], having: frozenset[str]) -> tuple[AgreedTask, ...]:
    """Tasks on which representatives may have a say, and were not heard."""
    return tuple(one for one in done if one.task in having and one.line.field("reps") != "heard")
