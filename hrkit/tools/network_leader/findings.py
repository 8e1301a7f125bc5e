"""What the leaders' ten tasks show: how far each is, how many have not begun, and whether what is wanted has time."""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.disclosure.derived.frame import PAGE, STEP, each, ends, estimate
from hrkit.disclosure.derived.portions import chosen, portion
from hrkit.disclosure.released import Score, Share
from hrkit.model.instrument import Instrument, Item
from hrkit.report.context import Context

__all__ = ["MIDDLE", "TaskStanding", "by_tag", "page", "tasks", "wanted_no_time"]

#: The middle of a scale of 0 to 3: above it a task is mostly done, below it, it is not (our judgement).
MIDDLE = 1.5
_SCALE = (0.0, 3.0)
_TINY = 1e-9


@dataclass(frozen=True)
class TaskStanding:
    """A task: its mean, and the share who have not begun, with its interval, where it may be shown."""

    item: Item
    score: Score
    share: Share
    not_yet: float | None
    interval: tuple[float, float] | None


def tasks(instrument: Instrument) -> tuple[tuple[Item, str, str], ...]:
    """Each task with the keys of its rating and of what is made of it."""
    return tuple(
        (question.item, question.item.id, question.key)
        for question in instrument.measured.values()
        if len(question.facet.made_of) == 1
    )


def page(ctx: Context, group: str) -> tuple[TaskStanding, ...]:
    """The tasks in the order asked."""
    found = []
    for item, rated, begun in tasks(ctx.instrument):
        share = ctx.released.share(begun, group)
        value = chosen(share, "lowest")
        interval = portion(value, share.n) if value is not None and share.n else None
        found.append(TaskStanding(item, ctx.score(rated, group), share, value, interval))
    return tuple(found)


def by_tag(ctx: Context, group: str) -> dict[str, Score]:
    """The means of the tasks that a sentence is about."""
    return {tag: one.score for one in page(ctx, group) for tag in one.item.tags}


def wanted_no_time(ctx: Context, group: str) -> bool:
    """Whether encouraging is further on than time and priority: three whole intervals about the middle."""
    found = by_tag(ctx, group)
    if not {"wanted", "time", "priority"} <= set(found):
        return False
    return _lies(found["wanted"]) > 0 and _lies(found["time"]) < 0 and _lies(found["priority"]) < 0


def _lies(score: Score) -> int:
    """1 above the middle, -1 below it, 0 where that cannot be told."""
    one = estimate(score)
    if one is None:
        return 0
    low, high = ends(one, _SCALE, 1 - each(PAGE, 3))
    return 1 if low - STEP > MIDDLE + _TINY else -1 if high + STEP < MIDDLE - _TINY else 0
