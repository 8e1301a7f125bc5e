"""The table of the sources' ideas names what there is; the tables of tools name every tool."""

from __future__ import annotations

import re
from pathlib import Path

from hrkit.cli import main
from hrkit.model import instrument_file as instruments
from hrkit.model.tool import available

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
SOURCES = (ROOT / "docs" / "sources.md").read_text("utf-8")


IDEAS, HELD = SOURCES.split("## What holds each tool")


def rows() -> list[list[str]]:
    found = [line.strip("|").split("|") for line in IDEAS.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in found if row[0].strip() != "idea"]


def test_every_idea_has_a_place_or_a_reason() -> None:
    assert len(rows()) > 60
    for idea, place in rows():
        assert re.search(r"`[\w.-]+", place) or "*not*" in place or "process" in place or (
            "roadmap" in place or "phases" in place
        ), idea  # fmt: skip
        if place.startswith("*not*"):
            assert ":" in place, f"{idea}: why not?"


def test_what_the_table_names_is_there() -> None:
    tools = {one.id for one in available()} | {"partner-pairs"}
    items = {item for id in ("partnership", *tools) for item in _items(id)}
    for name in re.findall(r"`([\w.-]+)`", IDEAS):
        if "." in name and not name.endswith((".md", ".yml")):
            assert name in items, name
        elif name != "partnership":
            assert name in tools, name


def test_every_command_the_table_names_is_one() -> None:
    named = set(re.findall(r"`hrkit ([\w-]+)", SOURCES))
    assert {"plan-process", "pair"} <= named <= set(main.commands)


def test_every_tool_is_held_and_what_is_said_to_hold_it_is_a_test() -> None:
    found = [line.strip("|").split("|") for line in HELD.splitlines() if line.startswith("| `")]
    assert {row[0].strip().strip("`") for row in found} == {one.id for one in available()}
    for tool, *cells in found:
        # Of its own tests, or of those of what it is reckoned with.
        folder = tool.strip().strip("`").replace("-", "_")
        own = "".join(path.read_text("utf-8") for path in (TESTS / "tools" / folder).glob("*.py"))
        own += (TESTS / "report" / "test_capacity.py").read_text("utf-8")
        for cell in cells:
            tests = re.findall(r"`(test_\w+)`", cell)
            assert tests, (tool, cell)
            assert [one for one in tests if f"def {one}(" not in own] == [], tool
    process = (TESTS / "report" / "test_process.py").read_text("utf-8")
    named = re.findall(r"`(test_\w+)`", HELD.split("The process:")[1])
    assert named and all(f"def {one}(" in process for one in named)
    for path in re.findall(r"`(tests/[\w/.]+)`", HELD):
        assert (ROOT / path).is_file(), path


def _items(id: str) -> set[str]:
    known = {path.stem for path in instruments.available()}
    return set(instruments.load(id).items) if id in known else set()


def test_every_tool_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [one.id for one in available() if f"`{one.id}`" not in text] == []
