"""Editions and versions of an instrument: what a wave that was begun with one is read and finished with."""

from __future__ import annotations

import re

from hrkit import kit
from hrkit.model import instrument_file
from hrkit.model.instrument import Instrument
from hrkit.model.instrument_file import version_of
from hrkit.model.terms import Terms

__all__ = ["as_asked", "earlier", "edition", "editions", "later", "same_edition"]


def edition(id: str, version: str) -> str | None:
    """The name of the file with which a version of a kit instrument is asked; None for none.

    Of the files whose versions begin with the same number it is the latest that is not later, or
    the first: the kit keeps a file wherever something is asked otherwise than before.
    """
    then = _numbers(version)[:2] or (1,)
    known = [(at, name) for name, at in _files(id) if at[0] == then[0]]
    before = [one for one in known if one[0] <= then]
    return max(before)[1] if before else min(known)[1] if known else None


def earlier(id: str) -> tuple[str, ...]:
    """The names of a kit instrument's files, the latest version first."""
    return tuple(name for name, _ in sorted(_files(id), key=lambda one: one[1], reverse=True))


def _files(id: str) -> list[tuple[str, tuple[int, ...]]]:
    """A kit instrument's files by name, with the first two numbers of their versions."""
    home = kit.templates()
    folders = (home / "instruments", home / "tools" / id)
    found = (
        path for one in folders for name in (id, f"{id}-*") for path in one.glob(f"{name}.yml")
    )
    mine = (path for path in found if re.fullmatch(rf"{re.escape(id)}(-\d+)*", path.stem))
    return [(path.stem, _numbers(version_of(path))[:2]) for path in sorted(mine)]


def same_edition(one: Instrument, other: Instrument) -> bool:
    """Whether two instruments ask the same edition: of the kit's, the same file."""
    names = [edition(it.id, it.version) for it in (one, other)]
    return names[0] == names[1] if all(names) else one.edition == other.edition


def later(one: Instrument, other: Instrument) -> bool:
    """Whether an instrument's edition is later than another's."""
    return _numbers(one.version)[:2] > _numbers(other.version)[:2]


def editions(instrument: Instrument, terms: Terms) -> tuple[Instrument, ...]:
    """An instrument and, where it is the kit's own as it stands there, its other editions."""
    mine = edition(instrument.id, instrument.version)
    if mine is None or instrument_file.load(mine, terms=terms).data != instrument.data:
        return (instrument,)
    names = [name for name in earlier(instrument.id) if name != mine]
    return (instrument, *(instrument_file.load(name, terms=terms) for name in sorted(names)))


def as_asked(instrument: Instrument, version: str, terms: Terms) -> Instrument:
    """An instrument as it was in an earlier version: its statements, and the ways out of its scales.

    The kit keeps an instrument's editions side by side, so that a wave which was begun with one is
    finished with it.  Where "don't know" and "not relevant" were one answer,
    nobody can tell afterwards which of the two was meant; a wave that was asked so is read and
    printed so.

    Parameters
    ----------
    instrument
        As it is now.
    version
        With which a wave was asked; empty where it is not known, as of the oldest stores.
    terms
        What the client calls people and places.
    """
    instrument = _edition(instrument, version, terms)
    data = instrument.data
    then = _numbers(version)
    was = {
        name: raw["joint"]["label"]
        for name, raw in data.get("scales", {}).items()
        if "joint" in raw and then <= _numbers(raw["joint"]["until"])
    }
    if not was:
        return instrument
    scales = {
        name: {k: v for k, v in raw.items() if k not in ("not_relevant", "joint")}
        | {"dont_know": was[name]}
        if name in was
        else raw
        for name, raw in data["scales"].items()
    }
    version = version or min(
        raw["joint"]["until"] for raw in data["scales"].values() if "joint" in raw
    )
    return instrument_file.build(
        {**data, "scales": scales, "version": version}, terms, instrument.speaks
    )


def _edition(instrument: Instrument, version: str, terms: Terms) -> Instrument:
    """The edition of a kit instrument that a version belongs to; the instrument itself for its own.

    A store that knows no version is older than any second edition.
    """
    mine = edition(instrument.id, instrument.version)
    name = edition(instrument.id, version or "1")
    if mine is None or name is None or name == mine:
        return instrument
    # What a client has added to an instrument is not in the kit's edition.
    kits = instrument_file.load(mine, terms=terms)
    return instrument_file.load(name, terms=terms) if kits.data == instrument.data else instrument


def _numbers(version: str) -> tuple[int, ...]:
    """A version as numbers; that of what was extended, where two stand together."""
    parts = version.partition("+")[0].split(".")
    return tuple(int(part) for part in parts if part.isdigit())
