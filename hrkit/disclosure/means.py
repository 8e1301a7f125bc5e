"""Of one measure's raw values, which means may be released.

A measure wants a mean for each of its cells and, last, the mean over perspectives, which rests on
the perspectives that are released and must not undo what protects them.  What is decided here
becomes scores in `hrkit.disclosure.scores`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.drafts import NOTHING_BEFORE, Before, Draft, Measure
from hrkit.disclosure.proof.insider import against_insiders
from hrkit.disclosure.proof.plain import plainly_safe
from hrkit.disclosure.proof.protect import Candidate, protect
from hrkit.disclosure.released import ALL
from hrkit.errors import DisclosureError

__all__ = ["decide", "of_one_mind"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def decide(
    measure: Measure,
    atoms: npt.NDArray[np.intp],
    root: str,
    k: int,
    before: Before = NOTHING_BEFORE,
    *,
    details: int = 10,
    closed: frozenset[str | tuple[str, str]] = frozenset(),
    insider: bool = False,
) -> Draft:
    """Decide which cells of a measure may be shown.

    Parameters
    ----------
    measure
        What is measured.
    atoms
        Shape (R,): each respondent's finest cell.
    root
        Unit that is the whole organisation.
    k
        Threshold.
    before
        What was published about this measure and wave before.
    details
        From so many answers the spread is shown, so that a group of one mind would be seen.
    closed
        Groups, and single cells, of which nothing may be shown on this measure.
    insider
        Readers may know one answer of every group.
    """
    valid = measure.valid
    counts, means, spreads = [], [], []
    for cell in measure.cells:
        values = measure.values[cell.who & valid]
        n = len(values)
        counts.append(n)
        means.append(float(values.sum()) / n if n else float("nan"))
        whole = cell.unit == root and not cell.part
        # Only a group of the whole organisation is ever reported by its own spread.
        spreads.append(float(values.var(ddof=1)) if whole and n > 1 else float("nan"))
        alike = whole and n >= details and of_one_mind(values, 1 + insider)
        if alike or (whole and before.unsure(cell.id, n, k)):
            closed |= {cell.group}
    open_ = [
        i
        for i, cell in enumerate(measure.cells)
        if closed.isdisjoint((cell.group, cell.id))
        and not (before.lost and cell.unit != root)
        and not (cell.group in before.apart and (cell.unit != root or cell.part))
        and not before.near(cell.id, counts[i], k)
    ]
    shown = _shown(measure, atoms, root, k, before, valid, counts, means, open_)
    if insider:
        shown = _against_insiders(measure, atoms, root, k, before, valid, shown)
    return Draft(measure, tuple(counts), tuple(means), tuple(spreads), frozenset(shown))


def of_one_mind(values: Floats, others: int = 1) -> bool:
    """Whether all, or all but one, gave the same answer: that one would know everybody's.

    With more ``others`` readers know one more answer, and could take it away.
    """
    return bool(np.unique(values, return_counts=True)[1].max() >= len(values) - others)


def _against_insiders(
    measure: Measure,
    atoms: npt.NDArray[np.intp],
    root: str,
    k: int,
    before: Before,
    valid: Bools,
    shown: Collection[tuple[str, str]],
) -> set[tuple[str, str]]:
    """Of what may be shown to strangers, what may be shown to those who know one of every group."""
    parts = {cell.id: before.part(cell.who & valid) for cell in measure.cells}
    finest: dict[int, set[int]] = {}
    for row in np.flatnonzero(valid).tolist():
        finest.setdefault(int(atoms[row]), set()).add(row)
    named = [before.part(_mask(rows, len(valid))) for rows in finest.values()]
    named += [rows for rows in parts.values() if 0 < len(rows) < k]
    kept = against_insiders(
        measure.values,
        [(cell.id, parts[cell.id]) for cell in measure.cells if cell.id in shown],
        named,
        k,
        measure.scale,
        out=[part for row in before.rows for part in row.parts],
        people=before.people,
    )
    found = {cell.id for cell in measure.cells if cell.id in kept}
    # The mean over perspectives is made of the printed means of those that are left.
    total = (root, ALL)
    if total in shown and any(cell.unit == root and cell.id in found for cell in measure.cells):
        found.add(total)
    return found


def _mask(rows: Collection[int], size: int) -> Bools:
    found = np.zeros(size, dtype=bool)
    found[list(rows)] = True
    return found


def _shown(
    measure: Measure,
    atoms: npt.NDArray[np.intp],
    root: str,
    k: int,
    before: Before,
    valid: Bools,
    counts: Sequence[int],
    means: Sequence[float],
    open_: Sequence[int],
) -> set[tuple[str, str]]:
    total = (root, ALL)
    large = [i for i in open_ if counts[i] >= k]
    apart = all(cell.unit == root and not cell.part for cell in measure.cells)
    if apart and large:
        groups = [before.part(measure.cells[i].who & valid) for i in large]
        every = _disjoint(groups, before, len(measure.values))
        n = np.array([len(rows) for rows in every])
        sums = np.array([measure.values[sorted(rows)].sum() for rows in every])
        if every and plainly_safe(n, sums, k, measure.scale):
            return {measure.cells[i].id for i in large} | {total}
    cells = [(priority, measure.cells[priority]) for priority in open_]
    wanted = [
        Candidate(cell.id, (before.part(cell.who & valid),), priority) for priority, cell in cells
    ]
    # Gaps are differences of unrounded means: rounding hides nothing here.
    ask = partial(
        protect,
        measure.values,
        atoms,
        k=k,
        scale=measure.scale,
        decimals=None,
        earlier=before.rows,
        same=before.people,
    )
    try:
        return _asked(
            ask,
            wanted,
            total,
            {cell.id for _, cell in cells if cell.unit == root and not cell.part},
            k,
        )
    except DisclosureError:
        if not before.rows:
            raise
        # What was shown before cannot be reckoned with any more: then nothing is safe.
        return set()


def _disjoint(
    groups: Sequence[frozenset[int]], before: Before, rows: int
) -> tuple[frozenset[int], ...]:
    """All groups of now and before, where no two share anybody but are the same; else nothing."""
    every = {*groups, *(part for row in before.rows for part in row.parts)}
    whole: frozenset[int] = frozenset().union(*every)
    if sum(map(len, every)) != len(whole) or any(row >= rows for row in whole):
        return ()
    people = before.people
    if len({people.get(row, row) for row in whole}) != len(whole):
        # Somebody has answers of then in one group and of now in another.
        return ()
    return tuple(every)


def _asked(
    ask: Any,
    wanted: Sequence[Candidate],
    total: tuple[str, str],
    sides: set[tuple[str, str]],
    k: int,
) -> set[tuple[str, str]]:
    large = [c for c in wanted if len(c.parts[0]) >= k]
    parts = [c for c in large if c.id in sides]
    if len(parts) > 1:
        # Where all may stand at once, one proof is enough.
        whole = Candidate(total, tuple(c.parts[0] for c in parts), -1)
        kept: set[Any] = set(ask([*wanted, whole]).released)
        if {total, *(c.id for c in large)} <= kept:
            return kept
    shown: set[Any] = set(ask(wanted).released)
    parts = [c for c in wanted if c.id in shown and c.id in sides]
    if len(parts) > 1:
        whole = Candidate(total, tuple(c.parts[0] for c in parts), -1)
        kept = set(ask([*(c for c in wanted if c.id in shown), whole]).released)
        if total in kept and not {c.id for c in parts} <= kept:
            # A total over a part that is not shown itself would say more than the parts do.
            kept = shown
        shown = kept
    elif parts:
        shown.add(total)
    return shown
