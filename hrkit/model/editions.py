"""Editions and versions of an instrument: what a wave that was begun with one is read and finished with."""

from __future__ import annotations

from hrkit import kit
from hrkit.model import instrument_file
from hrkit.model.instrument import Instrument
from hrkit.model.instrument_file import version_of
from hrkit.model.terms import Terms

__all__ = ["as_asked", "edition", "editions"]


def edition(id: str, major: int) -> str | None:
    """The name of the edition of a kit instrument whose versions begin with a number; None for none."""
    home = kit.templates()
    folders = (home / "instruments", home / "tools" / id)
    for path in sorted(
        p for one in folders for name in (id, f"{id}-*") for p in one.glob(f"{name}.yml")
    ):
        if version_of(path).partition(".")[0] == str(major):
            return path.stem
    return None


def editions(instrument: Instrument, terms: Terms) -> tuple[Instrument, ...]:
    """An instrument and, where it is the kit's own as it stands there, its other editions."""
    mine = edition(instrument.id, instrument.edition)
    if mine is None or instrument_file.load(mine, terms=terms).data != instrument.data:
        return (instrument,)
    names = {edition(instrument.id, major) for major in range(1, 10)} - {None, mine}
    return (
        instrument,
        *(instrument_file.load(name, terms=terms) for name in sorted(filter(None, names))),
    )


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
    then, now = (_numbers(one)[:1] or (1,) for one in (version, instrument.version))
    mine, name = (edition(instrument.id, one[0]) for one in (now, then))
    if then == now or mine is None or name is None:
        return instrument
    # What a client has added to an instrument is not in the kit's edition.
    kits = instrument_file.load(mine, terms=terms)
    return instrument_file.load(name, terms=terms) if kits.data == instrument.data else instrument


def _numbers(version: str) -> tuple[int, ...]:
    """A version as numbers; that of what was extended, where two stand together."""
    parts = version.partition("+")[0].split(".")
    return tuple(int(part) for part in parts if part.isdigit())
