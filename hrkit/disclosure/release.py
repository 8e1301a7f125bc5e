"""From a wave's raw answers to the tables that may be shown: the one door.

``release(engagement, wave)`` opens the store, measures, decides measure by measure what may
be published (`protect`) and rounds it.  What comes out is a `Released`; what went in stays here.

For each dimension the candidates are, in this order of importance: each perspective in the
whole organisation, the mean over perspectives, then each perspective in each unit from the
top of the tree down.  Statements and importance ratings are wanted for the whole organisation
only.  The mean over perspectives rests on the perspectives that are released.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.details import agreements, distributions, gaps, priorities, reliabilities
from hrkit.disclosure.protect import Candidate, Reason, protect
from hrkit.disclosure.released import (
    ALL,
    Band,
    Comment,
    Group,
    Released,
    Score,
    Turnout,
    Why,
)  # fmt: skip
from hrkit.disclosure.wave import Wave, groups_of, section_items, wave_of
from hrkit.measure import level_band, mean_interval, moments, total_score
from hrkit.model.engagement import Engagement

__all__ = ["release", "release_wave"]

Floats = npt.NDArray[np.float64]


def release(engagement: Engagement, wave: str) -> Released:
    """Everything of one wave that may be shown.

    Parameters
    ----------
    engagement
        Its store is opened and read; nothing is written.
    wave
        Id of the wave.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    from hrkit.answers.store import open_store

    with open_store(engagement) as store:
        responses = store.read(wave)
        frozen = store.frozen(wave)
        cleared = {comment.id: comment for comment in engagement.comments}
        texts = store.comments(wave) if cleared else None
    units = [unit.id for unit in engagement.units]
    data = wave_of(responses, engagement.instrument, units)
    comments: tuple[Comment, ...] = ()
    if texts is not None and len(data) >= engagement.protection.details:
        rows: list[Any] = list(texts.itertuples(index=False))
        comments = tuple(
            Comment(row.item, cleared[row.id].theme, cleared[row.id].text or row.text)
            for row in sorted(rows, key=lambda row: (row.item, row.text))
            if row.id in cleared
        )
    return release_wave(data, engagement, wave, frozen=frozen, comments=comments)


def release_wave(
    wave: Wave,
    engagement: Engagement,
    id: str,
    *,
    frozen: Any = None,
    comments: tuple[Comment, ...] = (),
) -> Released:
    """Release a wave that is in memory already; see `release`."""
    k = engagement.protection.scores
    groups = groups_of(wave, k)
    scores: list[Score] = []
    bands: list[Band] = []
    usual = usual_variance(wave, groups)
    for d, section in enumerate(engagement.instrument.dimensions):
        assert section.score_facet is not None
        scale = section.score_facet.scale
        found = _Measure(
            section.id,
            wave.scores.score[:, d],
            _dont_know(wave, d),
            (float(scale.low), float(scale.high)),
            usual["dimension"],
        ).release(wave, engagement, id, groups, units=True)
        scores += found
        if engagement.instrument.has_grid:
            bands.append(_band(found, engagement, groups))
    for _, item, key in section_items(engagement.instrument):
        facet = item.facets[0] if len(item.facets) == 1 else engagement.instrument.keys[key].facet
        j = wave.column[key]
        asked = wave.asked[wave.perspective, j]
        silent = np.where(asked & wave.given[:, j], np.isnan(wave.values[:, j]), np.nan).astype(
            float
        )
        scores += _Measure(
            key,
            wave.turned[:, j],
            silent,
            (float(facet.scale.low), float(facet.scale.high)),
            usual[item.role],
        ).release(wave, engagement, id, groups, units=False)
    shown = {(s.measure, s.group): s for s in scores if s.unit == engagement.root.id}
    details = engagement.protection.details
    return Released(
        engagement=engagement.id,
        wave=id,
        instrument=engagement.instrument.id,
        version=engagement.instrument.version,
        draft=frozen is None,
        threshold=k,
        details=details,
        groups=groups,
        scores=tuple(scores),
        gaps=gaps(wave, engagement, groups, shown, usual["dimension"]),
        bands=tuple(bands),
        distributions=distributions(wave, groups, shown, details),
        agreements=agreements(wave, groups, shown, details),
        turnout=_turnout(wave, engagement, id, groups, k),
        reliability=reliabilities(wave),
        priorities=priorities(wave, engagement, groups, shown),
        comments=comments,
        frozen=frozen,
    )


