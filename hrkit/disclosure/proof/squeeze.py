"""What numbers of people follow from a unit and its neighbours in the tree at a time.

A unit has as many as stand in it directly and in the units right below it together.  So its fewest and
most bound those of its parts, and theirs its own; and whoever has a value on a measure has answered.
Passed on from unit to unit until nothing changes, the ends of each number only come closer, and what
really is always lies between them: where they meet, the number is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["squeezed"]

Floats = npt.NDArray[np.float64]

#: More than there are people anywhere.
_MANY = 10.0**6
#: How often ends are passed up and down: a tree has few levels.
_SWEEPS = 12


def squeezed(
    told: Iterable[tuple[int, tuple[int, int | None]]],
    below: Sequence[Sequence[int]],
    most: Floats,
    answered: int,
) -> tuple[Floats, Floats]:
    """The fewest and the most of every unit with all below it.

    Parameters
    ----------
    told
        What is known: place (unit by unit, in each measure by measure), fewest and most.
    below
        The units right below each; parents come before their children.
    most
        Shape (units, measures): of those who stand in each unit directly.
    answered
        The measure that is having answered at all.

    Returns
    -------
    ndarray, ndarray
        Of shape (units, measures).
    """
    low, high = np.zeros(most.shape), np.full(most.shape, _MANY)
    few, many = low.ravel(), high.ravel()
    for place, (least, largest) in told:
        few[place] = max(few[place], least)
        many[place] = min(many[place], _MANY if largest is None else largest)
    # Of those who stand in a unit directly.
    mine_low, mine_high = np.zeros(most.shape), most.copy()
    inner = [(u, list(under)) for u, under in enumerate(below) if under]
    ends = np.array([u for u, under in enumerate(below) if not under], dtype=np.intp)
    for _ in range(_SWEEPS):
        before = (high - low + mine_high - mine_low).sum()
        low[ends] = mine_low[ends] = np.maximum(low[ends], mine_low[ends])
        high[ends] = mine_high[ends] = np.minimum(high[ends], mine_high[ends])
        for u, under in reversed(inner):
            np.maximum(low[u], mine_low[u] + low[under].sum(axis=0), out=low[u])
            np.minimum(high[u], mine_high[u] + high[under].sum(axis=0), out=high[u])
        for u, under in inner:
            spare = high[u] - mine_low[u] - low[under].sum(axis=0)
            lack = low[u] - mine_high[u] - high[under].sum(axis=0)
            low[under], high[under] = (
                np.maximum(low[under], high[under] + lack),
                np.minimum(high[under], low[under] + spare),
            )
            mine_low[u], mine_high[u] = (
                np.maximum(mine_low[u], mine_high[u] + lack),
                np.minimum(mine_high[u], mine_low[u] + spare),
            )
        mine_high = np.minimum(mine_high, mine_high[:, [answered]])
        mine_low[:, answered] = mine_low.max(axis=1)
        if (high - low + mine_high - mine_low).sum() >= before:
            break
    return low, high
