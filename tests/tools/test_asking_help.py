"""What a new user is told who does not know the names: which sheets there are, where, and which form takes how long."""

from __future__ import annotations

from pathlib import Path

import pytest

import hrkit
from hrkit.commands.check import check
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from tests.tools.played import engaged, typed

ALL = ("mirror", "competencies", "services", "gains", "direction")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return engaged(tmp_path_factory.mktemp("help") / "nordby", *ALL)


def test_a_sheet_that_is_not_named_is_none_of_several(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(HrkitError, match=r"Name a sheet \(--name\): gains, figures, canvas"):
        hrkit.fill(folder, output=tmp_path)
    with pytest.raises(HrkitError, match=r"Name a sheet \(--name\): try, card\."):
        hrkit.fill(folder / "mirror", output=tmp_path)
    assert hrkit.fill(folder / "mirror", name="card", output=tmp_path).name.endswith("card.xlsx")


def test_a_sheet_of_a_tools_folder_is_pointed_to(folder: Path) -> None:
    with pytest.raises(HrkitError, match=r"nordby/mirror, .*nordby/services have one\.$"):
        hrkit.fill(folder, name="card")
    with pytest.raises(HrkitError, match=r"nordby/competencies has one\.$"):
        hrkit.fill(folder, name="priorities")


def test_the_sheets_to_print_are_listed(folder: Path) -> None:
    with pytest.raises(HrkitError, match=r"\(--name\): cards, card-leader, card-hr, card-pay\.$"):
        hrkit.sheet(folder / "mirror")


def test_check_says_which_form_takes_how_long_and_in_which_round(folder: Path) -> None:
    (problem,) = check(folder).problems
    told = "leader (31 min: partnership 10, competencies 8, services 8, mirror 5)"
    assert told in problem.what
    path = folder / engagements.FILE
    before = path.read_text("utf-8")
    try:
        more = before.replace(
            'waves:\n  - {id: "w1",', 'waves:\n  - {id: "w0", name: {da: "Før"}}\n  - {id: "w1",'
        )
        more += "\nasked: {partnership: [w0], mirror: [w0], services: [w1], competencies: [w1]}\n"
        path.write_text(more, "utf-8")
        found = check(folder)
        assert not found.problems
        told = [note for note in found.notes if "the forms take" in note]
        assert [note[:5] for note in told] == ["in w0", "in w1"]
        assert "leader 16 min in 2 sittings" in told[1]
    finally:
        path.write_text(before, "utf-8")


def test_a_wrong_cell_is_named_once_with_what_may_stand_there(folder: Path) -> None:
    """And a field that must be filled in is not also called empty."""
    said = {"quality": {"definition": "dage", "better": "op"}}
    with pytest.raises(HrkitError) as refused:
        hrkit.fill(folder, take=typed(folder, "gains", "da", said, folder / "back.xlsx"))
    told = [f"{one.what}; {one.fix}" for one in refused.value.problems]
    assert len(told) == len({one.where for one in refused.value.problems})
    assert "“dage” is none of the list; choose from the list" in told
    assert (
        "“op” is none of the list; choose from the list (højere er bedre, lavere er bedre)" in told
    )
