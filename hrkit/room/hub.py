"""Who is connected, what each may do and gets: the one place where anything leaves the room.

A phone gets replies to its own messages, and totals of the whole room.  The wall and the host get
totals, and what a release holds once the host has revealed one.  Whatever a host does is decided by
`hrkit.room.sitting`, kept by `hrkit.room.book`, and told to everybody.
"""

from __future__ import annotations

import contextlib
import math
import secrets
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from hrkit.answers.store import Store
from hrkit.errors import HrkitError
from hrkit.forms import pages
from hrkit.forms.session import Desk
from hrkit.model.engagement import Engagement, Wave
from hrkit.room import wall
from hrkit.room.apart import Apart, at_once
from hrkit.room.book import Book
from hrkit.room.guard import Patience, Tries
from hrkit.room.meeting import Meeting, Seat
from hrkit.room.net import qr
from hrkit.room.progress import Progress
from hrkit.room.reach import Reach
from hrkit.room.sitting import NotNow

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["Hub", "Wire"]

Message = dict[str, Any]
Send = Callable[[Message], None]

#: Tries of a code in vain: at once, and seconds until one more; of a page, and of an address.
_TRIES, _EVERY = 12, 5.0
_ALL_TRIES, _ALL_EVERY = 120, 1.0
#: Of a key, by address.  Who has one never misses.
_KEY_TRIES, _KEY_EVERY = 10, 10.0


class Wire:
    """One open connection: a phone, a wall or a host.

    Parameters
    ----------
    send
        Takes one message to whoever is at the other end.
    remote
        Address it came from; for counting tries, and never kept.
    """

    def __init__(self, send: Send, language: str, remote: str = "") -> None:
        self.id = secrets.token_hex(8)
        self.send, self.language, self.remote = send, language, remote
        self.known = False
        self.view = ""
        self.worded = ""  # the language of the words it was sent already
        self.tries = Patience(_TRIES, _EVERY)


