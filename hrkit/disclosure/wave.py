"""One wave as arrays: who is in which cell, and what each answered, before anything is released.

Nothing outside `hrkit.disclosure` may hold one of these: they are raw answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hrkit.answers.codes import token
from hrkit.disclosure.joined import join
from hrkit.measure import Scores, scores_from_matrix
from hrkit.model.ballot import chosen, whole
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Instrument, Scale

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses

__all__ = ["BLANK", "IRRELEVANT", "PRESENCE", "SILENT", "WaveAnswers", "wave_of"]

#: In whose place a blank, a "don't know" or a "not relevant" stands among the codes of answers.
BLANK, SILENT, IRRELEVANT = -32768, -32767, -32766

#: The measure that is no question: who answered anything at all.
PRESENCE = ""


@dataclass(frozen=True)
class WaveAnswers:
    """Answers of one wave.

    Attributes
    ----------
    units, perspectives
        Names that the codes stand for.
    unit, perspective
        Shape (R,): each respondent's code.
    level
        Shape (R,): level in the leadership chain as text, empty where there is none.
    token
        Shape (R,): who each row is, without a word about answers; only for comparing versions of
        a wave.  Somebody whose changed answers wait has two rows: as they were, and as they are.
    use
        Measure to shape (R,): the rows that count in it (see `hrkit.disclosure.kept.hold`);
        without it all do.
    atom
        Shape (R,): the finest cell (unit × perspective × chain level × pair) as a code.
    keys
        Question keys, Q of them: ratings and choices of which something may be shown, texts
        of which only their number may.
    values
        Shape (R, Q): ratings as given, choices as the place of the category on its scale, ballots
        as the place among all there could be (`hrkit.model.ballot.whole`); NaN for texts, for "don't know", for "not relevant" and for blanks.
    given
        Shape (R, Q): True where there is an answer, "don't know" and "not relevant" included; of a
        ballot, where as many are chosen as are to be.
    aside
        Shape (R, Q): True where the answer is "not relevant"; None for nowhere.
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
    level: npt.NDArray[np.str_] | None = None
    token: tuple[str, ...] = ()
    use: Mapping[str, npt.NDArray[np.bool_]] | None = None
    aside: npt.NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.unit)

    def counted(self, measure: str) -> npt.NDArray[np.bool_]:
        """Shape (R,): the rows that count in a measure (`PRESENCE`: in who answered at all)."""
        if self.use is None:
            return np.ones(len(self), dtype=bool)
        return self.use[measure]

    @cached_property
    def codes(self) -> npt.NDArray[np.int16]:
        """Shape (R, Q): answers as given, in whole numbers, with `BLANK`, `SILENT` and `IRRELEVANT`."""
        found = np.where(np.isnan(self.values), SILENT, np.nan_to_num(self.values))
        if self.aside is not None:
            found = np.where(self.aside, IRRELEVANT, found)
        return np.where(self.given, found, BLANK).astype(np.int16)

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Question key to its column."""
        return {key: i for i, key in enumerate(self.keys)}

    @cached_property
    def asked(self) -> npt.NDArray[np.bool_]:
        """Shape (P, Q): which perspective is asked which question."""
        questions = self.instrument.measured
        return np.array(
            [[name in questions[key].item.ask for key in self.keys] for name in self.perspectives],
            dtype=bool,
        ).reshape(len(self.perspectives), len(self.keys))

    @cached_property
    def turned(self) -> npt.NDArray[np.float64]:
        """Shape (R, Q): ratings with reversed items turned round, unasked ones left out."""
        values = np.where(self.asked[self.perspective], self.values, np.nan)
        for key, j in self.column.items():
            question = self.instrument.measured[key]
            if question.item.reversed and question.facet.scale.kind == "rating":
                scale = question.facet.scale
                values[:, j] = scale.low + scale.high - values[:, j]
        return values

    @cached_property
    def scores(self) -> Scores:
        """Dimension scores, in the order of `Instrument.dimensions`."""
        asked = np.zeros_like(self.asked)
        items: list[list[str]] = []
        for section in self.instrument.dimensions:
            found: dict[str, None] = {}
            for p, name in enumerate(self.perspectives):
                keys = [section.measure(item) for item in self.instrument.counted(section, name)]
                asked[p, [self.column[key] for key in keys]] = True
                found |= dict.fromkeys(keys)
            items.append(list(found))
        return self._scores(items, asked)

    def made_of(self, measure: str, perspective: str) -> frozenset[str]:
        """Keys of the questions that a measure is made of where somebody of a perspective answers."""
        made = self._made.get((measure, perspective))
        return frozenset(self.pillar_keys.get(measure, (measure,))) if made is None else made

    @cached_property
    def _made(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Dimension and perspective to the keys that make its score."""
        return {
            (section.id, name): frozenset(
                section.measure(item) for item in self.instrument.counted(section, name)
            )
            for section in self.instrument.dimensions
            for name in self.perspectives
        }

    @cached_property
    def pillar_keys(self) -> Mapping[str, tuple[str, ...]]:
        """Pillar id to the statements it is made of: those that every side was asked."""
        tagged = {
            id: tuple(
                section.measure(item)
                for section in self.instrument.dimensions
                for item in section.scored
                if id in item.tags and set(self.instrument.sides) <= set(item.ask)
            )
            for id in self.instrument.pillars
        }
        return {id: keys for id, keys in tagged.items() if keys}

    @cached_property
    def pillars(self) -> tuple[tuple[str, ...], Scores]:
        """Ids of the instrument's pillars that have items, and their scores."""
        found = self.pillar_keys
        return tuple(found), self._scores(list(found.values()))

    def _scores(
        self, items: Sequence[Sequence[str]], asked: npt.NDArray[np.bool_] | None = None
    ) -> Scores:
        member = np.zeros((len(self.keys), len(items)))
        for d, keys in enumerate(items):
            member[[self.column[key] for key in keys], d] = 1.0
        asked = self.asked if asked is None else asked
        return scores_from_matrix(
            self.turned, asked, member, asked_row=self.perspective, given=self.given
        )


