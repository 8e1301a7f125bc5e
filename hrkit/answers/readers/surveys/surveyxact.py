"""SurveyXact: tab-separated UTF-16, semicolons, or Excel; short variable names of eight signs or whole ones.

What became of a sheet stands in five columns, ``statoverall_1`` … ``_5`` (new, distributed, some
answers, completed, dropped out), or in one with the words for it.
"""

from __future__ import annotations

import re

from hrkit.answers.readers.surveys.tool import Kind, Status, SurveyTool, words

__all__ = ["TOOL"]

_TELLING = (
    *(
        "respondentid",
        "responde",
        "organization",
        "organiza",
        "statinternal_1",
        "stat_1",
        "modified",
    ),
    *("closetime", "closetim", "starttim", "difftime", "responsecollectsessions", "response"),
    *("numberofreturnedmail", "numberof", "importgroup", "importgr", "distributionschedule"),
    *("distribu", "digitaldistributionstatus", "digitald", "digitaldistributionerrormessage"),
    *(f"{short}_{n}" for short in ("statoverall", "stato") for n in range(1, 6)),
    *("samlet status", "overall status"),
)
_SHORT: dict[str, Kind] = {
    "x_exclude": "other", "survey": "other", "fake": "status", "created": "time",
    "starttime": "time", "email": "address", "e-mail": "address",
}  # fmt: skip
#: What became of a sheet, in the order of its five columns; below, what each means.
_STATES = (
    ("ny", "new"),
    ("distribueret", "distributed"),
    ("nogen svar", "some answers"),
    ("gennemført", "completed"),
    ("frafaldet", "dropped out"),
)
_YES = dict.fromkeys(("1", "valgt", "selected", "chosen", "gekozen"), True)

TOOL = SurveyTool(
    name="SurveyXact",
    own=(
        _SHORT
        | words("number", "respondentid", "responde", "organization", "organiza")
        | words("time", "modified", "closetime", "closetim", "starttim", "difftime")
        | words("other", "responsecollectsessions", "response", "numberofreturnedmail", "numberof")
        | words("other", "importgroup", "importgr", "distributionschedule", "distribu")
        | words("other", "digitaldistributionstatus", "digitald", "digit_1")
        | words("other", "digitaldistributionerrormessage", "sum")
        | words("status", "samlet status", "overall status", "status")
        | words("language", "sprog", "lang")
    ),
    telling=frozenset(_TELLING),
    enough=3,
    like=(
        (
            re.compile(r"stat(internal|completion|creation|distribution|source|collect)?_\d+"),
            "other",
        ),
        (re.compile(r"stat[a-z]{0,3}_\d+"), "other"),
        (re.compile(r"statoverall_\d"), "status"),
        (re.compile(r"(samlet|overall) status - .+"), "status"),
    ),
    telling_like=(re.compile(r"(samlet|overall) status - .+"),),
    status={
        **{
            f"{heading} - {word}": Status(
                dict.fromkeys(_YES, "screened" if n == 5 else "unfinished")
            )
            for heading in ("samlet status", "overall status")
            for n, states in enumerate(_STATES, 1)
            if n != 4
            for word in states
        },
        "fake": Status(dict.fromkeys(_YES, "test")),
        "x_exclude": Status(dict.fromkeys(_YES, "screened")),
        **{
            f"{short}_{n}": Status(dict.fromkeys(_YES, "screened" if n == 5 else "unfinished"))
            for short in ("statoverall", "stato")
            for n in (1, 2, 3, 5)
        },
        **{
            heading: Status(
                {
                    **dict.fromkeys(
                        ("ny", "new", "distribueret", "distributed", "nogen svar", "some answers"),
                        "unfinished",
                    ),
                    **dict.fromkeys(("frafaldet", "dropped out", "screened out"), "screened"),
                    **dict.fromkeys(("test", "testbesvarelse"), "test"),
                }
            )
            for heading in ("samlet status", "overall status", "status")
        },
    },
)
