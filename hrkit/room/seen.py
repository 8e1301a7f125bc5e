"""The meeting as each kind of page sees it: wall, host, phone; nothing here changes anything."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hrkit.errors import HrkitError
from hrkit.model.engagement import Engagement
from hrkit.model.followed import Followed
from hrkit.records.values import Agreed
from hrkit.report.action_files import library
from hrkit.report.actions import HORIZONS, OWNERS, Library, choose
from hrkit.report.followed import called
from hrkit.room import said, told
from hrkit.room.meeting import Meeting, Seat
from hrkit.room.talk import Topic
from hrkit.room.wall import ui

__all__ = ["host_sees", "phone_sees", "wall_sees"]

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


def _library(engagement: Engagement) -> Library | None:
    try:
        return library(engagement)
    except HrkitError:
        return None  # what is wrong with the actions is told where they stand


def _actions(meeting: Meeting, language: str) -> list[Data]:
    known = _library(meeting.engagement)
    return [
        said.action_row(meeting.engagement, one, called(known, one.action, language), language)
        for one in meeting.records.actions
        if one.status != "dropped"
    ]


# ---------------------------------------------------------------------------------- the host


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
    known = _library(engagement)
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
    engagement, known = meeting.engagement, _library(meeting.engagement)
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


# --------------------------------------------------------------------------------- the phone


def phone_sees(meeting: Meeting, seat: Seat | None, language: str) -> Data:
    """What one phone gets: the open vote and its own votes, or nothing but "look up"."""
    talk, engagement = meeting.talk, meeting.engagement
    assert talk is not None
    w, topic = engagement.words(language), talk.topic
    found: Data = {"kind": "look"}
    if seat is not None and talk.parties.get(seat.perspective) == "asking":
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
