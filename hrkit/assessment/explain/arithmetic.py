"""Sums as they are printed: figures alone, with which anybody can do them again.

A sum is made of what is released of a group: its mean, its number of answers, and the spread that
its uncertainty rests on.  What is only a step on the way has four decimals, so that whoever does
the sum by hand comes out at the figure that is printed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hrkit.disclosure.derived.frame import Estimate, estimate, freedom
from hrkit.disclosure.released import Score
from hrkit.measure import t_critical
from hrkit.model.language import Words

__all__ = ["Part", "Sums", "part"]

#: Decimals of a step on the way to a figure.
FINE = 4


@dataclass(frozen=True, slots=True)
class Part:
    """What is released of a group, and the estimate that follows from it."""

    spread: float
    n: int
    one: Estimate

    @property
    def mean(self) -> float:
        """As printed."""
        return self.one.mean


def part(score: Score | None) -> Part | None:
    """The part a released score plays in a sum; None where it has no spread to judge by."""
    one = estimate(score)
    if one is None or score is None or score.spread is None:
        return None
    return Part(score.spread, one.n, one)


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

    def variance(self, part: Part) -> str:
        """``0.6²/64``."""
        return f"{self.number(part.spread)}²/{part.n}"

    def error(self, parts: Sequence[Part], count: int = 1) -> str:
        """``0.6/√64`` of one group, ``√(0.6²/64 + 0.7²/12)`` of several; of a mean of means divided."""
        if len(parts) == 1 and count == 1:
            return f"{self.number(parts[0].spread)}/√{parts[0].n}"
        return f"√({' + '.join(map(self.variance, parts))}){f'/{count}' if count > 1 else ''}"

    def range(self, low: float, high: float) -> str:
        """Two ends before they are rounded."""
        return f"{self.fine(low)} … {self.fine(high)}"

    def around(self, mean: float, one: Estimate, alpha: float, error: str) -> str:
        """``2.2 ± t(67; 95%) 1.9960 × 0.6/√64 = 2.0503 … 2.3497``."""
        half = t_critical(alpha, one.df) * one.se
        ends = self.range(mean - half, mean + half)
        return f"{self.number(mean)} ± {self.t(one.df, alpha)} × {error} = {ends}"

    def mean_of(self, parts: Sequence[Part]) -> str:
        """``(2.2 + 3.4)/2 = 2.8000``."""
        told = " + ".join(self.number(one.mean) for one in parts)
        value = sum(one.mean for one in parts) / len(parts)
        return f"({told})/{len(parts)} = {self.fine(value)}"

    def minus(self, second: float, first: float) -> str:
        """``2.4 − 3.3``."""
        return f"{self.number(second)} − {self.number(first)}"

    def apart(
        self,
        value: float,
        first: Estimate,
        second: Estimate,
        alpha: float,
        error: str,
    ) -> str:
        """``−0.9 ± t(84.3; 99.432%) 2.8412 × √(0.6²/64 + 0.7²/12) = −1.2 … −0.5``."""
        half = t_critical(alpha, freedom((first, second))) * math.hypot(first.se, second.se)
        told = f"{self.beyond(first, second, alpha, error, equals=False)}"
        ends = self.range(value - half, value + half)
        return f"{self.words.signed(value)} {told} = {ends}"

    def beyond(
        self, first: Estimate, second: Estimate, alpha: float, error: str, *, equals: bool = True
    ) -> str:
        """``± t(84.3; 99.432%) 2.8412 × √(0.6²/64 + 0.7²/12) = ± 0.4121``."""
        df = freedom((first, second))
        half = t_critical(alpha, df) * math.hypot(first.se, second.se)
        tail = f" = ± {self.fine(half)}" if equals else ""
        return f"± {self.t(df, alpha)} × {error}{tail}"
