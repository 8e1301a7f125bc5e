"""How a number is rounded wherever it is written: as people do."""

from __future__ import annotations

import math

__all__ = ["half_up"]


def half_up(value: float, decimals: int = 0) -> float:
    """Round a half away from zero (2.25 is 2.3), also where binary falls short by a hair.

    Parameters
    ----------
    value
        Finite.
    decimals
        Digits that stay behind the separator.
    """
    scale = 10.0**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)
