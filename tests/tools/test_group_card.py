"""The group card: a side too small for figures says openly what it thinks, beside the other side's figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import hrkit
from hrkit.assessment.assessment import assess
from hrkit.assessment.parts import nobody
from hrkit.blocks import Table, plain, walk
from hrkit.cli import main
from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.records.store import open_records, records_of
from hrkit.report.group_card import MARK, card_form, cards_of
from hrkit.tools import forms_of
from tests import pages, quick
from tests.tools.played import answer, engaged, typed


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty leaders and an HR of four, whose card says what they think of one theme."""
    folder = engaged(tmp_path_factory.mktemp("card") / "nordby", "mirror") / "mirror"
    answer(folder, {"leader": 20, "hr": 4}, lambda q, p: 3.0)
    said = {
        "party:hr leaders.time": {"answer": "4", "because": "=Tirsdagsmøderne"},
        "party:hr hr.time": {"answer": "2"},
        "party:hr seen-hr.time": {"answer": "5"},
    }
    path = typed(folder, "card", "nl", said, folder / "b.xlsx")
    taken = CliRunner().invoke(main, ["fill", str(folder), "--take", str(path)])
    assert taken.exit_code == 0, taken.output
    return folder


def _tables(folder: Path) -> list[Table]:
    with quick.undrawn():
        shown = assess(folder).section("tools")
    return [b for b in walk(shown.blocks) if isinstance(b, Table)]


def test_what_a_small_side_says_stands_beside_the_others_figures(mirror: Path) -> None:
    ctx = assess(mirror).context
    assert set(cards_of(ctx)) == {"hr"}
    cells = [plain(cell) for table in _tables(mirror) for row in table.rows for cell in row]
    assert sorted(c for c in cells if c.startswith(MARK)) == [f"{MARK} {v}" for v in (2, 4, 5)]
    with quick.undrawn():
        text = " ".join(str(b) for b in walk(assess(mirror).section("tools").blocks))
    assert "=Tirsdagsmøderne" in text
    assert ctx.words("mirror.card") in text


def test_a_side_with_figures_has_no_card_in_the_report(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "mirror") / "mirror"
    answer(folder, {"leader": 20, "hr": 12}, lambda q, p: 3.0)
    said = {"party:hr leaders.time": {"answer": "4"}}
    hrkit.fill(folder, take=typed(folder, "card", "da", said, folder / "b.xlsx"))
    assert not cards_of(assess(folder).context)
    assert not any(
        plain(c).startswith(MARK) for table in _tables(folder) for row in table.rows for c in row
    )


def test_any_tool_prints_a_card(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "services") / "services"
    answer(folder, {"leader": 12}, lambda q, p: 3.5)
    engagement = engagements.load(folder)
    first = next(
        r for r in card_form(engagement, engagement.words("da")).rows if r.scope == "party:hr"
    )
    path = typed(folder, "card", "en", {first.key: {"answer": "5"}}, folder / "b.xlsx")
    hrkit.fill(folder, take=path)
    last = _tables(folder)[-1]
    assert plain(last.rows[0][-2]) == f"{MARK} 5"


def test_a_card_alone_has_a_chapter_in_the_report_of_the_whole(tmp_path: Path) -> None:
    whole = engaged(tmp_path / "nordby", "mirror")
    answer(whole, {"leader": 12, "hr": 12}, lambda q, p: 3.4)
    assert not assess(whole).context.parts
    said = {"party:hr leaders.time": {"answer": "4"}}
    hrkit.fill(
        whole / "mirror", take=typed(whole / "mirror", "card", "da", said, tmp_path / "b.xlsx")
    )
    (part,) = assess(whole).context.parts
    assert set(cards_of(part)) == {"hr"}


def test_figures_of_nobody_reach_a_kernel_as_they_are(tmp_path: Path) -> None:
    """A part that only said something openly is handed over like one that was answered."""
    folder = engaged(tmp_path / "nordby", "mirror") / "mirror"
    made = nobody(engagements.load(folder), "w1")
    assert from_snapshot(to_snapshot(made)).scores == made.scores
    assert not any(score.shown for score in made.scores)
    assert not list(folder.glob("*.sqlite*"))


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"answer": "9"}, "none of the list"),
        ({"because": "x" * 281}, "longer than 280"),
        ({"because": "spørg 010190-1234"}, "civil registration number"),
        ({"because": "BSN 111222333"}, "civil registration number"),
    ],
)
def test_what_must_not_stand_there_is_refused_whole(
    tmp_path: Path, mirror: Path, fields: dict[str, str], what: str
) -> None:
    before = records_of(engagements.load(mirror)).lines
    said = {"party:hr leaders.goals": fields, "party:hr leaders.word": {"answer": "3"}}
    with pytest.raises(HrkitError, match=what):
        hrkit.fill(mirror, take=typed(mirror, "card", "en", said, tmp_path / "b.xlsx"))
    assert records_of(engagements.load(mirror)).lines == before


def test_what_may_be_an_address_is_kept_and_named(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "mirror") / "mirror"
    said = {"party:hr leaders.time": {"because": "jo@example.org"}}
    done = hrkit.fill(folder, take=typed(folder, "card", "da", said, tmp_path / "b.xlsx"))
    assert "looks like an address" in str(done)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mette Holm sagde det", True),
        ("Det lovede Jan van der Berg", True),
        ("HR-chef Lund svarer", True),
        ("Ring til fru Dahl", True),
        ("Nordby Kommune og HR-chefen", False),
        ("Det siger Direktionen", False),
        ("Aftalen: HR svarer samme dag", False),
    ],
)
def test_what_looks_like_a_name_is_kept_and_said(tmp_path: Path, text: str, named: bool) -> None:
    folder = engaged(tmp_path / "nordby", "mirror") / "mirror"
    said = {"party:hr leaders.time": {"because": text}}
    done = hrkit.fill(folder, take=typed(folder, "card", "da", said, tmp_path / "b.xlsx"))
    assert ("looks like a name" in str(done)) == named
    (line,) = records_of(engagements.load(folder)).sheet("mirror", "card")
    assert line.field("because") == text


def test_an_answer_may_change_and_the_one_before_is_kept(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "mirror") / "mirror"
    for value in ("4", "2", ""):
        said = {"party:hr leaders.time": {"answer": value}}
        hrkit.fill(folder, take=typed(folder, "card", "da", said, tmp_path / "b.xlsx"))
    with open_records(engagements.load(folder)) as keeper:
        (one,) = keeper.entries("line")
        assert [v.value.field("answer") for v in keeper.history(one.id)] == ["4", "2", ""]
    assert not records_of(engagements.load(folder)).sheet("mirror", "card")


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_a_card_to_write_on_comes_before_every_answer(tmp_path: Path, language: str) -> None:
    folder = engaged(tmp_path / "nordby", "mirror") / "mirror"
    pdf = hrkit.sheet(folder, name="card-hr", language=language)
    text = " ".join(pages.text_of(pdf).split())
    words = engagements.load(folder).words(language)
    assert words("openform.card.because") in text
    assert len(pages.pages_of(pdf)) <= 2


def test_no_two_headings_of_a_sheet_are_one_in_any_language(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "mirror") / "mirror"
    engagement = engagements.load(folder)
    for make in forms_of(engagement).values():
        for language in ("da", "nl", "en"):
            words = engagement.words(language)
            form = make(engagement, words)
            names = [words("openform.id"), words("openform.reason"), *(f.name for f in form.fields)]
            assert len(set(names)) == len(names)
