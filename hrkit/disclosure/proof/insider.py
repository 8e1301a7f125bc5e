"""What may be published against readers who know one answer of every group.

A member of a group of six who takes their own answer from the group's total has the total of five
others.  Here every such reader is allowed for, and all of them at once: whoever reads may know one
answer in *every* cell, whichever it is.

The argument holds for published groups of which any two share nobody or lie one within the other
(a unit in an area in the whole): a group that crosses another is withheld.  Then what is published
says the totals of disjoint *cells* (a group without the published groups in it), and nothing else,
so that each cell can be looked at by itself: cells vary freely, and what is known in one says
nothing of another.  Of a cell of ``n`` people with the total ``T``, one of whom gave ``v``, a set of
``s`` others can have any mean between ::

    max(low, (T - v - high * (n - 1 - s)) / s)   and   min(high, (T - v - low * (n - 1 - s)) / s)

Both ends move one way with ``v`` until they meet an end of the scale; the width between them is a
concave function of ``v``, so that it is least for the lowest or the highest answer in the cell, and
no other has to be tried.  A cell stands if ``n - 1`` are at least as many as the threshold asks of
groups that a stranger reads, and every single person and every set that has a name keeps a width of
`margin`.

Not covered: sets that have no name (four of the five others of a group with a mean of 4.8 have
nearly that mean, whoever they are), and readers who know two or more answers of one cell.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["against_insiders", "narrowest"]

_TINY = 1e-9

Rows = frozenset[int]


def narrowest(
    values: npt.NDArray[np.float64], s: int, scale: tuple[float, float], step: float = 0.0
) -> float:
    """The least width that the mean of some of a cell keeps, whichever one answer is known.

    Parameters
    ----------
    values
        Answers of the cell, n of them.
    s
        How many others, from 1 to n - 1.
    scale
        Lowest and highest answer.
    step
        Answers are multiples of it from the lowest; 0 where they may be anything.
    """
    low, high = scale
    rest = len(values) - 1 - s
    total, least = float(values.sum()), high - low
    for known in (float(values.min()), float(values.max())):
        left = total - known
        ends = max(low * s, left - high * rest), min(high * s, left - low * rest)
        width = (ends[1] - ends[0]) / s
        if step:
            count = np.floor((ends[1] - low * s) / step + 1e-6)
            count -= np.ceil((ends[0] - low * s) / step - 1e-6)
            width = float(count) * step / s
        least = min(least, width)
    return max(least, 0.0)


def against_insiders(
    values: npt.NDArray[np.float64],
    wanted: Sequence[tuple[Hashable, Rows]],
    named: Iterable[Rows],
    k: int,
    scale: tuple[float, float],
    *,
    out: Iterable[Rows] = (),
    people: Mapping[int, int] | None = None,
    margin: float = 1.0,
) -> frozenset[Hashable]:
    """Which of some groups may be published.

    Parameters
    ----------
    values
        Answers by row; NaN where there is none any more.
    wanted
        Names and rows, most important first.
    named
        Sets of people that have a name: the finest groups, and groups that are withheld.
    k
        The fewest people of a cell, the one who reads among them.
    scale
        Lowest and highest answer.
    out
        Groups that were published before.
    people
        Row to another of the same person.
    margin
        Width below which a mean counts as known.
    """
    same = dict(people or {})
    family = list(dict.fromkeys(part for part in out if part))
    known = set(family)
    if not _nested(family, same) or not _stand(family, (), values, named, k, scale, margin):
        # What is out already leaves too much open to say anything but that again.
        return frozenset(name for name, rows in wanted if rows in known)
    found: list[Hashable] = []
    few = [rows for rows in named if rows]
    for name, rows in wanted:
        if rows in known:
            found.append(name)
            continue
        more = [*family, rows]
        if _nested(more, same, new=rows) and _stand(more, (rows,), values, few, k, scale, margin):
            family, known = more, known | {rows}
            found.append(name)
    return frozenset(found)


def _nested(family: Sequence[Rows], same: Mapping[int, int], new: Rows | None = None) -> bool:
    """Whether any two groups share nobody, or one lies within the other; nobody under two answers."""
    pairs = (
        ((one, new) for one in family if one != new)
        if new is not None
        else ((a, b) for i, a in enumerate(family) for b in family[:i])
    )
    for one, two in pairs:
        if not (one <= two or two <= one or one.isdisjoint(two)):
            return False
    if not same:
        return True
    whole: Rows = frozenset().union(*family)
    return len({same.get(row, row) for row in whole}) == len(whole)


def _stand(
    family: Sequence[Rows],
    new: Sequence[Rows],
    values: npt.NDArray[np.float64],
    named: Iterable[Rows],
    k: int,
    scale: tuple[float, float],
    margin: float,
) -> bool:
    """Whether every cell of a nested family stands; with a new one, every cell it makes."""
    sets = list(named)
    for whole in family:
        inner = [one for one in family if one < whole]
        if new and whole not in new and not any(one < whole for one in new):
            continue
        cell = whole.difference(*inner) if inner else whole
        if cell and not _cell(cell, values, sets, k, scale, margin):
            return False
    return True


def _cell(
    cell: Rows,
    values: npt.NDArray[np.float64],
    named: Sequence[Rows],
    k: int,
    scale: tuple[float, float],
    margin: float,
) -> bool:
    if len(cell) < k or max(cell) >= len(values):
        return False  # too few, or somebody in it is not there any more
    answers = values[sorted(cell)]
    if not np.isfinite(answers).all():
        return False
    whole = bool((np.abs(answers - np.round(answers)) < _TINY).all())
    sizes = {1}
    for people in named:
        n = len(cell & people)
        # The one whose answer is known may be one of them.
        sizes |= {s for s in (n, n - 1) if 0 < s < k - 1}
    return all(
        narrowest(answers, s, scale, 1.0 if whole else 0.0) >= margin - _TINY
        for s in sorted(sizes)
        if s < len(answers) - 1
    )
