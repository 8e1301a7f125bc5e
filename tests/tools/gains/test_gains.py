"""The gains tracker: worked examples, its rate of false alarms, and the tool played whole."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest

from hrkit import synthetic
from hrkit.answers.files.excel import PROPERTY
from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.parts import nobody
from hrkit.blocks import Figure, Heading, Note, Table, plain, walk
from hrkit.commands.fill import fill
from hrkit.commands.sheet import sheet
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.wording import instrument_texts
from hrkit.publish.fillable import render_fillable
from hrkit.records.values import OpenLine, Records
from hrkit.tools import forms_of
from hrkit.tools.gains.findings import GAINS, counted, gains, hidden
from hrkit.tools.gains.runs import Verdict, crossings_least, longest_most, read_run
from hrkit.tools.gains.said import figure, formula
from hrkit.tools.gains.sections import CLAIMS, STEPS
from tests import pages, quick
from tests.tools.played import engaged

BEFORE = [12, 15, 11, 14, 16, 12, 15, 13, 16, 11, 14, 13]


# --------------------------------------------------------------------------------- worked examples


def test_a_long_run_below_the_median_is_a_sign() -> None:
    run = read_run(BEFORE, [12, 11, 12, 10, 11, 12, 10, 11])
    assert (run.middle, run.useful, run.longest) == (13.5, 20, 9)
    assert run.longest > longest_most(20) == 7
    assert run.verdict is Verdict.DOWN and run.since == 0


def test_four_figures_since_are_no_sign() -> None:
    run = read_run(BEFORE, [12, 11, 10, 11])
    assert (run.useful, run.longest, run.crossings) == (16, 5, 10)
    assert run.crossings >= crossings_least(16) == 4
    assert run.verdict is Verdict.CHANCE


def test_too_few_figures_say_nothing() -> None:
    assert read_run(BEFORE[:8], [1] * 12).verdict is Verdict.EARLY
    assert read_run(BEFORE, []).verdict is Verdict.EARLY
    assert read_run([13], [9]).verdict is Verdict.TWO
    assert read_run([], []).verdict is read_run([3], []).verdict is Verdict.NONE
    # Figures on the median count for nothing.
    assert read_run([5] * 12, [5] * 9).verdict is Verdict.EARLY


def test_figures_that_moved_before_the_start_are_no_measure() -> None:
    assert read_run(list(range(12, 26)), [9] * 8).verdict is Verdict.UNSTEADY


def test_of_ten_unchanged_charts_about_one_shows_a_sign_within_a_year() -> None:
    rng, ever, times = np.random.default_rng(1), 0, 600
    for _ in range(times):
        drawn = rng.normal(size=24).tolist()
        ever += any(read_run(drawn[:12], drawn[12:n]).verdict.told for n in range(13, 25))
    assert 0.06 <= ever / times <= 0.13


def line(row: str, form: str, **said: str) -> OpenLine:
    return OpenLine("gains", form, "", row, said=tuple(said.items()))


def defined(gain: str, definition: str, **said: str) -> OpenLine:
    known = {
        "definition": f"{gain}.{definition}",
        "source": "x",
        "owner": "y",
        "start": "2026-01-01",
    }
    return line(gain, "gains", **known | said)


def told(gain: str, values: Sequence[float], first: str = "2025-01") -> Iterator[OpenLine]:
    year, month = map(int, first.split("-"))
    for i, value in enumerate(values):
        at = month - 1 + i
        day = f"{year + at // 12}-{at % 12 + 1:02d}-01"
        yield line(f"{gain}-{i}", "figures", gain=gain, period=day, value=str(value))


def test_what_is_done_twice_is_counted_in_hours_and_never_in_money_unasked() -> None:
    counts = [
        line(str(i), "figures", gain="first", period=day, numerator=str(top), denominator="200")
        for i, (day, top) in enumerate((("2025-12-01", 140), ("2026-01-01", 170)))
    ]
    lines = (defined("first", "redo", hours="1.5"), *counts)
    (gain,) = gains(Records(lines=lines))
    assert [one.value for one in gain.figures] == [90, 45]
    assert gain.rate is None and gain.run.verdict is Verdict.TWO


def test_few_people_are_hidden_on_either_side_of_a_count() -> None:
    assert hidden(4, 100, people=True) and hidden(97, 100, people=True)
    assert not hidden(0, 100, people=True) and not hidden(5, 100, people=True)
    assert not hidden(4, 100, people=False)
    rows = [
        line(str(i), "figures", gain="joy", period=f"2026-0{i}-01", numerator=n, denominator="60")
        for i, n in ((1, "3"), (2, "7"))
    ]
    (gain,) = gains(Records(lines=(defined("joy", "leavers"), *rows)))
    assert [one.value is None for one in gain.figures] == [True, False]
    assert gain.figures[0].numerator is None


def test_a_target_is_reached_by_the_last_three_so_far() -> None:
    after = [12, 11, 9, 8, 9]
    lines = (defined("time", "days", target="10"), *told("time", [*BEFORE, *after]))
    (gain,) = gains(Records(lines=lines))
    assert gain.at_target and len(gain.before) == 12
    worse = dataclasses.replace(lines[0], said=(*lines[0].said, ("better", "up")))
    assert not gains(Records(lines=(worse, *lines[1:])))[0].at_target


def test_every_gain_can_be_counted_and_has_its_words() -> None:
    assert {one.gain for one in counted().values()} == set(GAINS)
    known = instrument_texts("gains")
    assert {f"gains.definition.{id}" for id in counted()} <= set(known)
    assert {f"gains.trap.{id}" for id in GAINS} <= set(known)


# ------------------------------------------------------------------------------------ played whole


def filled(folder: Path, name: str, path: Path, language: str, rows: list[dict[str, str]]) -> Path:
    """A worksheet as somebody filled it in: rows by what stands in its first given cell, or new ones."""
    engagement = engagements.load(folder)
    form = forms_of(engagement)[name](engagement, engagement.words(language))
    made = form.fillable(
        engagement.words(language), Records(), (PROPERTY, f"{engagement.id} {name}")
    )
    at = {one.id: x for x, one in enumerate(form.fields, 1 + len(form.heads))}
    cells = [list(row) for row in made.rows]
    for row in rows:
        if "row" in row:
            mine = next(one for one in cells if one[0] == row["row"])
        else:
            mine = [""] * len(made.columns)
            cells.append(mine)
        for id, text in row.items():
            if id in at:
                mine[at[id]] = text
    report = assess(folder, language=language, released=nobody(engagement, "w1"))
    sheet = dataclasses.replace(made, rows=tuple(map(tuple, cells)))
    path.write_bytes(render_fillable(sheet, report.info))
    return path


def figures_of(gain: str, values: Sequence[float], first: str = "2025-01") -> list[dict[str, str]]:
    return [dict(one.said) for one in told(gain, values, first)]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("gains")
    folder = engaged(home / "nordby", "gains")
    w = engagements.load(folder).words("da")

    def chosen(id: str) -> str:
        return f"{w(f'gains.gain.{counted()[id].gain}')}: {w(f'gains.definition.{id}')}"

    common = {"source": "Sagssystemet", "owner": "Lønchefen", "start": "2026-01-01"}
    rows = [
        {"row": "time", "definition": chosen("time.days"), "target": "10", "by": "2026-12-31",
         "set_by": "Direktionen", "events": "Nyt system i marts", **common},
        {"row": "first", "definition": chosen("first.redo"), "hours": "1,5", **common},
        {"row": "joy", "definition": chosen("joy.leavers"), **common},
    ]  # fmt: skip
    fill(folder, take=filled(folder, "gains", home / "a.xlsx", "da", rows))
    after = [12, 11, 12, 10, 11, 12, 10, 11]
    said = figures_of("time", [*BEFORE, *after])
    said += [
        {"gain": "first", "period": "2025-12-01", "numerator": "140", "denominator": "200"},
        {"gain": "first", "period": "2026-06-01", "numerator": "170", "denominator": "200"},
        {"gain": "joy", "period": "2026-06-01", "numerator": "3", "denominator": "60"},
    ]
    for row in said:
        row["gain"] = w(f"gains.gain.{row['gain']}")
    taken = fill(folder, take=filled(folder, "figures", home / "b.xlsx", "da", said))
    assert taken.kept == len(said)  # type: ignore[union-attr]
    return folder


def spoken(folder: Path, language: str) -> Assessment:
    engagement = engagements.load(folder)
    return assess(folder, language=language, released=nobody(engagement, "w1"))


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_in_each_language(played: Path, language: str) -> None:
    report = spoken(played, language)
    w, ctx = report.context.words, report.context
    with quick.undrawn():
        shown = report.section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert w("gains.title.told", n=1, all=3) in headings
    said = "\n".join(plain(cell) for b in walk(shown.blocks) if isinstance(b, Table)
                     for row in b.rows for cell in row)  # fmt: skip
    assert w("gains.verdict.better", since=w.month(gains(ctx.records)[0].after[0].period)) in said
    assert w("gains.few", k=5) in said and "Sagssystemet" in said
    assert sum(isinstance(b, Figure) for b in walk(shown.blocks)) == 1
    first = next(one for one in gains(ctx.records) if one.id == "first")
    assert "(200 − 170)" in formula(ctx, first, first.figures[-1])
    assert figure(ctx, first, first.figures[-1]) == w("gains.hours", n="45")
    sheets = {one.name: one for one in shown.worksheets}
    assert len(sheets[w("gains.worksheet")].rows) == 23
    # A number of people that is hidden stands in no cell.
    assert not any(
        "3 " in str(cell) for row in sheets[w("gains.worksheet")].rows[-1:] for cell in row[3:]
    )


def test_what_it_asks_for(played: Path) -> None:
    steps = STEPS(spoken(played, "en").context)
    assert {one.id for one in steps} == {"gains:baseline:first", "gains:baseline:joy"}


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_the_sheet_is_one_page(played: Path, tmp_path: Path, language: str) -> None:
    made = sheet(played, name="gains", language=language, output=tmp_path)
    assert len(pages.pages_of(made)) == 1


def test_the_worksheets_come_back_as_they_are(played: Path, tmp_path: Path) -> None:
    for name in ("gains", "figures"):
        made = fill(played, name=name, language="nl", output=tmp_path)
        taken = fill(played, take=made)  # type: ignore[arg-type]
        assert taken.kept == 0 and taken.same > 0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"gain": "Tid", "period": "2026-01-01"}, "says no figure"),
        ({"gain": "Tid", "period": "2026-01-01", "value": "x"}, "no number"),
        ({"gain": "Tid", "period": "2026-01-01", "value": "3", "numerator": "1"}, "beside a count"),
        (
            {"gain": "Tid", "period": "2026-01-01", "numerator": "9", "denominator": "4"},
            "more than there are",
        ),
        ({"gain": "Tid", "period": "2025-01-01", "value": "3"}, "twice"),
        ({"gain": "Tid", "period": "2027-01-01", "value": "3", "note": "010190-1234"}, "number"),
    ],
)
def test_what_is_wrong_is_refused(
    played: Path, tmp_path: Path, row: dict[str, str], what: str
) -> None:
    path = filled(played, "figures", tmp_path / "x.xlsx", "da", [row])
    with pytest.raises(HrkitError) as error:
        fill(played, take=path)
    assert what in " ".join(one.what for one in error.value.problems)


@pytest.mark.parametrize(
    ("top", "whole", "hours"), [(201, 240, 1.5), (170, 200, 1.25), (7, 9, 0.75)]
)
def test_whoever_reckons_a_formula_anew_gets_the_printed_figure(
    played: Path, top: int, whole: int, hours: float
) -> None:
    ctx = spoken(played, "en").context
    first = dataclasses.replace(
        next(one for one in gains(ctx.records) if one.id == "first"), hours=hours
    )
    one = dataclasses.replace(
        first.figures[-1], value=(whole - top) * hours, numerator=top, denominator=whole
    )
    whole_, top_, hours_ = re.findall(r"\d+(?:\.\d+)?", formula(ctx, first, one))
    printed = float(re.findall(r"\d+(?:\.\d+)?", figure(ctx, first, one))[0])
    assert abs((float(whole_) - float(top_)) * float(hours_) - printed) <= 0.05 + 1e-9


def test_nothing_measured_yet(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "gains")
    shown = spoken(folder, "en").section("tools")
    heads = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert heads[-1] == spoken(folder, "en").context.words("gains.title.nothing")


def test_a_page_of_charts_says_how_often_any_of_them_is_chance(
    played: Path, tmp_path: Path
) -> None:
    """A title counts signs over all charts, so the rate of one chart alone says too little."""

    def notes(folder: Path) -> list[str]:
        report = spoken(folder, "en")
        with quick.undrawn():
            shown = report.section("tools")
        return [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Note)]

    synthetic.build(synthetic.client("municipality"), tmp_path / "two", ("gains",))
    w = spoken(played, "en").context.words
    both = w("gains.together", n=2, share=w.percent(0.2))
    assert any(both in note for note in notes(tmp_path / "two"))
    assert not any("side by side" in note for note in notes(played))


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("gains") if key.startswith("gains.")}
    assert claimed <= own
    plain_ones = (
        "gains.gain.*", "gains.definition.*", "gains.trap.*", "gains.better.*", "gains.title.nothing",
        "gains.title.early", "gains.nothing", "gains.lead", "gains.table.*", "gains.from", "gains.hours",
        "gains.median", "gains.few*", "gains.missing", "gains.no_target", "gains.by", "gains.at_target",
        "gains.formula.*", "gains.verdict.none", "gains.verdict.two", "gains.verdict.early",
        "gains.verdict.unsteady", "gains.verdict.chance", "gains.rule", "gains.charts", "gains.events",
        "gains.source", "gains.together", "gains.chart.*", "gains.worksheet*", "gains.sheet.*", "gains.step.*",
        "gains.why.*", "gains.column.*", "gains.form.*",
    )  # fmt: skip
    assert [k for k in own - claimed if not any(fnmatchcase(k, one) for one in plain_ones)] == []
