"""The meeting as each kind of page sees it: wall, host, phone; nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hrkit.errors import HrkitError
from hrkit.model.engagement import Engagement
from hrkit.report.action_files import library
from hrkit.report.actions import Library
from hrkit.report.followed import called
from hrkit.room import said, told
from hrkit.room.gathering import Seat
from hrkit.room.meeting import Meeting
from hrkit.room.wall import ui

__all__ = ["known_actions", "phone_sees", "wall_sees"]

Data = dict[str, Any]
#: Days until the first signs are looked for.
_FOLLOW_UP = 91


def wall_sees(meeting: Meeting, language: str) -> Data:
    """What stands on the wall: one picture, and its words."""
    talk, engagement, released = meeting.talk, meeting.engagement, meeting.released()
    assert talk is not None
    w, topic = engagement.words(language), talk.topic
    shown: Data = {"kind": talk.shows, "say": ui(engagement, language, "workshop.ui.")}
    if topic is None and talk.shows not in ("agenda", "actions", "profile", "pause"):
        shown["kind"] = "agenda"
    if shown["kind"] == "agenda":
        shown["agenda"] = told.agenda_of(engagement, released, talk, language)
    elif shown["kind"] == "pause":
        shown["clock"] = told.clock_of(talk, meeting.moment)
    elif shown["kind"] == "actions":
        shown["actions"] = _actions(meeting, language)
        day = dt.date.fromtimestamp(meeting.moment) + dt.timedelta(days=_FOLLOW_UP)
        shown["again"] = w("workshop.again", date=w.date(day))
    elif topic is not None and shown["kind"] == "topic":
        shown["topic"] = told.topic_of(engagement, released, talk, language, meeting.moment)
    elif topic is not None and shown["kind"] == "levels":
        section = told.section_of(engagement, topic.dimension)
        shown["levels"] = {
            "name": section.name[language],
            "rows": told.level_rows(engagement, section, language),
            "said": _count(meeting, language),
            "second": topic.vote.startswith("second"),
        }
    elif topic is not None and shown["kind"] == "votes":
        protection = engagement.protection
        least = (protection.scores, protection.details)
        shown["votes"] = told.votes_of(engagement, topic, language, least)
    elif topic is not None and shown["kind"] == "agreed":
        shown["agreed"] = said.agreed_of(
            engagement, released, topic, meeting.records.agreed, language
        )
    elif shown["kind"] == "placed" and (one := meeting.placed()) is not None:
        shown["placed"] = said.placed_of(engagement, released, one, language)
    return shown


def _count(meeting: Meeting, language: str) -> str:
    totals = meeting.totals()
    if totals is None:
        return ""
    return meeting.engagement.words(language)("workshop.voted", n=totals[0], of=totals[1])


def known_actions(engagement: Engagement) -> Library | None:
    """The library of actions; None where something is wrong with it."""
    try:
        return library(engagement)
    except HrkitError:
        return None  # what is wrong with the actions is told where they stand


def _actions(meeting: Meeting, language: str) -> list[Data]:
    known = known_actions(meeting.engagement)
    return [
        said.action_row(meeting.engagement, one, called(known, one.action, language), language)
        for one in meeting.records.actions
        if one.status != "dropped"
    ]


# --------------------------------------------------------------------------------- the phone


def phone_sees(meeting: Meeting, seat: Seat | None, language: str) -> Data:
    """What one phone gets: the open vote and its own votes, or nothing but "look up"."""
    talk, engagement = meeting.talk, meeting.engagement
    assert talk is not None
    w, topic = engagement.words(language), talk.topic
    found: Data = {"kind": "look"}
    # A vote does not wait for whoever has not replied yet, nor does what was agreed, to be read.
    busy = talk.voting or talk.step == "actions"
    if seat is not None and not busy and talk.parties.get(seat.perspective) == "asking":
        name = engagement.instrument.people.name((seat.perspective,), "label", language)
        return {
            **found,
            "kind": "consent",
            "party": seat.perspective,
            "title": w("workshop.consent", name=name),
            "said": meeting.consented(seat),
        }
    if seat is not None and talk.parties.get(seat.perspective) == "consented":
        found["consented"] = seat.perspective  # and may still say no
    if talk.step == "actions":
        return {**found, "kind": "records", **_records(meeting, language)}
    if topic is None:
        return found
    section = told.section_of(engagement, topic.dimension)
    found["name"] = section.name[language]
    which, _, rest = topic.vote.partition("-")
    if which and rest != "closed":
        first, second = meeting.own(seat) if seat is not None else (None, None)
        if seat is None or (which == "second" and not first):
            return {**found, "kind": "spectator"}
        rows = told.level_rows(engagement, section, language)
        return {
            **found,
            "kind": "vote",
            "vote": which,
            "id": f"{topic.dimension} {which}",
            "levels": rows,
            "first": first,
            "mine": first if which == "first" else second,
            "closing": rest == "closing",
        }
    if topic.step == "talk":
        found["kind"] = "talk"
    return found


def _records(meeting: Meeting, language: str) -> Data:
    """What was locked and agreed, to be read and kept."""
    engagement = meeting.engagement
    locked = [one for one in meeting.records.agreed if one.locked]
    return {
        "agreed": [
            {
                "name": told.section_of(engagement, one.dimension).name[language],
                **said.one_agreed(engagement, one, language),
            }
            for one in locked
        ],
        "actions": _actions(meeting, language),
    }
