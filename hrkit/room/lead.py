"""The meeting as whoever leads it sees it: records in full, of votes the totals and what was shown."""

from __future__ import annotations

from typing import Any

from hrkit.model.engagement import Engagement
from hrkit.model.followed import Followed
from hrkit.records.values import Agreed
from hrkit.report.actions import HORIZONS, OWNERS, choose
from hrkit.report.followed import called
from hrkit.room import said, told
from hrkit.room.gathering import Seat
from hrkit.room.meeting import Meeting
from hrkit.room.seen import known_actions, phone_sees
from hrkit.room.talk import Topic
from hrkit.room.wall import ui

__all__ = ["host_sees"]

Data = dict[str, Any]


def host_sees(meeting: Meeting, language: str) -> Data:
    """Everything a host needs to lead: records in full, of votes the totals and what was shown."""
    engagement, talk = meeting.engagement, meeting.talk
    assert talk is not None
    say = ui(engagement, language, "workshop.ui.")
    released = meeting.released()
    rows = [told.row_of(engagement, released, one, language) for one in talk.topics]
    names = {row["id"] for row in rows}
    more = [
        {"id": section.id, "name": section.name[language]}
        for section in engagement.instrument.dimensions
        if section.grid and section.id not in names
    ]
    found: Data = {
        "running": True,
        "say": say,
        "step": talk.step,
        "at": talk.at,
        "shows": talk.shows,
        "showable": list(meeting.showable),
        "topics": rows,
        "more": more,
        "sorts": [
            name
            for name in ("list", "gap", "spread")
            if name == "list" or any(row[name] is not None for row in rows)
        ],
        "fresh": all(one.step == "waiting" for one in talk.topics),
        "parties": _parties(meeting, language),
        "phones": phone_sees(meeting, Seat("", ""), language)["kind"],
    }
    if talk.voting:
        found["phones"] = "vote"
    if talk.topic is not None:
        found["topic"] = _topic(meeting, talk.topic, language)
    if talk.step == "actions" or talk.topic is not None:
        found["actions"] = _kept_actions(meeting, language)
        found["owners"] = _owners(engagement, language)
        w = engagement.words(language)
        found["horizons"] = [
            {"id": one, "name": w(f"report.action.horizon.{one}")} for one in HORIZONS
        ]
    return found


def _parties(meeting: Meeting, language: str) -> list[Data]:
    people, talk = meeting.engagement.instrument.people, meeting.talk
    assert talk is not None
    return [
        {
            "id": one,
            "name": people.name((one,), "label", language),
            "state": talk.parties.get(one, ""),
        }
        for one in meeting.small()
    ]


def _topic(meeting: Meeting, topic: Topic, language: str) -> Data:
    engagement, talk = meeting.engagement, meeting.talk
    assert talk is not None
    w = engagement.words(language)
    section = told.section_of(engagement, topic.dimension)
    totals = meeting.totals()
    gap = None
    if (released := meeting.released()) is not None:
        gap = released.gap(section.id, engagement.root.id)
    hint = ""
    if gap is not None and gap.shown and gap.difference:
        key = f"talk.dimensions.{section.id}.{'higher_second' if gap.difference > 0 else 'higher_first'}"
        hint = w(key) if key in w else ""
    mine = [
        (entry.id, entry.value)
        for entry in meeting.kept("agreed")
        if isinstance(entry.value, Agreed) and entry.value.dimension == topic.dimension
    ]
    return {
        "id": topic.dimension,
        "name": section.name[language],
        "step": topic.step,
        "vote": topic.vote,
        "shown": topic.shown,
        "all_shown": bool(topic.second),
        "by_hand": topic.by_hand,
        "voted": None if totals is None else totals[0],
        "of": None if totals is None else totals[1],
        "questions": told.questions_of(engagement, section, language),
        "question": talk.question,
        "hint": hint,
        "clock": told.clock_of(talk, meeting.moment),
        "levels": told.level_rows(engagement, section, language),
        "records": [
            {
                "id": id,
                "scope": one.scope,
                "whose": said.scope_name(engagement, one.scope, language),
                "level": one.level,
                "evidence": one.evidence,
                "shift": one.shift,
                "views": one.views,
                "locked": one.locked,
            }
            for id, one in mine
        ],
        "advised": _advised(meeting, section.id, language),
    }


def _advised(meeting: Meeting, dimension: str, language: str) -> list[Data]:
    """What the library advises on this row, to be taken over or changed."""
    engagement, released = meeting.engagement, meeting.released()
    known = known_actions(engagement)
    if known is None or released is None:
        return []
    section = told.section_of(engagement, dimension)
    names = _named_owners(engagement, language)
    return [
        {
            "id": one.id,
            "what": one.text[language],
            "owner": names.get(one.owner, ""),
            "horizon": one.horizon,
            "sign": one.sign[language] if one.sign else "",
        }
        for one in choose(known, released, engagement, section, 3)
    ]


def _named_owners(engagement: Engagement, language: str) -> dict[str, str]:
    w, people = engagement.words(language), engagement.instrument.people
    found = {}
    for one in (*OWNERS, *engagement.instrument.perspectives):
        key = f"report.action.owner.{one}"
        found[one] = w(key) if key in w else people.one(one).name("owner", language)
    return found


def _owners(engagement: Engagement, language: str) -> list[str]:
    return list(dict.fromkeys(_named_owners(engagement, language).values()))


def _kept_actions(meeting: Meeting, language: str) -> list[Data]:
    engagement, known = meeting.engagement, known_actions(meeting.engagement)
    names = {s.id: s.name[language] for s in engagement.instrument.dimensions}
    found = []
    for entry in meeting.kept("action"):
        one = entry.value
        if isinstance(one, Followed):
            row = said.action_row(engagement, one, called(known, one.action, language), language)
            found.append(
                {
                    **row,
                    "id": entry.id,
                    "topic": one.dimension,
                    "subject": names.get(one.dimension, one.dimension),
                    "iso": one.due,
                    "horizon_id": one.horizon,
                    "dropped": one.status == "dropped",
                }
            )
    return found
