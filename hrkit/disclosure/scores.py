"""From what was decided about a measure's cells to its released scores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from hrkit.disclosure.cells import PART
from hrkit.disclosure.derived.frame import ends, estimate, outward
from hrkit.disclosure.derived.told import told
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.keys import few_asked
from hrkit.disclosure.released import ALL, Group, Score, Why, tidy
from hrkit.disclosure.why import GRAVEST
from hrkit.measure import moderated_variance
from hrkit.model.instrument import Instrument

__all__ = ["NOTHING_VAGUE", "scores_of", "spread"]

#: Of every group the number itself is told.
NOTHING_VAGUE: Mapping[str, int] = MappingProxyType({})


def scores_of(
    drafts: Sequence[Draft],
    root: str,
    k: int,
    invited: Mapping[tuple[str, str], int | None],
    instrument: Instrument,
    groups: Sequence[Group],
    fewest: Callable[[str], int] | None = None,
    vague: Mapping[str, int] = NOTHING_VAGUE,
    answered: Mapping[tuple[str, str], int] | None = None,
) -> tuple[Score, ...]:
    """The released scores of many measures; what follows from them is `derived`'s to fill in.

    Parameters
    ----------
    drafts
        Measures with what was decided about them.
    root
        Unit that is the whole organisation.
    k
        Threshold.
    invited
        Cell id to the number invited, where it is known.
    instrument, groups
        What was asked of whom: of a dimension, too little for a score, say.
    fewest
        The fewest answers behind a mean of a measure; `k` for all if None.
    vague
        Groups of which only a least number is told, and which; see `hrkit.disclosure.kept.elsewhere`.
    answered
        Unit and group to the number that is printed of all who answered anything.

    Returns
    -------
    tuple of Score
        A total that may be shown is SHOWN and has no mean yet.
    """
    few = few_asked(instrument, groups)
    scales = {draft.measure.id: draft.measure.scale for draft in drafts}
    found = [
        score
        for draft in drafts
        for score in _scores(draft, root, fewest(draft.measure.id) if fewest else k, invited, few)
    ]
    least = told(found, instrument, groups, k, answered)
    found = [_vague(score, vague, root, k) for score in found]
    return tuple(
        _finished(
            score,
            least.get((score.measure, score.unit, score.group)),
            scales[score.measure],
        )
        for score in found
    )


def _vague(score: Score, vague: Mapping[str, int], root: str, k: int) -> Score:
    """What is told of a group's number of answers, where another questionnaire has printed one near it."""
    least = vague.get(score.group.partition(PART)[0])
    if least is None or not score.shown or score.n is None:
        return score
    whole = (score.unit, PART in score.group) == (root, False) and score.n >= least
    return replace(score, told=least if whole else k, dont_know=None, everyone=False)


def _finished(score: Score, least: int | None, scale: tuple[float, float]) -> Score:
    """With its interval around a mean as it is printed: then an interval says nothing that the mean did not."""
    if least is not None and score.told is None:
        # Where the number of all is not told, a least that is made of it would tell it.
        # Nor do a share of those who cannot judge, and that all who were invited answered.
        score = replace(score, told=least, dont_know=None, everyone=False)
    known = estimate(score)
    if known is None:
        return score
    low, high = outward(*ends(known, scale))
    return replace(score, low=low, high=high)


def spread(draft: Draft, i: int, root: str) -> float:
    """The standard deviation that a cell's uncertainty rests on, to one decimal.

    Its own, drawn towards the usual one, where it may be shown; else the usual one.  Rounded, an
    interval beside its mean tells little of how few people's answers are spread.
    """
    cell, usual = draft.measure.cells[i], draft.measure.usual
    if (cell.unit != root or cell.part) and draft.measure.within is not None:
        usual = draft.measure.within
    own = cell.id in draft.own
    variance = float(moderated_variance(draft.n[i], draft.var[i], usual)) if own else usual
    return max(tidy(float(np.sqrt(variance))), 0.1)


def _scores(
    draft: Draft,
    root: str,
    k: int,
    invited: Mapping[tuple[str, str], int | None],
    few: Collection[tuple[str, str]],
) -> list[Score]:
    measure = draft.measure
    found: list[Score] = []
    for i, cell in enumerate(measure.cells):
        n = draft.n[i]
        if cell.id not in draft.shown:
            why = draft.why(cell.id, k)
            if why is Why.NOBODY and (measure.id, cell.group) in few:
                why = Why.FEW
            # No number beside what is withheld: with those around it, it would count a few.
            found.append(Score(measure.id, *cell.id, why))
            continue
        silent = measure.silent[cell.who & measure.use]
        silent = silent[np.isfinite(silent)]
        found.append(
            Score(
                measure.id,
                *cell.id,
                Why.SHOWN,
                n,
                tidy(draft.mean[i]),
                dont_know=tidy(float(silent.mean()), 2) if len(silent) >= k else None,
                everyone=invited.get(cell.id) == n,
                spread=spread(draft, i, root),
            )
        )
    there = {cell.id for cell in measure.cells}
    found += [Score(measure.id, *id, Why.PROTECTED) for id in sorted(draft.vague - there)]
    whys = {s.why for s in found if s.unit == root and PART not in s.group}
    if (root, ALL) in draft.shown and Why.SHOWN in whys:
        return [*found, Score(measure.id, root, ALL, Why.SHOWN)]
    why = next((w for w in GRAVEST if w in whys), Why.NOBODY)
    return [*found, Score(measure.id, root, ALL, Why.PROTECTED if Why.SHOWN in whys else why)]
