"""What is said openly in the meeting, and goes into the records as the host writes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hrkit.model.followed import Followed
from hrkit.records.values import LEVELS, ROOM, Agreed, GroupWords, scope_of
from hrkit.room.gathering import Gathering, Handler, Message, reasoned, written
from hrkit.room.sitting import NotNow

__all__ = ["COMMANDS"]


def _agree(meeting: Gathering, message: Message) -> None:
    """A group's word on the open row: kept as a draft, or locked."""
    from hrkit.disclosure.chosen.votes import VoteFigure, shift_of

    topic, level = meeting.topic(), message.get("level", 0)
    try:
        scope_of(scope := message.get("scope", ROOM) or ROOM)
    except ValueError:
        raise NotNow("not_now") from None
    party = scope.startswith("party:")
    if party and meeting.talking.parties.get(scope[6:]) not in ("consented", "placed"):
        raise NotNow("not_now")
    evidence, shift, views = (written(message, n) for n in ("evidence", "shift", "views"))
    locked = message.get("what") == "lock"
    if (
        level not in (0, *LEVELS)
        or (locked and not evidence)
        or (locked and not level and not views)
    ):
        raise NotNow("no_evidence")
    moved = VoteFigure.read(topic.first or "none"), VoteFigure.read(topic.second or "none")
    if locked and scope == ROOM and shift_of(*moved) in ("higher", "lower") and not shift:
        raise NotNow("no_shift")
    version = meeting.book.round.version
    value = Agreed(
        topic.dimension,
        meeting.wave.id,
        scope,
        level or None,
        evidence,
        shift,
        views,
        locked,
        version,
        meeting.written_in,
    )
    meeting.put(value, reason=written(message, "reason"))
    talk = meeting.talking
    if party:
        talk = replace(talk, parties={**talk.parties, scope[6:]: "placed"})
        meeting.talk = replace(talk, shows="placed") if locked else talk
    elif scope == ROOM:
        meeting.talk = talk.settled(("agreed" if level else "parted") if locked else "agree")
    elif locked:
        meeting.talk = replace(talk, shows="agreed")


def _action(meeting: Gathering, message: Message) -> None:
    """An action: what, who by role, by when, horizon, first sign."""
    from hrkit.report.actions import HORIZONS

    what, owner, due = (written(message, n) for n in ("what", "owner", "due"))
    if not what or not owner or not due:
        raise NotNow("no_action")
    try:
        due = dt.date.fromisoformat(due).isoformat()
    except ValueError:
        raise NotNow("no_date") from None
    names = [section.id for section in meeting.engagement.instrument.dimensions]
    horizon, dimension = message.get("horizon", ""), message.get("topic", "")
    if dimension not in names or horizon not in ("", *HORIZONS):
        raise NotNow("no_action")
    sign = written(message, "sign")
    value = Followed(
        what,
        dimension,
        "open",
        meeting.wave.id,
        "",
        owner,
        "",
        due,
        horizon,
        sign,
        meeting.written_in,
    )
    meeting.put(value, id=message.get("id", ""), reason=written(message, "reason"))
    meeting.talk = replace(meeting.talking, shows="actions")


def _drop(meeting: Gathering, message: Message) -> None:
    """An action is not done after all; why is kept."""
    reason, id = reasoned(message), message.get("id", "")
    for entry in meeting.kept("action"):
        if entry.id == id and isinstance(entry.value, Followed):
            meeting.put(replace(entry.value, status="dropped", note=reason), id=id, reason=reason)
            return
    raise NotNow("not_now")


def _words(meeting: Gathering, message: Message) -> None:
    """What a group wrote down in its own words."""
    text, scope = written(message, "what"), message.get("scope", ROOM) or ROOM
    topic = meeting.talking.topic
    if not text:
        raise NotNow("no_evidence")
    try:
        dimension = topic.dimension if topic else ""
        meeting.put(GroupWords(text, meeting.wave.id, dimension, scope, meeting.written_in))
    except ValueError:
        raise NotNow("not_now") from None


#: What whoever leads writes down.
COMMANDS: dict[str, Handler] = {"agree": _agree, "action": _action, "drop": _drop, "words": _words}
