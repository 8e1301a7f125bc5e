"""Comments are passed on a sheet, and who answered is told as far as the gate tells it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import hrkit
from hrkit.answers.files.excel import texts_of
from hrkit.disclosure.release import issue, preview
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from tests.quick import at_home

SETTINGS = "engagement.yml"


@pytest.fixture
def folder(client_folder, tmp_path):
    place = Path(shutil.copytree(client_folder("municipality"), tmp_path / "fjordby"))
    at_home(place)
    return place


def cells(path: Path) -> list[list[str]]:
    """The first sheet of a workbook, as it stands there."""
    from python_calamine import CalamineWorkbook

    return [
        [str(one) for one in row]
        for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    ]


def filled(path: Path, change) -> Path:
    """The sheet with its lines changed by ``change(id, line)``, as a spreadsheet would save it."""
    import xlsxwriter

    head, *rows = cells(path)
    out = path.with_name("filled.xlsx")
    with xlsxwriter.Workbook(str(out), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Kommentarer")
        for y, row in enumerate([head, *(change(row[0], list(row)) for row in rows)]):
            for x, text in enumerate(row):
                sheet.write_string(y, x, text)
    return out


def test_a_sheet_is_ticked_and_read_back(folder, monkeypatch):
    monkeypatch.chdir(folder)
    before = (folder / SETTINGS).read_text("utf-8")
    was = {one.id: one for one in engagements.load(folder).comments}
    listed = hrkit.comments(folder)
    sheet = hrkit.comments(folder, language="da", output="sheet.xlsx")
    rows = {row[0]: row for row in cells(sheet)[1:]}
    assert cells(sheet)[0][:4] == ["Id", "Spørgsmål", "Kommentar", "Trykkes?"]
    assert {one.id for one in listed} == set(rows)
    assert {id for id, row in rows.items() if row[3] == "ja"} == {i for i in was if i in rows}
    small = [one for one in listed if one.reason == "small"]
    assert all(f"på {one.side}:" in rows[one.id][6] for one in small)
    # As it was written it changes nothing.
    same = hrkit.comments(folder, take=sheet)
    assert (same.added, same.taken) == (0, 0) and (folder / SETTINGS).read_text("utf-8") == before
    good = [one.id for one in listed if not one.warning]
    first, second = [id for id in good if id not in was][:2]
    gone = next(id for id in good if id in was)

    def change(id, row):
        if id == first:
            row[3:6] = ["x", '=HYPERLINK("#")', '=1+1 {a}: "b" # c\n\n\n- ny']
        elif id == second:
            row[3] = "ja"
        elif id == gone:
            row[3] = ""
        return row

    done = hrkit.comments(folder, take=filled(sheet, change))
    assert (done.added, done.taken) == (2, 1)
    now = {one.id: one for one in engagements.load(folder).comments}
    assert set(now) == (set(was) | {first, second}) - {gone}
    assert now[first].theme == '=HYPERLINK("#")'
    assert now[first].text == '=1+1 {a}: "b" # c\n\n- ny'
    assert (now[second].theme, now[second].text) == ("", "")
    assert [line for line in before.splitlines() if line.startswith("#")] == [
        line for line in (folder / SETTINGS).read_text("utf-8").splitlines() if line.startswith("#")
    ]
    # What is passed goes through the same door: the sheet alone prints nothing of a small side.
    shown = {one.text for one in preview(engagements.load(folder), "w1").comments}
    for one in small:
        assert one.text not in shown


def test_a_sheet_with_anything_wrong_changes_nothing(folder):
    before = (folder / SETTINGS).read_bytes()
    sheet = hrkit.comments(folder, output=folder / "sheet.xlsx")
    lines = iter(range(100))

    def change(id, row):
        n = next(lines)
        return (["0" * 16, *row[1:3], "ja", *row[4:]], [*row[:3], "måske", *row[4:]],
                [*row[:4], "t" * 101, *row[5:]], row)[min(n, 3)]  # fmt: skip

    with pytest.raises(HrkitError) as caught:
        hrkit.comments(folder, take=filled(sheet, change))
    said = str(caught.value)
    assert "no comment 0000000000000000" in said and "måske is no answer" in said
    assert "longer than 100" in said and len(caught.value.problems) == 3
    assert (folder / SETTINGS).read_bytes() == before


def test_the_sheet_is_data(folder):
    sheet = hrkit.comments(folder, output=folder / "sheet.xlsx")
    assert texts_of(sheet.read_bytes(), sheet.name)
    with pytest.raises(HrkitError, match="worked in|is there already"):
        sheet.write_bytes(sheet.read_bytes() + b" ")
        hrkit.comments(folder, output=sheet)


def test_who_could_answer_and_how_many_did(folder):
    engagement = engagements.load(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = hrkit.respondents(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    released = preview(engagement, engagement.wave().id)
    whole = {row.perspectives: row for row in found.rows if row.unit == engagement.root.id}
    for one in released.turnout:
        row = whole[released.group(one.group).perspectives]
        assert (row.answered, row.invited) == (one.answered, one.invited)
    assert all(row.answered is None or row.answered == 0 or row.answered >= found.threshold
               for row in found.rows)  # fmt: skip
    assert any(row.answered is None for row in found.rows), "a small unit's number is not told"
    assert "not told" in str(found) and "recorded nowhere" in str(found)


def test_reminders_are_texts_without_a_number(folder, tmp_path):
    found = hrkit.respondents(folder, language="da", output=tmp_path / "mail")
    assert found.paths
    numbers = {str(row.answered) for row in found.rows if row.answered and row.answered > 9}
    for path in found.paths:
        text = path.read_text("utf-8")
        assert text.startswith("Til: ") and "Emne: " in text
        assert not numbers & set(text.replace(".", " ").split()) - {"10", "12", "15", "20"}
    assert len(found.paths) == max(1, len(found.remind))


def test_nobody_has_answered_yet(tmp_path):
    folder = tmp_path / "new"
    hrkit.new(folder, "Acme", "en")
    settings = folder / SETTINGS
    settings.write_text(settings.read_text("utf-8").replace('name: ""', 'name: "Ann"'), "utf-8")
    found = hrkit.respondents(folder)
    assert {row.answered for row in found.rows} == {0} and not list(folder.glob("*.sqlite"))


def test_undoing_after_a_version_was_issued(folder):
    """The version after is decided beside the one before, as after an erasure."""
    from hrkit.answers.store import open_store

    engagement = engagements.load(folder)
    with open_store(engagement) as store:
        everybody = store.imports()
        assert len(everybody) == 1, "a made-up client came by one import"
    before = issue(engagement, "w1")
    done = hrkit.undo(folder)
    assert "people of it went" in str(done) and done.undone.issued >= 1
    with open_store(engagement) as store:
        kept = store.releases("w1")[-1].audit
        assert kept["people"] == [] and not kept["released"]["comments"]
        assert len(store.read()) == 0
    assert before.scores
