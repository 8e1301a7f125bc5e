"""The roadmap as a tool: what tools ask for goes into the workbook, is agreed on, and comes back; its sheet."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

import hrkit
from hrkit.answers.files.excel import PROPERTY
from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.parts import nobody
from hrkit.blocks import Table, plain, walk
from hrkit.commands.sheet import sheet
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.publish.fillable import render_fillable
from hrkit.records.store import open_records, records_of
from hrkit.records.values import OpenLine
from hrkit.report.capacity import strained
from hrkit.report.planned_work import rows, work
from hrkit.report.sections.roadmap import roadmap
from hrkit.report.worksheets.actions import COLUMNS, actions
from hrkit.tools.roadmap.sections import SHEETS
from tests import pages
from tests.tools.played import engaged

AT = {name: x for x, name in enumerate(COLUMNS)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = engaged(tmp_path / "nordby", "gains", "roadmap")
    path = folder / "engagement.yml"
    capacity = "\ncapacity: {hr_head: {persons: 1, days: 4}}\n"
    path.write_text(path.read_text("utf-8") + capacity, "utf-8")
    said = {"definition": "time.days", "source": "x", "owner": "HR", "start": "2026-01-01"}
    with open_records(engagements.load(folder)) as keeper:
        keeper.put(OpenLine("gains", "gains", "", "time", said=tuple(said.items())))
    return folder


def spoken(home: Path, language: str = "da") -> Assessment:
    return assess(home, language=language, released=nobody(engagements.load(home), "w1"))


def filled(home: Path, path: Path, language: str, changes: dict[str, str]) -> Path:
    """The workbook with the line of the tool's step filled in."""
    report = spoken(home, language)
    form = actions(report.context, (PROPERTY, report.engagement.id))
    cells = [list(row) for row in form.rows]
    mine = next(row for row in cells if row[AT["rests"]] == "gains:baseline:time")
    for name, text in changes.items():
        mine[AT[name]] = text
    made = dataclasses.replace(form, rows=tuple(map(tuple, cells)))
    path.write_bytes(render_fillable(made, report.info))
    return path


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_a_tools_step_is_agreed_on_and_comes_back(
    home: Path, tmp_path: Path, language: str
) -> None:
    w = engagements.load(home).words(language)
    (before,) = (
        row for row in rows(spoken(home, language).context) if row.id == "gains:baseline:time"
    )
    assert not before.agreed and before.days == 1
    said = {"status": w("sections.change.status.open"), "effort": "2,5", "yes": "HR-chef 12/2",
            "effect": w("report.action.effect.large"), "due": "2027-06-01"}  # fmt: skip
    taken = hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", language, said))
    assert taken.added == 1
    (kept,) = records_of(engagements.load(home)).actions
    assert (kept.rests_on, kept.effort, kept.effect, kept.yes) == (
        "gains:baseline:time", "2.5", "large", "HR-chef 12/2",
    )  # fmt: skip
    found = rows(spoken(home, language).context)
    assert [(row.agreed, row.days, row.owner) for row in found] == [(True, 2.5, "hr_head")]
    # It stands in the next workbook, in another language too, and comes back as it was.
    other = "en" if language != "en" else "nl"
    report = spoken(home, other)
    form = actions(report.context, (PROPERTY, report.engagement.id))
    again = tmp_path / "again.xlsx"
    again.write_bytes(render_fillable(form, report.info))
    assert hrkit.actions(home, take=again).same == 1


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_what_a_step_rests_on_stands_in_words_and_its_id_where_nobody_sees_it(
    home: Path, tmp_path: Path, language: str
) -> None:
    from openpyxl import load_workbook

    ctx = spoken(home, language).context
    words = {step.id: step.why for step in ctx.steps}
    w = engagements.load(home).words(language)
    # Also of what was agreed on; and a workbook of before there were words is read as it was.
    said = {"status": w("sections.change.status.open"), "why": ""}
    hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", language, said))
    (kept,) = records_of(engagements.load(home)).actions
    assert kept.rests_on == "gains:baseline:time"
    form = actions(spoken(home, language).context, (PROPERTY, "x"))
    (row,) = [row for row in form.rows if row[AT["rests"]] == kept.rests_on]
    assert row[AT["why"]] == words[kept.rests_on] and ":" not in row[AT["why"]]
    path = tmp_path / "b.xlsx"
    path.write_bytes(render_fillable(form, spoken(home, language).info))
    page = load_workbook(path).worksheets[0]
    hidden = {cell.column for cell in page[1] if page.column_dimensions[cell.column_letter].hidden}
    assert hidden == {AT["rests"] + 1}
    id = re.compile(r"[a-z-]+:[a-z-]+:\S+")
    ids = {c.column for line in page.iter_rows() for c in line if id.fullmatch(str(c.value or ""))}
    assert ids == hidden


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"effort": "much"}, "no effort"),
        ({"effect": "7"}, "no effect"),
        ({"rests": "somewhere"}, "no finding"),
        ({"rests": "", "why": "We said so"}, "not kept for words of your own"),
    ],
)
def test_what_is_wrong_is_refused(
    home: Path, tmp_path: Path, changes: dict[str, str], what: str
) -> None:
    said = {"status": "Under way", **changes}
    said["status"] = engagements.load(home).words("en")("sections.change.status.open")
    with pytest.raises(HrkitError) as error:
        hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", "en", said))
    assert what in " ".join(one.what for one in error.value.problems)


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_who_helps_what_it_takes_and_that_it_has_to_be_done(
    home: Path, tmp_path: Path, language: str
) -> None:
    w = engagements.load(home).words(language)
    said = {
        "status": w("sections.change.status.open"), "duty": w("plan_of_action.duty.yes"),
        "helpers": "MED-udvalget", "needs": w("plan_of_action.needs.system"), "effort": "9",
    }  # fmt: skip
    hrkit.actions(home, take=filled(home, tmp_path / "a.xlsx", language, said))
    (kept,) = records_of(engagements.load(home)).actions
    assert (kept.duty, kept.helpers, kept.needs) == (True, "MED-udvalget", "system")
    ctx = spoken(home, language).context
    (row,) = rows(ctx)
    assert (row.duty, row.helpers, row.needs) == (True, "MED-udvalget", "system")
    # Nine days of four: it has to be done, so nothing is proposed to wait.
    (over,) = [one for one in strained(work(ctx), {"hr_head": 4.0}) if one.owner == "hr_head"]
    assert (over.load, over.wait, over.left) == (9, (), 9)
    shown = " ".join(str(SHEETS["roadmap"](ctx)).split())
    for told in ("helpers", "needs", "duty"):
        what = w("plan_of_action.needs.system")
        assert w(f"roadmap.sheet.{told}", who="MED-udvalget", what=what) in shown
    # In the next workbook it stands as it was, in another language too.
    other = "en" if language != "en" else "nl"
    report = spoken(home, other)
    again = tmp_path / "again.xlsx"
    again.write_bytes(
        render_fillable(actions(report.context, (PROPERTY, report.engagement.id)), report.info)
    )
    assert hrkit.actions(home, take=again).same == 1


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_an_own_decision_rests_on_no_answer_and_stands_on_the_roadmap(
    home: Path, tmp_path: Path, language: str
) -> None:
    report = spoken(home, language)
    w = report.context.words
    form = actions(report.context, (PROPERTY, report.engagement.id))
    own = [""] * len(COLUMNS)
    for name, text in {
        "action": "A day a month without meetings", "dimension": w("roadmap.tools.own"),
        "status": w("sections.change.status.open"), "owner": "HR",
    }.items():  # fmt: skip
        own[AT[name]] = text
    # The tool's own step is left as it was: nobody has agreed on it yet.
    path = tmp_path / "a.xlsx"
    mine = dataclasses.replace(form, rows=(*form.rows, tuple(own)))
    path.write_bytes(render_fillable(mine, report.info))
    hrkit.actions(home, take=path)
    ctx = spoken(home, language).context
    assert [row.own for row in rows(ctx) if row.agreed] == [True]
    page = [plain(cell) for block in walk(roadmap(ctx)) if isinstance(block, Table)
            for row in block.rows for cell in row]  # fmt: skip
    assert w("roadmap.tools.own") in page
    assert any("A day a month without meetings" in cell for cell in page)
    assert w("roadmap.gap.baseless", n=1) in str(roadmap(ctx))


