"""What was published before, as the proofs are given it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hrkit.disclosure.kept.changes import Changes
from hrkit.disclosure.kept.traced import Traced
from hrkit.disclosure.kept.went import Went

__all__ = ["Past"]


@dataclass(frozen=True)
class Past(Traced):
    """Earlier versions in terms of the rows of a wave, who went since, and what changed.

    Attributes
    ----------
    barred
        Measures and groups of which nothing may be shown, whatever it were: see `hold_back`.
    """

    barred: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def went(self) -> Went:
        """Who went without a trace."""
        return Went(self)

    @cached_property
    def changes(self) -> Changes:
        """By how many people groups of then and of now lie apart."""
        return Changes(self, self.went)
