"""What a run is, and what an experiment gives back."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SEED = 20_261_121
#: Level of one comparison alone.
FIVE = 0.05
#: Size of the run that the test suite repeats.
REDUCED = 0.02
Floats = npt.NDArray[np.float64]
Cell = str | int | float


@dataclass(frozen=True)
class Run:
    """Seed and size of a run; every experiment has random numbers of its own."""

    size: float = 1.0
    seed: int = SEED

    def times(self, full: int) -> int:
        """Number of repetitions, at least six."""
        return max(6, round(full * self.size))

    def rng(self, name: str) -> np.random.Generator:
        """Random numbers that do not depend on which experiment runs first."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])


@dataclass(frozen=True)
class Table:
    """What an experiment found: columns, rows as printed, and how to read it in a sentence."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    reading: str


def pct(share: npt.ArrayLike, decimals: int = 1) -> float:
    """Return a share (or the mean of yes and no) in per cent."""
    return round(100 * float(np.mean(np.asarray(share, dtype=float))), decimals)


def num(value: npt.ArrayLike, decimals: int = 2) -> float:
    """Return a mean, rounded."""
    return round(float(np.mean(np.asarray(value, dtype=float))), decimals) + 0.0
