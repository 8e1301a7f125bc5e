"""Who is who among the rows of a wave, and what each said to a measure's questions.

A person has several rows where answers of then and of now stand beside each other.  On a measure a
row of then and a row of now are the same if the person is and the answers to its questions are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.wave import PRESENCE, WaveAnswers

__all__ = ["Bools", "Floats", "Ints", "Persons", "families"]

Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def families(measures: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Measures that share questions, directly or by way of others."""
    family: dict[str, int] = {}
    members: dict[int, list[str]] = {}
    for number, (name, keys) in enumerate(measures.items()):
        members[number] = [name]
        for old in sorted({family[key] for key in keys if key in family}):
            members[number] += members.pop(old)
        for one in members[number]:
            family |= dict.fromkeys(measures[one], number)
    order = {name: i for i, name in enumerate(measures)}
    return tuple(tuple(sorted(m, key=order.__getitem__)) for m in members.values() if len(m) > 1)


@dataclass(frozen=True)
class Persons:
    """Whose rows are whose.

    Attributes
    ----------
    wave
        With the rows of before among its own.
    measures
        Measure to its question keys.
    """

    wave: WaveAnswers
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def owner(self) -> Ints:
        """Shape (R,): the first row of the same person."""
        first: dict[str, int] = {}
        tokens = self.wave.token
        if not tokens:
            return np.arange(len(self.wave))
        return np.array([first.setdefault(t, i) for i, t in enumerate(tokens)], dtype=np.intp)

    @cached_property
    def _twice(self) -> tuple[Ints, ...]:
        """The rows of each person who has several."""
        by: dict[int, list[int]] = {}
        for row, owner in enumerate(self.owner.tolist()):
            by.setdefault(owner, []).append(row)
        return tuple(np.array(rows, dtype=np.intp) for rows in by.values() if len(rows) > 1)

    def same(self, measure: str) -> Ints:
        """Shape (R,): the row that stands for each on a measure: same person, same answers to it."""
        if measure not in self._sames:
            self._sames[measure] = self._told(measure)
        return self._sames[measure]

    @cached_property
    def _sames(self) -> dict[str, Ints]:
        return {}

    def _told(self, measure: str) -> Ints:
        found = np.arange(len(self.wave))
        columns = self.columns(measure)
        for rows in self._twice:
            said: dict[bytes, int] = {}
            for row in rows.tolist():
                answers = self.wave.codes[row, columns].tobytes()
                found[row] = said.setdefault(answers, row)
        return found

    def columns(self, measure: str) -> list[int]:
        """Columns of a measure's questions."""
        keys = self.measures.get(measure, ())
        return [self.wave.column[key] for key in keys if key in self.wave.column]

    def answered(self, measure: str) -> Bools:
        """Shape (R,): who gave any answer to a measure's questions, "don't know" included."""
        if measure == PRESENCE:
            return np.ones(len(self.wave), dtype=bool)
        return np.asarray(self.wave.given[:, self.columns(measure)].any(axis=1))

    @cached_property
    def relatives(self) -> Mapping[str, tuple[str, ...]]:
        """Measure to all that share questions with it, itself among them."""
        return {name: family for family in families(self.measures) for name in family}

    @cached_property
    def values(self) -> Mapping[str, Floats]:
        """Measure to what each row says on it, shape (R,); NaN is no valid answer."""
        from hrkit.disclosure.measures import values_of

        return values_of(self.wave)

    @cached_property
    def valid(self) -> Mapping[str, Bools]:
        """Measure to the rows that have a value on it, shape (R,)."""
        return {name: np.isfinite(values) for name, values in self.values.items()}

    def number(self, measure: str, now: Bools) -> int:
        """How many answers would be printed of a group's rows of now."""
        if measure == PRESENCE:
            return len(set(self.owner[now].tolist()))
        return int((now & self.valid.get(measure, self.answered(measure))).sum())