class Hub:
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
        self._join = join
        self._pulse = store.pulse(wave.id)
        self._progress = Progress(engagement.instrument, store.progress(wave.id))
        self.desk = Desk(
            engagement,
            wave,
            store,
            engagement.language,
            kept=kept,
            coded=coded,
            saved=self._progress.saved,
        )
        everybody = engagement.instrument.perspectives
        self._invited = engagement.invited_to(wave.id, engagement.root.id, everybody)
        self.phones: dict[str, Wire] = {}
        self.walls: dict[str, Wire] = {}
        self.hosts: dict[str, Wire] = {}
        self._tries = Tries(_ALL_TRIES, _ALL_EVERY)
        self._key_tries = Tries(_KEY_TRIES, _KEY_EVERY)
        self.reach = Reach()
        self._late: set[str] = set()  # codes of who was not done when it closed; in memory alone
        self._counted: tuple[object, ...] = (0, 0, 0, None, 0)  # as they were told last
        self._released: Released | None = None
        self.apart: Apart = at_once
        self._revealing = False  # a release is being made; nobody leads on meanwhile
        self.meeting = Meeting(engagement, wave, book, self._revealed, self._seats)
        if book.round.step == "closing":
            # The process was killed in between: what was on its way has come or will be refused.
            book.round = book.round.after("closed")

    def noted_open(self) -> None:
        """Enter into the journal what holds in this room from now on."""
        asked = self.engagement
        self.book.note(
            "server",
            "start",
            begun=self.begun,
            done=self.done,
            invited=self._invited or 0,
            scores=asked.protection.scores,
            details=asked.protection.details,
            languages=" ".join(asked.languages),
        )

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

    # ---------------------------------------------------------------------------- phones

    def phone(self, line: Wire, message: Message) -> None:
        """One message of a phone."""
        kind = message["type"]
        if kind == "alive":
            # A phone that changed its network hears nothing, and knows by that.
            line.send({"type": "alive"})
            return
        if kind == "reach":
            line.send({"type": "reached"})
            self.reached(line.remote, line=True)
            return
        if kind == "wall":
            language = message.get("language", line.language)
            line.send({"type": "wall", "show": self._show(self._spoken(language))})
            return
        line.language = self._spoken(message.get("language", line.language))
        view = line.view = message.get("view", line.view)
        if kind == "late":
            seat = self._seat(line)
            if seat is not None and self.book.round.step == "closed":
                self._late.add(seat.code)
            line.send({"type": "noted", "view": view})
            return
        if kind in ("vote", "consent"):
            line.send({**self._voted(line, message), "view": view})
            return
        wait = max(line.tries.wait, self._tries.wait(line.remote)) if kind == "resume" else 0
        if wait:
            told = self.engagement.words(line.language)("room.patience")
            again = {"again": math.ceil(wait)}
            line.send({"type": "refused", "view": view, "problems": {"code": told}, **again})
            return
        if kind == "answer" and not self._taking:
            told = self.engagement.words(line.language)("room.refused.closed")
            line.send(
                {
                    "type": "error",
                    "view": view,
                    "key": message.get("key"),
                    "stamp": message.get("stamp"),
                    "message": told,
                    "final": True,
                }
            )
            return
        if kind == "begin" and self.book.round.step != "open" and self.meeting.talk is None:
            line.send(self._step(line))
            return
        # A view belongs to the connection that opened it: nobody speaks for another page.
        reply = self.desk.handle({**message, "view": f"{line.id} {view}"})
        if reply is not None:
            line.send({**reply, "view": view})
        if kind == "resume" and reply is not None and reply["type"] == "refused":
            line.tries.spend()
            self._tries.failed(line.remote)
        if kind == "hello":
            line.known, line.worded = True, ""
        if kind == "hello" or (self.meeting.talk and kind in ("begin", "resume", "language")):
            line.send(self._step(line))
            self.reached(line.remote, line=True)

    def _voted(self, line: Wire, message: Message) -> Message:
        """The reply to a vote: the same whatever it is, or that it was not taken."""
        seat = self._seat(line)
        visit = self.desk.visit(f"{line.id} {line.view}")
        if visit is not None and not self.desk.stands(visit):
            seat = None  # its code was made void meanwhile
        if message["type"] == "consent":
            party, yes = message.get("party", ""), message.get("yes") == 1
            before = self.meeting.talk
            taken = seat is not None and self.meeting.consent(seat, party, yes)
            if self.meeting.talk is not before:
                self.book.round = self.book.round.touched()
                self._written("a side is not placed", "server")
                self.tell()
        else:
            name, _, which = message.get("vote", "").rpartition(" ")
            topic = self.meeting.talk.topic if self.meeting.talk else None
            there = seat is not None and topic is not None and topic.dimension == name
            taken = there and self.meeting.vote(seat, which, message.get("level", -1))  # type: ignore[arg-type]
        told = {"vote": message.get("vote", ""), "stamp": message.get("stamp")}
        return {"type": "got" if taken else "missed", **told}

    def _seat(self, line: Wire) -> Seat | None:
        """Who sits behind a phone's line; None where nobody has joined on it."""
        visit = self.desk.visit(f"{line.id} {line.view}")
        return Seat(visit.code, visit.perspective) if visit else None

    def _seats(self) -> list[Seat]:
        found = (self._seat(line) for line in self.phones.values() if line.known)
        return [seat for seat in found if seat is not None]

    def _revealed(self) -> Released | None:
        return self._kept() if self.book.round.version else None

    def gone(self, line: Wire, view: str) -> None:
        """A phone's connection was lost; its answers stand."""
        self.desk.handle({"type": "leave", "view": f"{line.id} {view}"})

    @property
    def _taking(self) -> bool:
        return self.book.round.step in ("open", "closing") and self.meeting.talk is None

    def _step(self, line: Wire) -> Message:
        """Where the room is, as a phone sees it."""
        w, step = self.engagement.words(line.language), self.book.round.step
        found: Message = {
            "type": "room",
            "step": step,
            "rev": self.book.round.rev,
            "count": wall.counted(w, self._progress.done, self._invited),
        }
        running = self.meeting.talk is not None and step != "ended"
        found["meeting"] = self._phone_sees(line) if running else None
        words = f"{line.language} {running}"
        if line.worded != words:
            # Words are sent once and kept by the page: totals come every other second.
            shell = wall.shell(self.engagement, line.language)
            plain = self._join(line.language).get("plain", False)
            found |= {"ui": shell["ui"], "client": shell["client"], "plain": plain}
            if running:
                found["say"] = wall.ui(self.engagement, line.language, "workshop.ui.")
            line.worded = words
        return found

    def _phone_sees(self, line: Wire) -> Message:
        from hrkit.room.seen import phone_sees  # a questionnaire alone needs nothing of it

        return phone_sees(self.meeting, self._seat(line), line.language)

    # ---------------------------------------------------------------------- wall and host

    def screen(self, line: Wire, message: Message) -> None:
        """One message of a wall: its key, and then nothing more."""
        if message["type"] == "alive":
            line.send({"type": "alive"})
        if message["type"] != "hello":
            return
        if not self._opened(line, "screen", message):
            return
        line.language = self._spoken(message.get("language", line.language))
        line.send({"type": "show", **self._show(line.language)})

    def host(self, line: Wire, message: Message) -> None:
        """One message of a host: a key first, then commands."""
        if message["type"] == "hello":
            if self._opened(line, "host", message):
                line.language = self._spoken(message.get("language", line.language))
                line.send(self._state(line))
            return
        if not line.known:
            return
        if message["type"] == "alive":
            line.send({"type": "alive"})
            return
        if message["type"] == "reach":
            self.reach.ask()
            self._tell_hosts()
            return
        try:
            if self._revealing:
                raise NotNow("revealing")
            if message["type"] == "meeting":
                self._meet(message, line.language)
            elif message["type"] == "show":
                self.book.round = self.book.round.showing(
                    message.get("what", ""), message.get("rev", -1)
                )
                self.book.note("host", "show", what_is=self.book.round.shows)
            else:
                self._command(message)
        except NotNow as refused:
            w = self.engagement.words(line.language)
            line.send({"type": "refused", "why": w(f"room.host.refused.{refused.reason}")})
            line.send(self._state(line))
            return
        except HrkitError as error:
            line.send({"type": "refused", "why": error.summary})
            line.send(self._state(line))
            return
        if not self._revealing:
            return self.tell()
        self._tell_hosts()  # nothing has changed yet for anybody else
        self.apart(self._issue, partial(self._issued, line))

    def _opened(self, line: Wire, side: str, message: Message) -> bool:
        """Whether a key opens a side; who guesses waits, also with the right one."""
        waits = self._key_tries.wait(line.remote) > 0
        line.known = not waits and self.book.opens(side, message.get("key"))
        if not line.known:
            if not waits:
                self._key_tries.failed(line.remote)
            line.send({"type": "refused"})
        return line.known

    def _command(self, message: Message) -> None:
        do, rev = message.get("do", ""), message.get("rev", -1)
        reason = message.get("reason", "").strip()[:500]
        if do == "reveal":
            # Whether it is allowed is asked before anything is released.
            self.book.round.after("reveal", rev)
            self._revealing = True
            return
        if do not in self.book.round.allowed and do != "closed":
            raise NotNow("not_now")
        if do == "end":
            self.book.round.after(do, rev)
            self.meeting.end()
            self.book.talk = None
        self.book.round = self.book.round.after(do, rev, reason=reason)
        if do in ("reopen", "end"):
            self._late.clear()
        said = {"reason": reason} if reason else {}
        done = {"begun": self._progress.begun, "done": self._progress.done}
        self.book.note("host", do, **done, **said)

    def _issue(self) -> Released:
        """The release that is revealed; nothing of the room is touched by it."""
        # What measures and proves is a second of loading and half the memory: only now.
        from hrkit.disclosure.release import issue

        return issue(self.engagement, self.wave.id)

    def _issued(self, line: Wire, found: Released | None, error: Exception | None) -> None:
        """It was made, or could not be: then the room stands where it stood."""
        self._revealing = False
        if found is not None:
            self._released = found
            self.book.round = self.book.round.revealed(found.issued)
            self.book.note("host", "reveal", version=found.issued)
        elif line.id in self.hosts:
            w = self.engagement.words(line.language)
            why = error.summary if isinstance(error, HrkitError) else w("room.host.refused.failed")
            line.send({"type": "refused", "why": why})
        self.tell()

    def _meet(self, message: Message, language: str) -> None:
        """A command of the meeting: as any other, on the picture as it stands."""
        step, begun = self.book.round.step, self._progress.begun
        ready = step == "released" or (step in ("open", "closed") and not begun)
        if not ready or step == "ended":
            raise NotNow("not_now")
        now = self.book.round.touched(message.get("rev", -1))
        said = self.meeting.command(message, language)
        self.book.round = now
        self._written(said, "host", **(self._voters if message.get("do") == "open" else {}))

    @property
    def _voters(self) -> dict[str, int]:
        """How many may vote, and have: totals, for the journal."""
        voted, of = self.meeting.totals() or (0, 0)
        return {"voted": voted, "of": of}

    def _written(self, said: str, by: str = "host", **totals: int) -> None:
        self.book.talk = self.meeting.talk.data() if self.meeting.talk else None
        self.book.note(by, said, **totals)

    @property
    def closing(self) -> bool:
        """Whether something is closing, and waits for what is on its way."""
        return self.book.round.step == "closing" or self.meeting.closing

    def closed(self) -> None:
        """What was on its way has had its time: the round, or the vote, is closed."""
        if self.meeting.closed():
            self.book.round = self.book.round.touched()
            self._written("vote closed", "server", **self._voters)
            self.tell()
        if self.book.round.step == "closing":
            self.book.round = self.book.round.after("closed")
            done = {"begun": self._progress.begun, "done": self._progress.done}
            self.book.note("server", "closed", joined=self._connected, **done)
            self.tell()

    def tell(self) -> None:
        """Tell everybody where the room is."""
        self._counted = self._counts
        for line in (*self.phones.values(), *self.walls.values(), *self.hosts.values()):
            if not line.known:
                continue
            if line.id in self.walls:
                line.send({"type": "show", **self._show(line.language)})
            elif line.id in self.hosts:
                line.send(self._state(line))
            else:
                line.send(self._step(line))

    def reached(self, remote: str, *, line: bool) -> None:
        """Somebody opened the page of the check, or a line."""
        if self.reach.came(remote, line=line):
            self._tell_hosts()

    def checked(self, number: int) -> None:
        """The time of a check is up."""
        if self.reach.over(number):
            self._tell_hosts()

    def _tell_hosts(self) -> None:
        for line in self.hosts.values():
            if line.known:
                line.send(self._state(line))

    def count(self) -> None:
        """Tell totals that have changed, some time after they did: not answer by answer."""
        with contextlib.suppress(HrkitError):  # the store is busy: next time
            if (pulse := self.store.pulse(self.wave.id)) != self._pulse:
                # Forms from paper are typed in by a program of its own, and count as any other.
                self._progress.again(self.store.progress(self.wave.id))
                self._pulse = pulse
        if self._counted != self._counts:
            self.tell()

    @property
    def _counts(self) -> tuple[object, ...]:
        """Every total that is on a page."""
        progress = self._progress
        totals = self.meeting.totals()
        return progress.begun, progress.done, self._connected, totals, len(self._late)

    @property
    def begun(self) -> int:
        """How many have answered anything."""
        return self._progress.begun

    @property
    def done(self) -> int:
        """How many have answered something on every page."""
        return self._progress.done

    @property
    def _connected(self) -> int:
        return sum(phone.known for phone in self.phones.values())

    def _state(self, line: Wire) -> Message:
        """What a host sees: what the wall may show, totals, and what can be done now."""
        w, round_ = self.engagement.words(line.language), self.book.round
        return {
            "type": "state",
            **wall.shell(self.engagement, line.language),
            "wave": self.wave.name[line.language],
            "step": round_.step,
            "rev": round_.rev,
            "shows": round_.shows,
            "showable": list(round_.showable),
            "allowed": [] if self._revealing else list(round_.allowed),
            "revealing": self._revealing,
            "phones": self._connected,
            "begun": self._progress.begun,
            "late": len(self._late) if round_.step == "closed" else 0,
            "count": wall.counted(w, self._progress.done, self._invited),
            "reach": self._reach(line.language),
            "wall": self._show(line.language),
            "meeting": self._host_sees(line.language),
        }

    def _host_sees(self, language: str) -> Message:
        if self.meeting.talk is None:
            names = ("begin", "begin_plain")
            say = wall.ui(self.engagement, language, "workshop.ui.")
            grid = self.engagement.instrument.has_grid
            return {"running": False, "grid": grid, "say": {name: say[name] for name in names}}
        from hrkit.room.seen import host_sees

        return host_sees(self.meeting, language)

    def _reach(self, language: str) -> Message:
        """How the check whether phones reach this machine stands, and what a phone opens for it."""
        found = self.reach.found
        if found in ("idle", "line"):
            return {"found": found}
        address = f"{self._join(language)['address']}check"
        return {"found": found, "address": address, "qr": qr(address)}

    def _show(self, language: str) -> Message:
        """What the wall shows now."""
        round_, w = self.book.round, self.engagement.words(language)
        shown = {**wall.shell(self.engagement, language), "step": round_.shows, "rev": round_.rev}
        if self.meeting.talk is not None and round_.step != "ended":
            from hrkit.room.seen import wall_sees

            talk = wall_sees(self.meeting, language)
            if talk["kind"] == "profile":
                shown |= {"step": "profile"}
                shown["profile"] = wall.profile(self.engagement, self._kept(), language)
                return shown
            return {**shown, "step": "meeting", "meeting": talk}
        if round_.shows in ("join", "count"):
            shown["join"] = self._join(language)
            shown["count"] = wall.counted(w, self._progress.done, self._invited)
        elif round_.shows == "profile":
            shown["profile"] = wall.profile(self.engagement, self._kept(), language)
        return shown

    def _kept(self) -> Released:
        """The release that is shown; after a restart the version as it was kept."""
        if self._released is None:
            from hrkit.disclosure.release import version

            self._released = version(self.engagement, self.wave.id, self.book.round.version)
        return self._released

    def _spoken(self, language: object) -> str:
        known = isinstance(language, str) and language in self.engagement.languages
        return str(language) if known else self.engagement.language
