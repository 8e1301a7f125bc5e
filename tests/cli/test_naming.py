"""What may name somebody is pointed out where words are passed, and what was given up says why."""

from __future__ import annotations

from pathlib import Path

import pytest

import hrkit
from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.cli import main
from hrkit.commands.check import check
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Followed
from hrkit.records.store import open_records
from hrkit.records.values import Agreed, GroupWords
from tests.tools.played import engaged


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return engaged(tmp_path / "nordby")


def followed(folder: Path, *lines: str) -> None:
    path = folder / engagements.FILE
    path.write_text(path.read_text("utf-8") + "\nfollowed:\n" + "\n".join(lines) + "\n", "utf-8")


@pytest.mark.parametrize("status", ["moved", "dropped"])
def test_what_was_put_off_or_given_up_has_to_say_why(folder: Path, status: str) -> None:
    line = f"  - {{action: 'Fast møde', dimension: trust, status: {status}"
    followed(folder, line + "}")
    (problem,) = check(folder).problems
    assert problem.where == "engagement.yml, followed 1"
    assert problem.what == f"“Fast møde” is {status}, and why is not said"
    path = folder / engagements.FILE
    told = path.read_text("utf-8").replace(line, line + ", note: 'Ny leder fra maj'")
    path.write_text(told, "utf-8")
    assert not check(folder).problems


def test_what_is_done_or_under_way_needs_no_reason(folder: Path) -> None:
    followed(
        folder,
        "  - {action: 'Fast møde', dimension: trust, status: done}",
        "  - {action: 'Fælles dag', dimension: chain, status: open}",
    )
    assert not check(folder).problems


def test_names_in_what_the_room_wrote_down_are_pointed_out(folder: Path) -> None:
    engagement = engagements.load(folder)
    with open_records(engagement) as keeper:
        keeper.put(Agreed("trust", "w1", level=3, evidence="Det siger Mette Holm", views=""))
        keeper.put(GroupWords("Ring 010190-1234", "w1", "trust"))
        keeper.put(GroupWords("Vi holder møde hver mandag i Nordby Kommune", "w1"))
        keeper.put(Followed("Fælles dag", "chain", "open", "w1", owner="HR-chef Lund"))
    notes = " ".join(check(folder).notes)
    assert "agreed on trust in w1, “Det siger Mette Holm” looks like a name" in notes
    assert "“Ring 010190-1234” holds what looks like a civil registration number" in notes
    assert "action since w1, “HR-chef Lund” looks like a name" in notes
    assert "mandag" not in notes


def test_comments_that_may_name_somebody_say_so_in_the_list_and_on_the_sheet(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from openpyxl import load_workbook

    engagement = engagements.load(folder)
    asked = next(q for q in engagement.instrument.questions() if q.facet.release == "texts")
    said = ["Anders Hansen svarer aldrig", "HR svarer hurtigt"]
    people = [(f"p{i}", "w1", "org", "leader", None, None) for i in range(2)]
    given = [(f"p{i}", asked.item.id, asked.facet.id, text) for i, text in enumerate(said)]
    with open_store(engagement) as store:
        store.add(tables(people, given))
    found = {one.text: one for one in hrkit.comments(folder)}
    assert found[said[0]].may_name == ("name",) and not found[said[1]].may_name
    with open_records(engagement) as keeper:
        keeper.put(GroupWords("Spørg Mette Holm", "w1"))
    with pytest.raises(SystemExit) as done:
        main(["comments", str(folder)])
    assert done.value.code == 0
    told = capsys.readouterr().out
    assert "[may name somebody: write another wording] Anders Hansen" in told
    assert "note: a group’s own words in w1, “Spørg Mette Holm” looks like a name" in told
    sheet = load_workbook(hrkit.comments(folder, output=folder / "sheet.xlsx")).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("Nævner måske nogen" in cell for cell in cells)
