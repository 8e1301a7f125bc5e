"""The questionnaire in the room as a state: what is allowed from where, and what it becomes.

``open → closing → closed → released``; closed may be opened again with a reason, and never after a
release: one answer more would tell what it is.  Before one, what was answered can be taken back whole
(``void``); then everybody may begin anew.  Each accepted command raises the revision, and one
that names an older revision is refused, so that two hosts never act on different pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

__all__ = ["NotNow", "Sitting", "Step"]

Step = Literal["open", "closing", "closed", "released", "void", "ended"]

#: From where a command leads, and where to.
_WAYS: dict[str, tuple[frozenset[str], Step]] = {
    "close": (frozenset({"open"}), "closing"),
    "closed": (frozenset({"closing"}), "closed"),
    "reopen": (frozenset({"closed"}), "open"),
    "reveal": (frozenset({"closed"}), "released"),
    "void": (frozenset({"closed"}), "void"),
    "anew": (frozenset({"void"}), "open"),
    "end": (frozenset({"open", "closed", "released", "void"}), "ended"),
}


class NotNow(Exception):
    """A command that is not allowed now.

    Attributes
    ----------
    reason
        ``stale``, ``not_now``, ``no_reason``, or what is missing.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where the questionnaire stands.

    Attributes
    ----------
    step
        What may happen now.
    rev
        Rises with every accepted command.
    shows
        What the wall shows: ``join``, ``count``, ``closed``, ``void``, ``profile``, ``end``.  A pointer only:
        moving it publishes nothing.
    version
        Number of the release that was shown; 0 for none.
    round
        How often everything that was answered was taken back: what a phone kept of an earlier round is
        sent to no later one.
    """

    step: Step = "open"
    rev: int = 0
    shows: str = "join"
    version: int = 0
    round: int = 0

    def after(self, command: str, rev: int | None = None, *, reason: str = "") -> Sitting:
        """The round after a command.

        Parameters
        ----------
        command
            ``close``, ``closed``, ``reopen``, ``reveal``, ``void``, ``anew`` or ``end``.
        rev
            The revision on which whoever gave it acted; None for the server itself.

        Raises
        ------
        NotNow
            If it is not allowed from here, was given on an older picture, or says no reason.
        """
        if rev is not None and rev != self.rev:
            raise NotNow("stale")
        ways = _WAYS.get(command)
        if ways is None or self.step not in ways[0]:
            raise NotNow("not_now")
        if command == "reopen" and not reason.strip():
            raise NotNow("no_reason")
        shows = {"closing": "closed", "open": "count", "ended": "end"}
        shows |= {"closed": "closed", "void": "void"}
        step, number = ways[1], self.round + (command == "void")
        shown = "join" if command == "anew" else shows.get(step, self.shows)
        return replace(self, step=step, rev=self.rev + 1, shows=shown, round=number)

    def touched(self, rev: int | None = None) -> Sitting:
        """The round after something else in the room changed: nothing but the revision.

        Raises
        ------
        NotNow
            If it was given on an older picture.
        """
        if rev is not None and rev != self.rev:
            raise NotNow("stale")
        return replace(self, rev=self.rev + 1)

    def revealed(self, version: int, rev: int | None = None) -> Sitting:
        """The round of which a version was issued."""
        return replace(self.after("reveal", rev), version=version, shows="profile")

    def showing(self, what: str, rev: int | None = None) -> Sitting:
        """The round with the wall turned to something that may be shown already.

        Raises
        ------
        NotNow
            If that is nothing yet, or the picture is older.
        """
        if rev is not None and rev != self.rev:
            raise NotNow("stale")
        if what not in self.showable:
            raise NotNow("not_now")
        return replace(self, shows=what, rev=self.rev + 1)

    @property
    def showable(self) -> tuple[str, ...]:
        """What the wall may be turned to."""
        if self.step == "ended":
            return ("end", "profile") if self.version else ("end",)
        return {
            "open": ("join", "count"),
            "closing": ("closed",),
            "closed": ("closed",),
            "void": ("void",),
            "released": ("profile", "closed"),
        }[self.step]

    @property
    def allowed(self) -> tuple[str, ...]:
        """Commands that a host may give now."""
        hosts = ("close", "reveal", "reopen", "void", "anew", "end")
        return tuple(one for one in hosts if self.step in _WAYS[one][0])
