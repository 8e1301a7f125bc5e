"""What a writer of a survey gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["WrittenSurvey"]


@dataclass(frozen=True)
class WrittenSurvey:
    """Files by the end of their names (``.lss``), and what the program cannot carry or still needs.

    ``notes`` are for whoever sets the survey up; nothing of them is shown to respondents.
    """

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()
