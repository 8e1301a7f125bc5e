"""The workbook of actions: written, filled in by a client, taken back, with comments left alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

import hrkit
from hrkit import synthetic
from hrkit.answers.files.excel import PROPERTY
from hrkit.blocks.fillable import Fillable
from hrkit.cli import main
from hrkit.errors import HrkitError
from hrkit.model.yaml_edit import with_items
from hrkit.publish.fillable import render_fillable
from hrkit.records.store import open_records, records_of
from hrkit.report.worksheets.actions import COLUMNS, actions

AT = {name: x for x, name in enumerate(COLUMNS)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("actions") / "firm"
    synthetic.build(synthetic.client("municipality"), folder)
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    import shutil

    made = tmp_path / "home"
    shutil.copytree(built, made)
    path = made / "engagement.yml"
    path.write_text("# Ours: leave it.\n" + path.read_text("utf-8"), "utf-8")
    return made


def form_of(home: Path, language: str) -> tuple[Fillable, object]:
    report = hrkit.assess(home, language=language)
    return actions(report.context, (PROPERTY, report.engagement.id)), report.info


def filled(home: Path, path: Path, language: str, *changes: dict[str, str]) -> Path:
    """The workbook with its first lines filled in; a change that names an action is a line of its own."""
    form, info = form_of(home, language)
    rows = [list(row) for row in form.rows]
    for i, change in enumerate(changes):
        if "action" in change:
            rows.append([""] * len(COLUMNS))
            i = len(rows) - 1
        for name, text in change.items():
            rows[i][AT[name]] = text
    path.write_bytes(render_fillable(dataclasses.replace(form, rows=tuple(map(tuple, rows))), info))
    return path


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_it_is_written_and_comes_back(home: Path, tmp_path: Path, language: str) -> None:
    w = hrkit.load_engagement(home).words(language)
    made = hrkit.actions(home, language=language)
    assert made.name.endswith(f"-w1-{language}-actions.xlsx")
    book = CalamineWorkbook.from_path(str(made))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == [w(f"plan_of_action.column.{name}") for name in COLUMNS]
    assert len(rows) > 5
    with pytest.raises(HrkitError, match="nothing is agreed on yet"):
        hrkit.actions(home, take=made)
    before = (home / "engagement.yml").read_text("utf-8")
    path = filled(
        home, tmp_path / "back.xlsx", language,
        {"status": w("sections.change.status.done"), "owner": "=HR", "start": "2027-01-11",
         "due": "2027-06-15", "note": "two areas: “first”"},
        {"status": w("sections.change.status.moved"), "note": "after the budget"},
        {"action": "A talk about the rota", "dimension": rows[2][2],
         "status": w("sections.change.status.open")},
    )  # fmt: skip
    taken = hrkit.actions(home, take=path)
    assert (taken.added, taken.changed, taken.same) == (3, 0, 0)
    assert (home / "engagement.yml").read_text("utf-8") == before
    first, second, own = records_of(hrkit.load_engagement(home)).actions
    assert (first.action, first.status, first.owner) == (rows[1][0], "done", "=HR")
    assert (first.start, first.due, first.since) == ("2027-01-11", "2027-06-15", "w1")
    assert first.note == "two areas: “first”" and second.status == "moved"
    assert own.action == "A talk about the rota" and own.dimension == second.dimension
    # What was taken stands in the next one, in another language too, and comes back as it was.
    other = "en" if language != "en" else "da"
    form, info = form_of(home, other)
    assert form.rows[0][AT["owner"]] == "=HR" and form.rows[0][AT["due"]] == "2027-06-15"
    assert form.rows[-1][AT["action"]] == "A talk about the rota"
    again = tmp_path / "again.xlsx"
    again.write_bytes(render_fillable(form, info))
    taken = hrkit.actions(home, take=again)
    assert (taken.added, taken.changed, taken.same) == (0, 0, 3)
    with open_records(hrkit.load_engagement(home), write=False) as keeper:
        assert all(one.number == 1 for one in keeper.entries())


def test_a_change_takes_the_place_of_what_stood_there(home: Path, tmp_path: Path) -> None:
    hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", "en", {"status": "Under way"}))
    path = filled(home, tmp_path / "b.xlsx", "en", {"status": "Done", "note": "at last"})
    taken = CliRunner().invoke(main, ["actions", str(home), "--take", str(path)])
    assert taken.exit_code == 0 and "0 added, 1 changed, 0 as they were" in taken.output
    (one,) = records_of(hrkit.load_engagement(home)).actions
    assert (one.status, one.note) == ("done", "at last")
    with open_records(hrkit.load_engagement(home), write=False) as keeper:
        (kept,) = keeper.entries("action")
        assert [was.value.status for was in keeper.history(kept.id)] == ["open", "done"]


def test_lines_of_the_settings_move_into_the_records_once(home: Path, tmp_path: Path) -> None:
    path = home / "engagement.yml"
    line = '{action: "Coffee on Fridays", dimension: trust, status: open, since: w1}'
    text = with_items(path.read_text("utf-8"), "followed", [line])
    path.write_text(text, "utf-8")
    # Until a workbook is taken they are read where they stand.
    assert hrkit.assess(home).engagement.followed[-1].action == "Coffee on Fridays"
    hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", "en", {"status": "Done"}))
    assert hrkit.load_engagement(home).followed == ()
    assert path.read_text("utf-8").startswith("# Ours: leave it.\n")
    kept = records_of(hrkit.load_engagement(home)).actions
    assert kept[0].action == "Coffee on Fridays" and len(kept) == 2
    assert hrkit.assess(home).engagement.followed == kept


def test_words_of_ones_own_bring_horizon_and_sign(home: Path, tmp_path: Path) -> None:
    change = {"action": "A talk", "dimension": "Trust", "status": "Under way", "sign": "It is held"}
    w = hrkit.load_engagement(home).words("en")
    change["dimension"] = next(
        s.name["en"] for s in hrkit.load_engagement(home).instrument.dimensions if s.id == "trust"
    )
    change["horizon"] = w("report.action.horizon.now")
    hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", "en", change))
    (one,) = records_of(hrkit.load_engagement(home)).actions
    assert (one.horizon, one.sign) == ("now", "It is held")
    form, _ = form_of(home, "da")
    assert form.rows[-1][AT["sign"]] == "It is held"
    assert form.rows[-1][AT["horizon"]] == w_da(home)("report.action.horizon.now")


def w_da(home: Path) -> object:
    return hrkit.load_engagement(home).words("da")


def test_every_wrong_cell_is_told_and_nothing_is_changed(home: Path, tmp_path: Path) -> None:
    before = (home / "engagement.yml").read_bytes()
    path = filled(
        home, tmp_path / "bad.xlsx", "en",
        {"status": "Perhaps"}, {"status": "Done", "id": "presence.a999"},
        {"note": "but no status"}, {"status": "Done", "since": "w9"},
        {"status": "Done", "note": "x" * 501},
        {"action": "Something", "dimension": "Weather", "status": "Done"},
    )  # fmt: skip
    with pytest.raises(HrkitError) as told:
        hrkit.actions(home, take=path)
    said = str(told.value)
    for word in ("Perhaps", "presence.a999", "no status", "w9", "500 characters", "Weather"):
        assert word in said, word
    assert said.count("bad.xlsx row") == len(told.value.problems) == 6
    assert (home / "engagement.yml").read_bytes() == before


def test_one_that_was_written_for_another_client_is_refused(home: Path, tmp_path: Path) -> None:
    form, info = form_of(home, "en")
    path = tmp_path / "theirs.xlsx"
    path.write_bytes(render_fillable(dataclasses.replace(form, whose=(PROPERTY, "other")), info))
    with pytest.raises(HrkitError, match="written for the engagement other"):
        hrkit.actions(home, take=path)


def test_one_that_somebody_worked_in_is_not_replaced(home: Path) -> None:
    made = hrkit.actions(home)
    hrkit.actions(home)  # as it was written: again
    made.write_bytes(made.read_bytes() + b" ")
    with pytest.raises(HrkitError, match="Nothing was written"):
        hrkit.actions(home)
    hrkit.actions(home, overwrite=True)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("id: a  # x\n", "id: a  # x\n\nlist:\n  - {n: 1}\n"),
        ("list: []  # none\n", "list: [{n: 1}]  # none\n"),
        ("list: [{n: 0}]\nz: 1\n", "list: [{n: 0}, {n: 1}]\nz: 1\n"),
        ("list:\n- {n: 0}  # was\n# end\n", "list:\n- {n: 0}  # was\n- {n: 1}\n# end\n"),
        ("list:\n  - n: 0\n    m: a-b\nz: 1\n", "list:\n  - n: 0\n    m: a-b\n  - {n: 1}\nz: 1\n"),
    ],
)
def test_items_are_added_where_the_list_ends(text: str, made: str) -> None:
    assert with_items(text, "list", ["{n: 1}"]) == made


@pytest.mark.parametrize(("language", "status"), [("en", "dropped"), ("nl", "moved")])
def test_what_is_given_up_or_put_off_says_why(
    home: Path, tmp_path: Path, language: str, status: str
) -> None:
    w = hrkit.load_engagement(home).words(language)
    said = {"status": w(f"sections.change.status.{status}")}
    with pytest.raises(HrkitError, match="does not say why"):
        hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", language, said))
    assert not records_of(hrkit.load_engagement(home)).actions
    reason = {"note": "The law has changed"}
    hrkit.actions(home, take=filled(home, tmp_path / "b.xlsx", language, said | reason))
    (one,) = records_of(hrkit.load_engagement(home)).actions
    assert (one.status, one.note) == (status, "The law has changed")


def test_a_status_of_an_older_workbook_is_still_read(home: Path, tmp_path: Path) -> None:
    assert hrkit.load_engagement(home).words("da")("sections.change.status.dropped") == "Opgivet"
    said = {"status": "Droppet", "note": "Loven er ændret"}
    hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", "da", said))
    (one,) = records_of(hrkit.load_engagement(home)).actions
    assert one.status == "dropped"
    form, _ = form_of(home, "da")
    assert "Opgivet" in {row[AT["status"]] for row in form.rows}


@pytest.mark.parametrize(
    ("language", "name", "before", "said", "kept"),
    [
        ("da", "helpers", "Hvem hjælper (rolle)", "Økonomi", "Økonomi"),
        ("da", "needs", "Hvad det kræver", "tid", "time"),
        ("nl", "due", "Opvolging", "2027-06-15", "2027-06-15"),
    ],
)
def test_what_was_filled_in_under_an_older_heading_is_not_lost(
    home: Path, tmp_path: Path, language: str, name: str, before: str, said: str, kept: str
) -> None:
    form, info = form_of(home, language)
    row = list(form.rows[0])
    status = hrkit.load_engagement(home).words(language)("sections.change.status.open")
    row[AT["status"]], row[AT[name]] = status, said
    columns = list(form.columns)
    columns[AT[name]] = dataclasses.replace(columns[AT[name]], name=before)
    older = dataclasses.replace(form, columns=tuple(columns), rows=(tuple(row),))
    path = tmp_path / "older.xlsx"
    path.write_bytes(render_fillable(older, info))
    hrkit.actions(home, take=path)
    (one,) = records_of(hrkit.load_engagement(home)).actions
    assert getattr(one, name) == kept


def test_what_is_printed_of_the_workbook_is_whole_and_can_be_read(
    home: Path, tmp_path: Path
) -> None:
    """The guide fits its paper, the wide sheet has a large one, no heading is cut, and no list is printed."""
    from openpyxl import load_workbook

    path = hrkit.actions(home, language="nl", output=tmp_path / "a.xlsx")
    page, guide, lists = load_workbook(path).worksheets
    assert lists.sheet_state == "hidden" and page.sheet_state == guide.sheet_state == "visible"
    across = 8.27 - guide.page_margins.left - guide.page_margins.right
    assert (guide.column_dimensions["A"].width * 7 + 5) / 96 <= across
    assert page.page_setup.paperSize == 8, "A3"
    for cell in page[1]:
        lines = page.row_dimensions[1].height // 15
        assert len(str(cell.value)) <= lines * page.column_dimensions[cell.column_letter].width
