"""What one number about many organisations says of a single one of them.

A *row* is the mean of some organisations' means on a dimension, seen from a side, printed to a tenth.

1. **Ten others.**  Whoever reads it is one of them at most, so a row has eleven.
2. **All but one.**  Were all the others to lay what they know side by side, every value of the last one's
   mean would still be possible, and of two that lie a point apart one at most four times as likely as the
   other: the sum of all is told with an error that is *drawn* once for a row and kept, in all versions and
   waves.  So a row is shown wherever there are eleven: one left out because of somebody's mean would tell it.
3. **Over versions and waves.**  The organisations of two rows on the same thing are the same with the same
   means, or at least six came and six (or none) went; who has another mean came and went.  Whoever
   is one of six looks at five.  And of all rows together nobody, with her own means taken out, can make up
   the sum of fewer than five (exact arithmetic, `hrkit.disclosure.proof.rowspace`).
4. **The spread** is one number over all dimensions of a side, told with a drawn error too; whether it is told
   hangs on how many organisations and rows there are.  Whoever knows everything but one mean can exclude no
   value of it.

Every organisation weighs the same, so none stands out by its size; nothing is an order, a smallest or a
largest: such a number *is* somebody's mean, or lies between those of two neighbours.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

from hrkit.disclosure.proof.rowspace import RowSpace

__all__ = [
    "APART",
    "ERROR",
    "ROW_ERROR",
    "apart_enough",
    "drawn_error",
    "drawn_for_row",
    "mean_of",
    "spread",
]

#: So many organisations have come or gone between two rows, if any.
APART = 6
#: So many tenths of a point of one organisation's mean the drawn error of a row is large, on average a little
#: less: two values a point apart are told as the same with odds of at most exp(10 / 7.5), below four, to one.
ROW_ERROR = 7.5
#: So many hundredths of a point the drawn error of the spread is large, on average a little less.
ERROR = 5.0

_TINY = 1e-9
_SYSTEM = random.SystemRandom()

#: Organisation to its printed mean.
Row = Mapping[str, float]


def _tenths(value: float) -> int:
    return round(value * 10)


def mean_of(row: Row, error: int, scale: tuple[float, float]) -> float:
    """The printed mean of a row: every organisation weighs the same.

    ``error`` are tenths that are added to the sum of all before it is rounded; nothing beyond the scale is told.
    """
    total = sum(_tenths(mean) for mean in row.values()) + error
    tenths = math.floor(total / len(row) + 0.5 + _TINY)
    return min(max(tenths, _tenths(scale[0])), _tenths(scale[1])) / 10


def apart_enough(row: Row, earlier: Sequence[Row]) -> bool:
    """Whether a row may stand beside the earlier ones about the same dimension and side."""
    now = set(row.items())
    known = [set(one.items()) for one in earlier]
    if now in known:
        return True
    for then in known:
        if 0 < len(now - then) < APART or 0 < len(then - now) < APART:
            return False
    return all(
        _nobody_else([*known, now], reader) for reader in {id for id, _ in now.union(*known)}
    )


def _nobody_else(rows: Sequence[set[tuple[str, float]]], reader: str) -> bool:
    """Whether the rows give a reader, who knows her own means, no sum of fewer than five."""
    cells: dict[tuple[bool, ...], int] = {}
    for atom in sorted(set().union(*rows)):
        if atom[0] != reader:
            where = tuple(atom in row for row in rows)
            cells[where] = cells.get(where, 0) + 1
    space = RowSpace(tuple(cells.values()))
    for i in range(len(rows)):
        space, _ = space.extended({c: 1 for c, where in enumerate(cells) if where[i]})
    return space.small_set(APART - 1) is None


def spread(rows: Mapping[str, Row], error: int = 0) -> float | None:
    """Standard deviation of organisations' means around those of their dimensions, to one decimal.

    ``error`` are hundredths that are added before it is rounded; a tenth is the least that is told.
    """
    if not rows:
        return None
    return max(1, math.floor((_hundredths(rows) + error) / 10 + 0.5)) / 10


def _hundredths(rows: Mapping[str, Row]) -> int:
    return round(100 * math.sqrt(_pooled(rows)))


def drawn_error() -> int:
    """An error of the spread, in hundredths: anything is possible, more than 15 in one case of twenty.

    Two-sided geometric, so that two values that lie a tenth apart are told as the same with odds of at most
    exp(2) to one.  Nobody can make the draw again: it comes from the system, and what was told is kept.

    Notes
    -----
    Ghosh, Roughgarden & Sundararajan 2012, "Universally utility-maximizing privacy mechanisms" (SIAM J.
    Comput. 41(6)).  One mean that moves by d moves the spread of k rows of N by d / sqrt(k N) at most.
    """
    return _geometric(ERROR) - _geometric(ERROR)


def drawn_for_row() -> int:
    """An error of a row's sum, in tenths; two-sided geometric like that of the spread."""
    return _geometric(ROW_ERROR) - _geometric(ROW_ERROR)


def _geometric(size: float) -> int:
    return math.floor(-size * math.log(1.0 - _SYSTEM.random()))


def _pooled(rows: Mapping[str, Row]) -> float:
    return sum(_variance(list(row.values())) for row in rows.values()) / len(rows)


def _variance(values: Sequence[float]) -> float:
    centre = sum(values) / len(values)
    return sum((x - centre) ** 2 for x in values) / (len(values) - 1)
