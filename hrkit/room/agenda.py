"""The agenda of the meeting: in which order, how long, what is open, and what the wall is turned to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hrkit.model.engagement import Engagement
from hrkit.room.gathering import Gathering, Handler, Message
from hrkit.room.placing import placed
from hrkit.room.sitting import NotNow
from hrkit.room.talk import Topic

if TYPE_CHECKING:
    from hrkit.disclosure.released import Released

__all__ = ["COMMANDS", "proposed", "showable"]


def proposed(
    engagement: Engagement, released: Released | None, by: str = "list"
) -> tuple[str, ...]:
    """Dimensions with a row of the grid, in the order in which to talk about them.

    Parameters
    ----------
    by
        ``list`` is the report's decision list, ``gap`` the largest difference first, ``spread`` the
        widest spread of answers first, where it may be shown.  What has no figure comes last.
    """
    ids = [section.id for section in engagement.instrument.dimensions if section.grid]
    if released is None:
        return tuple(ids)
    from hrkit.report import findings

    listed = [one.measure for one in findings.to_take_up(released)]
    listed += [one.measure for one in sorted(released.priorities, key=lambda p: p.rank)]
    order = {id: place for place, id in reversed(list(enumerate(listed)))}
    figures: dict[str, float] = {}
    if by == "gap":
        gaps = [g for g in released.gaps if g.shown and g.unit == engagement.root.id]
        figures = {gap.measure: abs(gap.difference or 0) for gap in gaps}
    elif by == "spread":
        for one in released.agreements:
            figures[one.measure] = max(figures.get(one.measure, 0.0), one.deviation)
    return tuple(
        sorted(
            ids, key=lambda id: (-figures.get(id, -1.0), order.get(id, len(listed)), ids.index(id))
        )
    )


def _order(meeting: Gathering, message: Message) -> None:
    rows = []
    known = {section.id for section in meeting.engagement.instrument.dimensions if section.grid}
    for one in message.get("order", []):
        name, minutes, pause = (*str(one).split(":"), "0", "0")[:3]
        if name not in known or not (minutes + pause).isdecimal():
            raise NotNow("not_now")
        rows.append((name, int(minutes[:4] or 0), int(pause[:4] or 0)))
    meeting.talk = meeting.talking.ordered(tuple(rows))


def _sort(meeting: Gathering, message: Message) -> None:
    by, talk = message.get("what", ""), meeting.talking
    if by not in ("list", "gap", "spread") or any(t.step != "waiting" for t in talk.topics):
        raise NotNow("not_now")
    minutes = {one.dimension: one for one in talk.topics}
    names = list(proposed(meeting.engagement, meeting.released(), by))[: len(talk.topics)]
    meeting.talk = replace(talk, topics=tuple(minutes.get(n, Topic(n)) for n in names))


def _pause(meeting: Gathering, _message: Message) -> None:
    meeting.talk = meeting.talking.paused(meeting.moment)


def _topic(meeting: Gathering, message: Message) -> None:
    talk = meeting.talking
    if talk.topic is not None and talk.topic.dimension != message.get("topic"):
        meeting.leave()
    meeting.talk = meeting.talking.opened(message.get("topic", ""))


def _skip(meeting: Gathering, message: Message) -> None:
    meeting.leave()
    meeting.talk = replace(meeting.talking.settled("skipped"), step="agenda", at=-1, shows="agenda")


def _agenda(meeting: Gathering, _message: Message) -> None:
    meeting.leave()
    meeting.talk = replace(meeting.talking, step="agenda", at=-1, shows="agenda")


def _actions(meeting: Gathering, _message: Message) -> None:
    meeting.leave()
    meeting.talk = replace(meeting.talking, step="actions", at=-1, shows="actions")


def _question(meeting: Gathering, message: Message) -> None:
    meeting.topic()
    meeting.talk = replace(meeting.talking, question=max(0, min(message.get("question", 0), 9)))


def _clock(meeting: Gathering, message: Message) -> None:
    what, seconds = message.get("what", ""), message.get("seconds", 0)
    clock = meeting.talking.clock.set(what, max(0, min(seconds, 3600)), meeting.moment)
    meeting.talk = replace(meeting.talking, clock=clock)


def _look(meeting: Gathering, message: Message) -> None:
    what = message.get("what", "")
    if what not in showable(meeting):
        raise NotNow("not_now")
    meeting.talk = replace(meeting.talking, shows=what)


def showable(meeting: Gathering) -> tuple[str, ...]:
    """What the wall may be turned to."""
    if meeting.talk is None:
        return ()
    found = list(meeting.talk.showable)
    if meeting.book.round.version:
        found.insert(0, "profile")
    if placed(meeting) is not None:
        found.append("placed")
    return tuple(found)


#: What whoever leads does with it.
COMMANDS: dict[str, Handler] = {
    "order": _order,
    "sort": _sort,
    "pause": _pause,
    "topic": _topic,
    "skip": _skip,
    "agenda": _agenda,
    "actions": _actions,
    "question": _question,
    "clock": _clock,
    "look": _look,
}
