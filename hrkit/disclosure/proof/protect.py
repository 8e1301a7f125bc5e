"""Which means of small groups may be published together.

One call decides about one measure (an item or a dimension) of one wave: which of the
candidate means may be published, given everything about this measure that is public
already.  A *small set* has fewer than ``k`` respondents.

Guaranteed, for a reader who knows who belongs to which group, all published values and
all numbers of answers, and the rounding:

1. every published group, and every part of a mean of means, has at least `k` answers;
2. no small set's total, of whatever respondents, is a combination of published means, those
   of earlier versions included (exact arithmetic, `rowspace`);
3. at least `margin` points lie between the smallest and the largest mean that agrees with all
   published values and the ends of the scale (`bounds`), for: every single respondent; every
   small atom; every two atoms that are small together; every small group that was asked for
   and is withheld.  Means of up to ten people count as exact totals, which for whole
   answers they are.  A set that earlier versions confine more does not get narrower;
4. no published group is unanimous at an end of the scale; by (3) no group that can be
   computed from published ones is either;
5. a published part differs from any part published earlier by no respondent or at least `k`,
   where somebody who changed an answer is one; one that was published itself is out already.  That the *numbers* of two versions lie as far
   apart is seen to before (`means.Before.near`).

Not guaranteed: (a) sets that atoms do not describe, in (3): four people out of a published
group of five with a mean of 4.8 have a mean of 4.75 to 5, whoever they are; three or more
atoms together are subject to (2) only.  (b) Weighted sums with unequal weights, such as the
difference of two people, are subject to (3) only.  (c) Readers who know more: to one of a
group, who knows their own answer, it is a group of one fewer.  (d) What several measures say
together (a dimension is the mean of its items), and what standard deviations, distributions
or intervals say besides the mean: publish these from ten answers only; several measures are for `together`.  (e) What is inferred from
a number's absence: one reason is given for 2-5, but a group that is large enough and
withheld although its neighbours are shown may be thought extreme.  (f) Values shown
with more decimals than told here, or differences of unrounded values: pass ``decimals=None``.

Greedy: candidates join in order of importance as long as 1, 2, 4 and 5 hold; then the least
important rows that narrow a set too much leave until 3 holds.  1, 2 and 5 depend on who
answered only, and are worked out once for measures that the same people answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.bounds import too_narrow
from hrkit.disclosure.proof.knowledge import (
    Earlier,
    Known,
    Parts,
    grid_of,
    published,
    reader_inputs,
)
from hrkit.disclosure.proof.rowspace import RowSpace, SparseRow, mean_row
from hrkit.errors import DisclosureError, Problem

__all__ = ["Candidate", "Decision", "Earlier", "Reason", "protect", "published"]

_TINY = 1e-9


class Reason(StrEnum):
    """Why a mean is withheld; more would tell what it hides."""

    SMALL = "too few answers"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Candidate:
    """A mean somebody wants to publish.

    Attributes
    ----------
    id
        Its name.
    parts
        Respondents (indices of values): one part is a plain mean; several, the mean of
        the parts' means.  Those without a valid value are left out.
    priority
        Importance; smaller is more important.
    pool
        The candidate that includes it when it is withheld (for the reader only).
    """

    id: Hashable
    parts: Parts
    priority: int = 0
    pool: Hashable | None = None


@dataclass(frozen=True)
class Decision:
    """What may be published.

    Attributes
    ----------
    released
        Names, most important first.
    withheld
        Names of the others, in the order given, with the reason.
    """

    released: tuple[Hashable, ...]
    withheld: Mapping[Hashable, Reason]


@dataclass(frozen=True)
class _Structure:
    """What criteria 2 and 5 leave, with the cells that the rows are made of."""

    cells: Mapping[int, int]
    kept: tuple[int, ...]
    space: RowSpace


def protect(
    values: npt.ArrayLike,
    atoms: npt.ArrayLike,
    candidates: Sequence[Candidate],
    *,
    k: int = 5,
    scale: tuple[float, float] = (1.0, 5.0),
    decimals: int | None = 1,
    earlier: Sequence[Earlier] = (),
    same: Mapping[int, int] | None = None,
    lp_budget_seconds: float = 10.0,
    margin: float = 1.0,
) -> Decision:
    """Decide which means of one measure may be published together.

    Parameters
    ----------
    values
        Shape (R,): answers or dimension scores; NaN is no valid answer.
    atoms
        Shape (R,): the finest cell each respondent belongs to, as a code.
    candidates
        The means wanted.
    k
        Threshold: the fewest respondents a published number is about.
    scale
        Lowest and highest possible value.
    decimals
        Decimals shown; None if values, or differences of them, are shown unrounded.
    earlier
        Everything published about this measure and wave before.
    same
        Respondent to another that is the same person with other answers; the latter stands for
        both where people are counted.
    lp_budget_seconds
        Processor time for criterion 3; 500 people in crossed groups need one or two seconds.
        When it is used up, all that is not proved safe is withheld.
    margin
        Width, in points of the scale, below which a small set counts as known.

    Returns
    -------
    Decision
        Released and withheld names.

    Raises
    ------
    DisclosureError
        If a name comes twice, a value is off the scale, or earlier values do not agree
        with the respondents named.
    """
    answers = np.asarray(values, dtype=np.float64)
    valid = frozenset(np.flatnonzero(np.isfinite(answers)).tolist())
    _check(answers, candidates, scale)
    order = sorted(candidates, key=lambda c: c.priority)
    parts = [tuple(part & valid for part in c.parts) for c in order]
    large = [bool(p) and min(map(len, p)) >= k for p in parts]
    open_ = [i for i, p in enumerate(parts) if large[i] and not _unanimous(answers, p, scale)]
    structure = _structure(
        tuple(parts[i] for i in open_),
        tuple(row.parts for row in earlier),
        k,
        tuple(sorted((same or {}).items())),
    )
    shown = [open_[j] for j in structure.kept]
    absent = set(range(len(order))).difference(shown)
    hidden = [part for i in sorted(absent) for part in parts[i]]
    grid = grid_of(answers, scale)

    def narrowing(grid: int | None) -> frozenset[int]:
        known = Known(
            answers, np.asarray(atoms), structure.cells, structure.space, k, scale, decimals, grid
        )
        rows = [parts[i] for i in shown]
        inputs = reader_inputs(known, shown=rows, earlier=earlier, withheld=hidden, margin=margin)
        return too_narrow(inputs, lp_budget_seconds)

    try:
        gone = narrowing(grid)
    except DisclosureError:
        if grid is None:
            raise
        # Those who left may have answered off the grid on which the others stand.
        gone = narrowing(None)
    released = {order[i].id for j, i in enumerate(shown) if j not in gone}
    reasons = {
        c.id: Reason.PROTECTED if big else Reason.SMALL for c, big in zip(order, large, strict=True)
    }
    return Decision(
        tuple(c.id for c in order if c.id in released),
        {c.id: reasons[c.id] for c in candidates if c.id not in released},
    )


def _check(
    answers: npt.NDArray[np.float64], candidates: Sequence[Candidate], scale: tuple[float, float]
) -> None:
    twice = [name for name, count in Counter(c.id for c in candidates).items() if count > 1]
    problems = [
        Problem(f"group {name}", "is asked for twice", "ask for each group once") for name in twice
    ]
    off = (answers < scale[0] - _TINY) | (answers > scale[1] + _TINY)
    if off.any():
        # Neither who nor what: a log must not hold answers.
        problems.append(
            Problem(
                "values",
                f"{int(off.sum())} outside {scale[0]:g}-{scale[1]:g}",
                "check the scale of this measure",
            )
        )
    beyond = [c.id for c in candidates if any(max(p, default=-1) >= len(answers) for p in c.parts)]
    problems += [Problem(f"group {name}", "names respondents who are not there") for name in beyond]
    if problems:
        raise DisclosureError("Groups cannot be checked for disclosure.", problems)


def _unanimous(answers: npt.NDArray[np.float64], parts: Parts, scale: tuple[float, float]) -> bool:
    given = answers[sorted(frozenset().union(*parts))]
    return bool((given <= scale[0] + _TINY).all() or (given >= scale[1] - _TINY).all())


@lru_cache(maxsize=64)
def _structure(
    rows: tuple[Parts, ...],
    earlier: tuple[Parts, ...],
    k: int,
    same: tuple[tuple[int, int], ...] = (),
) -> _Structure:
    """Apply criteria 2 and 5, which ask who answered and not what."""
    person = dict(same)
    cells, sizes = _cells([part for row in (*earlier, *rows) for part in row])
    space = RowSpace(sizes)
    for row in earlier:
        space, _ = space.extended(_equation(row, cells, sizes))
    before = {part for row in earlier for part in row}
    kept = []
    for i, row in enumerate(rows):
        # What was printed of just these people is out, whatever stood beside it then.
        fresh = [part for part in row if part not in before]
        if any(0 < _people(part ^ old, person, k) < k for part in fresh for old in before):
            continue
        larger, changed = space.extended(_equation(row, cells, sizes))
        if larger.small_set(k, changed) is None:
            space = larger
            kept.append(i)
    return _Structure(cells, tuple(kept), space)


def _people(rows: frozenset[int], person: Mapping[int, int], k: int) -> int:
    """How many people the rows are of; at least `k` is as good as any."""
    if len(rows) >= 2 * k or not person:
        return len(rows)
    return len({person.get(row, row) for row in rows})


def _cells(parts: Sequence[frozenset[int]]) -> tuple[dict[int, int], tuple[int, ...]]:
    """Number the finest groups that the parts tell apart; return them and their sizes."""
    signs: dict[int, list[int]] = {}
    for number, part in enumerate(dict.fromkeys(parts)):
        for respondent in part:
            signs.setdefault(respondent, []).append(number)
    names: dict[tuple[int, ...], int] = {}
    cells = {r: names.setdefault(tuple(sign), len(names)) for r, sign in sorted(signs.items())}
    counts = Counter(cells.values())
    return cells, tuple(counts[cell] for cell in range(len(names)))


def _equation(row: Parts, cells: Mapping[int, int], sizes: tuple[int, ...]) -> SparseRow:
    return mean_row([sorted({cells[r] for r in part}) for part in row], sizes)
