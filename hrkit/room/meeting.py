"""Leading the meeting: what a host may do, what a phone may vote, and what becomes a record.

Commands are handled where they belong (`agenda`, `voting`, `writing`, `placing`), on what they have
in common (`hrkit.room.gathering`).  Every command is checked by `Talk` first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from hrkit.model.engagement import Engagement, Wave
from hrkit.records.values import Agreed, VotesMoved
from hrkit.room import agenda, placing, voting, writing
from hrkit.room.book import Book
from hrkit.room.gathering import Gathering, Handler, Message, Seat
from hrkit.room.sitting import NotNow
from hrkit.room.talk import FIRST, Talk, Topic

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["Meeting"]

_COMMANDS: dict[str, Handler] = {
    **agenda.COMMANDS,
    **voting.COMMANDS,
    **writing.COMMANDS,
    **placing.COMMANDS,
}


class Meeting(Gathering):
    """The meeting of one room.

    Parameters
    ----------
    released
        What was revealed; None where nothing was.
    seats
        Who is there now.
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
        super().__init__(engagement, wave, book, released, seats, clock)
        if self.talk is not None and self.closing:
            self.talk = self.talk.voted("closed")  # the process was killed in between

    @property
    def closing(self) -> bool:
        """Whether a vote closes."""
        topic = self.talk.topic if self.talk else None
        return topic is not None and topic.vote.endswith("closing")

    def begin(self) -> None:
        """The meeting opens with the proposed agenda; votes of this wave that were shown stay shown."""
        if self.talk is not None or not self.engagement.instrument.has_grid:
            raise NotNow("not_now")
        names = agenda.proposed(self.engagement, self.released())
        count = FIRST if self.released() is not None else len(names)
        held = {one.dimension: one for one in self.records.votes}
        self.talk = Talk(tuple(_topic(name, held.get(name)) for name in names[:count]))

    def command(self, message: Message, language: str = "") -> str:
        """Carry out what a host says; what is to be written into the journal comes back.

        Parameters
        ----------
        language
            In which the host's page is: what is written there is kept as of that language.

        Raises
        ------
        NotNow
            If it is not allowed from here.
        HrkitError
            If what was written cannot be kept.
        """
        do = message.get("do", "")
        self.written_in = language or self.engagement.language
        if do == "begin":
            self.begin()
            return "begin the meeting"
        handler = _COMMANDS.get(do)
        if self.talk is None or handler is None:
            raise NotNow("not_now")
        handler(self, message)
        self.forget_read()
        return f"meeting: {do}"

    def closed(self) -> bool:
        """What was on its way has had its time; whether anything was closing."""
        if not self.closing or self.talk is None:
            return False
        self.talk = self.talk.voted("closed")
        return True

    def end(self) -> None:
        """Nobody's vote is left."""
        if self._ballots is not None or self.talk is not None:
            self.erase_votes()
            self.talk = None

    # ------------------------------------------------------------- what pages ask of the meeting

    def vote(self, seat: Seat, which: str, level: int) -> bool:
        """Keep a vote; False where it is not taken."""
        return voting.vote(self, seat, which, level)

    def without(self, code: str) -> None:
        """A code was made void: while the first vote is open its vote goes, and another code may vote."""
        voting.without(self, code)

    def own(self, seat: Seat) -> tuple[int | None, int | None]:
        """Somebody's own votes on the open row."""
        return voting.own(self, seat)

    def totals(self) -> tuple[int, int] | None:
        """How many have voted, of how many; None where nothing is voted on."""
        return voting.totals(self)

    def small(self) -> tuple[str, ...]:
        """Perspectives of groups that were asked, and of which the release shows nothing."""
        return placing.small(self)

    def consent(self, seat: Seat, party: str, yes: bool) -> bool:
        """What one of a side said; whether it was taken."""
        return placing.consent(self, seat, party, yes)

    def consented(self, seat: Seat) -> bool | None:
        """What this person said to being placed openly; None for nothing."""
        return placing.consented(self, seat)

    def placed(self) -> Agreed | None:
        """A side's open placement on the open row."""
        return placing.placed(self)

    @property
    def showable(self) -> tuple[str, ...]:
        """What the wall may be turned to."""
        return agenda.showable(self)


def _topic(name: str, held: VotesMoved | None) -> Topic:
    if held is None:
        return Topic(name)
    vote = "" if held.by_hand else "second-closed"
    return Topic(name, vote=vote, first=held.first, second=held.second, by_hand=held.by_hand)
