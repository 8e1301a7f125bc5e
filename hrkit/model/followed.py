"""What became of the actions that an earlier wave led to."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["NEEDS", "Followed"]

#: What a step may take before it can begin.
NEEDS = ("mandate", "skill", "system", "time")


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of an action since a wave.

    Attributes
    ----------
    action
        Its id, or what was agreed in the client's own words.
    dimension
        What it was for; its figures stand beside it.
    status
        ``done``, ``moved`` (to later), ``dropped`` or ``open``.
    since
        The wave whose report it followed from.
    note
        A word on it, as printed.
    owner
        Who answers for it, in the client's words.
    start, due
        ISO days: when it begins, when it is looked at again; empty for none.
    horizon, sign
        When it bears, as the library's actions say it, and by what one first sees that it works;
        of an action in own words.
    language
        In which own words were written; empty where nobody noted it.
    effort, effect
        ``small``, ``medium`` or ``large``, an effort also in days; empty where the library says it.
    rests_on
        The finding of a tool that it came from, by its id; empty for what rests on the dimension's figures.
    yes
        Who of its owner has said yes to it, and when.
    helpers
        Who helps, by role.
    needs
        What it takes before it can begin: one of `NEEDS`; empty for nothing.
    duty
        The law or an agreement asks for it: it is never proposed to wait.
    """

    action: str
    dimension: str
    status: str
    since: str
    note: str = ""
    owner: str = ""
    start: str = ""
    due: str = ""
    horizon: str = ""
    sign: str = ""
    language: str = field(default="", compare=False)
    effort: str = ""
    effect: str = ""
    rests_on: str = ""
    yes: str = ""
    helpers: str = ""
    needs: str = ""
    duty: bool = False

    @property
    def own(self) -> bool:
        """Whether it is the client's own decision, and rests on no answer."""
        return not self.dimension and not self.rests_on
