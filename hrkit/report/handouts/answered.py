"""Who answered, in a sentence a group: for the pieces that have no room for a page about it."""

from __future__ import annotations

from hrkit.report.context import Context
from hrkit.report.turnout import few, whole

__all__ = ["answered"]

#: Groups named.
MOST = 6


def answered(ctx: Context, most: int = MOST) -> tuple[str, ...]:
    """``Leaders: 64 of 81``, the two sides first; how many is left out where few answered."""
    w = ctx.words
    sides = [one.group for one in ctx.sides or ()]
    rows = sorted(
        whole(ctx), key=lambda one: sides.index(one.group) if one.group in sides else len(sides)
    )
    found = []
    for one in rows[:most]:
        group = ctx.label(one.group)
        if one.told is not None:
            found.append(w("sheets.employees.who_n", group=group, n=few(ctx, one)))
        elif one.answered is None:
            found.append(w("sheets.employees.who_few", group=group, k=ctx.released.threshold))
        elif one.invited:
            found.append(w("sheets.employees.who_of", group=group, n=one.answered, of=one.invited))
        else:
            found.append(w("sheets.employees.who_n", group=group, n=one.answered))
    return tuple(found)
