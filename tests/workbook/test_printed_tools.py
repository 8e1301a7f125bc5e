"""A round of tools alone in the notebook: run by hand with that profile, and printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrkit.model import engagement_file as engagements
from hrkit.records.store import open_records
from hrkit.records.values import OpenLine
from tests.tools.played import answer, engaged

from .test_printed import run, text_of, versions

pytestmark = pytest.mark.usefixtures("undrawn")


def test_a_notebook_of_a_round_of_tools_alone_is_printed_and_issues_the_tools(
    tmp_path: Path,
) -> None:
    folder = engaged(tmp_path / "nordby", "mirror", language="en")
    answer(folder / "mirror", {"leader": 14, "hr": 8}, lambda *_: 3.2)
    notebook = run(folder, profile="tools")
    text = text_of(notebook, folder)
    assert "Mirror of assumptions" in text and "preview" not in text.lower()
    assert versions(engagements.load(folder / "mirror")) == 1
    # Nothing is made of a questionnaire that nobody answered.
    assert not (folder / "answers.sqlite").exists()


def test_a_notebook_of_what_was_said_openly_alone_is_printed(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "partner-pairs", language="en")
    with open_records(engagements.load(folder)) as keeper:
        said = (("hr", "HR"),)
        keeper.put(OpenLine("partner-pairs", "setup", "", "pair-1.area", said=said))
    assert "Partner pairs" in text_of(run(folder, profile="tools"), folder)
