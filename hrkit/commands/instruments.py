"""The instruments that come with the kit."""

from __future__ import annotations

from hrkit.model import instrument_file
from hrkit.model.instrument import Instrument

__all__ = ["instruments"]


def instruments() -> tuple[Instrument, ...]:
    """Every instrument that comes with the kit, by name."""
    return tuple(map(instrument_file.load, instrument_file.available()))
