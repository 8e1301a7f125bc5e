"""Made-up portfolios for the tests of benchmarks: what each organisation brings in, from a seed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np

from hrkit.disclosure.portfolio.decide import DecidedNorms, IssuedNorms, decide
from hrkit.disclosure.portfolio.entries import BroughtIn
from hrkit.disclosure.portfolio.proof import drawn_error, drawn_for_row
from hrkit.disclosure.released import Score, Why, tidy

DIMENSIONS = ("a", "b", "c", "d", "e")
SIDES = ("leader", "hr")
SCALES = dict.fromkeys(DIMENSIONS, (1.0, 5.0))


def score(measure: str, side: str, mean: float, n: int) -> Score:
    low, high = tidy(max(1, mean - 0.3)), tidy(min(5, mean + 0.3))
    return Score(measure, "", side, Why.SHOWN, n=n, mean=tidy(mean), low=low, high=high, spread=0.8)


def entry(id: str, means: dict[tuple[str, str], float], wave: str = "w1", n: int = 30) -> BroughtIn:
    figures = tuple(score(*key, mean, n) for key, mean in means.items())
    return BroughtIn(id, f"Client {id}", wave, "x", "1", figures, state="final")


def portfolio(
    rng: np.random.Generator,
    count: int,
    wave: str = "w1",
    first: int = 0,
    apart: float = 0.35,
) -> list[BroughtIn]:
    """Organisations of many sizes; of some, HR is too small."""
    found = []
    for i in range(first, first + count):
        whole = rng.normal(0, apart / 2)
        small = rng.random() < 0.1
        means = {
            (d, side): float(np.clip(3 + 0.3 * s + whole + rng.normal(0, apart), 1, 5))
            for s, side in enumerate(SIDES)
            for d in DIMENSIONS
            if not (small and s)
        }
        found.append(entry(f"o{i:02}", means, wave, int(rng.integers(6, 400))))
    return found


def again(rng: np.random.Generator, one: BroughtIn, wave: str, moved: float = 0.15) -> BroughtIn:
    """The same organisation a wave later."""
    figures = tuple(
        score(s.measure, s.group, float(np.clip(s.mean + rng.normal(0, moved), 1, 5)), s.n or 9)
        for s in one.figures
    )
    return dataclasses.replace(one, wave=wave, figures=figures)


def decided(
    entries: list[BroughtIn],
    earlier: Sequence[IssuedNorms] = (),
    wave: str = "w1",
    drawn: Callable[[], int] = drawn_error,
    row_error: Callable[[], int] = drawn_for_row,
) -> DecidedNorms:
    return decide(entries, SCALES, earlier, wave, drawn, row_error)
