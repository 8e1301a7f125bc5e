"""Ways in which everybody can have answered, found with little work: what they settle needs no programme.

First answers are dealt anew (`dealt`), which moves people of one pack against each other, in any order
and then so that what is left moves; then packs are moved against each other (`pooled`), with those
apart who stand in what is not settled yet (where that is much, first without).  All of it agrees with
everything that is printed, and so with any part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.proof.aims import Aims
from hrkit.disclosure.proof.dealt import Deals
from hrkit.disclosure.proof.pooled import Pooled
from hrkit.disclosure.proof.system import System
from hrkit.disclosure.proof.told import Unknown

__all__ = ["FEW", "ways"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

#: How often answers are dealt in any order, and at last to those who stand in what is left.
_DEALS = 3
_TRIES = 3
#: With more left than this, packs are moved as wholes first.
_MUCH = 150
#: So few targets are asked for one by one.
FEW = 3


def ways(
    system: System,
    aims: Aims,
    truth: Mapping[Unknown, float],
    left: Callable[[Floats, Ints], Ints],
) -> Floats:
    """The least and the most of each target in all ways that are found.

    Parameters
    ----------
    aims
        The targets, T of them.
    truth
        What people said, as far as that is still known.
    left
        Which of some targets the least and the most of each do not settle.

    Returns
    -------
    ndarray
        Shape (2, T); (0, T) where no way was found.
    """
    found = _Found(system, aims, left)
    deals, rng = Deals(system, truth), np.random.default_rng(system.count)
    packs = system.classes.pack

    def deal() -> None:
        """To those who stand in what is left, up or down."""
        signs = rng.choice([-1.0, 1.0], len(found.left))
        found.see(*deals.by(signs @ found.inside() + 1e-3 * rng.random(len(packs))))

    if deals.truth is not None:
        found.see(deals.truth)
        for _ in range(_DEALS):
            if len(found.left):
                found.see(*deals.at_random(rng))
        before = len(found.left) + 1
        while 0 < len(found.left) < before:
            before = len(found.left)
            deal()
    if len(found.left) > _MUCH and not found.push(Pooled(system, packs)):
        return found.ends
    if len(found.left):
        apart = np.vstack([packs, found.inside()])
        pooled = Pooled(system, np.unique(apart, axis=1, return_inverse=True)[1].ravel())
        if not found.push(pooled):
            return found.ends
        found.push_all(pooled, rng)
    for _ in range(_TRIES if deals.truth is not None else 0):
        if len(found.left):
            deal()
    return found.ends


class _Found:
    """What has been found of each target so far."""

    def __init__(self, system: System, aims: Aims, left: Callable[[Floats, Ints], Ints]) -> None:
        self._aims, self._left = aims, left
        # Where an answer counts, or its highest value does.
        self._column = system.columns() + system.spectral[system.classes.slot]
        self.ends = np.empty((0, len(aims)))
        self.left = np.arange(len(aims))
        #: Of what is left.
        self._few = aims

    def see(self, *points: Floats) -> None:
        """Take further ways."""
        values = self._few.at(np.array(points))
        if len(self.ends):
            values = np.vstack([self.ends[:, self.left], values])
        else:
            self.ends = np.empty((2, len(self._aims)))
        ends = np.stack([values.min(axis=0), values.max(axis=0)])
        self.ends[:, self.left] = ends
        left = self._left(ends, self.left)
        if len(left) < len(self.left):
            self.left, self._few = self.left[left], self._few.only(left)

    def inside(self) -> Bools:
        """Shape (L, U): whether each answer is one of what is left."""
        return self._aims.inside(self.left, self._column)

    def push(self, pooled: Pooled, signs: Floats | None = None) -> bool:
        """Move all that is left as far as it goes, up and down; whether there is such a way."""
        weights = np.ones(len(self.left)) if signs is None else signs
        return self._both(pooled, self._aims.together(weights, self.left))

    def push_all(self, pooled: Pooled, rng: np.random.Generator) -> None:
        """The same, some up and some down, while that settles more than one; then one by one."""
        before = len(self.left) + 2
        while FEW < len(self.left) < before - 1:
            before = len(self.left)
            self.push(pooled, rng.choice([-1.0, 1.0], before))
        for t in self.left.tolist():
            if t in self.left:
                self._both(pooled, self._aims.one(t))

    def _both(self, pooled: Pooled, pull: Floats) -> bool:
        for sign in (1.0, -1.0):
            if not len(self.left):
                break
            point = pooled.furthest(sign * pull)
            if point is None:
                return False
            self.see(point)
        return True
