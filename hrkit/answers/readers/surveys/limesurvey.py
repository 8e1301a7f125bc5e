"""LimeSurvey: responses as CSV or Excel (codes or texts, in headings and in cells), for R, and "VV".

Headings are ``trust01``, ``matters01[trust]``, the question itself, or both (``trust01. I trust``).
The file for R has the texts as headings or codes with ``_``.  A VV file has a row of texts, a row of
codes, tabs between them, ``{question_not_shown}`` where a question was hidden, and ``{newline}`` and the like
for signs that would break a row (``application/controllers/admin/export.php``, ``vvexport``).
"""

from __future__ import annotations

import re
from dataclasses import replace

from hrkit.answers.files.table import CellRow, CellTable
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


#: What its VV file writes for signs that would break a row; the brace itself is read last.
_WRITTEN = {"{newline}": "\n", "{cr}": "\r", "{tab}": "\t", "{quote}": '"', "{lbrace}": "{"}


def _is_vv(table: CellTable) -> bool:
    codes = {normal(cell) for cell in table.rows[0].cells} if table.rows else set()
    return {"submitdate", "startlanguage"} <= codes


def _as_meant(table: CellTable) -> CellTable:
    """A VV file with the signs that people typed; one that was not finished says NULL."""
    if not _is_vv(table):
        return table
    date = [normal(cell) for cell in table.rows[0].cells].index("submitdate")

    def meant(row: CellRow) -> CellRow:
        cells = list(row.cells)
        for column, text in enumerate(cells):
            if "{" in text and text != "{question_not_shown}":
                for written, sign in _WRITTEN.items():
                    text = text.replace(written, sign)
                cells[column] = text
        if len(cells) > date and cells[date] == "NULL":
            cells[date] = ""
        return replace(row, cells=tuple(cells))

    return replace(table, rows=(table.rows[0], *map(meant, table.rows[1:])))


def _heads(table: CellTable) -> Heads:
    if _is_vv(table):
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
    meant=_as_meant,
    blank=("{question_not_shown}", "N/A", "-oth-"),
    telling_like=(
        re.compile(r"(submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr)\. .+"),
    ),
)
