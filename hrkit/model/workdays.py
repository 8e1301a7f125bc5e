"""Days on which something can be held: no weekend, no public holiday, no week in which people are away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hrkit.model.process import Absence, absences

__all__ = ["Closed", "Workdays"]

_DAY = dt.timedelta(days=1)
#: Saturday, and the days after it.
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Closed:
    """Why nothing is held on a day: ``weekend``, ``holiday`` with its name, ``week`` with its number, or ``away``."""

    kind: str
    name: str = ""


@dataclass(frozen=True)
class Workdays:
    """The days of a country; of weekends alone where it is not known.

    ``language`` is that in which holidays are called, where the library knows it.
    """

    country: str
    language: str = ""

    @property
    def known(self) -> bool:
        """Whether holidays of the country are minded."""
        return self.country in absences()

    @property
    def _absence(self) -> Absence | None:
        return absences().get(self.country)

    @cached_property
    def _holidays(self) -> Any:
        """Public holidays by day (the library ``holidays``, which knows any year)."""
        import holidays

        found = self._absence
        if found is None:
            return {}
        languages = dict(holidays.list_localized_countries(include_aliases=False))
        spoken = next(
            (one for one in languages.get(found.code, ()) if one.split("_")[0] == self.language),
            None,
        )
        return holidays.country_holidays(found.code, subdiv=found.part or None, language=spoken)

    def closed(self, day: dt.date) -> Closed | None:
        """Why nothing is held on a day; None where something may be."""
        if day.weekday() >= _WEEKEND:
            return Closed("weekend")
        if name := self._holidays.get(day):
            return Closed("holiday", str(name))
        found = self._absence
        if found is None:
            return None
        week = day.isocalendar().week
        if week in found.weeks:
            return Closed("week", str(week))
        return Closed("away") if any(_within(day, *span) for span in found.days) else None

    def moved(self, day: dt.date, *, later: bool) -> dt.date:
        """The nearest day before or after on which something can be held; the day itself if it is one."""
        step = _DAY if later else -_DAY
        while self.closed(day):
            day += step
        return day


def _within(day: dt.date, first: str, last: str) -> bool:
    said = f"{day:%m-%d}"
    return first <= said <= last if first <= last else said >= first or said <= last
