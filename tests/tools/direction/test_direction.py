"""The direction canvas: worked examples, what it must not say, and the tool played whole."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from hrkit.answers.files.excel import PROPERTY
from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.parts import nobody
from hrkit.blocks import Heading, Paragraph, Table, plain, walk
from hrkit.commands.fill import fill
from hrkit.commands.sheet import sheet
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.wording import instrument_texts
from hrkit.publish.fillable import render_fillable
from hrkit.records.values import OpenLine, Records
from hrkit.tools import forms_of
from hrkit.tools.direction.canvas import canvas, parties_of
from hrkit.tools.direction.findings import SheetsSaid, found
from hrkit.tools.direction.page import _canvas, said_of
from hrkit.tools.direction.sections import STEPS
from tests import pages
from tests.tools.played import engaged

PARTIES = canvas().parties


def wrote(party: str, field: str, **said: str) -> OpenLine:
    return OpenLine("direction", "canvas", "w1", field, f"party:{party}", tuple(said.items()))


def row(form: str, id: str, **said: str) -> OpenLine:
    return OpenLine("direction", form, "w1", id, said=tuple(said.items()))


def whole(party: str, *, measured: bool = True, commit: bool = True) -> list[OpenLine]:
    what = {
        "text": "fewer cases twice",
        **({"measure": "share", "date": "2028-01-01"} if measured else {}),
    }
    lines = [wrote(party, "where", text="one team"), wrote(party, "what", **what)]
    return [*lines, wrote(party, "give", text="two hours")] if commit else lines


def test_three_of_four_have_a_result_and_top_commits_to_nothing() -> None:
    lines = [
        *whole("top", measured=False, commit=False),
        *(line for party in PARTIES[1:] for line in whole(party)),
    ]
    said = found(Records(lines=tuple(lines)), PARTIES)
    assert (len(said.planned), len(said.of)) == (3, 4)
    (one,) = said.by("commit-empty")
    assert one.who == ("top",)
    # Nothing is marked: nothing is agreed, and nothing differs.
    assert len(said.by("unmarked")) == len(canvas().topics) and not said.by("differs")


def test_who_leads_what() -> None:
    lines = (
        row("cycle", "attraction", hr="leads", leader="leads", hands="socialisation"),
        row("cycle", "performance", hr="leads", hands="reward"),
        row("cycle", "reward", pay="leads", leader="joins", hands="nobody"),
    )
    said = found(Records(lines=lines), PARTIES)
    assert [(one.row, set(one.who)) for one in said.by("two-lead")] == [
        ("attraction", {"leader", "hr"})
    ]
    assert {"socialisation", "development", "exit"} == {one.row for one in said.by("nobody-leads")}
    assert "performance" in {one.row for one in said.by("manager-absent")}
    assert "attraction" not in {one.row for one in said.by("manager-absent")}
    assert [one.row for one in said.by("broken")] == ["reward"]


def test_a_step_has_a_role_and_cards_that_differ_are_told() -> None:
    lines = (
        wrote("hr", "plan_1", text="visit every area"),
        wrote("leader", "plan_1", text="ask", role="HR"),
        row("capabilities", "acumen", leader="no", hr="yes"),
        row("capabilities", "door", leader="yes", hr="yes"),
        row("capabilities", "advice", hr="yes"),
    )
    said = found(Records(lines=lines), PARTIES)
    (step,) = said.by("step-without-role")
    assert step.who == ("hr",)
    assert [one.row for one in said.by("cards-differ")] == ["acumen"]


def test_nothing_written_is_no_finding() -> None:
    assert found(Records(), PARTIES).findings == ()


# ------------------------------------------------------------------------------------ played whole


def filled(
    folder: Path, name: str, path: Path, language: str, rows: dict[str, dict[str, str]]
) -> Path:
    """A worksheet as somebody filled it in, by the line's id."""
    engagement = engagements.load(folder)
    words = engagement.words(language)
    form = forms_of(engagement)[name](engagement, words)
    made = form.fillable(words, Records(), (PROPERTY, f"{engagement.id} {name}"))
    at = {one.id: x for x, one in enumerate(form.fields, 1 + len(form.heads))}
    cells = [list(row) for row in made.rows]
    for key, said in rows.items():
        mine = next(one for one in cells if one[0] == key)
        for id, text in said.items():
            mine[at[id]] = form.label(next(f for f in form.fields if f.id == id), text)
    report = assess(folder, language=language, released=nobody(engagement, "w1"))
    sheet = dataclasses.replace(made, rows=tuple(map(tuple, cells)))
    path.write_bytes(render_fillable(sheet, report.info))
    return path


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("direction")
    folder = engaged(home / "nordby", "direction")
    rows: dict[str, dict[str, str]] = {}
    for party in parties_of(engagements.load(folder)):
        key = f"party:{party}"
        rows[f"{key} where"] = {"text": "Ledere og HR løser sagerne sammen i første forsøg."}
        rows[f"{key} what"] = {
            "text": "Færre sager to gange",
            "measure": "85 % i første",
            "date": "2028-06-01",
        }
        rows[f"{key} plan_1"] = {
            "text": "Makkerparret er i området hver tirsdag",
            "role": "HR-partner",
            "date": "2027-12-01",
        }
        rows[f"{key} give"] = {"text": "To timer om ugen"}
    del rows["party:top what"]
    fill(folder, take=filled(folder, "canvas", home / "a.xlsx", "da", rows))
    agreed = {
        "where": {
            "mark": "same",
            "text": "Sammen i første forsøg",
            "yes": "Direktør, HR-chef",
            "date": "2027-11-08",
        },
        "plan": {
            "mark": "same",
            "text": "Tirsdage",
            "yes": "HR-chef, lederne",
            "date": "2027-11-08",
        },
        "commit": {"mark": "differs", "owner": "HR-chefen"},
    }
    fill(folder, take=filled(folder, "direction", home / "b.xlsx", "nl", agreed))
    cycle = {
        "attraction": {
            "hr": "leads",
            "leader": "joins",
            "own": "Samtaler",
            "hours": "12",
            "hands": "socialisation",
        },
        "performance": {"hr": "leads", "hands": "reward"},
    }
    fill(folder, take=filled(folder, "cycle", home / "c.xlsx", "en", cycle))
    cards = {"acumen": {"leader": "no", "hr": "yes", "seen": "Budgetmødet"}}
    fill(folder, take=filled(folder, "capabilities", home / "d.xlsx", "da", cards))
    return folder


