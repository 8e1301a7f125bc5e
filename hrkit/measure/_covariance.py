"""Covariances of a dimension's items, whoever has answered how many of them."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from hrkit.measure._arrays import Floats, floats, ratio

__all__ = ["Missing", "covariance"]

Missing = Literal["listwise", "pairwise"]

# Respondents handled at once.
_BLOCK = 65_536


def covariance(values: npt.ArrayLike, missing: Missing) -> tuple[Floats, int]:
    """Return the covariance matrix (divisor n - 1) and the number of respondents behind it."""
    matrix = floats(values)
    if matrix.ndim != 2:
        raise ValueError(f"answers must be respondents x items, not of shape {matrix.shape}")
    if missing not in ("listwise", "pairwise"):
        raise ValueError(f"missing is 'listwise' or 'pairwise', not {missing!r}")
    items = matrix.shape[1]
    # Any point near the middle will do as origin: it costs no digits and changes no covariance.
    head = matrix[:_BLOCK]
    seen = np.isfinite(head)
    origin = ratio(np.where(seen, head, 0.0).sum(axis=0), seen.sum(axis=0))
    origin = np.where(np.isfinite(origin), origin, 0.0)
    n, sums, products = (np.zeros((items, items)) for _ in range(3))
    for start in range(0, len(matrix), _BLOCK):
        block = matrix[start : start + _BLOCK] - origin
        ok = np.isfinite(block)
        if missing == "listwise":
            block = block[ok.all(axis=1)]
            mask = np.ones_like(block)
        else:
            mask = ok.astype(np.float64)
            block[~ok] = 0.0
        n += mask.T @ mask
        sums += block.T @ mask
        products += block.T @ block
    fewest = int(n.min()) if n.size else 0
    if fewest < 2:
        return np.full(n.shape, np.nan), fewest
    # Each pair is centred at its own means: those of the respondents who have both.
    return (products - sums * sums.T / n) / (n - 1), fewest
