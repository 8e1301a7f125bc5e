"""Any instrument is reported: nothing that was asked is lost, and no heading stands over nothing."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from hrkit import synthetic
from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.explain import explain
from hrkit.blocks import (
    Block,
    Bullets,
    Card,
    Contents,
    Cover,
    DocumentInfo,
    Figure,
    Grid,
    Heading,
    PageBreak,
    Table,
    Together,
    plain,
    walk,
)
from hrkit.blocks.worksheets import workbook
from hrkit.commands.print_papers import print_papers
from hrkit.disclosure.released import Why
from hrkit.errors import HrkitError
from hrkit.model.instrument import Question
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.publish.excel import render_excel
from hrkit.publish.pdf import render_pdf
from tests.quick import undrawn
from tests.report.own import INSTRUMENTS, build

KIT = ("service", "blueprint")

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assessment]:
    folder = tmp_path_factory.mktemp("any")
    made = {name: build(name, folder / name) for name in INSTRUMENTS}
    made |= {name: synthetic.build(synthetic.client(name), folder / name) for name in KIT}
    return {name: assess(one.folder, language="en") for name, one in made.items()}


def whole(report: Assessment) -> tuple[Block, ...]:
    """The report's blocks, made once."""
    return report.blocks()


def speaking(report: Assessment, language: str) -> Assessment:
    return Assessment(dataclasses.replace(report.context, words=words(language)))


