"""What may be followed from one edition of an instrument to the next: statements, never dimensions."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from hrkit import kit
from hrkit.model.yamlfile import read_yaml

__all__ = ["Crosswalk", "crosswalk"]


@dataclass(frozen=True)
class Crosswalk:
    """Statements that two editions both ask, with the perspectives for whom they are the same act.

    Attributes
    ----------
    same
        In the same words.
    reworded
        In other words.
    """

    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reworded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def followed(self, item: str) -> tuple[str, ...]:
        """The perspectives for whom a statement may be followed; empty for nobody."""
        return self.same.get(item) or self.reworded.get(item, ())


@functools.cache
def crosswalk(instrument: str, then: int, now: int) -> Crosswalk:
    """The crosswalk of a kit instrument from one edition to another; empty where there is none.

    Parameters
    ----------
    instrument
        Its id.
    then, now
        The editions, by the first number of their versions.
    """
    path = kit.templates() / "instruments" / "crosswalks" / f"{instrument}-{then}-{now}.yml"
    if not path.is_file():
        return Crosswalk()
    data = read_yaml(path).data
    listed = (
        {item: tuple(who) for item, who in data.get(name, {}).items()}
        for name in ("same", "reworded")
    )
    return Crosswalk(*listed)
