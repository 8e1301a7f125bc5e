"""What is delivered, in whatever format, says nothing that was not released — and no more than the report.

Three nets, from fine to coarse:

* every number of the workbook is looked up in the released tables by its row's labels
* everything released that the report does *not* print is poisoned; no poison may come out
* every decimal number in HTML, Word and PDF is a released one, in the language's own spelling
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from hrkit.assessment.assessment import Assessment
from hrkit.assessment.profile import load_profile
from hrkit.blocks import (
    DocumentInfo,
    Figure,
    Heading,
    Table,
    plain,
    to_json,
    walk,
)
from hrkit.blocks.worksheets import Worksheet, workbook
from hrkit.disclosure.released import ALL, Released
from hrkit.publish.document import blocks_of
from hrkit.publish.excel import render_excel
from hrkit.publish.html import render_html
from hrkit.publish.pptx import render_pptx
from hrkit.publish.word import render_word
from hrkit.report.context import Context
from hrkit.report.counting import at_least, behind
from tests import office
from tests.pages import text_of
from tests.quick import executed

CLIENTS = [
    ("municipality", "da"), ("municipality", "en"), ("odd-names", "nl"), ("two-missing", "en"),
    ("firm", "nl"),
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("undrawn")

#: Decimal numbers that stand in the kit's own sentences: the boundaries of the levels.
CONSTANTS = (1.5, 2.5, 3.5, 4.5)


# ---- the workbook


def book(data: bytes) -> dict[str, list[list[Any]]]:
    """Sheet name to its rows below the header, from what a reader of the file gets."""
    found = {}
    for name in (opened := CalamineWorkbook.from_filelike(io.BytesIO(data))).sheet_names:
        rows = opened.get_sheet_by_name(name).to_python()
        empty = next(i for i, row in enumerate(rows) if not any(row))
        found[name] = rows[empty + 1 :]
    return found


def appendix(report: Assessment, sheets: Iterable[Worksheet]) -> dict[str, list[list[Any]]]:
    """Key of each sheet (profile, gaps …) to its rows, header first."""
    w = report.context.words
    names = {
        w(key): key.rpartition(".")[2] for key in w.entries if key.startswith("appendix.sheet.")
    }
    data = render_excel(workbook(sheets), report.info)
    charts = w("report.page.charts")
    return {names.get(n, "charts" if n == charts else n): rows for n, rows in book(data).items()}


def shown(ctx: Context, score: Any, *fields: str) -> list[Any]:
    """The cells that a score gives: numbers, or the reason and blanks."""
    if not score.shown:
        return [ctx.mean(score), *[""] * (len(fields) - 1)]
    return ["" if (v := getattr(score, f)) is None else v for f in fields]


@pytest.mark.parametrize(("name", "language"), CLIENTS)
def test_every_number_of_the_workbook_is_the_released_one(client, blocks, name, language) -> None:
    report = client(name, language)
    ctx, released = report.context, report.released
    found = appendix(report, report.worksheets())
    sections = {ctx.name(s): s for s in ctx.instrument.dimensions}
    groups = {ctx.label(g.id): g.id for g in ctx.groups} | {ctx.label(ALL): ALL}

    _head, *rows = found["profile"]
    assert len(rows) == len(sections) * (len(ctx.groups) + 1)
    for dimension, group, *cells in rows:
        score = ctx.score(sections[dimension], groups[group])
        count = "" if groups[group] == ALL or not score.shown else score.n
        count = count if at_least(ctx, score) is None else behind(ctx, score)
        assert cells[:4] == [*shown(ctx, score, "mean", "low", "high"), count]
        if len(cells) > 4 and cells[4] != "":
            assert cells[4] == score.dont_know >= 0.25  # where the page names it
    assert found["statements"]
    for dimension, number, statement, _, group, *cells in found["statements"][1:]:
        item = sections[dimension].items[int(number) - 1]
        assert statement == ctx.wording(item)
        score = ctx.score(sections[dimension].measure(item), groups[group])
        assert cells == shown(ctx, score, "mean", "low", "high")
    for dimension, group, low, high, *_ in found["levels"][1:]:
        band = released.band(sections[dimension].id, groups[group])
        assert ([low, high] == [band.low, band.high]) if band.shown else isinstance(low, str)
    for dimension, *cells, difference, low, high, _ in found.get("gaps", [[]])[1:]:
        gap = released.gap(sections[dimension].id, ctx.root)
        assert [difference] == (
            [gap.difference] if gap.shown else [ctx.words(f"report.why.{gap.why}")]
        )
        assert [low, high] == ([gap.low, gap.high] if gap.shown else ["", ""])
        sides = [ctx.score(sections[dimension], g) for g in (gap.first, gap.second)]
        assert cells == [cell for s in sides for cell in shown(ctx, s, "mean", "n")]
    for rank, dimension, group, importance, score, target, distance, *_ in found["importance"][1:]:
        one = next(p for p in released.priorities if p.measure == sections[dimension].id)
        assert [rank, groups[group], importance, score, distance] == [
            one.rank,
            one.group,
            "" if one.weight is None else one.weight,
            one.score,
            one.distance,
        ]
        assert target == ctx.engagement.target(one.measure)
    _head, *rows = found["units"]
    units = {unit.name: unit.id for unit in ctx.engagement.units}
    side = ctx.released.group(ctx.instrument.sides[0]).id
    clean = {re.sub("[\u200e\u202a-\u202e]", "", name): id for name, id in units.items()}
    for unit, _, most, *cells in rows:
        scores = [ctx.score(s, side, clean[unit]) for s in ctx.instrument.dimensions]
        assert cells == [cell for s in scores for cell in shown(ctx, s, "mean")]
        assert most == max(s.n for s in scores if s.n)
    for row in found["turnout"][1:]:
        one = next(
            t
            for t in released.turnout
            if t.group == groups.get(row[0], t.group) and ctx.label(t.group) == row[0]
        )
        assert row[1] == (one.answered if one.answered is not None else row[1])
        assert isinstance(row[1], str) == (one.answered is None)
    for dimension, n, alpha, low, high, omega in found.get("reliability", [[]])[1:]:
        one = next(r for r in released.reliability if r.measure == sections[dimension].id)
        assert [n, alpha, low, high, omega or None] == [
            one.n,
            one.alpha,
            one.low,
            one.high,
            one.omega,
        ]


@pytest.mark.parametrize(("name", "language"), CLIENTS)
def test_the_tables_of_the_page_stand_in_the_workbook(client, blocks, name, language) -> None:
    """Every number in a table of figures on the page is a cell of the workbook."""
    report = client(name, language)
    w, document = report.context.words, blocks(name, language)
    written = {
        f"{cell:.{d}f}"
        for rows in appendix(report, report.worksheets()).values()
        for row in rows
        for cell in row
        if isinstance(cell, (int, float))
        for d in (0, 1, 2)
    }
    titles = [
        w("report.profile.table"),
        w("sections.units.summary", group=report.context.in_text("leader")),
    ]
    checked = 0
    for table in (b for b in walk(document) if isinstance(b, Table) and b.summary in titles):
        for row in table.rows:
            for cell in row[1:]:
                for number in re.findall(r"\d+[.,]\d|\d+", plain(cell)):
                    assert number.replace(",", ".") in written
                    checked += 1
    assert checked > 20


@pytest.fixture(scope="module")
def sections(client) -> dict[str, tuple[Worksheet, ...]]:
    """A report's worksheets by section."""
    report = client("odd-names", "nl")
    names = [name for part in report.context.profile["parts"].values() for name in part]
    return {name: report.section(name).worksheets for name in names}


