"""What the kit releases of a world's answers, and what the report would claim of it.

The answers go through the product's own functions (`measures_of`, `usual_variance`, `scores_of`,
`derive`, `changes`).  The gate of small groups is replaced by its threshold alone: every group of
five or more is shown, which can only add claims.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np

from hrkit.disclosure.cells import groups_of
from hrkit.disclosure.chosen.ballots import ballots
from hrkit.disclosure.derived.chosen_since import chosen_since
from hrkit.disclosure.derived.derive import derive
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.means import decide
from hrkit.disclosure.measures import measures_of, usual_variance
from hrkit.disclosure.released import ALL, ChosenChange, Released
from hrkit.disclosure.scores import scores_of
from hrkit.disclosure.trend import alike, changes, sides_of
from hrkit.disclosure.wave import WaveAnswers
from hrkit.report.conclusions import ClaimMade, made
from made_up.answers import answered, draw_ballots, place
from made_up.worlds import Size, World

#: Threshold and answers from which a group's own spread counts.
FEW, TEN = 5, 10


def released(
    size: Size, wave: WaveAnswers, before: tuple[Released, Any] | None = None, *, gate: bool = False
) -> tuple[Released, Any]:
    """What the kit releases of a wave, with its changes since another; and its sides.

    With ``gate`` each measure is decided by `decide`; else every group of five is shown.
    """
    engagement, _ = place(size)
    root, instrument = engagement.root.id, engagement.instrument
    groups = groups_of(wave, FEW)
    usual = usual_variance(wave, groups, TEN)
    drafts = []
    for measure in measures_of(wave, engagement, groups, usual):
        if gate:
            draft = decide(measure, wave.atom, root, FEW, details=TEN)
        else:
            draft = _shown(measure, root)
        own = frozenset(
            cell.id
            for cell, n in zip(measure.cells, draft.n, strict=True)
            if cell.id in draft.shown and cell.unit == root and not cell.part and n >= TEN
        )
        drafts.append(dataclasses.replace(draft, own=own))
    chosen = ballots(wave, groups, lambda _question: TEN)
    scores = scores_of(drafts, root, FEW, {}, instrument, groups)
    derived = derive(scores, engagement, groups, chosen)
    names = {s.id for s in instrument.dimensions}
    sides = sides_of([d for d in drafts if d.measure.id in names], root)
    found = Released(
        engagement.id, "w1", instrument.id, instrument.version, False, FEW, TEN, groups,
        derived.scores, gaps=derived.gaps, bands=derived.bands, priorities=derived.priorities,
        contrasts=derived.contrasts, between=derived.between, strengths=derived.strengths,
        ballots=chosen,
    )  # fmt: skip
    if before:
        shown = {(s.measure, s.group): s for s in derived.scores if s.unit == root}
        same = alike(instrument, instrument, groups)
        moved = changes(sides, before[1], shown, before[0], groups, root, same, instrument)
        picked = chosen_since(instrument, instrument, groups, chosen, before[0])
        found = dataclasses.replace(found, changes=moved, chosen_changes=picked)
    return found, sides


def _shown(measure: Any, root: str) -> Draft:
    valid = np.isfinite(measure.values) & measure.use
    parts = [measure.values[cell.who & valid] for cell in measure.cells]
    shown = {c.id for c, v in zip(measure.cells, parts, strict=True) if len(v) >= FEW}
    nan = float("nan")
    return Draft(
        measure,
        tuple(map(len, parts)),
        tuple(float(v.mean()) if len(v) else nan for v in parts),
        tuple(float(v.var(ddof=1)) if len(v) > 1 else nan for v in parts),
        frozenset(shown | ({(root, ALL)} if shown else set())),
    )


def reports(
    size: Size, world: World, times: int, rng: np.random.Generator, *, gate: bool = False
) -> Iterator[tuple[Released, tuple[ClaimMade, ...]]]:
    """So many reports of one world, each with changes since the one before it."""
    engagement, _ = place(size)
    before = None
    for i in range(times + 1):
        before = released(size, answered(size, world, rng), before, gate=gate)
        if i:
            yield before[0], made(before[0], engagement.instrument, engagement.root.id)


def choices(
    size: Size, worlds: tuple[World, World], kept: float, times: int, rng: np.random.Generator
) -> Iterator[tuple[ChosenChange, ...]]:
    """What is compared of two waves' choices, so many times, through the gate and as it is printed.

    Parameters
    ----------
    worlds
        How the first and the second wave choose.
    kept
        Share of the people, who are the same, who choose what they chose before.
    """
    engagement, wave = place(size)
    instrument, root = engagement.instrument, engagement.root.id
    question = instrument.ballot
    assert question is not None
    j, groups = wave.column[question.key], groups_of(wave, FEW)
    given = wave.given.copy()
    given[:, j] = True
    for _ in range(times):
        first, second = (
            draw_ballots(world, question.facet.scale, len(wave), rng) for world in worlds
        )
        second = np.where(rng.random(len(wave)) < kept, first, second)
        tables = []
        for picked in (first, second):
            values = wave.values.copy()
            values[:, j] = picked
            answers = dataclasses.replace(wave, values=values, given=given)
            tables.append(ballots(answers, groups, lambda _question: TEN))
        before = Released(
            engagement.id, root, instrument.id, instrument.version, False, FEW, TEN, groups, (),
            ballots=tables[0],
        )  # fmt: skip
        yield chosen_since(instrument, instrument, groups, tables[1], before)
