"""What people of a made-up organisation think, and how many they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Size:
    """How many answer: leaders in each unit, HR, top management."""

    name: str
    leaders: tuple[int, ...]
    hr: int
    top: int = 0


SIZES = (
    Size("5 + 5", (5,), 5),
    Size("20 + 12", (20,), 12, 5),
    Size("64 + 12, six units of 8", (8, 8, 8, 8, 8, 8, 16), 12, 6),
    Size("160 + 40, eight units of 20", (20,) * 8, 40, 8),
    Size("300 + 40, fifteen units of 20", (20,) * 15, 40, 8),
)


@dataclass(frozen=True)
class World:
    """What everybody thinks.

    Attributes
    ----------
    centre, spread
        Of people's tendencies, by perspective; "" for the rest.
    shape
        "normal" or "skewed", with a tail of unhappy people.
    added
        By perspective what a dimension adds.
    statements
        What the first statement of a dimension has more than the others.
    steps
        What each unit, and each level of the chain, adds to the one before it.
    importance
        Of each dimension; 4.0 if empty.  Where it is chosen, how readily grows with it.
    uneven
        How many times as divided as the others the first unit is, and the second level of the chain.
    """

    centre: Mapping[str, float]
    spread: Mapping[str, float]
    shape: str = "normal"
    added: Mapping[str, tuple[float, ...]] = dataclasses.field(default_factory=dict)
    steps: tuple[float, float] = (0.0, 0.0)
    importance: tuple[float, ...] = ()
    uneven: float = 1.0
    statements: float = 0.0

    @classmethod
    def of(cls, centre: float, spread: float, shape: str = "normal", **hr: float) -> World:
        """One in which all perspectives are alike, HR but for its spread."""
        return cls(
            {"": centre} | ({"hr": hr["at"]} if "at" in hr else {}),
            {"": spread} | ({"hr": hr["hr"]} if "hr" in hr else {}),
            shape,
        )


def random_world(rng: np.random.Generator) -> tuple[Size, World]:
    """Some organisation with some effects, or none."""
    sizes = (*SIZES[:3], Size("7 + 31", (7,), 31), Size("40 of 46, 9 + 6", (40, 6), 9, 6),
             Size("12 + 5, no other", (6, 6), 5, 5))  # fmt: skip
    size = sizes[int(rng.integers(len(sizes)))]
    strength = float(rng.choice([0.0, 0.3, 0.8]))
    added = {
        who: tuple(strength * rng.normal(size=9)) for who in ("leader", "hr", "pay", "top", "")
    }
    world = World(
        {"": float(rng.uniform(2, 4.5)), "hr": float(rng.uniform(2, 4.5))},
        {"": float(rng.uniform(0.3, 0.9)), "hr": float(rng.uniform(0.3, 0.9))},
        str(rng.choice(["normal", "skewed"])),
        added,
        (strength * float(rng.normal(0, 0.2)), strength * float(rng.normal(0, 0.4))),
    )
    return size, world