def leaves(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Blocks in reading order, those that only hold others left out."""
    for block in blocks:
        if isinstance(block, Together):
            yield from leaves(block.blocks)
        elif isinstance(block, Grid):
            for cell in block.cells:
                yield from leaves(cell)
        elif not isinstance(block, (PageBreak, DocumentInfo, Cover, Contents)):
            yield block


def orphans(blocks: tuple[Block, ...]) -> list[str]:
    """Headings with nothing under them, cards, lists and tables with nothing in them."""
    found, over = [], None
    for block in leaves(blocks):
        if isinstance(block, Heading):
            if over is not None and block.level <= over.level:
                found.append(plain(over.text))
            over = block
        else:
            over = None
        empty = (
            (isinstance(block, Card) and not block.blocks)
            or (isinstance(block, Bullets) and not block.items)
            or (isinstance(block, Table) and not block.rows)
        )
        if empty:
            found.append(type(block).__name__)
    return [*found, *([plain(over.text)] if over else [])]


def said(blocks: tuple[Block, ...]) -> str:
    found = []
    for block in walk(blocks):
        for field in ("text", "alt", "title"):
            found.append(plain(getattr(block, field, "") or ""))
        if isinstance(block, Table):
            found += [*block.columns, *(plain(cell) for row in block.rows for cell in row)]
        if isinstance(block, Bullets):
            found += [
                plain(item)
                for item in block.items
                if not isinstance(item, tuple) or not item or hasattr(item[0], "style")
            ]
    return "\n".join(found)


def names(report: Assessment, question: Question) -> list[str]:
    """What must be read where a question is printed: its words, and its facet where there are several."""
    ctx = report.context
    found = [ctx.wording(question.item).rstrip(".")]
    several = len(question.item.facets) > 1
    # What makes a dimension's score stands under the dimension's name.
    scored = question.section.score_facet is question.facet
    return [*found, *([ctx.text(question.facet.label)] if several and not scored else [])]


ALL = [*INSTRUMENTS, *KIT]


@pytest.mark.parametrize("name", ALL)
def test_no_heading_stands_over_nothing(reports: dict[str, Assessment], name: str) -> None:
    assert orphans(whole(reports[name])) == []


@pytest.mark.parametrize("name", ALL)
def test_every_question_is_printed(reports: dict[str, Assessment], name: str) -> None:
    report = reports[name]
    text = said(whole(report))
    lost = [
        (question.key, part)
        for question in report.context.instrument.questions()
        for part in names(report, question)
        if part not in text
    ]
    assert lost == []


@pytest.mark.parametrize("name", ALL)
def test_every_question_with_figures_is_in_the_workbook(
    reports: dict[str, Assessment], name: str
) -> None:
    report = reports[name]
    sheets = report.worksheets()
    text = "\n".join(str(cell) for sheet in sheets for row in sheet.rows for cell in row)
    lost = [
        (question.key, part)
        for question in report.context.instrument.questions()
        if question.facet.release in ("means", "shares", "counts")
        for part in names(report, question)
        if part not in text
    ]
    assert lost == []
    assert render_excel(sheets, report.info).startswith(b"PK")


@pytest.mark.parametrize("name", ALL)
def test_no_section_that_was_asked_is_without_a_row_in_the_workbook(
    reports: dict[str, Assessment], name: str
) -> None:
    report = reports[name]
    rows = {str(cell) for sheet in report.worksheets() for row in sheet.rows for cell in row}
    asked = [report.context.name(section) for section in report.context.instrument.sections]
    assert [one for one in asked if one not in rows] == []


@pytest.mark.parametrize("profile", ["board", "employees"])
@pytest.mark.parametrize("name", INSTRUMENTS)
def test_where_nothing_is_advised_nothing_is_called_a_proposal(
    reports: dict[str, Assessment], name: str, profile: str
) -> None:
    blocks = reports[name].section(profile).blocks
    empty = [
        (plain(block.columns[i]), block.summary)
        for block in walk(blocks)
        if isinstance(block, Table) and block.row_headers
        for i in range(len(block.columns))
        if not any(plain(row[i]) for row in block.rows)
    ]
    assert empty == []
    assert "propos" not in said(blocks).lower()


def test_an_instrument_without_papers_of_its_own_has_its_questionnaires(
    reports: dict[str, Assessment], tmp_path: Path
) -> None:
    folder = reports["seven points"].engagement.folder
    made = print_papers(folder, output=tmp_path)
    assert made and all("questionnaire" in one.stem for one in made)
    with pytest.raises(HrkitError, match="grid"):
        print_papers(folder, ["grid"], output=tmp_path)


def test_what_the_order_follows_from_is_said_as_it_is(reports: dict[str, Assessment]) -> None:
    """Without ratings of importance none are said to weigh, by the page or by `explain`."""
    report = reports["seven points"]
    text = said(report.section("contents").blocks)
    assert "no figure of how much the subjects matter" in text
    assert "from importance and distance" not in text
    assert "subjects matter, so all weigh 1" in explain(report.engagement.folder, "work", "all")


@pytest.mark.parametrize("name", KIT)
def test_without_the_section_its_figures_are_not_in_the_workbook(
    reports: dict[str, Assessment], name: str
) -> None:
    report = reports[name]
    left = workbook(s for part in ("front", "back") for s in report.part(part).worksheets)
    assert {sheet.name for sheet in left} <= {"About", "Who answered"}


@pytest.mark.parametrize("name", ALL)
def test_no_page_speaks_of_what_the_instrument_lacks(
    reports: dict[str, Assessment], name: str
) -> None:
    report = reports[name]
    text = said(whole(report)).lower()
    instrument = report.context.instrument
    lacking = ["maturity", "level 1", "between leaders and hr"]
    lacking += [] if instrument.pillars else ["pillar"]
    lacking += [] if instrument.sides else ["both sides first", "two sides"]
    lacking += (
        [] if instrument.dimensions else ["dimension", "60% of the statements", "equal weight"]
    )
    assert [word for word in lacking if word in text] == []


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("name", KIT)
def test_the_kits_instruments_are_reported_in_three_languages(
    reports: dict[str, Assessment], name: str, language: str
) -> None:
    report = speaking(reports[name], language)
    text = said(report.section("questions").blocks + report.section("summary").blocks)
    assert "{" not in text and "}" not in text
    for other in set(codes()) - {language}:
        w = words(other)
        strange = [w(f"general.{key}") for key in ("together", "question", "texts", "counts")]
        own = [
            words(language)(f"general.{key}") for key in ("together", "question", "texts", "counts")
        ]
        assert not [one for one in set(strange) - set(own) if one in text.splitlines()]


def test_each_prints_as_a_page(reports: dict[str, Assessment], printed: tuple[Path, ...]) -> None:
    assert [path.read_bytes()[:4] for path in printed] == [b"%PDF"] * len(printed)
    assert render_pdf(whole(reports["only texts"])).startswith(b"%PDF")


def test_of_one_dimension_nothing_is_called_best_or_worst(reports: dict[str, Assessment]) -> None:
    text = said(reports["one dimension"].section("summary").blocks)
    assert "Section work" in text
    assert "Strengths" not in text and "Where there is most to gain" not in text


def test_too_few_are_told_so_and_the_questions_stay(tmp_path: Path) -> None:
    for name in ("no section scored", "only choices"):
        blocks = assess(build(name, tmp_path / name, {"crew": 4}).folder).blocks()
        text = said(blocks)
        assert "Too few have answered for results to be shown." in text
        assert "Asked about work 1" in text
        assert orphans(blocks) == []
        assert not [b for b in walk(blocks) if isinstance(b, Figure)]


def test_what_is_held_back_is_nowhere(reports: dict[str, Assessment]) -> None:
    report = reports["everything held back"]
    instrument, released = report.context.instrument, report.released
    shown = {row.measure for row in (*released.scores, *released.shares, *released.counts)}
    for question in instrument.questions():
        assert (question.key in shown) is (question.facet.release != "nothing")
    assert released.comments == ()
    assert all(count.n == 24 or count.n < 24 for count in released.counts if count.n is not None)
    assert "Nothing is shown of the answers to these" in said(whole(report))


def test_bars_add_up_to_all_who_answered(reports: dict[str, Assessment]) -> None:
    for name in KIT:
        for row in reports[name].released.shares:
            if row.shown:
                assert sum(row.shares) + row.rest == pytest.approx(1, abs=0.03)
                assert not set(row.values) & set(row.together)


# ------------------------------------------------------------------------------- explain


def test_a_question_is_explained_by_what_is_released_of_it(reports: dict[str, Assessment]) -> None:
    folder = reports["service"].engagement.folder

    def said(measure: str, perspective: str = "all", of: Path = folder) -> str:
        return explain(of, measure, perspective, language="en")

    assert "answers.\nInterval " in said("pay.salary:satisfaction", "leader")
    assert "Shares of n =" in said("pay.salary:known", "leader")
    assert "fewer than 10 answers" in said("pay.salary:known", "top")
    assert "average of the printed shares" in said("pay.salary:known")
    assert "passed for print" in said("open.stop")
    held = reports["everything held back"].engagement.folder
    assert "releases nothing" in said("work.1:agree", of=held)
    assert "no more is shown of it" in said("work.1:often", "crew", held)


def test_explain_tells_what_was_rated_apart(reports: dict[str, Assessment]) -> None:
    """Of one facet, in one group: the two that are furthest, among all that the page compares."""
    found = 0
    for report in reports.values():
        for one in report.released.contrasts:
            if one.kind == "ratings":
                told = explain(report.engagement.folder, one.high, one.group, language="en")
                assert "Of all that was rated in this way" in told
                assert "± (0.05 + t(" in told
                found += 1
    assert found


def test_a_question_that_is_not_there_is_named_with_its_neighbours(
    reports: dict[str, Assessment],
) -> None:

    with pytest.raises(HrkitError, match="pay.salary:known"):
        explain(reports["service"].engagement.folder, "pay.salary:knwon")


def test_explain_says_no_more_than_the_report(reports: dict[str, Assessment]) -> None:
    report = reports["service"]
    ctx = report.context
    for row in report.released.shares[:40]:
        if row.why in (Why.SMALL, Why.PROTECTED):
            told = explain(report.engagement.folder, row.measure, row.group)
            assert "%" not in told, ctx.wave.id
            break


def test_a_sheet_that_needs_dimensions_is_refused_in_a_sentence(
    reports: dict[str, Assessment],
) -> None:
    from hrkit.errors import HrkitError

    report = reports["service"]
    with pytest.raises(HrkitError, match="has no dimensions"):
        report.unit_sheet("skoler")
    with pytest.raises(HrkitError, match="this instrument has none"):
        report.conversation_sheet("trust", "leader")


# ------------------------------------------------------------------------------- accessibility

VERAPDF = Path(__file__).parents[1] / "tools" / "verapdf" / "verapdf.py"
OUTLOUD = shutil.which("outloud", path=str(Path(sys.executable).parent)) or shutil.which("outloud")


@pytest.fixture(scope="module")
def printed(
    reports: dict[str, Assessment], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("printed")
    names = {"a dimension and more": "more", "everything held back": "held", "service": "service"}
    for name, file in names.items():
        with nullcontext() if name == "service" else undrawn():
            # With its charts: another assessment than the one that the tests read.
            document = Assessment(reports[name].context).blocks()
        (folder / f"{file}.pdf").write_bytes(render_pdf(document))
    return tuple(folder / f"{file}.pdf" for file in names.values())


@pytest.mark.verapdf
def test_the_pages_are_accessible_and_fit_for_an_archive(printed: tuple[Path, ...]) -> None:
    done = subprocess.run(
        [sys.executable, str(VERAPDF), "ua1,2a", *map(str, printed)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode == 2 and "cannot run here" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASS") == 2 * len(printed)


@pytest.mark.skipif(OUTLOUD is None, reason="needs outloud (in the dev extra)")
def test_a_second_opinion_on_the_pages_finds_no_error(printed: tuple[Path, ...]) -> None:
    run = subprocess.run([str(OUTLOUD), "--no-info", *printed], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
