"""What needs more than means: distributions, agreement, reliability.

Each is made only of groups whose mean is released; distributions and deviations need ten answers,
reliability a hundred.  What rests on a group's own spread needs as many changes since it was last
shown.  What follows from means alone is in `hrkit.disclosure.derived`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hrkit.disclosure.means import Draft
from hrkit.disclosure.released import Agreement, Distribution, Group, Reliability, tidy
from hrkit.disclosure.wave import WaveAnswers, inside
from hrkit.measure import ad_mean, alpha, omega

__all__ = ["agreements", "distributions", "reliabilities"]

Drafts = Mapping[str, Draft]

#: From so many complete answers reliability is computed.
HUNDRED = 100


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
                        tuple(tidy(float(c) / n, 2) for c in counts),
                        tidy(unknown / (n + unknown), 2),
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
                tidy(one.value, 2),
                tidy(one.low, 2),
                tidy(one.high, 2),
                tidy(factor.value, 2) if factor and np.isfinite(factor.value) else None,
            )
        )
    return tuple(found)
