"""As what groups perspectives are reported, by how many answered."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.disclosure.released import Group
from hrkit.model.instrument import Instrument

__all__ = ["pooled"]


def pooled(instrument: Instrument, counts: Mapping[str, int], threshold: int) -> tuple[Group, ...]:
    """The groups in which perspectives are reported.

    A perspective that the instrument pools with another is reported on its own only when both
    reach the threshold; perspectives nobody answered for are left out.

    Parameters
    ----------
    instrument
        Its perspectives, and which it pools.
    counts
        Perspective to the number of answers.
    threshold
        Smallest group with a mean.
    """
    members = {name: [name] for name in instrument.perspectives if counts.get(name)}
    for name, target in instrument.pool.items():
        if counts.get(name) and min(counts[name], counts.get(target, 0)) < threshold:
            members.setdefault(target, [])
            members[target] = [*members[target], name]
            members.pop(name, None)
    return tuple(
        Group(name, tuple(members[name])) for name in instrument.perspectives if name in members
    )
