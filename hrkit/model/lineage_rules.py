"""What must hold of units and waves that live: every word about the past names something known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hrkit.errors import Problem
from hrkit.model.lineage import Unit, position, there, units_in
from hrkit.model.yamlfile import Source

__all__ = ["listed", "unit_of", "unit_problems", "wave_problems"]


def listed(value: Any) -> tuple[str, ...]:
    """``was: old`` and ``was: [old]`` are the same."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def unit_of(data: Mapping[str, Any], waves: Mapping[str, str]) -> Unit:
    """A unit as it is written; ``waves`` maps every id a wave has or had to the one it has."""

    def wave(name: str | None) -> str | None:
        return waves.get(name, name) if name else None

    return Unit(
        id=data["id"],
        name=data["name"],
        parent=data.get("parent"),
        was=listed(data.get("was")),
        since=wave(data.get("from")),
        until=wave(data.get("until")),
        merged_into=data.get("merged_into"),
        names={waves.get(name, name): said for name, said in data.get("names", {}).items()},
        parents={waves.get(name, name): said for name, said in data.get("parents", {}).items()},
    )


def wave_problems(source: Source, waves: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Former ids of waves: none that another wave has or had."""
    ids = [wave["id"] for wave in waves]
    seen: dict[str, int] = {}
    for w, wave in enumerate(waves):
        for id in listed(wave.get("was")):
            where = source.where(("waves", w, "was"))
            if id in ids:
                yield Problem(where, f"{id} is the id of a wave that is there", "take it out")
            elif id in seen:
                yield Problem(where, f"{id} was the id of another wave too", "keep one of them")
            seen[id] = w


def unit_problems(
    source: Source, data: Sequence[Mapping[str, Any]], waves: Mapping[str, str]
) -> Iterator[Problem]:
    """Everything that is said of units over time and does not hold together."""
    order = list(dict.fromkeys(waves.values()))
    units = [unit_of(one, waves) for one in data]
    ids = {unit.id for unit in units}
    for u, (unit, raw) in enumerate(zip(units, data, strict=True)):
        at = ("units", u)
        named = [(key, raw.get(key)) for key in ("from", "until")]
        named += [(key, name) for key in ("names", "parents") for name in raw.get(key, {})]
        strange = [(key, name) for key, name in named if name and name not in waves]
        for key, name in strange:
            yield Problem(
                source.where((*at, key)),
                f"the wave {name} is not there",
                f"use one of {', '.join(order)}",
            )
        for key, name in [("merged_into", unit.merged_into)] + [
            ("parents", parent) for parent in unit.parents.values()
        ]:
            if name and (name not in ids or name == unit.id):
                what = "it cannot be itself" if name == unit.id else f"the unit {name} is not there"
                yield Problem(source.where((*at, key)), what, "name a unit of this list")
        yield from _was(source, at, unit, units)
        if strange:
            continue
        if position(order, unit.since, 0) > position(order, unit.until, len(order)):
            yield Problem(
                source.where((*at, "until")),
                f"{unit.until} comes before {unit.since}",
                "correct one of them",
            )
        if unit.parent is None and (unit.until or unit.since or unit.merged_into):
            yield Problem(
                source.where(at),
                f"{unit.id} is the whole organisation, which is there in every wave",
                "give its new id, and the old one under was:",
            )
        elif unit.merged_into in ids and unit.merged_into != unit.id:
            into = next(one for one in units if one.id == unit.merged_into)
            if not there(into, order, order[-1]) and into.merged_into is None:
                yield Problem(
                    source.where((*at, "merged_into")),
                    f"{into.id} was closed itself",
                    "name a unit that is there",
                )
    yield from _circles(source, units, order)


def _was(
    source: Source, at: tuple[str | int, ...], unit: Unit, units: Sequence[Unit]
) -> Iterator[Problem]:
    for id in unit.was:
        other = next((one for one in units if one.id == id), None)
        if id == unit.id:
            yield Problem(source.where((*at, "was")), f"{id} is its id now", "take it out of was")
        elif other is not None and other.until is None and other.merged_into is None:
            yield Problem(
                source.where((*at, "was")),
                f"the unit {id} is still there",
                "say until which wave it was (until:), or take it out of was",
            )


def _circles(source: Source, units: Sequence[Unit], order: Sequence[str]) -> Iterator[Problem]:
    """Parents of an earlier wave, and mergers, that lead back to where they began."""
    for wave in order:
        parents = {unit.id: unit.parent for unit in units_in(units, order, wave)}
        for u, unit in enumerate(units):
            if unit.parents and _returns(parents, unit.id):
                yield Problem(
                    source.where(("units", u, "parents")),
                    f"{unit.id} lies inside itself in {wave}",
                    "correct it",
                )
    into = {unit.id: unit.merged_into for unit in units}
    for u, unit in enumerate(units):
        if unit.merged_into != unit.id and _returns(into, unit.id):
            yield Problem(
                source.where(("units", u, "merged_into")),
                f"{unit.id} is merged into itself at the end",
                "correct it",
            )


def _returns(steps: Mapping[str, str | None], start: str) -> bool:
    seen, at = set(), steps.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = steps.get(at)
    return False
