"""Whether responses fit an engagement: nothing enters a store that its reports could not read.

Readers and forms check what they are given, each in its own words.  This is the last look before
anything is written, whoever calls: unknown waves, units, perspectives, questions and values are
named and refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hrkit.answers.responses import PEOPLE, Responses
from hrkit.errors import Problem

if TYPE_CHECKING:
    from hrkit.model.engagement import Engagement

__all__ = ["allowed", "unfit"]

#: Question and who answers it to the values it takes; None for words of one's own.
Allowed = Mapping[tuple[str, str, str], frozenset[str] | None]


def allowed(engagement: Engagement) -> Allowed:
    """By (perspective, item, facet) the values that may be stored."""
    found: dict[tuple[str, str, str], frozenset[str] | None] = {}
    for question in engagement.instrument.questions():
        scale = question.facet.scale
        values = None if scale.kind == "text" else scale.answers
        for perspective in question.item.ask:
            found[perspective, question.item.id, question.facet.id] = values
    return found


def unfit(responses: Responses, engagement: Engagement) -> list[Problem]:
    """What of the responses the engagement does not know; each thing once.

    Parameters
    ----------
    responses
        Any responses.
    engagement
        The one whose store they would go to.
    """
    problems = []
    known = {
        "wave": {wave.id for wave in engagement.waves},
        "perspective": set(engagement.instrument.perspectives),
    }
    for name, ids in known.items():
        for id in sorted(set(map(str, responses.people[name])) - ids):
            problems.append(
                Problem(
                    engagement.id,
                    f"there is no {name} {id!r} in it",
                    f"use {', '.join(sorted(ids))}",
                )
            )
    if problems:
        return problems
    for wave, unit in sorted(
        set(zip(responses.people["wave"], responses.people["unit"], strict=True))
    ):
        if engagement.place(unit, wave) is None:
            units = ", ".join(one.id for one in engagement.units_in(wave)[:20])
            problems.append(
                Problem(engagement.id, f"there is no unit {unit!r} in it in {wave}", f"use {units}")
            )
    if problems:
        return problems
    fits = allowed(engagement)
    role = dict(zip(responses.people[PEOPLE[0]], responses.people["perspective"], strict=True))
    said: dict[str, set[tuple[tuple[str, str], str]]] = {}
    for who, given in responses.given.items():
        said.setdefault(role.get(who, "nobody"), set()).update(given.items())
    every = [(whose, *pair, value) for whose, among in said.items() for pair, value in among]
    for perspective, item, facet, value in sorted(every, key=repr):
        place = (perspective, item, facet)
        if place not in fits:
            problems.append(
                Problem(
                    engagement.id,
                    f"{perspective} is not asked {item} ({facet})",
                    "leave it blank, or correct the perspective",
                )
            )
        elif (values := fits[place]) is not None and value not in values:
            problems.append(
                Problem(
                    engagement.id,
                    f"{value!r} is no answer to {item} ({facet})",
                    f"use {', '.join(sorted(values))}",
                )
            )
    return list(dict.fromkeys(problems))
