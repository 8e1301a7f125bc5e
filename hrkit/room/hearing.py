"""What a phone says, and what it is answered: its own, and nothing of anybody else."""

from __future__ import annotations

import math

from hrkit.room.commands import note_meeting
from hrkit.room.inside import Inside
from hrkit.room.outgoing import reached, show_of, step_of, tell, tell_hosts
from hrkit.room.wire import Message, Wire

__all__ = ["heard"]


def heard(room: Inside, line: Wire, message: Message) -> None:
    """One message of a phone."""
    kind = message["type"]
    if kind == "alive":
        # A phone that changed its network hears nothing, and knows by that.
        line.send({"type": "alive"})
        return
    if kind == "reach":
        line.send({"type": "reached"})
        reached(room, line.remote, line=True)
        return
    if kind == "wall":
        language = message.get("language", line.language)
        line.send({"type": "wall", "show": show_of(room, room.spoken(language))})
        return
    line.language = room.spoken(message.get("language", line.language))
    view = line.view = message.get("view", line.view)
    if kind == "late":
        seat = room.seat(line)
        if seat is not None and room.book.round.step == "closed":
            room.late.add(seat.code)
        line.send({"type": "noted", "view": view})
        return
    if kind in ("vote", "consent"):
        line.send({**_voted(room, line, message), "view": view})
        return
    wait = max(line.tries.wait, room.tries.wait(line.remote)) if kind == "resume" else 0
    if wait:
        told = room.engagement.words(line.language)("room.patience")
        again = {"again": math.ceil(wait)}
        line.send({"type": "refused", "view": view, "problems": {"code": told}, **again})
        return
    if kind == "answer" and not room.taking:
        told = room.engagement.words(line.language)("room.refused.closed")
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
    if kind == "begin" and room.book.round.step != "open" and room.meeting.talk is None:
        line.send(step_of(room, line))
        return
    # A view belongs to the connection that opened it: nobody speaks for another page.
    reply = room.desk.handle({**message, "view": f"{line.id} {view}"})
    if reply is not None:
        line.send({**reply, "view": view})
    if reply is not None and reply["type"] == "error" and reply.get("detail"):
        _unsaved(room)
    if kind == "resume" and reply is not None and reply["type"] == "refused":
        line.tries.spend()
        room.tries.failed(line.remote)
    if kind == "hello":
        line.known, line.worded = True, ""
    if kind == "hello" or (room.meeting.talk and kind in ("begin", "resume", "language")):
        line.send(step_of(room, line))
        reached(room, line.remote, line=True)


def _unsaved(room: Inside) -> None:
    """The store failed: where nothing can be written at all, whoever leads is told."""
    before = room.book.unsaved
    if room.book.patient and not before:
        room.book.save()
    if room.book.unsaved != before:
        tell_hosts(room)


def _voted(room: Inside, line: Wire, message: Message) -> Message:
    """The reply to a vote: the same whatever it is, or that it was not taken."""
    seat = room.seat(line)
    visit = room.desk.visit(f"{line.id} {line.view}")
    if visit is not None and not room.desk.stands(visit):
        seat = None  # its code was made void meanwhile
    if message["type"] == "consent":
        party, yes = message.get("party", ""), message.get("yes") == 1
        before = room.meeting.talk
        taken = seat is not None and room.meeting.consent(seat, party, yes)
        if room.meeting.talk is not before:
            room.book.round = room.book.round.touched()
            note_meeting(room, "a side is not placed", "server")
            tell(room)
    else:
        name, _, which = message.get("vote", "").rpartition(" ")
        topic = room.meeting.talk.topic if room.meeting.talk else None
        there = seat is not None and topic is not None and topic.dimension == name
        taken = there and room.meeting.vote(seat, which, message.get("level", -1))  # type: ignore[arg-type]
    told = {"vote": message.get("vote", ""), "stamp": message.get("stamp")}
    return {"type": "got" if taken else "missed", **told}
