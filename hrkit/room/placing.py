"""A side that is too small to be shown places itself openly, if each of it says yes."""

from __future__ import annotations

from dataclasses import replace

from hrkit.records.values import Agreed
from hrkit.room.gathering import Gathering, Handler, Message, Seat
from hrkit.room.sitting import NotNow

__all__ = ["COMMANDS", "consent", "consented", "placed", "small"]


def small(meeting: Gathering) -> tuple[str, ...]:
    """Perspectives of groups that were asked, and of which the release shows nothing."""
    released = meeting.released()
    if released is None:
        return ()
    root, dimensions = meeting.engagement.root.id, meeting.engagement.instrument.dimensions
    return tuple(
        p
        for group in released.groups
        if not any(released.score(s.id, group.id, root).shown for s in dimensions)
        for p in group.perspectives
    )


def _party(meeting: Gathering, message: Message) -> None:
    """Ask a side on its phones, or see whether all of it said yes.

    One no, one silent and nobody there are told by the same word.
    """
    party, what, talk = message.get("party", ""), message.get("what", ""), meeting.talking
    state = talk.parties.get(party, "")
    if party not in small(meeting):
        raise NotNow("not_now")
    if what == "ask" and state in ("", "declined"):
        meeting.consents[party], state = {}, "asking"
    elif what == "see" and state == "asking":
        there = {seat.code for seat in meeting.seats() if seat.perspective == party}
        said = meeting.consents.pop(party, {})
        state = "consented" if there and all(said.get(c) for c in there) else "declined"
    else:
        raise NotNow("not_now")
    meeting.talk = replace(talk, parties={**talk.parties, party: state})


def consent(meeting: Gathering, seat: Seat, party: str, yes: bool) -> bool:
    """What one of a side said; in memory only.

    Who said yes may say no until the group's word is written down: the side is not placed then,
    told by the same word as ever.
    """
    talk = meeting.talk
    mine = talk is not None and seat.perspective == party
    if talk is not None and mine and not yes and talk.parties.get(party) == "consented":
        meeting.talk = replace(talk, parties={**talk.parties, party: "declined"})
        return True
    asked = talk is not None and talk.parties.get(party) == "asking"
    if not asked or seat.perspective != party:
        return False
    meeting.consents.setdefault(party, {})[seat.code] = yes
    return True


def consented(meeting: Gathering, seat: Seat) -> bool | None:
    """What this person said to being placed openly; None for nothing."""
    return meeting.consents.get(seat.perspective, {}).get(seat.code)


def placed(meeting: Gathering) -> Agreed | None:
    """A side's open placement on the open row."""
    topic = meeting.talk.topic if meeting.talk else None
    return next(
        (
            one
            for one in meeting.records.agreed
            if topic and one.dimension == topic.dimension
            if one.scope.startswith("party:") and one.locked
        ),
        None,
    )


#: What whoever leads asks of a side.
COMMANDS: dict[str, Handler] = {"party": _party}
