"""A kit that only hides what is below the threshold, as most survey tools do.

Organisations that are played with it must be given away: an attacker that finds nothing here
finds nothing anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .facts import ALL, Count, Delivery, Gap, Mean, Shares, signed, tidy
from .world import DONT_KNOW, NOT_RELEVANT, Measure, Questionnaire, Standing, State


class Refused(Exception):
    """Never raised: this kit refuses nothing."""


class Naive:
    """Does what `tests.disclosure.deliveries` does, without a store and without protection."""

    Refused = Refused

    def __init__(self, questions: Questionnaire) -> None:
        self.questions = questions
        self.data: dict[str, Any] = {}
        self.rows: dict[tuple[str, str], dict[str, str]] = {}

    def write(self, folder: Path, data: Mapping[str, Any]) -> None:
        """Remember the engagement."""
        self.data = dict(data)

    def take(self, folder: Path, rows: Sequence[Mapping[str, str]], keys: Sequence[str]) -> None:
        """Remember people."""
        for row in rows:
            self.rows[row["wave"], row["code"]] = dict(row)

    def save(self, folder: Path, code: str, wave: str, values: Mapping[str, str | None]) -> None:
        """Change some answers."""
        for key, value in values.items():
            self.rows[wave, code].pop(key, None)
            if value is not None:
                self.rows[wave, code][key] = value

    def erase(self, folder: Path, code: str) -> None:
        """Forget somebody."""
        for place in [place for place in self.rows if place[1] == code]:
            del self.rows[place]

    def signs(
        self, folder: Path, wave: str, codes: Mapping[str, str]
    ) -> Mapping[str, frozenset[str]]:
        """Of careless rows nothing is told."""
        return {}

    def comment_ids(self, folder: Path, wave: str) -> list[str]:
        """Everything is printed anyway."""
        return []

    def freeze(self, folder: Path, wave: str) -> None:
        """Nothing changes."""

    def preview(self, folder: Path, wave: str) -> None:
        """Nothing is decided."""

    def issued(self, folder: Path, wave: str) -> Delivery:
        """Every mean of at least so many people, and every distribution of ten."""
        k = self.data["protection"]["scores"]
        above = {u["id"]: u.get("parent") for u in self.data["units"]}
        people, given = {}, {}
        for (of, code), row in self.rows.items():
            if of != wave:
                continue
            out = (DONT_KNOW, NOT_RELEVANT)
            said = {q: row[q] for q in self.questions.ratings if row.get(q, DONT_KNOW) not in out}
            people[code] = Standing(
                row["unit"], row["perspective"], row["level"], dict.fromkeys(said, 0)
            )
            given[code] = {
                q: 6 - int(v) if q in self.questions.reversed else int(v) for q, v in said.items()
            }
        state = State(wave, people, above)
        faces = sorted({p.perspective for p in people.values()})
        means, shares, gaps = [], [], []
        for measure in self.questions.measures.values():
            scores = self._scores(measure, people, given)
            sides: dict[str, float] = {}
            for face in faces:
                for unit, inside in state.within.items():
                    values = [
                        v
                        for code, v in scores.items()
                        if people[code].perspective == face and people[code].unit in inside
                    ]
                    if len(values) < k:
                        continue
                    mean = sum(values) / len(values)
                    means.append(Mean(measure.id, unit, face, tidy(mean), len(values)))
                    if above[unit] is not None:
                        continue
                    sides[face] = mean
                    if measure.single and len(values) >= 10:
                        part = tuple(round(values.count(v) / len(values), 2) for v in range(1, 6))
                        shares.append(Shares(measure.id, face, part))
            if sides:
                root = next(u for u, up in above.items() if up is None)
                means.append(Mean(measure.id, root, ALL, tidy(sum(sides.values()) / len(sides))))
            if {"leader", "hr"} <= set(sides) and not measure.single:
                gaps.append(Gap(measure.id, "leader", "hr", signed(sides["hr"] - sides["leader"])))
        counts = [
            Count(unit, face, n)
            for face in faces
            for unit, inside in state.within.items()
            if (n := sum(p.perspective == face and p.unit in inside for p in people.values())) >= k
        ]
        texts = tuple(
            str(v)
            for (of, _), row in self.rows.items()
            if of == wave
            for q, v in row.items()
            if q.startswith("open.")
        )
        return Delivery(
            wave,
            {f: (f,) for f in faces},
            k,
            tuple(means),
            tuple(gaps),
            (),
            tuple(shares),
            (),
            tuple(counts),
            texts=texts,
        )

    def _scores(
        self,
        measure: Measure,
        people: Mapping[str, Standing],
        given: Mapping[str, Mapping[str, int]],
    ) -> dict[str, float]:
        """Each person's value, of those who have one."""
        found = {}
        for code, person in people.items():
            weights = self.questions.weights(measure, person)
            if weights:
                found[code] = sum(w * given[code][q] for q, w in weights.items())
        return found