#: Sheets of a client without reliability (too few) and without an earlier wave.
WHOLE = {"profile", "levels", "gaps", "statements", "importance", "chosen", "units", "pillars",
         "chain", "turnout", "response", "silence", "spread", "charts", "advice", "silences",
         "unfigured"}  # fmt: skip


@pytest.mark.parametrize(
    ("left_out", "gone"),
    [
        ("profile", {"profile", "levels", "gaps"}),
        ("dimensions", {"statements", "spread"}),
        ("importance", {"importance", "chosen"}),
        ("units", {"units"}),
        ("response", {"turnout", "response", "silence"}),
    ],
)
def test_what_the_report_leaves_out_is_not_in_the_workbook(
    client, sections, left_out, gone
) -> None:
    report = client("odd-names", "nl")
    kept = [sheet for name, made in sections.items() if name != left_out for sheet in made]
    assert set(appendix(report, kept)) == WHOLE - gone


def test_a_short_profile_has_a_short_workbook(client) -> None:
    report = client("municipality", "en")
    short = Assessment(dataclasses.replace(report.context, profile=load_profile("summary")))
    assert set(appendix(short, short.worksheets())) == {
        "about",
        "profile",
        "levels",
        "gaps",
        "advice",
        "turnout",
        "charts",
    }