def spoken(folder: Path, language: str) -> Assessment:
    return assess(folder, language=language, released=nobody(engagements.load(folder), "w1"))


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_in_each_language(played: Path, language: str) -> None:
    report = spoken(played, language)
    w = report.context.words
    shown = report.section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert w("direction.title.differs", n=1) in headings
    for part in ("canvas", "agreed", "cycle", "cards"):
        assert w(f"direction.{part}") in headings
    cells = [
        plain(cell)
        for b in walk(shown.blocks)
        if isinstance(b, Table)
        for row in b.rows
        for cell in row
    ]
    assert any("Sammen i første forsøg" in cell for cell in cells)
    # What was not marked is not printed as agreement.
    assert cells.count(w("direction.unmarked")) == 3
    assert {one.name for one in shown.worksheets} == {w("direction.worksheet")}


def test_what_it_asks_for(played: Path) -> None:
    steps = STEPS(spoken(played, "en").context)
    assert sum(one.agreed for one in steps) == len(PARTIES)
    assert {one.owner for one in steps if one.agreed} == set(PARTIES)


def test_representatives_may_write_and_are_missed_nowhere(played: Path, tmp_path: Path) -> None:
    said = said_of(assess(played, released=nobody(engagements.load(played), "w1")).context)
    assert "reps" not in said.of
    folder = engaged(tmp_path / "other", "direction")
    rows = {"party:reps where": {"text": "Vi bliver spurgt, før der er besluttet"}}
    fill(folder, take=filled(folder, "canvas", tmp_path / "a.xlsx", "da", rows))
    for language in ("da", "nl", "en"):
        report = assess(folder, language=language, released=nobody(engagements.load(folder), "w1"))
        said = said_of(report.context)
        assert said.spoken == ("reps",) and said.of == (*PARTIES, "reps")
        name = report.context.words("direction.reps")
        assert name in str(_canvas(report.context, said))
        # Without a commitment it is found as of any other that has written.
        assert [one.who for one in said.by("commit-empty")] == [("reps",)]


@pytest.mark.parametrize("language", ["da", "nl", "en"])
@pytest.mark.parametrize("name", ["canvas", "direction", "cycle", "capabilities"])
def test_each_sheet_is_one_page(
    tmp_path_factory: pytest.TempPathFactory, name: str, language: str, empty: Path
) -> None:
    made = sheet(empty, name=name, language=language, output=tmp_path_factory.mktemp("sheet"))
    assert len(pages.pages_of(made)) == 1


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return engaged(tmp_path_factory.mktemp("empty") / "nordby", "direction")


def test_what_was_agreed_is_changed_only_with_a_reason(played: Path, tmp_path: Path) -> None:
    other = {"where": {"mark": "same", "text": "Noget andet", "yes": "HR", "date": "2027-11-09"}}
    with pytest.raises(HrkitError) as error:
        fill(played, take=filled(played, "direction", tmp_path / "x.xlsx", "da", other))
    assert "why" in error.value.problems[0].what


def test_nothing_is_claimed_of_what_parties_wrote() -> None:
    words = " ".join(text["en"] if isinstance(text["en"], str) else str(text["en"])
                     for text in instrument_texts("direction").values())  # fmt: skip
    for said in ("clearly", "tends to", "%"):
        assert said not in words


def test_who_has_handed_in_nothing_is_named_beside_the_count(played: Path) -> None:
    """“2 of 4 parties” would else say of the others that their sheets lack what nobody has seen."""
    ctx = spoken(played, "en").context
    said = said_of(ctx)
    missing = dataclasses.replace(said, spoken=tuple(p for p in said.spoken if p != "hr"))

    def told(of: SheetsSaid) -> list[str]:
        return [plain(b.text) for b in walk(_canvas(ctx, of)) if isinstance(b, Paragraph)]

    absent = {one for one in said.of if one not in said.spoken}
    assert any("No sheet yet from" in line for line in told(said)) == bool(absent)
    assert any(line.startswith("No sheet yet from") and "HR" in line for line in told(missing))
