"""What was chosen of a list in two waves, from the two tables that were printed.

Each wave's choice is shown by a rule of its own (`hrkit.disclosure.chosen.picks`), and everybody chooses
anew: whoever knows who was there both times knows nobody's choice of now by that of then.  So the
comparison is made of what both reports print and of nothing else; how many of the same people chose
the same would tell it, and is never counted.

An option is compared where both waves give it by itself.  The two waves count as different people,
which is the cautious way, and a change is named only where Fisher's exact test finds it at a level
that is shared by all options of all groups on the page (`hrkit.disclosure.derived.frame.each`).  A
printed share stands for every count that rounds to it; of these the two nearest are compared.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from hrkit.disclosure.derived.frame import PAGE, each
from hrkit.disclosure.derived.gaps import sides_of
from hrkit.disclosure.released import BEHIND, Ballot, Certainty, ChosenChange, Group, Released, tidy
from hrkit.measure import same_share
from hrkit.model.instrument import Instrument, Question

__all__ = ["chosen_since", "counts_of", "level_of"]

_TINY = 1e-9


def chosen_since(
    now: Instrument,
    then: Instrument,
    groups: Sequence[Group],
    ballots: Sequence[Ballot],
    before: Released,
    least: int = BEHIND,
) -> tuple[ChosenChange, ...]:
    """Changes of what was chosen, of the two sides, or of every group where there are none.

    Parameters
    ----------
    now, then
        The instrument of the present and of the earlier wave.
    groups
        The groups of the present wave.
    ballots
        As they are released now.
    before
        What was released of the earlier wave.
    least
        So many have to choose otherwise for a choice to be shown (`hrkit.disclosure.chosen.picks`).
    """
    question, same = now.choice, then.choice
    if question is None or same is None or question.key != same.key:
        return ()
    if _list(question) != _list(same):
        return ()
    sides = sides_of(now, groups)
    whose = set(sides) if len(sides) == 2 else {g.id for g in groups}
    pairs = []
    for group in groups:
        asked = [set(group.perspectives) & set(q.item.ask) for q in (question, same)]
        if group.id in whose and group in before.groups and asked[0] == asked[1]:
            old = before.ballot(question.key, group.id)
            new = next((b for b in ballots if b.group == group.id), None)
            if old.shown and new is not None and new.shown:
                pairs.append((old, new))
    found = [
        (old, new, name)
        for old, new in pairs
        for name in _list(question)[0]
        if _both(old, new, name)
    ]
    alpha = level_of(len(found))
    return tuple(_compared(*one, before.wave, alpha, least) for one in found)


def _list(question: Question) -> tuple[tuple[str, ...], int, int]:
    """The options, and how many of them are chosen: as many, or one and up to so many."""
    scale = question.facet.scale
    return tuple(choice.value for choice in scale.choices), scale.fewest, scale.most


def level_of(comparisons: int) -> float:
    """The level at which each of so many comparisons is tested."""
    return each(PAGE, comparisons)


def _both(old: Ballot, new: Ballot, option: str) -> bool:
    return option in old.values and option in new.values


def _compared(
    old: Ballot, new: Ballot, option: str, since: str, alpha: float, least: int
) -> ChosenChange:
    a, b = (one.share(option) or 0.0 for one in (old, new))
    n, m = old.n or 0, new.n or 0
    first, second = counts_of(a, n, b, m)
    sure = same_share(first, n, second, m) < alpha
    return ChosenChange(
        new.measure,
        new.group,
        since,
        option,
        a,
        b,
        math.copysign(tidy(abs(b - a), 2), b - a) + 0.0,
        _detectable(a, n, m, alpha, least),
        Certainty.TENDS if sure and a != b else Certainty.UNKNOWN,
    )


def counts_of(a: float, n: int, b: float, m: int) -> tuple[int, int]:
    """The two nearest counts that two printed shares may stand for; up to a hundred there is one each."""
    ends = [_ends(a, n), _ends(b, m)]
    if a <= b:
        return ends[0][1], ends[1][0]
    return ends[0][0], ends[1][1]


def _ends(share: float, n: int) -> tuple[int, int]:
    """The fewest and the most of n people whose share is printed so."""
    low = math.ceil((share - 0.005) * n - _TINY)
    high = math.floor((share + 0.005) * n + _TINY)
    found = [k for k in range(max(0, low), min(n, high) + 1) if tidy(k / n, 2) == share]
    return (found[0], found[-1]) if found else (round(share * n),) * 2


@cache
def _detectable(a: float, n: int, m: int, alpha: float, least: int) -> float | None:
    """The smallest change of a share, upwards or downwards, that could have been named.

    Where all but one or two choose the same, nothing is shown.
    """

    def named(k: int) -> bool:
        first, second = counts_of(a, n, tidy(k / m, 2), m)
        return same_share(first, n, second, m) < alpha

    middle = round(a * m)
    up, down = range(middle, m - least + 1), range(middle, -1, -1)
    sizes = []
    for way in (up, down):
        at = bisect_left(way, True, key=named)
        if at < len(way):
            sizes.append(tidy(abs(tidy(way[at] / m, 2) - a), 2))
    return min(sizes, default=None)
