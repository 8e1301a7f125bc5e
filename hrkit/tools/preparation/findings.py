"""What the checklist shows: ways that leaders want to use more often than they do, and what they need.

A way is *wanted* where it is seldom used (a mean below 1.5 on a scale from 0 to 4) and more than a
quarter of leaders like these want it more often: the lower end of the share lies above 25 %.  What
stands alone is a *question*; a *finding* holds over all twelve ways, or all needs, at 5 % of pages.
Both limits are our judgement.

Needs are chosen of a list, at most three of eight; in the first edition each was a question of its own,
and a round that was asked so is read so.  Of a list even leaders who choose blindly name each need in up
to three of eight cases, which is more than a quarter.  So of a list a need is named only where more
leaders choose it than that: the lower end lies above 3/8 (`even`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrkit.disclosure.derived.frame import PAGE, each
from hrkit.disclosure.derived.portions import chosen, reaches
from hrkit.disclosure.released import Ballot, Score, Why
from hrkit.model.instrument import Instrument, Item, Question
from hrkit.model.language import Texts
from hrkit.report.context import Context

__all__ = [
    "LEAST_SHARE",
    "SELDOM",
    "Need",
    "Way",
    "even",
    "leaders",
    "least_used",
    "need_labels",
    "needed",
    "needs",
    "wanted",
    "ways",
]

#: Below it something is seldom done; above it enough want it: see the module.
SELDOM, LEAST_SHARE = 1.5, 0.25
_TINY = 1e-9


@dataclass(frozen=True)
class Way:
    """One way to develop people, as the leaders say they use it.

    Attributes
    ----------
    often
        The mean, as released.
    once
        Share of leaders who did it at least once, from the bars that are printed; None without them.
    more, n
        Share of leaders who want it more often, and of how many answers; None where it is not
        printed.
    found, told
        It is wanted, as if it stood alone; and over all ways.
    """

    item: Item
    often: Score
    once: float | None
    more: float | None
    n: int | None
    found: bool = False
    told: bool = False


@dataclass(frozen=True)
class Need:
    """Something that would help, as the leaders say.

    Attributes
    ----------
    id
        Under which HR answers it: ``need.time``.
    label
        What it is, in the instrument's languages.
    share, n
        Share of leaders who name it, and of how many; None where it is not printed.
    why
        Why it is not printed.
    few
        It is among those that only few chose.
    told
        It is told over all needs.
    """

    id: str
    label: Texts
    share: float | None
    n: int | None
    why: Why = Why.SHOWN
    few: bool = False
    told: bool = False


def leaders(ctx: Context) -> str:
    """The group of those who were asked."""
    asked = ctx.instrument.perspectives[0]
    found = ctx.released.group(asked)
    return found.id if found else asked


def _items(instrument: Instrument, tag: str) -> tuple[Item, ...]:
    return tuple(item for item in instrument.items.values() if tag in item.tags)


def wanted(mean: float | None, share: float | None, n: int | None, alpha: float = PAGE) -> bool:
    """Whether a way is seldom used and wanted more often.

    >>> wanted(1.2, 0.46, 24), wanted(1.2, 0.42, 24), wanted(1.6, 0.9, 24)
    (True, False, False)
    """
    if mean is None or share is None or not n:
        return False
    return mean < SELDOM - _TINY and reaches(share, n, LEAST_SHARE, alpha)


def ways(ctx: Context) -> tuple[Way, ...]:
    """What may be said of each way, in the order asked."""
    group, asked = leaders(ctx), _items(ctx.instrument, "way")
    return tuple(_way(ctx, item, group, len(asked)) for item in asked)


def _way(ctx: Context, item: Item, group: str, of: int) -> Way:
    often, more = (item.key(facet) for facet in item.facets)
    score, share = ctx.score(often, group), ctx.released.share(more, group)
    value = chosen(share, "more")
    bars = ctx.released.distribution(often, group)
    return Way(
        item,
        score,
        round(1 - bars.shares[0], 2) if bars else None,
        value,
        share.n,
        wanted(score.mean, value, share.n),
        wanted(score.mean, value, share.n, each(PAGE, of)),
    )


def needs(ctx: Context) -> tuple[Need, ...]:
    """What may be said of each need, in the order asked."""
    group, listed = leaders(ctx), need_labels(ctx.instrument)
    question = ctx.instrument.choice
    if question is None:
        return tuple(_asked(ctx, id, label, group, len(listed)) for id, label in listed.items())
    row = ctx.released.ballot(question.key, group)
    limit = even(question)
    return tuple(_picked(row, id, label, len(listed), limit) for id, label in listed.items())


def need_labels(instrument: Instrument) -> Mapping[str, Texts]:
    """The needs by the id under which HR answers them, in the order asked."""
    question = instrument.choice
    if question is None:
        return {item.id: item.wordings["any"] for item in _items(instrument, "need")}
    section = question.section.id
    return {f"{section}.{one.value}": one.label for one in question.facet.scale.choices}


def _picked(row: Ballot, id: str, label: Texts, of: int, limit: float) -> Need:
    """A need that is one option of a list."""
    option = id.partition(".")[2]
    if option not in row.values or not row.n:
        return Need(id, label, None, None, row.why, few=option in row.together)
    share = row.shares[row.values.index(option)]
    return Need(id, label, share, row.n, told=needed(share, row.n, each(PAGE, of), limit))


def _asked(ctx: Context, id: str, label: Texts, group: str, of: int) -> Need:
    """A need that is a question of its own."""
    item = ctx.instrument.items[id]
    share = ctx.released.share(item.key(item.facets[0]), group)
    value = chosen(share, "helps")
    if value is None or not share.n:
        return Need(id, label, None, None, share.why)
    return Need(id, label, value, share.n, told=needed(value, share.n, each(PAGE, of)))


def even(question: Question) -> float:
    """The share that chooses each of a list at most, where nobody cares which they choose."""
    scale = question.facet.scale
    return max(LEAST_SHARE, scale.most / len(scale.options))


def needed(share: float, n: int, alpha: float = PAGE, least: float = LEAST_SHARE) -> bool:
    """Whether more than so large a share of leaders like these need something; a quarter if not said.

    >>> needed(0.6, 24), needed(0.6, 24, least=3 / 8), needed(0.67, 24, least=3 / 8)
    (True, True, True)
    """
    return reaches(share, n, least, alpha)


def least_used(said: dict[str, float], count: int = 2) -> tuple[str, ...]:
    """The ways that somebody's own sheet shows as used least; those first that stand first there.

    For a sheet that stays with whoever filled it in: nothing of it is kept.

    >>> least_used({"task": 2.5, "mobility": 0.5, "course": 1.0})
    ('mobility', 'course')
    """
    return tuple(sorted(said, key=lambda way: said[way])[:count])
