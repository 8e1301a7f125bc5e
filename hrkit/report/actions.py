"""The library of actions: advice as data, chosen by what the answers point to.

An action belongs to a dimension and a step (the level to be reached), names the statements it
works on, who owns it, what it takes and when.  Which actions a report prints follows from
released numbers only, and each says what it rests on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hrkit.disclosure.released import Released, Score
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument, Section
from hrkit.model.language import Texts

__all__ = [
    "HORIZONS",
    "OWNERS",
    "SIZES",
    "TEXTS",
    "Action",
    "Library",
    "choose",
    "next_step",
    "weakest",
]

#: Owners that are no single perspective: both partners, leader and partners, the head of HR.
OWNERS = ("partners", "pair", "hr_head")
#: What an action says: what to do, how it begins, how one sees that it works.
TEXTS = ("text", "first", "sign")
HORIZONS = ("now", "year", "later")
#: What an action takes, and what it brings.
SIZES = {"small": 1, "medium": 2, "large": 3}


@dataclass(frozen=True)
class Action:
    """One piece of advice.

    Attributes
    ----------
    step
        The level it helps to reach.
    items
        Statements it works on.
    owner
        A perspective, or one of `OWNERS`: who answers for it.
    needs
        Statement and the mean that must be there already; it presupposes nothing else.
    sector, country
        Where it holds; empty for everywhere.
    form
        A form of the kit that it uses; empty for none.
    text, first, sign
        What to do, the first step, the first sign that it works.
    """

    id: str
    dimension: str
    step: int
    items: tuple[str, ...]
    owner: str
    effort: str
    effect: str
    horizon: str
    sources: tuple[str, ...]
    text: Texts
    first: Texts
    sign: Texts
    needs: tuple[tuple[str, float], ...] = ()
    sector: str = ""
    country: str = ""
    form: str = ""


@dataclass(frozen=True)
class Library:
    """All actions of an engagement.

    ``chosen`` are those that somebody picked, in that order; ``gone`` are known and not advised:
    struck, or done since an earlier wave.
    """

    actions: tuple[Action, ...]
    chosen: tuple[str, ...] = ()
    gone: tuple[Action, ...] = ()

    def find(self, id: str) -> Action | None:
        """An action by its id, whether it is advised or not."""
        return next((a for a in (*self.actions, *self.gone) if a.id == id), None)

    def without(self, ids: Collection[str]) -> Library:
        """The library that advises some of its actions no longer."""
        return Library(
            tuple(a for a in self.actions if a.id not in ids),
            tuple(id for id in self.chosen if id not in ids),
            (*self.gone, *(a for a in self.actions if a.id in ids)),
        )


def next_step(released: Released, instrument: Instrument, section: Section) -> int | None:
    """The level to work towards: the one above that of the lower side; None without a level."""
    groups = [released.group(side) for side in instrument.sides] or list(released.groups)
    wanted = [g.id for g in dict.fromkeys(groups) if g]
    # Releases before the sides had levels of their own have that of the total only.
    lows = [low for g in wanted if (low := released.band(section.id, g).low) is not None]
    lows = lows or [low for low in [released.band(section.id).low] if low is not None]
    return min(5, min(lows) + 1) if lows else None


def choose(
    library: Library,
    released: Released,
    engagement: Engagement,
    section: Section,
    count: int,
) -> tuple[Action, ...]:
    """The actions of a dimension that the answers point to first.

    Those for the step above the lower side's level, fit for the sector and the country, that
    presuppose nothing the answers say is missing: one for each horizon, then more, those first
    whose statements stand lowest (every answer of the two sides weighing the same), then by
    effort; at least two owners where the library has them, so that no side is left to do it all.
    Where somebody has chosen actions for the dimension, those and no others.
    """
    by_id = {action.id: action for action in library.actions}
    picked = [by_id[id] for id in library.chosen if by_id[id].dimension == section.id]
    if picked:
        return tuple(picked[:count])
    step = next_step(released, engagement.instrument, section)
    if step is None:
        return ()

    def need(action: Action) -> tuple[float, int, str]:
        means = [m for i in action.items if (m := stands_at(released, engagement, i)) is not None]
        return (min(means, default=9.0), SIZES[action.effort], action.id)

    pool = sorted(
        (
            a
            for a in library.actions
            if a.dimension == section.id
            and a.step == step
            and a.sector in ("", engagement.sector)
            and a.country in ("", engagement.country)
            and all((stands_at(released, engagement, i) or 0) >= least for i, least in a.needs)
        ),
        key=need,
    )
    chosen = [a for h in HORIZONS if (a := next((a for a in pool if a.horizon == h), None))][:count]
    chosen += [a for a in pool if a not in chosen][: count - len(chosen)]
    if len({a.owner for a in chosen}) == 1 < len(chosen):
        last = chosen[-1]
        other = [a for a in pool if a.owner != last.owner and a not in chosen]
        same = next((a for a in other if a.horizon == last.horizon), None)
        chosen = [*chosen[:-1], same] if same else chosen
    return tuple(sorted(chosen, key=lambda a: (HORIZONS.index(a.horizon), need(a))))


def stands_at(released: Released, engagement: Engagement, measure: str) -> float | None:
    """Where a statement stands with the two sides, every answer weighing the same; None if hidden."""
    found = side_scores(released, engagement, measure)
    n = sum(s.n or 0 for s in found)
    return sum((s.n or 0) * (s.mean or 0.0) for s in found) / n if n else None


def side_scores(released: Released, engagement: Engagement, measure: str) -> tuple[Score, ...]:
    """The shown means of the two sides on a statement; of every group where there are no sides."""
    groups = [released.group(side) for side in engagement.instrument.sides]
    wanted = dict.fromkeys(g.id for g in (groups or released.groups) if g)
    scores = [released.score(measure, id, engagement.root.id) for id in wanted]
    return tuple(s for s in scores if s.shown and s.mean is not None)


def weakest(released: Released, engagement: Engagement, items: Sequence[str]) -> tuple[Score, ...]:
    """The two sides' scores on that one of some statements which stands lowest."""
    known = {i: at for i in items if (at := stands_at(released, engagement, i)) is not None}
    if not known:
        return ()
    return side_scores(released, engagement, min(known, key=lambda i: (known[i], i)))
