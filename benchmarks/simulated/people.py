"""Made-up people who answer five statements each on a scale of 1 to 5.

A person has a tendency, a statement has a difficulty, and what is answered is the rounded sum of
both and some noise, cut to the scale; so the exact distribution of answers and scores is known
(`pmf`), and with it the truth every interval is held against.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy import optimize, special

from hrkit import measure
from simulated.run import Floats

SHIFTS = np.array([-0.4, -0.2, 0.0, 0.2, 0.4])
NOISE = 0.75
GRID = 1000


@dataclass(frozen=True)
class Population:
    """People who may answer.

    Attributes
    ----------
    centre, spread
        Middle and standard deviation of people's tendencies.
    shape
        "normal"; "skewed", with a tail of unhappy people; "camps", two halves that differ.
    """

    centre: float = 3.2
    spread: float = 0.75
    shape: Literal["normal", "skewed", "camps"] = "normal"

    def tendency(self, u: Floats) -> Floats:
        """Tendency of the person who stands at share `u` of all."""
        if self.shape == "skewed":
            unit = 1 + np.log(u)
        elif self.shape == "camps":
            within = special.ndtri(np.where(u < 0.5, 2 * u, 2 * u - 1))
            unit = (np.where(u < 0.5, -1.0, 1.0) + 0.3 * within) / np.sqrt(1.09)
        else:
            unit = special.ndtri(u)
        return np.asarray(self.centre + self.spread * unit)


def chances(population: Population) -> Floats:
    """Chance of each answer 1-5 given the tendency: (tendencies, items, options)."""
    tendency = population.tendency((np.arange(GRID) + 0.5) / GRID)
    at = tendency[:, None, None] + SHIFTS[:, None]
    upto = special.ndtr((np.array([1.5, 2.5, 3.5, 4.5]) - at) / NOISE)
    return np.diff(upto, axis=-1, prepend=0.0, append=1.0)


SCORES = np.arange(5, 26) / 5


@lru_cache(maxsize=512)
def pmf(population: Population) -> Floats:
    """Exact chance of each score 1.0, 1.2 ... 5.0."""
    options = chances(population)
    total = np.ones((GRID, 1))
    for item in range(len(SHIFTS)):
        longer = np.zeros((GRID, total.shape[1] + 4))
        for answer in range(5):
            longer[:, answer : answer + total.shape[1]] += total * options[:, item, [answer]]
        total = longer
    return np.asarray(total.mean(axis=0))


def true_mean(population: Population) -> float:
    """Exact mean of the scores."""
    return float(pmf(population) @ SCORES)


def true_sd(population: Population) -> float:
    """Exact standard deviation of the scores."""
    return float(np.sqrt(pmf(population) @ SCORES**2 - true_mean(population) ** 2))


@lru_cache(maxsize=512)
def people(
    mean: float, sd: float, shape: Literal["normal", "skewed", "camps"] = "normal"
) -> Population:
    """Find the population whose scores have this mean and standard deviation."""

    def miss(at: Floats) -> list[float]:
        found = Population(float(at[0]), abs(float(at[1])), shape)
        return [true_mean(found) - mean, true_sd(found) - sd]

    at = optimize.root(miss, [mean, sd], tol=1e-6).x
    return Population(float(at[0]), abs(float(at[1])), shape)


def answer(tendency: Floats, rng: np.random.Generator, items: int = 5) -> Floats:
    """Let each person answer: shape (..., items)."""
    shifts = np.resize(SHIFTS, items)
    latent = tendency[..., None] + shifts + rng.normal(0, NOISE, (*tendency.shape, items))
    return np.asarray(np.clip(np.rint(latent), 1, 5))


def score(answers: Floats, items: int = 5) -> Floats:
    """Scores of respondents on every five items: the last axis becomes the dimension."""
    flat = answers.reshape(-1, answers.shape[-1])
    member = np.arange(flat.shape[1]) // items
    found = measure.scores_from_matrix(flat, None, member).score
    return found.reshape(*answers.shape[:-1], found.shape[1])


def draw(population: Population, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Scores of people drawn at random."""
    return score(answer(population.tendency(rng.random(shape)), rng))[..., 0]


def family(
    levels: Sequence[float], sd: float, shape: tuple[int, ...], rng: np.random.Generator
) -> Floats:
    """Scores on several dimensions, correlated within a person: (*shape, dimensions)."""
    found = [people(level, sd) for level in levels]
    own = rng.normal(size=(*shape, 1))
    mixed = np.sqrt(0.6) * own + np.sqrt(0.4) * rng.normal(size=(*shape, len(levels)))
    tendency = np.array([p.centre for p in found]) + np.array([p.spread for p in found]) * mixed
    return score(answer(tendency, rng).reshape(*shape, -1))
