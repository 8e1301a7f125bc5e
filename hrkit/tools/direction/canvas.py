"""What the canvas asks, as data: parties, fields, topics, phases of a working life, capabilities."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from hrkit import kit
from hrkit.model.engagement import Engagement
from hrkit.model.yamlfile import read_yaml

__all__ = ["TOOL", "Canvas", "CanvasField", "canvas", "parties_of", "writers_of"]

TOOL = "direction"


@dataclass(frozen=True, slots=True)
class CanvasField:
    """A field of a party's canvas: its topic, and whether it is a result to measure or a step of a plan."""

    id: str
    of: str
    measured: bool = False
    step: bool = False


@dataclass(frozen=True)
class Canvas:
    """Everything the tool asks; see ``canvas.yml``."""

    parties: tuple[str, ...]
    may: tuple[str, ...]
    fields: Mapping[str, CanvasField]
    topics: tuple[str, ...]
    phases: tuple[str, ...]
    field_practice: tuple[str, ...]
    manager: str
    decides: str
    capabilities: tuple[str, ...]
    cards: tuple[str, ...]

    def of(self, topic: str) -> tuple[CanvasField, ...]:
        """The fields of a topic."""
        return tuple(one for one in self.fields.values() if one.of == topic)


@functools.cache
def canvas() -> Canvas:
    """What stands in the kit's file."""
    data = read_yaml(kit.templates() / "tools" / TOOL / "canvas.yml").data
    listed = ("parties", "may", "topics", "phases", "field_practice", "capabilities", "cards")
    return Canvas(
        fields={id: CanvasField(id, **how) for id, how in data["fields"].items()},
        manager=data["manager"],
        decides=data["decides"],
        **{name: tuple(data[name]) for name in listed},
    )


def writers_of(engagement: Engagement) -> tuple[str, ...]:
    """Who may fill in a canvas: the parties, and employee representatives, who are missed nowhere."""
    return (*parties_of(engagement), *canvas().may)


def parties_of(engagement: Engagement) -> tuple[str, ...]:
    """The parties that an engagement has."""
    known = engagement.instrument.perspectives
    return tuple(one for one in canvas().parties if one in known)
