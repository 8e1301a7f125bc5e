"""Another code for somebody who lost theirs, given on the page of whoever leads.

The code goes to that one page and is kept nowhere but as a hash.  Where the lost one is known, it
opens nothing from then on; nothing says that the two belong together.
"""

from __future__ import annotations

from hrkit.answers.codes import canonical
from hrkit.answers.store import Slip
from hrkit.errors import HrkitError
from hrkit.forms import pages
from hrkit.room.inside import Inside
from hrkit.room.net import qr
from hrkit.room.sitting import NotNow
from hrkit.room.wire import Message

__all__ = ["chairs", "given"]


def chairs(room: Inside, language: str) -> Message:
    """From which chairs and where people answer, to choose from.

    Raises
    ------
    NotNow
        If nobody needs a code here, or the room has ended.
    """
    if not room.coded or room.book.round.step == "ended":
        raise NotNow("not_now")
    engagement, w = room.engagement, room.engagement.words(language)
    people = engagement.instrument.perspectives
    return {
        "type": "chairs",
        "roles": [
            {"id": one, "name": pages.role_name(engagement.instrument, one, language)}
            for one in people
        ],
        "units": [
            {"id": one.id, "name": pages.unit_name(engagement, one, w)} for one in engagement.units
        ],
        "erase": room.book.round.step in ("open", "closed"),
    }


def given(room: Inside, message: Message, language: str) -> Message:
    """Draw a code in place of a lost one, or for a chair.

    Raises
    ------
    NotNow
        If there is no such code or chair, answers cannot be erased any more, or it was asked for on
        an older picture.
    HrkitError
        If the wave takes no codes.
    """
    known = chairs(room, language)
    before = room.book.round
    # Before the store draws: a room that is killed in between draws no second one for the same command.
    room.book.round = before.touched(message.get("rev", -1))
    room.book.save()
    try:
        return _drawn(room, message, language, known)
    except (NotNow, HrkitError):
        room.book.round = before
        raise


def _drawn(room: Inside, message: Message, language: str, known: Message) -> Message:
    lost, erase = canonical(message.get("lost", "")), message.get("erase") == 1
    if lost:
        if erase and not known["erase"]:
            raise NotNow("not_now")
        found = room.store.replace_code(lost, room.wave.id, erase=erase)
        if found is None:
            raise NotNow("no_code")
        chair, code = found
        room.meeting.without(lost)
        room.recount()
    else:
        chair = Slip(message.get("unit", ""), message.get("perspective", ""))
        roles, units = ({one["id"] for one in known[name]} for name in ("roles", "units"))
        if chair.perspective not in roles or chair.unit not in units:
            raise NotNow("no_chair")
        (code,) = room.store.hand_out(room.wave.id, chair, 1)
    # That one was given, and whether one was made void; not which, nor for whom.
    room.book.note("host", "code", void=int(bool(lost)), erased=int(erase))
    names = {one["id"]: one["name"] for one in (*known["roles"], *known["units"])}
    whose = [names.get(chair.perspective, ""), names.get(chair.unit, "")]
    if len(known["units"]) == 1:
        whose.pop()
    address = room.join(language)["address"]
    return {
        "type": "code",
        "code": code,
        "whose": " · ".join(filter(None, whose)),
        "address": address,
        "qr": qr(f"{address}#{code}"),
        "void": bool(lost),
    }
