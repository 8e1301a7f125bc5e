"""What one meeting has in its hands: where it stands, who is there, the votes, the records.

Handlers of commands (`agenda`, `voting`, `writing`, `placing`) change it, and `hrkit.room.meeting`
says which may be called.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrkit.model.engagement import Engagement, Wave
from hrkit.model.followed import Followed
from hrkit.records.store import KeptRecord, open_records, records_of
from hrkit.records.values import Records
from hrkit.room.ballots import Ballots
from hrkit.room.book import Book
from hrkit.room.sitting import NotNow
from hrkit.room.talk import Talk, Topic
from hrkit.text import clean

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["Gathering", "Handler", "Message", "Seat", "reasoned", "written"]

Message = dict[str, Any]
#: Characters of a text that the host writes; a wall holds no more of it.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody with a phone: the code they came with, and from which chair they answer."""

    code: str
    perspective: str


class Gathering:
    """The meeting of one room, as its commands find it.

    Parameters
    ----------
    released
        What was revealed; None where nothing was.
    seats
        Who is there now.

    Attributes
    ----------
    talk
        Where the meeting stands; None before it has begun.
    consents
        What each of a side said to being placed openly; in memory only.
    written_in
        The language of the page on which is written.
    """

    def __init__(
        self,
        engagement: Engagement,
        wave: Wave,
        book: Book,
        released: Callable[[], Released | None],
        seats: Callable[[], Iterable[Seat]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.engagement, self.wave, self.book = engagement, wave, book
        self.released, self.seats, self._clock = released, seats, clock
        self.talk = Talk.read(book.talk) if book.talk else None
        self._ballots: Ballots | None = None
        self.consents: dict[str, dict[str, bool]] = {}
        self._records: Records | None = None
        self.written_in = engagement.language

    @property
    def ballots(self) -> Ballots:
        """Votes that were not shown yet; the file is made with the first."""
        if self._ballots is None:
            self._ballots = Ballots(self.engagement.folder if self.book.kept else None)
        return self._ballots

    @property
    def records(self) -> Records:
        """What stands in the records of this wave."""
        if self._records is None:
            names = self.engagement.stored_under(self.wave.id)
            self._records = records_of(self.engagement).of(names)
        return self._records

    @property
    def moment(self) -> float:
        """Now."""
        return self._clock()

    def kept(self, kind: str) -> tuple[KeptRecord, ...]:
        """Records of one kind of this wave, with their ids."""
        names = self.engagement.stored_under(self.wave.id)
        with open_records(self.engagement, write=False) as keeper:
            return tuple(
                one
                for one in keeper.entries(kind)
                if (one.value.since if isinstance(one.value, Followed) else one.value.wave) in names
            )

    @property
    def talking(self) -> Talk:
        """Where the meeting stands, once it has begun."""
        if self.talk is None:
            raise NotNow("not_now")
        return self.talk

    def topic(self) -> Topic:
        """The subject that is open."""
        topic = self.talking.topic
        if topic is None:
            raise NotNow("not_now")
        return topic

    def leave(self) -> None:
        """Votes of a topic that is left and were not shown are void."""
        topic = self.talking.topic
        if topic is None:
            return
        if self.talking.voting:
            raise NotNow("not_now")
        if topic.vote and not (topic.second or topic.by_hand):
            self.ballots.erase(topic.dimension)
            kept = "second-closed" if topic.first else ""
            self.talk = self.talking.with_topic(vote=kept)

    def thresholds(self) -> tuple[int, int]:
        """From how many a figure may be shown, and from how many its spread."""
        protection = self.engagement.protection
        return protection.scores, protection.details

    def put(self, value: Any, *, id: str = "", reason: str = "") -> None:
        """Write a record."""
        with open_records(self.engagement) as keeper:
            keeper.put(value, id=id, reason=reason)
        self._records = None

    def forget_read(self) -> None:
        """Records are read anew when they are next asked for."""
        self._records = None

    def erase_votes(self) -> None:
        """Nobody's vote is left, nor the file of them."""
        self.ballots.erase()
        self.ballots.close()
        self._ballots = None


#: Carries out one command, or raises `NotNow`.
Handler = Callable[[Gathering, Message], None]


def written(message: Message, name: str) -> str:
    """A text of a message, as short as a wall can hold."""
    text = " ".join(clean(message.get(name, "")).split())
    if len(text) > _LONGEST:
        raise NotNow("too_long")
    return text


def reasoned(message: Message) -> str:
    """The reason that a command needs."""
    reason = written(message, "reason")
    if not reason:
        raise NotNow("no_reason")
    return reason