def test_a_section_replaced_by_the_consultant_brings_no_figures(client, tmp_path) -> None:
    """Its heading stands there still; its charts and tables do not."""
    report = client("odd-names", "nl")
    folder = tmp_path / "own"
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "profile.md").write_text("replace\nOur own words.", "utf-8")
    engagement = dataclasses.replace(report.engagement, folder=folder)
    context = dataclasses.replace(report.context, engagement=engagement)
    own = Assessment(context, report.profile)
    assert set(appendix(own, own.worksheets())) == (WHOLE | {"about"}) - {
        "profile",
        "levels",
        "gaps",
    }


# ---- poison

POISON, HEADS = 98.7, 98765


def poisoned(report: Assessment) -> Assessment:
    """Everything released that the report has no place for is replaced by an absurd number."""
    ctx, released = report.context, report.released
    side = ctx.released.group(ctx.instrument.sides[0])
    measures = {s.id for s in ctx.instrument.dimensions} | set(ctx.instrument.pillars)
    importance = {s.importance.id for s in ctx.instrument.dimensions if s.importance}

    def score(one: Any) -> Any:
        elsewhere = one.unit != ctx.root and one.group != side.id
        if elsewhere and one.shown:
            # How many answered there stands on the page about who did.
            return dataclasses.replace(one, mean=POISON, low=POISON, high=POISON, dont_know=0.987)
        # A number of answers stands only beside what is shown.
        assert one.shown or one.n is None, one
        if one.group == ALL:
            one = dataclasses.replace(one, n=HEADS)
        if one.measure not in measures and one.shown:
            one = dataclasses.replace(one, n=HEADS, dont_know=0.987 if one.shown else None)
        if one.measure in importance and one.mean is not None:
            one = dataclasses.replace(one, mean=POISON, low=POISON, high=POISON)
        if one.dont_know is not None and one.dont_know < 0.25:
            one = dataclasses.replace(one, dont_know=0.249)
        # What bands are drawn from is not printed.
        return dataclasses.replace(one, spread=POISON if one.spread else None)

    changed = dataclasses.replace(
        released,
        scores=tuple(map(score, released.scores)),
        agreements=tuple(dataclasses.replace(a, deviation=POISON) for a in released.agreements),
    )
    return Assessment(dataclasses.replace(ctx, released=changed))


@pytest.mark.parametrize(
    ("name", "language"), [("municipality", "da"), ("odd-names", "nl"), ("firm", "nl")]
)
def test_what_the_report_does_not_print_is_nowhere(client, name, language) -> None:
    report = poisoned(client(name, language))
    document = report.blocks()
    said = json.dumps(
        to_json([b for b in document if not isinstance(b, Figure)]), ensure_ascii=False
    )
    said += " ".join(b.alt for b in walk(document) if isinstance(b, Figure))
    rows = json.dumps(list(appendix(report, report.worksheets()).values()), ensure_ascii=False)
    rows += office.of_slides(render_pptx(report.slides(), report.info))
    rows += office.of_charts(render_word(document))
    # Drawings are left out of the text above: their paths hold any number.
    said = re.sub(r"<svg.*?</svg>", "", said, flags=re.DOTALL)
    for text in (said, rows):
        for poison in ("98.7", "98,7", "98765", "0.987", "0,987", "0.249"):
            assert not re.search(rf"(?<![\d.,]){re.escape(poison)}(?!\d)", text), poison


# ---- decimals in every format

DECIMAL = re.compile(r"(?<![\d.,])[+\u2212-]?\d+[.,]\d+(?![\d.,]*\d)")


