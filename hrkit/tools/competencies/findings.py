"""What is found of leadership competencies: an order of discrepancies, from ten answers; averages below and beside.

Borich's score (1980, *Journal of Teacher Education* 31(3), 39-42) is the mean importance times the mean distance
of strength from it.  It stands from five answers on, beside the ranked discrepancies from ten.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.disclosure.released import Score, Share, Why
from hrkit.model.instrument import Instrument, Item
from hrkit.report.context import Context
from hrkit.tools.competencies.ranking import Balance, Order, agreement, by_means, likely

__all__ = [
    "SURE",
    "Competency",
    "Ordered",
    "Rated",
    "asked",
    "balance_of",
    "borich",
    "first",
    "order_of",
    "page",
    "placed",
]

#: From this share of draws a competency is among the first ten; from `PERHAPS` it may be.
SURE, PERHAPS = 0.8, 0.2
#: Pages for the room to choose among.
PRIORITIES = 3
_BELOW, _SAME, _ABOVE = "below", "same", "above"


@dataclass(frozen=True)
class Rated:
    """A competency's questions: keys of both ratings, and of what is made of them."""

    item: Item
    importance: str
    strength: str
    balance: str


@dataclass(frozen=True)
class Competency:
    """What one group says of a competency.

    Attributes
    ----------
    balance
        From ten answers; of the means where the counts are withheld.
    mwds
        Borich's score of the printed means.
    probability
        Of being among the first ten; None where competencies cannot be told apart.
    """

    asked: Rated
    importance: Score
    strength: Score
    share: Share
    balance: Balance | None
    mwds: float | None
    probability: float | None = None


@dataclass(frozen=True)
class Ordered:
    """A group's competencies in their order, and whether they are ordered by counts."""

    ordered: tuple[Competency, ...]
    ranked: bool

    @property
    def told(self) -> bool:
        """Whether anything is known of places."""
        return any(one.probability is not None for one in self.ordered)

    def place(self, item: str) -> str:
        """A competency's place; shared where nothing tells it from the next."""
        return placed(self).get(item, "")


def asked(instrument: Instrument) -> tuple[Rated, ...]:
    """The competencies: what has both ratings, and what is made of them."""
    found = []
    for question in instrument.measured.values():
        if len(question.facet.made_of) == 2:
            keys = {facet.id: question.item.key(facet) for facet in question.item.facets}
            one, other = question.facet.made_of
            found.append(Rated(question.item, keys[one], keys[other], question.key))
    return tuple(found)


def borich(importance: float, strength: float) -> float:
    """Mean weighted discrepancy score of two means.

    >>> round(borich(4.4, 3.3), 2), round(borich(4.2, 3.6), 2)
    (4.84, 2.52)
    """
    return importance * (importance - strength)


def balance_of(share: Share) -> Balance | None:
    """The shares below and above; what fewer than three people are counts as one person."""
    if not share.shown or not share.n:
        return None
    alone = dict(zip(share.values, share.shares, strict=True))
    if not share.together:
        return Balance(alone.get(_BELOW, 0.0), alone.get(_ABOVE, 0.0), share.n)
    few, one = share.together[0], 1 / share.n
    below, above = alone.get(_BELOW), alone.get(_ABOVE)
    if few == _SAME:
        rest = share.rest - one
        return Balance(
            rest if below is None else below, rest if above is None else above, share.n, exact=False
        )
    return Balance(
        one if below is None else below, one if above is None else above, share.n, exact=False
    )


def page(ctx: Context, group: str) -> Ordered:
    """One group's competencies, most wanted first."""
    found = [_competency(ctx, one, group) for one in asked(ctx.instrument)]
    found = [one for one in found if one.mwds is not None]
    balances = [one.balance for one in found]
    known = [one for one in balances if one is not None]
    if len(known) < len(found) or not found:
        return Ordered(tuple(sorted(found, key=_by_means)), False)
    chance = likely(known) or (None,) * len(found)
    with_chance = [
        Competency(
            one.asked, one.importance, one.strength, one.share, one.balance, one.mwds, probability
        )
        for one, probability in zip(found, chance, strict=True)
    ]
    return Ordered(tuple(sorted(with_chance, key=_by_counts)), True)


def _competency(ctx: Context, one: Rated, group: str) -> Competency:
    importance, strength = ctx.score(one.importance, group), ctx.score(one.strength, group)
    share = ctx.released.share(one.balance, group)
    mwds = (
        borich(importance.mean, strength.mean)
        if importance.mean is not None and strength.mean is not None
        else None
    )
    found = balance_of(share)
    if found is None and share.why is Why.PROTECTED and mwds is not None and importance.n:
        assert importance.mean is not None and strength.mean is not None
        spreads = (importance.spread or 1.0, strength.spread or 1.0)
        found = by_means(importance.mean, strength.mean, spreads, importance.n)
    return Competency(one, importance, strength, share, found, mwds)


def _by_means(one: Competency) -> tuple[float, ...]:
    return (-round(one.mwds or 0.0, 4), -(one.importance.mean or 0.0))


def _by_counts(one: Competency) -> tuple[float, ...]:
    assert one.balance is not None
    return (round(one.balance.rds), *_by_means(one))


def placed(of: Ordered) -> dict[str, str]:
    """Competency to its place: "3", or "3–4" where nothing tells two apart."""
    key = _by_counts if of.ranked else _by_means
    found: dict[str, str] = {}
    keys = [key(one) for one in of.ordered]
    for one, mine in zip(of.ordered, keys, strict=True):
        low = keys.index(mine) + 1
        high = low + keys.count(mine) - 1
        found[one.asked.item.id] = str(low) if low == high else f"{low}–{high}"
    return found


def first(of: Ordered) -> tuple[Competency, ...]:
    """Those that are among the first ten, most probable first."""
    some = [one for one in of.ordered if one.probability is not None and one.probability >= SURE]
    return tuple(sorted(some, key=lambda one: (-round(one.probability or 0, 1), *_by_counts(one))))


def order_of(ctx: Context, group: str, other: str) -> Order | None:
    """How two groups' orders go together, over the competencies both have counts of."""
    mine, theirs = (
        {one.asked.item.id: one.balance for one in page(ctx, who).ordered if one.balance}
        for who in (group, other)
    )
    both = [id for id in mine if id in theirs]
    if len(both) < len(asked(ctx.instrument)):
        return None
    return agreement([mine[id] for id in both], [theirs[id] for id in both])
