"""What the wall shows of the meeting, as plain data: released figures, and what is said openly.

Two kinds of figures never share a scale: an average of answers, and a level that a group agreed on.
Numbers of votes are told as thresholds.
"""

from __future__ import annotations

from typing import Any

from hrkit.disclosure.chosen.votes import LEVELS, VoteFigure, shift_of
from hrkit.disclosure.released import Certainty, Released
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Item, Section
from hrkit.room.talk import Talk, Topic

__all__ = [
    "agenda_of",
    "clock_of",
    "figure_of",
    "level_rows",
    "measured",
    "questions_of",
    "row_of",
    "section_of",
    "topic_of",
    "votes_of",
]

Data = dict[str, Any]


def section_of(engagement: Engagement, dimension: str) -> Section:
    """A dimension by id."""
    return next(one for one in engagement.instrument.dimensions if one.id == dimension)


def level_rows(engagement: Engagement, section: Section, language: str) -> list[Data]:
    """The five descriptions of one row of the grid."""
    by = {one.level: one.text[language] for one in section.grid}
    name = engagement.instrument.level_name
    return [{"level": n, "name": name(n, section)[language], "text": by.get(n, "")} for n in LEVELS]


def _named(engagement: Engagement, released: Released | None, language: str) -> list[Data]:
    """The two sides, in the groups in which they are reported; every group where there are none."""
    if released is None:
        return []
    found = [g for side in engagement.instrument.sides if (g := released.group(side)) is not None]
    groups = dict.fromkeys(found or released.groups)
    people = engagement.instrument.people
    return [{"id": g.id, "name": people.name(g.perspectives, "short", language)} for g in groups]


def measured(
    engagement: Engagement, released: Released | None, dimension: str, language: str
) -> list[Data]:
    """Both sides' released means on a dimension, in words where there is none."""
    if released is None:
        return []
    w, root = engagement.words(language), engagement.root.id
    found = []
    for group in _named(engagement, released, language):
        score = released.score(dimension, group["id"], root)
        shown = score.shown and score.mean is not None
        text = w.number(score.mean) if shown else w(f"report.why.{score.why.value}")  # type: ignore[arg-type]
        found.append({**group, "text": text, "shown": shown})
    return found


def row_of(engagement: Engagement, released: Released | None, topic: Topic, language: str) -> Data:
    """One topic with the figures by which it is chosen; spread only where it may be shown."""
    w, said = engagement.words(language), []
    section = section_of(engagement, topic.dimension)
    found: Data = {"gap": None, "importance": None, "spread": None}
    if released is not None:
        gap = released.gap(section.id, engagement.root.id)
        if gap is not None and gap.shown and gap.difference is not None:
            found["gap"] = abs(gap.difference)
            said.append(w("workshop.gap", value=w.number(abs(gap.difference))))
        known = next((p for p in released.priorities if p.measure == section.id), None)
        if known is not None and known.importance is not None:
            found["importance"] = known.importance
            said.append(w("workshop.importance", value=w.number(known.importance)))
        spreads = [a.deviation for a in released.agreements if a.measure == section.id]
        if spreads:
            found["spread"] = max(spreads)
            said.append(w("workshop.spread", value=w.number(max(spreads))))
    done = w(f"workshop.step.{topic.step}") if topic.step != "waiting" else ""
    return {
        "id": topic.dimension,
        "name": section.name[language],
        "minutes": topic.minutes,
        "pause": topic.pause,
        "said": " · ".join(said),
        "done": done,
        "step": topic.step,
        **found,
    }


def agenda_of(engagement: Engagement, released: Released | None, talk: Talk, language: str) -> Data:
    """The topics in their order."""
    w = engagement.words(language)
    rows = [row_of(engagement, released, one, language) for one in talk.topics]
    left = len(engagement.instrument.dimensions) - len(rows)
    return {
        "rows": [{name: row[name] for name in ("name", "minutes", "said", "done")} for row in rows],
        "lead": w("workshop.agenda_lead" if released is not None else "workshop.agenda_plain"),
        "minutes": [w("workshop.minutes", n=row["minutes"]) for row in rows],
        "pauses": [w("workshop.minutes", n=row["pause"]) if row["pause"] else "" for row in rows],
        "rest": w("workshop.agenda_rest", n=left) if left > 0 else "",
    }


