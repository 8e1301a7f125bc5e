"""The calendar of an engagement: every step with its day, who, how long and which sheet.

Day 0 is the workshop.  What falls on a day on which nobody is there is moved: earlier before the
workshop, later after it, and the page says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.model.engagement import Engagement
from hrkit.model.process import ProcessStep, process_steps
from hrkit.model.workdays import Closed, Workdays

__all__ = ["ASKED", "SMALL", "Planned", "days_of", "planned", "small_sides", "start_of"]

#: Who a step is for, where no single perspective is meant: those asked, and sides too small for figures.
ASKED, SMALL = "asked", "small"


@dataclass(frozen=True, slots=True)
class Planned:
    """A step with its days.

    Attributes
    ----------
    day, until
        When it is, and how long it lasts; None for a single day.
    wanted, closed
        The day it would have been, and why nothing is held then; None where it was not moved.
    done
        The day on which it was done.
    waits
        Id of the step that has to be done before and of which no day is known.
    """

    step: ProcessStep
    day: dt.date
    until: dt.date | None = None
    wanted: dt.date | None = None
    closed: Closed | None = None
    done: dt.date | None = None
    waits: str = ""


def days_of(engagement: Engagement, language: str) -> Workdays:
    """The working days of an engagement's country."""
    return Workdays(engagement.country, language)


def start_of(first: dt.date) -> dt.date:
    """The day of the workshop, where the first step is taken on a day."""
    weeks = min(step.weeks for step in process_steps() if step.weeks is not None)
    return first - dt.timedelta(weeks=weeks)


def planned(engagement: Engagement, workshop: dt.date, days: Workdays) -> tuple[Planned, ...]:
    """The steps of an engagement's process, in the order of their days.

    Steps that belong to tools stand only where one of them was taken up; group cards only where a
    side is too small for figures.
    """
    done = engagement.process
    found = []
    for step in process_steps():
        if step.tools and not set(step.tools) & set(engagement.tools):
            continue
        if SMALL in step.who and not small_sides(engagement):
            continue
        found.append(_planned(step, workshop, days, done))
    return tuple(sorted(found, key=lambda one: one.day))


def _planned(
    step: ProcessStep, workshop: dt.date, days: Workdays, done: Mapping[str, dt.date]
) -> Planned:
    wanted = _from(workshop, step)
    later = wanted >= workshop
    # The day of the workshop is the client's own choice: it is looked at and never moved.
    day = wanted if wanted == workshop else days.moved(wanted, later=later)
    until = workshop + dt.timedelta(weeks=step.until) if step.until is not None else None
    return Planned(
        step,
        day,
        days.moved(until, later=until >= workshop) if until else None,
        wanted if day != wanted else None,
        days.closed(wanted),
        done.get(step.id),
        step.needs if step.needs and step.needs not in done and step.id not in done else "",
    )


def _from(workshop: dt.date, step: ProcessStep) -> dt.date:
    if step.weeks is not None:
        return workshop + dt.timedelta(weeks=step.weeks)
    month = workshop.month - 1 + (step.months or 0)
    return workshop.replace(
        year=workshop.year + month // 12, month=month % 12 + 1, day=min(workshop.day, 28)
    )


def small_sides(engagement: Engagement) -> Mapping[str, int]:
    """Perspectives of whom fewer were invited than a figure takes, also with those they are pooled with."""
    from hrkit.disclosure.derived.groups import pooled

    wave, root = engagement.wave().id, engagement.root.id
    counts = {
        one: n
        for one in engagement.instrument.perspectives
        if (n := engagement.invited_to(wave, root, (one,))) is not None
    }
    floor = engagement.protection.scores
    groups: Sequence[tuple[str, ...]] = [
        tuple(group.perspectives) for group in pooled(engagement.instrument, counts, floor)
    ]
    found: dict[str, int] = {}
    for members in groups:
        total = sum(counts.get(one, 0) for one in members)
        if 0 < total < floor:
            found |= {one: counts[one] for one in members if counts.get(one)}
    return found
