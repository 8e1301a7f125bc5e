"""Made-up answers of the tools that a demonstration has taken up.

What people think is said by kinds of questions, so that each tool has something to find: a theme that is
misread, a service that is not known, talks that are about figures.  Everything else is drawn around the middle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, sin
from pathlib import Path
from typing import Any

from hrkit.model import engagement_file as engagements
from hrkit.model.ballot import ballot
from hrkit.model.instrument import Question, Scale
from hrkit.model.part import part_text
from hrkit.synthetic.aloud import OPEN, forget, say_aloud
from hrkit.synthetic.clients import Client
from hrkit.synthetic.spoken import say_openly

__all__ = ["TOOLS", "add_tools"]

#: Of the mirror, by theme and side: how the side sees itself, how the other sees it, and the guess.
_MIRROR: Mapping[tuple[str, str], tuple[float, float, float]] = {
    ("time", "leader"): (2.3, 3.9, 2.4),
    ("task", "leader"): (2.6, 3.8, 3.7),
    ("openness", "hr"): (4.0, 2.6, 3.9),
    ("word", "hr"): (3.9, 3.8, 2.5),
    ("goals", "hr"): (3.8, 3.0, 3.2),
}
#: Of the service check: importance, satisfaction and fit, by a service's place among the others.
_SERVICES: Mapping[int, tuple[float, float, float]] = {
    0: (4.5, 4.3, 3.9),
    2: (4.5, 2.6, 2.8),
    4: (4.4, 4.2, 3.6),
    7: (3.2, 4.1, 3.0),
    10: (4.4, 2.7, 2.5),
    15: (4.6, 4.2, 4.0),
    19: (2.9, 2.6, 2.6),
    21: (3.4, 3.0, 2.4),
}
_UNKNOWN, _NEEDED = {2, 16, 23}, {9, 20}
#: Of the competencies, by the name of an item: importance in five years and strength today.
_COMPETENCIES: Mapping[str, tuple[float, float]] = {
    "running": (4.2, 4.0),
    "many": (4.3, 3.2),
    "core": (4.4, 3.9),
    "leaders": (4.5, 2.9),
    "translating": (4.3, 3.3),
    "across": (4.7, 2.7),
    "sharing": (4.4, 2.5),
    "telling": (4.2, 3.2),
    "technology": (4.6, 2.8),
    "daring": (4.1, 2.9),
    "digital": (4.6, 2.7),
    "empathy": (4.0, 4.0),
}
#: Of the network organisation, by the tag of a task.
_NETWORK = {"wanted": 2.3, "time": 0.7, "priority": 0.8}
#: Of the chain dialogue, by the tag of a statement.
_DIALOGUE = {"steering": 4.4, "leading": 2.3, "told": 4.1, "heard": 2.7}

#: Of the checklist: how often, by a way's place among the twelve; which are wanted more often, and what is needed.
_OFTEN = {0: 1.8, 2: 2.6, 6: 0.7, 7: 0.9, 10: 1.1}
_WANTED, _NEED = {6, 7}, {"sparring": 0.65, "time": 0.75}
#: How many leaders choose one, two and three of what would help.
_MANY = (0.1, 0.25, 0.65)
#: Of the blueprint: tasks of which most cannot say who decides.
_UNSETTLED = {2, 13}


def _preparation(place: int) -> float:
    return _OFTEN.get(place, 2.1 + 0.4 * sin(place))


def _mirror(question: Question, perspective: str) -> float:
    theme, about = question.item.tags
    side = "leader" if perspective == "leader" else "hr"
    own, theirs, guess = _MIRROR.get((theme, about), (3.3, 3.2, 3.2))
    return guess if question.facet.id == "guess" else own if side == about else theirs


def _services(question: Question, perspective: str, place: int) -> float:
    facet = ("importance", "satisfaction", "fit").index(question.facet.id)
    usual = (3.7 + 0.5 * sin(place), 3.6 + 0.5 * cos(2 * place), 3.4 + 0.4 * sin(3 * place))
    mean = _SERVICES.get(place, usual)[facet]
    # Those who give a service believe it to be better than those who use it.
    return mean + (0.6 if perspective != "leader" and facet else 0.0)


def _competencies(question: Question, perspective: str, place: int) -> float:
    first = question.facet.id == "importance"
    name = question.item.id.partition(".")[2]
    means = _COMPETENCIES.get(name, (3.9 + 0.2 * sin(place), 3.4 + 0.2 * cos(place)))
    # Those around see leaders as a little stronger in what they do every day.
    return means[0] if first else means[1] + (0.3 if perspective != "leader" else 0.0)


def _dialogue(question: Question, perspective: str, tier: str) -> float:
    tag = next(iter(question.item.tags), "")
    mean = _DIALOGUE.get(tag, 3.3)
    if question.section.score_facet and tier == "4":
        mean -= 0.7
    if perspective != "leader":
        mean += 0.5
    scale = question.facet.scale
    return scale.low + scale.high - mean if question.item.reversed else mean


def add_tools(folder: Path, client: Client, ids: tuple[str, ...]) -> None:
    """Take tools up in a made-up client's folder, with answers; the main file names them already."""
    forget(folder)
    for id in ids:
        if id in OPEN:
            say_aloud(folder, id)
            continue
        place = folder / id
        place.mkdir(exist_ok=True)
        for old in place.glob("answers.sqlite*"):
            old.unlink()
        (place / engagements.FILE).write_text(part_text(id), "utf-8")
        _answer(place, client, id)
        say_openly(place, id)


