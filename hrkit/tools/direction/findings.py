"""What the sheets say side by side: plans without a measure, commitments that are missing, parts nobody leads.

Nothing is counted but parties, and no text is read for its meaning: whether two texts say the same is
marked by the people in the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrkit.records.values import OpenLine, Records
from hrkit.tools.direction.canvas import TOOL, canvas

__all__ = [
    "AGREED",
    "CANVAS",
    "CARDS",
    "CYCLE",
    "JOINS",
    "LEADS",
    "MARKS",
    "NOBODY",
    "OpenFinding",
    "SheetsSaid",
    "agreed",
    "cycle",
    "found",
]

#: The tool's sheets.
CANVAS, AGREED, CYCLE, CARDS = "canvas", "direction", "cycle", "capabilities"
#: How the room marks a topic.
MARKS = ("same", "differs", "missing")
#: Who leads a part, and who joins in it.
LEADS, JOINS = "leads", "joins"
#: What a part hands over to, where it hands over to nobody.
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding by rule: which, of which row, and about whom."""

    rule: str
    row: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetsSaid:
    """What the sheets say.

    Attributes
    ----------
    planned
        Parties whose result has a measure and a date.
    spoken
        Parties that have filled in anything.
    of
        All parties.
    findings
        The rest, in the order in which they are taken up.
    """

    planned: tuple[str, ...]
    spoken: tuple[str, ...]
    of: tuple[str, ...]
    findings: tuple[OpenFinding, ...]

    def by(self, rule: str) -> tuple[OpenFinding, ...]:
        """The findings of one rule."""
        return tuple(one for one in self.findings if one.rule == rule)


def _canvas(records: Records) -> dict[tuple[str, str], OpenLine]:
    """Each party's fields."""
    return {
        (line.scope.removeprefix("party:"), line.row): line for line in records.sheet(TOOL, CANVAS)
    }


def agreed(line: OpenLine | None) -> bool:
    """Whether a topic has one text that roles have said yes to, on a day."""
    return line is not None and all(line.field(one) for one in ("text", "yes", "date"))


def cycle(records: Records, phase: str) -> OpenLine | None:
    """What is said of a part of the cycle."""
    return next((one for one in records.sheet(TOOL, CYCLE) if one.row == phase), None)


def found(records: Records, parties: Sequence[str]) -> SheetsSaid:
    """Everything the sheets show of these parties."""
    told, known = _canvas(records), canvas()
    spoken = tuple(p for p in parties if any(party == p for party, _ in told))
    planned = tuple(
        p
        for p in parties
        if any(
            (line := told.get((p, field.id))) is not None
            and all(line.field(one) for one in ("text", "measure", "date"))
            for field in known.fields.values()
            if field.measured
        )
    )
    marks = {line.row: line for line in records.sheet(TOOL, AGREED)}
    rows = [
        *_topics(marks, spoken),
        *_parties(told, spoken),
        *_cycle(records, parties),
        *_cards(records),
    ]
    return SheetsSaid(planned, spoken, tuple(parties), tuple(rows))


def _topics(marks: dict[str, OpenLine], spoken: Sequence[str]) -> list[OpenFinding]:
    """Topics on which the parties differ come first; then those that nobody has marked."""
    known = canvas()
    if not spoken:
        return []

    def of(topic: str) -> str:
        return marks[topic].field("mark") if topic in marks else ""

    found = [
        OpenFinding(mark, topic)
        for mark in ("differs", "missing")
        for topic in known.topics
        if of(topic) == mark and not agreed(marks.get(topic))
    ]
    return found + [OpenFinding("unmarked", topic) for topic in known.topics if not of(topic)]


def _parties(told: dict[tuple[str, str], OpenLine], spoken: Sequence[str]) -> list[OpenFinding]:
    known = canvas()
    found = []
    without = tuple(
        p for p in spoken if not any((p, field.id) in told for field in known.of("commit"))
    )
    if without:
        found.append(OpenFinding("commit-empty", "commit", without))
    steps = tuple(
        p
        for p in spoken
        if any(
            line.field("text") and not line.field("role")
            for field in known.fields.values()
            if field.step and (line := told.get((p, field.id))) is not None
        )
    )
    if steps:
        found.append(OpenFinding("step-without-role", "plan", steps))
    return found


def _cycle(records: Records, parties: Sequence[str]) -> list[OpenFinding]:
    """Parts that nobody leads, that two lead, in which the manager is missing, that hand over to nobody."""
    known = canvas()
    if not records.sheet(TOOL, CYCLE):
        return []
    found = []
    for phase in known.phases:
        line = cycle(records, phase)
        part = {party: line.field(party) if line else "" for party in parties}
        leads = tuple(party for party, what in part.items() if what == LEADS)
        if not leads:
            found.append(OpenFinding("nobody-leads", phase))
        if len(leads) > 1:
            found.append(OpenFinding("two-lead", phase, leads))
        if known.manager in part and part[known.manager] not in (LEADS, JOINS):
            found.append(OpenFinding("manager-absent", phase, (known.manager,)))
        if line is not None and line.field("hands") in ("", NOBODY):
            found.append(OpenFinding("broken", phase))
    return found


def _cards(records: Records) -> list[OpenFinding]:
    known = canvas()
    said = {line.row: line for line in records.sheet(TOOL, CARDS)}
    return [
        OpenFinding("cards-differ", row, known.cards)
        for row in known.capabilities
        if row in said
        and all(said[row].field(side) for side in known.cards)
        and len({said[row].field(side) for side in known.cards}) > 1
    ]
