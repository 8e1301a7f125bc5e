"""How many may be said to stand behind a mean of perspectives that are reported together.

They are together because one of them is too small alone.  What only the other was asked has an n of its own, and
the difference of the two would count the small one.  So there it is told at least how many there are, and whatever
is made of that n (interval, difference, `hrkit explain`) is made of the number told: turned round, it says no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.disclosure.released import Group, Score
from hrkit.model.instrument import Instrument

__all__ = ["asked_of", "told"]


def asked_of(instrument: Instrument, measure: str, members: Sequence[str]) -> tuple[str, ...]:
    """Those of a group's perspectives that make its figure on a measure."""
    for section in instrument.dimensions:
        if measure == section.id:
            return tuple(p for p in members if instrument.counted(section, p))
    if measure in instrument.measured:
        return tuple(p for p in members if p in instrument.measured[measure].item.ask)
    tagged = [item for item in instrument.items.values() if measure in item.tags]
    return tuple(p for p in members if not tagged or any(p in item.ask for item in tagged))


def told(
    scores: Sequence[Score],
    instrument: Instrument,
    groups: Sequence[Group],
    k: int,
    answered: Mapping[tuple[str, str], int] | None = None,
) -> Mapping[tuple[str, str, str], int]:
    """The least that may be said of a number of answers, by measure, unit and group, where the number itself may not.

    Parameters
    ----------
    scores
        Released scores of all measures.
    k
        Threshold: from so many a group may be counted.
    answered
        Unit and group to the number that is printed of all who answered anything.
    """
    found: dict[tuple[str, str, str], int] = {}
    for group in groups:
        if len(group.perspectives) < 2:
            continue
        mine = [s for s in scores if s.group == group.id and s.shown and s.n]
        asked = {s.measure: asked_of(instrument, s.measure, group.perspectives) for s in mine}
        of_all: dict[str, int] = {}
        for s in mine:
            if set(asked[s.measure]) == set(group.perspectives):
                of_all[s.unit] = max(of_all.get(s.unit, 0), s.n or 0)
        for s in mine:
            if set(asked[s.measure]) == set(group.perspectives):
                continue
            # Beside a mean that rests on all of them; else beside the turnout, where all of them stand too.
            for whole in (of_all.get(s.unit, 0), (answered or {}).get((s.unit, s.group), 0)):
                if 0 < whole - (s.n or 0) < k:
                    found[s.measure, s.unit, s.group] = max(k, whole - k + 1)
                    break
    return found
