"""Small organisations in memory, person by person, for trying what two reports say together."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hrkit.answers.responses import Responses, tables
from hrkit.disclosure.tables import Made, make
from hrkit.model import instrument_file
from hrkit.model.engagement import Engagement, Person, Protection, Unit
from hrkit.model.engagement import Wave as Round
from hrkit.model.instrument import DONT_KNOW

INSTRUMENT = instrument_file.load("partnership")
RATINGS = tuple(
    (key, q.item, q.facet.id)
    for key, q in INSTRUMENT.keys.items()
    if q.facet.scale.kind == "rating"
)


@dataclass(frozen=True)
class Somebody:
    """One respondent: answers by question key; a missing key is a blank."""

    key: str
    perspective: str = "leader"
    unit: str = "root"
    level: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def says(self, **answers: str) -> Somebody:
        """The same person with other answers (`roles_01="5"`)."""
        changed = {key.replace("_", "."): value for key, value in answers.items()}
        return replace(self, answers={**self.answers, **changed})

    def value(self, key: str) -> float:
        """An answer as it counts."""
        said = float(self.answers[key])
        item = INSTRUMENT.keys[key].item
        return 6 - said if item.reversed else said


def people(
    count: int,
    perspective: str = "leader",
    *,
    seed: int = 1,
    name: str = "",
    silent: float = 0.0,
    unit: str = "root",
    centre: float = 3.3,
    spread: float = 0.9,
) -> list[Somebody]:
    """Respondents with answers drawn by a seed."""
    rng = random.Random(f"{perspective} {name} {unit} {seed}")
    found = []
    for i in range(count):
        answers = {}
        for key, item, _ in RATINGS:
            if perspective in item.ask:
                drawn = str(min(5, max(1, round(rng.gauss(centre, spread)))))
                answers[key] = DONT_KNOW if rng.random() < silent else drawn
        found.append(Somebody(f"{perspective}-{name}-{unit}-{i}", perspective, unit, "", answers))
    return found


def office(
    units: Sequence[tuple[str, str | None]] = (("root", None),),
    *,
    scores: int = 5,
    details: int = 10,
    **settings: Any,
) -> Engagement:
    """An engagement in memory."""
    return Engagement(
        folder=Path(),
        id="office",
        client="Office",
        consultant=Person("Somebody"),
        language="en",
        languages=("en",),
        instrument=INSTRUMENT,
        units=tuple(Unit(id, id, parent) for id, parent in units),
        waves=(Round("w1", {"en": "first"}), Round("w2", {"en": "second"})),
        protection=Protection(scores, details),
        targets={"default": 4.0},
        audience={"en": "-"},
        **settings,
    )


def responses(everybody: Iterable[Somebody], wave: str = "w1") -> Responses:
    """As the store would give them."""
    rows, given = [], []
    place = {key: (item.id, facet) for key, item, facet in RATINGS}
    for one in everybody:
        rows.append((one.key, wave, one.unit, one.perspective, one.level or None, None))
        given += [(one.key, *place[key], value) for key, value in one.answers.items()]
    return tables(rows, given)


def issue(
    engagement: Engagement, everybody: Iterable[Somebody], *kept: Made, texts: Any = None
) -> Made:
    """A version, beside those that were issued before."""
    records = [one.record for one in kept]
    return make(responses(everybody), engagement, "w1", texts=texts, kept=records)
