"""One factor by Newton's steps and by a search within bounds: the same, and where the steps give way."""

from __future__ import annotations

import numpy as np

from hrkit.measure import factor


def correlations(seed: int, items: int, people: int, *, rounded: bool) -> np.ndarray:
    rng = np.random.default_rng(seed)
    load = rng.uniform(0.35, 0.85, items)
    answers = rng.normal(size=(people, 1)) * load
    answers = answers + rng.normal(size=(people, items)) * np.sqrt(1 - load**2)
    answers = np.clip(np.rint(3 + answers), 1, 5) if rounded else answers
    return np.corrcoef(answers.T)


def test_steps_and_search_find_the_same_factor() -> None:
    found = 0
    for seed in range(40):
        r = correlations(seed, 3 + seed % 4, 100 + seed, rounded=seed % 2 == 0)
        start = np.log(np.clip(0.75 / np.diag(np.linalg.inv(r)), 0.01, 0.99))
        x = factor._stepped(r, start)
        if x is None:
            continue
        found += 1
        y, arrived = factor._searched(r, start)
        assert arrived and np.abs(np.exp(x) - np.exp(y)).max() < 1e-7
        assert np.abs(factor._discrepancy(r, x)[1]).max() < 1e-8
    assert found > 35


def test_a_uniqueness_that_would_be_none_is_searched_within_bounds() -> None:
    """A Heywood case: the steps lead out of the bounds, and the search stops there."""
    r = np.array([[1.0, 0.9, 0.6], [0.9, 1.0, 0.4], [0.6, 0.4, 1.0]])
    start = np.log(np.clip(0.75 / np.diag(np.linalg.inv(r)), 0.01, 0.99))
    assert factor._stepped(r, start) is None
    load, psi, _ = factor.fit_ml(r)
    assert psi.min() < 1.1e-4 and np.isfinite(load).all()
