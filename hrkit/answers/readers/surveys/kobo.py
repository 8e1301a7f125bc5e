"""KoBoToolbox and ODK: a path of groups before each name, what is chosen in one column and in one each.

KoBo writes ``group/trust01`` with semicolons between cells, ODK Central ``group-trust01``, and an
option is ``matters01/trust`` with 0 or 1; the question's own column names all that are chosen.
"""

from __future__ import annotations

import re

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.surveys.tool import Heads, Status, SurveyTool, first_row, words
from hrkit.text import normal

__all__ = ["TOOL"]

_TELLING = (
    *("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"),
    *("_submitted_by", "__version__", "_tags", "_index", "meta/instanceid", "formhub/uuid"),
    *("submissiondate", "key", "submitterid", "submittername", "attachmentspresent"),
    *("attachmentsexpected", "reviewstate", "deviceid", "formversion", "instanceid"),
)


def _heads(table: CellTable) -> Heads:
    """With every part of the path that may be the name."""
    found = first_row(table)
    names = []
    for texts in found.names:
        more = []
        for text in texts:
            for sign in ("/", "-"):
                parts = normal(text).split(sign)
                more += [sign.join(parts[i:]) for i in range(1, len(parts))]
        names.append((*texts, *more))
    return found._replace(names=tuple(names))


TOOL = SurveyTool(
    name="KoBoToolbox",
    own=(
        words("time", "start", "end", "today", "_submission_time", "submissiondate", "starttime")
        | words("time", "endtime")
        | words("address", "deviceid", "username", "simserial", "phonenumber", "_submitted_by")
        | words("address", "subscriberid", "submitterid", "submittername", "_geolocation")
        | words("number", "_id", "_uuid", "_index", "key", "instanceid", "meta/instanceid")
        | words("number", "meta-instanceid", "formhub/uuid", "__version__", "_notes", "_tags")
        | words("other", "attachmentspresent", "attachmentsexpected", "edits", "formversion")
        | words("other", "status", "_status", "meta/rootuuid", "instancename", "meta-instancename")
        | words("status", "_validation_status", "reviewstate")
    ),
    telling=frozenset(_TELLING),
    enough=3,
    like=((re.compile(r"_.*_(latitude|longitude|altitude|precision)"), "address"),),
    status={
        "_validation_status": Status(
            dict.fromkeys(("not approved", "validation_status_not_approved"), "screened")
        ),
        "reviewstate": Status({"rejected": "screened"}),
    },
    heads=_heads,
    blank=("n/a",),
)
