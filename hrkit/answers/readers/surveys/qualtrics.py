"""Qualtrics: CSV and TSV with three rows of headings (tag, text, import id), Excel with two.

An older form has two rows whose first is ``V1`` … for the program's own columns.
"""

from __future__ import annotations

import re

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.surveys.tool import Heads, Status, SurveyTool, heads_of, words
from hrkit.text import normal

__all__ = ["TOOL"]

_TELLING = (
    *("startdate", "enddate", "ipaddress", "progress", "duration (in seconds)", "recordeddate"),
    *("responseid", "recipientlastname", "recipientfirstname", "recipientemail"),
    *("externalreference", "locationlatitude", "locationlongitude", "distributionchannel"),
    *("userlanguage", "responseset", "externaldatareference"),
)
_NO = ("false", "0", "no", "nej", "nee", "falsk", "onwaar", "nein", "falsch")


def _heads(table: CellTable) -> Heads:
    ids = [
        i
        for i, row in enumerate(table.rows[:2])
        if any("importid" in cell.lower() and cell.lstrip().startswith("{") for cell in row.cells)
    ]
    if ids:
        found = heads_of(table, ids[0] + 2)
        # An import id names nothing.
        return found._replace(names=tuple(names[: ids[0] + 1] for names in found.names))
    first = {normal(cell) for cell in table.header.cells}
    below = table.rows[0] if table.rows else table.header
    codes = {normal(cell) for cell in below.cells}
    # The text of the program's own columns is no date and no number.
    texts = sum(
        bool(below.cell(column).strip()) and not any(sign.isdigit() for sign in below.cell(column))
        for column, heading in enumerate(table.header.cells)
        if normal(heading) in _DATED
    )
    two = "v1" in first or texts > 0 or bool({"responseid", "startdate"} <= codes)
    return heads_of(table, 2 if two else 1)


_DATED = frozenset({"startdate", "enddate", "recordeddate", "progress", "duration (in seconds)"})

TOOL = SurveyTool(
    name="Qualtrics",
    own=(
        words("time", "startdate", "enddate", "recordeddate", "duration (in seconds)")
        | words("address", "ipaddress", "recipientlastname", "recipientfirstname")
        | words(
            "address", "recipientemail", "locationlatitude", "locationlongitude", "emailaddress"
        )
        | words("address", "locationaccuracy", "name", "externalreference", "externaldatareference")
        | words("number", "responseid", "responseset")
        | words("status", "status", "finished", "progress", "distributionchannel")
        | words("language", "userlanguage", "q_language")
        | words("other", "q_totalduration", "q_recaptchascore", "q_relevantidduplicate")
        | words("other", "q_terminateflag", "q_ballotboxstuffing")
    ),
    telling=frozenset(_TELLING),
    enough=3,
    like=(
        (re.compile(r"v\d{1,2}"), "other"),
        (re.compile(r".*_(first click|last click|page submit|click count)"), "time"),
        (re.compile(r".* - (topics|parent topics|sentiment.*|topic.*)|.*_do_.*|.*_do"), "other"),
    ),
    status={
        "status": Status(
            {
                **dict.fromkeys(
                    ("survey preview", "survey test", "preview", "test", "1", "2", "17"), "test"
                ),
                **dict.fromkeys(("spam", "spam preview", "8", "9", "12", "48"), "screened"),
            }
        ),
        "finished": Status(dict.fromkeys(_NO, "unfinished")),
        "progress": Status({}, below=100),
        "distributionchannel": Status({"preview": "test", "test": "test"}),
        "q_terminateflag": Status(
            {"screened": "screened", "quotamet": "screened", "quota met": "screened"}
        ),
    },
    heads=_heads,
    blank=("-99",),
)
