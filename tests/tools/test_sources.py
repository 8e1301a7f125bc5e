"""The table of the sources' ideas names what there is; the tables of tools name every tool."""

from __future__ import annotations

import re
from pathlib import Path

from hrkit.model import instrument_file as instruments
from hrkit.model.tool import available

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "docs" / "sources.md").read_text("utf-8")


def rows() -> list[list[str]]:
    found = [line.strip("|").split("|") for line in SOURCES.splitlines() if line.startswith("| ")]
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
    for name in re.findall(r"`([\w.-]+)`", SOURCES):
        if "." in name and not name.endswith((".md", ".yml")):
            assert name in items, name
        elif name != "partnership":
            assert name in tools, name


def _items(id: str) -> set[str]:
    known = {path.stem for path in instruments.available()}
    return set(instruments.load(id).items) if id in known else set()


def test_every_tool_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [one.id for one in available() if f"`{one.id}`" not in text] == []
