"""What needs more than a mean: gaps, distributions, agreement, reliability, priorities.

Differences of means, and distances to a target, are those of the printed means: they say nothing
that is not printed anyway.

Each is made only of groups whose mean is released; distributions, deviations and test words
need ten answers, reliability a hundred.  What rests on a group's own spread needs as many changes
since it was last shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.disclosure.means import Draft
from hrkit.disclosure.released import (
    ALL,
    Agreement,
    Certainty,
    Distribution,
    Gap,
    Group,
    Priority,
    Reliability,
    Score,
    Why,
    tidy,
)
from hrkit.disclosure.wave import WaveAnswers, inside
from hrkit.measure import (
    ad_mean,
    alpha,
    difference_interval,
    hedges_g,
    holm,
    mean_interval,
    omega,
    superiority,
    welch,
)
from hrkit.measure import priorities as rank_priorities
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Section

__all__ = ["agreements", "distributions", "gaps", "priorities", "reliabilities", "signed"]

Shown = Mapping[tuple[str, str], Score]
Drafts = Mapping[str, Draft]
Floats = npt.NDArray[np.float64]

#: From so many answers a side a difference may be called clear, tested and standardised.
TEN = 10
#: From so many complete answers reliability is computed.
HUNDRED = 100
#: Significance level of "clear", over all dimensions together (Holm).
ALPHA = 0.05


def _shown(shown: Shown, measure: str, group: str) -> bool:
    score = shown.get((measure, group))
    return score is not None and score.shown


def gaps(
    drafts: Drafts, engagement: Engagement, groups: tuple[Group, ...], shown: Shown, usual: float
) -> tuple[Gap, ...]:
    """The gap between the instrument's two sides on each dimension.

    The interval is Welch's where both sides' own spread may be shown (ten answers, ten changes);
    otherwise both enter with the variance ``usual`` within groups, since a small side's own would
    give its answers away.
    """
    sides = engagement.instrument.sides
    pair = [next((g for g in groups if side in g.perspectives), None) for side in sides]
    root = engagement.root.id
    if len(pair) != 2:
        return ()
    first, second = pair
    found: list[tuple[Section, str, Gap, float]] = []
    for section in engagement.instrument.dimensions:
        names = (first.id if first else sides[0], second.id if second else sides[1])
        if first is None or second is None or first.id == second.id:
            found.append((section, "", Gap(section.id, root, *names, Why.ONE_SIDED), float("nan")))
            continue
        if not (_shown(shown, section.id, first.id) and _shown(shown, section.id, second.id)):
            hidden = [shown.get((section.id, name)) for name in names]
            whys = {s.why for s in hidden if s is not None}
            why = Why.PROTECTED if Why.PROTECTED in whys else Why.ONE_SIDED
            found.append((section, "", Gap(section.id, root, *names, why), float("nan")))
            continue
        draft = drafts[section.id]
        x, y = (draft.measure.values[draft.rows((root, name))] for name in names)
        own = all((root, name) in draft.own for name in names)
        means = [shown[section.id, name].mean or 0.0 for name in names]
        gap, p = _gap(section.id, root, names, x, y, means[1] - means[0], usual, own)
        found.append((section, "", gap, p))
    adjusted = holm([p for *_, p in found])
    return tuple(_certain(gap, float(p)) for (_, _, gap, _), p in zip(found, adjusted, strict=True))


def _gap(
    measure: str,
    root: str,
    names: tuple[str, str],
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    printed: float,
    usual: float,
    own: bool,
) -> tuple[Gap, float]:
    spread = [float(v.var(ddof=1)) for v in (y, x)]
    large = own and min(len(x), len(y)) >= TEN
    if large:
        line = welch(len(y), printed, spread[0], len(x), 0.0, spread[1]).iloc[0]
        low, high, p = float(line["low"]), float(line["high"]), float(line["p"])
    else:
        sides = mean_interval(
            [len(y), len(x)], [y.mean(), x.mean()], spread, usual, own_variance_from=10**9
        )
        low, high = _difference(printed, sides)
        p = float("nan")
    known = np.isfinite(low) and np.isfinite(high)
    effect = hedges_g(y, x) if large else None
    return (
        Gap(
            measure,
            root,
            names[0],
            names[1],
            Why.SHOWN,
            difference=signed(printed),
            low=signed(low) if known else None,
            high=signed(high) if known else None,
            certainty=Certainty.TENDS if known and (low > 0 or high < 0) else Certainty.UNKNOWN,
            g=tidy(effect.g, 2) if effect and np.isfinite(effect.g) else None,
            superiority=round(superiority(x, y), 2) if large else None,
        ),
        p,
    )


def signed(value: float) -> float:
    """Round a difference to one decimal, halves away from zero."""
    return float(np.copysign(tidy(abs(value)), value)) + 0.0


def _difference(difference: float, sides: pd.DataFrame) -> tuple[float, float]:
    """Interval of a difference from two standard errors and degrees of freedom."""
    (e1, e2), (f1, f2) = sides["se"], sides["df"]
    line = difference_interval(difference, e1, f1, 0.0, e2, f2).iloc[0]
    return float(line["low"]), float(line["high"])


def _certain(gap: Gap, adjusted: float) -> Gap:
    from dataclasses import replace

    # NaN compares false: without a test nothing is called clear.
    return replace(gap, certainty=Certainty.CLEAR) if adjusted < ALPHA else gap


def distributions(
    drafts: Drafts,
    wave: WaveAnswers,
    root: str,
    groups: tuple[Group, ...],
) -> tuple[Distribution, ...]:
    """Shares of answers to each statement, in groups of which more than a mean may be shown."""
    found = []
    for section in wave.instrument.dimensions:
        assert section.score_facet is not None
        scale = section.score_facet.scale
        for item in section.scored:
            key = section.measure(item)
            draft = drafts[key]
            for group in groups:
                cell = (root, group.id)
                values = draft.measure.values[draft.rows(cell)]
                n = len(values)
                if cell not in draft.own:
                    continue
                now = inside(wave, group) & draft.measure.use
                counts = np.bincount(
                    (values - scale.low).astype(int), minlength=scale.high - scale.low + 1
                )
                silent = draft.measure.silent[now]
                unknown = int(np.nansum(silent))
                found.append(
                    Distribution(
                        key,
                        group.id,
                        n,
                        tuple(round(float(c) / n, 2) for c in counts),
                        round(unknown / (n + unknown), 2),
                    )
                )
    return tuple(found)


def agreements(
    drafts: Drafts,
    wave: WaveAnswers,
    root: str,
    groups: tuple[Group, ...],
) -> tuple[Agreement, ...]:
    """Average deviation of each dimension's items, where the distributions of all of them are shown.

    Beside four distributions of five it would say how the fifth is spread.
    """
    found = []
    for section in wave.instrument.dimensions:
        keys = [section.measure(i) for i in wave.instrument.scored_items(section)]
        columns = [wave.column[key] for key in keys]
        draft = drafts[section.id]
        for group in groups:
            cell = (root, group.id)
            now = inside(wave, group) & draft.measure.use
            matrix = wave.turned[now][:, columns]
            answered = np.isfinite(matrix)
            asked = [key for j, key in enumerate(keys) if answered[:, j].any()]
            if not all(cell in drafts[name].own for name in (section.id, *asked)):
                continue
            matrix = matrix[:, np.isfinite(matrix).any(axis=0)]
            if not matrix.shape[1]:
                continue
            value = float(np.asarray(ad_mean(matrix, np.zeros(len(matrix), dtype=int)))[0])
            if np.isfinite(value):
                found.append(Agreement(section.id, group.id, tidy(value, 1)))
    return tuple(found)


def reliabilities(
    drafts: Drafts, wave: WaveAnswers, root: str, groups: tuple[Group, ...]
) -> tuple[Reliability, ...]:
    """α and ω of each dimension, from a hundred who answered all of its statements.

    Over the groups that are shown on it: one more in a group that is not would be one answer more.
    """
    found = []
    for section in wave.instrument.dimensions:
        items = wave.instrument.scored_items(section)
        draft = drafts[section.id]
        who = np.zeros(len(wave), dtype=bool)
        for group in groups:
            if (root, group.id) in draft.shown:
                who |= draft.rows((root, group.id))
        matrix = wave.turned[who][:, [wave.column[section.measure(i)] for i in items]]
        complete = matrix[np.isfinite(matrix).all(axis=1)]
        if len(complete) < HUNDRED or len(items) < 2:
            continue
        one = alpha(complete)
        if not np.isfinite(one.value):
            continue
        factor = omega(complete) if len(items) > 2 else None
        found.append(
            Reliability(
                section.id,
                len(complete),
                round(one.value, 2),
                round(one.low, 2),
                round(one.high, 2),
                round(factor.value, 2) if factor and np.isfinite(factor.value) else None,
            )
        )
    return tuple(found)


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    """Rows of a table by attribute; their types are known to whoever made the table."""
    return iter(table.itertuples(index=False))


def priorities(
    drafts: Drafts,
    wave: WaveAnswers,
    engagement: Engagement,
    groups: tuple[Group, ...],
    shown: Shown,
    owner: npt.NDArray[np.intp],
) -> tuple[Priority, ...]:
    """Stated importance × distance to target, where both total score and importance are released."""
    sections = [
        s
        for s in engagement.instrument.dimensions
        if s.importance
        and engagement.target(s.id) is not None
        and _shown(shown, s.id, ALL)
        and _shown(shown, s.importance.id, ALL)
    ]
    if not sections:
        return ()
    code = np.full(len(wave), -1)
    for i, group in enumerate(groups):
        code[inside(wave, group)] = i
    # Only what the released totals rest on: a group hidden on a dimension counts nowhere in it.
    root = engagement.root.id
    scores = np.column_stack([_resting(drafts[s.id], root, groups) for s in sections])
    stated = np.column_stack(
        [_resting(drafts[s.importance.id], root, groups) for s in sections if s.importance]
    )
    stated, scores, code = _people(stated, scores, code, owner)
    targets = [float(engagement.target(s.id) or 0) for s in sections]
    table = rank_priorities(stated, scores, targets, [s.id for s in sections], code)
    stated_by = {s.id: s.importance.id for s in sections if s.importance}

    def total(measure: str) -> float:
        return shown[measure, ALL].mean or 0.0

    return tuple(
        Priority(
            row.dimension,
            total(stated_by[row.dimension]),
            total(row.dimension),
            signed(row.target - total(row.dimension)),
            int(row.rank),
            round(float(row.in_top), 2) if np.isfinite(row.in_top) else None,
        )
        for row in _rows(table)
        if np.isfinite(row.priority)
    )


def _people(
    stated: Floats, scores: Floats, code: npt.NDArray[np.int_], owner: npt.NDArray[np.intp]
) -> tuple[Floats, Floats, npt.NDArray[np.int_]]:
    """One row a person, in an order that follows from what counts.

    Somebody who stands as before on some measures has two rows; resampled are people.
    """
    table = np.column_stack([stated, scores])
    for row in np.flatnonzero(owner != np.arange(len(owner))).tolist():
        first = int(owner[row])
        if code[row] == code[first]:
            table[first] = np.where(np.isnan(table[first]), table[row], table[first])
            table[row] = np.nan
    order = np.lexsort((*np.nan_to_num(table, nan=-1.0).T, code))
    order = order[np.isfinite(table[order]).any(axis=1)]
    table = table[order]
    return table[:, : stated.shape[1]], table[:, stated.shape[1] :], code[order]


def _resting(draft: Draft, root: str, groups: tuple[Group, ...]) -> npt.NDArray[np.float64]:
    """Shape (R,): the values behind a released total, NaN for everybody else."""
    who = np.zeros(len(draft.measure.values), dtype=bool)
    for group in groups:
        if (root, group.id) in draft.shown:
            who |= draft.rows((root, group.id))
    return np.where(who, draft.measure.values, np.nan)
