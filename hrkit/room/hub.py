"""Who is connected, what each may do and gets: the one place where anything leaves the room.

A phone gets replies to its own messages, and totals of the whole room.  The wall and the host get
totals, and what a release holds once the host has revealed one.  Whatever a host does is decided by
`hrkit.room.sitting`, kept by `hrkit.room.book`, and told to everybody.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hrkit.answers.store import Store
from hrkit.errors import HrkitError
from hrkit.forms import pages
from hrkit.forms.session import Desk
from hrkit.model.engagement import Engagement, Wave
from hrkit.room import wall
from hrkit.room.book import Book
from hrkit.room.guard import Patience, Tries
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
        self._counted = (0, 0, 0)
        self._released: Released | None = None
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
        view = message.get("view", "")
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
        if kind == "begin" and self.book.round.step != "open":
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
            line.send(self._step(line))
            self.reached(line.remote, line=True)

    def gone(self, line: Wire, view: str) -> None:
        """A phone's connection was lost; its answers stand."""
        self.desk.handle({"type": "leave", "view": f"{line.id} {view}"})

    @property
    def _taking(self) -> bool:
        return self.book.round.step in ("open", "closing")

    def _step(self, line: Wire) -> Message:
        """Where the room is, as a phone sees it."""
        w, step = self.engagement.words(line.language), self.book.round.step
        found: Message = {
            "type": "room",
            "step": step,
            "rev": self.book.round.rev,
            "count": wall.counted(w, self._progress.done, self._invited),
        }
        if line.worded != line.language:
            # Words are sent once and kept by the page: totals come every other second.
            shell = wall.shell(self.engagement, line.language)
            plain = self._join(line.language).get("plain", False)
            found |= {"ui": shell["ui"], "client": shell["client"], "plain": plain}
            line.worded = line.language
        return found

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
            if message["type"] == "show":
                self.book.round = self.book.round.showing(message["what"], message.get("rev"))
                self.book.note("host", "show", what_is=message["what"])
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
        self.tell()

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
            # What measures and proves is a second of loading and half the memory: only now.
            from hrkit.disclosure.release import issue

            self._released = issue(self.engagement, self.wave.id)
            self.book.round = self.book.round.revealed(self._released.issued, rev)
            self.book.note("host", "reveal", version=self._released.issued)
            return
        if do not in self.book.round.allowed and do != "closed":
            raise NotNow("not_now")
        self.book.round = self.book.round.after(do, rev, reason=reason)
        said = {"reason": reason} if reason else {}
        done = {"begun": self._progress.begun, "done": self._progress.done}
        self.book.note("host", do, **done, **said)

    def closed(self) -> None:
        """What was on its way has had its time: the round is closed."""
        if self.book.round.step == "closing":
            self.book.round = self.book.round.after("closed")
            self.book.note("server", "closed", begun=self._progress.begun, done=self._progress.done)
            self.tell()

    def tell(self) -> None:
        """Tell everybody where the room is."""
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
        now = (self._progress.begun, self._progress.done, self._connected)
        if now != self._counted:
            self._counted = now
            self.tell()

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
            "allowed": list(round_.allowed),
            "phones": self._connected,
            "begun": self._progress.begun,
            "count": wall.counted(w, self._progress.done, self._invited),
            "reach": self._reach(line.language),
            "wall": self._show(line.language),
        }

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
