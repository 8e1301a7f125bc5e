"""What needs more than means: distributions, agreement, reliability.

Each is made only of groups whose mean is released; distributions and deviations need ten answers,
reliability a hundred.  What rests on a group's own spread needs as many changes since it was last
shown.  What follows from means alone is in `hrkit.disclosure.derived`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.cells import inside
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.released import ALL, Agreement, Distribution, Group, Reliability, tidy
from hrkit.disclosure.wave import WaveAnswers
from hrkit.measure import ad_mean, alpha, item_rest, omega, one_factor

__all__ = ["agreements", "distributions", "reliabilities"]

Drafts = Mapping[str, Draft]
Floats = npt.NDArray[np.float64]

#: From so many complete answers reliability is computed.
HUNDRED = 100


def distributions(
    drafts: Drafts,
    wave: WaveAnswers,
    root: str,
    groups: tuple[Group, ...],
) -> tuple[Distribution, ...]:
    """Shares of answers to each statement, in groups of which more than a mean may be shown.

    Parameters
    ----------
    drafts
        Measure to what was decided about it; ``own`` says of which cells a spread is shown.
    wave
        The answers.
    root
        The whole organisation: distributions are given of no unit.
    groups
        In which perspectives are reported.

    Returns
    -------
    tuple of Distribution
        Shares of the valid answers to two decimals, and of "don't know" among all who answered.
    """
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
    barless: Collection[tuple[str, str]] = (),
) -> tuple[Agreement, ...]:
    """Average deviation of each dimension's items, where the distributions of all of them are shown.

    Beside four distributions of five it would say how the fifth is spread.

    Parameters
    ----------
    barless
        Measures and groups whose distribution is left out for another reason than `distributions`
        knows.  The other parameters are those of `distributions`.

    Notes
    -----
    AD_M(J), the mean over items of the average deviation from the item's mean (Burke, Finkelstein
    & Dusig 1999), in points of the scale, to one decimal; see `hrkit.measure.ad_mean`.
    """
    found = []
    for section in wave.instrument.dimensions:
        draft = drafts[section.id]
        for group in groups:
            cell = (root, group.id)
            now = inside(wave, group) & draft.measure.use
            made = {key for p in group.perspectives for key in wave.made_of(section.id, p)}
            keys = [section.measure(i) for i in section.scored if section.measure(i) in made]
            matrix = wave.turned[now][:, [wave.column[key] for key in keys]]
            answered = np.isfinite(matrix)
            asked = [key for j, key in enumerate(keys) if answered[:, j].any()]
            if not all(cell in drafts[name].own for name in (section.id, *asked)):
                continue
            if any((key, group.id) in barless for key in asked):
                continue
            matrix = matrix[:, np.isfinite(matrix).any(axis=0)]
            if not matrix.shape[1]:
                continue
            value = float(np.asarray(ad_mean(matrix, np.zeros(len(matrix), dtype=int)))[0])
            if np.isfinite(value):
                found.append(Agreement(section.id, group.id, tidy(value, 1)))
    return tuple(found)


def reliabilities(
    drafts: Drafts,
    wave: WaveAnswers,
    root: str,
    groups: tuple[Group, ...],
    details: int = 10,
    barless: Collection[tuple[str, str]] = (),
) -> tuple[Reliability, ...]:
    """Reliability of each dimension, from a hundred who answered all of its statements.

    Over the groups that are shown on it: one more in a group that is not would be one answer more.
    Then of each of those groups that has a hundred by itself; not where the rest of everybody
    would be fewer than ``details``, who would stand between two figures.  A group whose number is
    told as a least on any of its statements (``barless``) is not among them: who answered all of
    them would be counted here.  Other parameters are those of `agreements`.

    Notes
    -----
    α with Feldt's interval, ω, item-rest correlations and the fit of one factor, each to two
    decimals and of complete answers only; sources in `hrkit.measure.reliability`.
    """
    found = []
    for section in wave.instrument.dimensions:
        items = wave.instrument.scored_items(section)
        draft = drafts[section.id]
        codes = np.full(len(wave), -1, dtype=np.intp)
        keys = [section.measure(item) for item in items]
        shown = [
            g
            for g in groups
            if (root, g.id) in draft.shown
            and not any((key, g.id) in barless for key in (section.id, *keys))
        ]
        for place, group in enumerate(shown):
            codes[draft.rows((root, group.id))] = place
        columns = [wave.column[key] for key in keys]
        who = codes >= 0
        matrix, codes = wave.turned[who][:, columns], codes[who]
        complete = np.asarray(np.isfinite(matrix).all(axis=1))
        whole = _reliability(section.id, ALL, keys, matrix[complete])
        if whole:
            found.append(whole)
        found += _by_group(section.id, shown, keys, matrix, codes, details)
    return tuple(found)


def _by_group(
    measure: str,
    groups: Sequence[Group],
    keys: Sequence[str],
    matrix: Floats,
    codes: npt.NDArray[np.intp],
    details: int,
) -> list[Reliability]:
    """Reliability within each group that is large enough, of the statements it was asked."""
    if len(groups) < 2:
        return []
    found, full = [], {}
    everybody = np.asarray(np.isfinite(matrix).all(axis=1))
    for place, group in enumerate(groups):
        mine = codes == place
        asked = np.isfinite(matrix[mine]).any(axis=0)
        whole = np.isfinite(matrix[mine][:, asked]).all(axis=1)
        names = [key for key, yes in zip(keys, asked.tolist(), strict=True) if yes]
        one = _reliability(measure, group.id, names, matrix[mine][:, asked][whole])
        if one:
            found.append(one)
            full[place] = int(everybody[mine].sum())
    rest = int(everybody.sum()) - sum(full.values())
    return [] if 0 < rest < details else found


def _reliability(
    measure: str, group: str, keys: Sequence[str], complete: Floats
) -> Reliability | None:
    """Reliability of complete answers; None where there are too few to say."""
    if len(complete) < HUNDRED or len(keys) < 2:
        return None
    one = alpha(complete)
    if not np.isfinite(one.value):
        return None
    factor = omega(complete) if len(keys) > 2 else None
    value = tidy(one.value, 2)
    fit = one_factor(complete) if len(keys) > 3 else None
    return Reliability(
        measure,
        len(complete),
        value,
        tidy(one.low, 2),
        tidy(one.high, 2),
        _two(factor.value) if factor else None,
        group,
        tuple(
            (key, math.copysign(tidy(abs(float(r)), 2), float(r)))
            for key, r in zip(keys, item_rest(complete), strict=True)
            if np.isfinite(r)
        ),
        _two(fit.cfi) if fit else None,
        _two(fit.srmr) if fit else None,
    )


def _two(value: float) -> float | None:
    return tidy(value, 2) if np.isfinite(value) else None
