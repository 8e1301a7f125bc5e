"""Enalyzer: Excel or CSV with the questions as headings, as text, value or label number.

What it writes of its own is known from its help pages only, so any heading in this list counts, and
the questions do the rest.
"""

from __future__ import annotations

from hrkit.answers.readers.surveys.tool import Status, SurveyTool, words

__all__ = ["TOOL"]

_TELLING = (
    *("respondent status", "respondentstatus", "response id", "survey url", "date completed"),
    *("date created", "completion date", "besvarelsesstatus", "besvaret dato", "oprettet dato"),
)

TOOL = SurveyTool(
    name="Enalyzer",
    own=(
        words("number", "id", "respondent id", "respondent-id", "response id", "survey url")
        | words("time", "date completed", "date created", "completion date", "created", "completed")
        | words("time", "besvaret dato", "oprettet dato", "started", "last changed")
        | words("address", "email", "e-mail", "name", "navn", "phone", "telefon", "ip address")
        | words("status", "status", "respondent status", "respondentstatus", "besvarelsesstatus")
        | words("language", "language", "sprog")
    ),
    telling=frozenset(_TELLING),
    status={
        heading: Status(
            {
                **dict.fromkeys(
                    ("incomplete", "partially completed", "partial", "in progress", "not completed",
                     "delvist besvaret", "ikke fuldført", "igangværende", "påbegyndt"),
                    "unfinished",
                ),
                **dict.fromkeys(("test", "preview"), "test"),
                **dict.fromkeys(("screened out", "screened", "over quota"), "screened"),
            }
        )
        for heading in ("status", "respondent status", "respondentstatus", "besvarelsesstatus")
    },
)  # fmt: skip
