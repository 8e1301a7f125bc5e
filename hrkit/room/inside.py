"""What one room has in its hands: what is asked, who is connected, where it stands, what was released.

What comes from phones (`hearing`) and from hosts (`commands`) changes it; what any page gets of it is
made in one place, `hrkit.room.outgoing`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from hrkit.answers.store import Store
from hrkit.forms import pages
from hrkit.forms.session import Desk
from hrkit.model.engagement import Engagement, Wave
from hrkit.room.apart import Apart, at_once
from hrkit.room.book import Book
from hrkit.room.gathering import Seat
from hrkit.room.guard import Tries
from hrkit.room.meeting import Meeting
from hrkit.room.progress import Progress
from hrkit.room.reach import Reach
from hrkit.room.repeats import Repeats
from hrkit.room.wire import Message, Wire

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["Inside"]

#: Tries of a code in vain: at once, and seconds until one more; of an address.
_ALL_TRIES, _ALL_EVERY = 120, 1.0
#: Of a key, by address.  Who has one never misses.
_KEY_TRIES, _KEY_EVERY = 10, 10.0


class Inside:
    """The room itself.

    Parameters
    ----------
    engagement, wave
        What is asked, and in which round of measurement.
    store
        Open for writing; the desk saves into it.
    book
        What the room remembers.
    join
        Address and network as the wall shows them, for each language.
    coded
        Whether one joins with a code only.

    Attributes
    ----------
    apart
        How a release is made: at once, unless the port has something better.
    """

    def __init__(
        self,
        engagement: Engagement,
        wave: Wave,
        store: Store,
        book: Book,
        join: Callable[[str], Message],
        *,
        coded: bool,
        kept: bool = True,
    ) -> None:
        self.engagement, self.wave, self.store, self.book = engagement, wave, store, book
        self.join, self.coded = join, coded
        self.pulse = store.pulse(wave.id)
        self.progress = Progress(engagement.instrument)
        self.desk = Desk(
            engagement,
            wave,
            store,
            engagement.language,
            kept=kept,
            coded=coded,
            saved=self.progress.saved,
            batch=self.batch,
        )
        self.progress.again(store.progress(wave.id, self.progress.fewest))
        self._number = 0
        everybody = engagement.instrument.perspectives
        self.invited = engagement.invited_to(wave.id, engagement.root.id, everybody)
        self.phones: dict[str, Wire] = {}
        self.walls: dict[str, Wire] = {}
        self.hosts: dict[str, Wire] = {}
        self.tries = Tries(_ALL_TRIES, _ALL_EVERY)
        self.key_tries = Tries(_KEY_TRIES, _KEY_EVERY)
        self.reach = Reach()
        self.repeats = Repeats(book)
        self.late: set[str] = set()  # codes of who was not done when it closed; in memory alone
        self.counted: tuple[object, ...] = (0, 0, 0, None, 0)  # as they were told last
        self.released: Released | None = None
        self.apart: Apart = at_once
        self.revealing = False  # a release is being made; nobody leads on meanwhile
        self.meeting = Meeting(engagement, wave, book, self.revealed, self.seats)
        if book.round.step == "closing":
            # The process was killed in between: what was on its way has come or will be refused.
            book.round = book.round.after("closed")

    def opening(self) -> dict[str, dict[str, str]]:
        """What a phone says before the first message has come, by language; the engagement's own first."""
        own = self.engagement.language
        order = (own, *(one for one in self.engagement.languages if one != own))
        return {one: pages.opening(one) for one in order}

    def check(self) -> dict[str, dict[str, str]]:
        """What the page of the check says, by language; the engagement's own first."""
        said = ("page", "line", "lost")
        return {
            one: {key: self.engagement.words(one)(f"room.check.{key}") for key in said}
            for one in self.opening()
        }

    def batch(self) -> int:
        """The number under which the store keeps what is answered now, so that it can be taken back."""
        if not self._number:
            book = self.book
            if not book.batch:
                there = {one.name for one in self.store.imports()}
                day = f"room-{dt.date.today()}"
                names = (day, *(f"{day}-{n}" for n in range(2, len(there) + 3)))
                book.batch = next(name for name in names if name not in there)
                book.since = self.store.issued(self.wave.id)
                book.save()  # before the store knows of it: one that was killed goes on with the same
            self._number = self.store.gather(self.wave.id, book.batch)
        return self._number

    @property
    def taken(self) -> int:
        """How many answered in this room, whose answers can be taken back; 0 where they cannot."""
        book = self.book
        if book.round.step != "closed" or not book.batch or self.meeting.talk is not None:
            return 0
        if self.store.issued(self.wave.id) != book.since:
            return 0  # they are in a version that was issued: no phone takes that back
        return self.store.gathered(book.batch)

    def settle(self) -> None:
        """What was answered cannot be taken back any more, and nobody is known to have answered here."""
        if self.book.batch:
            self.store.settle(self.book.batch)
        self.book.batch, self._number = "", 0

    def take_back(self) -> None:
        """What was answered in this room goes; whoever had answered before says again what they said."""
        self.store.undo(self.book.batch)
        self.book.batch, self._number = "", 0
        self.desk.clear()
        self.late.clear()
        self.recount()

    def recount(self) -> None:
        """The store was written by others, or by more than one answer."""
        self.progress.again(self.store.progress(self.wave.id, self.progress.fewest))
        self.pulse = self.store.pulse(self.wave.id)
        self._number = 0  # what others did may have been to take this room's answers back

    def seat(self, line: Wire) -> Seat | None:
        """Who sits behind a phone's line; None where nobody has joined on it."""
        visit = self.desk.visit(f"{line.id} {line.view}")
        return Seat(visit.code, visit.perspective) if visit else None

    def seats(self) -> list[Seat]:
        """Who is there and has joined."""
        found = (self.seat(line) for line in self.phones.values() if line.known)
        return [seat for seat in found if seat is not None]

    def revealed(self) -> Released | None:
        """What was revealed; None where nothing was."""
        return self.kept() if self.book.round.version else None

    @property
    def taking(self) -> bool:
        """Whether answers are taken now."""
        return self.book.round.step in ("open", "closing") and self.meeting.talk is None

    @property
    def may_end(self) -> bool:
        """Whether nobody is answering or voting: what is on its way to a closed round is waited for."""
        if self.meeting.talk is not None:
            return not self.meeting.talk.voting
        return self.book.round.step != "open" or not self.progress.begun

    @property
    def begun(self) -> int:
        """How many have answered anything."""
        return self.progress.begun

    @property
    def done(self) -> int:
        """How many have answered something on every page."""
        return self.progress.done

    @property
    def connected(self) -> int:
        """How many phones are on."""
        return sum(phone.known for phone in self.phones.values())

    @property
    def counts(self) -> tuple[object, ...]:
        """Every total that is on a page."""
        progress = self.progress
        totals = self.meeting.totals()
        return progress.begun, progress.done, self.connected, totals, len(self.late)

    def kept(self) -> Released:
        """The release that is shown; after a restart the version as it was kept."""
        if self.released is None:
            from hrkit.disclosure.release import version

            self.released = version(self.engagement, self.wave.id, self.book.round.version)
        return self.released

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Words with a capital letter that are nobody's name."""
        from hrkit.records.naming import known_words

        return known_words(self.engagement)

    def spoken(self, language: object) -> str:
        """A language that the questionnaire has: what was asked for, or the engagement's own."""
        known = isinstance(language, str) and language in self.engagement.languages
        return str(language) if known else self.engagement.language
