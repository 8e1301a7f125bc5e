"""Groups whose number is told as "at least so many": which, and what is not said of them then.

Which they are, what other questionnaires print decides (`hrkit.disclosure.kept.elsewhere`).  A share of
a few tells of how many it is one, so of such a group no table of shares stands: rows say that it is
protected, and what is reckoned over all groups is reckoned without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hrkit.disclosure.derived.told import asked_of
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.kept.elsewhere import Headcount, at_least
from hrkit.disclosure.released import ALL, Ballot, Group, Share, Turnout, Why, Without
from hrkit.model.engagement import Engagement

__all__ = ["firm", "uncounted", "vague_of"]

Row = TypeVar("Row", Share, Ballot)


def vague_of(
    drafts: Iterable[Draft],
    turnout: Iterable[Turnout],
    groups: Sequence[Group],
    engagement: Engagement,
    elsewhere: Collection[Headcount],
    k: int,
) -> Mapping[str, int]:
    """Groups of which only a least number may be told, and that number.

    Parameters
    ----------
    drafts, turnout
        What would be printed of how many answered.
    groups, engagement
        Of whom, and what was asked of them.
    elsewhere
        What other questionnaires print.
    k
        Fewer people than this are not counted.
    """
    if not elsewhere:
        return {}
    named, root = {group.id: group for group in groups}, engagement.root.id
    own: set[tuple[Group, Headcount]] = {
        (named[one.group], Headcount(frozenset(named[one.group].perspectives), one.answered))
        for one in turnout
        if one.answered and one.group in named
    }
    for draft in drafts:
        for cell, n in zip(draft.measure.cells, draft.n, strict=True):
            if not cell.part and cell.unit == root and cell.id in draft.shown:
                group = named[cell.group]
                asked = asked_of(engagement.instrument, draft.measure.id, group.perspectives)
                own.add((group, Headcount(frozenset(asked), n)))
    return at_least(own, elsewhere, k)


def uncounted(
    rows: Sequence[Row],
    groups: Sequence[Group],
    vague: Collection[str],
    engagement: Engagement,
) -> tuple[Row, ...]:
    """Tables of shares, with a row for each group that has none since its number is not told."""
    if not vague or not rows:
        return tuple(rows)
    return tuple(_with_protected(rows, groups, vague, engagement))


def _with_protected(
    rows: Sequence[Row],
    groups: Sequence[Group],
    vague: Collection[str],
    engagement: Engagement,
) -> Iterator[Row]:
    for row in rows:
        if row.group != ALL:
            yield row
            continue
        asked = set(engagement.instrument.measured[row.measure].item.ask)
        without = [g for g in groups if g.id in vague and asked & set(g.perspectives)]
        for group in without:
            yield type(row)(row.measure, group.id, Why.PROTECTED)
        # That nobody answered is not so where somebody is protected.
        hidden = bool(without) and row.why is Why.NOBODY
        yield replace(row, why=Why.PROTECTED) if hidden else row


def firm(rows: Iterable[Without], vague: Collection[str]) -> tuple[Without, ...]:
    """Means without some of the rows: of how many they are is told, so not of these groups."""
    return tuple(row for row in rows if row.group not in vague)