def _dont_know(wave: Wave, d: int) -> Floats:
    """Shape (R,): share of "don't know" among what each was asked and answered in a dimension."""
    answered = (wave.scores.valid[:, d] + wave.scores.dont_know[:, d]).astype(float)
    return np.divide(wave.scores.dont_know[:, d], answered, out=np.full(len(answered), np.nan),
                     where=answered > 0)  # fmt: skip


def masks(wave: Wave, groups: tuple[Group, ...]) -> Mapping[str, npt.NDArray[np.bool_]]:
    """Group id to the respondents in it, shape (R,)."""
    place = {name: i for i, name in enumerate(wave.perspectives)}
    return {
        group.id: np.isin(wave.perspective, [place[name] for name in group.perspectives])
        for group in groups
    }


def usual_variance(wave: Wave, groups: tuple[Group, ...]) -> Mapping[str, float]:
    """Variance usual within a group: of dimension scores, statements and importance ratings.

    Pooled over all groups *and* all measures of the kind, so that from an interval of a small
    group nobody learns how that group's own answers are spread on this one measure.
    """
    inside = masks(wave, groups)
    roles = {key: item.role for _, item, key in section_items(wave.instrument)}
    tables = {"dimension": wave.scores.score} | {
        role: wave.turned[:, [wave.column[key] for key, its in roles.items() if its == role]]
        for role in set(roles.values())
    }
    found = {}
    for kind, table in tables.items():
        squares, freedom = 0.0, 0
        for who in inside.values():
            spread = moments(table[who], np.zeros(int(who.sum()), dtype=int), 1)
            squares += float(spread.m2.sum())
            freedom += int(np.maximum(spread.n - 1, 0).sum())
        found[kind] = squares / freedom if freedom else float("nan")
    return found


class _Measure:
    """One measure on its way from answers to released scores."""

    def __init__(
        self, id: str, values: Floats, silent: Floats, scale: tuple[float, float], usual: float
    ) -> None:
        self.id, self.values, self.silent, self.scale, self.usual = id, values, silent, scale, usual

    def release(
        self, wave: Wave, engagement: Engagement, id: str, groups: tuple[Group, ...], units: bool
    ) -> list[Score]:
        inside = masks(wave, groups)
        valid = np.isfinite(self.values)
        places = [engagement.root.id]
        if units:
            places += _top_down(engagement)
        cells: dict[tuple[str, str], npt.NDArray[np.bool_]] = {}
        for unit in places:
            here = _in_unit(wave, engagement, unit)
            for group in groups:
                who = here & inside[group.id]
                if who.any():
                    cells[unit, group.id] = who
        k = engagement.protection.scores
        wanted = [
            Candidate(cell, (frozenset(np.flatnonzero(who & valid).tolist()),), priority)
            for priority, (cell, who) in enumerate(cells.items())
        ]
        # Gaps are differences of unrounded means: rounding hides nothing here.
        ask = partial(protect, self.values, wave.atom, k=k, scale=self.scale, decimals=None)
        decision = ask(wanted)
        shown = set(decision.released)
        root = engagement.root.id
        parts = [c for c in wanted if c.id in shown and c.id[0] == root]  # type: ignore[index]
        total = (root, ALL)
        if len(parts) > 1:
            # Asked for last: the total rests on what is released, and must not undo it.
            whole = Candidate(total, tuple(c.parts[0] for c in parts), -1)
            shown = set(ask([*(c for c in wanted if c.id in shown), whole]).released)
        elif len(parts) == 1:
            shown.add(total)
        return self._scores(wave, engagement, id, groups, cells, shown, valid)

    def _scores(
        self, wave: Wave, engagement: Engagement, id: str, groups: tuple[Group, ...],
        cells: Mapping[tuple[str, str], npt.NDArray[np.bool_]], shown: set[Any],
        valid: npt.NDArray[np.bool_],
    ) -> list[Score]:  # fmt: skip
        k, root = engagement.protection.scores, engagement.root.id
        perspectives = {g.id: g.perspectives for g in groups}
        result: list[Score] = []
        intervals: dict[str, Any] = {}
        for (unit, group), who in cells.items():
            here = who & valid
            n = int(here.sum())
            if (unit, group) not in shown:
                why = Why.NOBODY if n == 0 else Why.SMALL if n < k else Why.PROTECTED
                result.append(Score(self.id, unit, group, why, n if n >= k else None))
                continue
            values = self.values[here]
            invited = engagement.invited_to(id, unit, perspectives[group])
            line = mean_interval(
                n, values.mean(), values.var(ddof=1) if n > 1 else np.nan, self.usual, invited,
                self.scale,
            ).iloc[0]  # fmt: skip
            if unit == root:
                intervals[group] = (float(values.mean()), float(line["se"]), float(line["df"]))
            known = np.isfinite(line["low"]) and np.isfinite(line["high"])
            silent = self.silent[who]
            silent = silent[np.isfinite(silent)]
            result.append(Score(
                self.id, unit, group, Why.SHOWN, n, tidy(values.mean()),
                tidy(line["low"]) if known else None, tidy(line["high"]) if known else None,
                dont_know=round(float(silent.mean()), 2) if len(silent) >= k else None,
                everyone=line["reason"] == "everyone answered",
            ))  # fmt: skip
        result.append(self._total(root, shown, intervals, result))
        return result

    def _total(
        self, root: str, shown: set[Any], intervals: Mapping[str, Any], scores: list[Score]
    ) -> Score:
        if (root, ALL) not in shown:
            whys = [s.why for s in scores if s.unit == root]
            order = (Why.PROTECTED, Why.SMALL, Why.NOBODY)
            why = next((w for w in order if w in whys), Why.NOBODY)
            if len(intervals) > 1:
                why = Why.PROTECTED
            return Score(self.id, root, ALL, why)
        means, errors, freedom = (np.array(x) for x in zip(*intervals.values(), strict=True))
        total = total_score(means, errors, freedom, self.scale)
        known = np.isfinite(total.low) and np.isfinite(total.high)
        n = sum(s.n or 0 for s in scores if s.unit == root and s.shown)
        return Score(
            self.id, root, ALL, Why.SHOWN, n, tidy(total.mean),
            tidy(total.low) if known else None, tidy(total.high) if known else None,
            everyone=bool(total.se == 0),
        )  # fmt: skip


