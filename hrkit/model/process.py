"""The steps of an engagement, from top management's purpose to the next round, as data.

Day 0 is the workshop; a step lies so many weeks or months from it.  Which days of them are known to be
done stands in ``process:`` of ``engagement.yml``, by the step's id.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrkit import kit
from hrkit.errors import HrkitError
from hrkit.model.schema import schema_problems
from hrkit.model.yamlfile import read_yaml

__all__ = ["BANDS", "REPRESENTATIVES", "Absence", "ProcessStep", "absences", "process_steps"]

#: The steps of S2 that a calendar shows as bands.
BANDS = ("redraw", "prepare", "confirm")
#: The step at which employee representatives are told; nobody is asked before it.
REPRESENTATIVES = "representatives"


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """A step of the process; see the head of ``process/steps.yml`` for each field."""

    id: str
    who: tuple[str, ...]
    minutes: int
    weeks: int | None = None
    months: int | None = None
    until: int | None = None
    needs: str = ""
    band: str = ""
    tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """When people of a country are away: its code and part for public holidays, weeks, and spans of days."""

    code: str
    part: str = ""
    weeks: tuple[int, ...] = ()
    days: tuple[tuple[str, str], ...] = ()


@functools.cache
def _data() -> Mapping[str, Any]:
    source = read_yaml(kit.templates() / "process" / "steps.yml")
    problems = source.problems or schema_problems(source, "process")
    if problems:
        raise HrkitError("The kit's process cannot be used.", list(problems))
    return dict(source.data)


@functools.cache
def process_steps() -> tuple[ProcessStep, ...]:
    """The steps, in their order.

    Raises
    ------
    HrkitError
        If the file of the kit is damaged.
    """
    return tuple(_step(raw) for raw in _data()["steps"])


def _step(raw: Mapping[str, Any]) -> ProcessStep:
    listed = {key: tuple(raw.get(key, ())) for key in ("who", "tools")}
    return ProcessStep(**{**raw, **listed})


@functools.cache
def absences() -> Mapping[str, Absence]:
    """When people are away, by country as ``country:`` of an engagement says it."""
    return {
        country: Absence(
            one["code"],
            one.get("part", ""),
            tuple(one.get("weeks", ())),
            tuple((a, b) for a, b in one.get("days", ())),
        )
        for country, one in _data()["away"].items()
    }
