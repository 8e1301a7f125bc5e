"""What whole answers can be: the joint programme over integers, for what fractions leave little room.

It is asked of programmes that are small: with many unknowns there are whole answers near any fractions,
and looking for them is dear.  No clock decides, so every machine decides alike: the search ends after so
many branches, with the best that was found.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.solver import best, solver_of, whole
from hrkit.disclosure.proof.system import System

__all__ = ["WholeAnswers"]

Floats = npt.NDArray[np.float64]

_TINY = 1e-6
_MANY = 300
_BRANCHES = 30


class WholeAnswers:
    """The answers of a system as whole numbers.

    Parameters
    ----------
    system
        Rows and unknowns, as of the joint proof.
    """

    def __init__(self, system: System) -> None:
        self._system = system

    @property
    def worth(self) -> bool:
        """Whether the programme is small enough for being asked."""
        return self._system.count <= _MANY

    @cached_property
    def _solver(self) -> Any:
        return solver_of(whole(self._system.model()), nodes=_BRANCHES)

    def _among(self, inside: npt.NDArray[np.bool_]) -> None:
        """The lines that they have to agree with."""
        low = np.where(inside, self._system.low, -np.inf)
        high = np.where(inside, self._system.high, np.inf)
        lines = np.arange(len(low), dtype=np.int32)
        self._solver.changeRowsBounds(len(lines), lines, low, high)

    def wide(
        self, aim: Floats, inside: npt.NDArray[np.bool_], ends: tuple[float, float], need: float
    ) -> bool:
        """Whether some are found soon that leave a target room enough.

        Parameters
        ----------
        aim
            Shape (count,): the target.
        inside
            Shape (L,): lines that say something.
        ends
            Least and most of the target, of any answers.
        need
            The room that it must have.
        """
        self._among(inside)
        least = best(self._solver, aim, ends[0] + (ends[1] - ends[0] - need) / 2)
        if least is None:
            return False
        most = best(self._solver, -aim, -(float(least @ aim) + need))
        return most is not None and float((most - least) @ aim) >= need - 10 * _TINY

    def ends(self, aim: Floats, inside: npt.NDArray[np.bool_]) -> tuple[float, float]:
        """The least and the most that were found for a target; they may lie a little further apart."""
        self._among(inside)
        found = []
        for sign in (1.0, -1.0):
            point = best(self._solver, sign * aim)
            if point is None:
                return (0.0, 0.0)
            found.append(float(point @ aim))
        return (found[0], found[1])
