"""What a tool's findings and agreements ask for: the steps that a roadmap may take up.

A tool says its steps in ``STEPS`` of its ``sections``; `hrkit.tools.steps_of` collects them.  They are
proposals until a role has said yes to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.model.followed import NEEDS
from hrkit.report.actions import HORIZONS, SIZES

__all__ = ["ToolStep"]


@dataclass(frozen=True, slots=True)
class ToolStep:
    """A step that a tool points to, in the words of the report's language.

    Attributes
    ----------
    id
        What it rests on, as ``tool:rule:row``; the roadmap refers to it.
    owner
        A perspective, or one of `hrkit.report.actions.OWNERS`: who would carry it.
    text
        What to do.
    why
        The finding or agreement behind it, in a sentence.
    horizon
        One of `hrkit.report.actions.HORIZONS`.
    effort, effect
        What it takes and brings: of `hrkit.report.actions.SIZES`.
    agreed
        A role has said yes to it; a proposal otherwise.
    needs
        What it takes before it can begin, of `hrkit.model.followed.NEEDS`; empty for nothing.
    """

    id: str
    owner: str
    text: str
    why: str
    horizon: str = "now"
    effort: str = "small"
    effect: str = "medium"
    agreed: bool = False
    needs: str = ""

    def __post_init__(self) -> None:
        if self.id.count(":") < 2:
            raise ValueError(f"{self.id!r} does not say which rule of which tool it rests on")
        if self.needs not in ("", *NEEDS):
            raise ValueError(f"{self.id}: {self.needs}")
        if self.horizon not in HORIZONS or {self.effort, self.effect} - set(SIZES):
            raise ValueError(f"{self.id}: {self.horizon}, {self.effort}, {self.effect}")
