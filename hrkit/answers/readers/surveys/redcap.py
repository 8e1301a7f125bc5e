"""REDCap: raw data (fields, ``matters01___trust`` with 0 and 1) or labels, in headings and in cells."""

from __future__ import annotations

import re

from hrkit.answers.readers.surveys.tool import Status, SurveyTool, words

__all__ = ["TOOL"]

_TELLING = (
    *("record_id", "record id", "redcap_event_name", "redcap_survey_identifier", "event name"),
    *("survey identifier", "redcap_repeat_instrument", "redcap_repeat_instance", "complete?"),
    *("redcap_data_access_group", "survey timestamp", "repeat instrument", "repeat instance"),
)
_DONE = Status(
    dict.fromkeys(("0", "1", "incomplete", "unverified", "ufuldstændig"), "unfinished"),
)

TOOL = SurveyTool(
    name="REDCap",
    own=(
        words("number", "record_id", "record id", "redcap_event_name", "event name")
        | words("number", "redcap_repeat_instrument", "redcap_repeat_instance", "repeat instrument")
        | words("number", "repeat instance", "redcap_data_access_group", "data access group")
        | words("address", "redcap_survey_identifier", "survey identifier")
        | words("time", "survey timestamp")
        | words("status", "complete?")
    ),
    telling=frozenset(_TELLING),
    like=(
        (re.compile(r"[a-z0-9_]+_timestamp"), "time"),
        (re.compile(r"[a-z0-9_]+_complete"), "status"),
    ),
    status={"complete?": _DONE, "*": _DONE},
    blank=("[not completed]",),
    telling_like=(re.compile(r"[a-z0-9_]+_(complete|timestamp)|[a-z0-9_]+___[a-z0-9_]+"),),
)
