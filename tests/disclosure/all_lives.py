"""Lives of an organisation that asks several tools: drawn at random, answered and issued twice.

Between the versions people come late, and others are erased.  In each version the same people answer every
tool, and everything in it: that is the worst that a reader may take for granted (`tests.disclosure.all_tools`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import yaml

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.parts import issue_all, parts_of
from hrkit.disclosure.released import Released
from hrkit.model import engagement_file as engagements
from hrkit.model.ballot import ballot
from hrkit.model.engagement import Engagement
from hrkit.model.tool import available
from tests.tools.played import engaged

from .all_tools import Class, Fact, Number, facts, numbers

__all__ = ["ASKING", "STAFF", "Issued", "Life", "drawn", "lived", "parts", "read"]

ASKING = tuple(one.id for one in available() if one.asks)
#: Where those who lead nobody work.
STAFF = "stab"
#: The tables of each version, by tool; the whole's under no name.
Issued = list[dict[str, Released]]
Places = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Life:
    """Who answers first, who comes and who is erased before the second version, by unit and perspective.

    Attributes
    ----------
    tools
        Asked beside the engagement's own instrument.
    invited
        How many more were invited in each place than ever answer.
    """

    first: Places
    came: Places = field(default_factory=dict)
    went: Places = field(default_factory=dict)
    tools: tuple[str, ...] = ASKING
    invited: int = 2

    @property
    def people(self) -> Mapping[str, Class]:
        """Everybody with a name of their own, as they stand in either version."""
        return dict(self._people())

    def _people(self) -> Iterator[tuple[str, Class]]:
        for (unit, face), n in self.first.items():
            gone = self.went.get((unit, face), 0)
            for i in range(n):
                yield f"{unit}-{face}-{i}", (unit, face, frozenset({0} if i < gone else {0, 1}))
        for (unit, face), n in self.came.items():
            for i in range(n):
                yield f"{unit}-{face}-new{i}", (unit, face, frozenset({1}))

    @property
    def sizes(self) -> Mapping[Class, int]:
        """How many stand in each class."""
        return dict(Counter(self.people.values()))

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit for unit, _ in self.first))


def drawn(seed: int) -> Life:
    """A life at random: three to six units of leaders, a staff, two or three tools, some who come and go."""
    rng = np.random.default_rng([20, seed])
    units = [f"u{i}" for i in range(int(rng.integers(3, 7)))]
    first = {(unit, "leader"): int(rng.integers(3, 11)) for unit in units}
    for face, low, high in (("hr", 5, 14), ("pay", 1, 7), ("top", 3, 8)):
        first[STAFF, face] = int(rng.integers(low, high))
    first[units[0], "network"] = int(rng.integers(4, 9))
    places = list(first)
    came, went = {}, {}
    for place in rng.choice(len(places), size=int(rng.integers(1, 4)), replace=False):
        came[places[place]] = int(rng.integers(1, 4))
    for place in rng.choice(len(places), size=int(rng.integers(0, 3)), replace=False):
        went[places[place]] = min(int(rng.integers(1, 3)), first[places[place]] - 1)
    some = rng.choice(len(ASKING), size=int(rng.integers(2, 4)), replace=False)
    return Life(
        first,
        came,
        {place: n for place, n in went.items() if n},
        tuple(ASKING[i] for i in sorted(some)),
        int(rng.integers(0, 3)),
    )


def organisation(folder: Path, life: Life) -> Path:
    """An engagement that asks the tools of a life."""
    made = engaged(folder, *life.tools)
    path = made / engagements.FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    data["units"] = [{"id": "org", "name": "Fjordby"}]
    data["units"] += [{"id": u, "name": u.title(), "parent": "org"} for u in life.units]
    data["invited"] = [
        {"wave": "w1", "unit": unit, "perspective": face,
         "n": n + life.came.get((unit, face), 0) + life.invited}
        for (unit, face), n in life.first.items()
    ]  # fmt: skip
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return made


def parts(folder: Path) -> dict[str, Engagement]:
    """The whole, under no name, and its tools."""
    whole = engagements.load(folder)
    return {"": whole, **parts_of(whole)}


def answered(folder: Path, life: Life, version: int, seed: int = 0) -> None:
    """Everybody who came in a version answers everything of every tool; who was erased is gone."""
    everybody = life.people
    for tool, part in parts(folder).items():
        rng = np.random.default_rng([version, *([seed] if seed else []), *tool.encode()])
        people, given = [], []
        asked = part.instrument.perspectives
        for name, (unit, face, when) in everybody.items():
            if face in asked and min(when) == version:
                people.append((name, "w1", unit, face, None, None))
                given += list(_answers(part, name, face, rng))
        with open_store(part) as store:
            if version:
                for name, (_, face, when) in everybody.items():
                    if face in asked and max(when) < version:
                        store.erase([name])
            store.add(tables(people, given), doubles="other")


def _answers(
    part: Engagement, name: str, face: str, rng: np.random.Generator
) -> Iterator[tuple[str, str, str, str]]:
    own = rng.normal(0, 0.4)
    for question in part.instrument.questions(face):
        scale = question.facet.scale
        if scale.kind == "rating":
            middle = (scale.low + scale.high) / 2 + 0.3
            value = str(int(np.clip(np.rint(rng.normal(middle + own, 0.9)), scale.low, scale.high)))
        elif scale.kind == "category":
            value = scale.choices[int(rng.integers(len(scale.choices)))].value
        elif scale.kind == "pick":
            many = int(rng.integers(scale.fewest, scale.most + 1))
            value = ballot(scale.options, set(rng.choice(scale.options, many, replace=False)))
        else:
            continue
        yield name, question.item.id, question.facet.id, value


def lived(folder: Path, life: Life, seed: int = 0) -> Issued:
    """Both versions of everything."""
    made = organisation(folder, life)
    found: Issued = []
    for version in (0, 1):
        answered(made, life, version, seed)
        whole, beside = issue_all(engagements.load(made), "w1")
        found.append({"": whole, **beside})
    return found


def read(
    known: Mapping[str, Engagement], issued: Issued, sizes: Mapping[Class, int]
) -> tuple[list[Fact], list[Number]]:
    """What all versions of all tools print: of answers, and of how many answered."""
    every = [
        (tool, known[tool], told, sizes, version)
        for version, those in enumerate(issued)
        for tool, told in those.items()
    ]
    return (
        [one for args in every for one in facts(*args)],
        [one for args in every for one in numbers(*args)],
    )
