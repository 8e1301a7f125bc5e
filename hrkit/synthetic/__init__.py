"""Made-up organisations for the demo, the tests and the benchmarks; always marked SYNTHETIC.

`build` writes an engagement folder with a store of answers drawn by a seeded generator: each
respondent has a tendency of their own, each unit and perspective a level per dimension, and
leaders and HR see some things differently, as they do in life.  The same seed gives the same
answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.errors import EngagementError
from hrkit.model import engagement_file as engagements
from hrkit.model.ballot import ballot
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Question, Scale

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses
from hrkit.synthetic.clients import CLIENTS, Client, client
from hrkit.synthetic.parts import add_tools

__all__ = ["CLIENTS", "Client", "answers", "build", "client"]

#: Levels by perspective, in the order of the partnership instrument's dimensions:
#: roles, trust, presence, expertise, direction, leadership, across, chain, renewal.
_VIEWS: Mapping[str, tuple[float, ...]] = {
    "leader": (2.6, 3.8, 2.4, 3.5, 3.1, 3.3, 2.3, 2.7, 2.4),
    "hr": (3.5, 3.9, 3.6, 4.0, 3.4, 2.8, 2.6, 2.9, 2.7),
    "pay": (3.2, 3.7, 3.3, 3.8, 3.2, 3.0, 2.5, 2.8, 2.5),
    "top": (3.6, 3.9, 3.5, 3.7, 4.1, 3.6, 3.1, 3.8, 3.2),
    "network": (2.8, 3.5, 2.6, 3.3, 3.0, 3.2, 2.9, 2.8, 2.8),
    "employee": (3.0, 3.3, 2.8, 3.2, 3.0, 2.9, 2.4, 2.8, 2.6),
}
_IMPORTANCE = (4.2, 4.1, 4.4, 4.0, 3.9, 4.3, 3.6, 3.8, 3.4)


def answers(engagement: Engagement, client: Client, wave: str) -> Responses:
    """Draw the answers of a client's people for one wave.

    Keys are made up here; the store gives random ones.
    """
    import numpy as np

    from hrkit.answers.responses import tables

    rng = np.random.default_rng(client.seed)
    instrument = engagement.instrument
    place = {s.id: d for d, s in enumerate(instrument.dimensions)}
    unit_level = {unit.id: rng.normal(0, 0.25, len(place)) for unit in engagement.units}
    item_level = {item: rng.normal(0, 0.3) for item in instrument.items}
    people: list[tuple[str | None, ...]] = []
    given: list[tuple[str, str, str, str]] = []
    # Drawn apart: which way out somebody takes, and what they choose, changes no other answer.
    out = np.random.default_rng([client.seed, 1])
    picks = np.random.default_rng([client.seed, 2])
    remarks = list(client.comments)
    for unit, cells in client.people.items():
        for perspective, (count, _) in cells.items():
            for _ in range(count):
                key = f"{len(people):06d}"
                level = str(int(rng.integers(2, 5))) if perspective == "leader" else None
                people.append((key, wave, unit, perspective, level, None))
                own = rng.normal(0, 0.45)
                taste = rng.normal(0, 0.35, len(place))
                for question in instrument.questions(perspective):
                    item, scale = question.item, question.facet.scale
                    if scale.kind == "text":
                        continue
                    if scale.kind == "pick":
                        given.append(
                            (key, item.id, question.facet.id, _pick(picks, scale, perspective))
                        )
                        continue
                    if question.section.score_facet is None or scale.kind == "category":
                        given += _other(rng, client, question, perspective, own, key)
                        continue
                    d = place.get(item.section, 0)
                    if item.role == "importance":
                        mean = _IMPORTANCE[d % len(_IMPORTANCE)] + 0.3 * own
                    else:
                        views = _VIEWS.get(perspective, _VIEWS["employee"])
                        mean = (
                            views[d % len(views)]
                            + own
                            + taste[d]
                            + unit_level[unit][d]
                            + item_level[item.id]
                        )
                    rare = 0.16 if perspective == "top" and d == 2 else 0.04
                    silent = rng.random() < rare
                    if silent and scale.dont_know is not None:
                        value = _way_out(out, scale)
                    else:
                        drawn = np.rint(mean + rng.normal(0, 0.75))
                        rated = int(np.clip(drawn, scale.low, scale.high))
                        value = str(scale.low + scale.high - rated if item.reversed else rated)
                    given.append((key, item.id, question.facet.id, value))
                    asked = [one.id for one in question.section.items if perspective in one.ask]
                    # What else a client's people answer does not hang on how importance is asked.
                    if instrument.ballot and item.id == asked[-1] and rng.random() >= rare:
                        rng.normal()
                if remarks and perspective in ("leader", "hr") and rng.random() < 0.4:
                    item_id, text = remarks.pop(0)
                    if item_id in instrument.items:
                        given.append((key, item_id, instrument.items[item_id].facets[0].id, text))
    return tables(people, given)


def _pick(rng: Any, scale: Scale, perspective: str) -> str:
    """So many options, the more important ones more often; HR and leaders do not quite agree which."""
    import numpy as np

    count = len(scale.choices)
    weight = np.array([_IMPORTANCE[d % len(_IMPORTANCE)] - 2.6 for d in range(count)])
    if perspective != "leader":
        weight = np.roll(weight, 1) + weight
    found = rng.choice(count, scale.exactly, replace=False, p=weight / weight.sum())
    return ballot(scale.options, {scale.options[d] for d in found.tolist()})


def _way_out(rng: Any, scale: Scale) -> str:
    """One of the ways out that a scale offers: two of three cannot see it, one does not do it."""
    return NOT_RELEVANT if scale.not_relevant and rng.random() < 1 / 3 else DONT_KNOW


def _other(
    rng: Any, client: Client, question: Question, perspective: str, own: float, key: str
) -> list[tuple[str, str, str, str]]:
    """An answer to a question outside the dimensions: a rating, or a choice.

    What a perspective thinks of a question is drawn from the question's own name, so that it is
    the same for all its people and differs between perspectives, as it does in life.
    """
    import numpy as np

    facet, scale = question.facet, question.facet.scale
    mind = np.random.default_rng([client.seed, *f"{question.key} {perspective}".encode()])
    shared = np.random.default_rng([client.seed, *question.key.encode()])
    if rng.random() < 0.03:
        return []
    if scale.dont_know is not None and rng.random() < 0.06 + 0.12 * shared.random():
        return [(key, question.item.id, facet.id, DONT_KNOW)]
    if scale.kind == "rating":
        span = scale.high - scale.low
        middle = scale.low + span * (0.6 + 0.16 * shared.normal() + 0.06 * mind.normal())
        value = int(
            np.clip(np.rint(middle + own + rng.normal(0, 0.17 * span)), scale.low, scale.high)
        )
        return [(key, question.item.id, facet.id, str(value))]
    weight = shared.gamma(0.7, size=len(scale.choices)) + 0.4 * mind.gamma(
        0.7, size=len(scale.choices)
    )
    chosen = scale.choices[int(rng.choice(len(scale.choices), p=weight / weight.sum()))]
    return [(key, question.item.id, facet.id, chosen.value)]


def build(client: Client, folder: Path, tools: tuple[str, ...] = ()) -> Engagement:
    """Write a client's engagement folder with its store; what was there of it is replaced.

    Parameters
    ----------
    client
        Which of the made-up organisations.
    folder
        Where it lies; made if it is not there.
    tools
        Tools it has taken up, each with made-up answers (`hrkit.synthetic.parts.TOOLS`).

    Raises
    ------
    EngagementError
        If the folder holds an engagement that is not synthetic: it is left untouched.
    """
    from hrkit.answers.store import open_store

    path = folder / engagements.FILE
    if path.exists() and not engagements.load(folder).synthetic:
        raise EngagementError(f"{folder} holds a real engagement; choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("answers.sqlite*"):
        old.unlink()
    data = _data(client) | ({"tools": list(tools)} if tools else {})
    if "roadmap" in tools:
        data["capacity"] = {"hr": {"persons": 1, "days": 2}, "hr_head": {"persons": 1, "days": 4}}
        data["process"] = {"purpose": "2026-08-31", "representatives": "2026-09-07"}
    _write(path, data)
    add_tools(folder, client, tools)
    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        store.add(answers(engagement, client, "w1"))
        texts = store.comments("w1")
    if len(texts):
        # A person passes comments for print; here the demo plays that person.
        cleared = sorted(zip(texts["text"], texts["id"], strict=True))
        data["comments"] = [{"id": id} for _, id in cleared[:6]]
        _write(path, data)
    return engagements.load(folder)


def _data(client: Client) -> dict[str, Any]:
    return {
        "hrkit": 1,
        "id": client.id,
        "client": client.name,
        "consultant": dict(client.consultant),
        "language": client.language,
        "languages": list(client.languages),
        "instrument": client.instrument,
        "units": [{"id": i, "name": n, **({"parent": p} if p else {})} for i, n, p in client.units],
        "waves": [
            {"id": "w1", "name": dict(client.wave), "opens": "2026-10-05", "closes": "2026-10-30"}
        ],
        "invited": [
            {"wave": "w1", "unit": unit, "perspective": perspective, "n": invited}
            for unit, cells in client.people.items()
            for perspective, (_, invited) in cells.items()
        ],
        "protection": {"scores": 5, "details": 10},
        "targets": {"default": 4},
        "audience": dict(client.audience),
        "report": {"profile": "full", "paper": "a4", "date": "2026-11-21"},
        **{key: at for key in ("sector", "country") if (at := getattr(client, key))},
        **({"branding": dict(client.branding)} if client.branding else {}),
        "synthetic": True,
    }


def _write(path: Path, data: Mapping[str, Any]) -> None:
    import json

    import yaml

    class Quoting(yaml.SafeDumper):
        """Quotes every text, so that no name ever reads as a number or a truth value."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')

    Quoting.add_representer(str, text)
    head = "# SYNTHETIC: the answers of this engagement are made up by a program.\n"
    plain = json.loads(json.dumps(data))
    path.write_text(
        head + yaml.dump(plain, Dumper=Quoting, allow_unicode=True, sort_keys=False), "utf-8"
    )
