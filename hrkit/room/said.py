"""What was said openly in the room, as plain data: levels that groups agreed on, and actions.

Words are shown as they were written, and in which language where that is not the reader's.
"""

from __future__ import annotations

from typing import Any

from hrkit.disclosure.released import Released
from hrkit.model.engagement import Engagement
from hrkit.model.followed import Followed
from hrkit.records.values import ROOM, Agreed, scope_of
from hrkit.room.talk import Topic
from hrkit.room.told import level_rows, measured, section_of
from hrkit.text import clean

__all__ = ["action_row", "agreed_of", "one_agreed", "placed_of", "scope_name"]

Data = dict[str, Any]


def scope_name(engagement: Engagement, scope: str, language: str) -> str:
    """Whose word it is."""
    w, (kind, which) = engagement.words(language), scope_of(scope)
    if kind == "party":
        return w(
            "workshop.scope.party",
            name=engagement.instrument.people.name((which,), "label", language),
        )
    return w(f"workshop.scope.{kind}", name=clean(which))


def one_agreed(engagement: Engagement, one: Agreed, language: str) -> Data:
    """One group's word on a row of the grid."""
    w, section = engagement.words(language), section_of(engagement, one.dimension)
    rows = level_rows(engagement, section, language)
    found = rows[one.level - 1] if one.level else {"level": None, "name": "", "text": one.views}
    title = (
        w("workshop.level", level=one.level, name=found["name"])
        if one.level
        else w("workshop.parted")
    )
    return {
        "whose": scope_name(engagement, one.scope, language),
        "title": title,
        "level": one.level,
        "text": found["text"],
        "evidence": one.evidence,
        "shift": one.shift,
        "draft": not one.locked,
        **_written(engagement, one.language, language),
    }


def _written(engagement: Engagement, own: str, language: str) -> Data:
    """In which language words were written, said where it is another than the reader's."""
    if own in ("", language):
        return {}
    w = engagement.words(language)
    return {
        "lang": own,
        "written": w("workshop.written", language=w(f"answers.languages.in_{own}")),
    }


def agreed_of(
    engagement: Engagement,
    released: Released | None,
    topic: Topic,
    agreed: tuple[Agreed, ...],
    language: str,
) -> Data:
    """What the room and its tables agreed on, and what was measured, apart."""
    w = engagement.words(language)
    mine = [a for a in agreed if a.dimension == topic.dimension and not a.scope.startswith("party")]
    means = [m for m in measured(engagement, released, topic.dimension, language) if m["shown"]]
    told = " · ".join(f"{m['name']} {m['text']}" for m in means)
    return {
        "name": section_of(engagement, topic.dimension).name[language],
        "rows": [
            one_agreed(engagement, one, language)
            for one in sorted(mine, key=lambda a: a.scope != ROOM)
        ],
        "surveyed": w("workshop.surveyed", values=told) if told else "",
        "nothing": w("workshop.not_yet"),
    }


def placed_of(
    engagement: Engagement, released: Released | None, one: Agreed, language: str
) -> Data:
    """A side's open placement beside the other side's released mean, each with its kind."""
    w = engagement.words(language)
    return {
        "name": section_of(engagement, one.dimension).name[language],
        "measured": [
            {"name": w("workshop.from_survey", name=m["name"]), "text": m["text"]}
            for m in measured(engagement, released, one.dimension, language)
            if m["shown"]
        ],
        "placed": one_agreed(engagement, one, language),
        "note": w("workshop.two_kinds"),
    }


def action_row(engagement: Engagement, one: Followed, text: str, language: str) -> Data:
    """An action that was agreed: what, who by role, when, first sign."""
    import datetime as dt

    w = engagement.words(language)
    due = w.date(dt.date.fromisoformat(one.due)) if one.due else ""
    horizon = w(f"report.action.horizon.{one.horizon}") if one.horizon else ""
    own = _written(engagement, one.language, language) if text == one.action else {}
    said = {"what": text, "owner": one.owner, "due": due, "horizon": horizon, "sign": one.sign}
    return {**said, **own}
