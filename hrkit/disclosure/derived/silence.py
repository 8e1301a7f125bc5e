"""Who answered, unit by unit, and how far those who did not could move a figure.

Both follow from what is released.  In a unit, those count as answering who stand behind the mean
with the largest number of answers there: so a number stands only beside what is shown, and is one
that is printed already.  What is not shown shall not follow from what is: numbers of people in
units are sums along a tree, and units are left out, the least first, until none of one to ``k`` − 1
people can be counted.

Nobody knows what the silent think.  A figure can say how far it would move if they all stood a
whole point lower, or higher, than those who answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.disclosure.released import Score, Turnout, tidy

__all__ = ["POINT", "Silent", "answered_in_units", "if_they_differed"]

#: How much lower, or higher, the silent are thought to stand: a point of the scale.
POINT = 1.0
_MANY = 10**6


@dataclass(frozen=True, slots=True)
class Silent:
    """A printed mean, and where it would stand if those without an answer were a point off it.

    Attributes
    ----------
    invited, silent
        How many were invited, and how many of them have no valid answer on this measure.
    lower, higher
        Rounded to one decimal, cut to the scale.
    """

    measure: str
    group: str
    invited: int
    silent: int
    mean: float
    lower: float
    higher: float


def if_they_differed(
    score: Score, invited: int | None, scale: tuple[float, float], by: float = POINT
) -> Silent | None:
    """The mean if those who are silent stood ``by`` lower or higher; None where nobody can tell.

    Parameters
    ----------
    score
        As released: its printed mean and n.
    invited
        How many were invited; None where it is not known.
    scale
        Ends of the answers' scale; the silent do not stand outside of it either.

    Notes
    -----
    Worst-case bounds of a mean under non-response, with the silent at most ``by`` away instead of
    at the scale's ends: after Manski 1989, Journal of Human Resources 24(3), 343-360.

    Examples
    --------
    >>> from hrkit.disclosure.released import Score, Why
    >>> found = if_they_differed(
    ...     Score("trust", "all", "leader", Why.SHOWN, n=64, mean=2.2), 80, (1.0, 5.0)
    ... )
    >>> found.silent, found.lower, found.higher
    (16, 2.0, 2.4)
    """
    if score.told is not None:
        # The shift would say how many are silent, and so how many are not.
        return None
    if score.mean is None or not score.n or invited is None or invited < score.n:
        return None
    silent = invited - score.n
    ends = (max(scale[0], score.mean - by), min(scale[1], score.mean + by))
    lower, higher = (tidy((score.n * score.mean + silent * end) / invited) for end in ends)
    return Silent(score.measure, score.group, invited, silent, score.mean, lower, higher)


def answered_in_units(
    scores: Sequence[Score],
    turnout: Sequence[Turnout],
    dimensions: Sequence[str],
    tree: Mapping[str, str | None],
    invited: Mapping[tuple[str, str], int | None],
    k: int,
) -> tuple[Turnout, ...]:
    """A row for every unit and group in which anybody was invited or anything is shown.

    Parameters
    ----------
    scores, turnout
        As released.
    dimensions
        Measures whose numbers of answers count.
    tree
        Unit to the one it is a part of, parents first; the whole organisation has None.
    invited
        Unit and group to the number invited, where it is known.
    k
        Fewer people than this are not counted.

    Returns
    -------
    tuple of Turnout
        Without the whole organisation, in the order of ``tree``; ``answered`` is None where
        it is not shown.
    """
    most: dict[tuple[str, str], int] = {}
    for score in scores:
        if score.shown and score.n and score.measure in dimensions:
            cell = (score.unit, score.group)
            most[cell] = max(most.get(cell, 0), score.n)
    root = next(unit for unit, parent in tree.items() if parent is None)
    found = []
    for whole in turnout:
        group = whole.group
        known = {unit: n for unit in tree if (n := most.get((unit, group))) and unit != root}
        if whole.answered is None:
            known = {}
        else:
            known[root] = whole.answered
        # Where a list of those invited speaks of a group, it speaks of all units.
        none = None if invited.get((root, group)) is None else 0
        asked = {unit: n if (n := invited.get((unit, group))) else none for unit in tree}
        while _counted(known, tree, asked, k):
            units = [unit for unit in tree if unit in known and unit != root]
            if not units:
                break
            one_less = sorted(units, key=lambda unit: known[unit])
            enough = (u for u in one_less if not _counted(_without(known, u), tree, asked, k))
            known = _without(known, next(enough, units[-1]))
        found += [
            Turnout(unit, group, known.get(unit), _sound(asked[unit], known.get(unit)))
            for unit in tree
            if unit != root and (unit in known or asked[unit])
        ]
    return tuple(found)


def _without(known: Mapping[str, int], unit: str) -> dict[str, int]:
    return {one: n for one, n in known.items() if one != unit}


def _sound(invited: int | None, answered: int | None) -> int | None:
    """The number invited, unless more have answered: then the list was wrong."""
    return None if invited is None or invited < (answered or 0) else invited


def _counted(
    known: Mapping[str, int],
    tree: Mapping[str, str | None],
    invited: Mapping[str, int | None],
    k: int,
) -> bool:
    """Whether the number of a small unit that is not shown follows from those that are.

    Where the number invited to a unit itself is not known, a reader may know that nobody stands
    directly under it: it is reckoned with as if nobody did.
    """
    below: dict[str, list[str]] = {unit: [] for unit in tree}
    for unit, parent in tree.items():
        if parent is not None and parent in below:
            below[parent].append(unit)
    low, high = _from_below(known, below, invited)
    order = list(tree)
    for unit in order:
        _from_above(unit, below[unit], low, high)
    full: set[str] = set()
    for unit in order:
        parent = tree[unit]
        if parent in full or (unit in known and known[unit] == invited[unit]):
            # Where everybody who was invited has answered, and that is printed, none is a secret.
            full.add(unit)
    return any(
        low[unit] >= high[unit]
        and 0 < max(low[unit], high[unit]) < k
        and unit not in known
        # Unless more have answered here than were invited: then the list is wrong, and even by chance.
        and (unit not in full or low[unit] > high[unit])
        for unit in order
    )


def _from_below(
    known: Mapping[str, int], below: Mapping[str, Sequence[str]], invited: Mapping[str, int | None]
) -> tuple[dict[str, int], dict[str, int]]:
    """Fewest and most people in each unit, of what its parts say; people of its own are a part."""
    low: dict[str, int] = {}
    high: dict[str, int] = {}
    for unit in reversed(list(below)):
        parts = below[unit]
        asked = invited[unit]
        most = _MANY if asked is None else max(asked, known.get(unit, 0))
        if parts:
            own = f"{unit} itself"
            its = [invited[part] for part in parts]
            left = 0 if asked is None or None in its else asked - sum(n or 0 for n in its)
            low[own], high[own] = 0, max(0, left)
            most = min(most, sum(high[part] for part in (*parts, own)))
        low[unit] = sum(low[part] for part in parts)
        high[unit] = max(most, low[unit])
        if unit in known:
            low[unit] = high[unit] = known[unit]
    return low, high


def _from_above(unit: str, parts: Sequence[str], low: dict[str, int], high: dict[str, int]) -> None:
    """Narrow the ends of a unit's parts by what is known of it and of the others."""
    if not parts:
        return
    every = [*parts, f"{unit} itself"]
    least, most = sum(low[part] for part in every), sum(high[part] for part in every)
    ends = {
        part: (
            max(low[part], low[unit] - (most - high[part])),
            min(high[part], high[unit] - (least - low[part])),
        )
        for part in every
    }
    for part, (fewest, largest) in ends.items():
        low[part], high[part] = fewest, largest