def _codes(values: Sequence[str], names: Sequence[str]) -> npt.NDArray[np.intp]:
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[value] for value in values], dtype=np.intp)


def _code(scale: Scale) -> Callable[[str], float]:
    """How a stored answer on a scale is held as a number."""
    if scale.kind == "rating":
        return lambda value: math.nan if value == NOT_RELEVANT else float(value)
    if scale.kind == "pick":
        ballots = whole(scale.options, scale.fewest, scale.most)
        return lambda value: float(ballots[value]) if value in ballots else math.nan
    place = {choice.value: float(i) for i, choice in enumerate(scale.choices)}
    return lambda value: place.get(value, math.nan)


def _begun(scale: Scale, value: str) -> bool:
    """Whether an answer is a ballot that is not done."""
    return scale.kind == "pick" and len(chosen(value)) < scale.fewest


def wave_of(responses: Responses, instrument: Instrument, units: Sequence[str]) -> WaveAnswers:
    """Responses of one wave as arrays.

    Parameters
    ----------
    responses
        Of one wave only.
    instrument
        What was asked; answers of which nothing may be counted are left out.
    units
        Ids of the engagement's units.
    """
    people = responses.people
    index = {key: i for i, key in enumerate(people["respondent"])}
    questions = instrument.measured
    keys = tuple(k for k, q in questions.items() if q.facet.release not in ("texts", "nothing"))
    code = {key: _code(questions[key].facet.scale) for key in keys}
    place = {
        (questions[k].item.id, questions[k].facet.id): j
        for j, k in enumerate(keys)
        if not questions[k].facet.made_of
    }
    values = np.full((len(people), len(keys)), np.nan)
    given = np.zeros(values.shape, dtype=bool)
    aside = np.zeros(values.shape, dtype=bool)
    # Where a scale had one way out for both, both are "don't know".
    scales = [questions[key].facet.scale for key in keys]
    apart = [scale.not_relevant is not None for scale in scales]
    rows = responses.answers[["respondent", "item", "facet", "value"]]
    for respondent, item, facet, value in rows.itertuples(index=False, name=None):
        i, j = index.get(respondent), place.get((item, facet))
        if i is None or j is None or _begun(scales[j], value):
            continue
        given[i, j] = True
        if value == NOT_RELEVANT and apart[j]:
            aside[i, j] = True
        elif value != DONT_KNOW:
            values[i, j] = code[keys[j]](value)
    join(questions, keys, values, given, aside)
    names = ["unit", "perspective", "level", "pair"]
    cells = list(people[names].fillna("").itertuples(index=False, name=None))
    atoms = {cell: n for n, cell in enumerate(dict.fromkeys(cells))}
    made = WaveAnswers(
        level=np.array([cell[2] for cell in cells], dtype=np.str_),
        token=tuple(map(token, people["respondent"])),
        instrument=instrument,
        units=tuple(units),
        perspectives=instrument.perspectives,
        unit=_codes([cell[0] for cell in cells], units),
        perspective=_codes([cell[1] for cell in cells], instrument.perspectives),
        atom=np.array([atoms[cell] for cell in cells], dtype=np.intp),
        keys=keys,
        values=values,
        given=given,
        aside=aside,
    )
    return in_order(made)


def in_order(wave: WaveAnswers) -> WaveAnswers:
    """All respondents in an order that follows from their answers.

    The store's random keys must not show in a report, not even in the last digit of a
    resampled share.
    """
    return taken(wave, ordering(wave))


def ordering(wave: WaveAnswers) -> npt.NDArray[np.intp]:
    """The order of `in_order`, as places."""
    level = _levels(wave)
    said = np.nan_to_num(wave.values, nan=-1.0)
    return np.lexsort((*said.T, level, wave.perspective, wave.unit))


def taken(wave: WaveAnswers, rows: npt.NDArray[np.intp]) -> WaveAnswers:
    """Some or all respondents of a wave, in the order given."""
    return replace(
        wave,
        unit=wave.unit[rows],
        perspective=wave.perspective[rows],
        atom=wave.atom[rows],
        values=wave.values[rows],
        given=wave.given[rows],
        aside=None if wave.aside is None else wave.aside[rows],
        level=_levels(wave)[rows],
        token=tuple(wave.token[i] for i in rows) if wave.token else (),
        use=None if wave.use is None else {m: used[rows] for m, used in wave.use.items()},
    )


def _levels(wave: WaveAnswers) -> npt.NDArray[np.str_]:
    return wave.level if wave.level is not None else np.full(len(wave), "", dtype=np.str_)
