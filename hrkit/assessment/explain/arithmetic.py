"""Sums as they are printed: figures alone, with which anybody can do them again.

A sum is made of what is released of a group: its mean, its number of answers, and the spread that
its uncertainty rests on.  A standard error counts that the mean is rounded, and a comparison of
means half a printed step more (`hrkit.disclosure.derived.frame`).  What is only a step on the way has four decimals, so that whoever does
the sum by hand comes out at the figure that is printed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hrkit.disclosure.derived.frame import STEP, Estimate, estimate, freedom
from hrkit.disclosure.released import Score
from hrkit.measure import t_critical
from hrkit.model.language import Words

__all__ = ["Addend", "Sums", "between", "part"]

#: Decimals of a step on the way to a figure.
FINE = 4


@dataclass(frozen=True, slots=True)
class Addend:
    """What is released of a group, and the estimate that follows from it.

    ``units`` is None where the spread counts people alone.
    """

    spread: float
    n: int
    one: Estimate
    units: int | None = None

    @property
    def mean(self) -> float:
        """As printed."""
        return self.one.mean


def part(score: Score | None) -> Addend | None:
    """The part a released score plays in a sum; None where it has no spread to judge by."""
    one = estimate(score)
    if one is None or score is None or score.spread is None:
        return None
    return Addend(score.spread, one.n, one, score.units)


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums in one language."""

    words: Words

    def number(self, value: float, decimals: int = 1) -> str:
        """A number as the language writes it."""
        return self.words.number(value, decimals)

    def fine(self, value: float) -> str:
        """A step on the way."""
        return self.words.number(value, FINE)

    def level(self, alpha: float) -> str:
        """``95%``, ``99.432%``: the certainty at which a comparison is made."""
        decimals = 0 if math.isclose(alpha, 0.05) else 3
        return self.words.percent(1 - alpha, decimals)

    def family(self, page: float, comparisons: int, alpha: float) -> str:
        """How many comparisons make a level: ``0.95^(1/9) = 99.432%``."""
        base = self.number(1 - page, 3 if round(1 - page, 2) != 1 - page else 2)
        return f"{base}^(1/{comparisons}) = {self.level(alpha)}"

    def t(self, df: float, alpha: float) -> str:
        """``t(67; 95%) 1.9960``."""
        if math.isinf(df):
            degrees = "∞"
        else:
            degrees = self.number(df, 0 if math.isclose(df, round(df)) else 1)
        return f"t({degrees}; {self.level(alpha)}) {self.fine(t_critical(alpha, df))}"

    @property
    def rounding(self) -> str:
        """``0.1²/12``: the variance of what rounding a mean adds or takes."""
        return f"{self.number(0.1)}²/12"

    @property
    def step(self) -> str:
        """``0.05``: half a printed step."""
        return self.number(STEP, 2)

    def variance(self, part: Addend) -> str:
        """``0.6²/64``: without the rounding of the mean."""
        return f"{self.number(part.spread)}²/{part.n}"

    def squared(self, parts: Sequence[Addend]) -> str:
        """``0.6²/64 + 0.7²/12 + 2 × 0.1²/12``: of as many printed means as there are parts."""
        rounding = f"{len(parts)} × {self.rounding}" if len(parts) > 1 else self.rounding
        return " + ".join([*map(self.variance, parts), rounding])

    def sampling(self, part: Addend) -> str:
        """``0.6/√64``: without the rounding of the mean, where half a step counts it in full."""
        return f"{self.number(part.spread)}/√{part.n}"

    def error(self, parts: Sequence[Addend]) -> str:
        """``√(0.6²/64 + 0.1²/12)`` of one mean, ``√(0.6²/64 + 0.7²/12 + 2 × 0.1²/12)`` of two apart."""
        return f"√({self.squared(parts)})"

    def error_of_mean(self, squared: str, count: int) -> str:
        """``√((0.6²/64 + 0.7²/12 + 2 × 0.1²/12)/2² + 0.1²/12)``: a mean of means is rounded, too."""
        return f"√(({squared})/{count}² + {self.rounding})" if count > 1 else f"√({squared})"

    def shared(self, old: Addend, new: Addend, people: int, together: float) -> str:
        """What linked people take off a squared error: ``2 × 0.4 × √(…) × √(…) × 40/√(64 × 60)``."""
        two = f"{self.error([old])} × {self.error([new])}"
        r = self.number(together).replace("-", "−")
        return f"2 × {r} × {two} × {people}/√({old.n} × {new.n})"

    def clustered(self, parts: Sequence[Addend]) -> list[str]:
        """Of every part whose spread counts units, how many its degrees of freedom come from."""
        return [
            self.words("explain.clustered", part=self.variance(one), units=one.units)
            for one in parts
            if one.units is not None
        ]

    def range(self, low: float, high: float) -> str:
        """Two ends before they are rounded."""
        return f"{self.fine(low)} … {self.fine(high)}"

    def around(self, mean: float, one: Estimate, alpha: float, error: str) -> str:
        """``2.2 ± t(67; 95%) 1.9960 × √(0.6²/64 + 0.1²/12) = 2.0396 … 2.3604``."""
        half = t_critical(alpha, one.df) * one.se
        ends = self.range(mean - half, mean + half)
        return f"{self.number(mean)} ± {self.t(one.df, alpha)} × {error} = {ends}"

    def mean_of(self, parts: Sequence[Addend]) -> str:
        """``(2.2 + 3.4)/2 = 2.8000``."""
        told = " + ".join(self.number(one.mean) for one in parts)
        value = sum(one.mean for one in parts) / len(parts)
        return f"({told})/{len(parts)} = {self.fine(value)}"

    def minus(self, second: float, first: float) -> str:
        """``2.4 − 3.3``."""
        return f"{self.number(second)} − {self.number(first)}"

    def apart(self, value: float, by: Estimate, alpha: float, error: str) -> str:
        """``−0.9 ± (0.05 + t(84.3; 99.432%) 2.8412 × √(…)) = −1.5371 … −0.2629``."""
        half = STEP + t_critical(alpha, by.df) * by.se
        ends = self.range(value - half, value + half)
        return f"{self.words.signed(value)} {self._half(by.df, alpha, error)} = {ends}"

    def beyond(self, by: Estimate, alpha: float, error: str) -> str:
        """``± (0.05 + t(84.3; 99.432%) 2.8412 × √(…)) = ± 0.4621``."""
        half = STEP + t_critical(alpha, by.df) * by.se
        return f"{self._half(by.df, alpha, error)} = ± {self.fine(half)}"

    def _half(self, df: float, alpha: float, error: str) -> str:
        return f"± ({self.step} + {self.t(df, alpha)} × {error})"


def between(first: Addend, second: Addend) -> Estimate:
    """Second minus first, of different people, with its standard error."""
    a, b = first.one, second.one
    return Estimate(b.mean - a.mean, math.hypot(a.se, b.se), freedom((a, b)), min(a.n, b.n))