def _stated(engagement: Engagement, released: Released | None, section: Section) -> Item | None:
    """The statement on which both sides are furthest apart; the first that both are asked."""
    sides = engagement.instrument.sides
    common = [i for i in section.scored if len(sides) == 2 and set(sides) <= set(i.ask)]
    if released is None or not common:
        return common[0] if common else None

    def apart(item: Item) -> float:
        gap = released.gap(section.measure(item), engagement.root.id)
        return abs(gap.difference or 0) if gap is not None and gap.shown else -1.0

    return max(common, key=apart)


def questions_of(engagement: Engagement, section: Section, language: str) -> list[str]:
    """Questions for the talk about a dimension."""
    w = engagement.words(language)
    keys = [f"talk.dimensions.{section.id}.questions.{i}" for i in range(1, 6)]
    return [w(key) for key in keys if key in w] or [w("workshop.question")]


def topic_of(
    engagement: Engagement, released: Released | None, talk: Talk, language: str, moment: float
) -> Data:
    """What is talked about: the question, both sides' wording, the clock."""
    topic, w = talk.topic, engagement.words(language)
    assert topic is not None
    section = section_of(engagement, topic.dimension)
    item, instrument = _stated(engagement, released, section), engagement.instrument
    asked = questions_of(engagement, section, language)
    both = []
    if item is not None:
        both = [
            {
                "name": instrument.people.name((side,), "short", language),
                "text": instrument.wording(item, side, language),
            }
            for side in instrument.sides
        ]
    gap = None
    if released is not None and item is not None:
        gap = released.gap(section.measure(item), engagement.root.id)
    sure = gap is not None and gap.shown and gap.certainty is not Certainty.UNKNOWN
    return {
        "name": section.name[language],
        "both": both,
        "same": w("workshop.same_apart" if sure else "workshop.same") if both else "",
        "question": asked[min(talk.question, len(asked) - 1)],
        "clock": clock_of(talk, moment),
    }


def clock_of(talk: Talk, moment: float) -> Data:
    """The clock, which a page lets run down by itself."""
    return {"left": talk.clock.now(moment), "running": bool(talk.clock.since)}


def figure_of(engagement: Engagement, section: Section, code: str, language: str) -> Data:
    """A vote's released figure, in words beside the picture."""
    w, figure = engagement.words(language), VoteFigure.read(code or "none")
    found: Data = {"form": figure.form}
    if figure.form != "middle":
        found["text"] = w(f"workshop.figure.{figure.form}")
    else:
        low, _, high = figure.middle.partition("-")
        name = engagement.instrument.level_name
        names = [name(int(x), section)[language] for x in (low, high) if x]
        found["text"] = w("workshop.figure.middle", level=figure.middle.replace("-", "–"))
        found["names"] = " – ".join(w("workshop.quoted", text=one) for one in names)
    if figure.form == "tenths":
        found["tenths"] = list(figure.tenths)
        together = [str(n) for n, x in zip(LEVELS, figure.tenths, strict=True) if x is None]
        if together and figure.joint is not None:
            found["joint"] = w("workshop.together", levels=w.join(together), n=figure.joint)
    return found


def _asked(topic: Topic, second: VoteFigure) -> str:
    """What is asked beside the votes; of a change that cannot be shown, to say it openly instead."""
    if second.form == "few":
        return "few"
    return "after" if topic.second else "between"


def votes_of(engagement: Engagement, topic: Topic, language: str, least: tuple[int, int]) -> Data:
    """Both votes as they were released, and how the middle moved."""
    w, section = engagement.words(language), section_of(engagement, topic.dimension)
    first, second = (VoteFigure.read(code or "none") for code in (topic.first, topic.second))
    shift = shift_of(first, second) if topic.second else ""
    forms = {first.form, second.form if topic.second else first.form}
    k = least[1] if "tenths" in forms else least[0]
    note = "by_hand" if topic.by_hand else "at_least" if first.shown else "few_votes"
    return {
        "name": section.name[language],
        "title": w(f"workshop.shift.{shift or 'none'}"),
        "first": figure_of(engagement, section, topic.first, language) if topic.first else None,
        "second": figure_of(engagement, section, topic.second, language) if topic.second else None,
        "levels": [
            f"{row['level']} {row['name']}" for row in level_rows(engagement, section, language)
        ],
        "note": w(f"workshop.{note}", k=k),
        "key": w("workshop.tenth") if "tenths" in forms else "",
        "ask": w(f"workshop.ask_{_asked(topic, second)}"),
    }
