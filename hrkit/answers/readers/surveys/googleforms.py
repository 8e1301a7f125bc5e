"""Google Forms: a sheet or CSV whose first column is a time and whose headings are the questions.

A row of a grid is ``Title [Row]``; what is chosen of a list stands in one cell, with commas in the
sheet and semicolons in the CSV.
"""

from __future__ import annotations

from hrkit.answers.readers.surveys.tool import SurveyTool, words

__all__ = ["TOOL"]

_TIMES = ("timestamp", "tidsstempel", "tijdstempel", "zeitstempel")

TOOL = SurveyTool(
    name="Google Forms",
    own=(
        words("time", *_TIMES)
        | words(
            "address", "email address", "username", "mailadresse", "e-mailadres", "e-mailadresse"
        )
        | words("address", "brugernavn", "gebruikersnaam")
        | words("other", "score", "resultat")
    ),
    telling=frozenset(_TIMES),
    enough=1,
)
