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
from hrkit.disclosure.released import (
    ALL,
    Ballot,
    Count,
    Group,
    Score,
    Share,
    Silence,
    Turnout,
    Why,
    Without,
)
from hrkit.model.engagement import Engagement

__all__ = ["few_not_asked", "firm", "uncounted", "vague_of", "without_tables"]

Row = TypeVar("Row", Share, Ballot, Silence)


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


def few_not_asked(
    scores: Sequence[Score],
    tables: Iterable[Share | Ballot | Count | Silence],
    turnout: Iterable[Turnout],
    groups: Sequence[Group],
    engagement: Engagement,
    k: int,
) -> frozenset[tuple[str, str]]:
    """Measures and groups of which a table of shares would count the few who were not asked.

    Perspectives that are reported together since one of them is small are not asked everything alike.  Of
    what only the others were asked the number itself is told as a least (`hrkit.disclosure.derived.told`);
    shares of so few say of how many they are shares, so there is no table of them either.

    Parameters
    ----------
    scores, tables, turnout
        What would be printed of how many answered.
    k
        Fewer people than this are not counted.
    """
    together = {g.id: g.perspectives for g in groups if len(g.perspectives) > 1}
    root, instrument = engagement.root.id, engagement.instrument
    said = [(s.measure, s.group, s.n) for s in scores if s.shown and s.unit == root]
    said += [(t.measure, t.group, t.n) for t in tables]
    whole = {one.group: one.answered or 0 for one in turnout if one.group in together}
    apart: list[tuple[str, str, int]] = []
    for measure, group, n in said:
        if group not in together or not n:
            continue
        if set(asked_of(instrument, measure, together[group])) == set(together[group]):
            whole[group] = max(whole.get(group, 0), n)
        else:
            apart.append((measure, group, n))
    found = {(m, group) for m, group, n in apart if 0 < whole.get(group, 0) - n < k}
    # What is told as a least is told nowhere else.
    untold = {(s.measure, s.group) for s in scores if s.told is not None and s.unit == root}
    return frozenset(found | {(m, group) for m, group, _ in apart if (m, group) in untold})


def without_tables(rows: Sequence[Row], few: Collection[tuple[str, str]]) -> tuple[Row, ...]:
    """Tables of shares without those that would count a few; of such a measure none over everybody either."""
    measures = {measure for measure, _ in few}
    return tuple(
        type(row)(row.measure, row.group, Why.PROTECTED)
        if row.shown
        and ((row.measure, row.group) in few or (row.group == ALL and row.measure in measures))
        else row
        for row in rows
    )


def firm(rows: Iterable[Without], vague: Collection[str]) -> tuple[Without, ...]:
    """Means without some of the rows: of how many they are is told, so not of these groups."""
    return tuple(row for row in rows if row.group not in vague)
