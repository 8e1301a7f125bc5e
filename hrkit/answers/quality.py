"""How carefully people answered: five signs of a row that was not filled in by reading.

Nothing is ever dropped because of a sign.  It names rows, so that a person can look at them, and
lets a report say what would be different without them.

``long``
    The same answer in a row: the longest run of one value holds at least half of the statements,
    turned ones among them, and no fewer than ten; or two of three dimensions are answered with one
    value throughout (Curran 2016: half the scale's length is a cautious limit for long strings;
    Niessen, Meijer & Tendeiro 2016 on their order).
``contradiction``
    A turned statement and the others of its dimension are both agreed with, or both disagreed
    with; four times at least, and in two of three places where there is a stand at all (Meade &
    Craig 2012 on inconsistency within a person).
``identical``, ``near``
    The same answers as another row, or all but two of them, where that is no chance: eight answers
    that depart from what the person answers mostly must be the same (`hrkit.answers.doubles`).  Two
    people who agree with everything are alike and not one person (Kuriakose & Robbins 2016 look at
    shares of equal answers only, which flags those too).
``hasty``
    Faster than two seconds a statement, where a form measured it (`hrkit.answers.pace`).

False alarms on careful people: `docs/methods.md`, simulated.

Sources
-------
Curran 2016, Journal of Experimental Social Psychology 66, 4-19; Meade & Craig 2012, Psychological
Methods 17, 437-455; Huang, Curran, Keeney, Poposki & DeShon 2012, Journal of Business and
Psychology 27, 99-114; Niessen, Meijer & Tendeiro 2016, Journal of Research in Personality 63, 1-11;
Kuriakose & Robbins 2016, Statistical Journal of the IAOS 32, 283-291.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrkit.answers.doubles import Said, alike_within
from hrkit.model.instrument import Instrument

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses

__all__ = ["KINDS", "contradicts", "longest_run", "same_answers", "signs", "straight"]

#: The signs, in the order in which they are told.
KINDS = ("long", "contradiction", "identical", "near", "hasty")

#: A long string holds this part of the statements answered, and so many at least.
_PART, _LEAST = 0.5, 10
#: Dimensions answered with one value throughout: so many at least, and this part of them.
_BLOCKS, _OF_BLOCKS = 4, 2 / 3
#: Of so many statements of a dimension one value throughout tells something.
_ENOUGH = 4
#: Contradictions: so many at least, and this part of the places where there is a stand.
_AGAINST, _OF_STANDS = 4, 2 / 3

_Given = Mapping[tuple[str, str], str]


def signs(
    responses: Responses, instrument: Instrument, *, alike: bool = True
) -> Mapping[str, frozenset[str]]:
    """Respondent to the signs of a careless row; those without any are left out.

    Parameters
    ----------
    responses
        Of one wave or file.
    instrument
        What was asked, and in which order.
    alike
        Whether rows are held against each other, which takes longest.
    """
    found: dict[str, set[str]] = {}

    def sign(who: str, kind: str) -> None:
        found.setdefault(who, set()).add(kind)

    given = responses.given
    marks = _marks(list(given.values()), instrument)
    for kind, marked in (
        ("long", _longest_run(marks) | _straight(marks)),
        ("contradiction", _contradicts(marks)),
    ):
        for who, one in zip(given, marked.tolist(), strict=True):
            if one:
                sign(who, kind)
    people = responses.people
    waves = dict(zip(people["respondent"], people["wave"], strict=True))
    for kind, group in same_answers(given, waves) if alike else ():
        for who in group:
            sign(who, kind)
    if "hasty" in people:
        for who, hasty in zip(people["respondent"], people["hasty"], strict=True):
            if hasty == "1":
                sign(who, "hasty")
    return {who: frozenset(kinds) for who, kinds in found.items()}


class _Numbers(dict[str, float]):
    """Texts as numbers, NaN where they are none; each of the few different ones is looked at once."""

    def __missing__(self, text: str) -> float:
        self[text] = float(text) if text.lstrip("-").isdigit() else math.nan
        return self[text]


class _Block(NamedTuple):
    """The statements of a dimension as they are asked: a row a person, NaN where no number is said."""

    said: NDArray[np.float64]
    turned: NDArray[np.bool_]
    middle: float
    step: float


class _Marks(NamedTuple):
    """What so many people said, dimension by dimension; there may be none."""

    people: int
    blocks: Sequence[_Block]


def _marks(given: Sequence[_Given], instrument: Instrument) -> _Marks:
    """What people said to the statements, dimension by dimension."""
    number = _Numbers()
    blocks = []
    for section in instrument.dimensions:
        assert section.score_facet is not None
        scale = section.score_facet.scale
        said = np.empty((len(given), len(section.statements)))
        for column, (item, facet, _) in enumerate(section.statements):
            pair = item, facet
            said[:, column] = [number[one.get(pair, "")] for one in given]
        turned = np.array([turned for _, _, turned in section.statements], dtype=bool)
        middle, step = (scale.low + scale.high) / 2, (scale.high - scale.low) / 4
        blocks.append(_Block(said, turned, middle, step))
    return _Marks(len(given), blocks)


def longest_run(given: _Given, instrument: Instrument) -> bool:
    """Whether one value stands in a row over half of the statements; ways out end no run."""
    return bool(_longest_run(_marks([given], instrument))[0])


def _longest_run(marks: _Marks) -> NDArray[np.bool_]:
    people = marks.people
    last, run = np.full(people, math.nan), np.zeros(people, dtype=int)
    longest, count = run.copy(), run.copy()
    for block in marks.blocks:
        for said in block.said.T:
            there = ~np.isnan(said)
            run = np.where(there, np.where(said == last, run + 1, 1), run)
            last = np.where(there, said, last)
            longest = np.maximum(longest, run)
            count += there
    return longest >= np.maximum(_LEAST, _PART * count)


def straight(given: _Given, instrument: Instrument) -> bool:
    """Whether most dimensions that hold a turned statement, or three others, have one value each."""
    return bool(_straight(_marks([given], instrument))[0])


def _straight(marks: _Marks) -> NDArray[np.bool_]:
    people = marks.people
    whole, flat = np.zeros(people, dtype=int), np.zeros(people, dtype=int)
    for block in marks.blocks:
        if block.said.shape[1] < _ENOUGH:
            continue
        there = ~np.isnan(block.said)
        enough = there.sum(axis=1) >= _ENOUGH
        lowest = np.where(there, block.said, math.inf).min(axis=1)
        highest = np.where(there, block.said, -math.inf).max(axis=1)
        whole += enough
        flat += enough & (lowest == highest)
    return (flat >= _BLOCKS) & (flat >= _OF_BLOCKS * whole)


def contradicts(given: _Given, instrument: Instrument) -> bool:
    """Whether turned statements and the others of their dimensions are agreed with alike."""
    return bool(_contradicts(_marks([given], instrument))[0])


def _contradicts(marks: _Marks) -> NDArray[np.bool_]:
    people = marks.people
    against, stands = np.zeros(people, dtype=int), np.zeros(people, dtype=int)
    for block in marks.blocks:
        plain = block.said[:, ~block.turned]
        count = (~np.isnan(plain)).sum(axis=1)
        usual = np.nansum(plain, axis=1) / np.maximum(count, 1) - block.middle
        takes = (count >= 2) & (abs(usual) >= block.step)
        for said in block.said[:, block.turned].T:
            stand = takes & (abs(said - block.middle) >= block.step)
            stands += stand
            against += stand & ((usual > 0) == (said > block.middle))
    return (against >= _AGAINST) & (against >= _OF_STANDS * stands)


def same_answers(
    given: Mapping[str, _Given], waves: Mapping[str, str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Groups of respondents of a wave whose answers are alike and cannot be so by chance."""
    sheets = {who: Said((waves.get(who, ""),), said) for who, said in given.items()}
    tell, _ = alike_within(sheets)
    return [
        ("identical" if sheets[group[0]].print == sheets[group[1]].print else "near", group)
        for group in tell
    ]
