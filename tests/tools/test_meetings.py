"""Each tool is worth a meeting of its own: its course adds up to the minutes that are promised, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from hrkit.model.language import catalogue
from hrkit.model.tool import Tool, available
from hrkit.model.wording import instrument_texts

#: "10 minutes: …", and where a course stands on one line "· 20: …".
_STEP = re.compile(r"(?:^|· )(\d+)(?: \w+)?:")


def courses(tool: str, language: str) -> Iterator[tuple[int, ...]]:
    """The minutes of every course that a tool's texts have: a step a text, or all in one."""
    own = catalogue() if tool == "roadmap" else instrument_texts(tool)
    by: dict[str, list[int]] = {}
    for key, text in own.items():
        said = text.get(language) if isinstance(text, dict) else None
        if tool == "roadmap" and not key.startswith("roadmap."):
            continue
        found = [int(one) for one in _STEP.findall(said)] if isinstance(said, str) else []
        if found:
            by.setdefault(key if len(found) > 1 else key.rpartition(".")[0], []).extend(found)
    yield from (tuple(one) for one in by.values())


@pytest.mark.parametrize("tool", [one for one in available() if one.meeting], ids=lambda t: t.id)
def test_the_course_of_a_meeting_adds_up_to_its_minutes(tool: Tool) -> None:
    spoken = {code: set(courses(tool.id, code)) for code in ("en", "da", "nl")}
    fitting = {
        code: {one for one in found if sum(one) == tool.meeting} for code, found in spoken.items()
    }
    assert fitting["en"], (tool.id, spoken["en"])
    # The same steps take as long in every language.
    assert fitting["en"] == fitting["da"] == fitting["nl"], fitting
