"""Units that live: closed, merged, split, renamed or moved between two waves.

An answer stays where it was given: under the id that its unit had then.  What became of a unit is
said in ``engagement.yml``, and is read here in two ways: which units a wave had, under which names
and below which parents (`units_in`), and where an answer counts that was stored under an id that is
not there any more (`place`).

=================  =====================================================================
``from: w2``       there from this wave on
``until: w1``      there up to and including this wave; then it was closed
``was: [old]``     ids it had before; of a merger or a split those it came from
``merged_into``    the unit that its people belong to after ``until`` (or in every wave)
``names: {w1: …}``   its name up to and including that wave
``parents: {w1: …}``  the unit it lay below up to and including that wave
=================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

__all__ = ["Unit", "common", "place", "position", "there", "units_in"]


@dataclass(frozen=True, slots=True)
class Unit:
    """An area or department.  Units nest; a unit's results count its sub-units.

    Attributes
    ----------
    was
        Ids under which its people's answers may be stored.
    since, until
        First and last wave in which it was there; None where it was there before, or still is.
    merged_into
        Id of the unit to which its people went.
    names, parents
        What it was called, and what it lay below, up to and including a wave.
    """

    id: str
    name: str
    parent: str | None = None
    was: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    merged_into: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)


def position(waves: Sequence[str], wave: str | None, otherwise: int) -> int:
    """Where a wave stands in their order; ``otherwise`` for None or one that is not among them."""
    return waves.index(wave) if wave in waves else otherwise


def there(unit: Unit, waves: Sequence[str], wave: str) -> bool:
    """Whether a unit was there in a wave."""
    at = position(waves, wave, len(waves) - 1)
    if unit.merged_into and unit.until is None:
        return False
    first, last = position(waves, unit.since, 0), position(waves, unit.until, len(waves))
    return first <= at <= last


def _then(told: Mapping[str, str], waves: Sequence[str], wave: str) -> str | None:
    """What was true in a wave, of what is told up to and including waves; None: what is now."""
    at = position(waves, wave, len(waves) - 1)
    later = [(position(waves, known, -1), said) for known, said in told.items()]
    return min((one for one in later if one[0] >= at), default=(0, None))[1]


def units_in(units: Sequence[Unit], waves: Sequence[str], wave: str) -> tuple[Unit, ...]:
    """The units of a wave, with the names and parents they had in it.

    A unit whose parent was not there lies below the nearest one above that was.
    """
    by_id = {unit.id: unit for unit in units}

    whole = next((unit.id for unit in units if unit.parent is None), None)

    def parent(unit: Unit) -> str | None:
        if unit.parent is None:
            return None
        seen, above = {unit.id}, _then(unit.parents, waves, wave) or unit.parent
        while above not in seen and above in by_id and not there(by_id[above], waves, wave):
            seen.add(above)
            steps = (by_id[above].merged_into, by_id[above].parent)
            above = next((one for one in steps if one and one not in seen), unit.id)
        return whole if above in seen else above

    return tuple(
        replace(unit, name=_then(unit.names, waves, wave) or unit.name, parent=parent(unit))
        for unit in units
        if there(unit, waves, wave)
    )


def place(units: Sequence[Unit], waves: Sequence[str], id: str, wave: str) -> str | None:
    """The unit of a wave's tree in which answers count that are stored under an id.

    Parameters
    ----------
    units, waves
        Every unit that is written down; ids of the waves, oldest first.
    id
        As it stands with the answers.
    wave
        Whose tree.

    Returns
    -------
    str or None
        None where it is not said what became of the unit.  Of a unit that was split it is the
        nearest unit that holds all the parts.
    """
    return _place(units, waves, id, wave, frozenset())


def _place(
    units: Sequence[Unit], waves: Sequence[str], id: str, wave: str, seen: frozenset[str]
) -> str | None:
    if id in seen:
        return None
    own = next((unit for unit in units if unit.id == id), None)
    if own and there(own, waves, wave):
        return id
    heirs = [unit.id for unit in units if id in unit.was]
    if own and own.merged_into and own.merged_into not in heirs:
        heirs.append(own.merged_into)
    found = [_place(units, waves, heir, wave, seen | {id}) for heir in heirs]
    places = [one for one in found if one is not None]
    return common(units_in(units, waves, wave), places) if len(places) == len(heirs) else None


def common(units: Sequence[Unit], ids: Sequence[str]) -> str | None:
    """The nearest unit that holds all of some units; None of none."""
    parents = {unit.id: unit.parent for unit in units}

    def above(id: str | None) -> list[str]:
        chain: list[str] = []
        while id is not None and id in parents and id not in chain:
            chain.append(id)
            id = parents[id]
        return chain

    chains = [above(id) for id in ids]
    return next((one for one in chains[0] if all(one in c for c in chains)), None) if ids else None
