"""Organisations drawn at random: sizes, units, two waves or one, tools, and effects of any kind or none.

What they print is read by `tests.report.reader` and held against what was released of them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hrkit import synthetic
from hrkit.answers.store import open_store
from hrkit.disclosure.release import freeze
from hrkit.model import engagement_file as engagements
from hrkit.model.instrument import Question
from hrkit.synthetic import parts
from hrkit.synthetic.aloud import OPEN

#: Faces that have views of their own, as `synthetic` knows them.
_FACES = ("leader", "hr", "pay", "top", "network", "employee")
#: How far dimensions, sides and questions of tools lie apart: no effect, a usual and a large one.
_EFFECTS = (0.0, 0.35, 0.8)


@dataclasses.dataclass(frozen=True)
class Organisation:
    """One of them, as `seed` has drawn it.

    ``tools`` are those it has taken up, ``effect`` how far things lie apart in it.
    """

    seed: int
    language: str
    tools: tuple[str, ...]
    effect: float
    waves: int
    client: synthetic.Client


def organisation(seed: int, language: str = "", tools: int = 0) -> Organisation:
    """Draw one; ``tools`` many of them beside the questionnaire."""
    rng = np.random.default_rng([seed, 1])
    leaders = [int(n) for n in rng.choice([4, 6, 9, 14, 25, 40], int(rng.integers(2, 6)))]
    units = [(f"u{i}", f"Enhed {chr(65 + i)}", "org") for i in range(len(leaders))]
    people: dict[str, dict[str, tuple[int, int]]] = {
        id: {"leader": (n, n + int(rng.choice([0, 2, 9])))}
        for (id, *_), n in zip(units, leaders, strict=True)
    }
    staff = {"hr": int(rng.choice([5, 8, 14, 30])), "pay": int(rng.choice([0, 3, 7])),
             "top": int(rng.choice([0, 5, 8])), "employee": int(rng.choice([0, 0, 30]))}  # fmt: skip
    people["stab"] = {face: (n, n + int(rng.choice([0, 1, 4]))) for face, n in staff.items() if n}
    client = dataclasses.replace(
        synthetic.client("municipality"), id=f"drawn-{seed}", name=f"Drawn {seed}", seed=seed,
        units=(("org", f"Drawn {seed}", None), *units, ("stab", "Stab", "org")), people=people,
    )  # fmt: skip
    taken = rng.choice(len(parts.TOOLS), tools, replace=False) if tools else ()
    return Organisation(
        seed,
        language or str(rng.choice(["da", "nl", "en"])),
        tuple(parts.TOOLS[i] for i in sorted(taken)),
        float(rng.choice(_EFFECTS)),
        int(rng.integers(1, 3)),
        client,
    )


def build(drawn: Organisation, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its folder, with everybody's answers; of two waves the first is frozen."""
    rng = np.random.default_rng([drawn.seed, 2])
    _think(drawn, rng, monkeypatch)
    synthetic.build(drawn.client, folder, drawn.tools)
    if drawn.waves == 1:
        return folder
    freeze(engagements.load(folder), "w1", dt.date(2026, 11, 21))
    path = folder / engagements.FILE
    data = synthetic._data(drawn.client) | ({"tools": list(drawn.tools)} if drawn.tools else {})
    names = dict.fromkeys(drawn.client.languages, "2027")
    data["waves"] += [{"id": "w2", "name": names, "opens": "2027-10-05", "closes": "2027-10-30"}]
    data["invited"] += [one | {"wave": "w2"} for one in data["invited"]]
    data["report"]["date"] = "2027-11-21"
    synthetic._write(path, data)
    _think(drawn, rng, monkeypatch)
    engagement = engagements.load(folder)
    given = synthetic.answers(
        engagement, dataclasses.replace(drawn.client, seed=drawn.seed + 1), "w2"
    )
    keys = {"respondent": "w2" + given.people["respondent"]}
    given = dataclasses.replace(given, people=given.people.assign(**keys),
                                answers=given.answers.assign(respondent="w2" + given.answers["respondent"]))  # fmt: skip
    with open_store(engagement) as store:
        store.add(given)
    for tool in drawn.tools:
        if tool not in OPEN:
            parts._answer(folder / tool, drawn.client, tool, "w2")
    return folder


def _think(drawn: Organisation, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its people think, of everything that is asked."""
    level, apart = float(rng.uniform(2.2, 4.2)), drawn.effect
    shared = level + apart * rng.normal(size=9)
    views = {face: tuple(shared + apart * rng.normal(size=9)) for face in _FACES}
    monkeypatch.setattr(synthetic, "_VIEWS", views)
    monkeypatch.setattr(synthetic, "_IMPORTANCE", tuple(rng.uniform(3.0, 4.4, 9)))
    monkeypatch.setattr(parts, "_value", _Minds(drawn, rng))


class _Minds:
    """Answers to the questions of tools: of each perspective and question a mean, or odds, of its own."""

    def __init__(self, drawn: Organisation, rng: np.random.Generator) -> None:
        self.means: dict[tuple[str, ...], Any] = {}
        self.apart, self.rng = drawn.effect, rng

    def __call__(
        self,
        rng: Any,
        tool: str,
        question: Question,
        perspective: str,
        tier: str,
        at: int,
        own: float,
    ) -> str:
        scale, key = question.facet.scale, (tool, perspective, question.item.id, question.facet.id)
        if scale.kind == "text":
            return ""
        if scale.kind == "pick":
            return parts._needs(rng, scale)
        if scale.kind == "category":
            sharp = 50.0 if self.apart == 0 else 1 / self.apart
            odds = self.means.setdefault(
                key, self.rng.dirichlet(np.full(len(scale.choices), sharp))
            )
            return scale.choices[int(rng.choice(len(scale.choices), p=odds))].value
        middle = (scale.low + scale.high) / 2 + 0.3
        mean = self.means.setdefault(key, middle + self.apart * self.rng.normal())
        return str(int(np.clip(np.rint(mean + own + rng.normal(0, 0.8)), scale.low, scale.high)))
