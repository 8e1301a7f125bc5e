"""Points that agree with all that is printed, made without a programme.

What is printed hardly tells people of one unit apart.  Deal the answers that they gave to a question
anew among them, and every distribution is what it was; so is a mean in which they weigh the same,
and one in which somebody left a question out stays within its rounding most of the time.  Where it
does not, these people keep what they said.  Each deal is another way in which everybody can have
answered, and two ways in which a set's mean lies far enough apart are the proof that it is not known:
the programme need only be asked about the sets that are left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.system import System
from hrkit.disclosure.proof.told import Printed, Unknown

__all__ = ["dealt"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_TINY = 1e-6
#: How often the answers are dealt, each time in an order and in the opposite one.
_DEALS = 10


@dataclass(frozen=True)
class _Entries:
    """Every answer: whose pack it is in, the block and column it counts in, and what it is."""

    pack: Ints
    block: Ints
    column: Ints
    spectral: npt.NDArray[np.bool_]
    value: Floats


def dealt(
    system: System, rows: Sequence[Printed], truth: Mapping[Unknown, float], low: float
) -> Floats:
    """Points of a system that agree with all its lines; the first is what people said.

    Parameters
    ----------
    truth
        What people said.
    low
        The lowest answer.

    Returns
    -------
    ndarray
        Shape (P, count); none where the answers of some are not there any more.
    """
    found = _entries(system, rows, truth)
    if found is None:
        return np.empty((0, system.count))
    entries, packs = found
    points = [_point(system, entries, entries.value, low)]
    if _off(system, points[0]).any():
        return np.empty((0, system.count))
    touching = _touching(system, entries, packs)
    rng = np.random.default_rng(system.count)
    said = np.lexsort((entries.value, entries.pack))
    blocks = int(entries.block.max(initial=-1)) + 1
    for _ in range(_DEALS):
        order = rng.permutation(blocks)[entries.block]
        for rank in (order, -order):
            values = np.empty_like(entries.value)
            values[np.lexsort((rank, entries.pack))] = entries.value[said]
            point = _point(system, entries, values, low)
            for _ in range(2):
                off = _off(system, point)
                if not off.any():
                    points.append(point)
                    break
                keep = (touching @ off)[entries.pack] > 0
                values = np.where(keep, entries.value, values)
                point = _point(system, entries, values, low)
    return np.array(points)


def _entries(
    system: System, rows: Sequence[Printed], truth: Mapping[Unknown, float]
) -> tuple[_Entries, int] | None:
    """All answers that rows are about, in packs: those that the same rows are about."""
    about: dict[Unknown, list[int]] = {}
    for r, row in enumerate(rows):
        for u in row.weights:
            about.setdefault(u, []).append(r)
    packs: dict[object, int] = {}
    places = []
    for u in system.unknowns:
        value = truth.get(u)
        if value is None:
            return None
        sign = (u[1], tuple(about.get(u, ())))
        places.append((packs.setdefault(sign, len(packs)), *system.place(u), value))
    table = np.array(places, dtype=np.float64).reshape(len(places), 5)
    pack, block, column = (table[:, i].astype(np.intp) for i in range(3))
    return _Entries(pack, block, column, table[:, 3] > 0, table[:, 4]), len(packs)


def _point(system: System, entries: _Entries, values: Floats, low: float) -> Floats:
    columns = entries.column + np.where(entries.spectral, values - low, 0).astype(np.intp)
    weights = np.where(entries.spectral, 1.0, values)
    return np.bincount(columns, weights=weights, minlength=system.count).astype(np.float64)


def _off(system: System, point: Floats) -> Floats:
    """Shape (lines,): one where a line does not agree."""
    sums = system.matrix @ point
    off = (sums < system.low - _TINY) | (sums > system.high + _TINY)
    return off.astype(np.float64)


def _touching(system: System, entries: _Entries, packs: int) -> npt.NDArray[np.float64]:
    """Shape (packs, lines): whether a line is about any of a pack's answers."""
    from scipy.sparse import csr_matrix

    by = csr_matrix(
        (np.ones(len(entries.pack)), (entries.pack, entries.column)), shape=(packs, system.count)
    )
    found: npt.NDArray[np.float64] = (by @ abs(system.matrix).T).toarray()
    return found
