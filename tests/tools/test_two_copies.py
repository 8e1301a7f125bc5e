"""Sheets come back as they do: two copies of one, one taken twice, one of an earlier round, a line copied."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
import yaml

import hrkit
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE
from hrkit.records.store import records_of
from hrkit.tools import forms_of
from tests.tools.played import engaged

Said = Mapping[str, Mapping[str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return engaged(tmp_path / "nordby", "direction", "partner-pairs", "blueprint")


def written(folder: Path, name: str, path: Path, **how: str) -> Path:
    """The workbook as the kit writes it."""
    return hrkit.fill(folder, name=name, output=path, **how)


def typed(folder: Path, path: Path, name: str, said: Said, *, own: Said | None = None) -> Path:
    """Somebody fills in cells of a written workbook: by a line's id; lines of one's own below them."""
    engagement = engagements.load(folder)
    words = engagement.words(engagement.language)
    form = forms_of(engagement)[name](engagement, words)
    book = openpyxl.load_workbook(path)
    page = book[words("openform.sheet")]
    at = {one.id: 2 + len(form.heads) + i for i, one in enumerate(form.fields)}
    at["reason"] = 2 + len(form.heads) + len(form.fields)
    lines = {row[0].value: row[0].row for row in page.iter_rows(min_row=2) if row[0].value}
    free = max(lines.values(), default=1) + 1
    for i, id in enumerate(own or {}):
        lines[id] = free + i
    for id, fields in {**said, **(own or {})}.items():
        for field, text in fields.items():
            known = next((f for f in form.fields if f.id == field), None)
            page.cell(lines[id], at[field]).value = form.label(known, text) if known else text
    book.save(path)
    return path


def stands(folder: Path, tool: str, name: str) -> dict[str, dict[str, str]]:
    lines = records_of(engagements.load(folder)).sheet(tool, name)
    return {one.row: dict(one.said) for one in lines}


def test_two_copies_of_one_sheet_are_both_kept(folder: Path, tmp_path: Path) -> None:
    """Leaders fill in their column, HR its own: the later copy does not empty the first."""
    one, other = (written(folder, "capabilities", tmp_path / f"{i}.xlsx") for i in "ab")
    typed(folder, one, "capabilities", {"acumen": {"leader": "no"}, "door": {"leader": "yes"}})
    typed(folder, other, "capabilities", {"acumen": {"hr": "yes"}, "advice": {"hr": "partly"}})
    hrkit.fill(folder, take=one)
    hrkit.fill(folder, take=other)
    assert stands(folder, "direction", "capabilities") == {
        "acumen": {"leader": "no", "hr": "yes"},
        "door": {"leader": "yes"},
        "advice": {"hr": "partly"},
    }


def test_a_cell_that_both_changed_is_told_and_nothing_is_changed(
    folder: Path, tmp_path: Path
) -> None:
    one, other = (written(folder, "capabilities", tmp_path / f"{i}.xlsx") for i in "ab")
    hrkit.fill(folder, take=typed(folder, one, "capabilities", {"acumen": {"leader": "no"}}))
    typed(folder, other, "capabilities", {"acumen": {"leader": "yes"}, "door": {"hr": "yes"}})
    before = stands(folder, "direction", "capabilities")
    with pytest.raises(HrkitError) as refused:
        hrkit.fill(folder, take=other)
    (problem,) = refused.value.problems
    assert "since this workbook was written" in problem.what and "“nej”" in problem.what
    assert stands(folder, "direction", "capabilities") == before


def test_what_is_emptied_on_purpose_is_emptied(folder: Path, tmp_path: Path) -> None:
    first = written(folder, "capabilities", tmp_path / "a.xlsx")
    hrkit.fill(
        folder,
        take=typed(
            folder, first, "capabilities", {"acumen": {"leader": "no"}, "door": {"hr": "yes"}}
        ),
    )
    later = written(folder, "capabilities", tmp_path / "b.xlsx")
    hrkit.fill(folder, take=typed(folder, later, "capabilities", {"acumen": {"leader": ""}}))
    assert stands(folder, "direction", "capabilities") == {"door": {"hr": "yes"}}


def test_a_held_line_that_somebody_else_filled_in_asks_for_no_reason(
    folder: Path, tmp_path: Path
) -> None:
    made = folder / "blueprint"
    one, other = (written(made, "agreement", tmp_path / f"{i}.xlsx") for i in "ab")
    task, second = (row.id for row in forms_of(engagements.load(made))["agreement"](
        engagements.load(made), engagements.load(made).words("da")
    ).rows[:2])  # fmt: skip
    settled = {"decides": "leader", "does": "hr"}
    hrkit.fill(made, take=typed(made, one, "agreement", {task: settled}))
    hrkit.fill(made, take=typed(made, other, "agreement", {second: settled}))
    assert set(stands(made, "blueprint", "agreement")) == {task, second}


CASE = {"week": "2026w40", "type": "pay", "from": "leader", "to": "pay", "complete": "yes"}


def test_lines_of_a_log_count_once_however_often_it_is_taken(folder: Path, tmp_path: Path) -> None:
    """Two like cases on one sheet are two; the same sheet again is none, and is said."""
    book = written(folder, "log", tmp_path / "a.xlsx")
    typed(folder, book, "log", {}, own={"1": CASE, "2": CASE})
    assert hrkit.fill(folder, take=book).kept == 2
    with pytest.raises(HrkitError) as refused:
        hrkit.fill(folder, take=book)
    assert len(refused.value.problems) == 2
    assert all("stands already" in one.what for one in refused.value.problems)
    assert len(stands(folder, "partner-pairs", "log")) == 2


def test_a_like_case_of_another_copy_is_kept_where_it_is_said(folder: Path, tmp_path: Path) -> None:
    one, other = (written(folder, "log", tmp_path / f"{i}.xlsx") for i in "ab")
    hrkit.fill(folder, take=typed(folder, one, "log", {}, own={"1": CASE}))
    another = {**CASE, "week": "2026w41"}
    typed(folder, other, "log", {}, own={"1": {**CASE, "reason": "en anden sag"}, "2": another})
    hrkit.fill(folder, take=other)
    assert len(stands(folder, "partner-pairs", "log")) == 3


def test_a_line_that_was_copied_with_its_id_is_told(folder: Path, tmp_path: Path) -> None:
    book = written(folder, "capabilities", tmp_path / "a.xlsx")
    typed(folder, book, "capabilities", {"acumen": {"hr": "yes"}, "door": {"hr": "no"}})
    sheet = openpyxl.load_workbook(book)
    page = sheet.worksheets[0]
    (door,) = [row[0] for row in page.iter_rows(min_row=2) if row[0].value == "door"]
    door.value = "acumen"
    sheet.save(book)
    with pytest.raises(HrkitError) as refused:
        hrkit.fill(folder, take=book)
    assert any("twice (row 2 too)" in one.what for one in refused.value.problems)
    assert not stands(folder, "direction", "capabilities")


def again(folder: Path) -> None:
    """A second round."""
    path = folder / FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    data["waves"].append(
        {**data["waves"][0], "id": "w2", "opens": "2027-03-01", "name": {"da": "Runde 2"}}
    )
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def test_a_sheet_of_an_earlier_round_goes_beside_it(folder: Path, tmp_path: Path) -> None:
    book = written(folder, "capabilities", tmp_path / "a.xlsx")
    typed(folder, book, "capabilities", {"acumen": {"hr": "yes"}})
    again(folder)
    with pytest.raises(HrkitError, match="beside the round w1, not w2"):
        hrkit.fill(folder, take=book, wave="w2")
    hrkit.fill(folder, take=book)
    kept = records_of(engagements.load(folder))
    assert {one.wave for one in kept.lines} == {"w1"}


def test_a_round_that_is_called_otherwise_by_now_keeps_one_line(
    folder: Path, tmp_path: Path
) -> None:
    hrkit.fill(
        folder,
        take=typed(
            folder,
            written(folder, "capabilities", tmp_path / "a.xlsx"),
            "capabilities",
            {"acumen": {"hr": "yes"}},
        ),
    )
    path = folder / FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    data["waves"][0] |= {"id": "spring", "was": ["w1"]}
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    later = written(folder, "capabilities", tmp_path / "b.xlsx")
    hrkit.fill(folder, take=typed(folder, later, "capabilities", {"acumen": {"leader": "no"}}))
    lines = (
        records_of(engagements.load(folder)).of(("w1", "spring")).sheet("direction", "capabilities")
    )
    assert [dict(one.said) for one in lines] == [{"leader": "no", "hr": "yes"}]


TERMS = """
terms:
  hr_partner:
    da: {one: "HR-konsulent", many: "HR-konsulenter", def: "HR-konsulenten", def_many: "HR-konsulenterne", article: "en"}
