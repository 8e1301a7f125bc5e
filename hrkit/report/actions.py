"""The library of actions: advice as data, chosen by what the answers point to.

An action belongs to a dimension and a step (the level to be reached), names the statements it
works on, who owns it, what it takes and when.  Which actions a report prints follows from
released numbers only, and each says what it rests on.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrkit import kit
from hrkit.disclosure.released import ALL, Released
from hrkit.errors import HrkitError, Problem
from hrkit.model.instrument import Instrument, Section
from hrkit.model.language import LANGUAGES, Texts
from hrkit.model.yamlfile import read_yaml

__all__ = ["Action", "Library", "choose", "library"]

HORIZONS = ("now", "year", "later")
_SIZES = {"small": 1, "medium": 2, "large": 3}


@dataclass(frozen=True)
class Action:
    """One piece of advice; ``step`` is the level it helps to reach, ``items`` what it works on."""

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
    how: Texts


@dataclass(frozen=True)
class Library:
    """All actions of an instrument, and the names of horizons, efforts and effects."""

    actions: tuple[Action, ...]
    horizons: Mapping[str, Texts]
    efforts: Mapping[str, Texts]
    effects: Mapping[str, Texts]


@functools.cache
def library(instrument: str) -> Library | None:
    """The library of an instrument's id; None where there is none.

    Raises
    ------
    HrkitError
        If the file lacks a text in any language, or names what does not exist.
    """
    path = kit.templates() / "actions" / f"{instrument}.yml"
    if not path.is_file():
        return None
    source = read_yaml(path)
    problems = list(source.problems)
    data = source.data or {}
    for i, raw in enumerate(data.get("actions", ())):
        where = source.where(("actions", i))
        for key in ("text", "how"):
            if any(not isinstance(raw.get(key, {}).get(lang), str) for lang in LANGUAGES):
                problems.append(Problem(where, f"{key} is not there in every language", "add it"))
        if raw.get("horizon") not in HORIZONS or raw.get("effort") not in _SIZES:
            problems.append(Problem(where, "horizon or effort is not known", "correct it"))
    if problems:
        raise HrkitError(f"The action library {path.name} cannot be used.", problems)
    return Library(
        tuple(_action(raw) for raw in data["actions"]),
        data["horizons"],
        data["efforts"],
        data["effects"],
    )


def _action(raw: Mapping[str, Any]) -> Action:
    return Action(
        id=raw["id"],
        dimension=raw["dimension"],
        step=int(raw["step"]),
        items=tuple(raw["items"]),
        owner=raw["owner"],
        effort=raw["effort"],
        effect=raw["effect"],
        horizon=raw["horizon"],
        sources=tuple(raw["source"].split()),
        text=raw["text"],
        how=raw["how"],
    )


def next_step(released: Released, section: Section) -> int | None:
    """The level to work towards: the one above the band's lower end; None without a band."""
    band = released.band(section.id)
    return min(5, band.low + 1) if band.shown and band.low is not None else None


def choose(
    library: Library,
    released: Released,
    instrument: Instrument,
    section: Section,
    count: int,
    root: str,
) -> tuple[Action, ...]:
    """The actions of a dimension that the answers point to first.

    Those for the next step, ordered by the lowest released mean of the statements they work
    on, then by effort; at least two owners where the library has them, so that no side is
    left to do it all.
    """
    step = next_step(released, section)
    if step is None:
        return ()
    pool = [a for a in library.actions if a.dimension == section.id and a.step == step]
    groups = [group.id for group in released.groups]

    def need(action: Action) -> tuple[float, int, str]:
        means = [
            s.mean
            for item in action.items
            for group in (*groups, ALL)
            if (s := released.score(item, group, root)).shown and s.mean is not None
        ]
        return (min(means, default=9.0), _SIZES[action.effort], action.id)

    ranked = sorted(pool, key=need)
    chosen = ranked[:count]
    if len({a.owner for a in chosen}) == 1 and len(ranked) > count:
        other = next((a for a in ranked[count:] if a.owner != chosen[0].owner), None)
        chosen = [*chosen[:-1], other] if other else chosen
    return tuple(sorted(chosen, key=lambda a: (HORIZONS.index(a.horizon), need(a))))


def weakest(released: Released, items: Sequence[str], root: str) -> tuple[str, str, float] | None:
    """The lowest released mean among items and groups: item, group, mean."""
    found = [
        (s.mean, item, group.id)
        for item in items
        for group in released.groups
        if (s := released.score(item, group.id, root)).shown and s.mean is not None
    ]
    if not found:
        return None
    mean, item, group_id = min(found)
    return item, group_id, mean
