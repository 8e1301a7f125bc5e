"""The library of actions: advice as data, chosen by what the answers point to.

An action belongs to a dimension and a step (the level to be reached), names the statements it
works on, who owns it, what it takes and when.  Which actions a report prints follows from
released numbers only, and each says what it rests on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hrkit.disclosure.derived.levels import level_of
from hrkit.disclosure.released import Released
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Section
from hrkit.model.language import Texts
from hrkit.report.standing import by_itself, named_higher, next_step, reached

__all__ = [
    "HORIZONS",
    "OWNERS",
    "SIZES",
    "TEXTS",
    "Action",
    "Library",
    "choose",
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
    whose statements stand lowest, then by effort; at least two owners where the library has them,
    so that no side is left to do it all, and one of them for the lowest statement.  Where somebody
    has chosen actions for the dimension, those and no others.

    An action has a ceiling: it is not advised for what has reached its step, nor for a statement
    that the page names as the higher one.  A horizon for which nothing else is left is filled from
    the neighbouring steps: see `_Pool`.
    """
    by_id = {action.id: action for action in library.actions}
    picked = [by_id[id] for id in library.chosen if by_id[id].dimension == section.id]
    if picked:
        return tuple(picked[:count])
    step = next_step(released, engagement, section)
    if step is None:
        return ()
    pool = _Pool(library, released, engagement, section, step)
    chosen = [a for h in HORIZONS if (a := next(iter(pool.of(h)), None))][:count]
    others = [a for a in pool.fitting if a not in chosen]
    chosen += sorted(others, key=pool.need)[: count - len(chosen)]
    chosen = _shared(chosen, pool)
    return tuple(sorted(chosen, key=lambda a: (HORIZONS.index(a.horizon), pool.need(a))))


class _Pool:
    """The actions of a dimension that fit, a horizon at a time, the most needed first."""

    def __init__(
        self,
        library: Library,
        released: Released,
        engagement: Engagement,
        section: Section,
        step: int,
    ) -> None:
        keys = {item.id: section.measure(item) for item in section.items}
        stands = by_itself(released, engagement, list(keys.values()))
        higher = named_higher(released, engagement, section)
        #: Statement to where it stands.
        self.stands = {item: stands[key] for item, key in keys.items() if key in stands}
        self._higher = {item for item, key in keys.items() if key in higher}
        self._step = step
        self._ranks: dict[str, int] = {}
        self._actions = [
            action
            for action in library.actions
            if action.dimension == section.id
            and action.step <= step + 1
            and action.sector in ("", engagement.sector)
            and action.country in ("", engagement.country)
            and all(reached(released, engagement, i, least) for i, least in action.needs)
        ]

    @property
    def fitting(self) -> list[Action]:
        """Those of the step itself that fit."""
        return [a for h in HORIZONS for a in self.of(h) if self._rank(a) == 0]

    @property
    def lowest(self) -> str:
        """The statement that stands lowest; empty where none may be shown."""
        return min(self.stands, key=lambda i: (self.stands[i], i), default="")

    def need(self, action: Action) -> tuple[int, float, int, str]:
        """What comes first: what fits best, then the lowest statement, then the least effort."""
        low = min((self.stands[i] for i in action.items if i in self.stands), default=9.0)
        return (self._rank(action), low, SIZES[action.effort], action.id)

    def of(self, horizon: str) -> list[Action]:
        """Those of a horizon, what fits best first: something can be done always."""
        return sorted((a for a in self._actions if a.horizon == horizon), key=self.need)

    def _rank(self, action: Action) -> int:
        if action.id not in self._ranks:
            self._ranks[action.id] = self._fit(action)
        return self._ranks[action.id]

    def _fit(self, action: Action) -> int:
        """How well an action fits, 0 the best.

        The step itself, for a statement below it; a step below, for a statement that stands there;
        the step above, for a statement that will be below it by then; a step below, to secure what
        has been reached; last the step itself for what has reached it, or is named as the higher.
        """
        known = [i for i in action.items if i in self.stands]
        levels = [level_of(self.stands[i]) for i in known if i not in self._higher]
        ahead = action.step - self._step
        if ahead == 0:
            return 0 if not known or any(level < action.step for level in levels) else 4
        if ahead == 1:
            return 2 if any(level < action.step for level in levels) else 6
        if any(level == action.step - 1 for level in levels):
            return 1
        return 3 if any(level <= action.step for level in levels) else 5


def _shared(chosen: list[Action], pool: _Pool) -> list[Action]:
    """The same, with one of its actions exchanged where all have one owner.

    What works on the lowest statement stays.
    """
    if len(chosen) < 2 or len({a.owner for a in chosen}) > 1:
        return chosen
    for one in reversed(chosen):
        if pool.lowest in one.items and sum(pool.lowest in a.items for a in chosen) == 1:
            continue
        other = next(
            (
                a
                for a in pool.fitting
                if a.horizon == one.horizon and a.owner != one.owner and a not in chosen
            ),
            None,
        )
        if other:
            return [other if a is one else a for a in chosen]
    return chosen