"""


def renamed(folder: Path) -> None:
    """The client calls a role otherwise from now on."""
    path = folder / FILE
    path.write_text(path.read_text("utf-8") + TERMS, "utf-8")


def test_a_role_that_is_called_otherwise_by_now_is_still_understood(
    folder: Path, tmp_path: Path
) -> None:
    """Its column stands where it stood, and its name in a list is the list's own."""
    cards = written(folder, "capabilities", tmp_path / "a.xlsx")
    typed(folder, cards, "capabilities", {"acumen": {"hr": "yes", "leader": "no"}})
    made = folder / "blueprint"
    task = written(made, "agreement", tmp_path / "b.xlsx")
    typed(made, task, "agreement", {"care.absence": {"decides": "leader", "does": "hr"}})
    before = engagements.load(made).words("da")("blueprint.actor.hr")
    renamed(folder)
    assert engagements.load(made).words("da")("blueprint.actor.hr") == "HR-konsulent" != before
    hrkit.fill(folder, take=cards)
    hrkit.fill(made, take=task)
    assert stands(folder, "direction", "capabilities") == {"acumen": {"leader": "no", "hr": "yes"}}
    assert stands(made, "blueprint", "agreement") == {
        "care.absence": {"decides": "leader", "does": "hr"}
    }


def test_a_column_that_was_moved_is_not_guessed(folder: Path, tmp_path: Path) -> None:
    book = written(folder, "capabilities", tmp_path / "a.xlsx")
    typed(folder, book, "capabilities", {"acumen": {"hr": "yes"}})
    sheet = openpyxl.load_workbook(book)
    sheet.worksheets[0].insert_cols(3)
    sheet.save(book)
    renamed(folder)
    with pytest.raises(HrkitError, match="has no heading"):
        hrkit.fill(folder, take=book)


def test_another_door_says_where_a_sheet_is_taken(folder: Path, tmp_path: Path) -> None:
    book = written(folder, "capabilities", tmp_path / "a.xlsx")
    for take in (
        lambda: hrkit.import_answers(book, folder),
        lambda: hrkit.actions(folder, take=book),
        lambda: hrkit.agreements(folder, take=book),
    ):
        with pytest.raises(HrkitError, match="hrkit fill FOLDER --take FILE") as refused:
            take()
        assert "sheet capabilities of" in str(refused.value)
