"""Open records as frozen values: what was agreed, how the votes moved, what became of actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hrkit.model.followed import Followed

__all__ = [
    "LEVELS",
    "ROOM",
    "Agreed",
    "GroupWords",
    "OpenLine",
    "Records",
    "VotesMoved",
    "scope_of",
]

#: Levels a group can agree on.
LEVELS = (1, 2, 3, 4, 5)
#: The scope of what everybody in the room agreed on.
ROOM = "room"
_KINDS = ("table", "party")


def scope_of(text: str) -> tuple[str, str]:
    """What a scope says: its kind, and which one.

    >>> scope_of("room"), scope_of("table:3"), scope_of("party:hr")
    (('room', ''), ('table', '3'), ('party', 'hr'))

    Raises
    ------
    ValueError
        If it is none.
    """
    if text == ROOM:
        return ROOM, ""
    kind, _, which = text.partition(":")
    if kind not in _KINDS or not which.strip():
        raise ValueError(f"{text!r} is no scope")
    return kind, which.strip()


@dataclass(frozen=True, slots=True)
class Agreed:
    """Where a group placed itself on one row of the grid, aloud.

    Attributes
    ----------
    dimension, wave
        What it is about, and beside which round of measurement.
    scope
        ``room``, ``table:NAME``, or ``party:PERSPECTIVE`` where a side that is too small to be
        shown places itself openly.
    level
        1 to 5; None where the group is not of one mind, and says both views.
    evidence
        What it rests on.
    shift
        Why the votes moved, or did not.
    views
        Both views, where there is no level.
    locked
        Read aloud and agreed to; a draft otherwise.
    beside
        The version of the release it was made beside; 0 for none.
    language
        In which it was written; empty where nobody noted it.  It is printed as it was written.
    """

    dimension: str
    wave: str
    scope: str = ROOM
    level: int | None = None
    evidence: str = ""
    shift: str = ""
    views: str = ""
    locked: bool = False
    beside: int = 0
    language: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        scope_of(self.scope)
        if self.level is not None and self.level not in LEVELS:
            raise ValueError(f"{self.level} is no level")

    @property
    def parted(self) -> bool:
        """Not of one mind."""
        return self.level is None


@dataclass(frozen=True, slots=True)
class VotesMoved:
    """Both votes on one row as they were released, or typed from a show of cards.

    Attributes
    ----------
    first, second
        What was shown of each, in words that any language can say: see `hrkit.disclosure.chosen.votes`;
        empty for a vote that was not held.
    shift
        ``higher``, ``lower``, ``same``, or empty where nothing may be said of it.
    by_hand
        A show of cards, typed by the facilitator: open in the room, and no release.
    """

    dimension: str
    wave: str
    first: str = ""
    second: str = ""
    shift: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What a group wrote down in its own words, on a subject or on the meeting."""

    text: str
    wave: str
    dimension: str = ""
    scope: str = ROOM
    language: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        scope_of(self.scope)


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of a tool's open sheet: what a party or the room wrote down about one row, under its own name.

    Attributes
    ----------
    tool, sheet
        Which sheet it stands on: ``mirror``, ``card``.
    wave, scope
        Beside which round, and whose word it is; see `scope_of`.  Empty for what goes on over all rounds.
    row
        What it is about, by the sheet's own id.
    said
        Field and what stands in it; fields that are empty are left out.
    """

    tool: str
    sheet: str
    wave: str
    row: str
    scope: str = ROOM
    said: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        scope_of(self.scope)
        # JSON knows no tuples.
        kept = tuple((str(name), str(value)) for name, value in self.said if value)
        object.__setattr__(self, "said", kept)

    def __bool__(self) -> bool:
        return bool(self.said)

    def field(self, name: str) -> str:
        """What stands in a field; empty where nothing does."""
        return dict(self.said).get(name, "")


@dataclass(frozen=True)
class Records:
    """Everything as it stands now.

    ``past`` is every version of every line of an open sheet, with the ISO day on which it was kept,
    in that order: what is counted of lines must not tell one that came later (`hrkit.records.together`).
    """

    agreed: tuple[Agreed, ...] = ()
    votes: tuple[VotesMoved, ...] = ()
    words: tuple[GroupWords, ...] = ()
    actions: tuple[Followed, ...] = ()
    lines: tuple[OpenLine, ...] = ()
    past: tuple[tuple[str, OpenLine], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.agreed or self.votes or self.words or self.actions or self.lines)

    def of(self, waves: Sequence[str]) -> Records:
        """The records of one wave, under any id it had."""
        return Records(
            tuple(one for one in self.agreed if one.wave in waves),
            tuple(one for one in self.votes if one.wave in waves),
            tuple(one for one in self.words if one.wave in waves),
            tuple(one for one in self.actions if one.since in waves),
            tuple(one for one in self.lines if one.wave in ("", *waves)),
            tuple(one for one in self.past if one[1].wave in ("", *waves)),
        )

    def sheet(self, tool: str, name: str) -> tuple[OpenLine, ...]:
        """What stands on one open sheet of a tool; lines that were emptied are left out."""
        return tuple(one for one in self.lines if (one.tool, one.sheet) == (tool, name) and one)

    def level(self, dimension: str, scope: str = ROOM) -> Agreed | None:
        """What is locked about a row; the last where waves differ."""
        found = [
            one
            for one in self.agreed
            if one.dimension == dimension and one.scope == scope and one.locked
        ]
        return found[-1] if found else None

    def moved(self, dimension: str) -> VotesMoved | None:
        """How the votes on a row moved."""
        return next((one for one in reversed(self.votes) if one.dimension == dimension), None)
