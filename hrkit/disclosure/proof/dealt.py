"""Points that agree with all that is printed, made without a programme.

What is printed hardly tells people of one unit apart.  Deal the answers that they gave to a question
anew among them, and every distribution is what it was; so is a mean in which they weigh the same,
and one in which somebody left a question out stays within its rounding most of the time.  Where it
does not, these people keep what they said.  Each deal is another way in which everybody can have
answered, and two ways in which a set's mean lies far enough apart are the proof that it is not known:
the programme need only be asked about the sets that are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.system import System
from hrkit.disclosure.proof.table import Table, turned
from hrkit.disclosure.proof.told import Unknown

__all__ = ["Deals"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

_TINY = 1e-6


class Deals:
    """Ways in which the people of a system can have answered.

    Parameters
    ----------
    truth
        What people said.

    Attributes
    ----------
    truth
        Shape (columns,): what they said; None where the answers of some are not there any more, or
        are not what is printed.
    """

    def __init__(self, system: System, truth: Mapping[Unknown, float]) -> None:
        self._system, self._low = system, system.scale[0]
        self._classes = classes = system.classes
        said = [truth.get(u, np.nan) for u in classes.answers]
        self._said = np.array(said, dtype=np.float64)
        self._spectral = system.spectral[classes.slot]
        self._column = system.columns()
        self._order = np.lexsort((self._said, classes.pack))
        self.truth: Floats | None = None
        if np.isfinite(self._said).all():
            point = self._point(self._said)
            if not self._off(point).any():
                self.truth = point

    def at_random(self, rng: np.random.Generator) -> list[Floats]:
        """Points by an order of all people, and by the opposite one."""
        classes = self._classes
        block = 2 * classes.of[classes.slot] + ~classes.lone
        return self.by(rng.permutation(2 * len(classes.size))[block].astype(np.float64))

    def by(self, rank: Floats) -> list[Floats]:
        """Points in which those of a high rank have the highest answers there are, or the lowest.

        Parameters
        ----------
        rank
            Shape (U,).
        """
        return [self._dealt(rank), self._dealt(-rank)]

    def _dealt(self, rank: Floats) -> Floats:
        values = np.empty_like(self._said)
        values[np.lexsort((rank, self._classes.pack))] = self._said[self._order]
        point = self._point(values)
        off = self._off(point)
        if off.any():
            # Whoever a number is about that would be another one keeps what they said.
            touched = (self._back @ off)[self._column] > 0
            packs = np.bincount(self._classes.pack, weights=touched)
            point = self._point(np.where(packs[self._classes.pack] > 0, self._said, values))
        return self._kept(point)

    def _kept(self, point: Floats) -> Floats:
        """The point itself, or as far on the way from the truth to it as all lines agree."""
        assert self.truth is not None
        system, way = self._system, point - self.truth
        start, step = self._sums, system.matrix @ way
        room = np.where(step > 0, system.high - start + _TINY / 2, system.low - start - _TINY / 2)
        moves = np.abs(step) > _TINY
        far = float((room[moves] / step[moves]).min(initial=1.0))
        return point if far >= 1.0 else self.truth + max(far, 0.0) * way

    @cached_property
    def _back(self) -> Table:
        """Shape (columns, lines)."""
        return turned(self._system.matrix)

    @cached_property
    def _sums(self) -> Floats:
        assert self.truth is not None
        return np.asarray(self._system.matrix @ self.truth)

    def _point(self, values: Floats) -> Floats:
        spectral = self._spectral
        columns = self._column + np.where(spectral, values - self._low, 0).astype(np.intp)
        weights = np.where(spectral, 1.0, values)
        found = np.bincount(columns, weights=weights, minlength=self._system.count)
        return found.astype(np.float64)

    def _off(self, point: Floats) -> Floats:
        """Shape (lines,): one where a line does not agree."""
        sums = self._system.matrix @ point
        off = (sums < self._system.low - _TINY) | (sums > self._system.high + _TINY)
        return off.astype(np.float64)
