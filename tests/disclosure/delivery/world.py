"""Who answered what, when: the truth that an attack is held against.

An answer is an unknown ``(wave, person, question, run)``; the run changes when the answer does.
So somebody who corrects one answer stays the same person on all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil

from hrkit.model.instrument import Instrument, Section

#: wave, person, question, run
Unknown = tuple[str, str, str, int]

DONT_KNOW, NOT_RELEVANT = "dk", "nr"


@dataclass(frozen=True)
class Standing:
    """A person at one time: where, and the run of each answer (absent where there is none).

    ``ways`` are the ways out taken, by question; ``signs`` those of a careless row; ``picked`` is
    what was chosen of the list, and only once it is all of it.
    """

    unit: str
    perspective: str
    level: str = ""
    runs: Mapping[str, int] = field(default_factory=dict)
    ways: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    signs: frozenset[str] = frozenset()
    picked: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A wave at the time of an issue: people, and the tree of units (unit to the one above).

    ``again`` are those of them who went and answered once more: to the kit they are newcomers.
    """

    wave: str
    people: Mapping[str, Standing]
    above: Mapping[str, str | None]
    again: frozenset[str] = frozenset()

    @cached_property
    def within(self) -> Mapping[str, frozenset[str]]:
        """Each unit with all below it."""
        found: dict[str, set[str]] = {unit: set() for unit in self.above}
        for unit in self.above:
            up: str | None = unit
            while up is not None:
                found[up].add(unit)
                up = self.above[up]
        return {unit: frozenset(below) for unit, below in found.items()}

    @cached_property
    def ups(self) -> Mapping[str, tuple[str, ...]]:
        """Each unit with all it lies in, itself too."""
        return {
            unit: tuple(up for up, below in self.within.items() if unit in below)
            for unit in self.above
        }


@dataclass(frozen=True)
class Measure:
    """What a mean is a mean of: one question, or each person's mean over some."""

    id: str
    keys: tuple[str, ...]
    dimension: str
    single: bool


@dataclass(frozen=True)
class Questionnaire:
    """An instrument's measures and who is asked."""

    instrument: Instrument

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Dimensions, statements and importance ratings by id."""
        found = {}
        for section in self.instrument.dimensions:
            keys = dict.fromkeys(
                k for f in self.instrument.perspectives for k in self._made(section, f)
            )
            found[section.id] = Measure(section.id, tuple(keys), section.id, False)
            for item in section.scored:
                key = section.measure(item)
                found[key] = Measure(key, (key,), section.id, True)
            if section.importance:
                key = section.importance.id
                found[key] = Measure(key, (key,), section.id, True)
        return found

    def _made(self, section: Section, perspective: str) -> tuple[str, ...]:
        return tuple(section.measure(i) for i in self.instrument.counted(section, perspective))

    @cached_property
    def counted(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Dimension and perspective to the statements that its score is made of there."""
        return {
            (section.id, face): frozenset(self._made(section, face))
            for section in self.instrument.dimensions
            for face in self.instrument.perspectives
        }

    @cached_property
    def pillars(self) -> Mapping[str, Measure]:
        """Pillars: statements of several dimensions by a tag, those that both sides are asked."""
        sides, found = set(self.instrument.sides), {}
        for id in self.instrument.pillars:
            keys = tuple(
                section.measure(item)
                for section in self.instrument.dimensions
                for item in section.scored
                if id in item.tags and sides <= set(item.ask)
            )
            if keys:
                found[id] = Measure(id, keys, "", False)
        return found

    @cached_property
    def asked(self) -> Mapping[str, frozenset[str]]:
        """Question to the perspectives that are asked it."""
        return {key: frozenset(q.item.ask) for key, q in self.instrument.keys.items()}

    @cached_property
    def reversed(self) -> frozenset[str]:
        """Questions whose answers are turned round."""
        return frozenset(k for k, q in self.instrument.keys.items() if q.item.reversed)

    @cached_property
    def ratings(self) -> tuple[str, ...]:
        """All questions that are answered on a scale."""
        return tuple(k for k, q in self.instrument.keys.items() if q.facet.scale.kind == "rating")

    @cached_property
    def raters(self) -> Mapping[str, frozenset[str]]:
        """Dimension or statement to the perspectives that rate their own work there."""
        found: dict[str, frozenset[str]] = {}
        for section in self.instrument.dimensions:
            for id in (section.id, *(section.measure(item) for item in section.items)):
                found.setdefault(id, frozenset(section.self_raters))
        return found

    @cached_property
    def _put(self) -> dict[tuple[Measure, str], tuple[str, ...]]:
        return {}

    def put(self, measure: Measure, face: str) -> tuple[str, ...]:
        """The questions of a measure that a perspective is asked and that count for it."""
        if (measure, face) not in self._put:
            made = self.counted.get((measure.id, face), frozenset(measure.keys))
            self._put[measure, face] = tuple(
                k for k in measure.keys if face in self.asked[k] and k in made
            )
        return self._put[measure, face]

    def weights(self, measure: Measure, person: Standing) -> dict[str, float]:
        """How a person's value is made of her answers; empty where she has no value."""
        asked = self.put(measure, person.perspective)
        valid = [k for k in asked if k in person.runs]
        if not valid or (not measure.single and len(valid) < ceil(0.6 * len(asked) - 1e-9)):
            return {}
        return {key: 1 / len(valid) for key in valid}


@dataclass
class World:
    """All states in the order of the issues, and every answer that was ever given.

    `answers` are as they count: reversed questions turned.
    """

    questions: Questionnaire
    states: list[State] = field(default_factory=list)
    answers: dict[Unknown, int] = field(default_factory=dict)

    def members(
        self, state: State, measure: Measure, unit: str, perspectives: tuple[str, ...], level: str
    ) -> Iterator[tuple[str, dict[Unknown, float]]]:
        """The people of a cell who have a value, each with what it is made of."""
        inside = state.within.get(unit, frozenset())
        for id, person in state.people.items():
            if person.perspective not in perspectives or person.unit not in inside:
                continue
            if level and person.level != level:
                continue
            weights = self.questions.weights(measure, person)
            if weights:
                yield id, {(state.wave, id, k, person.runs[k]): w for k, w in weights.items()}


def hybrid(people: State, tree: State, answers: State) -> State:
    """A state that the kit may have printed: some as they were, some as they are.

    People and their places of one time, the tree of another, answers of a third.
    """
    mixed = {
        id: replace(person, runs=answers.people[id].runs) if id in answers.people else person
        for id, person in people.people.items()
    }
    return State(people.wave, mixed, tree.above)
