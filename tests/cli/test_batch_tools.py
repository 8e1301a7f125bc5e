"""A round of tools alone in a batch: printed where there is one, refused by name where there cannot be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import hrkit
from hrkit.commands.batch import batch
from hrkit.errors import PublishError
from hrkit.model import engagement_file as engagements
from hrkit.records.store import open_records
from hrkit.records.values import OpenLine
from tests.tools.played import answer, engaged


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of tools alone, one that answered everything, one that has taken up none."""
    home = tmp_path_factory.mktemp("many")
    for name, tools in (("alone", ["mirror"]), ("both", ["partner-pairs"]), ("none", [])):
        folder = engaged(home / name, *tools, language="en", name=f"{name.title()} Council")
        if name != "alone":
            answer(folder, {"leader": 14, "hr": 8}, lambda *_: 3.2)
    answer(home / "alone" / "mirror", {"leader": 14, "hr": 8}, lambda *_: 3.2)
    with open_records(engagements.load(home / "both")) as keeper:
        said = (("hr", "HR"),)
        keeper.put(OpenLine("partner-pairs", "setup", "", "pair-1.area", said=said))
    return home


def test_a_batch_prints_rounds_of_tools_alone(clients: Path, tmp_path: Path) -> None:
    done = {
        one.organisation: one
        for one in batch(clients, tmp_path, profile="tools", workers=2).outcomes
    }
    assert {name: one.state for name, one in done.items()} == {
        "alone": "done",
        "both": "done",
        "none": "failed",
    }
    assert "has taken up no tool" in done["none"].error
    made = {path.name for path in tmp_path.glob("*.pdf")}
    assert {name.partition("-council")[0] for name in made} == {"alone", "both"} and len(made) == 2


def test_beside_another_profile_the_tools_are_printed_and_the_rest_is_said_to_be_missing(
    clients: Path, tmp_path: Path
) -> None:
    done = batch(
        clients, tmp_path, profile=["board", "tools"], only=["alone", "both"], workers=2
    ).outcomes
    assert [one.state for one in done] == ["done", "done"]
    alone, both = done
    assert any("nobody answered partnership in w1" in one for one in alone.messages)
    assert not any("nobody answered partnership" in one for one in both.messages)
    made = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert len(made) == 3 and sum("board" in name for name in made) == 1


def test_without_that_profile_it_is_refused_as_before(clients: Path, tmp_path: Path) -> None:
    (one,) = batch(clients, tmp_path, profile="board", only=["alone"], workers=1).outcomes
    assert one.state == "failed" and "--profile tools" in one.error


def test_a_report_of_tools_alone_needs_a_tool(clients: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(clients / "none", tmp_path / "none")
    with pytest.raises(PublishError, match="has taken up no tool"):
        hrkit.report(folder, profile="tools")
