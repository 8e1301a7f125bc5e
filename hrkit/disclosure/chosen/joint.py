"""How often one rating lies below another of the same person: the shares that rankings of discrepancies need.

A *joint table* counts, in one group, how many rated the second of two ratings lower than the first, the same,
and higher: of a competency its strength today and its importance in five years.  It stands beside the two means,
and that is more than `hrkit.disclosure.chosen.shares` has to do with: from two means and "five of ten" somebody could
work out that it was one person, and not two, who went the other way.  So:

1. a table rests on at least ``details`` people, who rated both; the two means rest on the same people;
2. a count below three is never told, nor that it is none: it is given together with the ties (a few ties, with
   those that lie above), and told to be fewer than three;
3. which of the counts below three it is cannot be told *from both means, both spreads and the table*: two
   people exchange their second rating, which leaves both distributions as they are to the last answer, and the
   table would be printed the same with another count.  Such an exchange is looked for in the answers
   themselves; where there is none the table is withheld.  Whoever is met by it would be shown likewise,
   since the exchange leads back;
   Where readers are allowed for who know one answer (``least`` above three), two such exchanges are asked
   for among four different people, of which each alone and both together are printed the same: whoever
   knows both ratings of one person is outside of one of the two, and each of the four groups is shown
   for the same reason as the others;
4. a table with fewer than three people on either side of what is told alone is withheld: all, or all but one or two,
   lie on one side, or on neither;
5. between versions what holds is `hrkit.disclosure.chosen.shares.may_follow`; totals are made of printed shares.

What is made of one rating (whether it is the lowest answer) is told as `hrkit.disclosure.chosen.shares` tells any
other: of two answers both are told, each of three people or more, or neither.  Beside the mean that is less than the
distribution that a statement of a dimension has from as many answers.

Not guaranteed: what is inferred from a table's absence (most lie on one side, which the means say too), and what
several people know who put their own answers together.

Source of the ranking: Narine and Harder 2021, *Advancements in Agricultural Development* 2(2), 96-111.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, combinations_with_replacement

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.chosen.shares import LEAST, Told
from hrkit.disclosure.released import Why

__all__ = ["ABOVE", "BELOW", "TIE", "told_jointly"]

Ratings = npt.NDArray[np.float64]
Counts = tuple[int, int, int]
#: Both ratings of a person.
Kind = tuple[float, float]

#: Places of the three answers there can be.
BELOW, TIE, ABOVE = 0, 1, 2


def told_jointly(first: Ratings, second: Ratings, details: int, least: int = LEAST) -> Told:
    """Decide how one joint table may be told.

    Parameters
    ----------
    first, second
        Shape (R,): what each person rated; nobody who left one of them out.
    details
        The fewest people a table rests on.
    least
        The fewest people behind what is told alone (`hrkit.disclosure.chosen.shares.behind`).

    Returns
    -------
    Told
        ``together`` has the place of what fewer than ``least`` chose first.
    """
    people = Counter(zip(first.tolist(), second.tolist(), strict=True))
    n = sum(people.values())
    if n < details:
        return Told(Why.NOBODY if n == 0 else Why.SMALL)
    counts = _counts(people)
    found = _print(counts, least)
    if found is None or (found.together and not _hides(people, counts, found, least)):
        return Told(Why.PROTECTED)
    return found


def _counts(people: Counter[Kind]) -> Counts:
    found = [0, 0, 0]
    for kind, many in people.items():
        found[_place(*kind)] += many
    return found[0], found[1], found[2]


def _place(first: float, second: float) -> int:
    return BELOW if second < first else TIE if second == first else ABOVE


def _print(counts: Counts, least: int) -> Told | None:
    """What is told alone and what together, by the counts; None where nothing may be."""
    few = [place for place in (BELOW, ABOVE, TIE) if counts[place] < least]
    if not few:
        return Told(Why.SHOWN, (BELOW, TIE, ABOVE))
    if BELOW in few and ABOVE in few:
        return None
    other = ABOVE if few[0] == TIE else TIE
    (alone,) = {BELOW, TIE, ABOVE} - {few[0], other}
    if min(counts[alone], sum(counts) - counts[alone]) < least:
        return None
    return Told(Why.SHOWN, (alone,), (few[0], other))


def _hides(people: Counter[Kind], counts: Counts, found: Told, least: int) -> bool:
    """Whether exchanges of two second ratings would print the same, and hold another count of the few."""
    few = found.together[0]
    if counts[few] == 0:
        return True
    moves = [
        (pair, change)
        for pair in combinations(people, 2)
        if (change := _change(*pair))[few] != 0
        and _alike(counts, _plus(counts, change), found, least)
    ]
    if least == LEAST:
        return bool(moves)
    return any(
        _alike(counts, _plus(_plus(counts, a), b), found, least)
        and all(n <= people[kind] for kind, n in Counter((*one, *two)).items())
        for (one, a), (two, b) in combinations_with_replacement(moves, 2)
    )


def _change(one: Kind, two: Kind) -> Counts:
    """What becomes of the three counts where two people exchange their second rating."""
    changed = [0, 0, 0]
    (a, b), (c, d) = one, two
    for first, second, by in ((a, b, -1), (c, d, -1), (a, d, 1), (c, b, 1)):
        changed[_place(first, second)] += by
    return changed[0], changed[1], changed[2]


def _plus(counts: Counts, change: Counts) -> Counts:
    return counts[0] + change[0], counts[1] + change[1], counts[2] + change[2]


def _alike(counts: Counts, other: Counts, found: Told, least: int) -> bool:
    """Whether two tables are printed the same."""
    return _print(other, least) == found and other[found.alone[0]] == counts[found.alone[0]]