def _answer(folder: Path, client: Client, tool: str, wave: str = "w1") -> None:
    import numpy as np

    from hrkit.answers.responses import tables
    from hrkit.answers.store import open_store

    engagement = engagements.load(folder)
    rng = np.random.default_rng([client.seed, *tool.encode()])
    people: list[tuple[str | None, ...]] = []
    given: list[tuple[str, str, str, str]] = []
    order = {item: i for i, item in enumerate(engagement.instrument.items)}
    for unit, cells in client.people.items():
        for perspective, (count, _) in cells.items():
            if perspective not in engagement.instrument.perspectives:
                continue
            for _ in range(count):
                key = f"{'' if wave == 'w1' else wave}{len(people):06d}"
                tier = str(int(rng.integers(2, 5))) if perspective == "leader" else None
                people.append((key, wave, unit, perspective, tier, None))
                own = rng.normal(0, 0.3)
                mine: list[tuple[str, str, str, str]] = []
                for question in engagement.instrument.questions(perspective):
                    place = order[question.item.id]
                    value = _value(rng, tool, question, perspective, tier or "", place, own)
                    if value:
                        mine.append((key, question.item.id, question.facet.id, value))
                given += mine
    with open_store(engagement) as store:
        store.add(tables(people, given))


def _needs(rng: Any, scale: Scale) -> str:
    """One to as many as one may: a free hour and sparring more often than the rest."""
    import numpy as np

    weight = np.array([_NEED.get(option, 0.25) for option in scale.options])
    many = int(rng.choice(np.arange(1, scale.most + 1), p=_MANY))
    found = rng.choice(len(weight), many, replace=False, p=weight / weight.sum())
    return ballot(scale.options, {scale.options[i] for i in found.tolist()})


def _value(
    rng: Any, tool: str, question: Question, perspective: str, tier: str, place: int, own: float
) -> str:
    """One answer; empty for a question that nobody answers here: words of one's own."""
    import numpy as np

    scale = question.facet.scale
    if scale.kind == "text":
        return ""
    if scale.kind == "pick":
        return _needs(rng, scale)
    if scale.kind == "category":
        odds = _odds(tool, place, len(scale.choices))
        return scale.choices[int(rng.choice(len(odds), p=odds))].value
    means: dict[str, Callable[[], float]] = {
        "mirror": lambda: _mirror(question, perspective),
        "services": lambda: _services(question, perspective, place),
        "competencies": lambda: _competencies(question, perspective, place),
        "network-leader": lambda: _NETWORK.get(next(iter(question.item.tags), ""), 1.4),
        "chain-dialogue": lambda: _dialogue(question, perspective, tier),
        "preparation": lambda: _preparation(place),
    }
    drawn = means[tool]() + own + rng.normal(0, 0.75)
    return str(int(np.clip(np.rint(drawn), scale.low, scale.high)))


def _odds(tool: str, place: int, answers: int) -> tuple[float, ...]:
    """Odds of the answers to a question by choice, by an item's place among the others."""
    if tool == "services":
        if place in _UNKNOWN:
            return (0.08, 0.1, 0.07, 0.15, 0.6)
        return (0.1, 0.12, 0.55, 0.18, 0.05) if place in _NEEDED else (0.35, 0.35, 0.05, 0.2, 0.05)
    if tool == "preparation":
        share = 0.7 if place in _WANTED else 0.25
        return (share, 1 - share)
    if tool == "blueprint":
        odds = [0.1, 0.05, 0.4, 0.3, 0.05, 0.05, 0.05]
        return (
            (*(0.4 * one for one in odds), 0.5, 0.1) if place in _UNSETTLED else (*odds, 0.0, 0.0)
        )
    rooms = {0: (0.45, 0.3, 0.15, 0.1), 1: (0.2, 0.15, 0.15, 0.5), 2: (0.3, 0.3, 0.3, 0.1)}
    found = rooms[place % 3]
    assert len(found) == answers
    return found


#: Tools of which there are made-up answers.
TOOLS = (
    "mirror",
    "blueprint",
    "preparation",
    "services",
    "competencies",
    "network-leader",
    "chain-dialogue",
    *OPEN,
)