def decimals(text: str) -> set[float]:
    """Decimal numbers in a text, without sign; what runs on (1.0.0, 21.11.2026) is none."""
    found = DECIMAL.findall(text)
    return {abs(float(n.replace(",", ".").replace("\u2212", "-"))) for n in found}


def numbers(value: Any) -> set[float]:
    """Every number in a released value."""
    if dataclasses.is_dataclass(value):
        return set().union(*(numbers(getattr(value, f.name)) for f in dataclasses.fields(value)))
    if isinstance(value, tuple):
        return set().union(*map(numbers, value)) if value else set()
    return (
        {abs(float(value))}
        if isinstance(value, (int, float)) and not isinstance(value, bool)
        else set()
    )


def allowed(report: Assessment, released: Released) -> set[float]:
    """Released numbers, the targets and the kit's own constants; what a reader may subtract."""
    ctx = report.context
    targets = {float(t) for s in ctx.instrument.dimensions if (t := ctx.engagement.target(s.id))}
    widths = {
        float(ctx.words.number((s.high - s.low) / 2).replace(",", "."))
        for s in released.scores
        if s.low is not None and s.high is not None
    }
    # Where a mean would stand if those who are silent stood a point lower, or higher.
    asked = {one.group: one.invited for one in released.turnout if one.invited}
    bounds = {
        float(
            ctx.words.number(
                (s.n * s.mean + (asked[s.group] - s.n) * end) / asked[s.group]
            ).replace(",", ".")
        )
        for s in released.scores
        if s.mean is not None and s.n and s.unit == ctx.root and asked.get(s.group, 0) >= s.n
        for end in (max(1, s.mean - 1), min(5, s.mean + 1))
    }
    # The chain's differences are taken between two printed means.
    return numbers(released) | targets | set(CONSTANTS) | widths | bounds


