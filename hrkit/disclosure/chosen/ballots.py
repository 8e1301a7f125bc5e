"""What was chosen of a list: a wave's ballots, counted and written down as rows of `Released`.

`picks` decides which options may be told apart; here ballots are counted and put beside what
earlier versions showed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

import numpy as np

from hrkit.disclosure.cells import inside
from hrkit.disclosure.chosen.picks import picks_follow, picks_told
from hrkit.disclosure.chosen.shares import LEAST, total_of
from hrkit.disclosure.kept.versions import NONE_BEFORE, Versions
from hrkit.disclosure.released import ALL, Ballot, Group, Why, tidy
from hrkit.disclosure.wave import WaveAnswers
from hrkit.model.ballot import options_at
from hrkit.model.instrument import Question

__all__ = ["ballots"]


def ballots(
    wave: WaveAnswers,
    groups: Sequence[Group],
    details: Callable[[str], int],
    before: Versions = NONE_BEFORE,
    behind: int = LEAST,
) -> tuple[Ballot, ...]:
    """How many of each group, and in all, chose each option.

    Parameters
    ----------
    wave
        The answers.
    groups
        In which perspectives are reported.
    details
        Question to the fewest people its ballot rests on.
    before
        Versions that were shown.
    behind
        The fewest people behind a printed share.
    """
    question = wave.instrument.choice
    if question is None or question.key not in wave.column:
        return ()
    rows = [
        _row(wave, question, group, details(question.key), before, behind)
        for group in groups
        if set(group.perspectives) & set(question.item.ask)
    ]
    return (*rows, _total(question, rows))


def _row(
    wave: WaveAnswers,
    question: Question,
    group: Group,
    details: int,
    before: Versions,
    behind: int,
) -> Ballot:
    key, options = question.key, question.facet.scale.options
    j = wave.column[key]
    who = inside(wave, group) & wave.given[:, j] & wave.asked[wave.perspective, j]
    rows = np.flatnonzero(who & wave.counted(key)).tolist()
    picked = [_picked(question, int(wave.values[i, j])) for i in rows]
    found = Counter(place for one in picked for place in one)
    counts, n = [found[place] for place in range(len(options))], len(rows)
    limit = question.facet.scale.at_most
    told = picks_told(counts, n, details, limit, behind)
    if not told.shown:
        return Ballot(key, group.id, told.why)
    now = {wave.token[i]: one for i, one in zip(rows, picked, strict=True)} if wave.token else {}
    for then in _shown_before(before, question, group):
        if then is None or not picks_follow(now, then, len(options), details, limit, behind):
            return Ballot(key, group.id, Why.PROTECTED)
    return Ballot(
        key,
        group.id,
        Why.SHOWN,
        n,
        tuple(options[place] for place in told.alone),
        tuple(tidy(counts[place] / n, 2) for place in told.alone),
        tuple(options[place] for place in told.together),
        # Where one may choose fewer, nothing closes the table: what few chose has no figure at all.
        None if limit else tidy(sum(counts[place] for place in told.together) / n, 2),
    )


def _picked(question: Question, place: int) -> frozenset[int]:
    scale = question.facet.scale
    return options_at(len(scale.choices), scale.fewest, scale.most, place)


def _shown_before(
    before: Versions, question: Question, group: Group
) -> Iterator[Mapping[str, Set[int]] | None]:
    """Who had chosen what in each version that showed this ballot; None where that is not known any more."""
    for version in before.versions:
        if version.released.ballot(question.key, group.id).shown:
            said = version.chosen(question.key, group.id)
            yield (None if said is None else {who: _picked(question, a) for who, a in said.items()})


def _total(question: Question, rows: Sequence[Ballot]) -> Ballot:
    """The mean of the shown groups' printed shares; a row without shares where there are none."""
    shown = [row for row in rows if row.shown]
    if not shown:
        whys = {row.why for row in rows}
        order = (Why.PROTECTED, Why.SMALL, Why.NOBODY)
        return Ballot(question.key, ALL, next((why for why in order if why in whys), Why.NOBODY))
    options = question.facet.scale.options
    tables = [dict(zip(row.values, row.shares, strict=True)) for row in shown]
    found = {name: tidy(share, 2) for name, share in total_of(tables, options).items()}
    rest = tuple(name for name in options if name not in found)
    scale = question.facet.scale
    left = max(0.0, tidy(scale.exactly - sum(found.values()), 2)) if rest else 0.0
    return Ballot(
        question.key,
        ALL,
        Why.SHOWN,
        sum(row.n or 0 for row in shown),
        tuple(found),
        tuple(found.values()),
        rest,
        None if scale.at_most else left,
    )