def test_what_was_agreed_on_a_tools_finding_stays_on_the_roadmap(
    home: Path, tmp_path: Path
) -> None:
    """Agreed, it is asked for no more; it stands there as what was agreed."""
    w = engagements.load(home).words("da")
    before = str(roadmap(spoken(home).context))
    hrkit.actions(home, take=filled(
        home, tmp_path / "a.xlsx", "da", {"status": w("sections.change.status.open")}
    ))  # fmt: skip
    ctx = spoken(home).context
    text = w("gains.step.baseline", gain=w("gains.gain.time"), n=12)
    assert text in before and w("roadmap.tools.title") in before
    after = str(roadmap(ctx))
    assert text in after and w("roadmap.tools.title") not in after
    assert w("workshop.report.agreed") in after


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_the_sheet_is_one_page(home: Path, tmp_path: Path, language: str) -> None:
    made = sheet(home, name="roadmap", language=language, output=tmp_path)
    (page,) = pages.pages_of(made)
    w = engagements.load(home).words(language)
    assert w("roadmap.fit.of", load="1", capacity="4") in page.replace("\n", " ")


def test_with_nothing_planned_yet_the_sheet_has_room_to_write(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "roadmap")
    wave = engagements.load(folder).wave(None).id
    ctx = assess(folder, released=nobody(engagements.load(folder), wave), parts={}).context
    (table,) = [b for b in SHEETS["roadmap"](ctx) if isinstance(b, Table)]
    assert len(table.rows) == len(table.shades) == 5
    assert len(pages.pages_of(hrkit.sheet(folder, name="roadmap", output=tmp_path))) == 1
