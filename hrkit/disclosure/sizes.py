"""Numbers of answers beside what is withheld: where those invited are known, they may count a few.

A unit of eleven answers with one part of five leaves six for two parts that are not shown; if four
and two were invited there, then four and two have answered.  Numbers of people in units are sums
along a tree, so the fewest and the most of each part follow exactly by going up the tree and down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrkit.disclosure.means import Draft
from hrkit.disclosure.released import Group
from hrkit.model.engagement import Engagement

__all__ = ["sizes_hidden"]

Invited = Mapping[tuple[str, str], int | None]
_MANY = 10**6


def sizes_hidden(
    draft: Draft, engagement: Engagement, groups: Sequence[Group], invited: Invited, k: int
) -> Draft:
    """Withhold units of a measure, the least first, until nobody can count a small one.

    Parameters
    ----------
    invited
        Unit and group to the number invited, where it is known.
    k
        Fewer answers than this are not counted.
    """
    order = [cell.id for cell in draft.measure.cells if not cell.part]
    of = dict(zip((cell.id for cell in draft.measure.cells), draft.n, strict=True))
    root = engagement.root.id
    for group in groups:
        while _counted(draft, engagement, group.id, of, invited, k):
            units = [
                id for id in order if id[1] == group.id and id[0] != root and id in draft.shown
            ]
            if not units:
                break
            draft = replace(draft, shown=draft.shown - {units[-1]})
    return draft


def _counted(
    draft: Draft,
    engagement: Engagement,
    group: str,
    of: Mapping[tuple[str, str], int],
    invited: Invited,
    k: int,
) -> bool:
    """Whether the size of a small unit that is not shown follows from those that are."""
    order = engagement.within(engagement.root.id)
    below: dict[str, list[str]] = {unit: [] for unit in order}
    for one in engagement.units:
        if one.parent is not None and one.parent in below:
            below[one.parent].append(one.id)
    # People of a unit itself stand beside the parts of it.
    own = {unit: f"{unit} itself" for unit in order if below[unit]}
    for unit, name in own.items():
        below[unit].append(name)
    low: dict[str, int] = {}
    high: dict[str, int] = {}
    for unit in reversed(order):
        most = invited.get((unit, group))
        most = _MANY if most is None else max(most, of.get((unit, group), 0))
        if unit in own:
            low[own[unit]], high[own[unit]] = 0, most
            if of.get((unit, group), 0) == sum(of.get((u, group), 0) for u in below[unit][:-1]):
                # Who belongs where is known: nobody stands directly under this unit.
                high[own[unit]] = 0
        low[unit] = sum(low[u] for u in below[unit])
        high[unit] = min(most, sum(high[u] for u in below[unit])) if below[unit] else most
        if (unit, group) in draft.shown:
            low[unit] = high[unit] = of[unit, group]
    full = set()
    for unit in order:
        parts = below[unit]
        least, most = sum(low[u] for u in parts), sum(high[u] for u in parts)
        ends: dict[str, tuple[int, int]] = {}
        for u in parts:
            least_others, most_others = least - low[u], most - high[u]
            # The others' ends stay those from below until all are known.
            ends[u] = (
                max(low[u], low[unit] - most_others),
                min(high[u], high[unit] - least_others),
            )
        for u, (least, most) in ends.items():
            low[u], high[u] = least, most
        if (unit, group) in draft.shown and of[unit, group] == invited.get((unit, group)):
            # Where everybody who was invited has answered, and that is printed, none is a secret.
            full |= set(engagement.within(unit))
    return any(
        low[unit] >= high[unit] and 0 < of.get((unit, group), 0) < k and unit not in full
        for unit in order
    )
