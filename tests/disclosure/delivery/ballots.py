"""What a delivery says of a choice of so many: its numbers, for whoever reads every format back.

Nobody's mean is in them, so they stand apart from the equations of the attack: what they tell of a few
people is looked at by `tests/disclosure/test_picks_attack.py` and `test_ballots.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .facts import People

__all__ = ["choosing", "chosen"]


def chosen(found: Any, instrument: Any) -> Iterator[float]:
    """Every share that may be printed: of people one by one, of choices for what few chose together."""
    question = instrument.ballot
    for row in found.ballots if question else ():
        if row.shown:
            exactly = question.facet.scale.exactly
            yield from (*row.shares, row.rest, row.rest / exactly, float(exactly))
            # In the order an option that few chose weighs an equal part.
            yield from (row.rest / len(row.together),) if row.together else ()


def choosing(found: Any) -> Iterator[People]:
    """How many of each group chose."""
    yield from (People("chose", row.group, row.n) for row in found.ballots if row.shown)
