"""Organisations that live: people answer late, correct, move, ask to be erased, answer again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrkit import load_instrument

from .facts import Delivery
from .world import DONT_KNOW, NOT_RELEVANT, Questionnaire, Standing, State, World

EDITIONS = ("partnership", "partnership-1")


@dataclass
class Person:
    """Somebody of the organisation: what she said as it counts.

    None is "don't know", zero "not relevant".
    """

    unit: str
    perspective: str
    level: str = ""
    said: dict[str, int | None] = field(default_factory=dict)
    comment: str = ""
    language: str = ""
    picked: tuple[str, ...] = ()


@dataclass
class Organisation:
    """An organisation in a folder, played by a seed; `kit` does what a consultant does.

    Where ``few`` dimensions are named, its people leave all others open: which they are goes by the seed.
    """

    seed: int
    folder: Path
    kit: Any
    few: int = 0
    world: World = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    above: dict[str, str | None] = field(default_factory=dict)
    wave: str = "w1"
    waves: list[str] = field(default_factory=lambda: ["w1"])
    threshold: int = 5
    told: list[str] = field(default_factory=list)
    deliveries: list[tuple[int, Delivery]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        # The first edition asks more people the same.
        self.instrument = EDITIONS[self.seed // 4 % 2]
        self.world = World(Questionnaire(load_instrument(self.instrument)))
        self.dimensions = self.world.questions.instrument.dimensions
        self.ratings = self.world.questions.ratings
        if self.few:
            every, keys = self.dimensions, self.world.questions.instrument.keys
            turned = [every[(self.seed + n) % len(every)].id for n in range(len(every))]
            asked = {id: set[str]() for id in turned}
            for key in self.ratings:
                if (id := keys[key].section.id) in asked:
                    asked[id] |= self.world.questions.asked[key]
            those = turned[: self.few]
            # Nobody is left without a question.
            for face in sorted(set().union(*asked.values())):
                if not any(face in asked[id] for id in those):
                    those.append(next(id for id in turned if face in asked[id]))
            self.dimensions = tuple(s for s in every if s.id in those)
            self.ratings = tuple(k for k in self.ratings if keys[k].section.id in those)
        self.again: set[str] = set()
        self.runs: dict[tuple[str, str, str], int] = {}
        self.now: dict[tuple[str, str, str], int | None] = {}
        self.next = 0
        rng = self.rng
        self.centre, self.sd = rng.choice([(3.4, 0.9), (3.8, 0.8), (4.2, 0.7), (2.8, 1.1)])
        self.silent = rng.choice([0.0, 0.02, 0.03, 0.06, 0.12])
        self.blank = rng.choice([0.0, 0.0, 0.02])
        self.levels = rng.choice([(), (), ("2", "3"), ("2", "3", "4")])
        more = self.more = random.Random(f"more {self.seed}")
        self.aside = more.choice([0.0, 0.0, 0.4])
        self.languages = more.choice([(), ("English", "dansk")])
        self.careless = more.choice([0.0, 0.0, 0.0, 0.4])
        # What is chosen has chances of its own: everything else is as it was without.
        self.picking = random.Random(f"picks {self.seed}")
        # Now and then a whole side says the same, to a statement or all through a dimension.
        self.alike = {}
        dimensions = self.world.questions.instrument.dimensions
        for face in ("leader", "hr", "top"):
            for section in dimensions:
                keys = [section.measure(i) for i in section.scored]
                if rng.random() < 0.05:
                    self.alike |= {(face, key): rng.choice((4, 4, 5, 3, 1)) for key in keys}
                for key in keys:
                    if rng.random() < 0.05:
                        self.alike[face, key] = rng.choice((4, 4, 5, 3, 1))

    # ------------------------------------------------------------------------- beginning

    def found(self) -> None:
        """Units, people, the engagement's file, the first answers."""
        rng = self.rng
        self.threshold = rng.choice([5, 5, 5, 5, 6, 7])
        self.above = {"org": None}
        for a in range(rng.randint(1, 3)):
            self.above[f"a{a}"] = "org"
            for t in range(rng.randint(1, 3)):
                self.above[f"a{a}t{t}"] = f"a{a}"
        for unit in [u for u in self.above if "t" in u]:
            self._more(unit, "leader", rng.choice([2, 3, 4, 5, 6, 8, 11]))
            if rng.random() < 0.2:
                self._more(unit, "employee", rng.choice([4, 5, 9]))
        self._more("org", "hr", rng.choice([4, 5, 5, 6, 6, 7, 8, 10, 12]))
        self._more("org", "pay", rng.choice([0, 0, 1, 2, 4, 5]))
        self._more("org", "top", rng.choice([0, 3, 4, 5, 6]))
        self._write()
        self._take(list(self.people))

    def _more(self, unit: str, perspective: str, count: int) -> list[str]:
        made = []
        for _ in range(count):
            self.next += 1
            id = f"p{self.next}"
            level = self.rng.choice(self.levels) if self.levels and perspective == "leader" else ""
            self.people[id] = Person(unit, perspective, level)
            if self.languages:
                self.people[id].language = self.more.choice(self.languages)
            self._answers(id)
            question = f"open.0{self.rng.randint(1, 3)}"
            if self.rng.random() < 0.15 and perspective in self.world.questions.asked[question]:
                self.people[id].comment = f"A remark of #{id}# to {question}"
            made.append(id)
        return made

    def _pick(self, id: str) -> None:
        """So many of the list; now and then one fewer, or nothing, or what all on a side choose."""
        person, question, rng = (
            self.people[id],
            self.world.questions.instrument.ballot,
            self.picking,
        )
        if question is None or person.perspective not in question.item.ask:
            return
        scale = question.facet.scale
        options = [choice.value for choice in scale.choices]
        ready = {o: 1 + hash_of(o, person.perspective, self.seed) % 6 for o in options}
        few = rng.random()
        count = 0 if few < 0.05 else scale.exactly - 1 if few < 0.1 else scale.exactly
        if self.seed % 16 == 3:
            ready[options[0]] = 60
        found: set[str] = set()
        while len(found) < count:
            found |= set(rng.choices(options, list(ready.values())))
        person.picked = tuple(o for o in options if o in found)

    def _answers(self, id: str) -> None:
        self._pick(id)
        person, rng = self.people[id], self.rng
        own = rng.gauss(0, 0.4)
        person.said = {}
        if person.perspective == "leader" and self.more.random() < self.careless:
            # The same value as it stands on the page, turned statements too.
            value = self.more.choice((3, 4))
            person.said = {
                key: 6 - value if key in self.world.questions.reversed else value
                for key in self.ratings
                if person.perspective in self.world.questions.asked[key]
            }
            return
        for key in self.ratings:
            if person.perspective in self.world.questions.asked[key]:
                self._answer(id, key, own)

    def _answer(self, id: str, key: str, own: float = 0.0) -> None:
        person, rng = self.people[id], self.rng
        chance = rng.random()
        if chance < self.silent:
            person.said[key] = 0 if self.more.random() < self.aside else None
        elif chance < self.silent + self.blank:
            person.said.pop(key, None)
        elif (person.perspective, key) in self.alike:
            person.said[key] = self.alike[person.perspective, key]
        else:
            value = round(rng.gauss(self.centre + own, self.sd))
            person.said[key] = min(5, max(1, value))

    # -------------------------------------------------------------------------- the files

    def _write(self) -> None:
        invited = {}
        for wave in self.waves:
            for unit in self.above:
                for face in ("leader", "hr", "pay", "top", "employee"):
                    n = sum(p.unit == unit and p.perspective == face for p in self.people.values())
                    if n:
                        invited[wave, unit, face] = n + (hash_of(unit, face, self.seed) % 4)
        known = getattr(self, "_known", {}) or invited
        for key, n in invited.items():
            known[key] = max(known.get(key, 0), n)
        self._known = known
        self.kit.write(
            self.folder,
            {
                "id": f"o{self.seed}",
                "instrument": self.instrument,
                "units": [
                    {"id": u, "name": f"Unit {u}", **({"parent": up} if up else {})}
                    for u, up in self.above.items()
                ],
                "waves": [{"id": w, "name": {"en": w}} for w in self.waves],
                "invited": [
                    {"wave": w, "unit": u, "perspective": f, "n": n}
                    for (w, u, f), n in known.items()
                    if u in self.above
                ],
                "protection": {"scores": self.threshold, "details": 10},
                "comments": [{"id": id} for id in self.passed],
            },
        )

    def _row(self, id: str) -> dict[str, str]:
        person = self.people[id]
        row = {"code": f"code-{id}", "wave": self.wave, "unit": person.unit,
               "perspective": person.perspective, "level": person.level}  # fmt: skip
        for key, value in person.said.items():
            row[key] = self._raw(key, value)
        question = self.world.questions.instrument.ballot
        if question is not None and person.perspective in question.item.ask:
            row |= {
                f"{question.key}:{choice.value}": str(int(choice.value in person.picked))
                for choice in question.facet.scale.choices
                if person.picked
            }
        if person.language:
            row["language"] = person.language
        if person.comment:
            row[person.comment[-7:]] = person.comment
        return row

    def _raw(self, key: str, value: int | None) -> str:
        if not value:
            return DONT_KNOW if value is None else NOT_RELEVANT
        return str(6 - value if key in self.world.questions.reversed else value)

    def _take(self, ids: list[str]) -> None:
        texts = ("open.01", "open.02", "open.03")
        question = self.world.questions.instrument.ballot
        listed = question.facet.scale.choices if question else ()
        ticks = [f"{question.key}:{choice.value}" for choice in listed] if question else []
        keys = (*self.ratings, *ticks, *texts)
        self.kit.take(self.folder, [self._row(id) for id in ids], keys)

    # ----------------------------------------------------------------------------- issuing

    def issue(self, wave: str = "") -> None:
        """A version leaves the kit, of the wave as it stands."""
        self._pass()
        told = self.kit.issued(self.folder, self.wave)
        self.deliveries.append((self._state(told), told))

    def _pass(self) -> None:
        """A person passes all comments for print."""
        ids = self.kit.comment_ids(self.folder, self.wave)
        if set(ids) - set(self.passed):
            self.passed = sorted({*self.passed, *ids})
            self._write()

    @property
    def _whole(self) -> int:
        """How many are chosen by whoever is done."""
        question = self.world.questions.instrument.ballot
        return question.facet.scale.exactly if question else 0

    def _state(self, told: Delivery) -> int:
        standing = {}
        signs: dict[str, frozenset[str]] = {}
        if any(one.kind == "sign" and one.n for one in told.people):
            signs = self.kit.signs(self.folder, self.wave, {f"code-{id}": id for id in self.people})
        for id, person in self.people.items():
            runs, ways = {}, {}
            for key in self.ratings:
                place = (self.wave, id, key)
                value = person.said.get(key)
                if not value:
                    self.now[place] = None
                    if key in person.said:
                        ways[key] = DONT_KNOW if value is None else NOT_RELEVANT
                    continue
                if self.now.get(place) != value:
                    self.runs[place] = self.runs.get(place, -1) + 1
                    self.now[place] = value
                runs[key] = self.runs[place]
                self.world.answers[(*place, runs[key])] = value
            standing[id] = Standing(
                person.unit,
                person.perspective,
                person.level,
                runs,
                ways,
                person.language,
                signs.get(id, frozenset()),
                person.picked if len(person.picked) == self._whole else (),
            )
        self.world.states.append(
            State(self.wave, standing, dict(self.above), frozenset(self.again & standing.keys()))
        )
        return len(self.world.states) - 1

    # ------------------------------------------------------------------------------ events

    def live(self, events: int) -> None:
        """Let some things happen."""
        for _ in range(events):
            event: Callable[[], str] = self.rng.choice(
                [
                    self._late,
                    self._late,
                    self._correct,
                    self._correct,
                    self._correct,
                    self._finish,
                    self._moved,
                    self._unit_moved,
                    self._merged,
                    self._erased,
                    self._threshold,
                ]
            )
            self.told.append(event())

    def _some(self, most: int, face: str = "") -> list[str]:
        those = [id for id, p in self.people.items() if not face or p.perspective == face]
        return self.rng.sample(those, min(len(those), self.rng.randint(1, most)))

    def _late(self) -> str:
        face = self.rng.choice(["leader", "leader", "hr", "top", "pay"])
        units = [u for u in self.above if "t" in u] if face == "leader" else ["org"]
        made = self._more(self.rng.choice(units), face, self.rng.randint(1, 6))
        self._write()
        self._take(made)
        return f"late {face} {made}"

    def _correct(self) -> str:
        """Corrections: by importing again, or in the form with the code."""
        rng = self.rng
        ids = self._some(rng.choice([1, 2, 5]), rng.choice(["", "leader", "hr"]))
        through_form = rng.random() < 0.5
        same = rng.random() < 0.5
        ratings = self.ratings
        chosen = rng.sample(ratings, rng.randint(1, 3))
        other = self.picking.random() < 0.5
        for id in ids:
            if other and not through_form:
                self._pick(id)
            keys = [
                k
                for k in (chosen if same else rng.sample(ratings, 2))
                if self.people[id].perspective in self.world.questions.asked[k]
            ]
            before = dict(self.people[id].said)
            for key in keys:
                self._answer(id, key)
            if through_form:
                said = self.people[id].said
                changed = {
                    k: (self._raw(k, said[k]) if k in said else None)
                    for k in keys
                    if said.get(k, 0) != before.get(k, 0)
                }
                self.kit.save(self.folder, f"code-{id}", self.wave, changed)
        if ids and not through_form:
            self._take(ids)
        return f"corrected {ids}{' in the form' if through_form else ''}"

    def _finish(self) -> str:
        """Two sittings: somebody new stops half way; those who had stopped go on."""
        rng = self.rng
        section = rng.choice(self.dimensions)
        keys = [section.measure(i) for i in section.scored]
        ids = self._some(3)
        for id in ids:
            for key in keys:
                if key in self.people[id].said and rng.random() < 0.5:
                    self.people[id].said.pop(key)
                elif self.people[id].perspective in self.world.questions.asked[key]:
                    self._answer(id, key)
        self._take(ids)
        return f"sat twice {ids} {section.id}"

    def _moved(self) -> str:
        units = [u for u in self.above if "t" in u]
        ids = self._some(2, "leader")
        for id in ids:
            self.people[id].unit = self.rng.choice(units)
        self._write()
        self._take(ids)
        return f"moved {ids}"

    def _unit_moved(self) -> str:
        areas = [u for u in self.above if self.above[u] == "org"]
        teams = [u for u in self.above if "t" in u]
        team, area = self.rng.choice(teams), self.rng.choice(areas)
        self.above[team] = area
        self._write()
        return f"{team} now under {area}"

    def _merged(self) -> str:
        """A unit closes; its people are in another from now on."""
        teams = [u for u in self.above if "t" in u]
        if len(teams) < 3:
            return "nothing"
        gone, into = self.rng.sample(teams, 2)
        ids = [id for id, p in self.people.items() if p.unit == gone]
        for id in ids:
            self.people[id].unit = into
        self._write()
        if ids:
            self._take(ids)
        if not any(p.unit == gone for p in self.people.values()):
            del self.above[gone]
            self._write()
        return f"{gone} merged into {into}"

    def _erased(self) -> str:
        ids = self._some(2)
        for id in ids:
            self.kit.erase(self.folder, f"code-{id}")
            del self.people[id]
        return f"erased {ids}"

    def _threshold(self) -> str:
        """Raised, or (as somebody in a hurry would) lowered; a refusal is as good."""
        before, self.threshold = self.threshold, self.rng.choice([5, 6, 7])
        self._write()
        try:
            self.kit.preview(self.folder, self.wave)
        except self.kit.Refused:
            self.threshold = before
            self._write()
        return f"threshold {before} to {self.threshold}"

    # ---------------------------------------------------------------------------- the next

    def second_wave(self) -> None:
        """Freeze, and ask everybody again: some have changed their mind, some are new."""
        self.kit.freeze(self.folder, self.wave)
        self.told.append("frozen")
        self.wave = "w2"
        self.waves.append("w2")
        for id in self._some(3):
            del self.people[id]
        for id in list(self.people):
            if self.rng.random() < 0.7:
                self._answers(id)
            self.people[id].comment = ""
        self._more("org", "hr", self.rng.randint(0, 2))
        self._write()
        self._take(list(self.people))


def hash_of(*parts: object) -> int:
    """The same small number for the same parts, in every process."""
    from zlib import crc32

    return crc32(repr(parts).encode())


def play(seed: int, folder: Path, kit: Any, *, short: bool = False, few: int = 0) -> Organisation:
    """An organisation's life: two to four versions, perhaps a second wave; two versions if short."""
    found = Organisation(seed, folder, kit, few)
    found.found()
    found.issue()
    for _ in range(1 if short else found.rng.choice([1, 1, 2, 3])):
        found.live(found.rng.randint(1, 3))
        found.issue()
    if not short and found.rng.random() < 0.3:
        found.second_wave()
        found.issue()
    return found
