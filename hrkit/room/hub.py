"""Who is connected, and who is heard: a phone, a wall with its key, a host with another.

What a phone says goes to `hrkit.room.hearing`, what a host commands to `hrkit.room.commands`, decided
by `hrkit.room.sitting` and kept by `hrkit.room.book`; then everybody is told (`hrkit.room.outgoing`).
"""

from __future__ import annotations

import contextlib
from functools import partial

from hrkit.errors import HrkitError
from hrkit.room import commands, lost, outgoing
from hrkit.room.hearing import heard
from hrkit.room.inside import Inside
from hrkit.room.sitting import NotNow
from hrkit.room.wire import Message, Wire

__all__ = ["Hub"]


class Hub(Inside):
    """The room as its port sees it: what it holds (`hrkit.room.inside`), and what may be said to it."""

    def noted_open(self) -> None:
        """Enter into the journal what holds in this room from now on."""
        asked = self.engagement
        self.book.note(
            "server",
            "start",
            begun=self.begun,
            done=self.done,
            invited=self.invited or 0,
            scores=asked.protection.scores,
            details=asked.protection.details,
            languages=" ".join(asked.languages),
        )

    def phone(self, line: Wire, message: Message) -> None:
        """One message of a phone."""
        heard(self, line, message)

    def gone(self, line: Wire, view: str) -> None:
        """A phone's connection was lost; its answers stand."""
        self.desk.handle({"type": "leave", "view": f"{line.id} {view}"})

    def screen(self, line: Wire, message: Message) -> None:
        """One message of a wall: its key, and then nothing more."""
        if message["type"] == "alive":
            line.send({"type": "alive"})
        if message["type"] != "hello":
            return
        if not self._opened(line, "screen", message):
            return
        line.language = self.spoken(message.get("language", line.language))
        line.send({"type": "show", **outgoing.show_of(self, line.language)})

    def host(self, line: Wire, message: Message) -> None:
        """One message of a host: a key first, then commands."""
        if message["type"] == "hello":
            if self._opened(line, "host", message):
                line.language = self.spoken(message.get("language", line.language))
                line.send(outgoing.state_of(self, line))
            return
        if not line.known:
            return
        if message["type"] == "alive":
            line.send({"type": "alive"})
            return
        if message["type"] == "names":
            line.send(outgoing.named_in(self, message))
            return
        mark = self.repeats.mark(message)
        before = self.repeats.before(mark, line)
        if before is not None:
            return self._again(line, message, before)
        self._commanded(line, message, mark)

    def _again(self, line: Wire, message: Message, before: tuple[Message, ...]) -> None:
        """A command that came before: what was said then, and where the room stands."""
        kinds = {one["type"] for one in before}
        if message["type"] == "code" and kinds == {"done"}:
            # Of a code only its seal is left once the room was killed, or a minute has gone by.
            unseen = self._refused(line, NotNow("code_unseen"))
            before = tuple(unseen | {"stamp": one["stamp"]} for one in before)
        for one in before:
            line.send(one)
        line.send(outgoing.state_of(self, line))

    def _commanded(self, line: Wire, message: Message, mark: str) -> None:
        """Carry out a command, and say that it was, or why not."""
        reply = partial(self.repeats.reply, mark, line)
        try:
            if self.revealing:
                raise NotNow("revealing")
            told = self._done(line, message, mark)
        except (NotNow, HrkitError) as refused:
            self.repeats.not_carried_out(mark)
            reply(self._refused(line, refused))
            line.send(outgoing.state_of(self, line))
            return
        except Exception:
            self.repeats.dropped(mark)  # nobody foresaw it: it may be tried again
            raise
        if self.revealing:
            outgoing.tell_hosts(self)  # nothing has changed yet for anybody else
            self.apart(partial(commands.issue, self), partial(commands.issued, self, line, mark))
            return
        if message["type"] == "chairs":
            return reply(told)
        if message["type"] == "code":
            reply(told)  # to this page alone; for everybody else nothing has changed but totals
        self.tell()
        reply({"type": "done", "rev": self.book.round.rev})

    def _done(self, line: Wire, message: Message, mark: str) -> Message:
        """What a command does; what only its page gets to know comes back."""
        kind = message["type"]
        if kind == "reach":
            self.reach.ask()
        elif kind == "chairs":
            return lost.chairs(self, line.language)
        elif kind == "command" and message.get("do") == "reveal":
            commands.command(self, message)  # it is carried out when the release was made
        else:
            self.repeats.carried_out(mark)  # saved with what it does
            if kind == "code":
                return lost.given(self, message, line.language)
            if kind == "meeting":
                commands.meet(self, message, line.language)
            elif kind == "show":
                shown = self.book.round.showing(message.get("what", ""), message.get("rev", -1))
                self.book.round = shown
                self.book.note("host", "show", what_is=shown.shows)
            else:
                commands.command(self, message)
        return {}

    def _refused(self, line: Wire, why: NotNow | HrkitError) -> Message:
        if isinstance(why, HrkitError):
            return {"type": "refused", "why": why.summary}
        w = self.engagement.words(line.language)
        told: Message = {"type": "refused", "why": w(f"room.host.refused.{why.reason}")}
        return told | {"passing": True} if why.reason == "revealing" else told

    def _opened(self, line: Wire, side: str, message: Message) -> bool:
        """Whether a key opens a side; who guesses waits, also with the right one."""
        waits = self.key_tries.wait(line.remote) > 0
        line.known = not waits and self.book.opens(side, message.get("key"))
        if not line.known:
            if not waits:
                self.key_tries.failed(line.remote)
            told = self.engagement.words(self.spoken(message.get("language")))
            line.send({"type": "refused", "said": told("room.no_key")})
        return line.known

    @property
    def closing(self) -> bool:
        """Whether something is closing, and waits for what is on its way."""
        return self.book.round.step == "closing" or self.meeting.closing

    def closed(self) -> None:
        """What was on its way has had its time: the round, or the vote, is closed."""
        commands.closed(self)

    def tell(self) -> None:
        """Tell everybody where the room is."""
        outgoing.tell(self)

    def reached(self, remote: str, *, line: bool) -> None:
        """Somebody opened the page of the check, or a line."""
        outgoing.reached(self, remote, line=line)

    def checked(self, number: int) -> None:
        """The time of a check is up."""
        if self.reach.over(number):
            outgoing.tell_hosts(self)

    def count(self) -> None:
        """Tell totals that have changed, some time after they did: not answer by answer."""
        self.repeats.forget()
        if self.book.unsaved:
            self.book.save()
            if not self.book.unsaved:
                outgoing.tell_hosts(self)
        with contextlib.suppress(HrkitError):  # the store is busy: next time
            if self.store.pulse(self.wave.id) != self.pulse:
                # Forms from paper are typed in by a program of its own, and count as any other.
                self.recount()
        if self.counted != self.counts:
            self.tell()
