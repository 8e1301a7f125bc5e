"""From one measure's raw values to its released means.

A *cell* is whom a mean is about: a group in a unit, or one level of the leadership chain.  A
measure wants a mean for each of its cells and, last, the mean over perspectives, which rests on
the perspectives that are released and must not undo what protects them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.plain import plainly_safe
from hrkit.disclosure.proof.protect import Candidate, Earlier, protect
from hrkit.disclosure.released import ALL, Score, Why, tidy
from hrkit.disclosure.wave import Cell
from hrkit.measure import mean_interval, total_score

__all__ = ["Draft", "Measure", "decide", "scores_of"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Measure:
    """One thing that is measured.

    Attributes
    ----------
    id
        Dimension id, pillar id or question key.
    values
        Shape (R,); NaN is no valid answer.
    silent
        Shape (R,): share of "don't know" among what was asked and answered; NaN for nothing.
    scale
        Lowest and highest value.
    usual
        Variance usual within groups, for the intervals of small ones.
    cells
        Whom means are wanted for, most important first.
    """

    id: str
    values: Floats
    silent: Floats
    scale: tuple[float, float]
    usual: float
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Draft:
    """A measure's cells with what was decided: counts and moments of each, and which are shown."""

    measure: Measure
    n: tuple[int, ...]
    mean: tuple[float, ...]
    var: tuple[float, ...]
    shown: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def decide(
    measure: Measure,
    atoms: npt.NDArray[np.intp],
    root: str,
    k: int,
    earlier: Sequence[Earlier] = (),
) -> Draft:
    """Decide which cells of a measure may be shown.

    Parameters
    ----------
    measure
        What is measured.
    atoms
        Shape (R,): each respondent's finest cell.
    root
        Unit that is the whole organisation.
    k
        Threshold.
    earlier
        What was published about this measure and wave before.
    """
    valid = np.isfinite(measure.values)
    counts, means, spreads = [], [], []
    for cell in measure.cells:
        values = measure.values[cell.who & valid]
        n = len(values)
        counts.append(n)
        means.append(float(values.mean()) if n else float("nan"))
        spreads.append(float(values.var(ddof=1)) if n > 1 else float("nan"))
    shown = _shown(measure, atoms, root, k, earlier, valid, counts, means)
    return Draft(measure, tuple(counts), tuple(means), tuple(spreads), frozenset(shown))


def _shown(
    measure: Measure, atoms: npt.NDArray[np.intp], root: str, k: int, earlier: Sequence[Earlier],
    valid: Bools, counts: Sequence[int], means: Sequence[float],
) -> set[tuple[str, str]]:  # fmt: skip
    total = (root, ALL)
    large = [i for i, n in enumerate(counts) if n >= k]
    apart = all(cell.unit == root and not cell.part for cell in measure.cells)
    if apart and not earlier and large:
        n = np.array([counts[i] for i in large])
        if plainly_safe(n, n * np.array([means[i] for i in large]), k, measure.scale):
            return {measure.cells[i].id for i in large} | {total}
    wanted = [
        Candidate(cell.id, (frozenset(np.flatnonzero(cell.who & valid).tolist()),), priority)
        for priority, cell in enumerate(measure.cells)
    ]
    # Gaps are differences of unrounded means: rounding hides nothing here.
    ask = partial(protect, measure.values, atoms, k=k, scale=measure.scale, decimals=None,
                  earlier=earlier)  # fmt: skip
    shown: set[Any] = set(ask(wanted).released)
    sides = {cell.id for cell in measure.cells if cell.unit == root and not cell.part}
    parts = [c for c in wanted if c.id in shown and c.id in sides]
    if len(parts) > 1:
        whole = Candidate(total, tuple(c.parts[0] for c in parts), -1)
        kept = set(ask([*(c for c in wanted if c.id in shown), whole]).released)
        if total in kept and not {c.id for c in parts} <= kept:
            # A total over a part that is not shown itself would say more than the parts do.
            kept = shown
        shown = kept
    elif parts:
        shown.add(total)
    return shown


