"""A tool: one way of asking and talking that an engagement can take up beside its instrument.

A tool of the kit is a folder of data (``data/templates/tools/ID/``) and, where it finds anything, one of
code (``hrkit/tools/ID/``).  ``tool.yml`` says what it is for, in which modes it is filled in, and how
long that takes; ``ID.yml`` beside it is the instrument with which groups are asked anonymously, where
they are.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from hrkit import kit
from hrkit.errors import HrkitError
from hrkit.model.instrument import Instrument
from hrkit.model.language import Texts
from hrkit.model.schema import schema_problems
from hrkit.model.yamlfile import read_yaml

__all__ = ["SITTING", "SITTINGS", "Mode", "Tool", "available", "form_minutes", "tool"]

#: ``anonymous``: groups, through the gate; ``pair``: two people by consent, the sheet is theirs;
#: ``personal``: for oneself, not stored; ``record``: said openly and signed by a role.
Mode = Literal["anonymous", "pair", "personal", "record"]

#: Most minutes of anonymous forms a person is asked for at a time, and how often in a wave.
SITTING, SITTINGS = 12, 2

#: Minutes a question takes where nobody has measured it: 13 seconds.
QUESTION = 0.22


@dataclass(frozen=True)
class Tool:
    """A tool of the kit.

    Attributes
    ----------
    purpose
        What it is for, in a sentence.
    modes
        How it is filled in; one that has ``anonymous`` has an instrument of its own.
    minutes
        How long its form takes, by perspective.
    meeting
        How long the meeting takes, minutes; 0 for none.
    order
        Its place among the others.
    """

    id: str
    title: Texts
    purpose: Texts
    modes: tuple[Mode, ...]
    minutes: Mapping[str, float] = field(default_factory=dict)
    meeting: int = 0
    order: int = 0

    @property
    def asks(self) -> bool:
        """Whether groups are asked something anonymously, in an engagement part of its own."""
        return "anonymous" in self.modes


def _places() -> tuple[Path, ...]:
    return tuple(sorted((kit.templates() / "tools").glob("*/tool.yml")))


@functools.cache
def available() -> tuple[Tool, ...]:
    """The tools of the kit, in their order.

    Raises
    ------
    HrkitError
        If a file of the kit is damaged.
    """
    return tuple(sorted((_read(path) for path in _places()), key=lambda one: (one.order, one.id)))


def tool(id: str) -> Tool | None:
    """A tool of the kit by id; None where there is none."""
    return next((one for one in available() if one.id == id), None)


def form_minutes(instrument: Instrument, perspective: str) -> float:
    """Minutes of an instrument's form for a perspective: as its tool says, or by its questions."""
    known = next((one for id in instrument.speaks if (one := tool(id)) is not None), None)
    said = known.minutes.get(perspective) if known else None
    asked = sum(q.facet.scale.kind != "text" for q in instrument.questions(perspective))
    return said or asked * QUESTION


def _read(path: Path) -> Tool:
    source = read_yaml(path, f"{path.parent.name}/{path.name}")
    problems = source.problems or schema_problems(source, "tool")
    if problems:
        raise HrkitError(f"The tool {path.parent.name} cannot be used.", list(problems))
    data = source.data
    return Tool(
        id=path.parent.name,
        title=data["title"],
        purpose=data["purpose"],
        modes=tuple(data["modes"]),
        minutes=data.get("minutes", {}),
        meeting=data.get("meeting", 0),
        order=data["order"],
    )
