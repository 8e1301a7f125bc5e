"""What each kind of page gets: the one place where anything leaves the room.

A phone gets replies to its own messages (`hrkit.room.hearing`), and totals of the whole room.  The
wall and the host get totals, and what a release holds once the host has revealed one.
"""

from __future__ import annotations

from hrkit.room import wall
from hrkit.room.inside import Inside
from hrkit.room.net import qr
from hrkit.room.wire import Message, Wire

__all__ = ["named_in", "reached", "show_of", "state_of", "step_of", "tell", "tell_hosts"]


def step_of(room: Inside, line: Wire) -> Message:
    """Where the room is, as a phone sees it."""
    w, step = room.engagement.words(line.language), room.book.round.step
    found: Message = {
        "type": "room",
        "step": step,
        "rev": room.book.round.rev,
        "round": f"{room.wave.id} {room.book.round.round}",
        "count": wall.counted(w, room.progress.done, room.invited),
    }
    running = room.meeting.talk is not None and step != "ended"
    found["meeting"] = _phone_sees(room, line) if running else None
    words = f"{line.language} {running}"
    if line.worded != words:
        # Words are sent once and kept by the page: totals come every other second.
        shell = wall.shell(room.engagement, line.language)
        plain = room.join(line.language).get("plain", False)
        found |= {"ui": shell["ui"], "client": shell["client"], "plain": plain}
        if running:
            found["say"] = wall.ui(room.engagement, line.language, "workshop.ui.")
        line.worded = words
    return found


def _phone_sees(room: Inside, line: Wire) -> Message:
    from hrkit.room.seen import phone_sees  # a questionnaire alone needs nothing of it

    return phone_sees(room.meeting, room.seat(line), line.language)


def state_of(room: Inside, line: Wire) -> Message:
    """What a host sees: what the wall may show, totals, and what can be done now."""
    w, round_ = room.engagement.words(line.language), room.book.round
    taken = room.taken
    return {
        "type": "state",
        **wall.shell(room.engagement, line.language),
        "wave": room.wave.name[line.language],
        "step": round_.step,
        "rev": round_.rev,
        "shows": round_.shows,
        "showable": list(round_.showable),
        "allowed": [
            one
            for one in round_.allowed
            if not room.revealing and {"void": bool(taken), "end": room.may_end}.get(one, True)
        ],
        "taken": taken,
        "coded": room.coded,
        "revealing": room.revealing,
        "unsaved": room.book.unsaved,
        "phones": room.connected,
        "begun": room.progress.begun,
        "late": len(room.late) if round_.step == "closed" else 0,
        "count": wall.counted(w, room.progress.done, room.invited),
        "reach": _reach(room, line.language),
        "wall": show_of(room, line.language),
        "meeting": _host_sees(room, line.language),
    }


def _host_sees(room: Inside, language: str) -> Message:
    if room.meeting.talk is None:
        names = ("begin", "begin_plain")
        say = wall.ui(room.engagement, language, "workshop.ui.")
        grid = room.engagement.instrument.has_grid
        return {"running": False, "grid": grid, "say": {name: say[name] for name in names}}
    from hrkit.room.lead import host_sees

    return host_sees(room.meeting, language)


def _reach(room: Inside, language: str) -> Message:
    """How the check whether phones reach this machine stands, and what a phone opens for it."""
    found = room.reach.found
    if found in ("idle", "line"):
        return {"found": found}
    address = f"{room.join(language)['address']}check"
    return {"found": found, "address": address, "qr": qr(address)}


def show_of(room: Inside, language: str) -> Message:
    """What the wall shows now."""
    round_, w = room.book.round, room.engagement.words(language)
    shown = {**wall.shell(room.engagement, language), "step": round_.shows, "rev": round_.rev}
    if room.meeting.talk is not None and round_.step != "ended":
        from hrkit.room.seen import wall_sees

        talk = wall_sees(room.meeting, language)
        if talk["kind"] == "profile":
            shown |= {"step": "profile"}
            shown["profile"] = wall.profile(room.engagement, room.kept(), language)
            return shown
        return {**shown, "step": "meeting", "meeting": talk}
    if round_.shows in ("join", "count"):
        shown["join"] = room.join(language)
        shown["count"] = wall.counted(w, room.progress.done, room.invited)
    elif round_.shows == "profile":
        shown["profile"] = wall.profile(room.engagement, room.kept(), language)
    return shown


def named_in(room: Inside, message: Message) -> Message:
    """What a text that is being typed may hold of a person: to the page on which it is, and kept nowhere."""
    from hrkit.records.naming import may_name

    kinds = may_name(message.get("text", "")[:500], room.known_words)
    return {"type": "names", "stamp": message.get("stamp"), "may": list(kinds)}


def tell(room: Inside) -> None:
    """Tell everybody where the room is."""
    room.counted = room.counts
    for line in (*room.phones.values(), *room.walls.values(), *room.hosts.values()):
        if not line.known:
            continue
        if line.id in room.walls:
            line.send({"type": "show", **show_of(room, line.language)})
        elif line.id in room.hosts:
            line.send(state_of(room, line))
        else:
            line.send(step_of(room, line))


def tell_hosts(room: Inside) -> None:
    """Tell those who lead."""
    for line in room.hosts.values():
        if line.known:
            line.send(state_of(room, line))


def reached(room: Inside, remote: str, *, line: bool) -> None:
    """Somebody opened the page of the check, or a line."""
    if room.reach.came(remote, line=line):
        tell_hosts(room)