def scores_of(
    drafts: Sequence[Draft], root: str, k: int, invited: Mapping[tuple[str, str], int | None]
) -> tuple[Score, ...]:
    """The released scores of many measures; their intervals are computed all at once.

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
    """
    rows = [
        (draft, i)
        for draft in drafts
        for i, cell in enumerate(draft.measure.cells)
        if cell.id in draft.shown
    ]
    lines: dict[tuple[str, tuple[str, str]], Any] = {}
    for scale in {draft.measure.scale for draft, _ in rows}:
        mine = [(d, i) for d, i in rows if d.measure.scale == scale]
        people = [invited.get(d.measure.cells[i].id) for d, i in mine]
        table = mean_interval(
            [d.n[i] for d, i in mine], [d.mean[i] for d, i in mine], [d.var[i] for d, i in mine],
            [d.measure.usual for d, _ in mine],
            [np.nan if n is None else float(n) for n in people], scale,
        )  # fmt: skip
        for (d, i), line in zip(mine, table.itertuples(index=False), strict=True):
            lines[d.measure.id, d.measure.cells[i].id] = line
    return tuple(score for draft in drafts for score in _scores(draft, lines, root, k))


def _scores(draft: Draft, lines: Mapping[Any, Any], root: str, k: int) -> list[Score]:
    measure = draft.measure
    found: list[Score] = []
    sides: list[tuple[float, float, float]] = []
    for i, cell in enumerate(measure.cells):
        n = draft.n[i]
        if cell.id not in draft.shown:
            why = Why.NOBODY if n == 0 else Why.SMALL if n < k else Why.PROTECTED
            found.append(Score(measure.id, *cell.id, why, n if n >= k else None))
            continue
        line = lines[measure.id, cell.id]
        if cell.unit == root and not cell.part:
            sides.append((draft.mean[i], line.se, line.df))
        # Where nobody differs from anybody there is no spread to judge by, and no interval.
        sure = line.se > 0 or line.reason == "everyone answered"
        low, high = (_end(line.low), _end(line.high)) if sure else (None, None)
        silent = measure.silent[cell.who]
        silent = silent[np.isfinite(silent)]
        found.append(Score(
            measure.id, *cell.id, Why.SHOWN, n, tidy(draft.mean[i]), low, high,
            dont_know=round(float(silent.mean()), 2) if len(silent) >= k else None,
            everyone=line.reason == "everyone answered",
        ))  # fmt: skip
    found.append(_total(draft, found, sides, root))
    return found


def _end(value: float) -> float | None:
    return tidy(value) if np.isfinite(value) else None


def _total(
    draft: Draft, scores: Sequence[Score], sides: Sequence[tuple[float, float, float]], root: str
) -> Score:
    id = draft.measure.id
    if (root, ALL) not in draft.shown or not sides:
        whys = {s.why for s in scores if s.unit == root}
        order = (Why.PROTECTED, Why.SMALL, Why.NOBODY)
        why = Why.PROTECTED if sides else next((w for w in order if w in whys), Why.NOBODY)
        return Score(id, root, ALL, why)
    means, errors, freedom = (np.array(x) for x in zip(*sides, strict=True))
    total = total_score(means, errors, freedom, draft.measure.scale)
    whole = {cell.id for cell in draft.measure.cells if cell.unit == root and not cell.part}
    everyone = all(s.everyone for s in scores if s.shown and (s.unit, s.group) in whole)
    sure = total.se > 0 or everyone
    n = sum(s.n or 0 for s in scores if s.shown and (s.unit, s.group) in whole)
    return Score(id, root, ALL, Why.SHOWN, n, tidy(total.mean), _end(total.low) if sure else None, _end(total.high) if sure else None,
                 everyone=everyone)  # fmt: skip
