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
    Faster than two seconds a statement, where a form measured it (Huang et al. 2012).

False alarms on careful people: `docs/methods.md`, simulated.

Sources
-------
Curran 2016, Journal of Experimental Social Psychology 66, 4-19; Meade & Craig 2012, Psychological
Methods 17, 437-455; Huang, Curran, Keeney, Poposki & DeShon 2012, Journal of Business and
Psychology 27, 99-114; Niessen, Meijer & Tendeiro 2016, Journal of Research in Personality 63, 1-11;
Kuriakose & Robbins 2016, Statistical Journal of the IAOS 32, 283-291.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hrkit.answers.doubles import Said, alike_within
from hrkit.model.instrument import Instrument, Section

if TYPE_CHECKING:
    from hrkit.answers.responses import Responses

__all__ = ["KINDS", "SECONDS", "contradicts", "longest_run", "same_answers", "signs", "straight"]

#: The signs, in the order in which they are told.
KINDS = ("long", "contradiction", "identical", "near", "hasty")

#: Faster than so many seconds a statement nobody reads (Huang et al. 2012).
SECONDS = 2.0

#: A long string holds this part of the statements answered, and so many at least.
_PART, _LEAST = 0.5, 10
#: Dimensions answered with one value throughout: so many at least, and this part of them.
_BLOCKS, _OF_BLOCKS = 4, 2 / 3
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
    given: dict[str, dict[tuple[str, str], str]] = {}
    rows = responses.answers[["respondent", "item", "facet", "value"]]
    for who, item, facet, value in rows.itertuples(index=False, name=None):
        given.setdefault(who, {})[item, facet] = value
    found: dict[str, set[str]] = {}

    def sign(who: str, kind: str) -> None:
        found.setdefault(who, set()).add(kind)

    for who, said in given.items():
        if longest_run(said, instrument) or straight(said, instrument):
            sign(who, "long")
        if contradicts(said, instrument):
            sign(who, "contradiction")
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


def _statements(
    instrument: Instrument,
) -> Sequence[tuple[Section, Sequence[tuple[str, str, bool]]]]:
    """Each dimension with its statements as asked: item, facet, and whether it is turned."""
    return [(section, section.statements) for section in instrument.dimensions]


def longest_run(given: _Given, instrument: Instrument) -> bool:
    """Whether one value stands in a row over half of the statements; ways out end no run."""
    values = [
        given[item, facet]
        for _, items in _statements(instrument)
        for item, facet, _ in items
        if given.get((item, facet), "").lstrip("-").isdigit()
    ]
    longest = run = 0
    for i, value in enumerate(values):
        run = run + 1 if i and value == values[i - 1] else 1
        longest = max(longest, run)
    return longest >= max(_LEAST, _PART * len(values))


def straight(given: _Given, instrument: Instrument) -> bool:
    """Whether most dimensions that hold a turned statement, or three others, have one value each."""
    whole = flat = 0
    for _, items in _statements(instrument):
        said = [given.get((item, facet), "") for item, facet, _ in items]
        said = [value for value in said if value.lstrip("-").isdigit()]
        if len(said) >= 4:
            whole += 1
            flat += len(set(said)) == 1
    return flat >= _BLOCKS and flat >= _OF_BLOCKS * whole


def contradicts(given: _Given, instrument: Instrument) -> bool:
    """Whether turned statements and the others of their dimensions are agreed with alike."""
    against = stands = 0
    for section, items in _statements(instrument):
        assert section.score_facet is not None
        scale = section.score_facet.scale
        middle, step = (scale.low + scale.high) / 2, (scale.high - scale.low) / 4
        said = {
            (item, turned): float(value)
            for item, facet, turned in items
            if (value := given.get((item, facet), "")).lstrip("-").isdigit()
        }
        plain = [mark for (_, turned), mark in said.items() if not turned]
        if len(plain) < 2:
            continue
        usual = sum(plain) / len(plain) - middle
        for (_, turned), mark in said.items():
            if turned and abs(usual) >= step and abs(mark - middle) >= step:
                stands += 1
                against += (usual > 0) == (mark > middle)
    return against >= _AGAINST and against >= _OF_STANDS * stands


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
