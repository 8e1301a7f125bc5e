"""The calendar of an engagement: its days, whom it is for, what is moved, what waits, and its files."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

import hrkit
from hrkit.assessment.load import minutes
from hrkit.assessment.told_first import told_too_late, untold
from hrkit.cli import main
from hrkit.errors import HrkitError
from hrkit.model.engagement import Engagement, Invited
from hrkit.model.process import BANDS, absences, process_steps
from hrkit.model.tool import available
from hrkit.model.workdays import Workdays
from hrkit.publish.ics import CalendarEvent, render_ics
from hrkit.report.calendar import planned, start_of
from hrkit.report.handouts.process import ProcessPage
from tests import pages
from tests.tools.played import engaged

DAY = dt.date(2027, 11, 8)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = engaged(tmp_path_factory.mktemp("process") / "nordby", "services")
    path = folder / "engagement.yml"
    path.write_text(path.read_text("utf-8") + '\ncountry: "dk"\n', "utf-8")
    return folder


@pytest.fixture
def engagement(home: Path) -> Engagement:
    return hrkit.load_engagement(home)


def said(engagement: Engagement, language: str = "da", **changes: object) -> ProcessPage:
    engagement = dataclasses.replace(engagement, **changes)  # type: ignore[arg-type]
    days = Workdays(engagement.country, language)
    words = engagement.words(language)
    return ProcessPage(
        engagement, words, DAY, planned(engagement, DAY, days), minutes(engagement), days.known
    )


def step(page: ProcessPage, id: str) -> object:
    return next(one for one in page.steps if one.step.id == id)


def test_the_process_is_whole() -> None:
    steps = process_steps()
    ids = [one.id for one in steps]
    assert len(set(ids)) == len(ids)
    assert {one.needs for one in steps} - {""} <= set(ids)
    assert {one.band for one in steps} == {"", *BANDS}
    for one in steps:
        if one.needs:
            assert ids.index(one.needs) < ids.index(one.id)


def test_weeks_count_from_a_monday_in_november(engagement: Engagement) -> None:
    page = said(engagement)
    assert step(page, "letter").day == dt.date(2027, 10, 11)
    assert step(page, "agreements").day == dt.date(2027, 11, 22)
    forms = step(page, "forms")
    assert (forms.day, forms.wanted) == (dt.date(2027, 10, 15), dt.date(2027, 10, 18))
    assert forms.until == dt.date(2027, 11, 1)
    assert "uge 42" in " ".join(page.stands(forms))
    assert start_of(dt.date(2027, 9, 13)) == DAY


@pytest.mark.parametrize(
    ("country", "day", "kind"),
    [
        ("dk", dt.date(2027, 5, 6), "holiday"),  # Ascension
        ("nl", dt.date(2027, 4, 27), "holiday"),  # King's day
        ("be", dt.date(2027, 7, 21), "holiday"),  # National day
        ("uk", dt.date(2027, 5, 3), "holiday"),  # Early May
        ("dk", dt.date(2027, 7, 20), "week"),
        ("nl", dt.date(2027, 7, 20), "away"),
        ("uk", dt.date(2027, 12, 29), "away"),
        ("dk", dt.date(2027, 11, 13), "weekend"),
        ("", dt.date(2027, 12, 24), ""),
    ],
)
def test_days_on_which_nothing_is_held(country: str, day: dt.date, kind: str) -> None:
    closed = Workdays(country, "da").closed(day)
    assert (closed.kind if closed else "") == kind


@pytest.mark.parametrize("country", [*absences()])
def test_before_the_workshop_a_day_moves_earlier_and_after_it_later(
    engagement: Engagement, country: str
) -> None:
    days = Workdays(country, "en")
    for start in (dt.date(2027, 1, 4), dt.date(2027, 6, 2), dt.date(2027, 8, 23), DAY):
        for one in planned(dataclasses.replace(engagement, country=country), start, days):
            if one.wanted is not None:
                assert (one.day < one.wanted) == (one.wanted < start)
            assert one.day == start or days.closed(one.day) is None


def test_a_side_of_four_answers_by_card(engagement: Engagement) -> None:
    invited = tuple(
        Invited("w1", engagement.root.id, who, n) for who, n in (("leader", 14), ("hr", 4))
    )
    page = said(engagement, invited=invited)
    forms = page.who(step(page, "forms"))
    assert any("HR" in line and "kort" in line for line in forms)
    assert not any("Topledelse" in line for line in forms)
    assert page.who(step(page, "cards")) == ("HR-partnere: 30 minutter",)
    more = tuple(dataclasses.replace(one, n=14) for one in invited)
    assert "cards" not in {one.step.id for one in said(engagement, invited=more).steps}


def test_only_rows_of_tools_that_were_taken_up(engagement: Engagement) -> None:
    found = {one.step.id for one in said(engagement).steps}
    assert not found & {"guides", "sheets", "baseline", "pairs"}
    more = {one.step.id for one in said(engagement, tools=("services", "chain-dialogue")).steps}
    assert {"guides", "pairs"} <= more
    # The service check takes a leader eight minutes beside the questionnaire.
    alone = dataclasses.replace(engagement, tools=())
    assert minutes(engagement)["leader"] - 8 == pytest.approx(
        sum(0.22 for q in alone.instrument.questions("leader") if q.facet.scale.kind != "text")
    )


def test_what_is_done_and_what_waits(engagement: Engagement) -> None:
    page = said(engagement, process={"purpose": dt.date(2027, 9, 13)})
    assert page.stands(step(page, "purpose")) == ("Gjort 13. september 2027",)
    assert page.stands(step(page, "representatives")) == ()
    (line,) = page.stands(step(page, "letter"))
    assert "Medarbejderrepræsentanterne" in line


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_its_files_in_each_language(home: Path, tmp_path: Path, language: str) -> None:
    run = ["plan-process", str(home), "--workshop", "2027-11-08", "--language", language]
    made = CliRunner().invoke(main, [*run, "-o", str(tmp_path)])
    assert made.exit_code == 0, made.output
    pdf, docx, xlsx, ics = map(Path, made.output.split())
    assert docx.stat().st_size > 5000
    words = hrkit.load_engagement(home).words(language)
    assert len(pages.pages_of(pdf)) == 2
    assert words("process.band.confirm") in pages.text_of(pdf).replace("\n", " ")
    rows = CalamineWorkbook.from_path(str(xlsx)).get_sheet_by_index(0).to_python()
    assert any("2027-10-15" in [str(cell) for cell in row] for row in rows)
    text = ics.read_bytes().decode("utf-8")
    assert text.count("BEGIN:VEVENT") == len(said(hrkit.load_engagement(home), language).steps)


def test_no_day_to_count_from_is_said(home: Path) -> None:
    with pytest.raises(HrkitError, match="No day to count from"):
        hrkit.plan_process(home)
    both = ["plan-process", str(home), "--start", "2027-09-13", "--workshop", "2027-11-08"]
    assert CliRunner().invoke(main, both).exit_code == 2


def test_a_calendar_file_holds_what_it_is_given() -> None:
    day = dt.date(2027, 3, 1)
    text = "Første; møde, “æ”\nEND:VEVENT\r\nX-EVIL:1 " + "å" * 100
    made = render_ics([CalendarEvent("a@b", "T", text, day, day)], day).decode("utf-8")
    assert made.endswith("END:VCALENDAR\r\n") and "\n" not in made.replace("\r\n", "")
    assert all(len(line.encode("utf-8")) <= 75 for line in made.split("\r\n"))
    unfolded = made.replace("\r\n ", "")
    assert re.findall(r"^([A-Z-]+)[:;]", unfolded, re.M).count("END") == 2
    assert "X-EVIL" not in re.findall(r"^([A-Z-]+)[:;]", unfolded, re.M)
    assert "DTEND;VALUE=DATE:20270302" in made


# ------------------------------------------------------------------- representatives are told first


def test_check_says_when_fielding_begins_before_they_are_told(home: Path) -> None:
    engagement = hrkit.load_engagement(home)
    late = dataclasses.replace(
        engagement,
        process={"representatives": dt.date(2027, 10, 20)},
        waves=(dataclasses.replace(engagement.waves[0], opens=dt.date(2027, 10, 15)),),
    )
    (problem,) = told_too_late(late)
    assert "before employee representatives are told" in problem.what
    assert told_too_late(dataclasses.replace(late, process={})) == ()
    assert untold(dataclasses.replace(late, process={})) == ()
    assert untold(dataclasses.replace(late, process={"purpose": DAY}))
    path = home / "engagement.yml"
    text = path.read_text("utf-8")
    try:
        path.write_text(text + 'process: {nonsense: "2027-01-01", letter: "soon"}\n', "utf-8")
        wrong = " ".join(f"{one.where} {one.what}" for one in hrkit.check(home).problems)
        assert "nonsense is no step" in wrong and "letter" in wrong
    finally:
        path.write_text(text, "utf-8")


def test_tools_that_steps_name_are_tools_or_coming() -> None:
    known = {one.id for one in available()}
    named = {id for one in process_steps() for id in one.tools}
    assert named - known <= COMING


#: Tools of the sources whose folder may not be there yet.
COMING = {"gains", "direction", "blueprint", "network-leader", "partner-pairs"}
