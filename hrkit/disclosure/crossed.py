"""Change of single statements between two waves that were asked different editions of an instrument.

No dimension has the same statements in two editions, so none is compared (`hrkit.disclosure.trend`).
Statements that the crosswalk lists may be followed: asked of the same people of a group in both,
on the same scale, in the same direction.  What is compared are the two printed means with their
printed spreads, as different people; nothing here looks at an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hrkit.disclosure.derived.frame import estimate
from hrkit.disclosure.released import Change, Group, Released, Score
from hrkit.disclosure.trend import Moved, one_of, scale_of
from hrkit.model.crosswalk import crosswalk
from hrkit.model.instrument import Instrument, Item, Section

__all__ = ["crossed"]


def crossed(
    now: Instrument,
    then: Instrument,
    groups: Sequence[Group],
    shown: Mapping[tuple[str, str], Score],
    before: Released,
    root_then: str,
) -> tuple[Change, ...]:
    """Changes of the statements that may be followed, of every group; all of them are one family.

    Parameters
    ----------
    now, then
        The instrument as it was asked in each wave.
    groups
        The groups of the present wave.
    shown
        Scores of the whole organisation in the present wave, by measure and group.
    before
        What was released of the earlier wave.
    root_then
        Unit that is the whole organisation in the earlier wave.
    """
    earlier = {(s.measure, s.group): s for s in before.scores if s.shown and s.unit == root_then}
    found = []
    for measure, was, group in _followed(now, then, groups):
        if group not in before.groups:
            continue
        new, old = estimate(shown.get((measure, group.id))), estimate(earlier.get((was, group.id)))
        if new is not None and old is not None:
            found.append(Moved(measure, group.id, old, new))
    return tuple(one_of(one, before.wave, len(found)) for one in found)


def _followed(
    now: Instrument, then: Instrument, groups: Sequence[Group]
) -> Iterator[tuple[str, str, Group]]:
    """Measure now, measure then and group of each statement that a group may be followed on."""
    if now.id != then.id or now.edition == then.edition:
        return
    table = crosswalk(now.id, then.edition, now.edition)
    before = {item.id: (section, item) for section in then.dimensions for item in section.scored}
    for section in now.dimensions:
        for item in section.scored:
            who = table.followed(item.id)
            if not who or item.id not in before or not _alike(section, item, *before[item.id]):
                continue
            was = before[item.id][1]
            for group in groups:
                asked = [{*group.perspectives} & {*one.ask} for one in (item, was)]
                if asked[0] and asked[0] == asked[1] and asked[0] <= {*who}:
                    yield section.measure(item), before[item.id][0].measure(was), group


def _alike(section: Section, item: Item, before: Section, was: Item) -> bool:
    return item.reversed == was.reversed and scale_of(section, item) == scale_of(before, was)