def tidy(value: float, decimals: int = 1) -> float:
    """Round as printed: halves up, a half that binary misses by a hair included."""
    return float(np.floor(value * 10**decimals + 0.5 + 1e-9) / 10**decimals)


def _top_down(engagement: Engagement) -> list[str]:
    """Units below the root, those nearest to it first."""
    found = [engagement.root.id]
    for id in found:
        found += [unit.id for unit in engagement.units if unit.parent == id]
    return found[1:]


def _in_unit(wave: Wave, engagement: Engagement, unit: str) -> npt.NDArray[np.bool_]:
    if unit == engagement.root.id:
        return np.ones(len(wave), dtype=bool)
    inside = set(engagement.within(unit))
    return np.isin(wave.unit, [i for i, name in enumerate(wave.units) if name in inside])


def _band(scores: list[Score], engagement: Engagement, groups: tuple[Group, ...]) -> Band:
    root = engagement.root.id
    total = next(s for s in scores if s.unit == root and s.group == ALL)
    if not total.shown or total.mean is None:
        return Band(total.measure, total.why)
    sides = {
        s.group: (s.low, s.high)
        for s in scores
        if s.unit == root and s.group in engagement.instrument.sides and s.shown
        and s.low is not None and s.high is not None
    }  # fmt: skip
    nan = float("nan")
    found = level_band(
        total.mean,
        total.low if total.low is not None else nan,
        total.high if total.high is not None else nan,
        sides,
    )
    return Band(total.measure, Why.SHOWN, found.low, found.high, found.held_back,
                str(found.by[0]) if found.by else "")  # fmt: skip


def _turnout(
    wave: Wave, engagement: Engagement, id: str, groups: tuple[Group, ...], k: int
) -> tuple[Turnout, ...]:
    found = []
    inside = masks(wave, groups)
    for group in groups:
        n = int(inside[group.id].sum())
        invited = engagement.invited_to(id, engagement.root.id, group.perspectives)
        found.append(Turnout(engagement.root.id, group.id, n if n == 0 or n >= k else None,
                             invited if invited is not None and invited >= n else None))  # fmt: skip
    return tuple(found)


_REASONS = {Reason.SMALL: Why.SMALL, Reason.PROTECTED: Why.PROTECTED}
