"""What the chain dialogue shows: talks that steer, rooms that are missing, words that get no answer.

Two questions to the same people are compared by whether their whole intervals lie apart.  That leaves out how
the two hang together, so it errs to the safe side wherever they do (Schenker and Gentleman 2001, *The American
Statistician* 55, 182-186).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hrkit.disclosure.derived.frame import PAGE, STEP, Estimate, each, ends, estimate
from hrkit.disclosure.derived.portions import chosen, portion, reaches
from hrkit.disclosure.released import Score
from hrkit.model.instrument import Instrument, Item, Question
from hrkit.report.context import Context

__all__ = ["LEAST_SHARE", "Missing", "Spoken", "apart", "missing", "rooms", "tagged", "told"]

#: The middle of a scale of 1 to 5: above it something is said, below it, it is not (our judgement).
MIDDLE = 3.5
#: A share that is worth doing something about, whatever the sample (our judgement).
LEAST_SHARE = 0.20
_SCALE = (1.0, 5.0)
_TINY = 1e-9


@dataclass(frozen=True)
class Missing:
    """A room that leaders have not and need: the share of them, its lower end over all rooms, and if it is told."""

    item: Item
    share: float
    low: float
    sure: bool = True


@dataclass(frozen=True)
class Spoken:
    """What is told of the leaders.

    Attributes
    ----------
    steering
        The two questions of which the first is answered higher; None where that is not told.
    missing
        Rooms that are missing.
    unheard
        What is told and what is heard; None where that is not told.
    """

    steering: tuple[Question, Question] | None
    missing: tuple[Missing, ...]
    unheard: tuple[Question, Question] | None

    def __bool__(self) -> bool:
        return bool(self.steering or self.missing or self.unheard)


def tagged(instrument: Instrument, tag: str) -> Question | None:
    """The question whose statement has a tag."""
    return next((q for q in instrument.questions() if tag in q.item.tags), None)


def rooms(instrument: Instrument) -> tuple[Question, ...]:
    """The questions about rooms: those released as shares."""
    return tuple(q for q in instrument.questions() if q.facet.release == "shares")


def told(ctx: Context, group: str) -> Spoken:
    """What is told of one group; the three kinds are one family of a page."""
    alpha = each(PAGE, 2)
    return Spoken(_steering(ctx, group, alpha), missing(ctx, group), _unheard(ctx, group, alpha))


def _interval(score: Score, alpha: float) -> tuple[float, float] | None:
    found: Estimate | None = estimate(score)
    if found is None:
        return None
    low, high = ends(found, _SCALE, 1 - alpha)
    return low - STEP, high + STEP


def apart(higher: Score, lower: Score, alpha: float = PAGE) -> bool:
    """Whether the whole interval of one mean lies above the whole interval of another."""
    one, other = _interval(higher, alpha), _interval(lower, alpha)
    return one is not None and other is not None and one[0] > other[1] + _TINY


def _pair(ctx: Context, *tags: str) -> tuple[Question, Question] | None:
    found = [tagged(ctx.instrument, tag) for tag in tags]
    return (found[0], found[1]) if found[0] and found[1] else None


def _steering(ctx: Context, group: str, alpha: float) -> tuple[Question, Question] | None:
    pair = _pair(ctx, "steering", "leading")
    if pair and apart(ctx.score(pair[0].key, group), ctx.score(pair[1].key, group), alpha):
        return pair
    return None


def _unheard(ctx: Context, group: str, alpha: float) -> tuple[Question, Question] | None:
    pair = _pair(ctx, "told", "heard")
    if pair is None:
        return None
    said, heard = (_interval(ctx.score(q.key, group), alpha) for q in pair)
    clear = said is not None and heard is not None and said[0] > MIDDLE and heard[1] < MIDDLE
    return pair if clear else None


def missing(ctx: Context, group: str) -> tuple[Missing, ...]:
    """Rooms that at least a fifth of leaders like these have not and need."""
    asked = rooms(ctx.instrument)
    found: Iterable[Missing | None] = (_missing(ctx, one, group, len(asked)) for one in asked)
    return tuple(one for one in found if one is not None and one.sure)


def _missing(ctx: Context, one: Question, group: str, of: int) -> Missing | None:
    share = ctx.released.share(one.key, group)
    value = chosen(share, "missing")
    if value is None or not share.n:
        return None
    alpha = each(PAGE, of)
    return Missing(
        one.item,
        value,
        portion(value, share.n, alpha)[0],
        reaches(value, share.n, LEAST_SHARE, alpha),
    )
