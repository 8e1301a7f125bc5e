"""Every error a user can meet, in a module that imports nothing.

A message says *what* is wrong, *where*, and *what to do next*.  Wrong input is
reported all at once: an error carries a tuple of `Problem`, one for each thing
to mend.  Errors cross process borders in a batch, so each survives pickling.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "AnswersError",
    "DisclosureError",
    "EngagementError",
    "HrkitError",
    "InstrumentError",
    "Problem",
    "PublishError",
    "StoreError",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in what the user gave.

    Attributes
    ----------
    where
        File and place in it, as the user finds it: ``answers.xlsx row 14, trust.03``.
    what
        What stands there and why it cannot be used.
    fix
        What to do about it.
    """

    where: str
    what: str
    fix: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}"
        return f"{text}; {self.fix}" if self.fix else text


class HrkitError(Exception):
    """Base of all errors that are the user's to mend; the command line exits with 1.

    Parameters
    ----------
    summary
        One line that says what could not be done.
    problems
        Everything that has to be mended, in reading order.
    """

    def __init__(self, summary: str, problems: Iterable[Problem] = ()) -> None:
        self.summary = summary
        self.problems = tuple(problems)
        super().__init__(summary, self.problems)

    def __str__(self) -> str:
        # A problem is one line, whatever it quotes: nothing from outside begins a line of the list.
        lines = (" ".join(str(one).replace("\t", " ").splitlines()) for one in self.problems)
        return "\n".join([self.summary, *(f"  - {line}" for line in lines)])

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows where it would show a traceback: the message, for its reader.

        The message may quote outside text, so nothing in it can steer a terminal.
        """
        return ["".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in str(self))]


class InstrumentError(HrkitError):
    """An instrument file cannot be used."""


class EngagementError(HrkitError):
    """An engagement folder or its ``engagement.yml`` cannot be used."""


class AnswersError(HrkitError):
    """A file with answers cannot be read; nothing of it was taken."""


class StoreError(HrkitError):
    """The store of answers cannot be opened, read or written."""


class DisclosureError(HrkitError):
    """A request would show what is protected."""


class PublishError(HrkitError):
    """A notebook or document cannot be produced."""
