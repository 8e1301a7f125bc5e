"""LimeSurvey: responses as CSV or Excel (codes or texts, in headings and in cells), for R, and "VV".

Headings are ``trust01``, ``matters01[trust]``, the question itself, or both (``trust01. I trust``).
The file for R has the texts as headings or codes with ``_``.  A VV file has a row of texts, a row of
codes, tabs between them, and ``{question_not_shown}`` where a question was hidden.
"""

from __future__ import annotations

import re

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.surveys.tool import Heads, Status, SurveyTool, first_row, heads_of, words
from hrkit.text import normal

__all__ = ["TOOL"]

_TELLING = (
    *("submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "refurl"),
    *("date submitted", "last page", "start language", "date started", "date last action"),
    *("referrer url", "dato indsendt", "sidste side", "startsprog", "datum verzonden"),
    *("laatste pagina", "starttaal", "interviewtime", "total time"),
)
_SAID = Status({}, blank="unfinished")
#: In normal form.
_CODED = re.compile(r"([a-z][a-z0-9]*(?:\[[^\]]*\])*)\. (.+)", re.DOTALL)


def _heads(table: CellTable) -> Heads:
    second = table.rows[0] if table.rows else None
    codes = {normal(cell) for cell in second.cells} if second else set()
    if {"submitdate", "startlanguage"} <= codes:
        found = heads_of(table, 2)
        return found._replace(names=tuple(tuple(reversed(names)) for names in found.names))
    found = first_row(table)
    # "code. text" is both at once.
    both = []
    for names in found.names:
        parts = [_CODED.fullmatch(normal(name)) for name in names]
        more = [text for part in parts if part for text in (part[1], part[2])]
        both.append((*names, *more))
    return found._replace(names=tuple(both))


TOOL = SurveyTool(
    name="LimeSurvey",
    own=(
        words("number", "id", "response id", "answer id", "svar-id", "antwoord-id", "seed")
        | words("address", "token", "access code", "ipaddr", "ip address", "refurl", "referrer url")
        | words("time", "startdate", "date started", "datestamp", "date last action")
        | words("time", "interviewtime", "total time", "starttime")
        | words("status", "submitdate", "date submitted", "dato indsendt", "datum verzonden")
        | words("other", "lastpage", "last page", "completed")
        | words("language", "startlanguage", "start language", "startsprog", "starttaal")
    ),
    telling=frozenset(_TELLING),
    like=(
        (re.compile(r"grouptime\d+|group time: .*|question time: .*"), "time"),
        (re.compile(r"[a-z][a-z0-9]*time"), "time"),
        (re.compile(r"attribute_\d+|.*\[filecount\]|filecount - .*"), "other"),
        (re.compile(r"(firstname|lastname|email|email address|first name|last name)"), "address"),
    ),
    status=dict.fromkeys(
        ("submitdate", "date submitted", "dato indsendt", "datum verzonden"), _SAID
    ),
    heads=_heads,
    blank=("{question_not_shown}", "N/A", "-oth-"),
    telling_like=(
        re.compile(r"(submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr)\. .+"),
    ),
)
