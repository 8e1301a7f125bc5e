"""Numbers of people that other questionnaires of the engagement print: what they would count together.

Tools share no question, so nothing that one says of answers follows from another.  Numbers of people
are of the same people, though: HR as one tool asks it alone, taken from HR and pay partners as another
reports them together, counts the pay partners.  So a number of people is printed once: where a group of
now and one that another questionnaire has printed lie within each other, and differ by one to ``k`` − 1
people, it is said here only that there are *at least* so many, as `hrkit.disclosure.derived.told` does
within one questionnaire.  How many at least follows from what is printed already, and so tells nothing:
the number itself, if ours is the larger group; ``k`` − 1 fewer, if it is the smaller.

Shares of so few tell of how many they are shares (one of nine is 11 %), and so does a reckoned interval:
of such a group no table of shares is given, and whatever is made of a number is made of the one told.

Looked at are the last versions of each other questionnaire in the same round or, where it was not asked
in it, in the round in which it was issued last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hrkit.disclosure.derived.told import asked_of
from hrkit.disclosure.kept.snapshot import from_snapshot
from hrkit.disclosure.released import ALL, Group, Released
from hrkit.model.engagement import Engagement
from hrkit.model.family import others_of
from hrkit.model.instrument import Instrument

if TYPE_CHECKING:
    from hrkit.answers.rounds import Release

__all__ = ["Headcount", "at_least", "elsewhere", "numbers_of"]


class _Counted(Protocol):
    """A row that says how many of a group answered something."""

    @property
    def measure(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def n(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many of some perspectives answered, in the whole organisation, as it is printed."""

    perspectives: frozenset[str]
    n: int


def elsewhere(engagement: Engagement, wave: str) -> frozenset[Headcount]:
    """What the other questionnaires of an engagement have printed of how many answered.

    Parameters
    ----------
    engagement
        A whole, or a part of one; the stores of the others are opened for reading.
    wave
        The round that is looked at.

    Raises
    ------
    EngagementError
        If the file of another part cannot be used.
    StoreError
        If another store cannot be read: what it has printed is not known then.
    """
    from hrkit.answers.opening import NoAnswers
    from hrkit.answers.store import open_store

    found: set[Headcount] = set()
    for other in others_of(engagement):
        try:
            with open_store(other, create=False, write=False) as store:
                kept = store.releases()
        except NoAnswers:
            continue
        for one in _of_round(kept, engagement.stored_under(wave)):
            found |= numbers_of(from_snapshot(one.audit["released"]), other.instrument)
    return frozenset(found)


def _of_round(kept: Sequence[Release], names: Iterable[str]) -> Iterator[Release]:
    """The versions of a round, or of the one that was issued last."""
    shown = [one for one in kept if "released" in one.audit]
    mine = [one for one in shown if one.wave in names]
    last = mine or [one for one in shown if one.wave == shown[-1].wave]
    yield from last


def numbers_of(released: Released, instrument: Instrument) -> frozenset[Headcount]:
    """Every number of people that a version prints of a group in the whole organisation."""
    named = {group.id: group.perspectives for group in released.groups}
    root = next((one.unit for one in released.turnout), "")
    said: list[tuple[str, str, int | None]] = [
        ("", one.group, one.answered) for one in released.answering
    ]
    said += [
        (one.measure, one.group, one.n)
        for one in released.scores
        if one.shown and one.unit == root and one.told is None
    ]
    tables: Iterable[_Counted] = (
        *released.shares,
        *released.ballots,
        *released.counts,
        *released.distributions,
        *released.silences,
        *released.without,
        *released.reliability,
    )
    said += [(one.measure, one.group, one.n) for one in tables if one.group != ALL]
    return frozenset(
        Headcount(frozenset(asked_of(instrument, measure, named[group])), n)
        for measure, group, n in said
        if n and group in named
    )


def at_least(
    own: Iterable[tuple[Group, Headcount]], printed: Iterable[Headcount], k: int
) -> Mapping[str, int]:
    """Groups whose number, beside what is printed elsewhere, would count a few; and what is said instead.

    Parameters
    ----------
    own
        Groups with a number that would be printed of them.
    printed
        What other questionnaires print.
    k
        Fewer people than this are not counted.
    """
    found: dict[str, int] = {}
    for group, mine in own:
        for other in printed:
            if mine.perspectives < other.perspectives and 0 < other.n - mine.n < k:
                least = max(k, other.n - k + 1)
            elif other.perspectives < mine.perspectives and 0 < mine.n - other.n < k:
                least = max(k, other.n)
            else:
                continue
            found[group.id] = min(found.get(group.id, least), least)
    return found
