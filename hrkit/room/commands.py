"""What whoever leads may do with the room; what is allowed says `hrkit.room.sitting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrkit.errors import HrkitError, StoreError
from hrkit.room.inside import Inside
from hrkit.room.outgoing import tell
from hrkit.room.sitting import NotNow
from hrkit.room.wire import Message, Wire

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["closed", "command", "issue", "issued", "meet", "note_meeting"]


def command(room: Inside, message: Message) -> None:
    """A command about the questionnaire."""
    do, rev = message.get("do", ""), message.get("rev", -1)
    reason = message.get("reason", "").strip()[:500]
    if do == "reveal":
        # Whether it is allowed is asked before anything is released.
        room.book.round.after("reveal", rev)
        room.revealing = True
        return
    if do not in room.book.round.allowed:
        raise NotNow("not_now")
    begun, done = room.progress.begun, room.progress.done
    if do == "void":
        room.book.round.after(do, rev)
        taken = room.taken
        if not taken:
            raise NotNow("no_void")
        try:
            room.take_back()
        except StoreError:
            # A file was imported over some of it: that goes first.
            raise NotNow("import_over") from None
    if do == "end":
        room.book.round.after(do, rev)
        if not room.may_end:
            raise NotNow("close_first")
        room.meeting.end()
        room.book.talk = None
        room.settle()
    room.book.round = room.book.round.after(do, rev, reason=reason)
    if do in ("reopen", "end"):
        room.late.clear()
    said: dict[str, int | str] = {"reason": reason} if reason else {}
    if do == "void":
        said["taken"] = taken
    room.book.note("host", do, begun=begun, done=done, **said)


def issue(room: Inside) -> Released:
    """The release that is revealed; nothing of the room is touched by it."""
    # What measures and proves is a second of loading and half the memory: only now.
    from hrkit.disclosure import release

    return release.issue(room.engagement, room.wave.id)


def issued(
    room: Inside, line: Wire, mark: str, found: Released | None, error: Exception | None
) -> None:
    """It was made, or could not be: then the room stands where it stood."""
    room.revealing = False
    if found is not None:
        room.released = found
        room.book.round = room.book.round.revealed(found.issued)
        room.settle()
        room.repeats.carried_out(mark)
        room.book.note("host", "reveal", version=found.issued)
    else:
        w = room.engagement.words(line.language)
        why = error.summary if isinstance(error, HrkitError) else w("room.host.refused.failed")
        room.repeats.reply(mark, line, {"type": "refused", "why": why})
    tell(room)
    if found is not None:
        room.repeats.reply(mark, line, {"type": "done", "rev": room.book.round.rev})


def meet(room: Inside, message: Message, language: str) -> None:
    """A command of the meeting: as any other, on the picture as it stands."""
    step, begun = room.book.round.step, room.progress.begun
    ready = step == "released" or (step in ("open", "closed", "void") and not begun)
    if not ready or step == "ended":
        raise NotNow("not_now")
    now = room.book.round.touched(message.get("rev", -1))
    said = room.meeting.command(message, language)
    room.book.round = now
    told: dict[str, int | str] = {**_voters(room)} if message.get("do") == "open" else {}
    if message.get("do") == "void":
        told["reason"] = message.get("reason", "").strip()[:500]
    note_meeting(room, said, "host", **told)


def _voters(room: Inside) -> dict[str, int]:
    """How many may vote, and have: totals, for the journal."""
    voted, of = room.meeting.totals() or (0, 0)
    return {"voted": voted, "of": of}


def note_meeting(room: Inside, said: str, by: str = "host", **totals: int | str) -> None:
    """Keep where the meeting stands, and enter what was done into the journal."""
    room.book.talk = room.meeting.talk.data() if room.meeting.talk else None
    room.book.note(by, said, **totals)


def closed(room: Inside) -> None:
    """What was on its way has had its time: the round, or the vote, is closed."""
    try:
        if room.meeting.closed():
            room.book.round = room.book.round.touched()
            note_meeting(room, "vote closed", "server", **_voters(room))
        if room.book.round.step == "closing":
            room.book.round = room.book.round.after("closed")
            done = {"begun": room.progress.begun, "done": room.progress.done}
            room.book.note("server", "closed", joined=room.connected, **done)
    finally:
        tell(room)  # whatever could not be written down
