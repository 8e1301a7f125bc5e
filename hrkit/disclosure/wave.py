"""One wave as arrays: who is in which cell, and what each answered, before anything is released.

Nothing outside `hrkit.disclosure` may hold one of these: they are raw answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.released import Group
from hrkit.measure import Scores, scores_from_matrix
from hrkit.model.instrument import DONT_KNOW, Instrument, Item, Section

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses

__all__ = ["Wave", "groups_of", "wave_of"]


@dataclass(frozen=True)
class Wave:
    """Answers of one wave.

    Attributes
    ----------
    units, perspectives
        Names that the codes stand for.
    unit, perspective
        Shape (R,): each respondent's code.
    atom
        Shape (R,): the finest cell (unit × perspective × chain level × pair) as a code.
    keys
        Question keys of the ratings, Q of them.
    values
        Shape (R, Q): ratings as given; NaN for "don't know" and for blanks.
    given
        Shape (R, Q): True where there is an answer, "don't know" included.
    """

    instrument: Instrument
    units: tuple[str, ...]
    perspectives: tuple[str, ...]
    unit: npt.NDArray[np.intp]
    perspective: npt.NDArray[np.intp]
    atom: npt.NDArray[np.intp]
    keys: tuple[str, ...]
    values: npt.NDArray[np.float64]
    given: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.unit)

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Question key to its column."""
        return {key: i for i, key in enumerate(self.keys)}

    @cached_property
    def asked(self) -> npt.NDArray[np.bool_]:
        """Shape (P, Q): which perspective is asked which question."""
        questions = self.instrument.keys
        return np.array(
            [[name in questions[key].item.ask for key in self.keys] for name in self.perspectives],
            dtype=bool,
        ).reshape(len(self.perspectives), len(self.keys))

    @cached_property
    def turned(self) -> npt.NDArray[np.float64]:
        """Shape (R, Q): ratings with reversed items turned round, unasked ones left out."""
        values = np.where(self.asked[self.perspective], self.values, np.nan)
        for key, j in self.column.items():
            question = self.instrument.keys[key]
            if question.item.reversed:
                scale = question.facet.scale
                values[:, j] = scale.low + scale.high - values[:, j]
        return values

    @cached_property
    def scores(self) -> Scores:
        """Dimension scores, in the order of `Instrument.dimensions`."""
        sections = self.instrument.dimensions
        member = np.zeros((len(self.keys), len(sections)))
        for d, section in enumerate(sections):
            for item in self.instrument.scored_items(section):
                member[self.column[section.measure(item)], d] = 1.0
        return scores_from_matrix(
            self.turned, self.asked, member, asked_row=self.perspective, given=self.given
        )


def _codes(values: Sequence[str], names: Sequence[str]) -> npt.NDArray[np.intp]:
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[value] for value in values], dtype=np.intp)


def wave_of(responses: Responses, instrument: Instrument, units: Sequence[str]) -> Wave:
    """Responses of one wave as arrays.

    Parameters
    ----------
    responses
        Of one wave only.
    instrument
        What was asked; answers on other scales than ratings are left out.
    units
        Ids of the engagement's units.
    """
    people = responses.people
    index = {key: i for i, key in enumerate(people["respondent"])}
    keys = tuple(k for k, q in instrument.keys.items() if q.facet.scale.kind == "rating")
    place = {
        (instrument.keys[k].item.id, instrument.keys[k].facet.id): j for j, k in enumerate(keys)
    }
    values = np.full((len(people), len(keys)), np.nan)
    given = np.zeros(values.shape, dtype=bool)
    rows = responses.answers[["respondent", "item", "facet", "value"]]
    for respondent, item, facet, value in rows.itertuples(index=False, name=None):
        i, j = index.get(respondent), place.get((item, facet))
        if i is None or j is None:
            continue
        given[i, j] = True
        if value != DONT_KNOW:
            values[i, j] = float(value)
    names = ["unit", "perspective", "level", "pair"]
    cells = list(people[names].fillna("").itertuples(index=False, name=None))
    # An order that follows from the answers: the store's random keys must not show in a report.
    order = np.lexsort((*np.nan_to_num(values, nan=-1.0).T, [f"{cell}" for cell in cells]))
    cells, values, given = [cells[i] for i in order], values[order], given[order]
    atoms = {cell: n for n, cell in enumerate(dict.fromkeys(cells))}
    return Wave(
        instrument=instrument,
        units=tuple(units),
        perspectives=instrument.perspectives,
        unit=_codes([cell[0] for cell in cells], units),
        perspective=_codes([cell[1] for cell in cells], instrument.perspectives),
        atom=np.array([atoms[cell] for cell in cells], dtype=np.intp),
        keys=keys,
        values=values,
        given=given,
    )


def groups_of(wave: Wave, threshold: int) -> tuple[Group, ...]:
    """The groups in which perspectives are reported, decided once for the whole wave.

    A perspective that the instrument pools with another is reported on its own only when
    both reach the threshold; perspectives nobody answered for are left out.
    """
    counts = dict(
        zip(
            wave.perspectives,
            np.bincount(wave.perspective, minlength=len(wave.perspectives)).tolist(),
            strict=True,
        )
    )
    members = {name: [name] for name, count in counts.items() if count}
    for name, target in wave.instrument.pool.items():
        if counts.get(name) and min(counts[name], counts.get(target, 0)) < threshold:
            members.setdefault(target, [])
            members[target] = [*members[target], name]
            members.pop(name, None)
    return tuple(Group(name, tuple(members[name])) for name in wave.perspectives if name in members)


def section_items(instrument: Instrument) -> tuple[tuple[Section, Item, str], ...]:
    """Every rating of a dimension with its section and key: statements and importance."""
    found = []
    for section in instrument.dimensions:
        found += [(section, item, section.measure(item)) for item in section.scored]
        if section.importance:
            found.append((section, section.importance, section.importance.id))
    return tuple(found)