class Words(HTMLParser):
    """The text of a page and its labels, without what is drawn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts += [f"\n{v}\n" for name, v in attrs if name in ("aria-label", "alt")]
        self.hidden += tag in ("svg", "style")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("svg", "style")
        self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def html_text(data: bytes) -> str:
    return "".join(Words(data.decode("utf-8")).parts)


def word_text(data: bytes) -> str:
    docx = pytest.importorskip("docx")
    from docx.oxml.ns import qn

    opened = docx.Document(io.BytesIO(data))
    lines = [
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in opened.element.body.iter(qn("w:p"))
    ]
    lines += [node.get("descr") or "" for node in opened.element.body.iter(qn("wp:docPr"))]
    return "\n".join(lines)


TEXT = {"html": html_text, "docx": word_text, "pdf": text_of}


@pytest.mark.parametrize("kind", TEXT)
@pytest.mark.parametrize(("name", "language"), CLIENTS)
def test_every_decimal_is_a_released_one(client, written, name, language, kind) -> None:
    report = client(name, language)
    text = TEXT[kind](written(name, language, kind))
    wrong_sign = r"(?<![\d.])\d\.\d(?![.\d])" if language != "en" else r"(?<![\d,])\d,\d(?![,\d])"
    found = decimals(text)
    assert len(found) > 20
    assert found <= allowed(report, report.released), found - allowed(report, report.released)
    body = text.replace(report.released.version, "")
    assert not re.search(wrong_sign, body), re.findall(rf".{{20}}{wrong_sign}.{{20}}", body)[:3]


@pytest.mark.parametrize(("name", "language"), CLIENTS[:3])
def test_a_dimensions_page_has_only_its_own_numbers(client, written, name, language) -> None:
    report = client(name, language)
    ctx, page = report.context, written(name, language, "html").decode("utf-8")
    for section in ctx.instrument.dimensions:
        start = page.index(f'id="dimension-{section.id}"')
        text = "".join(Words(page[start : page.index("<h2", start)]).parts)
        measures = {section.id, *(section.measure(item) for item in section.items)}
        own = dataclasses.replace(
            report.released,
            scores=tuple(
                s for s in report.released.scores if s.measure in measures and s.unit == ctx.root
            ),
            gaps=tuple(g for g in report.released.gaps if g.measure == section.id),
            **dict.fromkeys(
                ("distributions", "agreements", "reliability", "priorities", "changes"), ()
            ),
        )
        found = decimals(text)
        assert found and found <= numbers(own), (section.id, found - numbers(own))


@pytest.mark.parametrize(("name", "language"), CLIENTS[:2])
def test_html_word_and_pdf_say_the_same_numbers(written, name, language) -> None:
    html, word, pdf = (decimals(text(written(name, language, kind))) for kind, text in TEXT.items())
    assert html == word
    assert pdf <= html  # a PDF's alt texts are not in its text


# ---- from the same run


def test_the_executed_notebook_gives_the_same_blocks(client) -> None:
    for name, language in CLIENTS[:3]:
        report = client(name, language)
        assert blocks_of(json.loads(json.dumps(executed(report))), "r") == report.blocks()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    from hrkit import synthetic

    synthetic.build(synthetic.client("two-missing"), tmp_path / "odd")
    return tmp_path / "odd"


@pytest.mark.drawn
def test_every_format_stands_beside_the_pdf(
    home: Path, without_kernel: None, tmp_path: Path
) -> None:
    from hrkit.commands.report import report as deliver

    short = {"profile": "summary"}  # the same for every profile, and quicker to draw
    also = ("html", "xlsx", "docx", "pptx", "html")
    made = deliver(home, output=tmp_path / "out" / "r.pdf", also=also, **short)
    assert [path.name for path in made.also] == ["r.html", "r.xlsx", "r.docx", "r.pptx"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "r.docx",
        "r.html",
        "r.pdf",
        "r.pptx",
        "r.xlsx",
    ]
    again = deliver(home, output=tmp_path / "again" / "r.pdf", also=also, **short)
    for one, other in zip((made.pdf, *made.also), (again.pdf, *again.also), strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_answers_that_come_in_meanwhile_are_in_no_format(
    home: Path, without_kernel: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report is of the version that was issued for it, in every format."""
    from hrkit import synthetic
    from hrkit.answers.store import open_store
    from hrkit.commands.report import report as deliver
    from hrkit.disclosure import release as gate
    from hrkit.model import engagement_file as engagements

    before = deliver(home, output=tmp_path / "before" / "r.pdf", also=("xlsx",))
    real = gate.issue

    def issued(engagement: Any, wave: str) -> Released:
        found = real(engagement, wave)
        client = dataclasses.replace(synthetic.client("two-missing"), seed=77)
        with open_store(engagement) as store:
            store.add(synthetic.answers(engagements.load(home), client, wave))
        return found

    monkeypatch.setattr(gate, "issue", issued)
    during = deliver(home, output=tmp_path / "during" / "r.pdf", also=("xlsx",))
    for one, other in zip((before.pdf, *before.also), (during.pdf, *during.also), strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_an_unknown_format_is_refused(home: Path) -> None:
    from hrkit.cli import main

    result = CliRunner().invoke(main, ["report", str(home), "--also", "odt"])
    assert result.exit_code == 2 and "html" in result.output


@pytest.mark.slow
@pytest.mark.drawn
def test_the_command_line_makes_them_all(home: Path, tmp_path: Path) -> None:
    """One real run with a kernel: the numbers of every file are released ones."""
    from hrkit import load_engagement
    from hrkit.assessment.assessment import assess
    from hrkit.cli import main
    from hrkit.disclosure.release import issue

    out = tmp_path / "r.pdf"
    formats = [word for kind in ("html", "xlsx", "docx", "pptx") for word in ("--also", kind)]
    result = CliRunner().invoke(
        main, ["report", str(home), "-o", str(out), "--keep-notebook", *formats]
    )
    assert result.exit_code == 0, result.output
    report = assess(home, released=issue(load_engagement(home), "w1"))
    shown_blocks = blocks_of(json.loads(out.with_suffix(".ipynb").read_text("utf-8")), "r")
    mine = report.blocks()
    assert shown_blocks == mine
    assert isinstance(shown_blocks[0], DocumentInfo)
    assert any(isinstance(block, Heading) for block in shown_blocks)
    assert out.with_suffix(".html").read_text("utf-8") == render_html(shown_blocks)
    assert out.with_suffix(".xlsx").read_bytes() == render_excel(report.worksheets(), report.info)
    assert out.with_suffix(".pptx").read_bytes() == render_pptx(report.slides(), report.info)
