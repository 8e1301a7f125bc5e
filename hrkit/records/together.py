"""What is counted of open lines, so that no two printings tell the lines of one pair apart.

A count that is printed again with one line more tells that line.  So lines are taken in together:
those of a day, with those that wait from before, only where they are enough by themselves.  What
is counted follows from the lines and their days alone, whenever and however often it is printed;
lines of one day are one batch, and whoever prints twice on the day on which lines come in is not
guarded against.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from hrkit.records.values import OpenLine

__all__ = ["Enough", "taken_together"]

#: Whether lines may be counted, given those that were counted before.
Enough = Callable[[Sequence[OpenLine], Sequence[OpenLine]], bool]
#: Lines by round, scope and row.
_Lines = dict[tuple[str, str, str], OpenLine]


def taken_together(past: Sequence[tuple[str, OpenLine]], enough: Enough) -> tuple[OpenLine, ...]:
    """The lines that are counted, of all that were ever kept.

    Parameters
    ----------
    past
        Every version of every line with its day, in the order kept: `Records.past`, of one sheet.
    enough
        Of lines that were counted once (none at first), and those to be counted: whether they may be.
    """
    earlier: list[_Lines] = [{}]
    standing: _Lines = {}
    for _, lines in groupby(past, key=lambda one: one[0]):
        for _, line in lines:
            standing[line.wave, line.scope, line.row] = line
        # Not the last printing alone: what was changed and changed back would show beside an older one.
        now = tuple(standing.values())
        if standing not in earlier and all(enough(tuple(one.values()), now) for one in earlier):
            earlier.append(dict(standing))
    return tuple(one for one in earlier[-1].values() if one)
