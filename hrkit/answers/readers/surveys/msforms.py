"""Microsoft Forms: Excel, one row of headings that are the questions, often with no-break spaces.

What is chosen of a list stands in one cell with semicolons.
"""

from __future__ import annotations

import re

from hrkit.answers.readers.surveys.tool import SurveyTool, words

__all__ = ["TOOL"]

_TIMES = (
    *("start time", "completion time", "last modified time", "starttidspunkt"),
    *("fuldførelsestidspunkt", "tidspunkt for fuldførelse", "sidst ændret", "begintijd"),
    *("tijd van voltooien", "tijdstip van laatste wijziging", "laatste wijzigingstijd"),
    *("tijd van laatste wijziging", "tidspunkt for seneste ændring"),
    *("startzeit", "fertigstellungszeit", "abschlusszeit", "zeitpunkt der letzten änderung"),
)

TOOL = SurveyTool(
    name="Microsoft Forms",
    own=(
        words("time", *_TIMES)
        | words("number", "id")
        | words("address", "email", "name", "e-mail", "mail", "navn", "naam", "responder's email")
        | words("other", "total points", "quiz feedback", "points in alt", "point i alt")
        | words("language", "language", "sprog", "taal")
    ),
    telling=frozenset(_TIMES),
    like=((re.compile(r"(points|feedback|point|punten) - .*"), "other"),),
    blank=(),
)
