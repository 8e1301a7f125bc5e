"""Whom a mean is about: the cells of a wave, and the groups in which perspectives are reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.derived.groups import pooled
from hrkit.disclosure.released import Group
from hrkit.disclosure.wave import WaveAnswers
from hrkit.model.engagement import Engagement

__all__ = ["PART", "Cell", "cells_of", "groups_of", "inside"]

#: Parts a chain level from its group in a cell's id: ``leader/2``.
PART = "/"


@dataclass(frozen=True)
class Cell:
    """Whom a mean is about: a group in a unit; ``part`` is the chain level, where it is one."""

    unit: str
    group: str
    who: npt.NDArray[np.bool_]
    part: str = ""

    @cached_property
    def id(self) -> tuple[str, str]:
        """Unit and group, the latter with its part: ``("org", "leader/2")``."""
        return (self.unit, f"{self.group}{PART}{self.part}" if self.part else self.group)


def inside(wave: WaveAnswers, group: Group) -> npt.NDArray[np.bool_]:
    """Shape (R,): the respondents of a group."""
    # The last is for those of whom no perspective is known, whose number is -1.
    those = [name in group.perspectives for name in wave.perspectives]
    return np.array([*those, False])[wave.perspective]


def cells_of(
    wave: WaveAnswers, engagement: Engagement, groups: Sequence[Group]
) -> tuple[Cell, ...]:
    """The cells of a dimension, most important first.

    Each group in the whole organisation; then in each unit from the top of the tree down; then
    the levels of the leadership chain in the whole organisation.  Cells without anybody are
    left out.
    """
    members = {group.id: inside(wave, group) for group in groups}
    order = [engagement.root.id]
    for unit in order:
        order += [child.id for child in engagement.units if child.parent == unit]
    found = []
    there = np.ones(len(wave), dtype=bool)
    if wave.use is not None:
        there = np.logical_or.reduce(list(wave.use.values()))
    members = {id: who & there for id, who in members.items()}
    for unit in order:
        within = set(engagement.within(unit))
        codes = [i for i, name in enumerate(wave.units) if name in within]
        # Who stands as before may stand in a unit that is no more: the whole counts everybody.
        here = np.isin(wave.unit, codes) | (unit == engagement.root.id)
        found += [Cell(unit, g, here & who) for g, who in members.items() if (here & who).any()]
    if wave.level is not None and engagement.instrument.sides:
        first = engagement.instrument.sides[0]
        group = next((g for g in groups if first in g.perspectives), None)
        levels = sorted(set(wave.level[members[group.id]].tolist()) - {""}) if group else []
        if group and len(levels) > 1:
            found += [
                Cell(order[0], group.id, members[group.id] & (wave.level == level), level)
                for level in levels
            ]
    return tuple(found)


def groups_of(wave: WaveAnswers, threshold: int) -> tuple[Group, ...]:
    """The groups in which perspectives are reported, decided once for the whole wave."""
    counts = np.bincount(wave.perspective, minlength=len(wave.perspectives)).tolist()
    by = dict(zip(wave.perspectives, counts, strict=True))
    return pooled(wave.instrument, by, threshold)
