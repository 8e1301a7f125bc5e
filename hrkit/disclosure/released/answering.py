"""What is released about the answering itself: ways out taken, languages, the quality of answers.

Like everything in `hrkit.disclosure.released`: about groups, or the reason why nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrkit.disclosure.why import Why

__all__ = ["COMPARED_FROM", "LanguageCount", "Sign", "Silence", "Without", "comparable"]

#: From so many answers a language two languages might be compared at all; see `docs/methods.md`.
COMPARED_FROM = 100


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


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """How many answered in a language; ``id`` is empty for those of whom it is not known.

    Where the numbers may not be told there is one row, without a number.
    """

    id: str
    why: Why
    n: int | None = None


def comparable(rows: Sequence[LanguageCount]) -> bool:
    """Whether there are answers enough for a comparison between languages: 100 in two of them."""
    return sum((row.n or 0) >= COMPARED_FROM for row in rows if row.id) > 1


@dataclass(frozen=True, slots=True)
class Sign:
    """How many rows bear a sign of careless answering; ``any`` counts each row once.

    ``n`` is None for one to four of them, or where the number may not be told.
    """

    kind: str
    n: int | None


@dataclass(frozen=True, slots=True)
class Without:
    """A group's mean on a dimension, leaving out the rows that bear a sign; from ten on either side."""

    measure: str
    group: str
    n: int
    mean: float
