"""The demonstration is there whole or not at all, whoever opens a notebook meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrkit.model.engagement import FILE
from hrkit.workbook import here


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(here, "demo_place", lambda: tmp_path / "demo" / "fjordby")
    return tmp_path / "demo" / "fjordby"


def fill(folder: Path, who: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(who)
    (folder / "answers.sqlite").write_text(who)


def test_nobody_finds_half_of_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(folder: Path) -> None:
        fill(folder, "first")
        # Whoever looks now finds nothing, and builds one too.
        assert not place.exists()

    monkeypatch.setattr(here, "_build", build)
    assert here.demo_folder() == place
    assert (place / "answers.sqlite").read_text() == "first"
    assert [one.name for one in place.parent.iterdir()] == ["fjordby"]


def test_who_is_later_takes_what_is_there(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(folder: Path) -> None:
        fill(folder, "later")
        fill(place, "quicker")

    monkeypatch.setattr(here, "_build", build)
    assert here.demo_folder() == place
    assert (place / FILE).read_text() == (place / "answers.sqlite").read_text() == "quicker"
    assert [one.name for one in place.parent.iterdir()] == ["fjordby"]


def test_what_else_lies_there_stays(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.mkdir(parents=True)
    (place / "notes.txt").write_text("mine")
    monkeypatch.setattr(here, "_build", lambda folder: fill(folder, "built"))
    assert here.demo_folder() == place
    assert (place / "notes.txt").read_text() == "mine" and (place / FILE).read_text() == "built"
