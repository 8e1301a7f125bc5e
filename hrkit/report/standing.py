"""Where a dimension and its statements stand, as advice reads it.

Advice rests on what is experienced: whoever rates its own work does not say where it stands, as
far as anybody else may be shown.  Among those who experience it every answer weighs the same; what
an action presupposes has to be there for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.disclosure.derived.levels import level_of
from hrkit.disclosure.released import Certainty, Released, Score
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument, Section

__all__ = [
    "by_itself",
    "named_higher",
    "next_step",
    "reached",
    "stands_at",
    "today",
    "weakest",
]


def today(released: Released, engagement: Engagement, section: Section) -> int | None:
    """The level of the lower side's mean; None without a grid, or where no mean may be shown.

    Not the lowest end of a band: five answers have a band of three levels, and would send everybody
    back to what they have done long ago.
    """
    instrument = engagement.instrument
    if not instrument.has_grid:
        return None
    every = [group.id for group in released.groups]
    for ids in (_sides(released, instrument), every):
        means = [
            s.mean for s in _shown(released, engagement, section.id, ids) if s.mean is not None
        ]
        if means:
            return level_of(min(means))
    return None


def next_step(released: Released, engagement: Engagement, section: Section) -> int | None:
    """The level to work towards: the one above that of the lower side; None without a level."""
    level = today(released, engagement, section)
    return None if level is None else min(5, level + 1)


def experienced(released: Released, engagement: Engagement, measure: str) -> tuple[Score, ...]:
    """The shown means of those who experience what a statement is about: the sides, else others."""
    own = _own(engagement.instrument, measure)
    others = [g.id for g in released.groups if not set(g.perspectives) <= own]
    sides = _sides(released, engagement.instrument)
    for ids in ([g for g in sides if g in others], [g for g in others if g not in sides]):
        found = _shown(released, engagement, measure, ids)
        if found:
            return found
    return ()


def _own(instrument: Instrument, measure: str) -> set[str]:
    """Perspectives that rate their own work with a statement."""
    for section in instrument.dimensions:
        if measure in {section.measure(item) for item in section.items}:
            return set(section.self_raters)
    return set()


def _sides(released: Released, instrument: Instrument) -> list[str]:
    """The two sides' groups; every group where there are no sides."""
    groups = [released.group(side) for side in instrument.sides] or list(released.groups)
    return list(dict.fromkeys(g.id for g in groups if g))


def _shown(
    released: Released, engagement: Engagement, measure: str, ids: Sequence[str]
) -> tuple[Score, ...]:
    scores = [released.score(measure, id, engagement.root.id) for id in ids]
    return tuple(s for s in scores if s.shown and s.mean is not None)


def stands_at(released: Released, engagement: Engagement, measure: str) -> float | None:
    """Where a statement stands with those who experience it, every answer weighing the same.

    Where none of them may be shown, with those who rate themselves; None if nobody may.
    """
    found = experienced(released, engagement, measure) or _shown(
        released, engagement, measure, _sides(released, engagement.instrument)
    )
    n = sum(s.n or 0 for s in found)
    return sum((s.n or 0) * (s.mean or 0.0) for s in found) / n if n else None


def reached(released: Released, engagement: Engagement, measure: str, least: float) -> bool:
    """Whether a statement stands so high with each of those who experience it; a self-rating is none."""
    found = experienced(released, engagement, measure)
    return bool(found) and all((s.mean or 0.0) >= least for s in found)


def named_higher(released: Released, engagement: Engagement, section: Section) -> frozenset[str]:
    """Statements that a side's answers surely put above another one of the dimension."""
    sides = _sides(released, engagement.instrument)
    return frozenset(
        one.high
        for one in released.contrasts
        if (one.kind, one.measure) == ("statements", section.id)
        and one.group in sides
        and one.certainty is not Certainty.UNKNOWN
    )


def weakest(released: Released, engagement: Engagement, items: Sequence[str]) -> tuple[Score, ...]:
    """The two sides' scores on that one of some statements which stands lowest; else whoever is shown."""
    known = by_itself(released, engagement, items)
    if not known:
        return ()
    lowest = min(known, key=lambda i: (known[i], i))
    sides = _sides(released, engagement.instrument)
    return _shown(released, engagement, lowest, sides) or experienced(released, engagement, lowest)


def by_itself(
    released: Released, engagement: Engagement, items: Sequence[str]
) -> Mapping[str, float]:
    """Each of some statements that may be shown, with where it stands."""
    found = {i: stands_at(released, engagement, i) for i in items}
    return {i: at for i, at in found.items() if at is not None}
