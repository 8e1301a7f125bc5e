"""What is released about the answering itself: ways out taken, languages, the quality of answers.

Like everything in `hrkit.disclosure.released`: about groups, or the reason why nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from hrkit.disclosure.why import Why

__all__ = ["Silence"]


@dataclass(frozen=True, slots=True)
class Silence:
    """Who did not rate a statement, by the way out they took, in one group of the whole organisation.

    Attributes
    ----------
    measure, group
        Question key and `Group` id.
    n
        How many answered it at all, ways out counted; None where not shown.
    dont_know, not_relevant
        Share of these (0-1, whole per cent) who took each way out; None where the two are only
        given together.
    together
        Share who took either, where the two are given together.
    """

    measure: str
    group: str
    why: Why
    n: int | None = None
    dont_know: float | None = None
    not_relevant: float | None = None
    together: float | None = None

    @property
    def shown(self) -> bool:
        """Whether there are shares."""
        return self.why is Why.SHOWN
