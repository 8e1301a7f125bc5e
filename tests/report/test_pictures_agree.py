"""Picture, sentence and table say the same: bands that lie apart, words that say so, intervals without zero."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from hrkit.disclosure.released import Certainty

ROOT = Path(__file__).resolve().parents[2]


def _report(claims, seed):
    rng = np.random.default_rng([7, seed])
    size, world = claims.random_world(rng)
    engagement, _ = claims.place(size)
    ((released, _),) = claims.reports(size, world, 1, rng)
    return released, engagement.instrument, engagement.root.id


@pytest.mark.parametrize("tens", range(2))
def test_no_picture_contradicts_its_words(claims, tens):
    odd = {}
    for seed in range(10 * tens, 10 * tens + 10):
        odd[seed] = claims.disagreements(*_report(claims, seed))
    assert {seed: found for seed, found in odd.items() if found} == {}


@pytest.mark.soak
def test_no_picture_of_a_thousand_contradicts_its_words(claims):
    odd = {seed: claims.disagreements(*_report(claims, seed)) for seed in range(20, 1050)}
    assert {seed: found for seed, found in odd.items() if found} == {}


def test_a_contradiction_is_seen(claims):
    for seed in range(20):
        released, instrument, root = _report(claims, seed)
        sure = [g for g in released.gaps if g.certainty is not Certainty.UNKNOWN]
        if sure:
            break
    silent = tuple(dataclasses.replace(g, certainty=Certainty.UNKNOWN) for g in released.gaps)
    assert claims.disagreements(dataclasses.replace(released, gaps=silent), instrument, root)
